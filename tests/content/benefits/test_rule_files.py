"""Rule files: the package's own, and every way in which one can be wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.errors import ContentError
from content.benefits.rules import BenefitRules
from content.benefits.rules_reading import read_benefit_rules
from content.data_files import PACKAGE_DATA, DataFolder
from tests.content.benefits.people import Bureau

Folders = Callable[[Mapping[str, str]], DataFolder]
CODES = {
    "CQ": "transport_subsidy free_training tech_school_aid yulu_3000 pwj_priority "
    "reemployment_service grad_support pension_lowest_tier_kept med_inpatient_county "
    "med_major_illness",
    "DY": "tech_school_aid pwj_priority reemployment_service training_living_allowance "
    "relocated_zero_employment startup_support flex_si_support pension_premium_paid "
    "pension_benefit_60",
}
GOOD = """id = "CQ-A-1"
code = "tech_school_aid"
mechanism = "P-TECHSCHOOL"
jurisdiction = "CQ"
document = "cq-2016-295"
clause = "6"
valid_from = 2016-01-01
evidence = "read"
office = "学校"

[[when]]
predicate = "category"
any = ["建档立卡"]

[[when]]
predicate = "fact"
fact = "labour_capacity"
any = [true]
"""
SUM = '\n[amount]\nkind = "per_child"\nyuan = 3000\nschools = ["技工院校"]\n'
SHARE = (
    '\n[amount]\nkind = "share_above_deductible"\npercent = 50\n'
    "deductible_percent = 50\nceiling = 1\n"
)
LATER = GOOD.replace("CQ-A-1", "CQ-A-2").replace("2016-01-01", "2018-01-01")


def read(folder_of: Folders, **files: str) -> BenefitRules:
    named = {f"benefits/CQ/{name}.toml": text for name, text in files.items()}
    return read_benefit_rules(folder_of(named))


def test_every_benefit_of_both_cities_has_a_rule(bureau: Bureau) -> None:
    for city, codes in CODES.items():
        deciding = bureau.rules.deciding(city, date(2018, 6, 1))
        assert {rule.code for rule in deciding} == set(codes.split())
    assert bureau.rules.jurisdictions == CODES.keys()


def test_only_the_successor_of_2022_was_seen_in_an_excerpt(bureau: Bureau) -> None:
    counted = Counter(rule.evidence.value for rule in bureau.rules.all())
    assert counted == {"read": 19, "excerpt": 1}
    found = bureau.rules.rule("CQ-TRANSPORT-2022")
    assert found is not None
    assert (found.evidence, found.replaces) == ("excerpt", "CQ-TRANSPORT-2016")


def test_a_rule_is_read_from_its_file(folder_of: Folders) -> None:
    (rule,) = read(folder_of, a=GOOD + SUM).all()
    assert (rule.id, rule.clause, rule.office) == ("CQ-A-1", "6", "学校")
    assert rule.amount is not None
    assert len(rule.checks) == 2
    assert rule.file == "benefits/CQ/a.toml"


WRONG = [
    (GOOD.replace("id =", "ID ="), 1, "ID is no key here"),
    (GOOD.replace('"CQ-A-1"', '"a rule"'), 1, "is no such name"),
    (GOOD.replace('"tech_school_aid"', '""'), 2, "code is not text"),
    (GOOD.replace('"P-TECHSCHOOL"', '"TECH"'), 3, "is no such name"),
    (GOOD.replace('"CQ"', '"DY"'), 4, "the rule is of DY but the folder is CQ"),
    (GOOD.replace("2016-01-01", '"2016-01-01"'), 7, "valid_from is not a day"),
    (GOOD.replace("2016-01-01", "2016-01-01T00:00:00"), 7, "valid_from is not a day"),
    (GOOD.replace("valid_from = 2016-01-01\n", ""), 1, "valid_from is missing"),
    (GOOD.replace("evidence", "valid_to = 2015-12-31\nevidence"), 8, "lies before"),
    (GOOD.replace('"read"', '"rumour"'), 8, "evidence rumour is unknown"),
    (GOOD.replace("office =", "office ="[:-1] + "= 3 #"), 9, "office is not text"),
    (GOOD.partition("[[when]]")[0], 1, "there is no condition"),
    (GOOD.partition("[[when]]")[0] + "[when]\nx = 1\n", 1, "when is no table"),
    (GOOD.replace('"category"', '"categories"'), 12, "predicate categories is unknown"),
    (GOOD.replace("any = [true]", "all = [true]"), 18, "all is no key here"),
    (GOOD.replace("any = [true]", "any = []"), 18, "any is missing or empty"),
    (GOOD.replace("any = [true]", 'any = ["yes"]'), 18, "labour_capacity never has"),
    (GOOD.replace('"labour_capacity"', '"strength"'), 17, "fact strength is unknown"),
    (GOOD.replace('["建档立卡"]', '["贫困"]'), 13, "any holds 贫困"),
    (GOOD.replace('["建档立卡"]', '"建档立卡"'), 13, "any is not a list of words"),
    (GOOD.replace('["建档立卡"]', "[]"), 13, "any is missing or empty"),
    (GOOD + 'otherwise = "perhaps"\n', 19, "otherwise has another value"),
    (GOOD + "guard = 1.5\n", 19, "guard has another value"),
    (GOOD + "only_when = 3\n", 19, "only_when is not a fact"),
    (GOOD + 'only_when = { fact = "hukou", is = true }\n', 19, "only_when is not a fact"),
    (GOOD + 'not_with = { "低保" = "x" }\n', 19, "not_with is no key here"),
    (GOOD + '[[when]]\npredicate = "age"\nfrom = "16"\n', 21, "from is not a whole number"),
    (GOOD + '[[when]]\npredicate = "count"\nfact = "hukou"\n', 21, "fact hukou is unknown"),
    (GOOD + '[[when]]\npredicate = "age"\n', 20, "has no age"),
    (GOOD + '[[when]]\npredicate = "age"\nfrom = 50\nbelow = 40\n', 22, "nobody is below 40"),
    (GOOD + '[[when]]\npredicate = "age"\nfrom = 50\nbelow = 50\n', 22, "nobody is below 50"),
    (GOOD + '[[when]]\npredicate = "journey"\n', 19, "any is missing or empty"),
    (GOOD + '[[when]]\npredicate = "child_school"\n', 19, "any is missing or empty"),
    (GOOD + SUM.replace("3000", "0"), 22, "yuan is 0"),
    (GOOD + SHARE.replace("percent = 50", "percent = 900"), 22, "percent is 900"),
    (GOOD + SHARE.replace("ceiling = 1", "ceiling = 0"), 24, "ceiling is 0"),
    (GOOD + SUM.replace("per_child", "per_head"), 21, "kind per_head is unknown"),
    (GOOD + SUM.replace("yuan", "euro"), 22, "euro is no key here"),
    (GOOD + SUM.replace("技工院校", "私塾"), 23, "schools holds 私塾"),
    ("id = \n", 1, "not valid TOML"),
    (GOOD.replace("evidence", 'replaces = "CQ-B-1"\nevidence'), 8, "no older rule"),
]


@pytest.mark.parametrize(("text", "line", "problem"), WRONG)
def test_a_wrong_file_is_refused_with_line_and_remedy(
    folder_of: Folders, text: str, line: int, problem: str
) -> None:
    with pytest.raises(ContentError) as refusal:
        read(folder_of, a=text)
    assert re.search(problem, refusal.value.problem), refusal.value
    assert (refusal.value.file, refusal.value.line) == ("benefits/CQ/a.toml", line)
    assert refusal.value.remedy.endswith(".")


@pytest.mark.parametrize("pair", ['"x"', '["残疾"]', "{}"])
def test_a_condition_on_two_categories_that_are_none_is_refused(
    folder_of: Folders, pair: str
) -> None:
    both = f'any = ["建档立卡"]\nnot_with = {{ "低保" = {pair} }}'
    text = GOOD.replace('any = ["建档立卡"]', both)
    with pytest.raises(ContentError, match=r"a\.toml:14: not_with"):
        read(folder_of, a=text)


def test_the_birthdays_that_decide_are_known_from_the_files(
    folder_of: Folders, bureau: Bureau
) -> None:
    aged = GOOD + '[[when]]\npredicate = "age"\nbelow = 55\n'
    assert read(folder_of, a=aged).ages == {55}
    assert read(folder_of, a=GOOD).ages == set()
    assert bureau.rules.ages == {16, 60, 70}


def test_an_id_stands_in_one_file_only(folder_of: Folders) -> None:
    with pytest.raises(ContentError, match=r"b\.toml:1: the id CQ-A-1 stands in .*a\.toml"):
        read(folder_of, a=GOOD, b=GOOD)


def test_two_read_rules_of_one_benefit_do_not_hold_on_one_day(folder_of: Folders) -> None:
    with pytest.raises(ContentError, match=r"b\.toml:7: CQ-A-1 .* holds on the same days"):
        read(folder_of, a=GOOD, b=LATER)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (GOOD, LATER.replace("evidence", 'replaces = "CQ-A-1"\nevidence')),
        (GOOD, LATER.replace('"read"', '"excerpt"')),
        (GOOD, LATER.replace('"read"', '"unverified"')),
        (GOOD.replace("evidence", "valid_to = 2017-12-31\nevidence"), LATER),
        (GOOD, LATER.replace("tech_school_aid", "yulu_3000")),
    ],
)
def test_versions_may_follow_each_other(folder_of: Folders, older: str, newer: str) -> None:
    assert len(read(folder_of, a=older, b=newer).all()) == 2


def test_days_that_touch_are_one_day_too_many(folder_of: Folders) -> None:
    older = GOOD.replace("evidence", "valid_to = 2018-01-01\nevidence")
    with pytest.raises(ContentError, match="holds on the same days"):
        read(folder_of, a=older, b=LATER)


def test_the_newest_version_that_has_begun_decides(folder_of: Folders) -> None:
    rules = read(folder_of, a=GOOD, b=LATER.replace("evidence", 'replaces = "CQ-A-1"\nevidence'))
    days = [date(2015, 12, 31), date(2016, 1, 1), date(2017, 12, 31), date(2018, 1, 1)]
    deciding = [[rule.id for rule in rules.deciding("CQ", day)] for day in days]
    assert deciding == [[], ["CQ-A-1"], ["CQ-A-1"], ["CQ-A-2"]]


def test_a_version_that_has_ended_does_not_bring_the_older_one_back(folder_of: Folders) -> None:
    ended = LATER.replace("evidence", 'valid_to = 2019-12-31\nreplaces = "CQ-A-1"\nevidence')
    rules = read(folder_of, a=GOOD, b=ended)
    assert [rule.id for rule in rules.deciding("CQ", date(2019, 12, 31))] == ["CQ-A-2"]
    assert rules.deciding("CQ", date(2020, 1, 1)) == ()


@pytest.mark.parametrize("evidence", ["excerpt", "unverified"])
def test_what_nobody_has_read_answers_only_when_released(folder_of: Folders, evidence: str) -> None:
    rules = read(folder_of, a=GOOD.replace('"read"', f'"{evidence}"'))
    on = date(2017, 6, 1)
    assert rules.deciding("CQ", on) == ()
    assert len(rules.deciding("CQ", on, released=frozenset({"CQ-A-1"}))) == 1
    assert len(rules.versions("CQ", "tech_school_aid")) == 1


def test_a_bureau_adds_and_replaces_files(tmp_path: Path) -> None:
    package, overlay = tmp_path / "package", tmp_path / "overlay"
    for root, name, text in (
        (package, "a", GOOD),
        (overlay, "a", GOOD.replace('clause = "6"', 'clause = "7"')),
        (overlay, "own", GOOD.replace("CQ-A-1", "CQ-OWN-1").replace("tech_school_aid", "own_aid")),
    ):
        (root / "benefits/CQ").mkdir(parents=True, exist_ok=True)
        (root / f"benefits/CQ/{name}.toml").write_text(text, encoding="utf-8")
    rules = read_benefit_rules(DataFolder(overlay, package=package))
    assert [(rule.id, rule.clause) for rule in rules.all()] == [("CQ-OWN-1", "6"), ("CQ-A-1", "7")]
    assert rules.all()[0].file == "overlay benefits/CQ/own.toml"


def test_the_rule_that_the_instructions_show_can_be_read(tmp_path: Path) -> None:
    readme = (PACKAGE_DATA / "benefits" / "README.md").read_text("utf-8")
    (sample,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    folder = tmp_path / "benefits/DY"
    folder.mkdir(parents=True)
    (folder / "night_class.toml").write_text(sample, encoding="utf-8")
    rule = read_benefit_rules(DataFolder(tmp_path)).rule("DY-NIGHT-2026")
    assert rule is not None
    assert rule.ages == {16, 60}
