"""The benchmark runs at a tiny size; its figures are judged by whoever starts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.broadcast import Plan, run, run_peer
from tests.benchmarks.served import Stores

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize(("kind", "replicas"), [("sqlite", 1), ("postgresql", 3)])
def test_the_benchmarks_broadcast_reaches_everybody(
    tmp_path: Path, kind: str, replicas: int
) -> None:
    with Stores.open(tmp_path) as stores:
        outcome = run(stores, tmp_path, Plan("tiny", kind, 60, 20.0, replicas))
    assert outcome.lost == 0
    assert outcome.sent.twice == 0
    assert outcome.states["accepted"] + outcome.states["unknown"] == 60
    assert outcome.taps
    assert (outcome.killed is not None) is (replicas > 1)
    assert all(outcome.lines())


def test_the_benchmarks_peer_reaches_everybody(tmp_path: Path) -> None:
    assert run_peer(tmp_path, count=20, per_second=100.0).reached == 20
