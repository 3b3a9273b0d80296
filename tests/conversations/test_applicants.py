from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from bot.conversations.firm.applicants import day_in
from storage.models import AuditEntry, Employment
from storage.states import ApplicationStatus, Source
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.conversations.firm_world import (
    LAWFUL_POST,
    Firm,
    applicant,
    application_of,
    firm_in,
    only_vacancy,
    published,
)


def firm_with_applicant(city: City) -> tuple[Firm, Person]:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    worker = applicant(city, published(city, firm))
    firm.boss.listens()
    return firm, worker


def opens_the_person(city: City, firm: Firm) -> list[str]:
    return firm.boss.presses(f"a:applicant:{application_of(city, only_vacancy(city, firm)).id.hex}")


def looks(city: City) -> int:
    def count(uow: UnitOfWork) -> int:
        return (
            uow.session.scalar(
                select(func.count())
                .select_from(AuditEntry)
                .where(AuditEntry.action == "applicant_seen")
            )
            or 0
        )

    return city.run(count)


def test_the_firm_sees_name_and_phone_of_who_agreed(city: City) -> None:
    firm, _ = firm_with_applicant(city)
    firm.boss.presses(f"a:applicants:{only_vacancy(city, firm).id.hex}")
    assert firm.boss.buttons() == ["陈桂芳 13900001111 · 等你联系"]


def test_each_look_at_a_name_is_audited(city: City) -> None:
    firm, _ = firm_with_applicant(city)
    before = looks(city)
    opens_the_person(city, firm)
    assert looks(city) == before + 1


def test_another_firm_sees_nobody(city: City) -> None:
    firm, _ = firm_with_applicant(city)
    other = firm_in(city, name="别家", credit_code="91510623MA00000000")
    application = application_of(city, only_vacancy(city, firm))
    for button in (f"a:applicant:{application.id.hex}", "a:applicant:nonsense"):
        heard = "".join(other.boss.presses(button))
        assert "陈桂芳" not in heard
        assert "不是你家的" in heard


def test_who_has_not_agreed_is_not_shown(city: City) -> None:
    firm, _ = firm_with_applicant(city)
    application = application_of(city, only_vacancy(city, firm))

    def take_back(uow: UnitOfWork) -> None:
        uow.applications.need(application.id).status = ApplicationStatus.CONSENTED

    city.run(take_back)
    heard = firm.boss.presses(f"a:applicant:{application.id.hex}")
    assert "陈桂芳" not in "".join(heard)


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("约面试", ApplicationStatus.INTERVIEW),
        ("没来", ApplicationStatus.NO_SHOW),
        ("不合适", ApplicationStatus.REJECTED),
    ],
)
def test_the_firms_word_is_kept_and_the_worker_told(
    city: City, label: str, status: ApplicationStatus
) -> None:
    firm, worker = firm_with_applicant(city)
    opens_the_person(city, firm)
    assert "陈桂芳" in firm.boss.taps(label)[0]
    assert application_of(city, only_vacancy(city, firm)).status is status
    assert worker.listens() != []


def test_somebody_hired_gets_a_first_day_which_opens_the_spell(city: City) -> None:
    firm, _ = firm_with_applicant(city)
    opens_the_person(city, firm)
    firm.boss.says("2")
    assert "11月26日上班" in firm.boss.says("11月26日")[0]

    def spell(uow: UnitOfWork) -> tuple[date, Source]:
        row = uow.session.scalars(select(Employment)).one()
        return row.started_on, row.source

    assert city.run(spell) == (date(2026, 11, 26), Source.ENTERPRISE)


def test_today_and_tomorrow_are_buttons(city: City) -> None:
    firm, _ = firm_with_applicant(city)
    opens_the_person(city, firm)
    firm.boss.taps("录用")
    assert "11月24日上班" in firm.boss.taps("明天")[0]


def test_a_first_day_far_away_is_asked_again(city: City) -> None:
    firm, _ = firm_with_applicant(city)
    opens_the_person(city, firm)
    firm.boss.says("2")
    assert "太远" in firm.boss.says("2028年1月1日")[0]
    assert "今天" in "".join(firm.boss.buttons())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("后天", date(2026, 12, 31)),
        ("昨天", date(2026, 12, 28)),
        ("1月2日", date(2027, 1, 2)),
        ("12.30", date(2026, 12, 30)),
        ("2027-1-5", date(2027, 1, 5)),
        ("31号", date(2026, 12, 31)),
        ("2月30日", None),
        ("过几天", None),
    ],
)
def test_a_day_is_the_nearest_one_of_that_name(words: str, day: date | None) -> None:
    assert day_in(words, today=date(2026, 12, 29)) == day


def test_a_firm_without_applicants_is_told_so(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    vacancy = published(city, firm)
    assert "还没有人报名" in firm.boss.presses(f"a:applicants:{vacancy.id.hex}")[0]
