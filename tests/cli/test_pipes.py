"""JSON lines in, JSON lines out: what scripts and other systems rely on."""

from __future__ import annotations

import io
import json

import pytest

from bot.cli.pipes import LONGEST_LINE, Answer, LineError, Record, answer_lines, text_in
from tests.cli.conftest import CommandLine


def answered(lines: bytes) -> tuple[list[dict[str, object]], bool]:
    """Return what the pipe writes for these lines, and whether all could be answered."""
    target = io.BytesIO()
    is_right = answer_lines(io.BytesIO(lines), target, _shout)
    return [json.loads(line) for line in target.getvalue().splitlines()], is_right


def _shout(record: Record) -> Answer:
    text = text_in(record, "text")
    if text == "a bug":
        raise ZeroDivisionError
    return {"said": text.upper()}


def error_of(line: bytes) -> tuple[object, object]:
    """Return id and error code of the one answer to a bad line."""
    (answer,), is_right = answered(line)
    assert not is_right
    error = answer["error"]
    assert isinstance(error, dict)
    assert error["message"]
    return answer["id"], error["code"]


def test_answers_stand_in_the_order_of_the_lines() -> None:
    answers, is_right = answered(b'{"id": "b", "text": "x"}\n{"id": 1, "text": "y"}\n')

    assert answers == [{"id": "b", "said": "X"}, {"id": 1, "said": "Y"}]
    assert is_right


def test_a_bad_line_is_answered_with_its_error_and_the_rest_goes_on() -> None:
    answers, is_right = answered(b'{"id": "a"}\nnot json\n{"id": "c", "text": "z"}\n')

    assert [answer["id"] for answer in answers] == ["a", None, "c"]
    assert answers[2] == {"id": "c", "said": "Z"}
    assert not is_right


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{", (None, "not_json")),
        (b'{"id": "a", "text": 1}', ("a", "wrong_field")),
        (b'{"id": "a", "text": null}', ("a", "wrong_field")),
        (b'["a"]', (None, "not_an_object")),
        (b'"a"', (None, "not_an_object")),
        (b'{"text": "x"}', (None, "no_id")),
        (b'{"id": true, "text": "x"}', (None, "no_id")),
        (b'{"id": {"a": 1}, "text": "x"}', (None, "no_id")),
        (b'{"id": "a", "text": "\xff"}', (None, "not_utf8")),
        (b"[" * 100_000, (None, "not_json")),
        (b'{"id": "a", "text": "' + b"x" * LONGEST_LINE + b'"}', (None, "too_long")),
        (b'{"id": "a", "text": "a bug"}', ("a", "failed")),
    ],
)
def test_every_kind_of_bad_line_has_a_code_of_its_own(
    line: bytes, expected: tuple[object, str]
) -> None:
    assert error_of(line) == expected


def test_a_line_that_is_too_long_does_not_hide_the_next() -> None:
    answers, _ = answered(b"x" * (3 * LONGEST_LINE) + b'\n{"id": "b", "text": "x"}\n')

    assert answers[-1] == {"id": "b", "said": "X"}
    assert len(answers) == 2


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    answers, is_right = answered(b'\xef\xbb\xbf{"id": "a", "text": "x"}\r\n\r\n  \n')

    assert answers == [{"id": "a", "said": "X"}]
    assert is_right


def test_half_a_surrogate_pair_is_answered_in_plain_json() -> None:
    answers, _ = answered(b'{"id": "a", "text": "\\ud83d"}\n')

    assert answers == [{"id": "a", "said": "\ud83d"}]


def test_an_error_of_a_line_says_what_would_be_right() -> None:
    with pytest.raises(LineError, match="has to be a text"):
        text_in({"id": "a"}, "text")


def piped(wengong: CommandLine, command: str, *records: object) -> tuple[list[Answer], int]:
    """Run a command of the product over these records."""
    process = wengong.start(command)
    typed = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    printed, complained = process.communicate(typed, timeout=60)
    assert complained == ""
    return [json.loads(line) for line in printed.splitlines()], process.returncode


def test_understand_reads_a_wish_and_a_digit_in_its_context(wengong: CommandLine) -> None:
    menu = "您好,请回复数字:1 找工作 2 登记资料 3 问政策 4 学技术 0 转人工"
    answers, status = piped(
        wengong,
        "understand",
        {"id": "a", "text": "想在中江找个保安,三千五以上,包住", "context": None, "gold": {}},
        {"id": "b", "text": "3", "context": menu},
        {"id": "c"},
    )

    first, second, third = answers
    assert first["intent"] == "find_job"
    assert first["skills"] == ["保安"]
    assert first["locations"] == ["510623"]
    assert first["wage_min"] == 3500
    assert first["wants_room_board"] is True
    assert first["occupations"] == [{"word": "保安", "code": "4-07-05-01"}]
    assert "age" not in first
    assert second["intent"] == "policy_question"
    assert third == {
        "id": "c",
        "error": {"code": "wrong_field", "message": '"text" has to be a text'},
    }
    assert status == 1


def test_parse_vacancy_gives_jobs_and_what_the_law_forbids(wengong: CommandLine) -> None:
    answers, status = piped(
        wengong,
        "parse-vacancy",
        {"id": 7, "text": "中江食品厂招包装工10名,4200-4800元/月,包住,押金200。13900000101"},
    )

    (post,) = answers
    assert post["id"] == 7
    assert post["contact"] == "13900000101"
    assert post["violations"] == ["deposit"]
    findings = post["findings"]
    assert isinstance(findings, list)
    assert findings[0]["clauses"]
    assert findings[0]["rewrite"]
    jobs = post["jobs"]
    assert isinstance(jobs, list)
    assert jobs[0]["title"] == "包装工"
    assert (jobs[0]["wage_min"], jobs[0]["wage_max"]) == (4200, 4800)
    assert jobs[0]["adcode"] == "510623"
    assert status == 0


def test_occupations_ranks_codes_and_honours_the_limit(wengong: CommandLine) -> None:
    answers, status = piped(
        wengong,
        "occupations",
        {"id": "a", "title": "急招电焊工包吃住", "limit": 3},
        {"id": "b", "title": "保洁", "limit": 0},
    )

    ranked = answers[0]["ranked"]
    assert isinstance(ranked, list)
    assert len(ranked) == 3
    assert ranked[0]["name"] == "焊工"
    assert "error" in answers[1]
    assert status == 1


def test_a_home_that_is_no_place_is_refused_before_anything_is_read(wengong: CommandLine) -> None:
    process = wengong.start("understand", "--home", "999999")
    printed, complained = process.communicate("", timeout=60)

    assert printed == ""
    assert "999999" in complained
    assert process.returncode != 0
