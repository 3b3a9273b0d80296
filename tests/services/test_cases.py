from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.errors import UserError
from bot.services.cases import case_outcomes, cases, promises
from storage.models import Case
from storage.states import CaseStatus, Matter
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import (
    GUANGHAN,
    ZHONGJIANG,
    add_firm,
    add_worker,
    audited,
    open_case,
    read_case,
)


def worker(city: City, name: str = "陈桂芳", home: str | None = ZHONGJIANG) -> Person:
    person = city.person(name)
    add_worker(city, person, name=name, home=home)
    return person


def due_cases(city: City, scope: str) -> list[str]:
    rows = city.run(lambda uow: uow.cases.in_scope(scope=scope, limit=50))
    return [cases.reference(row.case) for row in rows]


def close(city: City, officer: Person, case_id: UUID, outcome: CaseStatus) -> None:
    me = officer.as_officer()

    def act(uow: UnitOfWork) -> None:
        case_outcomes.close(uow, city.deployment, uow.cases.need(case_id), me, outcome)

    city.run(act)


def contact(city: City, officer: Person, case_id: UUID) -> None:
    me = officer.as_officer()

    def act(uow: UnitOfWork) -> None:
        case_outcomes.contacted(uow, city.deployment, uow.cases.need(case_id), me)

    city.run(act)


def call_in_vain(city: City, officer: Person, case_id: UUID) -> bool:
    me = officer.as_officer()

    def act(uow: UnitOfWork) -> bool:
        case = uow.cases.need(case_id)
        case_outcomes.no_answer(uow, city.deployment, case, me)
        return case_outcomes.suggests_unreachable(uow, case)

    return city.run(act)


def test_unpaid_wages_and_a_lost_job_reach_the_officer_at_once(city_on_both: City) -> None:
    officer = city_on_both.officer("周明", scope=ZHONGJIANG)
    open_case(city_on_both, worker(city_on_both))
    assert officer.listens() == ["🔴 C-0001 欠薪+没活 陈*芳 限17:00\n原话：没搞了 工资也没给"]
    assert officer.buttons() == ["打开", "打通了", "没接"]


