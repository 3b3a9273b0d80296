"""/training_report: persons and person-times, reasons for 不去, and who has had no course."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from bot.clock import at_local
from bot.conversations.officer.course_drafts import my_officer
from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.services.people import officers
from bot.services.people.officer_views import audit_view
from bot.services.people.workers import short_name
from bot.services.training import guarantee
from bot.services.training.guarantee import Unmet
from bot.services.training.seats import REASONS
from storage.states import Role

script = Script("training_report")
OFFICERS = frozenset({Role.OFFICER})
LISTED = 20
YEAR = re.compile(r"(20\d\d)年?")
MONTH = re.compile(r"(?:(20\d\d)[-./年])?(\d{1,2})月?")
QUARTER = re.compile(r"(?:(20\d\d)年?)?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))")
QUARTERS = "一二三四"
MONTHS = 12


@script.command("training_report", "培训统计", "培训报表", roles=OFFICERS)
def report(turn: Turn, argument: str) -> None:
    """Say how many people and how many seats, and why some would rather not.

    Without words behind it this calendar year; else a year, a quarter or a month.
    """
    my_officer(turn)
    turn.finish()
    first, last = period_of(argument, turn.deployment.today)
    bureau = turn.deployment.bureau_adcode
    figures = turn.uow.training_figures.trained(bureau, first, last)
    timezone = turn.deployment.clock.timezone
    since = at_local(first, 0, timezone=timezone)
    until = at_local(last + timedelta(days=1), 0, timezone=timezone)
    lines = [
        turn.text(
            "training_report.shown.head",
            first=first.isoformat(),
            last=last.isoformat(),
            courses=figures.courses,
        ),
        turn.text(
            "training_report.shown.people",
            persons=figures.persons,
            person_times=figures.person_times,
        ),
        turn.text(
            "training_report.shown.ended",
            completed=figures.completed,
            certified=figures.certified,
        ),
    ]
    lines += _reasons(turn, "refused", turn.uow.training_figures.refusals(bureau, since, until))
    lines += _reasons(turn, "dropped", turn.uow.training_figures.drops(bureau, since, until))
    turn.say_words("\n".join(lines), key="training_report.shown.head")


@script.command("unmet", "应训尽训", "应训未训", roles=OFFICERS)
def show_unmet(turn: Turn, _argument: str) -> None:
    """List who is willing, has had no free course this calendar year, and why."""
    officer = my_officer(turn)
    turn.finish()
    rows = [
        one
        for one in guarantee.unmet(turn.uow, turn.deployment)
        if officers.is_in_scope(
            officer, officers.code_of_worker(one.worker, turn.deployment.bureau_adcode)
        )
    ]
    promised = "promised" if guarantee.holds_here(turn.deployment) else "wished"
    lines = [turn.text(f"training_report.unmet.{promised}", count=len(rows))]
    lines += [_line(turn, number, one) for number, one in enumerate(rows[:LISTED], start=1)]
    if len(rows) > LISTED:
        lines.append(turn.text("training_report.unmet.more", count=len(rows) - LISTED))
    audit_view(
        turn.uow,
        turn.deployment,
        officer,
        "view_unmet_training",
        subject_kind="officer",
        subject_id=officer.id,
    )
    turn.say_words("\n".join(lines), key="training_report.unmet.promised")


def period_of(words: str, today: date) -> tuple[date, date]:
    """Return the first and last day of 2026, 三季度 or 11月; of this year for nothing."""
    said = words.strip()
    if (found := YEAR.fullmatch(said)) is not None:
        return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    if (found := QUARTER.fullmatch(said)) is not None:
        sign = found[2] or found[3]
        number = QUARTERS.index(sign) + 1 if sign in QUARTERS else int(sign)
        return _months(int(found[1] or today.year), 3 * number - 2, 3 * number)
    if (found := MONTH.fullmatch(said)) is not None and 1 <= int(found[2]) <= MONTHS:
        return _months(int(found[1] or today.year), int(found[2]), int(found[2]))
    return date(today.year, 1, 1), date(today.year, 12, 31)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _reasons(turn: Turn, purpose: str, counts: dict[str, int]) -> list[str]:
    if not counts:
        return []
    known = [reason for reason in (*REASONS, "left", "never_came") if counts.get(reason)]
    words = [
        turn.text(
            "training_report.shown.reason",
            reason=turn.text(f"training_report.reason.{reason}"),
            count=counts[reason],
        )
        for reason in known
    ]
    comma = turn.text("common.list.comma")
    return [turn.text(f"training_report.shown.{purpose}", reasons=comma.join(words))]


def _line(turn: Turn, number: int, one: Unmet) -> str:
    comma = turn.text("common.list.comma")
    return turn.text(
        "training_report.unmet.line",
        number=number,
        name=short_name(one.worker.name) or turn.text("cases.person.nameless"),
        trades=comma.join(one.trades) or turn.text("training_report.unmet.any"),
        why=turn.text(f"training_report.why.{one.why}"),
    )
