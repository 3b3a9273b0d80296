from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.services.vacancies import vacancies
from storage.models import Enterprise, Vacancy
from storage.states import EnterpriseStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.officer_world import add_firm
from tests.services.test_vacancies import drafted


def obstacle(city: City, change: Callable[[Vacancy, Enterprise], None]) -> str | None:
    """Return what keeps the city's officer from publishing after `change`."""
    officer = city.officer().as_officer()
    firm_id = add_firm(city)

    def look(uow: UnitOfWork) -> str | None:
        vacancy = drafted(uow, city, firm_id)
        vacancies.send_to_review(uow, city.deployment, vacancy)
        change(vacancy, uow.enterprises.need(firm_id))
        return vacancies.publication_obstacle(
            uow, city.deployment, vacancy, uow.officers.need(officer.id)
        )

    return city.run(look)


def test_a_clean_vacancy_of_a_verified_firm_may_be_published(city: City) -> None:
    assert obstacle(city, lambda _vacancy, _firm: None) is None


def test_a_pending_firms_vacancy_waits(city: City) -> None:
    def change(_vacancy: Vacancy, firm: Enterprise) -> None:
        firm.status = EnterpriseStatus.PENDING

    assert obstacle(city, change) == "vacancy_posting.obstacle.firm_unverified"


def test_a_firm_verified_over_six_months_ago_is_verified_again_first(city: City) -> None:
    def change(_vacancy: Vacancy, firm: Enterprise) -> None:
        firm.verified_at = city.clock.now() - timedelta(days=183)

    assert obstacle(city, change) == "vacancy_posting.obstacle.firm_to_verify_again"


def test_unlawful_words_are_published_only_after_an_appeal(city: City) -> None:
    def change(vacancy: Vacancy, _firm: Enterprise) -> None:
        vacancy.violations = [["deposit", "押金200"]]

    assert obstacle(city, change) == "vacancy_posting.obstacle.unlawful"


def test_an_appeal_leaves_the_decision_to_the_officer(city: City) -> None:
    def change(vacancy: Vacancy, _firm: Enterprise) -> None:
        vacancy.violations = [["deposit", "押金200"]]
        vacancy.appeal = "工服押金离职退"

    assert obstacle(city, change) is None


def test_who_posted_for_a_firm_does_not_review_it(city: City) -> None:
    officer = city.officer().as_officer()
    other = city.officer("王芳").as_officer()
    firm_id = add_firm(city)

    def look(uow: UnitOfWork) -> list[str | None]:
        vacancy = drafted(uow, city, firm_id)
        vacancy.posted_by_officer = officer.id
        vacancies.send_to_review(uow, city.deployment, vacancy)
        return [
            vacancies.publication_obstacle(uow, city.deployment, vacancy, uow.officers.need(one.id))
            for one in (officer, other)
        ]

    assert city.run(look) == ["vacancy_posting.obstacle.own_post", None]


def test_an_officer_elsewhere_may_not_publish(city: City) -> None:
    city.officer()
    elsewhere = city.officer("李强", scope="510681").as_officer()
    firm_id = add_firm(city)

    def look(uow: UnitOfWork) -> str | None:
        vacancy = drafted(uow, city, firm_id)
        vacancies.send_to_review(uow, city.deployment, vacancy)
        return vacancies.publication_obstacle(
            uow, city.deployment, vacancy, uow.officers.need(elsewhere.id)
        )

    assert city.run(look) == "vacancy_posting.obstacle.out_of_scope"
