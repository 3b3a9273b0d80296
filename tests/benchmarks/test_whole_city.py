"""The benchmark runs on a small city; its figures are judged by whoever starts it."""

from __future__ import annotations

from collections.abc import Sequence
from time import sleep

import pytest

from matching.types import WorkerProfile
from tests.benchmarks import whole_city
from tests.benchmarks.whole_city import PeerRun, Sizes, peer_run, report
from tests.benchmarks.whole_city_run import run

SMALL = Sizes(vacancies=300, city=400, sample=50, registers=(200,), executor="")


@pytest.mark.benchmark
def test_every_line_of_the_city_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    report(SMALL)

    lines = capsys.readouterr().out.splitlines()
    assert " cores, load " in lines[0]
    assert lines[1] == "400 workers, 300 vacancies, 0 M pairs"
    assert "allocation" in lines[2]
    assert "pushes, at least" in lines[3]
    assert [line.split()[0] for line in lines[4:7]] == ["plain", "tantivy", "bm25s"]
    assert lines[7] == "registers of growing size"
    assert "200 workers" in lines[8]
    assert "per 1,000 workers" in lines[8]


def test_the_same_is_listed_and_told_in_process_and_in_a_pool() -> None:
    alone, together = run(1_500, 200, ""), run(1_500, 200, "processes:2")

    assert alone.listed == together.listed > 0
    assert (alone.pushes, alone.objective) == (together.pushes, together.objective)


def test_a_slow_peer_is_measured_on_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def rank(workers: Sequence[WorkerProfile], _limit: int) -> object:
        asked.append(len(workers))
        sleep(0.01)
        return None

    monkeypatch.setattr(whole_city, "LONGEST", 0.01)
    found = peer_run(rank, SMALL)

    assert asked == [50]
    assert found == PeerRun(found.seconds, sampled=50)
    assert found.seconds > 0.05
