"""Somebody hears of a benefit because of what happened to them: once, and never too much."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bot.services.policies import reviewing
from bot.services.policies.occasions import birthday, months_before
from bot.services.sending.deliveries import action_data
from content.policies.cards import ReviewStatus
from storage.states import EndReason, WorkerStatus
from tests.chat import City
from tests.services.policies.policy_world import (
    DONGGUAN,
    SHIZHU,
    YUBEI,
    ZHONGJIANG,
    add_household,
    add_person,
    buttons,
    change,
    loses_work,
    occasions,
    pushed,
    starts_work,
    tell_all,
)

POOR = re.compile(r"贫困|脱贫|建档立卡|低保|特困|易致贫")
TICKETS = (
    "您去别的区县上班了，所以告诉您：去外头打工的车票，有条政策。看看？\n"
    "依据：渝人社发〔2016〕295号第3条，2016年，待核，局里还没核对。"
)
# The fixed clock's day, 23 November 2026, is exactly 59 years and 10 months after this one.
TWO_MONTHS_TO_SIXTY = date(1967, 1, 23)


@pytest.mark.parametrize("workplace", [YUBEI, DONGGUAN])
def test_whoever_works_in_another_county_hears_of_tickets_with_the_reason(
    shizhu: City, workplace: str
) -> None:
    worker = add_person(shizhu)
    starts_work(shizhu, worker, workplace)
    assert tell_all(shizhu) == 1
    assert pushed(shizhu, worker) == [TICKETS]
    assert buttons(shizhu, worker) == [("看看", action_data("policy", "CQ-TRANSPORT-2016"))]


@pytest.mark.parametrize(
    ("workplace", "abroad"),
    [(SHIZHU, False), (f"{SHIZHU}101", False), (DONGGUAN, True), ("500000", False)],
)
def test_work_at_home_abroad_or_nobody_knows_where_is_no_occasion(
    shizhu: City, workplace: str, abroad: bool
) -> None:
    starts_work(shizhu, add_person(shizhu), workplace, abroad=abroad)
    assert occasions(shizhu) == []


def test_nobody_is_told_of_tickets_twice_in_a_year(shizhu: City) -> None:
    worker = add_person(shizhu)
    starts_work(shizhu, worker, YUBEI)
    assert tell_all(shizhu) == 1
    starts_work(shizhu, worker, DONGGUAN, days_ago=1)
    shizhu.clock.advance(timedelta(days=8))
    assert (tell_all(shizhu), len(pushed(shizhu, worker))) == (0, 1)


def test_work_that_began_long_ago_is_no_news(shizhu: City) -> None:
    starts_work(shizhu, add_person(shizhu), YUBEI, days_ago=31)
    assert occasions(shizhu) == []


def test_whom_a_rule_excludes_by_verified_categories_hears_nothing(shizhu: City) -> None:
    worker = add_person(shizhu, categories=("低保",))
    starts_work(shizhu, worker, YUBEI)
    assert (len(occasions(shizhu)), tell_all(shizhu)) == (1, 0)


def test_of_whom_nothing_is_known_hears_of_it(shizhu: City) -> None:
    worker = add_person(shizhu, categories=(), in_register=False)
    starts_work(shizhu, worker, YUBEI)
    assert tell_all(shizhu) == 1


def test_a_released_version_is_told_of_in_the_place_of_the_old_one(shizhu: City) -> None:
    deployment = shizhu.deployment
    officer = shizhu.officer(scope=SHIZHU).as_officer()
    rule = deployment.catalogue.benefits.rule("CQ-TRANSPORT-2022")
    assert rule is not None
    shizhu.run(lambda uow: reviewing.release(uow, deployment, officer, rule))
    old, new = (add_person(shizhu, categories=(it,)) for it in ("低保", "脱贫户"))
    for worker in (old, new):
        starts_work(shizhu, worker, YUBEI)
    assert tell_all(shizhu) == 1
    assert buttons(shizhu, new) == [("看看", action_data("policy", "CQ-TRANSPORT-2022"))]


def test_a_card_of_the_past_is_not_told_of(shizhu: City) -> None:
    deployment = shizhu.deployment
    officer = shizhu.officer(scope=SHIZHU).as_officer()
    card = deployment.catalogue.policies.card("CQ-TRANSPORT-2016")
    assert card is not None
    shizhu.run(lambda uow: reviewing.review(uow, deployment, officer, card, ReviewStatus.HISTORIC))
    starts_work(shizhu, add_person(shizhu), YUBEI)
    assert tell_all(shizhu) == 0


def test_another_citys_card_is_never_told_of(city_on_both: City) -> None:
    worker = add_person(city_on_both, home=ZHONGJIANG)
    starts_work(city_on_both, worker, YUBEI)
    assert tell_all(city_on_both) == 0


@pytest.mark.parametrize("reason", [EndReason.LOST, EndReason.EMPLOYER_CLOSED])
def test_whoever_lost_their_work_hears_of_help(shizhu: City, reason: EndReason) -> None:
    worker = add_person(shizhu)
    loses_work(shizhu, worker, reason=reason)
    assert tell_all(shizhu) == 1
    assert pushed(shizhu, worker)[0].startswith("您现在没活了，所以告诉您：")


def test_the_day_of_a_loss_belongs_to_vacancies(shizhu: City) -> None:
    worker = add_person(shizhu)
    loses_work(shizhu, worker, days_ago=0)
    assert occasions(shizhu) == []
    shizhu.clock.advance(timedelta(days=1))
    assert tell_all(shizhu) == 1


def test_whoever_changed_or_works_again_is_not_told_of_a_loss(shizhu: City) -> None:
    loses_work(shizhu, add_person(shizhu), reason=EndReason.CHANGED)
    again = add_person(shizhu)
    loses_work(shizhu, again)
    change(shizhu, again, status=WorkerStatus.EMPLOYED)
    assert occasions(shizhu) == []


@pytest.mark.parametrize(
    ("born", "told"),
    [
        (TWO_MONTHS_TO_SIXTY, True),
        (TWO_MONTHS_TO_SIXTY + timedelta(days=1), False),
        (date(1966, 11, 24), True),  # sixty tomorrow
        (date(1966, 11, 23), False),  # sixty today
    ],
)
def test_the_pension_is_told_of_from_59_years_and_10_months_to_the_birthday(
    city_on_both: City, born: date, told: bool
) -> None:
    worker = add_person(
        city_on_both, born=born, home=ZHONGJIANG, categories=("低保",),
        cells={"pension_resident": "是"}, status=WorkerStatus.EMPLOYED,
    )  # fmt: skip
    assert tell_all(city_on_both) == int(told)
    assert len(pushed(city_on_both, worker)) == int(told)


def test_of_whom_only_the_year_of_birth_is_known_the_day_is_not_guessed(
    city_on_both: City,
) -> None:
    for year in (1966, 1967):
        add_person(city_on_both, born=None, birth_year=year, home=ZHONGJIANG)
    assert occasions(city_on_both) == []


def test_months_and_birthdays_that_no_calendar_has_are_moved() -> None:
    assert months_before(date(2026, 4, 30), 2) == date(2026, 2, 28)
    assert months_before(date(2027, 1, 31), 2) == date(2026, 11, 30)
    assert birthday(date(1968, 2, 29), 60) == date(2028, 2, 29)
    assert birthday(date(1967, 3, 1), 60) == date(2027, 3, 1)
    assert birthday(date(1964, 2, 29), 61) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("born", "education", "student", "is_told"),
    [
        (date(2009, 6, 1), "junior_high", "非在校生", True),
        (date(2008, 6, 1), "senior_high", None, True),
        (date(2009, 6, 1), "junior_high", "普通高中二年级", False),
        (date(2009, 6, 1), "primary", "非在校生", False),
        (date(2007, 11, 23), "junior_high", "非在校生", False),  # nineteen today
    ],
)
def test_whoever_finished_school_at_such_an_age_hears_of_aid_for_technical_school(
    city_on_both: City, born: date, education: str, student: str | None, is_told: bool
) -> None:
    cells: dict[str, object] = {} if student is None else {"student": student}
    worker = add_person(
        city_on_both, born=born, education=education, home=ZHONGJIANG, cells=cells,
    )  # fmt: skip
    tell_all(city_on_both)
    assert len(pushed(city_on_both, worker)) == int(is_told)


def test_of_a_child_of_that_age_the_head_of_the_household_hears_and_nobody_else(
    shizhu: City,
) -> None:
    home = add_household(shizhu)
    wife = add_person(shizhu, household=home, cells={"relation": "配偶"})
    head = add_person(shizhu, household=home, cells={"relation": "户主"})
    child = add_person(
        shizhu, born=date(2011, 3, 1), household=home, agreed=False, education="junior_high",
        cells={"student": "技工学校一年级"},
    )  # fmt: skip
    assert tell_all(shizhu) == 1
    (told,) = pushed(shizhu, head)
    assert told.startswith("您家孩子到了读技校的年纪，所以告诉您：")
    assert buttons(shizhu, head) == [("看看", action_data("policy", "CQ-YULU-2016"))]
    shizhu.clock.advance(timedelta(days=8))
    assert tell_all(shizhu) == 0
    assert pushed(shizhu, wife) == pushed(shizhu, child) == []


def test_where_the_head_cannot_be_told_another_grown_up_is(shizhu: City) -> None:
    home = add_household(shizhu)
    wife = add_person(shizhu, household=home, cells={"relation": "配偶"})
    head = add_person(shizhu, household=home, cells={"relation": "户主"})
    change(shizhu, head, paused_until=shizhu.clock.today())
    add_person(
        shizhu, born=date(2011, 3, 1), household=home, agreed=False,
        cells={"student": "初中三年级"},
    )  # fmt: skip
    assert tell_all(shizhu) == 1
    assert len(pushed(shizhu, wife)) == 1


def test_no_word_of_a_category_is_ever_pushed(shizhu: City) -> None:
    texts = shizhu.deployment.catalogue.texts
    keys = [key for key in texts.keys("zh") if key.startswith("policy_notices.")]
    assert [key for key in keys if POOR.search(texts.render(key, "zh", subject=""))] == []
    worker = add_person(shizhu)
    starts_work(shizhu, worker, YUBEI)
    tell_all(shizhu)
    assert not POOR.search("".join(pushed(shizhu, worker)))
