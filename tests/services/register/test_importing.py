"""Sheets of workers: who is new, who changed, whose word counts, and the way back."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.people import workers
from bot.services.people.workers import ProfileDraft
from bot.services.register import importing
from bot.services.register.deciding import Outcome
from bot.services.register.facts import RegisterFacts, facts_of
from content.register_columns import Sheet
from storage.models import Employment, RegisterDifference, Worker
from storage.register_states import ImportStatus
from storage.states import Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.register_world import (
    bring_in,
    counts,
    id_number,
    look,
    person,
    read,
    take_back,
    xlsx,
)

MOBILE = "13800138000"
NAME = "王秀芳"


def everybody(city: City) -> list[Worker]:
    """Return all workers of the bureau."""
    return list(city.run(lambda uow: uow.workers.registered("510600")))


def only(city: City) -> Worker:
    """Return the only worker there is."""
    (worker,) = everybody(city)
    return worker


def facts(city: City, worker: Worker) -> RegisterFacts:
    """Return what the register says of a worker."""
    return city.run(lambda uow: facts_of(uow, city.deployment, uow.workers.need(worker.id)))


def spells(city: City, worker: Worker) -> list[Employment]:
    """Return a worker's spells."""
    return city.run(lambda uow: uow.employments.of_worker(worker.id))


def differences(city: City) -> list[RegisterDifference]:
    """Return what officers have to decide."""
    return list(
        city.run(lambda uow: uow.import_batches.open_differences("510600", scope="51", limit=50))
    )


def chatting(city: City, **values: object) -> Worker:
    """Return somebody who registered in the chat."""

    def register(uow: UnitOfWork) -> Worker:
        address = uow.addresses.find_or_add(
            city.account_id, "address of 王", language="zh", now=city.clock.now()
        )
        uow.session.flush()
        draft = ProfileDraft(name=NAME, phone=MOBILE, **values)  # type: ignore[arg-type]
        return workers.register(uow, city.deployment, address, draft)

    return city.run(register)


def test_a_sheet_brings_people_with_work_and_categories(city_on_both: City) -> None:
    row = person(3, 姓名=NAME, 联系电话=MOBILE, 是否享受低保="是")
    assert counts(bring_in(city_on_both, xlsx([row]))) == (1, 0, 0, 0)
    worker = only(city_on_both)
    assert (worker.name, worker.phone) == (NAME, MOBILE)
    assert worker.home is not None
    assert worker.home.startswith("510623")
    assert len(worker.home) == 9
    assert worker.groups == ["低保", "脱贫户"]
    known = facts(city_on_both, worker)
    assert known.verified == {"低保", "脱贫户"}
    assert known.born == date(1963, 4, 4)
    assert known.sex == "male"
    assert known.has_id_number
    assert known.household is not None
    (spell,) = spells(city_on_both, worker)
    assert (spell.source, spell.channel, spell.workplace) == (Source.IMPORT, "transfer", "510106")
    assert spell.started_on == date(2026, 6, 23)
    assert worker.status is WorkerStatus.EMPLOYED


def test_the_same_sheet_again_changes_nothing(city_on_both: City) -> None:
    sheet = xlsx([person(number) for number in range(1, 8)])
    bring_in(city_on_both, sheet)
    before = {worker.id: worker.version for worker in everybody(city_on_both)}
    assert counts(bring_in(city_on_both, sheet)) == (0, 0, 7, 0)
    assert {worker.id: worker.version for worker in everybody(city_on_both)} == before
    assert all(len(spells(city_on_both, worker)) == 1 for worker in everybody(city_on_both))


def test_the_same_rows_in_another_order_of_columns_are_unchanged(city: City) -> None:
    row = person(1)
    bring_in(city, xlsx([row]))
    turned = dict(reversed(row.items()))
    assert counts(bring_in(city, xlsx([turned]))) == (0, 0, 1, 0)


def test_what_a_worker_told_later_is_not_overwritten(city_on_both: City) -> None:
    bring_in(city_on_both, xlsx([person(3, 联系电话=MOBILE)]))

    key = only(city_on_both).id

    def new_number(uow: UnitOfWork) -> None:
        worker = uow.workers.need(key)
        draft = workers.draft_of(worker, {})
        changed = ProfileDraft(**{**_values(draft), "phone": "13900139000"})  # type: ignore[arg-type]
        workers.change(uow, city_on_both.deployment, worker, changed)

    city_on_both.run(new_number)
    again = bring_in(city_on_both, xlsx([person(3, 联系电话=MOBILE, 文化程度="高中")]))
    assert again.changed + again.unchanged == 1
    assert only(city_on_both).phone == "13900139000"
    assert differences(city_on_both) == []
    bring_in(city_on_both, xlsx([person(3, 联系电话="13700137000")]))
    (asked,) = differences(city_on_both)
    assert (asked.name, asked.theirs, asked.ours) == ("phone", "13700137000", "13900139000")
    assert only(city_on_both).phone == "13900139000"


def _values(draft: ProfileDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in workers.FIELDS}


