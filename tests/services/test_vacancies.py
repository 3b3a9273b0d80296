from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.services.vacancies import posts, vacancies
from bot.services.vacancies.vacancies import VacancyStateError
from bot.services.vacancies.vacancy_drafts import snapshot
from bot.understanding import Correction
from storage.models import Delivery, Promise, Vacancy
from storage.states import DeliveryKind, DeliveryStatus, VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.officer_world import add_firm
from tests.services.job_world import add_address, add_worker

POST = "中江南华镇招平车工6名,计件4000-5500,中午管饭,55岁以下"
UNLAWFUL = POST + ",限女,押金200"


def drafted(uow: UnitOfWork, city: City, firm_id: uuid.UUID, post: str = POST) -> Vacancy:
    firm = uow.enterprises.need(firm_id)
    reading = posts.read_post(city.deployment, post)
    (draft,) = vacancies.create_drafts(uow, city.deployment, firm, post, reading)
    return draft


def opened(uow: UnitOfWork, city: City, firm_id: uuid.UUID) -> Vacancy:
    """Return a published vacancy with one push that waits."""
    vacancy = drafted(uow, city, firm_id)
    vacancies.send_to_review(uow, city.deployment, vacancy)
    vacancies.mark_published(vacancy, now=city.clock.now())
    now = city.clock.now()
    address = add_address(uow, city.account_id, now, f"page of {vacancy.id}")
    add_worker(uow, now, address=address)
    uow.session.add(
        Delivery(
            account_id=city.account_id,
            address_id=address.id,
            stream="push",
            seq=1,
            kind=DeliveryKind.VACANCY,
            priority=5,
            subject_id=vacancy.id,
            text_key="vacancy_lines.line.pushed",
            created_at=now,
            not_before=now + timedelta(hours=1),
            dedupe_key=f"test:{vacancy.id.hex}",
        )
    )
    uow.session.flush()
    return vacancy


def test_numbers_count_up_within_a_bureau(city_on_both: City) -> None:
    city = city_on_both
    firm_id = add_firm(city)
    names = [
        city.run(lambda uow: vacancies.reference(drafted(uow, city, firm_id))) for _ in range(2)
    ]
    assert names == ["V-0001", "V-0002"]


def test_a_draft_holds_for_thirty_days_unless_the_post_says_otherwise(city: City) -> None:
    firm_id = add_firm(city)
    until = city.run(lambda uow: drafted(uow, city, firm_id).valid_until)
    assert until == city.clock.today() + timedelta(days=30)


def test_a_review_is_promised_within_two_office_hours(city_on_both: City) -> None:
    city = city_on_both
    city.officer()
    firm_id = add_firm(city)

    def send(uow: UnitOfWork) -> tuple[timedelta, Promise]:
        vacancy = drafted(uow, city, firm_id)
        due_at = vacancies.send_to_review(uow, city.deployment, vacancy)
        promise = uow.session.scalars(select(Promise)).one()
        assert promise.subject_id == vacancy.id
        assert promise.due_at == due_at
        return due_at - city.clock.now(), promise

    wait, promise = city.run(send)
    assert wait == timedelta(hours=2)
    assert (promise.what, promise.scope) == ("review", "510623")


def test_sending_twice_keeps_one_promise(city: City) -> None:
    city.officer()
    firm_id = add_firm(city)

    def send(uow: UnitOfWork) -> int:
        vacancy = drafted(uow, city, firm_id)
        first = vacancies.send_to_review(uow, city.deployment, vacancy)
        assert vacancies.send_to_review(uow, city.deployment, vacancy) == first
        return len(list(uow.session.scalars(select(Promise))))

    assert city.run(send) == 1


@pytest.mark.parametrize("post", ["招平车工6名", "中江招平车工6名", UNLAWFUL])
def test_nothing_incomplete_or_unlawful_goes_to_review(city: City, post: str) -> None:
    city.officer()
    firm_id = add_firm(city)

    def send(uow: UnitOfWork) -> None:
        vacancies.send_to_review(uow, city.deployment, drafted(uow, city, firm_id, post))

    with pytest.raises(UserError):
        city.run(send)


