"""The rows that a broadcast writes for a stretch of workers, a statement for each kind."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Dialect, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from storage.models.base import Base
from storage.models.channels import ContactAddress
from storage.models.outbox import Delivery
from storage.models.people import AddressLink
from storage.models.reaching import BroadcastLeftOut
from storage.models.vacancies import Recommendation
from storage.repositories.audiences import Audiences, TextAddress, between

ALIKE, OWN = "alike_", "own_"


class AsStored(TypeEngine[object]):
    """A value that is fit for the database already."""

    cache_ok = True


class BroadcastRows(Audiences):
    """What a broadcast writes, a stretch of workers at a time."""

    def add_text_addresses(
        self, account_id: uuid.UUID, languages: Mapping[str, str], *, now: datetime
    ) -> dict[str, TextAddress]:
        """Make addresses for numbers, and return them and those that were there before.

        Args:
            account_id: The text message account.
            languages: What is read there, by number.
            now: The present instant.
        """
        rows = [
            {
                "account_id": account_id,
                "address": number,
                "address_index": self._index(number),
                "language": language,
                "created_at": now,
            }
            for number, language in languages.items()
        ]
        self._insert_new(ContactAddress, rows)
        return self.text_addresses(account_id, languages)

    def link_all(self, pairs: Sequence[tuple[uuid.UUID, uuid.UUID]], *, now: datetime) -> None:
        """Note where workers are reached, as (address, worker); what is known stays as it is."""
        self._insert_new(
            AddressLink,
            [
                {"address_id": address_id, "worker_id": worker_id, "since": now}
                for address_id, worker_id in pairs
            ],
        )

    def add_messages(
        self, alike: Mapping[str, object], rows: Sequence[Mapping[str, object]]
    ) -> None:
        """Add deliveries given as columns, whose dedupe keys have not been used.

        Args:
            alike: The columns that are the same in all of them; made fit for the database once.
            rows: The other columns of each.
        """
        self._insert_alike(Delivery, alike, rows)

    def leave_out(
        self, broadcast_id: uuid.UUID, reasons: Mapping[uuid.UUID, str], *, now: datetime
    ) -> None:
        """Store why a broadcast does not go to these workers."""
        rows = [
            {"broadcast_id": broadcast_id, "worker_id": key, "reason": reason, "at": now}
            for key, reason in reasons.items()
        ]
        if rows:
            self.session.connection().execute(insert(BroadcastLeftOut.__table__), rows)  # type: ignore[arg-type]  # a mapped class's table is one

    def note_pushed(
        self,
        vacancy_id: uuid.UUID,
        shown: Mapping[uuid.UUID, tuple[float, list[list[object]], datetime]],
        *,
        now: datetime,
    ) -> None:
        """Note that a vacancy goes to workers: score, reasons and when, by worker."""
        if not shown:
            return
        known = set(
            self.session.scalars(
                select(Recommendation.worker_id).where(
                    Recommendation.vacancy_id == vacancy_id,
                    *between(Recommendation.worker_id, min(shown), max(shown)),
                )
            )
        )
        alike = {
            "vacancy_id": vacancy_id,
            "pushed": True,
            "times_shown": 1,
            "first_shown_at": now,
            "last_shown_at": now,
        }
        new = [
            {"worker_id": key, "score": score, "reasons": reasons, "pushed_at": at}
            for key, (score, reasons, at) in shown.items()
            if key not in known
        ]
        self._insert_alike(Recommendation, alike, new)
        self._note_again(vacancy_id, known & set(shown), now=now)

    def _note_again(self, vacancy_id: uuid.UUID, known: set[uuid.UUID], *, now: datetime) -> None:
        """Note that workers to whom a vacancy was shown before are told of it once more."""
        if not known:
            return
        self.session.execute(
            update(Recommendation)
            .where(Recommendation.vacancy_id == vacancy_id, Recommendation.worker_id.in_(known))
            .values(
                pushed=True,
                pushed_at=now,
                last_shown_at=now,
                times_shown=Recommendation.times_shown + 1,
            )
        )

    def _insert_alike(
        self,
        kind: type[Base],
        alike: Mapping[str, object],
        rows: Sequence[Mapping[str, object]],
    ) -> None:
        if not rows:
            return
        connection = self.session.connection()
        table = kind.__table__
        shared = {
            f"{ALIKE}{name}": _as_stored(table.c[name].type, value, connection.dialect)
            for name, value in alike.items()
        }
        names = {name: bindparam(f"{ALIKE}{name}", type_=AsStored()) for name in alike}
        own = {name: bindparam(f"{OWN}{name}", type_=table.c[name].type) for name in rows[0]}
        statement = insert(table).values(names | own)  # type: ignore[arg-type]  # as above
        connection.execute(
            statement,
            [shared | {f"{OWN}{name}": value for name, value in row.items()} for row in rows],
            # A statement out of the cache would have every row's parameters matched to it.
            execution_options={"compiled_cache": None},
        )

    def _insert_new(self, kind: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
        if not rows:
            return
        is_sqlite = self.session.get_bind().dialect.name == "sqlite"
        table = kind.__table__
        statement = (
            sqlite.insert(table).on_conflict_do_nothing()  # type: ignore[arg-type]  # as above
            if is_sqlite
            else postgresql.insert(table).on_conflict_do_nothing()  # type: ignore[arg-type]
        )
        self.session.connection().execute(statement, [dict(row) for row in rows])


def _as_stored(kind: TypeEngine[object], value: object, dialect: Dialect) -> object:
    """Return a value as the driver takes it, so that no row has it converted again."""
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return value if convert is None else convert(value)
