"""Cooking beside the chores of a home is housekeeping; alone or for many it is the cook's."""

from __future__ import annotations

import pytest

from bot.cli.ranked_sets.workers import WorkerReader
from bot.understanding import TextReader
from content.reader import read_catalogue

KEEPS_HOUSE, CARES, MINDS = "家政服务员", "养老护理员", "育婴员"
ROWS: list[tuple[str, tuple[str, ...]]] = [
    ("煮饭打扫", (KEEPS_HOUSE,)),
    ("打扫卫生煮饭", (KEEPS_HOUSE,)),
    ("做饭带娃", (KEEPS_HOUSE, MINDS)),
    ("做家务煮饭", (KEEPS_HOUSE,)),
    ("买菜煮饭收拾屋子", (KEEPS_HOUSE,)),
    ("洗衣做饭", (KEEPS_HOUSE,)),
    ("照顾老人做饭", (CARES, KEEPS_HOUSE)),
    ("我想找个煮饭打扫的活", (KEEPS_HOUSE,)),
    ("煮饭", ("厨师",)),
    ("在食堂煮饭", ("厨师",)),
    ("煮大锅饭", ("厨师",)),
    ("炒菜", ("厨师",)),
    ("煮饭洗碗", ("厨师", "洗碗工")),
    ("食堂煮饭打扫", ("厨师", "保洁员")),
    ("厨师也做过保洁", ("厨师", "保洁员")),
]
IDS = [said for said, _ in ROWS]


@pytest.mark.parametrize(("said", "trades"), ROWS, ids=IDS)
def test_a_message_tells_home_cooking_from_the_cooks(
    reader: TextReader, said: str, trades: tuple[str, ...]
) -> None:
    assert reader.read_worker_text(said).skills == trades


@pytest.mark.parametrize(("said", "trades"), ROWS, ids=IDS)
def test_a_ranked_worker_has_the_same_trades(
    reader: TextReader, said: str, trades: tuple[str, ...]
) -> None:
    worker = WorkerReader(reader, read_catalogue()).read({"id": "w1", "skills": [said]})
    assert worker.trades == trades
