"""Reads the rule files: one rule a file, in a folder of its city's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import PurePosixPath

from content.benefits.amounts import read_amount
from content.benefits.conditions import read_condition
from content.benefits.person_predicates import ages_of
from content.benefits.rule_rows import RuleRow
from content.benefits.rules import BenefitRule, BenefitRules
from content.data_files import DataFile, DataFolder
from content.evidence import Evidence

FOLDER = "benefits"
_KEYS = frozenset(
    {
        "id", "code", "mechanism", "jurisdiction", "document", "clause", "valid_from",
        "valid_to", "replaces", "evidence", "office", "when", "amount",
    }
)  # fmt: skip
_SHAPES = {
    "id": re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+"),
    "code": re.compile(r"[a-z0-9_]+"),
    "mechanism": re.compile(r"P-[A-Z0-9]+"),
    "jurisdiction": re.compile(r"[A-Z]{2,8}"),
}


def read_benefit_rules(folder: DataFolder) -> BenefitRules:
    """Read every `benefits/<city>/<name>.toml` of the package and of a bureau's overlay.

    Raises:
        ContentError: A file is wrong, an id stands twice, or two rules of one benefit that were
            both read hold on one day and neither says that it replaces the other.
    """
    names = folder.package_names(FOLDER, ending=".toml")
    names += folder.overlay_names(FOLDER, ending=".toml")
    files = [folder.read(name) for name in dict.fromkeys(names)]
    rules = [_rule(file) for file in files]
    for (file, rule), (other_file, other) in combinations(zip(files, rules, strict=True), 2):
        if rule.id == other.id:
            raise other_file.error(
                other_file.line_of("", "id"),
                f"the id {rule.id} stands in {file.shown_name} too",
                "Give the rule an id of its own.",
            )
    for file, rule in zip(files, rules, strict=True):
        _check_versions(file, rule, rules)
    return BenefitRules(rules)


def _rule(file: DataFile) -> BenefitRule:
    row = RuleRow(file, 1, file.toml())
    row.nothing_but(_KEYS)
    shaped = {key: _shaped(row, key) for key in _SHAPES}
    city = PurePosixPath(file.name).parent.name
    if shaped["jurisdiction"] != city:
        raise row.error(
            "jurisdiction",
            f"the rule is of {shaped['jurisdiction']} but the folder is {city}",
            "Move the file, or correct the jurisdiction.",
        )
    valid_from, valid_to = row.day("valid_from"), row.day("valid_to")
    if valid_from is None:
        raise row.error("valid_from", "valid_from is missing", "Write valid_from = 2016-12-28.")
    if valid_to is not None and valid_to < valid_from:
        raise row.error("valid_to", "valid_to lies before valid_from", "Correct one of the days.")
    amount = _tables(row, "amount")
    return BenefitRule(
        **shaped,
        document=row.text("document"),
        clause=row.text("clause"),
        valid_from=valid_from,
        valid_to=valid_to,
        replaces=row.optional_text("replaces"),
        evidence=Evidence(row.one_of("evidence", frozenset(Evidence))),
        office=row.text("office"),
        checks=tuple(read_condition(condition) for condition in _conditions(row)),
        amount=read_amount(amount[0]) if amount else None,
        file=file.shown_name,
        ages=frozenset().union(*(ages_of(condition) for condition in _conditions(row))),
    )


def _shaped(row: RuleRow, key: str) -> str:
    text = row.text(key)
    if not _SHAPES[key].fullmatch(text):
        raise row.error(key, f"{key} {text} is no such name", "Write it as the other rules do.")
    return text


def _conditions(row: RuleRow) -> list[RuleRow]:
    conditions = _tables(row, "when")
    if not conditions:
        raise row.error(
            "when", "there is no condition: the rule would hold for all", "Add a [[when]] table."
        )
    return conditions


def _tables(row: RuleRow, name: str) -> list[RuleRow]:
    listed = row.values.get(name, [])
    tables = [listed] if isinstance(listed, dict) and name == "amount" else listed
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise row.error(name, f"{name} is no table", "Write [[when]] tables and one [amount].")
    return [
        RuleRow(row.file, row.file.table_line(name, index), table)
        for index, table in enumerate(tables)
    ]


def _check_versions(file: DataFile, rule: BenefitRule, rules: Iterable[BenefitRule]) -> None:
    others = [
        other
        for other in rules
        if other.id != rule.id
        and (other.code, other.jurisdiction) == (rule.code, rule.jurisdiction)
    ]
    older = {other.id for other in others if other.valid_from < rule.valid_from}
    if rule.replaces is not None and rule.replaces not in older:
        raise file.error(
            file.line_of("", "replaces"),
            f"{rule.replaces} is no older rule of this benefit and city",
            "Write the id of the version before.",
        )
    for other in others:
        if _clash(rule, other) and rule.valid_from >= other.valid_from:
            raise file.error(
                file.line_of("", "valid_from"),
                f"{other.id} ({other.file}) holds on the same days",
                f'End it with valid_to, or write replaces = "{other.id}" here.',
            )


def _clash(one: BenefitRule, other: BenefitRule) -> bool:
    """Tell whether two rules that both answer hold on one day and neither replaces the other."""
    both_read = one.evidence is other.evidence is Evidence.READ
    ordered = one.replaces == other.id or other.replaces == one.id
    overlap = one.holds(other.valid_from) or other.holds(one.valid_from)
    return both_read and overlap and not ordered
