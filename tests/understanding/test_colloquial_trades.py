"""Titles and shop-floor words as people have them, and the trade each means."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.cli.ranked_sets.vacancies import VacancyReader
from bot.understanding import TextReader
from content.reader import read_catalogue

FILE = Path(__file__).parents[1] / "data" / "colloquial_trades.tsv"
ROWS = [
    (line.split("\t")[0], line.split("\t")[1])
    for line in FILE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CATALOGUE = read_catalogue()
TRADES = CATALOGUE.trades.words()
_FEWEST = 15

ORDINARY = [
    "工地安全检查严不严",
    "我周二保证到",
    "补贴底薪多少",
    "我跟车间主任说了",
    "早上什么时候上班",
    "当地接送不",
    "路上安全陪同的",
    "那个独立车间",
    "工作中检查过",
    "普通工资多少",
    "我要照顾孩子,想在家门口找活",
    "要帮忙接送娃娃,走不远",
]


@pytest.fixture(scope="module")
def vacancies(reader: TextReader) -> VacancyReader:
    return VacancyReader(reader, CATALOGUE, today=date(2026, 11, 20))


@pytest.mark.parametrize("trade", TRADES)
def test_colloquial_titles_mean_their_trade(vacancies: VacancyReader, trade: str) -> None:
    titles = [title for title, meant in ROWS if meant == trade]
    read = {title: vacancies.read({"id": title, "title": title}).trade for title in titles}
    assert {title: word for title, word in read.items() if word != trade} == {}


def test_every_trade_has_its_colloquial_titles_and_no_title_two_trades() -> None:
    counts = Counter(trade for _, trade in ROWS)
    assert set(counts) == set(TRADES)
    assert min(counts.values()) >= _FEWEST
    assert len({title for title, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("想找踩缝纫机的活路", "缝纫工"),
        ("我是开小挖的", "挖掘机司机"),
        ("会开勾机,有活没得", "挖掘机司机"),
        ("修大车修了十年,想找个活", "汽车修理工"),
        ("开大车的,找活", "货车司机"),
        ("我会开拖头,找事做", "货车司机"),
        ("想找个抱娃阿姨的活", "育婴员"),
        ("有没有装卸柜的活路", "搬运工"),
        ("想找刮大白的活", "抹灰工"),
        ("找个锁眼工的活路", "缝纫工"),
    ],
)
def test_workers_name_trades_as_they_say_them(reader: TextReader, text: str, trade: str) -> None:
    assert reader.read_worker_text(text).skills == (trade,)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_name_no_trade(reader: TextReader, text: str) -> None:
    assert reader.read_worker_text(text).skills == ()


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("急招小挖师傅2名,8000元一个月", "挖掘机司机"),
        ("招修大车师傅一名,工资7000", "汽车修理工"),
        ("招夜班上架3名,3500元/月", "理货员"),
        ("铝模班组招人5名,350一天", "木工"),
        ("招聘CNC调机2名,9000元/月", "数控车工"),
    ],
)
def test_posts_offer_trades_by_colloquial_titles(reader: TextReader, text: str, trade: str) -> None:
    assert [job.title for job in reader.read_post(text).jobs] == [trade]
