"""Lines of a ranking set as values: what the fields leave open stands in the words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cli.pipes import LineError
from bot.cli.ranked_sets.vacancies import VacancyReader
from bot.cli.ranked_sets.workers import WorkerReader
from bot.understanding import TextReader
from content.reader import read_catalogue
from matching.types import Education, Vacancy, WorkerProfile

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def vacancies() -> VacancyReader:
    catalogue = read_catalogue()
    return VacancyReader(TextReader(catalogue), catalogue, today=TODAY)


@pytest.fixture(scope="module")
def workers() -> WorkerReader:
    catalogue = read_catalogue()
    return WorkerReader(TextReader(catalogue), catalogue)


def vacancy(reader: VacancyReader, title: str, text: str, **fields: object) -> Vacancy:
    return reader.read({"id": "k", "title": title, "text": text, **fields})


def worker(reader: WorkerReader, **fields: object) -> WorkerProfile:
    return reader.read({"id": "r", **fields})


def test_a_field_wins_over_the_text(vacancies: VacancyReader) -> None:
    found = vacancy(vacancies, "保安", "什邡招保安,50岁以下,包住", age_max=60, lodging=False)

    assert found.age_max == 60
    assert found.lodging is False


def test_what_no_field_says_is_read_from_the_text(vacancies: VacancyReader) -> None:
    text = "广汉机械厂招电工2名,6000-7000,18-50岁,高中以上,须持低压电工证,不包住,报名到11月15日截止"
    found = vacancy(vacancies, "电工", text, certificates=[], reserved_for=[])

    assert (found.wage_min, found.wage_max) == (6000, 7000)
    assert (found.age_min, found.age_max) == (18, 50)
    assert found.education is Education.SENIOR_HIGH
    assert found.certificates == ("低压电工证",)
    assert found.lodging is False
    assert found.adcode == "510681"
    assert found.valid_until == date(2026, 11, 15)
    assert found.headcount == 2


@pytest.mark.parametrize(
    ("title", "text", "trade"),
    [
        ("踩平车的", "中江制衣厂,3500", "缝纫工"),
        ("操作工", "慈溪电子厂招装配工50名,5500", "电子装配工"),
        ("普工", "杭州纺织厂普工,5200", "普工"),
        ("护理员", "石柱敬老院招护理员2名", "养老护理员"),
        ("师傅", "火锅店招炒料师傅,8000", "厨师"),
        ("电焊工", "", "电焊工"),
    ],
)
def test_the_trade_is_that_of_the_title_unless_it_is_vague(
    vacancies: VacancyReader, title: str, text: str, trade: str
) -> None:
    assert vacancy(vacancies, title, text).trade == trade


@pytest.mark.parametrize(
    ("wages", "text", "monthly"),
    [
        ((350, 350, "元/天"), "", 9100),
        ((24, 24, "元/小时"), "", 24 * 8 * 26),
        ((15, 15, "元/小时"), "每天4小时", 15 * 4 * 26),
        ((5000, 5000, "元/月"), "", 5000),
        ((3000, 3000, "计件"), "", 3000),
        ((220, 220, None), "", 220 * 26),
    ],
)
def test_posted_pay_becomes_yuan_a_month(
    vacancies: VacancyReader,
    wages: tuple[int, int, str | None],
    text: str,
    monthly: int,
) -> None:
    low, high, unit = wages
    found = vacancy(vacancies, "小工", text, wage_min=low, wage_max=high, wage_unit=unit)

    assert found.wage_max == monthly


def test_a_text_is_read_as_of_the_day_it_was_published(vacancies: VacancyReader) -> None:
    text = "旌阳区电焊工5人7500元,报名8月31日截止"
    found = vacancy(vacancies, "电焊工", text, published_at="2026-08-01")

    assert found.valid_until == date(2026, 8, 31)


def test_whoever_is_wanted_at_once_may_start_today(vacancies: VacancyReader) -> None:
    found = vacancy(vacancies, "电工", "急招电工,马上上岗,6000", published_at="2026-11-05")

    assert found.starts_on == TODAY


def test_the_earlier_of_two_last_days_counts(vacancies: VacancyReader) -> None:
    text = "苏州普工5500,报名到11月10日为止"
    found = vacancy(vacancies, "普工", text, valid_until="2026-12-31", published_at="2026-11-01")

    assert found.valid_until == date(2026, 11, 10)


def test_a_paper_that_the_firm_provides_is_not_required(vacancies: VacancyReader) -> None:
    text = "渝北物流园叉车工,要叉车证,没证公司办"

    assert vacancy(vacancies, "叉车工", text, certificates=["叉车证"]).certificates == ()


def test_a_licence_without_a_name_is_the_usual_one_of_the_trade(vacancies: VacancyReader) -> None:
    assert vacancy(vacancies, "焊工", "广汉要焊工两个,带证来").certificates == ("焊工证",)
    assert vacancy(vacancies, "焊工", "广汉要焊工两个,有证优先").certificates == ()


def test_either_of_two_licences_is_enough_and_a_health_certificate_none(
    vacancies: VacancyReader,
) -> None:
    found = vacancy(vacancies, "货车司机", "物流招司机", certificates=["A2或B2", "健康证"])

    assert found.certificates == ("A2|B2",)


def test_the_text_refines_the_place_only_inside_what_the_field_names(
    vacancies: VacancyReader,
) -> None:
    inside = vacancy(vacancies, "电焊工", "广汉小汉镇要焊工两个", adcode="510681")
    finer = vacancy(vacancies, "电焊工", "广汉小汉镇要焊工两个", adcode="510600")
    elsewhere = vacancy(vacancies, "电焊工", "成都锦江区招焊工", adcode="510681")

    assert (inside.adcode, inside.town) == ("510681", "510681106")
    assert (finer.adcode, finer.town) == ("510681", "510681106")
    assert (elsewhere.adcode, elsewhere.town) == ("510681", None)


def test_groups_are_spelled_one_way(vacancies: VacancyReader, workers: WorkerReader) -> None:
    offer = vacancy(vacancies, "保洁", "公益岗", reserved_for=["低保户", "脱贫人口"])

    assert offer.reserved_for == {"低保", "脱贫户"}
    assert worker(workers, groups=["低保"]).groups == frozenset({"低保"})


def test_skills_as_said_become_trades(workers: WorkerReader) -> None:
    found = worker(
        workers,
        skills=["踩平车", "不做保洁", "想学叉车", "啥子都可以学"],
        experience_years={"裁床": 3, "保洁员": 2},
    )

    assert found.trades == ("缝纫工", "裁剪工")
    assert found.refused_trades == ("保洁员",)
    assert found.experience == (("裁剪工", 3), ("保洁员", 2))


def test_a_licence_is_held_with_everything_that_it_includes(workers: WorkerReader) -> None:
    found = worker(workers, certificates=["A2驾驶证", "低压电工证"]).certificates

    assert found is not None
    assert {"A2", "B2", "C1", "驾照", "低压电工证", "电工证"} <= set(found)


def test_none_is_not_the_same_as_never_asked(workers: WorkerReader) -> None:
    said = worker(workers, certificates=[], experience_years={})

    assert (said.certificates, said.experience) == ((), ())
    assert (worker(workers).certificates, worker(workers).experience) == (None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"home": "999999"},
        {"locations": "510600"},
        {"age": "41"},
        {"migration": "far"},
        {"education": "doctor"},
        {"available_from": "tomorrow"},
        {"wants_room_board": 1},
        {"experience_years": {"电工": -1}},
    ],
)
def test_a_field_of_the_wrong_kind_is_named(
    workers: WorkerReader, fields: dict[str, object]
) -> None:
    with pytest.raises(LineError, match=r'^"[^"]+"'):
        worker(workers, **fields)
