"""/statistics: where people work on any day, by county or town; sheets that leave the house."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import cast

from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import my_officer
from bot.conversations.officer.statistics_lines import channel_lines, status_lines, table_lines
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.spoken_days import spoken_day
from bot.conversations.turn import Turn
from bot.services.people.officers import COUNTY
from bot.services.register import anti_return, channels, public_posts, snapshots, statistics
from bot.services.register.statistics import (
    EVERYBODY,
    GROUPS,
    Counting,
    Question,
    question_for,
    question_of,
)
from bot.services.register.statistics_sheets import OUTSIDE
from bot.services.sending import documents
from content.location_classes import Boundary
from storage.models import Officer
from storage.states import Role

script = Script("statistics")

SHEETS = {
    "sheet": (documents.STATISTICS, ""),
    "csv": (documents.STATISTICS_CSV, ""),
    "outside": (documents.STATISTICS, OUTSIDE),
}
STEPS = {
    "people": "statistics_people.where",
    "group": "statistics.group",
    "day": "statistics.day",
    "status": "statistics.status",
    "channels": "statistics.channels",
}
WRITTEN_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")


@script.command("statistics", "统计", roles=frozenset({Role.OFFICER}))
def statistics_command(turn: Turn, argument: str) -> None:
    """Show the table of the officer's scope, of today or of the day behind the command."""
    officer = my_officer(turn)
    if officer is None:
        return
    turn.finish()
    today = turn.deployment.today
    day = day_in(argument, today) if argument else today
    if day is None:
        turn.say("statistics.refused.day")
    by: Boundary = "county" if len(officer.scope) < COUNTY else "town"
    question = question_for(statistics.OUT_OF_POVERTY, day or today, by=by)
    turn.go("statistics.table", question=question.as_json())


@script.asks("today")
def show_today(turn: Turn) -> None:
    """Show the table of today, from the menu."""
    statistics_command(turn, "")


@script.asks("table")
def show_table(turn: Turn) -> None:
    """Show the table in lines, and what can be done with it."""
    officer = my_officer(turn)
    if officer is None:
        return
    counting = counting_of(turn, officer)
    names = ["people", "group", "day", "by", "status", "channels", *SHEETS]
    choices = [turn.choice(one, f"statistics.choice.{one}") for one in names]
    choices.append(turn.choice("back", "common.choice.back"))
    words = table_lines(turn.deployment, counting, turn.language)
    turn.ask_words(words, choices, key="statistics.table.head")


@script.answers("table")
def answer_table(turn: Turn, answer: Answer) -> bool | None:
    """Do what was chosen; the question stays what it was."""
    officer = my_officer(turn)
    if officer is None:
        return True
    choice = answer.choice or ""
    if choice in STEPS:
        turn.go(STEPS[choice])
    elif choice in SHEETS:
        _say_sheet(turn, officer, choice)
        turn.go("statistics.table")
    elif choice == "by":
        question = asked(turn)
        other: Boundary = "town" if question.by == "county" else "county"
        turn.go("statistics.table", question=replace(question, by=other).as_json())
    elif choice == "back":
        open_menu(turn)
    else:
        return False
    return True


@script.asks("group")
def ask_group(turn: Turn) -> None:
    """Ask whom to count; each group has a table of its own."""
    names = (*GROUPS, EVERYBODY)
    turn.ask("statistics.group.ask", [turn.choice(one, f"statistics.group.{one}") for one in names])


@script.answers("group")
def answer_group(turn: Turn, answer: Answer) -> bool | None:
    """Count this group, by the boundaries of its own table."""
    if answer.choice is None:
        return False
    question = asked(turn)
    other = question_for(answer.choice, question.day, by=question.by)
    turn.go("statistics.table", question=other.as_json())
    return None


@script.asks("day", WORDS)
def ask_day(turn: Turn) -> None:
    """Ask for a day."""
    turn.ask("statistics.day.ask", [turn.choice("today", "statistics.day.today")])


