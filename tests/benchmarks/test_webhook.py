"""The benchmark runs at a tiny size; its figures are judged by whoever starts it."""

from __future__ import annotations

import pytest

from tests.benchmarks.webhook import run

pytestmark = pytest.mark.benchmark


def test_every_bot_answers_every_update_of_the_benchmark() -> None:
    found = run(people=12, paced=4)
    assert len(found) == 5
    assert {title: figures.replies for title, figures in found.items()} == dict.fromkeys(found, 12)
    assert all(figures.p50 <= figures.p95 for figures in found.values())
