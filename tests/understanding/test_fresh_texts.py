"""Texts written from the labelling rules alone, on which nothing was tuned; and the samples.

The figures are printed; what is asserted lies below them, so that a fall is seen and a day's
noise is not. `pytest -s tests/understanding/test_fresh_texts.py` shows them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.understanding import TextReader
from tests.understanding.scoring import (
    Score,
    flagged_lawful,
    records_of,
    score_messages,
    score_posts,
)

FRESH = Path(__file__).parents[1] / "data" / "fresh"
SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
FEWEST_LAWFUL = 40


@pytest.fixture(params=["fresh", "samples"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The fresh texts, and the labelled samples where they lie beside the checkout."""
    if request.param == "samples" and SAMPLES.is_dir():
        return SAMPLES
    if request.param == "samples":
        sys.stdout.write("no samples lie beside the checkout: the fresh texts are read again\n")
    return FRESH


def show(score: Score, title: str, first: str) -> None:
    """Print the figures."""
    sys.stdout.write("\n".join((f"\n{title}", *score.lines(first), "")))


def test_workers_messages_are_understood(reader: TextReader, folder: Path) -> None:
    score = score_messages(reader, records_of(folder / "worker_texts.jsonl"))
    show(score, f"{folder.name}: messages", "intent")

    assert score.right / score.texts >= 0.93
    assert min(tally.f1 for tally in score.slots.values()) >= 0.75


def test_posts_are_understood(reader: TextReader, folder: Path) -> None:
    score = score_posts(reader, records_of(folder / "vacancy_posts.jsonl"))
    show(score, f"{folder.name}: posts", "contact")

    assert score.right / score.texts >= 0.98
    assert min(tally.f1 for tally in score.slots.values()) >= 0.75


def test_hardly_a_lawful_post_is_accused(reader: TextReader, folder: Path) -> None:
    records = records_of(folder / "vacancy_posts.jsonl")
    accused = flagged_lawful(reader, records)
    sys.stdout.write(f"\n{folder.name}: lawful posts accused: {len(accused)}\n")

    assert len(records) >= FEWEST_LAWFUL
    assert len(accused) <= 2
