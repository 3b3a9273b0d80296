"""Conditions of posts: whose they are, and what exactly is said."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding import TextReader

AGES = [
    ("招普工,18-45岁", (18, 45)),
    ("招普工,二十到五十岁", (20, 50)),
    ("招普工,55岁以内", (None, 55)),
    ("招普工,五十五以内", (None, 55)),
    ("招普工,不超过60周岁", (None, 60)),
    ("招普工,年满18周岁", (18, None)),
    ("招普工,18周岁(含)以上、48周岁(含)以下", (18, 48)),
    ("招普工,未满16周岁勿扰", (16, None)),
    ("招普工,50岁以上勿扰", (None, 50)),
    ("招普工,男18-50女18-45", (18, 50)),
    ("招普工,男的60岁以内女的55岁以内", (None, 60)),
    ("招普工,30~50人,要70后", (None, None)),
    ("招普工,干满18个月有奖", (None, None)),
    ("招普工,时间8:30-18:30", (None, None)),
    ("招普工,年龄放宽至58岁", (None, 58)),
    ("招普工,年龄:20至50", (20, 50)),
]
KEEP = [
    ("包吃住", True, True),
    ("管吃管住", True, True),
    ("食宿全包", True, True),
    ("吃住都是老板的,食宿免费", True, True),
    ("包住不包吃", False, True),
    ("包吃不包住", True, False),
    ("有宿舍", None, True),
    ("宿舍每月收150元", None, False),
    ("包住,水电自理", None, True),
    ("住宿免费,吃饭自己解决", False, True),
    ("餐补300", False, None),
    ("厂里有饭堂,饭堂自费", False, None),
    ("中午管一顿", True, None),
    ("免费工作餐,不提供住宿", True, False),
    ("食宿自理", False, False),
    ("提供夫妻房", None, True),
    ("无食宿", False, False),
    ("工地上住板房,伙食费每天20自己出", False, True),
]
SEXES = [
    ("招服务员,男女不限", "any"),
    ("招服务员,男女都要", "any"),
    ("招女服务员", "female"),
    ("招保安,限男", "male"),
    ("招文员,性别:女", "female"),
    ("招普工,男18-50女18-45", "any"),
    ("招普工,男5500,女5000", "any"),
    ("招普工,男女宿舍分开", None),
    ("女装店招营业员", None),
    ("招叉车工,女的不要", "male"),
]
LICENCES = [
    ("招叉车司机,要叉车证", ("叉车证",)),
    ("招电工,持低压电工证上岗", ("低压电工证",)),
    ("招电工,持低压证", ("低压电工证",)),
    ("招货车司机,A2证", ("A2",)),
    ("招司机,B2及以上驾照", ("B2",)),
    ("招司机,A1或A3", ("A1|A3",)),
    ("招焊工,持证上岗", ("焊工证",)),
    ("招普工,持证上岗", ()),
    ("招焊工,有焊工证优先", ()),
    ("招保安,保安证公司统一办", ()),
    ("招厨师,需健康证", ("健康证",)),
    ("招普工,带身份证原件", ()),
]
SCHOOLS = [
    ("招文员,大专以上学历", "college"),
    ("招普工,初中及以上", "junior_high"),
    ("招普工,学历不限", None),
    ("招质检,高中或中专以上", "senior_high"),
    ("招文员,大专优先", None),
    ("招普工,会认字就行", None),
    ("小学食堂招厨师", None),
    ("招机修工,中专文化", "vocational"),
]
SHIFTS = [
    ("招普工,两班倒", ("two_shifts",)),
    ("招普工,三班倒", ("three_shifts",)),
    ("招普工,长白班", ("day",)),
    ("招保安,白班夜班都要人", ("day", "night")),
    ("招普工,不上夜班", ()),
    ("招保洁,半天班", ("half_day",)),
    ("招骑手,时间自由", ("flexible",)),
    ("招普工,夜班补贴15元", ()),
]
INSURANCES = [
    ("五险一金", "five_insurances_one_fund"),
    ("买五险", "five_insurances"),
    ("缴社保", "social_insurance"),
    ("买意外险", "commercial"),
    ("不买社保", "none"),
    ("不买社保,买雇主责任险", "commercial"),
    ("没得保险", "none"),
]
LAST_DAYS = [
    ("招普工,有效期至2026年12月31日", date(2026, 12, 31)),
    ("招普工,报名截止11月30日", date(2026, 11, 30)),
    ("招普工,报名截止1月10日", date(2027, 1, 10)),
    ("招普工,有效期到月底", date(2026, 11, 30)),
    ("招普工,12月1日开工", None),
    ("招普工,有效期至2026年2月30日", None),
    ("招普工,2026-12-15截止", date(2026, 12, 15)),
]
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(("text", "ages"), AGES)
def test_ages_are_as_stated(
    reader: TextReader, text: str, ages: tuple[int | None, int | None]
) -> None:
    (job,) = reader.read_post(text).jobs

    assert (job.age_min, job.age_max) == ages


@pytest.mark.parametrize(("words", "board", "lodging"), KEEP)
def test_meals_and_bed_are_told_apart(
    reader: TextReader, words: str, board: bool | None, lodging: bool | None
) -> None:
    (job,) = reader.read_post(f"招普工5名,4500元,{words}").jobs

    assert (job.board, job.lodging) == (board, lodging)


@pytest.mark.parametrize(("text", "gender"), SEXES)
def test_a_sex_is_read_only_where_it_is_wanted(
    reader: TextReader, text: str, gender: str | None
) -> None:
    (job,) = reader.read_post(text).jobs

    assert job.gender == gender


@pytest.mark.parametrize(("text", "licences"), LICENCES)
def test_only_required_licences_count(
    reader: TextReader, text: str, licences: tuple[str, ...]
) -> None:
    (job,) = reader.read_post(text).jobs

    assert job.certificates == licences


@pytest.mark.parametrize(("text", "education"), SCHOOLS)
def test_only_required_schooling_counts(
    reader: TextReader, text: str, education: str | None
) -> None:
    (job,) = reader.read_post(text).jobs

    assert job.education == education


@pytest.mark.parametrize(("text", "shifts"), SHIFTS)
def test_shifts_are_read(reader: TextReader, text: str, shifts: tuple[str, ...]) -> None:
    (job,) = reader.read_post(text).jobs

    assert job.shifts == shifts


@pytest.mark.parametrize(("words", "insurance"), INSURANCES)
def test_the_most_insurance_named_counts(reader: TextReader, words: str, insurance: str) -> None:
    (job,) = reader.read_post(f"招普工5名,4500元,{words}").jobs

    assert job.insurance == insurance


@pytest.mark.parametrize(("text", "day"), LAST_DAYS)
def test_the_last_day_has_the_year_of_today(
    reader: TextReader, text: str, day: date | None
) -> None:
    (job,) = reader.read_post(text, today=TODAY).jobs

    assert job.valid_until == day


def test_without_a_day_a_date_without_year_is_none(reader: TextReader) -> None:
    (job,) = reader.read_post("招普工,报名截止11月30日").jobs

    assert job.valid_until is None


@pytest.mark.parametrize(
    "text",
    [
        "包吃住,买五险。招车工2名6500,钳工2名6000",
        "招车工2名6500,钳工2名6000。包吃住,买五险",
        "车工2名6500\n钳工2名6000\n均包吃住,买五险",
        "车工2名6500;钳工2名6000;以上岗位包吃住、买五险",
    ],
)
def test_shared_conditions_hold_for_every_job(reader: TextReader, text: str) -> None:
    said = [(job.board, job.lodging, job.insurance) for job in reader.read_post(text).jobs]

    assert said == [(True, True, "five_insurances")] * 2


@pytest.mark.parametrize(
    ("text", "lodgings"),
    [
        ("车工2名6500包住;钳工2名6000不包住", [True, False]),
        ("厨师1名7000(包住),服务员2名3500", [True, None]),
        ("厨师1名7000,服务员2名3500。只有厨师包住", [True, False]),
        ("1.车工2名,6500,包住\n2.文员1名,3500", [True, None]),
    ],
)
def test_a_job_may_say_otherwise(
    reader: TextReader, text: str, lodgings: list[bool | None]
) -> None:
    assert [job.lodging for job in reader.read_post(text).jobs] == lodgings


def test_each_job_may_have_its_ages(reader: TextReader) -> None:
    post = "保洁员3名,60岁以内,2600;保安2名,20-50岁,3200"

    jobs = reader.read_post(post).jobs

    assert [(job.age_min, job.age_max) for job in jobs] == [(None, 60), (20, 50)]


def test_the_rest_is_for_those_without_their_own(reader: TextReader) -> None:
    post = "招收银员2名、保安2名、理货员3名,都是3000元。保安年龄放宽到60岁,其余45岁以下"

    assert [job.age_max for job in reader.read_post(post).jobs] == [45, 60, 45]
