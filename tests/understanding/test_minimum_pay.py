from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.pay.minimum_pay import find_low_pay, unknown_checks
from bot.understanding.values import JobReading, Violation, WageUnit
from bot.understanding.writing.folding import fold
from content.minimum_wages import MinimumWage, MinimumWages

TODAY = date(2026, 11, 20)
ZHONGJIANG, YUNYANG = "510623", "500235"
NOTHING_READ = MinimumWages(())
READ = MinimumWages(
    (
        MinimumWage(
            areas=("510623",),
            per_month=2200.0,
            per_hour=22.0,
            valid_from=date(2025, 1, 1),
            valid_to=None,
            source="a notice read at the bureau",
            evidence="read",
        ),
    )
)


def job(raw: str, monthly: int, unit: WageUnit = "元/月", place: str | None = None) -> JobReading:
    return JobReading(
        title="保安",
        title_raw="保安",
        wage_min=monthly,
        wage_max=monthly,
        wage_unit=unit,
        wage_raw=raw,
        adcode=place,
    )


def judged(text: str, *jobs: JobReading, table: MinimumWages = NOTHING_READ) -> Violation | None:
    return find_low_pay(fold(text), jobs, table, TODAY)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("招保安,1500元一个月", job("1500元一个月", 1500)),
        ("招学徒,一个月1200", job("一个月1200", 1200)),
        ("招学徒,包吃住,一个月1000", job("一个月1000", 1000)),
        ("穿珠子,9块一小时,八小时", job("9块一小时", 1872, "元/小时")),
        ("洗碗,45元一天", job("45元一天", 1170, "元/天")),
        ("兼职,10元/小时,每天3小时", job("10元/小时", 780, "元/小时")),
        ("兼职保洁,每天4小时,一个月600", job("一个月600", 600)),
    ],
)
def test_pay_at_the_floor_is_flagged_everywhere(text: str, reading: JobReading) -> None:
    assert judged(text, reading) == Violation("below_minimum_wage", str(reading.wage_raw))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("招保安,1600元一个月", job("1600元一个月", 1600)),
        ("公益性岗位,每天3小时,补贴600元/月", job("600元/月", 600)),
        ("兼职,每天2小时,1200元/月", job("1200元/月", 1200)),
        ("巡山,每周巡山两次每次三小时,每月700元", job("每月700元", 700)),
        ("保洁半天班,1400一个月", job("1400一个月", 1400)),
        ("周末两天,每天4小时,一个月900", job("一个月900", 900)),
        ("搬运,24元/小时,一天9个钟", job("24元/小时", 5616, "元/小时")),
        ("摘木耳,10元/小时是以前的价", job("10元/小时", 2340, "元/小时")),
        ("在家编织,计件,一个月能做1200", job("一个月能做1200", 1200, "计件")),
    ],
)
def test_pay_above_the_floor_or_by_the_hour_is_not_flagged(text: str, reading: JobReading) -> None:
    assert judged(text, reading) is None


def test_a_learners_allowance_is_pay() -> None:
    found = judged("理发店招学徒两个,头半年一个月800块生活费")

    assert found == Violation("below_minimum_wage", "一个月800块生活费")


def test_pay_below_the_countys_sourced_minimum_is_flagged() -> None:
    assert judged("招保安", job("2000元", 2000, place=ZHONGJIANG), table=READ) is not None
    assert judged("招保安", job("2200元", 2200, place=ZHONGJIANG), table=READ) is None
    assert judged("招保安", job("2000元", 2000, place=YUNYANG), table=READ) is None


@pytest.mark.parametrize(
    ("text", "reading", "table", "unknown"),
    [
        ("招保安", job("3000元", 3000, place=ZHONGJIANG), READ, ()),
        ("招保安", job("3000元", 3000, place=YUNYANG), READ, ("below_minimum_wage",)),
        ("招保安", job("3000元", 3000), READ, ("below_minimum_wage",)),
        ("招保安", job("1200元", 1200, place=YUNYANG), READ, ()),
        ("兼职,每天2小时", job("1200元/月", 1200, place=YUNYANG), READ, ()),
        ("公益性岗位", job("1900元/月", 1900, place=YUNYANG), READ, ()),
    ],
)
def test_full_time_pay_that_nobody_can_compare_is_unknown(
    text: str, reading: JobReading, table: MinimumWages, unknown: tuple[str, ...]
) -> None:
    assert unknown_checks(fold(text), [reading], table, TODAY) == unknown


def test_without_a_day_every_minimum_is_unknown() -> None:
    reading = job("3000元", 3000, place=ZHONGJIANG)

    assert unknown_checks("招保安", [reading], READ, None) == ("below_minimum_wage",)


def test_one_low_paid_work_among_several_is_flagged_by_its_own_hours() -> None:
    text = "钟点工,每次3小时,35元/小时\n住家保姆1300一个月"
    jobs = (job("35元/小时", 2730, "元/小时"), job("1300一个月", 1300))

    assert judged(text, *jobs) == Violation("below_minimum_wage", "1300一个月")


def test_full_time_pay_by_the_hour_is_judged_by_the_month() -> None:
    above, below = (
        job("12元/小时", 2496, "元/小时", ZHONGJIANG),
        job("10.5元/小时", 2184, "元/小时", ZHONGJIANG),
    )

    assert judged("洗碗,12元/小时,每天8小时", above, table=READ) is None
    assert judged("洗碗,10.5元/小时,每天8小时", below, table=READ) is not None


def test_part_time_pay_is_judged_by_the_hour() -> None:
    reading = job("12元/小时", 936, "元/小时", ZHONGJIANG)

    assert judged("兼职洗碗,12元/小时,每天3小时", reading, table=READ) is not None
