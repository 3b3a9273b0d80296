from __future__ import annotations

from storage.states import VacancyStatus
from tests.chat import City
from tests.conversations.firm_world import LAWFUL_POST, firm_in, only_vacancy


def test_an_officer_posts_for_a_firm_found_by_name(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    officer.says("/post")
    assert "替宏达制衣发" in officer.says("宏达")[0]
    officer.says(LAWFUL_POST)
    officer.says("1")
    vacancy = only_vacancy(city, firm)
    assert vacancy.posted_by_officer == officer.as_officer().id
    assert vacancy.status is VacancyStatus.IN_REVIEW


def test_an_officer_finds_a_firm_by_number_and_by_code(city: City) -> None:
    officer = city.officer()
    firm_in(city)
    officer.says("/post")
    assert "替宏达制衣发" in officer.says("1")[0]
    officer.says("/post")
    assert "替宏达制衣发" in officer.says("91510623MA6234567C")[0]


def test_an_officer_registers_a_firm_that_is_not_there_as_its_contact(city: City) -> None:
    officer = city.officer()
    officer.says("/post")
    assert "没找到" in officer.says("新厂")[0]
    officer.says("1")
    officer.says("中江新新鞋厂")
    officer.says("91510623MA6234567C")
    assert "联系人" not in officer.says("南华镇")[0]
    assert any("替中江新新鞋厂发" in heard for heard in officer.says("1"))
    firm = city.run(lambda uow: uow.enterprises.of_code("510600", "91510623MA6234567C"))
    assert firm is not None
    assert firm.contact_name == "周明"


def test_a_firm_of_another_county_is_not_found_by_an_officer_of_this_one(city: City) -> None:
    city.officer()
    officer = city.officer("王芳", scope="510681")
    firm_in(city)
    officer.says("/post")
    assert "没找到" in officer.says("宏达")[0]
    assert "没找到" in officer.says("91510623MA6234567C")[0]
