"""The benchmark runs and reads the whole table; the peer's figure is for whoever starts it."""

from __future__ import annotations

import pytest

from tests.benchmarks.wage_phrases import CARRIERS, Phrase, main, read_by_peer, read_phrases


@pytest.mark.benchmark
def test_the_table_is_counted_in_every_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    main()

    lines = capsys.readouterr().out.splitlines()
    whole = f"{len(read_phrases())} of {len(read_phrases())}"
    assert sum(whole in line for line in lines if line.startswith("wengong")) == len(CARRIERS)
    assert any("jionlp" in line for line in lines)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ({"num": ["5000.00", "6000.00"]}, True),
        ({"num": "5000.00"}, False),
        ({"num": "none"}, False),
        (None, False),
    ],
)
def test_the_peer_is_right_when_its_figures_are(answer: object, right: bool) -> None:
    phrase = Phrase("五六千", "5000", "6000", "month", "5000", "6000", "exact")

    assert read_by_peer(lambda _: answer, phrase) is right
