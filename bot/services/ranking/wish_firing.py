"""Telling somebody of the vacancy they waited for: once, when they may be written to."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.ranking import impressions
from bot.services.ranking.matching_views import match_rows, options_of
from bot.services.ranking.recommendations import reasons_as_json
from bot.services.ranking.saved_wishes import Waiting, wishing_profile
from bot.services.sending import ways
from bot.services.sending.deliveries import Draft
from bot.services.sending.unasked import Whom, may_push, wakes_at
from bot.services.sending.ways import Reach
from bot.services.vacancies.publishing import NEXT_SPREAD_AFTER, end_of_validity
from bot.services.vacancies.spreading import PER_PLACE
from bot.services.vacancies.vacancy_words import durable_options, vacancy_line, why_line
from matching.pairs.crossing import Crossing
from matching.pairs.facts import Facts
from matching.pairs.judging import Judged
from matching.tables.workers import WorkerTable
from matching.types import Match
from storage.models import ContactAddress, Recommendation, SavedWish, Vacancy, Worker
from storage.states import DeliveryKind, VacancyStatus
from storage.unit_of_work import UnitOfWork

FIRED_KEY = "saved_wish.fired.told"
# So many pairs are judged at once.
PAIRS = 200_000

Fits = dict[uuid.UUID, dict[uuid.UUID, float]]


def fitting(deployment: Deployment, everybody: Sequence[Waiting]) -> Fits:
    """Return the open vacancies that each wish waits for, with scores; looks at no database.

    What was found before stands unless it is a candidate again; all candidates of all wishes are
    judged together.
    """
    found: Fits = {
        one.wish_id: {key: one.before[key] for key in one.before if key not in one.candidates}
        for one in everybody
    }
    asking = {
        one.wish_id.hex: one
        for one in everybody
        if one.profile is not None and deployment.board.table.rows(k.hex for k in one.candidates)
    }
    if asking:
        for wish_id, vacancy_id, score in _judged(deployment, asking):
            found[wish_id][vacancy_id] = score
    return found


def _judged(
    deployment: Deployment, asking: Mapping[str, Waiting]
) -> Iterator[tuple[uuid.UUID, uuid.UUID, float]]:
    """Give wish, vacancy and score of each pair that fits, in no order."""
    board, options = deployment.board, options_of(deployment)
    profiles = [replace(one.profile, id=key) for key, one in asking.items() if one.profile]
    workers, table = WorkerTable.of(profiles, board.knowledge), board.table
    rows = [table.rows(key.hex for key in asking[wish].candidates) for wish in workers.ids]
    crossing = Crossing(workers, table, knowledge=board.knowledge, going=options.going)
    who = np.repeat(np.arange(len(rows)), [len(part) for part in rows])
    what = np.array([row for part in rows for row in part], dtype=np.intp)
    for start in range(0, len(who), PAIRS):
        at = slice(start, start + PAIRS)
        judged = Judged(Facts(crossing, who[at], what[at]), options)
        fits = Judged(judged.facts.take(np.flatnonzero(judged.bits == 0)), options)
        for position, score in enumerate(fits.score.tolist()):
            worker, vacancy = fits.facts.worker[position], fits.facts.vacancy[position]
            yield uuid.UUID(workers.ids[worker]), uuid.UUID(table.ids[vacancy]), score


def fire(
    uow: UnitOfWork, deployment: Deployment, wish_id: uuid.UUID, fits: Sequence[uuid.UUID]
) -> bool:
    """Tell who waits of the best of these vacancies that is still to be had, and close the wish.

    Nothing happens, and the wish stays open, while its worker sleeps, paused, is at work, has
    no attention left, or cannot be reached, and while an ordinary push is on its way. A wish that
    such a push has fulfilled since it was saved is closed without a further message.

    Returns:
        Whether a message was queued. Two replicas queue one: the wish's row is held, and the
        message's key is the wish's own.
    """
    wish = uow.saved_wishes.lock_if_free(wish_id)
    if wish is None or wish.closed_at is not None:
        return False
    told = uow.saved_wishes.told_since(wish.worker_id, wish.saved_at)
    if told.vacancy_id is not None:
        _close(deployment, wish, told.vacancy_id)
        return False
    if told.is_underway:
        return False
    worker = uow.workers.need(wish.worker_id)
    reaches = ways.reaches(uow, deployment, among=(worker.id,)).get(worker.id, ())
    if not may_push(uow, deployment, worker, reaches, whom=Whom.SEEKERS):
        return False
    found = _still_to_be_had(uow, deployment, worker, wish, fits)
    if found is None:
        return False
    vacancy, match = found
    _send(uow, deployment, worker, reaches, wish=wish, vacancy=vacancy, match=match)
    _note(uow, deployment, worker, vacancy, match)
    _close(deployment, wish, vacancy.id)
    return True


def _close(deployment: Deployment, wish: SavedWish, vacancy_id: uuid.UUID) -> None:
    wish.fired_at = wish.closed_at = deployment.now
    wish.vacancy_id = vacancy_id


def _still_to_be_had(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    wish: SavedWish,
    fits: Sequence[uuid.UUID],
) -> tuple[Vacancy, Match] | None:
    """Return the first vacancy that is open, fits as it stands now, and is not crowded."""
    rows = {row.id: row for row in uow.recommendations.open_among(fits, today=deployment.today)}
    fresh = match_rows(
        deployment, wishing_profile(deployment, worker, wish.wish), list(rows.values())
    )
    for key in fits:
        if key not in rows or key.hex not in fresh:
            continue
        row = uow.vacancies.lock_if_free(key)
        if row is not None and _has_room(uow, deployment, row):
            return row, fresh[key.hex]
    return None


def _has_room(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> bool:
    """Tell whether a vacancy, held, is still open and less than three a place know of it lately.

    Whoever was told two days ago has had time to answer: publishing tells the next ones then, too.
    """
    if vacancy.status is not VacancyStatus.PUBLISHED:
        return False
    told = uow.saved_wishes.told_lately([vacancy.id], since=deployment.now - NEXT_SPREAD_AFTER)
    return told.get(vacancy.id, 0) < PER_PLACE * (vacancy.headcount or 1)


def _send(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    reaches: Sequence[Reach],
    *,
    wish: SavedWish,
    vacancy: Vacancy,
    match: Match,
) -> None:
    def draft_for(address: ContactAddress) -> Draft:
        language = address.language
        words = deployment.text(
            FIRED_KEY,
            language,
            line=vacancy_line(deployment, vacancy, home=worker.home, language=language),
            why=why_line(deployment, match, language=language),
        )
        return Draft(
            key=FIRED_KEY,
            body=Body(words, durable_options(deployment, vacancy, language=language)),
            dedupe_key=f"wish:{wish.id.hex}",
            kind=DeliveryKind.VACANCY,
            subject_id=vacancy.id,
            worker_id=worker.id,
            not_before=wakes_at(deployment, worker),
            expires_at=end_of_validity(deployment, vacancy),
        )

    # Where it was said, among the addresses of the same way.
    chosen = ways.chosen_among(deployment, worker, reaches, preferred=wish.address_id)
    ways.send(uow, deployment, worker, chosen, draft_for)


def _note(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, vacancy: Vacancy, match: Match
) -> None:
    """Keep that this worker was told, so that no push tells the same again."""
    now = deployment.now
    row = uow.recommendations.find(worker.id, vacancy.id)
    if row is None:
        row = Recommendation(
            worker_id=worker.id, vacancy_id=vacancy.id, times_shown=0, first_shown_at=now
        )
        uow.session.add(row)
    row.score, row.reasons = match.score, reasons_as_json(match)
    row.pushed, row.pushed_at = True, now
    row.times_shown += 1
    row.last_shown_at = now
    showing = impressions.Showing(worker.id, match)
    impressions.note(uow, deployment, [showing], place=impressions.Place.WISH)
