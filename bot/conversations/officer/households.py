"""/households: relocated households without work; /graduates: who of this year has nothing yet."""

from __future__ import annotations

import uuid

from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import my_officer
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.services.people.workers import short_name
from bot.services.register import graduates as graduate_lists
from bot.services.register import households
from bot.services.register.households import OPEN_LIST, IdleHousehold
from bot.services.register.location_counts import NOWHERE
from bot.services.register.statistics_sheets import area_name
from storage.models import Worker
from storage.states import Role

script = Script("households")

SHOWN_AT_ONCE = 8
OFFICERS = frozenset({Role.OFFICER})


@script.command("households", "易迁户", roles=OFFICERS)
def households_command(turn: Turn, _argument: str) -> None:
    """Show the relocated households in which nobody works."""
    turn.finish()
    turn.go("households.list", offset=0)


@script.action(OPEN_LIST)
def open_by_button(turn: Turn, _argument: str) -> None:
    """Show them from the button under a task."""
    turn.finish()
    turn.go("households.list", offset=0)


@script.asks("list")
def show_list(turn: Turn) -> None:
    """List the households, masked, and offer to open one."""
    officer = my_officer(turn)
    if officer is None:
        return
    bureau, scope = turn.deployment.bureau_adcode, officer.scope
    count = turn.uow.households.counted(bureau, scope=scope)
    found = households.idle(turn.uow, turn.deployment, scope=scope)
    back = turn.choice("back", "common.choice.back")
    if not found:
        turn.ask("households.list.none", [back], all=count)
        return
    offset = int(str(turn.answers.get("offset", 0)))
    part = list(enumerate(found[offset : offset + SHOWN_AT_ONCE], offset + 1))
    lines = [turn.text("households.list.head", all=count, count=len(found))]
    lines += [_line(turn, number, one) for number, one in part]
    choices = [
        Choice(
            one.household.id.hex,
            turn.text("households.list.one", number=number, head=_head(turn, one)),
        )
        for number, one in part
    ]
    if offset + SHOWN_AT_ONCE < len(found):
        choices.append(turn.choice("more", "households.list.more"))
    turn.ask_words("\n".join(lines), [*choices, back], key="households.list.head")


@script.answers("list")
def answer_list(turn: Turn, answer: Answer) -> bool | None:
    """Open a household, turn the page, or go back."""
    if answer.choice is None:
        return False
    if answer.choice == "back":
        open_menu(turn)
    elif answer.choice == "more":
        turn.go("households.list", offset=int(str(turn.answers["offset"])) + SHOWN_AT_ONCE)
    else:
        turn.go("households.one", household=answer.choice)
    return None


@script.asks("one")
def show_one(turn: Turn) -> None:
    """Show who of a household could work, with names and numbers; each look is noted."""
    officer = my_officer(turn)
    if officer is None:
        return
    key = uuid.UUID(str(turn.answers["household"]))
    found = households.show_members(turn.uow, turn.deployment, officer, key)
    back = turn.choice("back", "common.choice.back")
    if found is None:
        turn.ask("households.one.gone", [back])
        return
    turn.about = found.able[0].id
    lines = [
        turn.text(
            "households.one.head",
            home=_home(turn, found),
            count=len(found.members),
            able=len(found.able),
        )
    ]
    lines += [_person(turn, one) for one in found.able]
    turn.ask_words("\n".join(lines), [back], key="households.one.head")


@script.answers("one")
def answer_one(turn: Turn, answer: Answer) -> bool | None:
    """Go back to the list."""
    if answer.choice != "back":
        return False
    turn.go("households.list")
    return None


@script.command("graduates", "毕业生", roles=OFFICERS)
def graduates_command(turn: Turn, _argument: str) -> None:
    """List this year's graduates of poor households who have nothing yet."""
    officer = my_officer(turn)
    if officer is None:
        return
    found = graduate_lists.graduates(turn.uow, turn.deployment, scope=officer.scope)
    year, everybody = turn.deployment.today.year, len(found.everybody)
    turn.finish()
    if not found.open_ones:
        turn.say("households.graduates.none", year=year, all=everybody)
        return
    count = len(found.open_ones)
    lines = [turn.text("households.graduates.head", year=year, all=everybody, count=count)]
    lines += [
        turn.text(
            "households.graduates.line",
            name=_masked(turn, one),
            home=area_name(turn.deployment, one.home or NOWHERE, turn.language),
        )
        for one in found.open_ones[:SHOWN_AT_ONCE]
    ]
    if count > SHOWN_AT_ONCE:
        lines.append(turn.text("households.graduates.more", count=count - SHOWN_AT_ONCE))
    turn.say_words("\n".join(lines), key="households.graduates.head")


def _line(turn: Turn, number: int, one: IdleHousehold) -> str:
    return turn.text(
        "households.list.line",
        number=number,
        head=_head(turn, one),
        home=_home(turn, one),
        able=len(one.able),
    )


def _head(turn: Turn, one: IdleHousehold) -> str:
    return _masked(turn, one.members[0])


def _masked(turn: Turn, worker: Worker) -> str:
    return short_name(worker.name) or turn.text("cases.person.nameless")


def _home(turn: Turn, one: IdleHousehold) -> str:
    return area_name(turn.deployment, one.household.home or NOWHERE, turn.language)


def _person(turn: Turn, worker: Worker) -> str:
    name = worker.name or turn.text("cases.person.nameless")
    if worker.phone is None:
        return turn.text("households.one.quiet", name=name)
    return turn.text("households.one.phone", name=name, phone=worker.phone)
