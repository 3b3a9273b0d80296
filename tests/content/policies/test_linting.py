"""What `wengong check-content` notices beyond what stops a start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from content.evidence import Evidence
from content.policies.linting import lint_cards, lint_own_texts
from content.policies.problems import Problem, Severity
from content.policies.reading import read_all
from content.policies.rule_linting import lint_rules
from content.reader import read_catalogue
from tests.content.policies.own_folder import CARD, OwnFolder

TODAY = date(2026, 12, 31)  # the last day of the sample card
OWN = f"overlay {CARD}"


@dataclass(frozen=True)
class Rule:
    """A benefit rule as far as it is looked at."""

    id: str = "DY-FLEX-2021"
    mechanism: str = "P-FLEX"
    jurisdiction: str = "DY"
    document: str = "dy-2021-report"
    evidence: Evidence = Evidence.READ
    valid_from: date = date(2016, 1, 1)
    valid_to: date | None = None
    file: str = "policies/cards/DY/flexible_work.toml"


def found_in(own: OwnFolder, *, today: date = date(2026, 3, 5)) -> list[Problem]:
    """Return what is noticed about the bureau's card; the rest of the package is clean."""
    reading = read_all(own.folder)
    assert reading.problems == ()
    return list(lint_cards(own.folder, reading.library, today=today))


def test_the_package_and_the_sample_are_clean(own: OwnFolder) -> None:
    own.write_sample()
    assert found_in(own) == []


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2026, 12, 30), []),
        (date(2026, 12, 31), ["expires_today"]),
        (date(2027, 1, 1), ["expired"]),
    ],
)
def test_a_card_that_ends_is_named_on_its_last_day_and_after(
    own: OwnFolder, today: date, codes: list[str]
) -> None:
    own.write_sample()
    found = found_in(own, today=today)
    assert [problem.code for problem in found] == codes
    assert {(it.file, it.line, it.severity) for it in found} <= {(OWN, 8, Severity.WARNING)}


@pytest.mark.parametrize(("length", "codes"), [(60, []), (61, ["chat_too_long"])])
def test_a_chat_line_has_at_most_60_characters(
    own: OwnFolder, length: int, codes: list[str]
) -> None:
    own.write_sample(chat=f'["短的", "{"字" * length}"]')
    found = found_in(own)
    assert [problem.code for problem in found] == codes
    assert all(it.severity is Severity.ERROR and it.values["number"] == "2" for it in found)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("到镇上提交表格。", ["office_word"]),
        ("给贫困户。", ["office_word"]),
        ("叫“职业技能鉴定补贴”。", []),
        ("工人工资按月发。", []),
    ],
)
def test_a_word_of_the_office_may_stand_in_quotes_only(
    own: OwnFolder, text: str, codes: list[str]
) -> None:
    own.write_sample(who=f'"{text}"')
    assert [problem.code for problem in found_in(own)] == codes


@pytest.mark.parametrize(
    ("day", "codes"), [("2026-03-05", []), ("2026-03-06", ["review_in_future"])]
)
def test_nobody_has_reviewed_a_card_tomorrow(own: OwnFolder, day: str, codes: list[str]) -> None:
    own.write_sample(status='"有效"', reviewer='"李主任"', reviewed_on=day)
    found = found_in(own)
    assert [problem.code for problem in found] == codes
    assert all(problem.severity is Severity.ERROR for problem in found)


def test_of_two_cards_about_one_thing_the_idle_one_is_named(own: OwnFolder) -> None:
    own.write_sample(mechanism='"P-TRAINALLOW"')
    (problem,) = found_in(own)
    assert (problem.code, problem.severity) == ("two_answers", Severity.WARNING)
    assert problem.values["id"] == "DY-TRAINALLOW-2021"
    assert problem.values["used"] == "DY-TRAINPACK-2026"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule(document="dy-1999"), "rule_document"),
        (Rule(mechanism="P-YULU"), "rule_without_card"),
        (Rule(document="dy-2018-6"), "rule_not_held"),
        (Rule(valid_from=date(2015, 1, 1)), "rule_other_days"),
        (Rule(valid_to=TODAY), "rule_expires_today"),
    ],
)
def test_a_rule_fits_the_register_and_the_cards(own: OwnFolder, rule: Rule, code: str) -> None:
    library = read_all(own.folder).library
    assert list(lint_rules(own.folder, [Rule()], library, today=TODAY)) == []
    (problem,) = lint_rules(own.folder, [rule], library, today=TODAY)
    assert problem.code == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("继续看", []),
        ("请确认", ["own_text_word"]),
        ("看" * 61, ["own_text_long"]),
    ],
)
def test_a_text_of_the_bureau_is_held_to_the_packages(
    own: OwnFolder, text: str, codes: list[str]
) -> None:
    own.write("texts/zh/help.toml", f'[choice]\ngo_on = "{text}"\n')
    catalogue = read_catalogue(own.path)
    found = list(lint_own_texts(own.folder, catalogue))
    assert [problem.code for problem in found] == codes
    assert {(it.file, it.line) for it in found} <= {("overlay texts/zh/help.toml", 2)}
