"""`wengong ask` as a program calls it: questions by the line."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import CommandLine

TRIP = {
    "mode": "train_hard_seat",
    "price": 198.5,
    "from_county": "500229",
    "to_county": "440307",
}
WORKER = {
    "jurisdiction": "CQ",
    "as_of": "2017-06-01",
    "birth": "1981-09-14",
    "categories": ["建档立卡"],
    "trip": TRIP,
}
TICKET = {"text": "坐硬座去打工,车票给报好多", "jurisdiction": "CQ"}
LINES: tuple[object, ...] = (
    {"id": "a", **TICKET, "gold": {"mechanisms": []}},
    {"id": "b", **TICKET, "jurisdiction": "DY"},
    {"id": "c", **TICKET, "profile": WORKER},
    {"id": "d", **TICKET, "profile": {**WORKER, "trip": {**TRIP, "mode": "plane"}}},
    {"id": "e", **TICKET, "profile": {**WORKER, "trip": {**TRIP, "mode": None}}},
    {"id": "f", "text": "公益岗先安排哪些人", "jurisdiction": None},
    {"id": "g", **TICKET, "jurisdiction": "BJ"},
    {"id": "h", **TICKET, "as_of": "2090-01-01"},
    {"id": "i", **TICKET, "as_of": "June"},
    {"id": "j", **TICKET, "profile": "poor"},
    {"id": "k", **TICKET, "jurisdiction": "DY", "profile": WORKER},
    {"id": "l", "jurisdiction": "CQ"},
    "{",
    {"id": "m", **TICKET, "as_of": "2016-12-27"},
    {"id": "n", "text": TICKET["text"], "profile": WORKER},
    {"id": "o", "text": "", "jurisdiction": "CQ"},
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """One answer for each of the lines."""
    process = CommandLine(tmp_path_factory.mktemp("ask")).start("ask")
    typed = "\n".join(
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in LINES
    )
    printed, complained = process.communicate(typed, timeout=120)
    assert complained == ""
    assert process.returncode == 1
    return [json.loads(row) for row in printed.splitlines()]


def by_id(answers: list[dict[str, object]], name: str) -> dict[str, object]:
    return next(it for it in answers if it["id"] == name)


def code_of(answers: list[dict[str, object]], name: str) -> object:
    error = by_id(answers, name)["error"]
    assert isinstance(error, dict)
    return error["code"]


def test_an_answer_has_the_keys_of_the_samples(answers: list[dict[str, object]]) -> None:
    assert list(answers[0]) == ["id", "mechanisms", "answer", "handoff"]
    assert answers[0]["mechanisms"] == ["P-TRANSPORT"]
    assert answers[0]["handoff"] is False


def test_answers_come_in_the_order_of_the_lines(answers: list[dict[str, object]]) -> None:
    assert "".join(str(it["id"] or "-") for it in answers) == "abcdefghijkl-mno"


def test_the_other_city_is_refused_without_the_clause_of_the_first(
    answers: list[dict[str, object]],
) -> None:
    refused = by_id(answers, "b")
    assert (refused["mechanisms"], refused["handoff"]) == ([], True)
    assert "票价" not in str(refused["answer"])
    assert "德阳市" in str(refused["answer"])


def test_the_last_line_names_document_year_and_status(answers: list[dict[str, object]]) -> None:
    for name in "abcdefmno":
        last = str(by_id(answers, name)["answer"]).splitlines()[-1]
        assert "年，待核" in last or name == "f"
    assert "渝人社发〔2016〕295号第3条" in str(by_id(answers, "a")["answer"])


def test_with_a_profile_an_unreviewed_clause_sends_the_case_to_an_officer(
    answers: list[dict[str, object]],
) -> None:
    answer = str(by_id(answers, "c")["answer"])
    assert "您可能符合" not in answer
    assert "您的情况要干部核实" in answer


def test_with_a_profile_the_reason_is_said(answers: list[dict[str, object]]) -> None:
    answer = str(by_id(answers, "d")["answer"])
    assert "不符合" in answer
    assert "这种车票不在文件写的里头" in answer


def test_with_a_profile_one_missing_fact_is_asked(answers: list[dict[str, object]]) -> None:
    assert str(by_id(answers, "e")["answer"]).count("？") == 1


def test_the_city_of_the_profile_stands_in(answers: list[dict[str, object]]) -> None:
    assert by_id(answers, "n")["mechanisms"] == ["P-TRANSPORT"]


def test_without_a_city_each_city_answers(answers: list[dict[str, object]]) -> None:
    answer = str(by_id(answers, "f")["answer"])
    assert "重庆市：" in answer
    assert "德阳市：" in answer


def test_before_the_document_nothing_answers(answers: list[dict[str, object]]) -> None:
    assert by_id(answers, "m")["mechanisms"] == []


def test_wrong_lines_are_told_and_the_rest_goes_on(answers: list[dict[str, object]]) -> None:
    assert code_of(answers, "g") == "unknown_jurisdiction"
    assert {code_of(answers, name) for name in "hijkl"} == {"wrong_field"}
