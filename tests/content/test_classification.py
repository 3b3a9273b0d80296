from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import ContentError
from content.classification import ClassificationSource, read_classification
from content.data_files import DataFolder

KNOWN = read_classification(DataFolder())
FILES = {
    "occupations.csv": "level,code,name,aliases\n4,6-18-02-04,焊工,电焊|气焊\n"
    "3,6-18-02-00,机械热加工人员,\n",
    "job_titles.csv": "title,code\n招焊工,6-18-02-04\n标书,\n",
    "occupation_words.toml": '["6-18-02-00"]\nwords = ["氩弧焊"]\n',
    "trades.toml": '["电焊工"]\nen = "welder"\ncode = "6-18-02-04"\nskilled = "skilled"\n'
    'synonyms = ["焊工", "烧焊", "氩弧焊"]\n',
}


def test_every_code_of_the_classification_stands_once() -> None:
    assert len(KNOWN.occupations) == 2047
    assert Counter(entry.level for entry in KNOWN.occupations.values()).keys() == {1, 2, 3, 4}
    assert all(entry.code == code for code, entry in KNOWN.occupations.items())


def test_every_real_title_is_kept_once() -> None:
    assert len({one.title for one in KNOWN.job_titles}) == len(KNOWN.job_titles) == 4132


def test_every_trade_has_a_code_of_the_classification() -> None:
    assert len(KNOWN.trade_codes) == 74
    assert set(KNOWN.trade_codes.values()) <= set(KNOWN.occupations)
    assert KNOWN.trade_codes["缝纫工"] == "6-05-01-03"


def test_a_trades_code_is_the_occupation_of_its_name_where_there_is_one() -> None:
    named = {entry.plain_name: code for code, entry in KNOWN.occupations.items()}
    for word, code in KNOWN.trade_codes.items():
        assert named.get(word, code) == code, word


def test_the_official_letters_are_no_part_of_the_plain_name() -> None:
    assert KNOWN.occupations["5-02-03-01"].name == "护林员L"
    assert KNOWN.occupations["5-02-03-01"].plain_name == "护林员"
    assert KNOWN.occupations["4-08-08-23"].plain_name == "建筑信息模型技术员"


def test_an_exact_word_goes_before_its_trade(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    known = read_classification(folder_of(FILES))
    assert known.words == {
        "电焊工": "6-18-02-04",
        "焊工": "6-18-02-04",
        "烧焊": "6-18-02-04",
        "氩弧焊": "6-18-02-00",
    }
    assert known.everyday == {"6-18-02-04": ("电焊工",), "6-18-02-00": ("电焊工",)}
    assert known.occupations["6-18-02-04"].aliases == ("电焊", "气焊")
    assert [one.code for one in known.job_titles] == ["6-18-02-04", None]


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("occupations.csv", "4,6-18", "5,6-18", "occupations.csv:2: .*is wrong"),
        ("occupations.csv", "6-18-02-04", "6-18-2-4", "occupations.csv:2: .*is wrong"),
        ("occupations.csv", "6-18-02-00", "6-18-02-04", "occupations.csv:3: .*stands twice"),
        ("job_titles.csv", "6-18-02-04", "6-18-02-05", "job_titles.csv:2: .*not in the class"),
        ("occupation_words.toml", "02-00", "02-07", "occupation_words.toml:1: .*not in the class"),
        (
            "occupation_words.toml",
            '["氩弧焊"]',
            '["氩弧焊", "氩弧焊"]',
            "occupation_words.toml:2: .*already means",
        ),
        ("trades.toml", "02-04", "02-07", "trades.toml:3: .*not in the classification"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
    name: str,
    old: str,
    new: str,
    problem: str,
) -> None:
    files = {**FILES, name: FILES[name].replace(old, new)}
    with pytest.raises(ContentError, match=problem):
        read_classification(folder_of(files))


def test_nothing_is_read_before_it_is_asked_for(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    source = ClassificationSource(folder_of({}))
    with pytest.raises(ContentError, match=r"occupations\.csv"):
        source.get()


def test_threads_that_ask_together_get_the_same_classification() -> None:
    source = ClassificationSource(DataFolder())
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: source.get(), range(8)))
    assert all(one is found[0] for one in found)
