"""Conditions of posts that decide who is offered them, as they stand in free text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from bot.understanding import JobReading, TextReader

FILE = Path(__file__).parents[1] / "data" / "post_requirements.tsv"
TODAY = date(2026, 11, 20)
ALWAYS = (
    "reserved_for", "experience_years", "needs_skill", "starts_on", "lasts_days", "nearby_only",
)  # fmt: skip
DEFAULTS = {field.name: field.default for field in fields(JobReading)}


def _value(name: str, words: str) -> object:
    if name in ("reserved_for", "certificates"):
        return tuple(word for word in words.split(",") if word)
    if words in ("True", "False", "None"):
        return {"True": True, "False": False, "None": None}[words]
    if name in ("starts_on", "valid_until"):
        return date.fromisoformat(words)
    return words if name == "education" else int(words)


def _rows() -> list[tuple[str, dict[str, object]]]:
    rows = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, said = line.split("\t")
            pairs = [] if said == "-" else [part.split("=") for part in said.split(";")]
            rows.append((text, {name: _value(name, words) for name, words in pairs}))
    return rows


ROWS = _rows()
TEXTS = [text for text, _ in ROWS]


def _post(clause: str) -> str:
    return f"招包装工5名,4500元/月,{clause}"


def _said(job: JobReading, wanted: dict[str, object]) -> dict[str, object]:
    return {name: getattr(job, name) for name in {*ALWAYS, *wanted}}


def _expected(wanted: dict[str, object]) -> dict[str, object]:
    return {name: DEFAULTS[name] for name in ALWAYS} | wanted


@pytest.mark.parametrize(("clause", "wanted"), ROWS, ids=TEXTS)
def test_a_clause_says_what_is_required(
    reader: TextReader, clause: str, wanted: dict[str, object]
) -> None:
    (job,) = reader.read_post(_post(clause), today=TODAY).jobs

    assert _said(job, wanted) == _expected(wanted)


FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,:()-/"}
WRITINGS: dict[str, Callable[[str], str]] = {
    "full width": lambda clause: clause.translate(FULL_WIDTH),
    "decorated": lambda clause: f"🔥🔥急招🔥🔥 {clause} ☎️139 0000 0101",
    "marked up": lambda clause: f"<p>{clause}</p>",
    "in a form": lambda clause: f"\n要求:{clause}\n",
    "in a sentence": lambda clause: f"包中午饭,{clause}。电话13900000101",
    "listed": lambda clause: f"①男女不限 ②{clause} ③包中午饭",
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_no_way_of_writing_changes_what_is_required(reader: TextReader, writing: str) -> None:
    for clause, wanted in ROWS:
        post = _post(WRITINGS[writing](clause))
        jobs = reader.read_post(post, today=TODAY).jobs
        assert [_said(job, wanted) for job in jobs] == [_expected(wanted)], post


def test_without_a_day_of_reading_no_day_is_guessed(reader: TextReader) -> None:
    for clause, _ in ROWS:
        (job,) = reader.read_post(_post(clause)).jobs
        assert job.starts_on is None


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("招聘车工5名(熟手),学徒3名,计件", "needs_skill", [True, False]),
        ("招熟练车工3名,包装工5名,工资4000", "needs_skill", [True, None]),
        ("招电工2名(三年以上经验);普工10名,新手可教", "needs_skill", [True, False]),
        ("招电工2名(两年以上经验);普工10名,新手可教", "experience_years", [2, None]),
        ("护林员2名(限脱贫户),保安1名(限退役军人)", "reserved_for", [("脱贫户",), ("退役军人",)]),
        ("护林员2名、环卫工3名,限脱贫户", "reserved_for", [("脱贫户",)] * 2),
        ("车工3名6000;钳工2名7000。12月1日到岗", "starts_on", [date(2026, 12, 1)] * 2),
        ("摘果工20名,只干六天;包装工5名,长期", "lasts_days", [6, None]),
        ("保洁2名、洗碗工1名,都只要附近的", "nearby_only", [True, True]),
        ("电工2名,持低压电工证;普工10名", "certificates", [("低压电工证",), ()]),
        ("文员1名,大专以上;保安2名", "education", ["college", None]),
    ],
)
def test_conditions_belong_to_their_job(
    reader: TextReader, text: str, name: str, values: list[object]
) -> None:
    jobs = reader.read_post(text, today=TODAY).jobs

    assert [getattr(job, name) for job in jobs] == values


def test_a_carer_of_an_old_peoples_home_cares_for_the_old(reader: TextReader) -> None:
    (job,) = reader.read_post("石柱敬老院护理员2名3800-4200").jobs

    assert job.title == "养老护理员"


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("正月初八开工", date(2025, 12, 1), date(2026, 2, 24)),
        ("过完年上班", date(2027, 2, 1), date(2027, 2, 13)),
        ("12月20日到岗", date(2027, 1, 5), date(2026, 12, 20)),
        ("1月10日到岗", date(2026, 12, 20), date(2027, 1, 10)),
        ("下周一上班", date(2026, 12, 28), date(2027, 1, 4)),
        ("2月30日到岗", TODAY, None),
        ("正月初八开工", date(2040, 12, 1), None),
    ],
)
def test_the_turn_of_the_year_is_counted_over(
    reader: TextReader, words: str, today: date, day: date | None
) -> None:
    (job,) = reader.read_post(_post(words), today=today).jobs

    assert job.starts_on == day


def test_what_is_required_does_not_stay_unread(reader: TextReader) -> None:
    post = "招普工5名,4500元,新手可教,低保户可报,下周一到岗,只要附近的,干三天"

    assert reader.read_post(post, today=TODAY).not_understood == ()


def test_long_texts_take_bounded_time(reader: TextReader) -> None:
    for piece in (
        "三年",
        "12月1日到",
        "脱贫户、",
        "熟手",
        "附近",
        "干三天到",
        "会",
        "证或",
        "一二月",
    ):
        reader.read_post(("招普工" + piece * 700)[:2_000], today=TODAY)
