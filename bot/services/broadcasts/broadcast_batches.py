"""Makes a broadcast's messages, a stretch of its audience in one transaction.

Rows, reasons and the cursor are stored together: whoever dies in between leaves the stretch as
it was, and the next one begins behind the last that is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from bot.clock import at_local
from bot.messages import Body, Option
from bot.services.broadcasts.audiences import audience_of
from bot.services.broadcasts.broadcast_messages import Writer
from bot.services.broadcasts.broadcast_selection import (
    SHARED,
    STRETCH,
    Chosen,
    Selector,
    dedupe_key,
)
from bot.services.broadcasts.broadcast_timing import earliest_for
from bot.services.deployment import Deployment
from bot.services.phoning import phone_list
from bot.services.ranking import impressions
from bot.services.ranking.recommendations import reasons_as_json
from bot.services.sending import return_links
from bot.services.sending.deliveries import Draft, Recipient, columns
from matching.spreading.allocation import LeftOut
from storage.clocks import push_sequence
from storage.models import Broadcast, Vacancy
from storage.repositories.broadcasts import call_key
from storage.states import BroadcastStatus, DeliveryKind, Stream, Way
from storage.unit_of_work import UnitOfWork

# What is told on a phone or page a week later is no news any more.
NEWS_LIFE = timedelta(days=3)
# Behind every worker: whoever goes on from here finds nobody, also who registered since.
THE_END = UUID(int=2**128 - 1)

# What differs from one message of a broadcast to the next.
OWN_COLUMNS = frozenset(
    {
        "id",
        "account_id",
        "address_id",
        "worker_id",
        "seq",
        "body",
        "not_before",
        "dedupe_key",
    }
)


@dataclass(frozen=True, slots=True)
class Made:
    """One stretch: how many workers stand in it, and whether another one follows."""

    count: int
    is_more: bool


def make_batch(uow: UnitOfWork, deployment: Deployment, key: UUID, *, limit: int = STRETCH) -> Made:
    """Make the messages of the next stretch of an approved broadcast.

    The broadcast's row is held until the transaction ends, so no two replicas make the same
    stretch; one that is stopped, or held elsewhere, is left alone. Behind the last stretch its
    status becomes `queued`.
    """
    broadcast = uow.broadcasts.lock_if_free(key)
    if broadcast is None or broadcast.status is not BroadcastStatus.APPROVED:
        return Made(0, is_more=False)
    vacancy_id = broadcast.vacancy_id
    vacancy = uow.vacancies.need(vacancy_id) if vacancy_id is not None else None
    selector = Selector(uow, deployment, key=key, vacancy=vacancy)
    members, next_cursor = selector.stretch(audience_of(broadcast), broadcast.cursor, limit=limit)
    selection = selector.select(members)
    left_out = dict(selection.left_out)
    maker = _Maker(uow, deployment, broadcast, vacancy)
    count = maker.make(selection.chosen, left_out)
    uow.broadcasts.leave_out(key, left_out, now=deployment.now)
    broadcast.chosen += count
    broadcast.left_out += len(left_out)
    broadcast.cursor = next_cursor or THE_END
    if next_cursor is None:
        broadcast.status = BroadcastStatus.QUEUED
    uow.session.flush()
    return Made(len(members), is_more=next_cursor is not None)


class _Maker:
    """Turns a stretch of chosen workers into rows."""

    def __init__(
        self,
        uow: UnitOfWork,
        deployment: Deployment,
        broadcast: Broadcast,
        vacancy: Vacancy | None,
    ) -> None:
        self._uow = uow
        self._deployment = deployment
        self._broadcast = broadcast
        self._vacancy = vacancy
        officer = uow.officers.need(broadcast.officer_id)
        self._writer = Writer(uow, deployment, broadcast, vacancy=vacancy, officer=officer)
        self._day = earliest_for(deployment, works_nights=False)
        self._after_sleep = earliest_for(deployment, works_nights=True)
        self._expires_at = self._last_moment()
        self._blank: dict[str, object] = asdict(Body(""))
        self._options: dict[tuple[Option, ...], list[dict[str, object]]] = {}

    def make(self, chosen: Sequence[Chosen], left_out: dict[UUID, str]) -> int:
        """Store rows for these workers; whom no row can be made for joins `left_out`."""
        texts = self._text_recipients([one for one in chosen if one.way is Way.SMS])
        links = self._links(texts)
        rows: list[dict[str, object]] = []
        shown: dict[UUID, Chosen] = {}
        written: set[UUID] = set()
        for one in chosen:
            worker_id = one.member.id
            recipient = texts.get(worker_id) or one.recipient
            if one.way is Way.PHONE:
                recipient = self._phone_recipient(one)
            if recipient is None or recipient.id in written:
                left_out[worker_id] = SHARED if recipient else LeftOut.NO_ADDRESS.value
                continue
            written.add(recipient.id)
            shown[worker_id] = one
            rows.append(self._row(one, recipient, link=links.get(worker_id)))
        self._uow.broadcasts.add_messages(self._alike(), rows)
        self._list_calls(shown, rows)
        self._note_pushed(shown)
        return len(rows)

    def _row(self, one: Chosen, recipient: Recipient, *, link: str | None) -> dict[str, object]:
        body = self._writer.body_for(one)
        return {
            "id": uuid4(),
            "account_id": recipient.account_id,
            "address_id": recipient.id,
            "worker_id": one.member.id,
            "seq": push_sequence(),
            "body": self._stored(body, link),
            "not_before": self._after_sleep if one.member.works_nights else self._day,
            "dedupe_key": dedupe_key(self._broadcast.id, recipient.id),
        }

    def _alike(self) -> dict[str, object]:
        """Return the columns that are the same in every message of this broadcast."""
        draft = Draft(
            key=self._writer.key,
            body=Body(""),
            dedupe_key="",
            kind=self._writer.kind,
            subject_id=self._broadcast.vacancy_id or self._broadcast.id,
            expires_at=self._expires_at,
            broadcast_id=self._broadcast.id,
        )
        nobody = Recipient(self._broadcast.id, self._broadcast.id)
        now = self._deployment.now
        row = columns(nobody, draft, now=now, stream=Stream.PUSH, seq=0)
        return {name: value for name, value in row.items() if name not in OWN_COLUMNS}

    def _stored(self, body: Body, link: str | None) -> dict[str, object]:
        """Return a body as it is stored; the buttons, which many share, are taken apart once."""
        if body.options not in self._options:
            self._options[body.options] = [asdict(option) for option in body.options]
        return self._blank | {
            "text": body.text,
            "options": self._options[body.options],
            "link": link,
        }

    def _text_recipients(self, chosen: Sequence[Chosen]) -> dict[UUID, Recipient]:
        """Return the address of every text message, made and linked where it is the first."""
        found = {one.member.id: one.recipient for one in chosen if one.recipient is not None}
        missing = [one for one in chosen if one.recipient is None and one.number is not None]
        if missing:
            now, bureau = self._deployment.now, self._deployment.bureau_adcode
            account = self._uow.accounts.find_or_add(Way.SMS.value, bureau)
            numbers = {one.number: one.language for one in missing if one.number is not None}
            known = self._uow.broadcasts.add_text_addresses(account.id, numbers, now=now)
            found |= {
                one.member.id: Recipient(known[one.number].id, account.id)
                for one in missing
                if one.number in known
            }
        self._uow.broadcasts.link_all(
            [(recipient.id, worker_id) for worker_id, recipient in found.items()],
            now=self._deployment.now,
        )
        return found

    def _links(self, recipients: Mapping[UUID, Recipient]) -> dict[UUID, str]:
        wanted = [
            return_links.Wanted(worker_id, recipient.id)
            for worker_id, recipient in recipients.items()
        ]
        if not wanted:
            return {}
        tokens = return_links.make_all(self._uow, self._deployment, wanted)
        return {
            one.worker_id: return_links.path_of(token)
            for one, token in zip(wanted, tokens, strict=True)
        }

    def _phone_recipient(self, one: Chosen) -> Recipient | None:
        worker = self._uow.workers.need(one.member.id)
        address = phone_list.phone_address(self._uow, self._deployment, worker)
        if address is None or not phone_list.may_be_phoned(address):
            return None
        return Recipient(address.id, address.account_id)

    def _list_calls(
        self, shown: Mapping[UUID, Chosen], rows: Sequence[Mapping[str, object]]
    ) -> None:
        """Put the calls on the officers' lists, one for each row on the phone account."""
        for one, row in zip(shown.values(), rows, strict=True):
            if one.way is not Way.PHONE:
                continue
            kind = DeliveryKind.VACANCY if self._vacancy is not None else DeliveryKind.BROADCAST
            delivery_id, address_id = row["id"], row["address_id"]
            assert isinstance(delivery_id, UUID)  # noqa: S101 - `columns` makes these
            assert isinstance(address_id, UUID)  # noqa: S101
            phone_list.add(
                self._uow,
                self._deployment,
                self._uow.workers.need(one.member.id),
                kind=kind.value,
                subject_id=self._broadcast.vacancy_id or self._broadcast.id,
                delivery_id=delivery_id,
                address_id=address_id,
                dedupe=call_key(self._broadcast.id, one.member.id),
            )

    def _note_pushed(self, shown: Mapping[UUID, Chosen]) -> None:
        if self._vacancy is None:
            return
        self._uow.broadcasts.note_pushed(
            self._vacancy.id,
            {
                key: (
                    one.match.score,
                    reasons_as_json(one.match),
                    self._after_sleep if one.member.works_nights else self._day,
                )
                for key, one in shown.items()
                if one.match is not None
            },
            now=self._deployment.now,
        )
        showings = [
            impressions.Showing(key, one.match)
            for key, one in shown.items()
            if one.match is not None
        ]
        place = impressions.Place.BROADCAST
        impressions.note(self._uow, self._deployment, showings, place=place)

    def _last_moment(self) -> datetime:
        last_day = self._vacancy.valid_until if self._vacancy is not None else None
        if last_day is None:
            return self._day + NEWS_LIFE
        after = last_day + timedelta(days=1)
        return at_local(after, 0, timezone=self._deployment.clock.timezone)
