from __future__ import annotations

import pytest

from storage.states import VacancyStatus
from tests.chat import City
from tests.conversations.firm_world import firm_in, only_vacancy
from tests.officer_world import open_step

FRAUD = "缅北客服,不用护照"


@pytest.mark.parametrize("words", [FRAUD, "15岁以上就可以", "身份证由公司统一保管"])
def test_a_post_that_nothing_makes_lawful_opens_an_urgent_case_of_the_firm(
    city: City, words: str
) -> None:
    officer = city.officer()
    firm = firm_in(city)
    firm.boss.says(f"中江招保安2人,月3000,{words}")
    assert only_vacancy(city, firm).status is VacancyStatus.REJECTED
    told = "\n".join(officer.listens())
    assert "🔴 C-0001 违法招工 宏达制衣" in told
    assert words.split(",", maxsplit=1)[0][:3] in told
    assert "违法招工 宏达制衣" in open_step(city, officer, "cases.queue")[-1]


def test_a_second_unlawful_post_is_added_to_the_same_case(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    firm.boss.says(f"中江招保安2人,月3000,{FRAUD}")
    firm.boss.says("中江招保安2人,月3000,先转账再上班")
    queue = open_step(city, officer, "cases.queue")[-1]
    assert "C-0001" in queue
    assert "C-0002" not in queue


def test_a_warning_against_fraud_opens_no_case(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    firm.boss.says("中江招保安2人,月3000,谁叫你先转账都是骗子")
    assert only_vacancy(city, firm).violations == []
    assert open_step(city, officer, "cases.queue") == ["没有要办的人。"]
