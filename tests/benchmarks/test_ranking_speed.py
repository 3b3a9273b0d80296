"""The benchmark runs on a small market; its figures are judged by whoever starts it."""

from __future__ import annotations

import pytest

from tests.benchmarks.ranking_speed import CHANGES, Latencies, Sizes, report


@pytest.mark.benchmark
def test_every_line_of_speed_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    report(Sizes(vacancies=1_500, workers=500, asked=5))

    lines = capsys.readouterr().out.splitlines()
    assert " cores, load " in lines[0]
    assert "one worker, 1,500 vacancies, top 10 with reasons, 5 workers" in lines
    figures = [line for line in lines if "p95" in line and "first" in line]
    assert len(figures) == 4 + 1 + len(CHANGES)
    assert sum("plain NumPy" in line for line in figures) == 2


def test_latencies_keep_the_first_call_apart() -> None:
    found = Latencies.of([0.5, *[0.001] * 99])

    assert found.first == pytest.approx(500)
    assert found.p50 == pytest.approx(1)
    assert found.p95 == pytest.approx(1)
