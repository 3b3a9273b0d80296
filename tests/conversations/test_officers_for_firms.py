"""What officers may do for firms, and whom they do not see."""

from __future__ import annotations

from storage.models import Vacancy
from storage.states import ApplicationStatus, VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.conversations.firm_world import (
    CODE,
    LAWFUL_POST,
    Firm,
    applicant,
    application_of,
    firm_in,
    only_vacancy,
    published,
)
from tests.officer_world import add_firm


def posted_for_an_absent_firm(city: City, officer: Person) -> tuple[Firm, Vacancy]:
    """Return a firm nobody speaks for, and what the officer posted for it, published."""
    firm = Firm(city.person("nobody"), add_firm(city, credit_code=CODE))
    officer.says("/post")
    officer.says("宏达")
    officer.says(LAWFUL_POST)
    officer.says("1")
    return firm, published(city, firm)


def test_an_officer_does_not_post_for_a_firm_out_of_scope_by_its_code(city: City) -> None:
    city.officer()
    officer = city.officer("王芳", scope="510681")
    firm_in(city)
    officer.says("/post")
    officer.says("登记一家新的")
    officer.says("宏达制衣")
    heard = officer.says(CODE)
    assert "不归你管" in heard[0]
    assert "整段发来" not in "".join(heard)


def test_an_officer_registers_no_firm_in_a_place_out_of_scope(city: City) -> None:
    city.officer()
    officer = city.officer("王芳", scope="510681")
    officer.says("/post")
    officer.says("登记一家新的")
    officer.says("宏达制衣")
    officer.says(CODE)
    assert "不归你管" in officer.says("中江南华镇")[0]
    assert city.run(lambda uow: uow.enterprises.of_code("510600", CODE)) is None


def test_an_officer_out_of_scope_sees_no_applicant_of_an_own_post(city: City) -> None:
    officer = city.officer()
    other = city.officer("王芳", scope="510681")
    _, vacancy = posted_for_an_absent_firm(city, officer)
    applicant(city, vacancy)

    other_id = other.as_officer().id

    def hand_to_other(uow: UnitOfWork) -> None:
        uow.vacancies.need(vacancy.id).posted_by_officer = other_id

    city.run(hand_to_other)
    heard = other.presses(f"a:applicants:{vacancy.id.hex}")
    assert "陈桂芳" not in "".join([*heard, *other.buttons()])


def test_who_posted_for_a_firm_is_told_of_applicants_and_notes_the_outcome(city: City) -> None:
    city.officer()
    poster = city.officer("李强")
    _, vacancy = posted_for_an_absent_firm(city, poster)
    applicant(city, vacancy)
    assert any("陈桂芳报名" in words for words in poster.listens())
    poster.taps("记结果")
    poster.says("约面试")
    assert application_of(city, vacancy).status is ApplicationStatus.INTERVIEW


def test_another_officer_in_scope_notes_the_outcome_for_an_absent_firm(city: City) -> None:
    officer = city.officer()
    colleague = city.officer("李强", scope="510623")
    _, vacancy = posted_for_an_absent_firm(city, officer)
    applicant(city, vacancy)
    colleague.presses(f"a:applicant:{application_of(city, vacancy).id.hex}")
    colleague.says("没来")
    assert application_of(city, vacancy).status is ApplicationStatus.NO_SHOW


def test_an_officer_finds_the_applicants_in_the_menu(city: City) -> None:
    officer = city.officer()
    _, vacancy = posted_for_an_absent_firm(city, officer)
    applicant(city, vacancy)
    officer.says("菜单")
    officer.taps("谁报了名")
    assert any("陈桂芳" in label for label in officer.buttons())


def test_who_posted_is_asked_the_firms_questions_and_hears_of_a_withdrawal(city: City) -> None:
    officer = city.officer()
    _, vacancy = posted_for_an_absent_firm(city, officer)
    applicant(city, vacancy)
    officer.listens()
    city.pass_time(days=2, hours=3)
    assert any("报名两天了" in words for words in officer.listens())
    assert "记下了" in officer.taps("联系了")[0]


def test_an_officer_out_of_scope_answers_no_question_of_a_firm(city: City) -> None:
    officer = city.officer()
    other = city.officer("王芳", scope="510681")
    _, vacancy = posted_for_an_absent_firm(city, officer)
    applicant(city, vacancy)
    city.pass_time(days=2, hours=3)
    officer.listens()
    button = next(
        option.data
        for body in officer.heard_bodies
        for option in body.options
        if option.data.startswith("a:applicant_called")
    )
    assert "没有记" in other.presses(button)[0]


def test_who_posted_hears_what_has_to_change(city: City) -> None:
    reviewer = city.officer()
    poster = city.officer("李强")
    firm = Firm(city.person("nobody"), add_firm(city, credit_code=CODE))
    poster.says("/post")
    poster.says("宏达")
    poster.says(LAWFUL_POST)
    poster.says("1")
    reviewer.presses(f"a:review:{only_vacancy(city, firm).id.hex}")
    reviewer.says("退回改")
    reviewer.says("工资没写清")
    assert any("要改" in words for words in poster.listens())
    poster.taps("接着改")
    poster.says("工资 4800")
    poster.says("送审")
    assert only_vacancy(city, firm).status is VacancyStatus.IN_REVIEW


def test_an_officer_without_a_phone_is_named_without_one(city: City) -> None:
    city.officer("省李", scope="51")
    officer = city.officer()
    heard = officer.says("找真人")[0]
    assert "省李" in heard
    assert "电话。" not in heard