@script.answers("day")
def answer_day(turn: Turn, answer: Answer) -> bool | None:
    """Count on this day; a day that is still to come is none."""
    today = turn.deployment.today
    day = today if answer.choice == "today" else day_in(answer.text, today)
    if day is None:
        turn.say("statistics.refused.day")
        turn.ask_again()
        return None
    turn.go("statistics.table", question=replace(asked(turn), day=day).as_json())
    return None


@script.asks("status")
def show_status(turn: Turn) -> None:
    """Show who of the watched groups works, looks for work, is out of it, or is not known."""
    officer = my_officer(turn)
    if officer is None:
        return
    table = anti_return.status_table(
        turn.uow, turn.deployment, scope=officer.scope, day=asked(turn).day
    )
    states = [one for one in anti_return.STATES if one != anti_return.WORKING]
    choices = [turn.choice(one, f"statistics.choice.{one}") for one in states]
    choices.append(turn.choice("back", "common.choice.back"))
    words = status_lines(turn.deployment, table, turn.language)
    turn.ask_words(words, choices, key="statistics.status.head")


@script.answers("status")
def answer_status(turn: Turn, answer: Answer) -> bool | None:
    """Name the people behind a number, for a visit."""
    if answer.choice == "back":
        turn.go("statistics.table")
    elif answer.choice in anti_return.STATES:
        turn.go("statistics_people.visits", state=answer.choice, offset=0)
    else:
        return False
    return None


@script.asks("channels")
def show_channels(turn: Turn) -> None:
    """Show how people came to their work, and what contradicts itself."""
    officer = my_officer(turn)
    if officer is None:
        return
    question, scope = asked(turn), officer.scope
    force = statistics.workforce(turn.uow, turn.deployment, scope=scope, day=question.day)
    counting = statistics.count(turn.uow, turn.deployment, question, scope=scope, force=force)
    posts = public_posts.held(turn.deployment, force)
    wrong = channels.misplaced(turn.deployment, force)
    offers = [turn.choice("misplaced", "statistics.choice.misplaced")] if wrong else []
    offers.append(turn.choice("back", "common.choice.back"))
    words = channel_lines(turn.deployment, counting.counts, posts, len(wrong), turn.language)
    turn.ask_words(words, offers, key="statistics.channels.head")


@script.answers("channels")
def answer_channels(turn: Turn, answer: Answer) -> bool | None:
    """Name those whose way and place of work contradict each other, or go back."""
    if answer.choice == "back":
        turn.go("statistics.table")
    elif answer.choice == "misplaced":
        turn.go("statistics_people.misplaced", offset=0)
    else:
        return False
    return None


def asked(turn: Turn) -> Question:
    """Return what this conversation counts."""
    return question_of(cast("dict[str, object]", turn.answers["question"]))


def counting_of(turn: Turn, officer: Officer) -> Counting:
    """Count what this conversation asks, in the officer's scope."""
    return statistics.count(turn.uow, turn.deployment, asked(turn), scope=officer.scope)


def day_in(words: str, today: date) -> date | None:
    """Return the day that words name, no later than today, or None."""
    found = WRITTEN_DAY.search(words)
    if found is None:
        return spoken_day(words, today)
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return day if day <= today else None


def _say_sheet(turn: Turn, officer: Officer, name: str) -> None:
    """Freeze the table as it is now and give its address."""
    kind, audience = SHEETS[name]
    counting = counting_of(turn, officer)
    row = snapshots.freeze(
        turn.uow, turn.deployment, counting, scope=officer.scope, officer=officer
    )
    subject = f"{row.id.hex}:{audience}"
    path = documents.link(turn.uow, turn.deployment, officer, kind=kind, subject=subject)
    turn.say("statistics.done.link", link=path, url=f"{turn.deployment.public_url}{path}")
