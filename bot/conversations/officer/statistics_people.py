"""The people behind a number of the tables: within the scope, and noted as seen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from bot.conversations.officer.cases import my_officer
from bot.conversations.officer.statistics import asked, counting_of
from bot.conversations.officer.statistics_lines import masked, people_lines
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.services.people import officers
from bot.services.register import anti_return, channels, statistics
from bot.services.register.location_counts import NOWHERE, Placed
from bot.services.register.statistics_sheets import PeopleBehind, area_name, class_name
from bot.services.sending import documents
from storage.models import Employment, Officer, Worker
from storage.register_states import EmploymentChannel
from storage.repositories.statistics import key_of

script = Script("statistics_people")

SHOWN_AT_ONCE = 8
MOST_AREAS = 20
ALL = "all"
PERSON = "person:"


@script.asks("where")
def ask_where(turn: Turn) -> None:
    """Ask which column to look into; only those with people."""
    officer = my_officer(turn)
    if officer is None:
        return
    counts = counting_of(turn, officer).counts
    choices = [
        Choice(one, f"{class_name(turn.deployment, one, turn.language)} {counts.of_class(one)}")
        for one in counts.classes
        if counts.of_class(one)
    ]
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask("statistics_people.where.ask", choices)


@script.answers("where")
def answer_where(turn: Turn, answer: Answer) -> bool | None:
    """Ask for the row next."""
    if answer.choice is None:
        return False
    if answer.choice == "back":
        turn.go("statistics.table")
    else:
        turn.go("statistics_people.area", where=answer.choice)
    return None


@script.asks("area")
def ask_area(turn: Turn) -> None:
    """Ask which county or town, the largest first."""
    officer = my_officer(turn)
    if officer is None:
        return
    counts, where = counting_of(turn, officer).counts, str(turn.answers["where"])
    found = [(counts.cells.get((area, where), 0), area) for area in counts.areas]
    found = sorted((one for one in found if one[0]), key=lambda one: (-one[0], one[1]))
    choices = [turn.choice(ALL, "statistics_people.area.all", count=counts.of_class(where))]
    choices += [
        Choice(f"at:{area}", f"{area_name(turn.deployment, area, turn.language)} {count}")
        for count, area in found[:MOST_AREAS]
    ]
    turn.ask("statistics_people.area.ask", choices)


@script.answers("area")
def answer_area(turn: Turn, answer: Answer) -> bool | None:
    """Show the first names."""
    if answer.choice is None:
        return False
    area = None if answer.choice == ALL else answer.choice.removeprefix("at:")
    turn.go("statistics_people.list", area=area, offset=0)
    return None


@script.asks("list")
def show_list(turn: Turn) -> None:
    """Show some of the people behind a number."""
    officer = my_officer(turn)
    if officer is None:
        return
    people = _behind(turn, officer)
    offset = _offset(turn)
    part = people[offset : offset + SHOWN_AT_ONCE]
    shown = statistics.show_people(turn.uow, turn.deployment, officer, part)
    lines = people_lines(turn.deployment, shown, language=turn.language)
    head = turn.text("statistics_people.list.head", count=len(people), first=offset + 1)
    choices = _persons(turn, [worker for worker, _place in shown])
    choices += _more(turn, len(people), "sheet")
    turn.ask_words("\n".join([head, *lines]), choices, key="statistics_people.list.head")


@script.answers("list")
def answer_list(turn: Turn, answer: Answer) -> bool | None:
    """Go on, take the sheet, or open a person."""
    officer = my_officer(turn)
    if officer is None:
        return True
    if answer.choice != "sheet":
        return _page(turn, answer, step="statistics_people.list", back="statistics.table")
    behind = PeopleBehind(asked(turn), _area(turn), str(turn.answers["where"]))
    kind = documents.STATISTICS_PEOPLE
    path = documents.link(
        turn.uow, turn.deployment, officer, kind=kind, subject=behind.as_subject()
    )
    turn.say("statistics.done.link", link=path, url=f"{turn.deployment.public_url}{path}")
    turn.go("statistics_people.list")
    return True


@script.asks("misplaced")
def show_misplaced(turn: Turn) -> None:
    """Show those whose way and place of work contradict each other, with the rule's number."""
    officer = my_officer(turn)
    if officer is None:
        return
    force = statistics.workforce(
        turn.uow, turn.deployment, scope=officer.scope, day=asked(turn).day
    )
    found = channels.misplaced(turn.deployment, force)
    offset = _offset(turn)
    part = [
        Placed(one.worker, one.home or NOWHERE, one.rule, one.work)
        for one in found[offset : offset + SHOWN_AT_ONCE]
    ]
    shown = statistics.show_people(turn.uow, turn.deployment, officer, part)
    lines = people_lines(turn.deployment, shown, language=turn.language)
    head = turn.text("statistics_people.misplaced.head", count=len(found), rule=channels.MISPLACED)
    choices = [*_persons(turn, [worker for worker, _place in shown]), *_more(turn, len(found))]
    turn.ask_words("\n".join([head, *lines]), choices, key="statistics_people.misplaced.head")


@script.answers("misplaced")
def answer_misplaced(turn: Turn, answer: Answer) -> bool | None:
    """Go on, or open a person to put it right."""
    return _page(turn, answer, step="statistics_people.misplaced", back="statistics.channels")


