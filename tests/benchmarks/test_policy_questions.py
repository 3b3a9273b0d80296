"""The benchmark runs; its figures are judged by whoever starts it."""

from __future__ import annotations

import pytest

from content.catalogue import Catalogue
from tests.benchmarks.policy_questions import measure, ours, peer
from tests.understanding.policy_questions.labelled import OWN, read_labelled


@pytest.mark.benchmark
def test_questions_are_found_and_counted_beside_a_peer(catalogue: Catalogue) -> None:
    questions = read_labelled(OWN)
    own = measure(ours(catalogue), questions, rounds=1)
    other = measure(peer(catalogue), questions, rounds=1)
    assert min(own.a_second, other.a_second) > 1
    assert own.score.answerable > other.score.answerable
    assert own.score.refused > other.score.refused
