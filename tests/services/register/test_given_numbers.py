"""Identity numbers that people give themselves, and what sheets and their undo make of them."""

from __future__ import annotations

from sqlalchemy import select

from bot.services.benefits import identity
from bot.services.benefits.identity import Given, Kept
from bot.services.people import workers
from bot.services.people.workers import ProfileDraft
from bot.services.register import differences as settling
from bot.services.register import visits
from bot.services.register.differences import THEIRS
from storage.models import Officer, RegisterDifference, Worker
from storage.register_states import Category, VisitKind
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.register_world import bring_in, counts, person, take_back, xlsx
from tests.services.register.test_importing import (
    MOBILE,
    NAME,
    chatting,
    differences,
    everybody,
    facts,
)


def registered(city: City, name: str, phone: str) -> Worker:
    """Return somebody of this name who registered in the chat."""

    def register(uow: UnitOfWork) -> Worker:
        address = uow.addresses.find_or_add(
            city.account_id, f"address of {name}", language="zh", now=city.clock.now()
        )
        uow.session.flush()
        draft = ProfileDraft(name=name, phone=phone)
        return workers.register(uow, city.deployment, address, draft)

    return city.run(register)


def gives(city: City, worker: Worker, number: object) -> Given:
    """Return the answer to a number that a worker typed."""
    return city.run(
        lambda uow: identity.keep(
            uow, city.deployment, uow.workers.need(worker.id), str(number), address=None
        )
    )


def number_of(city: City, worker: Worker) -> str | None:
    """Return a worker's number as it is kept."""
    return facts(city, worker).facts.get("id_number")


def settle(city: City, choice: str) -> None:
    """Let an officer answer the only question there is."""

    def answer(uow: UnitOfWork) -> None:
        officer = uow.session.scalars(select(Officer)).one()
        row = uow.session.scalars(select(RegisterDifference)).one()
        settling.resolve(uow, city.deployment, officer, row, choice)

    city.run(answer)


def poor(**cells: object) -> dict[str, object]:
    """Return the row of somebody poor."""
    return person(3, 姓名=NAME, 联系电话=MOBILE, 是否享受低保="是") | cells


def test_a_strangers_number_that_was_typed_gives_no_category(city_on_both: City) -> None:
    stranger = registered(city_on_both, "陈大强", "13911112222")
    assert gives(city_on_both, stranger, poor()["证件号码"]).outcome is Kept.KEPT
    batch = bring_in(city_on_both, xlsx([poor()]))
    assert counts(batch) == (0, 0, 0, 0)
    assert facts(city_on_both, stranger).verified == set()
    assert [one.name for one in differences(city_on_both)] == ["person"]
    bring_in(city_on_both, xlsx([poor(文化程度="高中"), person(4)]))
    assert facts(city_on_both, stranger).verified == set()


def test_a_typed_number_gives_way_to_whom_an_officer_names(city_on_both: City) -> None:
    stranger = registered(city_on_both, "陈大强", "13911112222")
    gives(city_on_both, stranger, poor()["证件号码"])
    bring_in(city_on_both, xlsx([poor()]))
    city_on_both.officer("周明", scope="51")
    settle(city_on_both, THEIRS)
    assert number_of(city_on_both, stranger) is None
    (other,) = [one for one in everybody(city_on_both) if one.id != stranger.id]
    assert (other.name, number_of(city_on_both, other)) == (NAME, poor()["证件号码"])
    assert "低保" in facts(city_on_both, other).verified
    assert facts(city_on_both, stranger).verified == set()


def test_an_officer_may_say_that_the_typed_number_is_theirs(city: City) -> None:
    worker = registered(city, "王秀", "13911112222")
    gives(city, worker, poor()["证件号码"])
    bring_in(city, xlsx([poor()]))
    city.officer("周明", scope="51")
    settle(city, worker.id.hex)
    assert "低保" in facts(city, worker).verified
    assert len(everybody(city)) == 1
    assert counts(bring_in(city, xlsx([poor(文化程度="大专及以上")])))[0] == 0


def test_a_typed_number_with_the_same_name_and_phone_is_the_persons(city: City) -> None:
    worker = chatting(city)
    gives(city, worker, poor()["证件号码"])
    assert counts(bring_in(city, xlsx([poor()]))) == (0, 1, 0, 0)
    assert "低保" in facts(city, worker).verified


def test_a_typed_number_that_a_sheet_knows_better_does_not_block_its_row(city: City) -> None:
    bring_in(city, xlsx([poor(证件号码=None)]))
    (worker,) = everybody(city)
    gives(city, worker, person(5)["证件号码"])
    assert counts(bring_in(city, xlsx([poor()]))) == (0, 1, 0, 0)
    assert number_of(city, worker) == poor()["证件号码"]


def test_a_sheet_without_a_number_keeps_the_one_that_was_given(city_on_both: City) -> None:
    bring_in(city_on_both, xlsx([poor(证件号码=None, 出生日期="1970-05-01"), person(5)]))
    (worker,) = [one for one in everybody(city_on_both) if one.name == NAME]
    gives(city_on_both, worker, poor()["证件号码"])
    born = facts(city_on_both, worker).born
    again = poor(证件号码=None, 出生日期="1970-05-01", 文化程度="大专及以上")
    bring_in(city_on_both, xlsx([again, person(5)]))
    assert number_of(city_on_both, worker) == poor()["证件号码"]
    assert facts(city_on_both, worker).born == born
    (worker,) = [one for one in everybody(city_on_both) if one.name == NAME]
    assert born is not None
    assert worker.birth_year == born.year
    assert gives(city_on_both, worker, poor()["证件号码"]).outcome is Kept.SAME


def test_taking_a_sheet_back_leaves_a_number_given_since_and_an_officers_word(city: City) -> None:
    batch = bring_in(city, xlsx([poor(证件号码=None, 户类型=None, 是否享受低保="否"), person(5)]))
    (worker,) = [one for one in everybody(city) if one.name == NAME]
    gives(city, worker, poor()["证件号码"])
    city.officer("周明", scope="51")

    def visit(uow: UnitOfWork) -> None:
        officer = uow.session.scalars(select(Officer)).one()
        found = visits.Found(
            VisitKind.VISIT, city.deployment.today, holds=(Category.REGISTERED_POOR,)
        )
        visits.record(uow, city.deployment, officer, uow.workers.need(worker.id), found)

    city.run(visit)
    take_back(city, batch)
    (left,) = everybody(city)
    assert left.groups == ["建档立卡"]
    assert number_of(city, worker) == poor()["证件号码"]
    assert facts(city, worker).household is None


def test_taking_a_sheet_back_brings_no_category_back_that_an_officer_ended(city: City) -> None:
    bring_in(city, xlsx([poor(户类型=None)]))
    batch = bring_in(city, xlsx([poor(户类型=None, 联系电话="13700137000")]))
    city.officer("周明", scope="51")
    (worker,) = everybody(city)

    def visit(uow: UnitOfWork) -> None:
        officer = uow.session.scalars(select(Officer)).one()
        found = visits.Found(
            VisitKind.VISIT, city.deployment.today, fails=(Category.MINIMUM_ALLOWANCE,)
        )
        visits.record(uow, city.deployment, officer, uow.workers.need(worker.id), found)

    city.run(visit)
    take_back(city, batch)
    (worker,) = everybody(city)
    assert not worker.groups