@script.asks("visits")
def show_visits(turn: Turn) -> None:
    """Show those of the watched groups without work or word, for a visit or a call."""
    officer = my_officer(turn)
    if officer is None:
        return
    state = str(turn.answers["state"])
    table = anti_return.status_table(
        turn.uow, turn.deployment, scope=officer.scope, day=asked(turn).day
    )
    people, offset = table.people(anti_return.TOGETHER, state), _offset(turn)
    keys = [key_of(one) for one in people[offset : offset + SHOWN_AT_ONCE]]
    lines, workers = [], turn.uow.statistics.named(keys)
    for worker in workers:
        name = masked(turn.deployment, worker, turn.language)
        home = area_name(turn.deployment, worker.home or NOWHERE, turn.language)
        lines.append(turn.text("statistics_people.visits.line", name=name, home=home))
    head = turn.text(
        "statistics_people.visits.head",
        state=turn.text(f"statistics.state.{state}"),
        count=len(people),
    )
    choices = [*_persons(turn, workers), *_more(turn, len(people))]
    turn.ask_words("\n".join([head, *lines]), choices, key="statistics_people.visits.head")


@script.answers("visits")
def answer_visits(turn: Turn, answer: Answer) -> bool | None:
    """Go on, or back."""
    return _page(turn, answer, step="statistics_people.visits", back="statistics.status")


@script.asks("person")
def show_person(turn: Turn) -> None:
    """Show one person with name, and the ways into work that the spell could have instead."""
    officer = my_officer(turn)
    found = _person(turn, officer) if officer is not None else None
    if officer is None or found is None:
        turn.say("statistics_people.person.none")
        turn.finish()
        return
    worker, spell = found
    turn.about = worker.id
    statistics.note_seen(turn.uow, turn.deployment, officer, worker)
    name = worker.name or turn.text("cases.person.nameless")
    back = turn.choice("back", "common.choice.back")
    if spell is None:
        turn.ask("statistics_people.person.idle", [back], name=name)
        return
    choices = [turn.choice(one, f"statistics.channel.{one}") for one in EmploymentChannel]
    choices.append(turn.choice(channels.WORKSHOP, "statistics.channel.workshop"))
    turn.ask(
        "statistics_people.person.ask",
        [*choices, back],
        name=name,
        work=area_name(turn.deployment, spell.workplace or NOWHERE, turn.language),
        channel=turn.text(f"statistics.channel.{spell.channel}"),
    )


@script.answers("person")
def answer_person(turn: Turn, answer: Answer) -> bool | None:
    """Write down the chosen way on the officer's word."""
    officer = my_officer(turn)
    if officer is None or answer.choice is None:
        return officer is None
    found = _person(turn, officer)
    spell = found[1] if found is not None else None
    if answer.choice != "back" and spell is not None:
        is_workshop = answer.choice == channels.WORKSHOP
        way = EmploymentChannel.ENTERPRISE if is_workshop else EmploymentChannel(answer.choice)
        venue = channels.WORKSHOP if is_workshop else None
        channels.change_channel(turn.uow, turn.deployment, officer, spell, channel=way, venue=venue)
        turn.say("statistics_people.person.done")
    turn.go(str(turn.answers["back"]))
    return None


def _behind(turn: Turn, officer: Officer) -> list[Placed]:
    return counting_of(turn, officer).of_cell(_area(turn), str(turn.answers["where"]))


def _area(turn: Turn) -> str | None:
    area = turn.answers.get("area")
    return None if area is None else str(area)


def _offset(turn: Turn) -> int:
    return int(str(turn.answers.get("offset", 0)))


def _persons(turn: Turn, workers: Sequence[Worker]) -> list[Choice]:
    return [
        Choice(f"{PERSON}{worker.id.hex}", masked(turn.deployment, worker, turn.language))
        for worker in workers
    ]


def _more(turn: Turn, count: int, *besides: str) -> list[Choice]:
    names = ["more"] if _offset(turn) + SHOWN_AT_ONCE < count else []
    offers = [turn.choice(one, f"statistics.choice.{one}") for one in [*names, *besides]]
    return [*offers, turn.choice("back", "common.choice.back")]


def _page(turn: Turn, answer: Answer, *, step: str, back: str) -> bool | None:
    """Turn the page, open a person, or go back."""
    if answer.choice is None:
        return False
    if answer.choice == "more":
        turn.go(step, offset=_offset(turn) + SHOWN_AT_ONCE)
    elif answer.choice == "back":
        turn.go(back)
    else:
        turn.go("statistics_people.person", person=answer.choice.removeprefix(PERSON), back=step)
    return None


def _person(turn: Turn, officer: Officer) -> tuple[Worker, Employment | None] | None:
    """Return the chosen person with the open spell; None outside the officer's scope."""
    worker = turn.uow.workers.get(uuid.UUID(str(turn.answers.get("person"))))
    bureau = turn.deployment.bureau_adcode
    if worker is None or worker.bureau_adcode != bureau:
        return None
    if not officers.is_in_scope(officer, officers.code_of_worker(worker, bureau)):
        return None
    return worker, turn.uow.employments.open_of(worker.id)
