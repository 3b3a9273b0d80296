"""The tour, act by act: what is said comes from the catalogue, what is counted closes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from bot.app import build
from bot.app.demo.city import build_city
from bot.app.demo.figures import read_figures
from bot.app.demo.tour.direction import play
from bot.app.demo.tour.playing import Line, Tour, TourError
from bot.cli.layout import rule, wrapped
from bot.clock import FixedClock
from bot.settings import read_settings
from content.catalogue import Catalogue
from content.data_files import DataFolder
from storage.database import Database
from storage.migrate import upgrade
from storage.secrets import read_or_create_key_file
from tests.conftest import MONDAY_MORNING
from tests.databases import write_without_waiting

ACTS = ("post", "review", "arrival", "restart", "working", "policy", "month")
Lines = list[Line]
Render = Callable[..., str]


@pytest.fixture(scope="module")
def tour(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Lines]:
    """The lines of each act, played once for all tests."""
    folder = tmp_path_factory.mktemp("tour")
    lines = _played(catalogue, folder)
    acts: dict[str, Lines] = {}
    for line in lines:
        if line.kind == "act":
            acts[line.key.removeprefix("demo.act.")] = []
        elif acts:
            acts[list(acts)[-1]].append(line)
    return acts


def _played(catalogue: Catalogue, folder: Path) -> Lines:
    settings = read_settings(data=folder, database_url="", keys="", index_key="")
    secrets = read_or_create_key_file(folder / "demo.keys")
    url = settings.database_address("demo.db")
    upgrade(url, secrets)
    database = write_without_waiting(Database(url, secrets))
    clock = FixedClock(MONDAY_MORNING)
    app = build(settings, catalogue=catalogue, clock=clock, database=database, is_demo=True)
    figures = read_figures(DataFolder())
    build_city(app, figures)
    lines: Lines = []
    try:
        asyncio.run(play(app, clock, figures, language="zh", show=lines.append))
    finally:
        database.close()
    return lines


@pytest.fixture
def text(catalogue: Catalogue) -> Render:
    def render(key: str, **values: object) -> str:
        return catalogue.texts.render(key, "zh", **values)

    return render


def _notes(lines: Lines, purpose: str) -> Line:
    return next(line for line in lines if line.key == f"demo.{purpose}")


def _texts(lines: Lines) -> list[str]:
    return [line.text for line in lines]


def _number(line: Line, name: str) -> int:
    value = line.values[name]
    assert isinstance(value, int)
    return value


def test_the_acts_come_in_their_order(tour: dict[str, Lines]) -> None:
    assert tuple(tour) == ACTS


def test_a_pasted_post_is_read_checked_and_mended_with_one_digit(
    tour: dict[str, Lines], text: Render
) -> None:
    act = _texts(tour["post"])
    assert text("vacancy_posting.sent.fixed", number="V-0201", hours=2) in act
    gaps = "、".join(text(f"vacancy_posting.gap.{gap}") for gap in ("lodging", "payday", "hours"))
    assert text("vacancy_posting.read.gaps", gaps=gaps) in act


def test_everybody_is_told_or_has_a_reason_when_the_officer_approves(
    tour: dict[str, Lines], text: Render
) -> None:
    note = _notes(tour["review"], "review.closes")
    chosen, left_out = _number(note, "chosen"), _number(note, "left_out")
    assert chosen + left_out == _number(note, "workers") == 500
    told = next(line.text for line in tour["review"] if line.key == "review.published.told")
    assert text("review.published.told", chosen=chosen) in told
    head = text("review.published.ways", ways="").strip()
    ways = next(line for line in told.splitlines() if line.startswith(head))
    assert sum(int(n) for n in re.findall(r"\d+", ways)) == chosen


def test_guifang_sees_vacancies_after_two_answers_and_consents_only_when_something_is_kept(
    tour: dict[str, Lines],
) -> None:
    keys = [line.key for line in tour["arrival"]]
    assert keys.index("vacancy_lines.line.first") < keys.index("first_contact.consent.question")
    assert keys.index("first_contact.consent.question") < keys.index("profile.birth_year.ask")


def test_a_double_tap_sends_one_application(tour: dict[str, Lines], text: Render) -> None:
    act = _texts(tour["arrival"])
    assert act.count(text("applications.sent.done")) == 1
    assert act[-1] == text("applications.sent.again")


def test_nothing_is_lost_or_doubled_by_a_killed_process(tour: dict[str, Lines]) -> None:
    waiting = _number(_notes(tour["restart"], "restart.killed"), "waiting")
    again = _notes(tour["restart"], "restart.again")
    assert waiting >= 1
    assert [_number(again, name) for name in ("sent", "lost", "doubled")] == [waiting, 0, 0]


def test_work_begins_by_her_own_word_and_is_asked_after_three_days_later(
    tour: dict[str, Lines], text: Render
) -> None:
    act = tour["working"]
    days = [_number(line, "days") for line in act if line.key == "demo.working.day"]
    assert days == [2, 5, 8, 10]
    assert text("check_in.thanks.started") in _texts(act)
    assert text("check_in.still_there.day3", firm="宏达制衣") in _texts(act)


def test_lost_work_without_pay_reaches_the_officer_at_once_and_brings_two_vacancies(
    tour: dict[str, Lines], text: Render
) -> None:
    act = tour["working"]
    wrong = text("loss.wrong.pay")
    assert text("loss.recorded.both", wrong=wrong) in _texts(act)
    keys = [line.key for line in act]
    assert "cases.line.urgent" in keys
    assert "vacancy_lines.line.second" in keys
    case = next(line.text for line in act if line.key == "cases.line.urgent")
    assert text("cases.matter.unpaid") in case
    assert "陈*芳" in case


def test_what_no_clause_answers_goes_to_the_officer_in_her_own_words(
    tour: dict[str, Lines], text: Render
) -> None:
    act = tour["policy"]
    answer, _ = [line.text for line in act if line.key == "policies.answer.said"]
    assert text("policy_answers.handed.to_a_person") in answer
    told = next(line.text for line in act if line.key.startswith("cases.line."))
    assert text("demo.say.fare") in told


def test_the_allowance_is_told_with_document_year_and_status_and_without_a_sum(
    tour: dict[str, Lines], text: Render, catalogue: Catalogue
) -> None:
    _, answer = [line.text for line in tour["policy"] if line.key == "policies.answer.said"]
    card = catalogue.policies.card("DY-TRAINALLOW-2021")
    assert card is not None
    *lines, source = answer.splitlines()
    assert tuple(lines[: len(card.chat)]) == card.chat
    document = catalogue.policies.document_of(card)
    assert document.title in source
    assert text("policy_answers.source.dated", year=2021).strip() in source
    assert text("policy_answers.status.unreviewed") in source
    assert "元" not in answer


def test_every_question_about_policy_is_answered_or_handed_over(tour: dict[str, Lines]) -> None:
    closes = _notes(tour["policy"], "policy.closes")
    counts = [_number(closes, name) for name in ("asked", "answered", "handed")]
    assert counts == [2, 1, 1]


def test_the_months_totals_close(tour: dict[str, Lines]) -> None:
    act = tour["month"]
    hired = _notes(act, "month.hired")
    parts = [_number(hired, name) for name in ("there", "ended", "silent")]
    assert sum(parts) == _number(hired, "hired") == _number(_notes(act, "month.funnel"), "hired")
    where = next(line for line in act if line.key.startswith("demo.month.where"))
    places = ("in_county", "in_province", "outside", "unknown")
    assert sum(_number(where, name) for name in places) == _number(where, "hired")
    cases = _notes(act, "month.cases")
    kinds = ("unemployment", "grievance", "lost_contact", "question")
    assert sum(_number(cases, name) for name in kinds) == _number(cases, "cases")


def test_the_county_answers_about_as_often_as_it_is_assumed_to(tour: dict[str, Lines]) -> None:
    funnel = _notes(tour["month"], "month.funnel")
    share = _number(funnel, "answered") / _number(funnel, "pushes")
    assert _number(funnel, "pushes") > 100
    assert 0.45 <= share <= 0.75


def test_the_self_check_finds_nothing(tour: dict[str, Lines]) -> None:
    check = _notes(tour["month"], "month.check")
    names = ("wrong", "lost", "doubled", "at_night")
    assert [_number(check, name) for name in names] == [0, 0, 0, 0]


def test_a_count_that_does_not_close_stops_the_tour() -> None:
    class Quiet(Tour):
        def __post_init__(self) -> None:
            pass

        def text(self, purpose: str, **values: object) -> str:
            return f"{purpose} {values}"

    stopped = Quiet.__new__(Quiet)
    with pytest.raises(TourError, match=r"broken\.spread"):
        stopped.need(18 + 481 == 500, "spread", chosen=18, left_out=481, workers=500)


def test_no_line_is_wider_than_a_terminal(tour: dict[str, Lines]) -> None:
    for lines in tour.values():
        for line in lines:
            for row in wrapped(line.text, first=f"{line.speaker}：", indent=6):
                assert cell_len(row) <= 80


def test_headings_fill_the_line_with_wide_characters() -> None:
    assert cell_len(rule("2 干部审、系统分人 · 09:00")) == 80


def test_a_closing_mark_never_begins_a_line() -> None:
    text = "好" * 36 + "，" + "好" * 10
    assert all(not row.strip().startswith("，") for row in wrapped(text, first="", indent=6))
