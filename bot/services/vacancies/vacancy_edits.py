"""What messages that were sent about a vacancy say once it ended, or is open again.

A few are changed in the turn that ends the vacancy. Where thousands were sent, the vacancy is
noted, and a job changes them a stretch in one transaction: on SQLite, which has one writer,
nobody's turn waits for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import EDITING_CHANNELS, body_from, edit_columns
from bot.services.vacancies.vacancy_words import durable_options, vacancy_line
from storage.models import Vacancy
from storage.repositories.deliveries import SentRow
from storage.states import DeliveryKind, VacancyStatus
from storage.unit_of_work import UnitOfWork

# Older messages have scrolled away; nobody looks for a button in them.
EDITED_FOR = timedelta(days=30)
# States in which a vacancy that was sent is not to be had; what was never open was not sent.
ENDED = frozenset(
    {
        VacancyStatus.IN_REVIEW,
        VacancyStatus.NEEDS_FIX,
        VacancyStatus.REJECTED,
        VacancyStatus.FILLED,
        VacancyStatus.EXPIRED,
        VacancyStatus.WITHDRAWN,
        VacancyStatus.SUSPENDED,
    }
)
AT_ONCE = 200
# Long enough to be quick, short enough that a turn behind it is not noticed.
STRETCH = 500
# A noted vacancy: its key stands behind this, its value is the last message that was changed.
NOTED = "edits:"


def edit_sent(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> None:
    """Let every sent push say where its vacancy stands now: at once, or by and by.

    Changes that still wait are replaced; called once the vacancy is in its new state.
    """
    # The vacancy's row is held from here on, so a stretch never overwrites a newer note.
    uow.session.flush()
    uow.records.forget_setting(_name(vacancy.id))
    sent = _sent(uow, deployment, vacancy.id, limit=AT_ONCE + 1)
    if len(sent) > AT_ONCE:
        uow.records.store_setting(_name(vacancy.id), "")
    else:
        _queue(uow, deployment, vacancy, sent)


def edit_among(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, *, among: Collection[UUID]
) -> None:
    """Let these messages, accepted just now, say where their vacancy stands."""
    _queue(uow, deployment, vacancy, _sent(uow, deployment, vacancy.id, among=among))


def noted(uow: UnitOfWork) -> list[UUID]:
    """Return the vacancies whose messages are still being changed, ascending."""
    return [UUID(name.removeprefix(NOTED)) for name in uow.records.settings_named(NOTED)]


def edit_stretch(uow: UnitOfWork, deployment: Deployment, key: UUID) -> tuple[int, bool]:
    """Change the next messages about a noted vacancy; how far that came is stored with them.

    Returns:
        How many were looked at, and whether more may follow.
    """
    vacancy = uow.vacancies.lock(key)
    cursor = uow.records.setting(_name(key))
    if vacancy is None or cursor is None:
        uow.records.forget_setting(_name(key))
        return 0, False
    deployment = deployment.of(vacancy.bureau_adcode)
    after = UUID(cursor) if cursor else None
    sent = _sent(uow, deployment, key, after=after, limit=STRETCH)
    _queue(uow, deployment, vacancy, sent)
    if len(sent) < STRETCH:
        uow.records.forget_setting(_name(key))
        return len(sent), False
    uow.records.store_setting(_name(key), sent[-1].id.hex)
    return len(sent), True


def _name(key: UUID) -> str:
    return f"{NOTED}{key.hex}"


def _sent(
    uow: UnitOfWork,
    deployment: Deployment,
    key: UUID,
    *,
    among: Collection[UUID] | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> list[SentRow]:
    return uow.deliveries.sent_about(
        key,
        kind=DeliveryKind.VACANCY,
        since=deployment.now - EDITED_FOR,
        channels=EDITING_CHANNELS,
        among=among,
        after=after,
        limit=limit,
    )


def _queue(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, sent: Collection[SentRow]
) -> None:
    """Queue a change of each of these; what was on the wire may have been changed already."""
    if not sent:
        return
    body_for = _body_for(deployment, vacancy)
    reason, now = f"{vacancy.status.value}:{vacancy.version}", deployment.now
    rows = {
        str(row["dedupe_key"]): row
        for row in (edit_columns(one, body_for(one), reason=reason, now=now) for one in sent)
    }
    used = uow.deliveries.keys_used(rows.keys())
    uow.deliveries.add_all([row for key, row in rows.items() if key not in used])


def _body_for(deployment: Deployment, vacancy: Vacancy) -> Callable[[SentRow], Body]:
    return _closed(deployment, vacancy) if vacancy.status in ENDED else _open(deployment, vacancy)


def _closed(deployment: Deployment, vacancy: Vacancy) -> Callable[[SentRow], Body]:
    """Return what makes the first line of a push with what became of it, and no buttons."""
    key = f"vacancy_endings.sent.{vacancy.status.value}"

    def body_for(row: SentRow) -> Body:
        first = body_from(row.body).text.partition("\n")[0]
        return Body(f"{first}\n{deployment.text(key, row.language)}", closed=True)

    return body_for


def _open(deployment: Deployment, vacancy: Vacancy) -> Callable[[SentRow], Body]:
    """Return what makes the new words and their buttons."""

    def body_for(row: SentRow) -> Body:
        line = vacancy_line(deployment, vacancy, home=None, language=row.language)
        words = deployment.text("vacancy_endings.sent.published", row.language, line=line)
        return Body(words, durable_options(deployment, vacancy, language=row.language))

    return body_for
