from __future__ import annotations

from sqlalchemy import select

from storage.models import Promise
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.conversations.firm_world import (
    LAWFUL_POST,
    Firm,
    applicant,
    firm_in,
    only_vacancy,
    published,
    vacancies_of,
)


def posted(city: City) -> Firm:
    """Return a firm whose one vacancy is in review."""
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    return firm


def test_the_list_names_each_vacancy_with_state_and_counts(city: City) -> None:
    firm = posted(city)
    firm.boss.says("/list")
    assert firm.boss.buttons() == ["V-0001 平车工 · 在审 · 发0 报0 录0"]


def test_a_firm_that_posted_nothing_is_asked_to_paste_a_post(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    assert "整段发来" in firm.boss.says("/list")[-1]


def test_a_vacancy_is_opened_by_its_place_or_its_number(city: City) -> None:
    firm = posted(city)
    firm.boss.says("/list")
    assert "平车工6人" in firm.boss.says("v-0001")[-1]
    firm.boss.says("/list")
    assert "平车工6人" in firm.boss.says("1")[-1]


def test_the_headcount_changes_without_a_new_review(city: City) -> None:
    firm = posted(city)
    published(city, firm)
    firm.boss.says("/list")
    firm.boss.says("1")
    firm.boss.taps("改人数")
    assert "改成9人" in firm.boss.says("9个")[0]
    vacancy = only_vacancy(city, firm)
    assert (vacancy.headcount, vacancy.status) == (9, VacancyStatus.PUBLISHED)


def test_any_other_change_of_a_published_vacancy_goes_back_to_review(city: City) -> None:
    firm = posted(city)
    published(city, firm)
    firm.boss.says("/list")
    firm.boss.says("1")
    firm.boss.taps("改别的")
    assert "重新审" in firm.boss.says("工资 4500-6000")[-1]
    assert only_vacancy(city, firm).status is VacancyStatus.IN_REVIEW


def test_closing_says_first_what_follows_and_then_tells_the_applicants(city: City) -> None:
    firm = posted(city)
    worker = applicant(city, published(city, firm))
    worker.listens()
    firm.boss.says("/list")
    firm.boss.says("1")
    firm.boss.taps("关掉")
    assert "1个在等的人" in firm.boss.taps("招满了")[0]
    assert only_vacancy(city, firm).status is VacancyStatus.PUBLISHED
    assert "V-0001关了" in firm.boss.taps("关")[0]
    assert only_vacancy(city, firm).status is VacancyStatus.FILLED
    assert any("招满了" in heard for heard in worker.listens())


def test_closing_can_be_called_off(city: City) -> None:
    firm = posted(city)
    published(city, firm)
    firm.boss.says("/list")
    firm.boss.says("1")
    firm.boss.taps("关掉")
    firm.boss.taps("不招了")
    firm.boss.taps("不关")
    assert only_vacancy(city, firm).status is VacancyStatus.PUBLISHED


def test_a_vacancy_in_review_can_be_withdrawn_and_its_promise_is_settled(city: City) -> None:
    firm = posted(city)
    firm.boss.says("/list")
    firm.boss.says("1")
    firm.boss.taps("关掉")
    firm.boss.taps("关")
    assert only_vacancy(city, firm).status is VacancyStatus.WITHDRAWN

    def open_promises(uow: UnitOfWork) -> list[Promise]:
        return list(uow.session.scalars(select(Promise).where(Promise.kept_at.is_(None))))

    assert city.run(open_promises) == []


def test_reposting_makes_a_new_number_valid_for_thirty_days_and_reviewed_again(
    city: City,
) -> None:
    firm = posted(city)
    published(city, firm)
    firm.boss.says("/list")
    firm.boss.says("1")
    firm.boss.taps("重新发")
    assert "读懂" in firm.boss.says("1")[0]
    firm.boss.says("1")
    first, second = vacancies_of(city, firm)
    assert first.status is VacancyStatus.PUBLISHED
    assert (second.number, second.status) == (2, VacancyStatus.IN_REVIEW)
    assert second.valid_until is not None
    assert (second.valid_until - city.clock.today()).days == 30


def test_an_unfinished_draft_is_taken_up_again(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("/list")
    firm.boss.says("1")
    firm.boss.taps("接着写")
    assert "送审 V-0001" in firm.boss.says("1")[0]


def test_another_firms_vacancies_are_not_listed(city: City) -> None:
    posted(city)
    other = firm_in(city, name="别家", credit_code="91510623MA00000000")
    assert "V-0001" not in "".join(other.boss.says("/list"))