def test_a_new_number_in_the_sheet_replaces_the_one_it_gave_before(city: City) -> None:
    bring_in(city, xlsx([person(3, 联系电话=MOBILE)]))
    bring_in(city, xlsx([person(3, 联系电话="13700137000")]))
    assert only(city).phone == "13700137000"
    assert differences(city) == []


def test_somebody_of_the_chat_is_found_by_number_and_name(city_on_both: City) -> None:
    known = chatting(city_on_both, birth_year=1963)
    batch = bring_in(city_on_both, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE)]))
    assert counts(batch) == (0, 1, 0, 0)
    assert only(city_on_both).id == known.id
    assert "脱贫户" in facts(city_on_both, known).verified


def test_another_year_of_birth_is_another_person(city: City) -> None:
    chatting(city, birth_year=1990)
    batch = bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE)]))
    assert counts(batch) == (1, 0, 0, 0)


def test_of_two_who_may_be_meant_an_officer_says_which(city: City) -> None:
    chatting(city, birth_year=1970)
    row = {"姓名": NAME, "联系电话": MOBILE, "人口编号": "A1"}
    bring_in(city, xlsx([row | {"人口编号": "A2", "证件号码": id_number(date(1970, 1, 1), 1)}]))
    city.run(lambda uow: _second(uow, city))
    preview = look(city, xlsx([{"姓名": NAME, "联系电话": MOBILE}]))
    assert preview.counts[Outcome.ASKED] == 1
    bring_in(city, xlsx([{"姓名": NAME, "联系电话": MOBILE}]))
    assert [one.name for one in differences(city)] == ["person"]
    bring_in(city, xlsx([{"姓名": NAME, "联系电话": MOBILE}]))
    assert [one.name for one in differences(city)] == ["person"]


def _second(uow: UnitOfWork, city: City) -> None:
    address = uow.addresses.find_or_add(
        city.account_id, "address of another", language="zh", now=city.clock.now()
    )
    uow.session.flush()
    workers.register(uow, city.deployment, address, ProfileDraft(name=NAME, phone=MOBILE))


def test_a_worker_who_told_of_other_work_is_believed(city: City) -> None:
    worker = chatting(city, birth_year=1963)
    bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE, 务工企业名称="甲厂")]))
    (first,) = spells(city, worker)
    assert first.employer == "甲厂"
    assert first.source is Source.IMPORT


def test_another_firm_in_the_sheet_begins_a_new_spell(city: City) -> None:
    bring_in(city, xlsx([person(3, 务工企业名称="甲厂")]))
    city.clock.advance(_days(30))
    bring_in(city, xlsx([person(3, 务工企业名称="乙厂", **{"务工时间（月）": 0})]))
    first, second = spells(city, only(city))
    assert (first.employer, second.employer) == ("甲厂", "乙厂")
    assert first.ended_on is not None
    assert first.ended_on < second.started_on
    assert second.ended_on is None


def test_a_sheet_that_tells_of_no_work_any_more_ends_the_spell(city: City) -> None:
    bring_in(city, xlsx([person(3)]))
    idle = person(3) | dict.fromkeys(
        ("务工所在地", "务工企业名称", "务工时间（月）", "就业渠道", "务工月收入"), ""
    )
    bring_in(city, xlsx([idle]))
    (spell,) = spells(city, only(city))
    assert spell.ended_on == city.clock.today()
    assert only(city).status is WorkerStatus.SEEKING


def test_a_sheet_is_taken_back(city_on_both: City) -> None:
    first = bring_in(city_on_both, xlsx([person(1), person(2)]))
    again = bring_in(
        city_on_both, xlsx([person(1, 联系电话="13700137000", 是否享受低保="是"), person(3)])
    )
    assert counts(again) == (1, 1, 0, 0)
    take_back(city_on_both, again)
    left = everybody(city_on_both)
    assert len(left) == 2
    assert {worker.phone for worker in left} == {"13000000001", "13000000002"}
    assert all(worker.groups == ["脱贫户"] for worker in left)
    take_back(city_on_both, first)
    assert everybody(city_on_both) == []
    assert city_on_both.run(lambda uow: uow.import_batches.need(first.id)).status is (
        ImportStatus.UNDONE
    )


def test_who_has_spoken_since_stays_when_a_sheet_is_taken_back(city: City) -> None:
    known = chatting(city, birth_year=1963)
    batch = bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE), person(4)]))
    take_back(city, batch)
    worker = only(city)
    assert worker.id == known.id
    assert not worker.groups
    assert not facts(city, worker).knows_categories
    assert all(spell.ended_on is not None for spell in spells(city, worker))


def test_a_sheet_that_was_broken_off_goes_on_without_doubles(city: City) -> None:

    content = xlsx([person(number) for number in range(1, 1_500)])
    sheet = read(city, content)
    batch = city.run(
        lambda uow: importing.begin(
            uow, city.deployment, kind=Sheet.WORKERS, content=content, rows=0, officer=None
        )
    )
    first = next(importing.apply_steps(city.deployment, sheet, batch.id))
    city.run(first)
    assert len(everybody(city)) == 1_000
    again = bring_in(city, content)
    assert again.id == batch.id
    assert counts(again) == (1_499, 0, 0, 0)
    assert len(everybody(city)) == 1_499


def _days(count: int) -> timedelta:
    return timedelta(days=count)
