"""One line about a vacancy, its headcount, and what a refused firm's vacancies come to."""

from __future__ import annotations

from storage.states import EnterpriseStatus, VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.conversations.firm_world import (
    LAWFUL_POST,
    Firm,
    applicant,
    firm_in,
    only_vacancy,
    published,
)


def sent_to_review(city: City) -> tuple[Person, Firm]:
    officer = city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    officer.listens()
    return officer, firm


def given_back(city: City) -> Firm:
    officer, firm = sent_to_review(city)
    officer.taps("现在审")
    officer.says("退回改")
    officer.says("工资没写清")
    firm.boss.listens()
    return firm


def test_new_figures_leave_piece_work_piece_work(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    assert "计件" in firm.boss.says("工资 4500-5500")[0]
    vacancy = only_vacancy(city, firm)
    assert (vacancy.wage_min, vacancy.wage_max, vacancy.wage_unit) == (4500, 5500, "计件")


def test_a_unit_that_is_named_changes_how_it_is_paid(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("月薪 4500-5500")
    assert only_vacancy(city, firm).wage_unit == "元/月"


def test_negotiable_pay_is_repeated_as_that_and_a_figure_is_asked_for(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    heard = firm.boss.says("工资面议")
    assert "不限" not in "".join(heard)
    assert "面议" in heard[0]
    firm.boss.says("4500-5500")
    assert only_vacancy(city, firm).wage_unit == "元/月"


def test_what_was_given_back_is_corrected_from_its_message(city: City) -> None:
    firm = given_back(city)
    firm.boss.taps("接着改")
    firm.boss.says("工资 5000")
    assert only_vacancy(city, firm).wage_min == 5000


def test_a_line_typed_after_the_message_changes_what_was_given_back(city: City) -> None:
    firm = given_back(city)
    assert "改成" in firm.boss.says("工资 5000")[0]
    assert only_vacancy(city, firm).wage_min == 5000


def test_a_line_typed_at_an_opened_vacancy_changes_it(city: City) -> None:
    firm = given_back(city)
    firm.boss.says("我的招工")
    firm.boss.says("1")
    assert "改成" in firm.boss.says("工资 5000")[0]
    assert only_vacancy(city, firm).wage_min == 5000


def test_fewer_wanted_than_hired_closes_the_vacancy(city: City) -> None:
    _, firm = sent_to_review(city)
    applicant(city, published(city, firm))
    firm.boss.listens()
    firm.boss.taps("记结果")
    firm.boss.says("录用")
    firm.boss.says("今天")
    firm.boss.says("我的招工")
    firm.boss.says("1")
    firm.boss.says("改人数")
    assert "招满" in "".join(firm.boss.says("1"))
    assert only_vacancy(city, firm).status is VacancyStatus.FILLED


def test_a_firm_that_has_enough_people_is_led_to_closing(city: City) -> None:
    _, firm = sent_to_review(city)
    published(city, firm)
    firm.boss.says("招满了")
    firm.boss.says("招满了")
    firm.boss.says("关")
    assert only_vacancy(city, firm).status is VacancyStatus.FILLED


def refuse(officer: Person, firm: Firm) -> None:
    officer.presses(f"a:firm_no:{firm.id.hex}")
    officer.says("查不到这家")


def test_a_refused_firms_vacancy_does_not_go_on_waiting(city: City) -> None:
    officer, firm = sent_to_review(city)
    refuse(officer, firm)
    assert only_vacancy(city, firm).status is VacancyStatus.NEEDS_FIX
    assert "没有等你审的" in officer.says("审核")[0]
    heard = "".join(firm.boss.listens())
    assert "查不到这家" in heard
    assert "1条退回" in heard


def test_a_refused_firms_open_vacancy_is_suspended_and_applicants_hear_so(city: City) -> None:
    officer, firm = sent_to_review(city)
    worker = applicant(city, published(city, firm))
    refuse(officer, firm)
    assert only_vacancy(city, firm).status is VacancyStatus.SUSPENDED
    assert any("先停了" in words for words in worker.listens())


def test_a_suspended_vacancy_goes_back_to_review_once_the_firm_is_verified(city: City) -> None:
    officer, firm = sent_to_review(city)
    published(city, firm)
    refuse(officer, firm)

    def verify(uow: UnitOfWork) -> None:
        uow.enterprises.need(firm.id).status = EnterpriseStatus.VERIFIED

    city.run(verify)
    firm.boss.says("我的招工")
    firm.boss.says("1")
    firm.boss.says("接着写，再送审")
    firm.boss.says("送审")
    assert only_vacancy(city, firm).status is VacancyStatus.IN_REVIEW
