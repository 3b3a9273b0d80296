"""Who is told, over all vacancies: who may yet answer takes up room, losses count in full."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest

from bot.services.ranking.nightly_facts import Facts, Opening, Seeker
from bot.services.ranking.nightly_plan import plan_of
from matching.ranking.packing import pack_lists

FULL, FREE = UUID(int=1), UUID(int=2)


def packed(*scores: tuple[UUID, float]) -> bytes:
    """Return one list with these scores."""
    size = len(scores)
    return pack_lists(
        np.arange(size, dtype=np.int32).reshape(1, size),
        np.array([[score for _key, score in scores]], dtype=np.float32),
        np.zeros((1, size), dtype=np.uint32),
        np.zeros((1, size), dtype=np.uint16),
        ids=[key.hex for key, _score in scores],
    )[0]


def facts_of(count: int, entries: bytes, *openings: Opening) -> Facts:
    """Return workers with the same list and these vacancies."""
    seekers = [Seeker(UUID(int=100 + number), entries, 1, 0) for number in range(count)]
    return Facts(tuple(seekers), openings, frozenset(), {}, count, len(openings))


@pytest.mark.parametrize("places", [5, 10, 20, 50])
def test_those_who_may_yet_answer_leave_no_room_for_more(places: int) -> None:
    told = Opening(FREE, places, heard=0, answered=0, waiting=3 * places)
    plan = plan_of(facts_of(10 * places, packed((FREE, 0.9)), told))
    assert plan.figures.pushes == 0


def test_silence_of_those_who_had_time_makes_room() -> None:
    told = Opening(FREE, 10, heard=60, answered=0, waiting=0)
    plan = plan_of(facts_of(200, packed((FREE, 0.9)), told))
    assert plan.figures.pushes > 3 * 10


def test_what_a_full_vacancy_would_have_been_worth_is_part_of_the_loss() -> None:
    full = Opening(FULL, 0, heard=0, answered=0, waiting=0)
    free = Opening(FREE, 2, heard=0, answered=0, waiting=0)
    figures = plan_of(facts_of(6, packed((FULL, 0.95), (FREE, 0.2)), full, free)).figures
    assert (figures.pushes, figures.openings, figures.crowded) == (6, 1, 6)
    assert figures.unlimited == pytest.approx(6 * 0.95, abs=1e-4)
    assert figures.loss == pytest.approx(1 - 0.2 / 0.95, abs=1e-3)
