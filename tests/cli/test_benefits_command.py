"""`wengong benefits` as a program calls it: profiles by the line."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import CommandLine

WORKER = {
    "jurisdiction": "CQ",
    "as_of": "2017-06-01",
    "birth": "1981-09-14",
    "hukou": "rural",
    "categories": ["建档立卡"],
    "children": [{"age": 16, "school": "技工院校"}],
    "trip": {
        "mode": "train_hard_seat",
        "price": 198.55,
        "from_county": "500229",
        "to_county": "440307",
    },
}
LINES: tuple[object, ...] = (
    {"id": "a", "profile": WORKER},
    {"id": "b", "profile": {**WORKER, "categories": [], "claimed": ["建档立卡"]}},
    {"id": "c", "profile": {**WORKER, "jurisdiction": "XX", "hukou": "?"}},
    {"id": "d", "profile": "poor"},
    {"id": "e"},
    "{",
    {"id": "f", "profile": {}},
    {"id": "g", "profile": {**WORKER, "as_of": "2090-01-01"}},
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """One answer for each of the lines."""
    line = CommandLine(tmp_path_factory.mktemp("benefits"))
    process = line.start("benefits")
    typed = "\n".join(
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in LINES
    )
    printed, complained = process.communicate(typed, timeout=120)
    assert complained == ""
    assert process.returncode == 1
    return [json.loads(row) for row in printed.splitlines()]


def test_an_answer_has_the_keys_of_the_samples(answers: list[dict[str, object]]) -> None:
    assert list(answers[0]) == ["id", "eligible", "amounts", "problems", "verdicts"]


def test_codes_are_sorted_and_sums_are_yuan(answers: list[dict[str, object]]) -> None:
    codes = ["pension_lowest_tier_kept", "tech_school_aid", "transport_subsidy", "yulu_3000"]
    assert answers[0]["eligible"] == codes
    assert answers[0]["amounts"] == {"transport_subsidy": 198.55, "yulu_3000": 3000.0}
    assert answers[0]["problems"] == []


def test_each_verdict_names_reasons_missing_facts_and_the_clause(
    answers: list[dict[str, object]],
) -> None:
    verdicts = answers[1]["verdicts"]
    assert isinstance(verdicts, dict)
    assert verdicts["transport_subsidy"] == {
        "verdict": "要人工核实",
        "reasons": [],
        "missing": ["category_verified"],
        "clause": "渝人社发〔2016〕295号 3",
    }
    assert verdicts["free_training"]["verdict"] == "不符合"
    assert answers[1]["eligible"] == []


def test_what_is_unknown_is_listed(answers: list[dict[str, object]]) -> None:
    assert answers[2]["problems"] == ["hukou: unknown value", "jurisdiction: unknown value"]
    assert (answers[2]["eligible"], answers[2]["verdicts"]) == ([], {})
    assert answers[6]["problems"] == ["jurisdiction: missing", "as_of: missing"]
    assert answers[7]["problems"] == ["as_of: in the future"]


@pytest.mark.parametrize(
    ("index", "name", "code"),
    [(3, "d", "wrong_field"), (4, "e", "wrong_field"), (5, None, "not_json")],
)
def test_a_wrong_line_is_answered_with_its_error(
    answers: list[dict[str, object]], index: int, name: str | None, code: str
) -> None:
    error = answers[index]["error"]
    assert isinstance(error, dict)
    assert (answers[index]["id"], error["code"]) == (name, code)
