from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from bot.services.cases import promises
from storage.models import Enterprise, Vacancy
from storage.states import EnterpriseStatus, VacancyStatus, WorkerStatus
from tests.chat import City, Person
from tests.officer_world import (
    GUANGHAN,
    ZHONGJIANG,
    add_firm,
    add_vacancy,
    add_worker,
    audited,
    open_step,
)

OTHER_CODE = "91510681MA6000000X"


def vacancy_of(city: City, vacancy_id: UUID) -> Vacancy:
    return city.run(lambda uow: uow.vacancies.need(vacancy_id))


def firm_of(city: City, firm_id: UUID) -> Enterprise:
    return city.run(lambda uow: uow.enterprises.need(firm_id))


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer("周明", scope="5106")


@pytest.fixture
def boss(city: City) -> Person:
    return city.person("boss")


def test_the_queue_shows_the_oldest_promise_first_with_the_time_left(
    city: City, officer: Person
) -> None:
    firm_id = add_firm(city)
    add_vacancy(city, firm_id)
    city.clock.advance(timedelta(minutes=30))
    add_vacancy(city, firm_id)
    city.clock.advance(timedelta(minutes=100))
    assert open_step(city, officer, "review.queue")[-1] == (
        "等你审：招工2条，企业0家\n"
        "V-0001 平车工 宏达制衣 超时10分钟\nV-0002 平车工 宏达制衣 还剩20分钟"
    )


def test_an_empty_queue_says_so(city: City, officer: Person) -> None:
    assert open_step(city, officer, "review.queue") == ["没有等你审的。"]


def test_a_vacancy_is_shown_with_the_law_the_pay_and_the_firm(city: City, officer: Person) -> None:
    firm_id = add_firm(city, status=EnterpriseStatus.PENDING)
    violations = [["gender_discrimination", "限女"]]
    vacancy_id = add_vacancy(city, firm_id, violations=violations, appeal="井下岗位")
    shown = officer.presses(f"a:review:{vacancy_id.hex}")[-1]
    assert "V-0001 宏达制衣" in shown
    assert "“限女”（就业促进法第二十七条）" in shown
    assert "申诉理由：井下岗位" in shown
    assert "最低工资：没有查实的数，请自己核" in shown
    assert "企业还没核实" in shown
    assert officer.buttons() == ["通过", "退回改", "不通过", "看原话", "回列表"]


def test_the_post_itself_is_shown_on_request_and_audited(city: City, officer: Person) -> None:
    vacancy_id = add_vacancy(city, add_firm(city))
    officer.presses(f"a:review:{vacancy_id.hex}")
    heard = officer.says("4")
    assert heard[0] == "原话：招平车工6名,包吃住"
    assert heard[1].startswith("V-0001")
    assert audited(city, "view_post") == 1


def test_approving_tells_how_many_get_it_and_why_the_others_do_not(
    city: City, officer: Person, boss: Person
) -> None:
    for number in range(3):
        add_worker(city, city.person(f"sewer {number}"))
    for number in range(4):
        add_worker(city, city.person(f"employed {number}"), status=WorkerStatus.EMPLOYED)
    vacancy_id = add_vacancy(city, add_firm(city, speaker=boss))
    officer.presses(f"a:review:{vacancy_id.hex}")
    assert officer.says("1")[-1].split("\n") == [
        "名额6，先发3人，免得一窝蜂。没发4：",
        "已在上班4",
        "怎么送到：待打电话3",
    ]
    assert vacancy_of(city, vacancy_id).status is VacancyStatus.PUBLISHED
    assert boss.listens()[-1] == "V-0001 平车工审过了，先告诉了3位工友。"
    assert audited(city, "review_published") == 1


def test_the_counts_of_an_approval_add_up_to_all_workers(city: City, officer: Person) -> None:
    statuses = [WorkerStatus.SEEKING, WorkerStatus.EMPLOYED, WorkerStatus.TRAINING]
    for number in range(9):
        add_worker(city, city.person(f"worker {number}"), status=statuses[number % 3])
    vacancy_id = add_vacancy(city, add_firm(city), headcount=None)
    officer.presses(f"a:review:{vacancy_id.hex}")
    head, reasons, ways = officer.says("1")[-1].split("\n")
    chosen, left_out = map(int, re.findall(r"\d+", head))
    assert chosen + left_out == 9
    assert sum(map(int, re.findall(r"\d+", reasons))) == left_out
    assert sum(map(int, re.findall(r"\d+", ways))) == chosen


def test_a_decision_keeps_the_promise(city: City, officer: Person) -> None:
    vacancy_id = add_vacancy(city, add_firm(city))
    officer.presses(f"a:review:{vacancy_id.hex}")
    officer.says("1")
    assert city.run(lambda uow: uow.promises.open_ones(promises.REVIEW, vacancy_id)) == []


def test_an_unverified_firm_is_not_published(city: City, officer: Person) -> None:
    vacancy_id = add_vacancy(city, add_firm(city, status=EnterpriseStatus.PENDING))
    officer.presses(f"a:review:{vacancy_id.hex}")
    officer.says("1")
    assert vacancy_of(city, vacancy_id).status is VacancyStatus.IN_REVIEW


