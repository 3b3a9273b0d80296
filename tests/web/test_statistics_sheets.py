"""The tables behind an officer's address: as a sheet, as text, with names, and for others."""

from __future__ import annotations

import csv
import io
import re

import pytest

from bot.services.tables import Table
from bot.web.sheets import csv_text
from storage.models import AuditEntry
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.register.statistics_world import (
    GUANGHAN,
    SHENZHEN,
    SHIFANG,
    ZHONGJIANG,
    add_person,
)
from tests.web.test_documents import Browser

LINK = re.compile(r"/sheets/[\w-]+")


@pytest.fixture
def browser(city: City) -> Browser:
    return Browser(city)


def tapped(officer: Person, *labels: str) -> str:
    """Ask for the table, tap these lines, and return the address that was said."""
    officer.says("/统计")
    words = [text for label in labels for text in officer.taps(label)]
    found = LINK.search("\n".join(words))
    assert found is not None
    return found[0]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_table_opens_as_text_with_its_cut_off(city: City, browser: Browser) -> None:
    for _ in range(5):
        add_person(city, works_in=GUANGHAN)
    answer = browser.get(tapped(city.officer(), "导出CSV"))
    assert answer.headers["content-type"].startswith("text/csv")
    assert ".csv" in answer.headers["content-disposition"]
    table = rows(answer.content)
    assert table[0][0] == "地方"
    assert table[1] == ["中江县", "0", "5", "0", "0", "0", "5"]
    assert any("校验码" in line[0] for line in table[3:])


def test_the_table_opens_as_a_sheet_of_what_was_frozen(city: City, browser: Browser) -> None:
    add_person(city, works_in=SHENZHEN)
    path = tapped(city.officer(), "导出Excel")
    add_person(city, works_in=SHENZHEN)
    answer = browser.get(path)
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")


def test_names_are_of_the_officers_own_scope_and_noted(city: City, browser: Browser) -> None:
    add_person(city, works_in=SHENZHEN)
    add_person(city, home=SHIFANG, works_in=SHENZHEN)
    officer = city.officer(scope=ZHONGJIANG)
    path = tapped(officer, "看名单", "省外 1", "全部 1", "导出Excel")
    seen = noted(city)
    assert browser.get(path).status_code == 200
    assert noted(city) == seen + 1


def noted(city: City) -> int:
    def read(uow: UnitOfWork) -> int:
        return uow.session.query(AuditEntry).filter_by(action="view_statistics_list").count()

    return city.database.read(read)


def test_text_is_never_a_formula() -> None:
    table = Table("t", ["=a"], [["=1+1"], ["-3"], [-3], [None]])
    assert rows(csv_text(table).encode()) == [["'=a"], ["'=1+1"], ["'-3"], ["-3"], [""]]
