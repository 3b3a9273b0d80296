"""What a sheet may not do: to people of other places, to homes and work it does not tell of."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.services.register import differences as settling
from bot.services.register import importing
from bot.services.register.deciding import Outcome
from bot.services.register.sheet_reading import read_workers
from storage.models import AuditEntry, ImportBatch, Officer, RegisterEntry, Worker
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.register_world import bring_in, counts, look, person, xlsx
from tests.services.register.test_importing import (
    MOBILE,
    NAME,
    chatting,
    differences,
    facts,
    only,
    spells,
)
from tests.services.register.test_settling import says_phone

ELSEWHERE = "510626"


def bring_in_by(city: City, content: bytes, officer: Officer) -> ImportBatch:
    """Take a sheet over that an officer brings; return what came of it."""
    sheet = read_workers(city.deployment, city.database.secrets, content, scope=officer.scope)
    batch = city.run(
        lambda uow: importing.begin(
            uow, city.deployment, kind="workers", content=content, rows=1, officer=officer
        )
    )
    for step in importing.apply_steps(city.deployment, sheet, batch.id):
        city.run(step)
    return city.run(lambda uow: uow.import_batches.need(batch.id))


def officer_of(city: City, scope: str) -> Officer:
    """Return an officer who looks after a part of the city."""
    city.officer("周明", scope=scope)
    return city.run(lambda uow: uow.session.scalars(select(Officer)).one())


def short(row: dict[str, object], *names: str, **cells: object) -> dict[str, object]:
    """Return a row with only the columns that say who it is, these, and `cells`."""
    return {name: row[name] for name in ("姓名", "证件号码", *names)} | cells


def test_an_officer_changes_nobody_of_another_place(city_on_both: City) -> None:
    bring_in(city_on_both, xlsx([person(3)]))
    before = only(city_on_both)
    officer = officer_of(city_on_both, ELSEWHERE)
    other = short(person(3), 是否享受低保="是", 联系电话="13999999999")
    assert counts(bring_in_by(city_on_both, xlsx([other]), officer)) == (0, 0, 0, 1)
    after = only(city_on_both)
    assert (after.home, after.phone, after.groups) == (before.home, before.phone, before.groups)
    actions = city_on_both.run(lambda uow: list(uow.session.scalars(select(AuditEntry.action))))
    assert "refused_out_of_scope" in actions


def test_an_officer_is_asked_about_nobody_of_another_place(city: City) -> None:
    chatting(city, home="510623102")
    row = {"姓名": NAME, "联系电话": MOBILE, "县": "罗江区", "是否享受低保": "是"}
    officer = officer_of(city, ELSEWHERE)
    assert counts(bring_in_by(city, xlsx([row]), officer)) == (0, 0, 0, 1)
    assert differences(city) == []


def test_an_officer_names_nobody_of_another_place(city: City) -> None:
    worker = chatting(city, home="510623102")
    bring_in(city, xlsx([{"姓名": NAME, "联系电话": MOBILE, "是否享受低保": "是"}]))
    (row,) = differences(city)
    officer = officer_of(city, ELSEWHERE)

    def settle(uow: UnitOfWork) -> None:
        held = uow.import_batches.difference(row.id)
        assert held is not None
        settling.resolve(uow, city.deployment, officer, held, worker.id.hex)

    with pytest.raises(UserError):
        city.run(settle)
    assert facts(city, worker).verified == set()


def test_people_of_a_sheet_without_places_live_where_its_officer_works(city: City) -> None:
    officer = officer_of(city, ELSEWHERE)
    row = person(3)
    first = {name: cell for name, cell in row.items() if name not in {"县", "乡"}}
    assert counts(bring_in_by(city, xlsx([first]), officer)) == (1, 0, 0, 0)
    assert only(city).home == ELSEWHERE
    changed = first | {"联系电话": "13700137000"}
    assert counts(bring_in_by(city, xlsx([changed]), officer)) == (0, 1, 0, 0)


def test_a_sheet_without_places_moves_nobody(city_on_both: City) -> None:
    bring_in(city_on_both, xlsx([person(3)]))
    home = only(city_on_both).home
    bring_in(city_on_both, xlsx([short(person(3), 联系电话="13700137000")]))
    assert (only(city_on_both).home, only(city_on_both).phone) == (home, "13700137000")
    bring_in(city_on_both, xlsx([short(person(3), 县="德阳市", 联系电话="13700137001")]))
    assert only(city_on_both).home == home


def test_a_home_told_in_the_chat_is_not_asked_about_by_a_sheet_without_places(city: City) -> None:
    chatting(city, home="510623102", birth_year=1963)
    row = person(3, 姓名=NAME, 联系电话=MOBILE)
    bring_in(city, xlsx([{name: row[name] for name in row if name not in {"县", "乡"}}]))
    assert only(city).home == "510623102"
    assert differences(city) == []


def test_a_sheet_without_columns_of_work_leaves_the_work(city_on_both: City) -> None:
    bring_in(city_on_both, xlsx([person(3)]))
    confirmed = spells(city_on_both, only(city_on_both))[0].last_confirmed_on
    bring_in(city_on_both, xlsx([short(person(3), "县", 文化程度="小学", 务工月收入=5000)]))
    (spell,) = spells(city_on_both, only(city_on_both))
    assert (spell.ended_on, spell.last_confirmed_on) == (None, confirmed)
    assert only(city_on_both).status is WorkerStatus.EMPLOYED


def test_work_that_ends_by_one_column_leaves_the_register_too(city: City) -> None:
    bring_in(city, xlsx([person(3)]))
    bring_in(city, xlsx([short(person(3), 务工企业名称="")]))
    (spell,) = spells(city, only(city))
    assert spell.ended_on == city.clock.today()
    assert "work_place" not in facts(city, only(city)).facts


def test_one_column_of_work_is_read_with_what_was_said_before(city: City) -> None:
    bring_in(city, xlsx([person(3)]))
    bring_in(city, xlsx([short(person(3), 务工企业名称="乙厂")]))
    first, second = spells(city, only(city))
    assert first.ended_on is not None
    assert (second.employer, second.workplace) == ("乙厂", first.workplace)


@pytest.mark.parametrize(
    ("word", "groups"),
    [("一般户", []), ("边缘易致贫户", ["边缘易致贫户"]), ("", ["脱贫户"]), ("乌有户", ["脱贫户"])],
)
def test_another_kind_of_household_ends_the_one_before(
    city: City, word: str, groups: list[str]
) -> None:
    bring_in(city, xlsx([person(3)]))
    bring_in(city, xlsx([person(3, 户类型=word)]))
    assert sorted(facts(city, only(city)).verified or ()) == groups


def test_what_another_column_says_of_a_household_goes_on(city: City) -> None:
    bring_in(city, xlsx([person(3, 监测对象类别="边缘易致贫户", 是否享受低保="是")]))
    bring_in(city, xlsx([short(person(3), 户类型="一般户")]))
    assert sorted(only(city).groups or ()) == ["低保", "边缘易致贫户"]
    bring_in(city, xlsx([short(person(3), 监测对象类别="已消除风险")]))
    assert only(city).groups == ["低保"]


def test_a_row_with_the_numbers_of_two_people_is_refused(city: City) -> None:
    one, other = person(3), person(5)
    bring_in(city, xlsx([one, other]))
    mixed = one | {"人口编号": other["人口编号"]}
    assert counts(bring_in(city, xlsx([mixed]))) == (0, 0, 0, 1)
    entries = city.run(lambda uow: list(uow.session.scalars(select(RegisterEntry))))
    assert len({entry.number_index for entry in entries}) == 2


def test_a_phone_and_a_name_alone_give_no_category(city_on_both: City) -> None:
    worker = chatting(city_on_both)
    row = person(3, 姓名=NAME, 联系电话=MOBILE, 是否享受低保="是")
    assert counts(bring_in(city_on_both, xlsx([row]))) == (0, 0, 0, 0)
    assert facts(city_on_both, worker).verified == set()
    assert [one.name for one in differences(city_on_both)] == ["person"]


def test_somebody_whom_a_sheet_named_before_is_known_by_phone_and_name(city: City) -> None:
    row = {"姓名": NAME, "联系电话": MOBILE, "县": "中江县"}
    bring_in(city, xlsx([row]))
    assert counts(bring_in(city, xlsx([row | {"是否享受低保": "是"}]))) == (0, 1, 0, 0)


def test_a_town_told_by_both_says_that_it_is_the_same_person(city: City) -> None:
    bring_in(city, xlsx([person(3)]))
    town = only(city).home
    worker = chatting(city, home=town)
    batch = bring_in(city, xlsx([person(3) | _another(worker)]))
    assert counts(batch) == (0, 1, 0, 0)


def _another(worker: Worker) -> dict[str, object]:
    other = person(5)
    return {name: other[name] for name in ("人口编号", "证件号码")} | {
        "姓名": worker.name,
        "联系电话": worker.phone,
    }


@pytest.mark.parametrize("turned", [False, True])
def test_two_rows_of_one_phone_and_name_are_one_person(city: City, *, turned: bool) -> None:
    whole = person(3, 姓名=NAME, 联系电话=MOBILE)
    rows: list[dict[str, object]] = [whole, {"姓名": NAME, "联系电话": MOBILE}]
    batch = bring_in(city, xlsx(rows[::-1] if turned else rows, headings=list(whole)))
    assert counts(batch) == (1, 0, 0, 1)
    assert facts(city, only(city)).has_id_number


def test_a_refused_row_does_not_stand_for_its_number(city: City) -> None:
    wrong = person(3, 是否特困供养人员="是", 务工所在地="广东省深圳市龙岗区")
    right = wrong | {"是否特困供养人员": "否"}
    assert look(city, xlsx([wrong, right])).counts == {Outcome.REFUSED: 1, Outcome.NEW: 1}


def test_a_question_is_closed_when_a_sheet_agrees(city: City) -> None:
    bring_in(city, xlsx([person(3, 联系电话=MOBILE)]))
    says_phone(city, only(city), "13900139000")
    bring_in(city, xlsx([person(3, 联系电话="13700137000")]))
    assert [one.name for one in differences(city)] == ["phone"]
    bring_in(city, xlsx([person(3, 联系电话="13900139000")]))
    assert differences(city) == []