def test_a_grievance_that_is_not_about_pay_is_not_called_unpaid_wages(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    open_case(city, worker(city), Matter.GRIEVANCE, words="手被机器压伤了")
    assert officer.listens()[0].startswith("🔴 C-0001 维权 陈*芳")


def test_a_person_has_one_open_case_and_new_matters_join_it(city_on_both: City) -> None:
    officer = city_on_both.officer("周明", scope=ZHONGJIANG)
    person = worker(city_on_both)
    first = open_case(city_on_both, person, Matter.UNEMPLOYMENT, words="没活了")
    second = open_case(city_on_both, person, Matter.GRIEVANCE, words="工资没给")
    assert first == second
    assert read_case(city_on_both, first).matters == ["unemployment", "grievance"]
    assert len(officer.listens()) == 2


def test_the_same_trouble_said_twice_is_told_once(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    person = worker(city)
    open_case(city, person, Matter.UNEMPLOYMENT, words="没活了")
    open_case(city, person, Matter.UNEMPLOYMENT, words="真的没活了")
    assert len(officer.listens()) == 1


def test_the_deadline_that_was_told_is_a_row(city: City) -> None:
    city.officer("周明", scope=ZHONGJIANG)
    case_id = open_case(city, worker(city))
    rows = city.run(lambda uow: uow.promises.open_ones(promises.CASE, case_id))
    assert [row.due_at - city.clock.now() for row in rows] == [timedelta(hours=8)]


def test_a_broken_promise_is_not_repeated_but_renewed(city: City) -> None:
    city.officer("周明", scope=ZHONGJIANG)
    person = worker(city)
    case_id = open_case(city, person)
    city.clock.advance(timedelta(days=1))
    open_case(city, person)
    due = city.run(lambda uow: promises.due_at(uow, what=promises.CASE, subject_id=case_id))
    assert due is not None
    assert due > city.clock.now()


def test_somebody_unregistered_has_one_case_and_takes_it_along(city: City) -> None:
    city.officer("周明", scope="5106")
    person = city.person("newcomer")
    person.says("你好")
    nameless = open_case(city, person, Matter.QUESTION, words="问一下")
    add_worker(city, person)
    assert open_case(city, person, Matter.QUESTION, words="再问一下") == nameless
    assert read_case(city, nameless).worker_id is not None


def test_an_officer_sees_only_the_cases_of_the_own_scope(city_on_both: City) -> None:
    city_on_both.officer("周明", scope="5106")
    open_case(city_on_both, worker(city_on_both, "陈桂芳", ZHONGJIANG))
    open_case(city_on_both, worker(city_on_both, "李秀英", GUANGHAN))
    open_case(city_on_both, worker(city_on_both, "王小二", None))
    assert due_cases(city_on_both, ZHONGJIANG) == ["C-0001"]
    assert due_cases(city_on_both, GUANGHAN) == ["C-0002"]
    assert len(due_cases(city_on_both, "5106")) == 3


def test_a_town_officer_sees_the_towns_people(city: City) -> None:
    city.officer("周明", scope="5106")
    open_case(city, worker(city, "陈桂芳", "510623101"))
    open_case(city, worker(city, "李秀英", "510623102"))
    assert due_cases(city, "510623101") == ["C-0001"]


def test_urgent_cases_come_first_then_the_nearest_deadline(city: City) -> None:
    city.officer("周明", scope="5106")
    open_case(city, worker(city, "陈桂芳"), Matter.QUESTION)
    city.clock.advance(timedelta(hours=7))
    open_case(city, worker(city, "李秀英"), Matter.UNEMPLOYMENT)
    open_case(city, worker(city, "王小二"), Matter.GRIEVANCE)
    assert due_cases(city, "5106") == ["C-0003", "C-0001", "C-0002"]


def test_a_foreign_case_is_unknown_and_the_attempt_is_audited(city: City) -> None:
    city.officer("周明", scope="5106")
    stranger = city.officer("吴丽", scope=ZHONGJIANG).as_officer()
    case_id = open_case(city, worker(city, "李秀英", GUANGHAN))

    def look(uow: UnitOfWork) -> Case | None:
        return cases.visible_case(uow, city.deployment, stranger, case_id)

    assert city.run(look) is None
    assert audited(city, "refused_out_of_scope") == 1


def test_three_workers_of_one_firm_in_14_days_alert_the_county_once(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer("周明", scope=ZHONGJIANG)
    firm_id = add_firm(city)
    for name in ("陈桂芳", "李秀英"):
        open_case(city, worker(city, name), Matter.UNEMPLOYMENT, firm_id=firm_id)
    officer.listens()
    open_case(city, worker(city, "王小二"), firm_id=firm_id)
    heard = officer.listens()
    assert heard[0].startswith("🔴 C-0003 欠薪+没活 王*二 限17:00；同厂14天第3人→驻企核查")
    assert heard[1] == "宏达制衣：14天3个工友没活或欠薪，请去厂里核查。"
    open_case(city, worker(city, "赵大"), Matter.UNEMPLOYMENT, firm_id=firm_id)
    assert not any(line.startswith("宏达制衣") for line in officer.listens())


def test_one_worker_in_trouble_three_times_is_no_alert(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    firm_id = add_firm(city)
    person = worker(city)
    for matter in (Matter.UNEMPLOYMENT, Matter.GRIEVANCE, Matter.QUESTION):
        open_case(city, person, matter, firm_id=firm_id)
    assert "14天" not in "".join(officer.listens())


def test_trouble_older_than_14_days_does_not_count(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    firm_id = add_firm(city)
    for name in ("陈桂芳", "李秀英"):
        open_case(city, worker(city, name), Matter.UNEMPLOYMENT, firm_id=firm_id)
    city.clock.advance(timedelta(days=15))
    open_case(city, worker(city, "王小二"), Matter.UNEMPLOYMENT, firm_id=firm_id)
    assert "14天" not in "".join(officer.listens())


def test_three_calls_in_vain_over_14_days_suggest_but_do_not_decide(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    case_id = open_case(city, worker(city))
    suggestions = []
    for _ in range(3):
        suggestions.append(call_in_vain(city, officer, case_id))
        city.clock.advance(timedelta(days=7))
    assert suggestions == [False, False, True]
    assert read_case(city, case_id).closed_at is None
    close(city, officer, case_id, CaseStatus.UNREACHABLE)
    assert read_case(city, case_id).status is CaseStatus.UNREACHABLE


def test_unreachable_needs_the_calls(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    case_id = open_case(city, worker(city))
    call_in_vain(city, officer, case_id)
    with pytest.raises(UserError) as refusal:
        close(city, officer, case_id, CaseStatus.UNREACHABLE)
    assert refusal.value.text_key == "cases.refused.too_few_calls"


def test_a_case_is_closed_only_after_somebody_was_spoken_with(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    case_id = open_case(city, worker(city))
    with pytest.raises(UserError) as refusal:
        close(city, officer, case_id, CaseStatus.RE_EMPLOYED)
    assert refusal.value.text_key == "cases.refused.not_contacted"


def test_a_closed_case_keeps_its_outcome_and_its_promise(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    case_id = open_case(city, worker(city))
    contact(city, officer, case_id)
    close(city, officer, case_id, CaseStatus.TRAINING)
    case = read_case(city, case_id)
    assert (case.status, case.closed_at) == (CaseStatus.TRAINING, city.clock.now())
    assert city.run(lambda uow: uow.promises.open_ones(promises.CASE, case_id)) == []


def test_the_same_trouble_within_30_days_reopens_the_case(city_on_both: City) -> None:
    officer = city_on_both.officer("周明", scope=ZHONGJIANG)
    person = worker(city_on_both)
    case_id = open_case(city_on_both, person, Matter.UNEMPLOYMENT)
    contact(city_on_both, officer, case_id)
    close(city_on_both, officer, case_id, CaseStatus.RE_EMPLOYED)
    city_on_both.clock.advance(timedelta(days=20))
    assert open_case(city_on_both, person, Matter.UNEMPLOYMENT) == case_id
    case = read_case(city_on_both, case_id)
    assert (case.status, case.reopened, case.closed_at) == (CaseStatus.OPEN, 1, None)


def test_trouble_after_30_days_is_a_new_case(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    person = worker(city)
    case_id = open_case(city, person, Matter.UNEMPLOYMENT)
    contact(city, officer, case_id)
    close(city, officer, case_id, CaseStatus.RE_EMPLOYED)
    city.clock.advance(timedelta(days=31))
    assert open_case(city, person, Matter.UNEMPLOYMENT) != case_id


def test_a_case_goes_only_to_an_officer_whose_scope_holds_it(city: City) -> None:
    city.officer("周明", scope="5106")
    mine = city.officer("吴丽", scope=ZHONGJIANG).as_officer()
    other = city.officer("郑刚", scope=GUANGHAN).as_officer()
    case_id = open_case(city, worker(city))

    def pass_on(uow: UnitOfWork) -> None:
        case = uow.cases.need(case_id)
        assert [one.name for one in case_outcomes.possible_owners(uow, case)] == ["周明"]
        case_outcomes.hand_on(uow, city.deployment, case, mine, to=uow.officers.need(other.id))

    with pytest.raises(UserError) as refusal:
        city.run(pass_on)
    assert refusal.value.text_key == "cases.refused.other_scope"


def test_an_offer_moves_an_open_case_on_but_not_back(city: City) -> None:
    officer = city.officer("周明", scope=ZHONGJIANG)
    case_id = open_case(city, worker(city))

    def offer(uow: UnitOfWork) -> None:
        cases.note_offer(uow, city.deployment, uow.cases.need(case_id))

    city.run(offer)
    assert read_case(city, case_id).status is CaseStatus.OFFERED
    contact(city, officer, case_id)
    city.run(offer)
    assert read_case(city, case_id).status is CaseStatus.CONTACTED
