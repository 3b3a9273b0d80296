"""Relocated households in which nobody works: the alert, its end, and its return."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.services.follow_up.employments import end_spell
from bot.services.register import channels, graduates, households
from bot.services.register.graduates import SCHOOL, TRAINEE, YEAR
from bot.services.register.statistics import workforce
from content.location_classes import LocationClasses
from storage.models import Delivery, HouseholdAlert
from storage.register_states import Category, EmploymentChannel
from storage.repositories.statistics import Work
from storage.states import EndReason, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.register_world import bring_in, id_number, person, xlsx
from tests.services.register.statistics_world import (
    GUANGHAN,
    SHENZHEN,
    SHIFANG,
    ZHONGJIANG,
    add_household,
    add_person,
    add_spell,
    spell_of,
)

ABLE: dict[str, object] = {"labour": "普通劳动力", "born": "1985-05-01"}
OLD: dict[str, object] = {"labour": "普通劳动力", "born": "1960-05-01"}
UNABLE: dict[str, object] = {"labour": "丧失劳动力", "born": "1985-05-01"}
STUDENT: dict[str, object] = {"labour": "普通劳动力", "born": "2009-05-01", "student": "高中二年级"}


def idle(city: City, *, scope: str = "5106") -> list[UUID]:
    found = city.run(lambda uow: households.idle(uow, city.deployment, scope=scope))
    return [one.household.id for one in found]


def watch(city: City) -> int:
    return city.run(lambda uow: households.watch(uow, city.deployment))


def tasks(city: City) -> int:
    def read(uow: UnitOfWork) -> int:
        return uow.session.query(Delivery).filter_by(text_key="households.task.idle").count()

    return city.database.read(read)


def without_work(city: City) -> UUID:
    return add_person(city, has_work=False, status=WorkerStatus.SEEKING)


def lose_work(city: City, worker_id: UUID, on: date) -> None:
    def end(uow: UnitOfWork) -> None:
        worker = uow.workers.need(worker_id)
        end_spell(uow, city.deployment, worker, on=on, reason=EndReason.LOST, source=Source.WORKER)

    city.run(end)


def test_a_household_that_could_work_and_does_not_is_listed(city_on_both: City) -> None:
    city = city_on_both
    key = add_household(city, {without_work(city): ABLE, without_work(city): OLD})
    assert idle(city) == [key]
    assert idle(city, scope=ZHONGJIANG) == [key]
    assert idle(city, scope=SHIFANG) == []


@pytest.mark.parametrize("facts", [OLD, UNABLE, STUDENT])
def test_the_old_the_unable_and_students_raise_no_alert(
    city: City, facts: dict[str, object]
) -> None:
    add_household(city, {without_work(city): facts})
    assert idle(city) == []


def test_sixteen_and_fifty_nine_are_of_age_by_the_day(city: City) -> None:
    today = city.deployment.today

    def born(years: int, days: int = 0) -> dict[str, object]:
        return {
            "born": (date(today.year - years, today.month, today.day) + timedelta(days)).isoformat()
        }

    of_age = [add_household(city, {without_work(city): born(*age)}) for age in ((16,), (60, 1))]
    for age in ((16, 1), (60,)):
        add_household(city, {without_work(city): born(*age)})
    assert sorted(idle(city)) == sorted(of_age)


@pytest.mark.parametrize("channel", [EmploymentChannel.PUBLIC_POST, EmploymentChannel.TRANSFER])
def test_any_work_of_anybody_keeps_it_silent(city: City, channel: EmploymentChannel) -> None:
    working = add_person(city, works_in=ZHONGJIANG, channel=channel)
    add_household(city, {without_work(city): ABLE, working: OLD})
    assert idle(city) == []


def test_a_household_that_stayed_is_not_watched(city: City) -> None:
    add_household(city, {without_work(city): ABLE}, relocated=False)
    assert idle(city) == []


def test_a_member_whose_age_nobody_knows_raises_no_alert_by_a_guess(city: City) -> None:
    key = without_work(city)
    city.run(lambda uow: setattr(uow.workers.need(key), "birth_year", None))
    add_household(city, {key: {}})
    assert idle(city) == []


def test_one_household_is_one_task_and_a_lost_job_brings_it_back(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer()
    member = without_work(city)
    household = add_household(city, {member: ABLE})
    assert [watch(city), watch(city)] == [1, 0]
    assert tasks(city) == 1
    assert "1户没人上班" in "\n".join(officer.listens())

    city.clock.advance(timedelta(days=1))
    add_spell(city, member, works_in=SHENZHEN, started_on=city.deployment.today)
    assert watch(city) == 0

    city.clock.advance(timedelta(days=2))
    lose_work(city, member, city.deployment.today)
    assert [watch(city), watch(city)] == [1, 0]
    assert tasks(city) == 2

    def alert(uow: UnitOfWork) -> tuple[int, bool]:
        row = uow.households.alerts("510600")[household]
        return row.reopened, row.closed_at is None

    assert city.database.read(alert) == (1, True)
    assert city.database.read(lambda uow: uow.session.query(HouseholdAlert).count()) == 1


def test_the_tick_tells_of_a_loss_within_the_day(city: City) -> None:
    officer = city.officer()
    member = add_person(city, works_in=SHENZHEN)
    add_household(city, {member: ABLE})
    city.tick()
    assert tasks(city) == 0
    lose_work(city, member, city.deployment.today)
    city.pass_time(hours=1)
    assert "没人上班" in "\n".join(officer.listens())
    city.pass_time(hours=5)
    assert tasks(city) == 1


def test_several_new_households_are_one_message(city: City) -> None:
    officer = city.officer()
    for _ in range(3):
        add_household(city, {without_work(city): ABLE})
    assert watch(city) == 3
    assert "3户没人上班" in "\n".join(officer.listens())
    assert tasks(city) == 1


def test_a_spell_has_one_way_and_a_post_is_fixed() -> None:
    post, firm = EmploymentChannel.PUBLIC_POST, EmploymentChannel.ENTERPRISE
    assert channels.settled(post, channels.WORKSHOP) == (post, None)
    assert channels.settled(EmploymentChannel.FLEXIBLE, channels.WORKSHOP) == (
        firm,
        channels.WORKSHOP,
    )
    assert channels.settled(firm, None) == (firm, None)


@pytest.mark.parametrize(
    ("work", "is_wrong"),
    [
        (Work(GUANGHAN, "public_post", None, abroad=False), True),
        (Work(SHENZHEN, "enterprise", channels.WORKSHOP, abroad=False), True),
        (Work(None, "public_post", None, abroad=True), True),
        (Work(ZHONGJIANG, "public_post", None, abroad=False), False),
        (Work("510600", "public_post", None, abroad=False), False),
        (Work(None, "public_post", None, abroad=False), False),
        (Work(SHENZHEN, "transfer", None, abroad=False), False),
    ],
)
def test_a_post_or_workshop_outside_the_county_cannot_be(
    city: City, work: Work, is_wrong: bool
) -> None:
    classes = LocationClasses(city.deployment.catalogue.places)
    assert channels.is_misplaced(classes, ZHONGJIANG, work) is is_wrong


def test_what_cannot_be_is_listed_until_an_officer_puts_it_right(city_on_both: City) -> None:
    city = city_on_both
    key = add_person(city, works_in=GUANGHAN, channel=EmploymentChannel.PUBLIC_POST)
    officer = city.officer().as_officer()

    def listed() -> list[str]:
        found = city.database.read(
            lambda uow: channels.misplaced(
                city.deployment,
                workforce(uow, city.deployment, scope="5106", day=city.deployment.today),
            )
        )
        return [one.rule for one in found]

    assert listed() == ["5_12_002"]
    spell = spell_of(city, key)

    def change(uow: UnitOfWork) -> None:
        channels.change_channel(
            uow,
            city.deployment,
            officer,
            uow.employments.need(spell),
            channel=EmploymentChannel.TRANSFER,
        )

    city.clock.advance(timedelta(minutes=1))
    city.run(change)
    assert listed() == []


def test_willing_graduates_are_listed_until_they_have_something(city_on_both: City) -> None:
    city = city_on_both
    year = city.deployment.today.year
    facts: dict[str, object] = {YEAR: str(year), SCHOOL: "普通高校", "born": "2003-01-01"}

    def graduate(**told: object) -> UUID:
        poor = (Category.REGISTERED_POOR,)
        key = add_person(city, has_work=False, status=WorkerStatus.SEEKING, categories=poor)
        city.run(lambda uow: setattr(uow.workers.need(key), "birth_year", 2003))
        add_household(city, {key: {**facts, **told}}, relocated=False)
        return key

    waiting, working, trainee, unwilling = (graduate() for _ in range(4))
    graduate(**{YEAR: str(year - 1)})
    graduate(**{SCHOOL: "普通高中"})
    add_spell(city, working, works_in=SHENZHEN)
    add_spell(city, trainee, venue=TRAINEE)
    city.run(lambda uow: setattr(uow.workers.need(unwilling), "status", WorkerStatus.NOT_LOOKING))
    found = city.database.read(lambda uow: graduates.graduates(uow, city.deployment, scope="5106"))
    assert {one.id for one in found.everybody} == {waiting, working, trainee, unwilling}
    assert [one.id for one in found.open_ones] == [waiting]


def test_a_sheet_tells_who_graduated(city: City) -> None:
    year = city.deployment.today.year
    told = person(
        1, 户类型="建档立卡户", 毕业年份=f"{year}年", 毕业学校类型="职业学校", 务工所在地=None
    )
    born = date(year - 22, 3, 4)
    row = told | {"证件号码": id_number(born, 1), "务工企业名称": None, "就业渠道": None}
    row |= {"务工月收入": None, "务工时间（月）": None}
    bring_in(city, xlsx([row]))
    found = city.database.read(lambda uow: graduates.graduates(uow, city.deployment, scope="5106"))
    assert len(found.open_ones) == 1
