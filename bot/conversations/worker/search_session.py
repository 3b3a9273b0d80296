"""One search for work: what was shown, what was let go of, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast
from uuid import UUID

from bot.conversations.turn import Turn
from bot.conversations.worker.profile_facts import draft
from bot.services.people.workers import profile_of, profile_of_worker
from bot.services.ranking.changes import LETTABLE, Condition, Removal, what_removes, without
from bot.services.ranking.recommendations import Recommended, as_they_stand, recommend, respond
from bot.services.ranking.responses import MEMORY_KEY, remember, remembered, responded
from matching.types import WorkerProfile
from storage.models import Vacancy
from storage.states import Response

AT_ONCE = 3
# What is told where nothing fits: what can be let go, or learnt.
TOLD = (*LETTABLE, Condition.TRADE, Condition.CERTIFICATE)
SHOWN, WIDENED, ASKED, LISTED = "shown", "widened", "asked_for", "vacancies"


def begin_anew(turn: Turn) -> None:
    """Forget what was shown and let go of, as for a new search."""
    for key in (SHOWN, WIDENED, ASKED):
        turn.memory.pop(key, None)


def missing_answer(turn: Turn) -> Literal["trade", "place"] | None:
    """Name the first of the two answers that is missing; each is asked once a search."""
    known = draft(turn)
    asked = cast("list[str]", turn.memory.get(ASKED) or [])
    if not known.trades and "trade" not in asked:
        return "trade"
    says_where = known.locations or known.migration or known.home
    if not says_where and "place" not in asked:
        return "place"
    return None


def note_asked(turn: Turn, what: str) -> None:
    """Remember that something was asked in this search, so that it is not asked twice."""
    turn.memory[ASKED] = [*cast("list[str]", turn.memory.get(ASKED) or []), what]


def profile(turn: Turn) -> WorkerProfile:
    """Return the person as the ranking sees them, with what this search has let go of."""
    today = turn.deployment.today
    if turn.worker is not None:
        known = profile_of_worker(turn.worker, today=today)
        if turn.worker.groups is None:  # whoever asks sees posts for a group, which say for whom
            known = replace(known, groups=None)
    else:
        known = profile_of(draft(turn), key=turn.address.id.hex, today=today)
    for condition in widened_by(turn):
        known = without(known, condition)
    return known


def home(turn: Turn) -> str | None:
    """Return the code of the home, as far as it is known."""
    return draft(turn).home


def next_batch(turn: Turn, *, keep: Sequence[UUID] = ()) -> list[Recommended]:
    """Return the next vacancies, never one shown before in this search but those in `keep`."""
    _hand_over_answers(turn)
    found = recommend(
        turn.uow,
        turn.deployment,
        profile(turn),
        worker_id=turn.worker.id if turn.worker else None,
        limit=AT_ONCE,
        skip=shown(turn) - set(keep),
        answers=remembered(turn.memory),
    )
    new = [item.vacancy.id.hex for item in found]
    before = [key.hex for key in _shown(turn)]
    turn.memory[SHOWN] = list(dict.fromkeys([*before, *new]))
    return found


def shown(turn: Turn) -> set[UUID]:
    """Return what was shown in this search."""
    return set(_shown(turn))


def listed(turn: Turn) -> list[UUID]:
    """Return the vacancies that stand before the person now, in the order shown."""
    return [UUID(key) for key in cast("list[str]", turn.answers.get(LISTED) or [])]


def look_again(turn: Turn, vacancy_ids: Sequence[UUID]) -> list[Recommended]:
    """Return these vacancies as they stand in the database now; closed ones are left out."""
    return as_they_stand(turn.uow, turn.deployment, profile(turn), vacancy_ids)


def limiting(turn: Turn) -> Removal | None:
    """Return the condition whose change would bring the most vacancies; None where none would."""
    refused = {answer.vacancy_id for answer in remembered(turn.memory)}
    found = what_removes(turn.deployment, profile(turn), skip=shown(turn) | refused)
    told = [one for one in found if one.alone and one.condition in TOLD]
    return told[0] if told else None


def let_go(turn: Turn, condition: Condition) -> None:
    """Search without this condition from now on; the profile itself stays as it is."""
    turn.memory[WIDENED] = [*(one.value for one in widened_by(turn)), condition.value]


def widened_by(turn: Turn) -> list[Condition]:
    """Return the conditions that this search has let go of."""
    kept = cast("list[str]", turn.memory.get(WIDENED) or [])
    return [one for one in LETTABLE if one.value in kept]


def keep_response(turn: Turn, vacancy: Vacancy, response: Response) -> None:
    """Remember what this person said to a vacancy, registered or not."""
    if turn.worker is not None:
        respond(turn.uow, turn.deployment, turn.worker.id, vacancy.id, response)
    else:
        remember(turn.memory, responded(vacancy, response))


def key_in(text: object) -> UUID | None:
    """Return the key that a button carries, or None where it carries nonsense."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _hand_over_answers(turn: Turn) -> None:
    """Move what was answered before registration to the worker who is registered now."""
    if turn.worker is None or MEMORY_KEY not in turn.memory:
        return
    for answer in remembered(turn.memory):
        if turn.uow.vacancies.get(answer.vacancy_id) is not None:
            respond(turn.uow, turn.deployment, turn.worker.id, answer.vacancy_id, answer.response)
    del turn.memory[MEMORY_KEY]


def _shown(turn: Turn) -> list[UUID]:
    return [UUID(key) for key in cast("list[str]", turn.memory.get(SHOWN) or [])]
