"""Cases and their history."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from storage.models.channels import ChannelAccount, ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import Officer, Worker
from storage.models.vacancies import Recommendation, Vacancy
from storage.models.work import Case, CaseEvent, Promise
from storage.repositories.base import Repository
from storage.states import DeliveryKind, Matter

CASE_PROMISE = "case"


@dataclass(frozen=True, slots=True)
class DueCase:
    """An open case and by when its officer has promised to act; None when nothing is promised."""

    case: Case
    due_at: datetime | None


class Cases(Repository[Case]):
    """Cases and their history. A case lies where its person lives, else in the bureau's area."""

    kind = Case

    def find_open(self, *, worker_id: uuid.UUID | None, address_id: uuid.UUID) -> Case | None:
        """Return the open case of this person, held until the transaction ends, or None.

        Without a worker it is the case of the address that was opened before anybody
        registered there.
        """
        return self.session.scalars(
            select(Case)
            .where(_is_of(worker_id, address_id), Case.closed_at.is_(None))
            .order_by(Case.opened_at.desc(), Case.id)
            .limit(1)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()

    def closed_since(
        self, since: datetime, *, worker_id: uuid.UUID | None, address_id: uuid.UUID
    ) -> Case | None:
        """Return this person's case that was closed last, and not before `since`."""
        return self.session.scalars(
            select(Case)
            .where(_is_of(worker_id, address_id), Case.closed_at >= since)
            .order_by(Case.closed_at.desc(), Case.id)
            .limit(1)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()

    def in_scope(
        self, *, scope: str, limit: int, bureau_adcode: str | None = None
    ) -> list[DueCase]:
        """Return open cases of a scope: urgent ones first, then by deadline.

        Args:
            scope: A code prefix without trailing zeros.
            limit: Most rows.
            bureau_adcode: Only this bureau's, wherever the people come from.
        """
        due = (
            select(Promise.subject_id, func.min(Promise.due_at).label("due_at"))
            .where(Promise.what == CASE_PROMISE, Promise.kept_at.is_(None))
            .group_by(Promise.subject_id)
            .subquery()
        )
        rows = self.session.execute(
            _within(scope, bureau_adcode)
            .add_columns(due.c.due_at)
            .outerjoin(due, due.c.subject_id == Case.id)
            .where(Case.closed_at.is_(None))
            .order_by(
                Case.urgent.desc(), due.c.due_at.is_(None), due.c.due_at, Case.opened_at, Case.id
            )
            .limit(limit)
        )
        return [DueCase(case, due_at) for case, due_at in rows]

    def count_in_scope(self, *, scope: str, bureau_adcode: str | None = None) -> int:
        """Return how many cases of a scope are open."""
        open_ones = _within(scope, bureau_adcode).where(Case.closed_at.is_(None)).subquery()
        return self.session.scalar(select(func.count()).select_from(open_ones)) or 0

    def get_in_scope(
        self, key: uuid.UUID, *, scope: str, bureau_adcode: str | None = None
    ) -> Case | None:
        """Return this case where it lies in the scope; None is also the answer elsewhere."""
        query = _within(scope, bureau_adcode).where(Case.id == key)
        return self.session.scalars(query).one_or_none()

    def of_number(self, number: int, *, scope: str, bureau_adcode: str) -> Case | None:
        """Return the case shown as C-`number`, open or closed, where it lies in the scope."""
        return self.session.scalars(
            _within(scope, bureau_adcode).where(Case.number == number)
        ).one_or_none()

    def add_event(
        self,
        case: Case,
        action: str,
        *,
        at: datetime,
        officer_id: uuid.UUID | None = None,
        note: str | None = None,
    ) -> CaseEvent:
        """Add one line to a case's history."""
        count = select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case.id)
        event = CaseEvent(
            case_id=case.id,
            number=(self.session.scalar(count) or 0) + 1,
            action=action,
            officer_id=officer_id,
            note=note,
            at=at,
        )
        self.session.add(event)
        self.session.flush()
        return event

    def events(self, case_id: uuid.UUID) -> list[CaseEvent]:
        """Return a case's history, oldest first."""
        return list(
            self.session.scalars(
                select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.number)
            )
        )

    def offered_to(self, worker_id: uuid.UUID, *, since: datetime) -> list[Vacancy]:
        """Return the vacancies this worker was shown since an instant, oldest first."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .join(Recommendation, Recommendation.vacancy_id == Vacancy.id)
                .where(Recommendation.worker_id == worker_id, Recommendation.last_shown_at >= since)
                .order_by(Recommendation.last_shown_at, Vacancy.number)
            )
        )

    def workers_in_trouble(
        self, enterprise_id: uuid.UUID, *, since: datetime, matters: Collection[Matter]
    ) -> set[uuid.UUID]:
        """Return the workers of one firm who have had a case about `matters` since an instant."""
        wanted = {matter.value for matter in matters}
        rows = self.session.execute(
            select(Case.worker_id, Case.matters).where(
                Case.enterprise_id == enterprise_id,
                Case.opened_at >= since,
                Case.worker_id.is_not(None),
            )
        )
        return {key for key, said in rows if key is not None and wanted & set(said)}

    def was_told(self, subject_id: uuid.UUID, key: str, *, since: datetime) -> bool:
        """Tell whether a message of this text about this subject was queued since an instant."""
        found = self.session.scalar(
            select(Delivery.id)
            .where(
                Delivery.subject_id == subject_id,
                Delivery.text_key == key,
                Delivery.created_at >= since,
            )
            .limit(1)
        )
        return found is not None

    def person_spoke_last(self, address_id: uuid.UUID) -> bool:
        """Tell whether the last line of a taken-over conversation was the person's own.

        Of two lines of one instant the person's counts as the last: a call too many harms
        nobody.
        """
        rows = self.session.execute(
            select(Delivery.address_id, func.max(Delivery.created_at))
            .where(Delivery.subject_id == address_id, Delivery.kind == DeliveryKind.HAND_OVER)
            .group_by(Delivery.address_id)
        )
        latest: dict[uuid.UUID, datetime] = {row[0]: row[1] for row in rows}
        heard = latest.pop(address_id, None)
        return any(heard is None or said >= heard for said in latest.values())


def _is_of(worker_id: uuid.UUID | None, address_id: uuid.UUID) -> ColumnElement[bool]:
    nameless = (Case.worker_id.is_(None)) & (Case.address_id == address_id)
    return nameless if worker_id is None else or_(Case.worker_id == worker_id, nameless)


def _within(scope: str, bureau_adcode: str | None) -> Select[Case]:
    place = func.coalesce(Worker.home, Case.bureau_adcode)
    # Somebody whose home no officer of the bureau looks after belongs to any of its officers.
    owner = aliased(Officer)
    looked_after = exists().where(
        Officer.retired_at.is_(None),
        func.substr(place, 1, func.length(Officer.scope)) == Officer.scope,
        Officer.address_id == ContactAddress.id,
        ContactAddress.account_id == ChannelAccount.id,
        ChannelAccount.bureau_adcode == Case.bureau_adcode,
    )
    own = () if bureau_adcode is None else (Case.bureau_adcode == bureau_adcode,)
    return (
        select(Case)
        .outerjoin(Worker, Worker.id == Case.worker_id)
        .join(owner, owner.id == Case.officer_id)
        .where(
            *own,
            or_(
                place.startswith(scope, autoescape=True),
                and_(~looked_after, owner.scope.startswith(scope, autoescape=True)),
            ),
        )
    )