def test_a_changed_wage_stops_the_queued_pushes_and_asks_for_review(city_on_both: City) -> None:
    city = city_on_both
    city.officer()
    firm_id = add_firm(city)

    def change(uow: UnitOfWork) -> tuple[VacancyStatus, DeliveryStatus, int]:
        vacancy = opened(uow, city, firm_id)
        wage = Correction("wage", "4500-6000", wage_min=4500, wage_max=6000, wage_unit="元/月")
        vacancies.correct(uow, city.deployment, vacancy, wage)
        push = uow.session.scalars(select(Delivery).where(Delivery.dedupe_key.startswith("test:")))
        return vacancy.status, push.one().status, len(list(uow.session.scalars(select(Promise))))

    assert city.run(change) == (VacancyStatus.IN_REVIEW, DeliveryStatus.SKIPPED, 2)


def test_a_changed_headcount_leaves_the_vacancy_open(city: City) -> None:
    city.officer()
    firm_id = add_firm(city)

    def change(uow: UnitOfWork) -> tuple[VacancyStatus, int | None, int]:
        vacancy = opened(uow, city, firm_id)
        vacancies.correct(uow, city.deployment, vacancy, Correction("headcount", "9", number=9))
        return vacancy.status, vacancy.headcount, uow.vacancies.waiting_pushes(vacancy.id)

    assert city.run(change) == (VacancyStatus.PUBLISHED, 9, 1)


def test_every_change_is_read_by_the_board(city_on_both: City) -> None:
    city = city_on_both
    city.officer()
    firm_id = add_firm(city)

    def change(uow: UnitOfWork) -> list[int]:
        vacancy = drafted(uow, city, firm_id)
        vacancies.send_to_review(uow, city.deployment, vacancy)
        vacancies.change_headcount(uow, city.deployment, vacancy, 3)
        return [row.version for row in uow.vacancies.changes_after(0)]

    assert city.run(change) == [2, 3]


def test_undoing_writes_the_kept_words_back(city: City) -> None:
    firm_id = add_firm(city)

    def undo(uow: UnitOfWork) -> tuple[int | None, list[list[str]]]:
        vacancy = drafted(uow, city, firm_id)
        kept = snapshot(vacancy)
        wage = Correction("wage", "限女 900", wage_min=900, wage_max=900, wage_unit="元/月")
        vacancies.correct(uow, city.deployment, vacancy, wage)
        assert {code for code, _ in vacancy.violations} == {
            "below_minimum_wage",
            "gender_discrimination",
        }
        vacancies.undo(uow, city.deployment, vacancy, kept)
        return vacancy.wage_min, vacancy.violations

    assert city.run(undo) == (4000, [])


def test_what_is_beyond_its_last_day_expires_and_its_pushes_stop(city_on_both: City) -> None:
    city = city_on_both
    city.officer()
    firm_id = add_firm(city)
    key = city.run(lambda uow: opened(uow, city, firm_id).id)
    assert city.run(lambda uow: vacancies.expire_due(uow, city.deployment)) == 0
    city.clock.advance(timedelta(days=31))
    assert city.run(lambda uow: vacancies.expire_due(uow, city.deployment)) == 1
    assert city.run(lambda uow: uow.vacancies.need(key).status) is VacancyStatus.EXPIRED
    assert city.run(lambda uow: uow.vacancies.waiting_pushes(key)) == 0


def test_a_closed_vacancy_cannot_be_changed_or_closed_again(city: City) -> None:
    city.officer()
    firm_id = add_firm(city)
    key = city.run(lambda uow: opened(uow, city, firm_id).id)

    def close(uow: UnitOfWork) -> None:
        vacancies.close(uow, city.deployment, uow.vacancies.need(key), VacancyStatus.FILLED)

    city.run(close)
    with pytest.raises(VacancyStateError) as refused:
        city.run(close)
    assert refused.value.text_key == "vacancy_list.refused.filled"
    with pytest.raises(VacancyStateError):
        city.run(
            lambda uow: vacancies.change_headcount(uow, city.deployment, uow.vacancies.need(key), 2)
        )


@pytest.mark.parametrize("status", list(VacancyStatus))
def test_every_state_has_words_for_a_refusal(city: City, status: VacancyStatus) -> None:
    for language in ("zh", "en"):
        key = f"vacancy_list.refused.{status.value}"
        assert "V-0001" in city.deployment.text(key, language, number="V-0001")


def test_a_repost_is_judged_by_todays_law(city: City) -> None:
    city.officer()
    firm_id = add_firm(city)

    def again(uow: UnitOfWork) -> list[list[str]]:
        vacancy = opened(uow, city, firm_id)
        vacancy.wage_min = vacancy.wage_max = 900
        return vacancies.repost(uow, city.deployment, vacancy).violations

    assert [code for code, _ in city.run(again)] == ["below_minimum_wage"]