def test_giving_back_tells_the_firm_the_chosen_reason(
    city: City, officer: Person, boss: Person
) -> None:
    vacancy_id = add_vacancy(city, add_firm(city, speaker=boss))
    officer.presses(f"a:review:{vacancy_id.hex}")
    officer.says("2")
    assert officer.says("1") == ["V-0001退回去改了：工资没写清"]
    assert vacancy_of(city, vacancy_id).status is VacancyStatus.NEEDS_FIX
    assert boss.listens()[-1] == "V-0001 平车工要改：工资没写清。改好再送审。"


def test_refusing_takes_the_officers_own_words(city: City, officer: Person, boss: Person) -> None:
    vacancy_id = add_vacancy(city, add_firm(city, speaker=boss))
    officer.presses(f"a:review:{vacancy_id.hex}")
    officer.says("3")
    assert officer.says("老板欠薪上了名单") == ["V-0001没通过：老板欠薪上了名单"]
    assert vacancy_of(city, vacancy_id).status is VacancyStatus.REJECTED
    assert boss.listens()[-1] == "V-0001 平车工没通过：老板欠薪上了名单。"


def test_a_vacancy_decided_by_another_officer_says_who_and_when(
    city: City, officer: Person
) -> None:
    other = city.officer("吴丽", scope=ZHONGJIANG)
    vacancy_id = add_vacancy(city, add_firm(city))
    officer.presses(f"a:review:{vacancy_id.hex}")
    other.presses(f"a:review:{vacancy_id.hex}")
    other.says("1")
    assert officer.says("1") == ["V-0001已经定了，不在等审。"]
    assert officer.presses(f"a:review:{vacancy_id.hex}") == ["V-0001早由吴干部定了，今天9点：通过"]


def test_a_double_tap_on_approve_is_answered_and_publishes_once(
    city: City, officer: Person
) -> None:
    vacancy_id = add_vacancy(city, add_firm(city))
    officer.presses(f"a:review:{vacancy_id.hex}")
    officer.says("1")
    assert officer.says("1") == ["已经办好了，不用再点。"]
    assert audited(city, "review_published") == 1


def test_an_officer_of_another_county_sees_no_vacancy_and_no_firm(city: City) -> None:
    stranger = city.officer("吴丽", scope=GUANGHAN)
    city.officer("周明", scope="5106")
    firm_id = add_firm(city, status=EnterpriseStatus.PENDING)
    vacancy_id = add_vacancy(city, firm_id)
    assert open_step(city, stranger, "review.queue") == ["没有等你审的。"]
    for button in (
        f"a:review:{vacancy_id.hex}",
        f"a:firm_ok:{firm_id.hex}",
        f"a:firm_no:{firm_id.hex}",
        f"a:review:{'0' * 32}",
        "a:review:nonsense",
    ):
        assert stranger.presses(button) == ["没有这一条。"]
    assert audited(city, "refused_out_of_scope") == 3
    assert firm_of(city, firm_id).status is EnterpriseStatus.PENDING


def test_a_worker_who_forges_a_button_decides_nothing(city: City, officer: Person) -> None:
    vacancy_id = add_vacancy(city, add_firm(city))
    worker = city.person("forger")
    worker.says("你好")
    assert worker.presses(f"a:review:{vacancy_id.hex}") == ["这里是干部用的。"]
    assert worker.presses(f"a:case:{vacancy_id.hex}") == ["这里是干部用的。"]
    assert vacancy_of(city, vacancy_id).status is VacancyStatus.IN_REVIEW


def test_each_county_has_its_own_queue(city: City) -> None:
    city.officer("周明", scope="5106")
    here = city.officer("吴丽", scope=ZHONGJIANG)
    add_vacancy(city, add_firm(city))
    add_vacancy(city, add_firm(city, name="广汉机械", adcode=GUANGHAN, credit_code=OTHER_CODE))
    shown = open_step(city, here, "review.queue")[-1]
    assert "宏达制衣" in shown
    assert "广汉机械" not in shown


def test_a_firm_is_verified_with_one_tap_and_told(
    city: City, officer: Person, boss: Person
) -> None:
    firm_id = add_firm(city, status=EnterpriseStatus.PENDING, speaker=boss)
    assert "企业要核实：宏达制衣" in open_step(city, officer, "review.queue")[-1]
    assert officer.says("1")[-1].startswith("宏达制衣\n信用代码 ")
    assert officer.says("1") == ["宏达制衣已核实，半年后再核。"]
    assert firm_of(city, firm_id).status is EnterpriseStatus.VERIFIED
    assert officer.presses(f"a:firm_ok:{firm_id.hex}") == ["宏达制衣早核实过了。"]
    assert "宏达制衣" in boss.listens()[-1]
    assert audited(city, "view_contact") == 1


def test_a_firm_is_refused_with_a_reason(city: City, officer: Person, boss: Person) -> None:
    firm_id = add_firm(city, status=EnterpriseStatus.PENDING, speaker=boss)
    officer.presses(f"a:firm_no:{firm_id.hex}")
    assert officer.says("2") == ["宏达制衣没通过：查不到这家"]
    assert firm_of(city, firm_id).status is EnterpriseStatus.SUSPENDED
    assert "查不到这家" in boss.listens()[-1]
