from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.errors import ContentError
from content.catalogue import Catalogue
from content.data_files import DataFolder
from content.spoken_trades import read_spoken_trades

Write = Callable[[Mapping[str, str]], Path]
FILE = """
[settings]
workplaces = ["养老院"]
never = ["小公"]
[spoken]
"{trade}" = ["{word}"]
[sounds_like]
"工" = "公"
"""


def _read(write_files: Write, catalogue: Catalogue, *, trade: str, word: str) -> Mapping[str, str]:
    folder = DataFolder(write_files({"spoken_trades.toml": FILE.format(trade=trade, word=word)}))
    return read_spoken_trades(folder, catalogue.trades).words


def test_what_is_typed_by_ear_means_the_trade(write_files: Write, catalogue: Catalogue) -> None:
    words = _read(write_files, catalogue, trade="保洁员", word="扫楼")

    assert (words["扫楼"], words["焊公"], words["焊工"]) == ("保洁员", "电焊工", "电焊工")


def test_an_ordinary_word_is_no_misspelt_trade(write_files: Write, catalogue: Catalogue) -> None:
    assert "小公" not in _read(write_files, catalogue, trade="保洁员", word="扫楼")


@pytest.mark.parametrize(("trade", "word"), [("没有这工", "扫楼"), ("保洁员", "焊工")])
def test_a_spoken_word_of_an_unknown_or_a_second_trade_stops_the_start(
    write_files: Write, catalogue: Catalogue, trade: str, word: str
) -> None:
    with pytest.raises(ContentError):
        _read(write_files, catalogue, trade=trade, word=word)
