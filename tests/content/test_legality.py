from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.errors import ContentError
from content.catalogue import Catalogue
from content.data_files import DataFolder
from content.legality import read_violations

CODES = {
    "deposit",
    "fee",
    "id_retention",
    "gender_discrimination",
    "marital_fertility_discrimination",
    "ethnic_discrimination",
    "religion_discrimination",
    "hepatitis_discrimination",
    "region_discrimination",
    "below_minimum_wage",
    "underage",
    "suspected_fraud",
}
DEPOSIT = """[deposit]
name = "收押金"
en = "deposit"
severity = "needs_fix"
citations = ["劳动合同法第九条"]
"""


def test_every_check_code_is_known(catalogue: Catalogue) -> None:
    assert set(catalogue.violations.codes()) == CODES
    assert {violation.code for violation in catalogue.violations} == CODES


def test_fraud_child_labour_and_kept_papers_are_rejected(catalogue: Catalogue) -> None:
    rejected = {one.code for one in catalogue.violations if one.severity == "rejected"}
    assert rejected == {"suspected_fraud", "underage", "id_retention"}


def test_the_employer_reads_the_words_found_and_the_law(catalogue: Catalogue) -> None:
    deposit = catalogue.violations.get("deposit")
    assert deposit is not None
    said = catalogue.texts.render(deposit.finding, "zh", words="押金300")
    assert "押金300" in said
    assert "劳动合同法第九条" in said
    assert catalogue.texts.render(deposit.rewrite, "zh") == "不收押金"


def test_every_finding_names_its_decisive_law(catalogue: Catalogue) -> None:
    for violation in catalogue.violations:
        law, article = violation.citations[0].split("第", maxsplit=1)
        said = catalogue.texts.render(violation.finding, "zh", words="x")
        assert law in said, violation.code
        assert f"第{article}" in said, violation.code
        assert "art" in catalogue.texts.render(violation.finding, "en", words="x")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (DEPOSIT.replace("needs_fix", "awful"), 1, "no severity or no citation"),
        (DEPOSIT.replace('"劳动合同法第九条"', ""), 1, "no severity or no citation"),
        (DEPOSIT.replace("[deposit]", "[bribe]"), 1, "legality.bribe.finding"),
    ],
)
def test_a_wrong_code_is_refused_with_its_line(
    catalogue: Catalogue,
    folder_of: Callable[[Mapping[str, str]], DataFolder],
    text: str,
    line: int,
    problem: str,
) -> None:
    with pytest.raises(ContentError, match=f"violations.toml:{line}: .*{problem}"):
        read_violations(folder_of({"violations.toml": text}), catalogue.texts)
