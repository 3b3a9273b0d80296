"""The roll by tap: everybody on one screen, a tap for came, another for did not, day by day."""

from __future__ import annotations

import re
from datetime import date

from bot.conversations.officer.course_links import shared_course
from bot.conversations.officer.courses import COURSE
from bot.conversations.prompts import FULL_WIDTH, WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.search_session import key_in
from bot.errors import UserError
from bot.services.people import consents
from bot.services.people.officer_views import audit_view
from bot.services.people.workers import short_name
from bot.services.training import courses, roll
from bot.services.training.course_words import day_words
from bot.services.training.roll import Pupil
from storage.models import Course, Worker
from storage.states import Purpose

script = Script("course_roll")
DAY = "day"
ALL_CAME = re.compile(r"(?:全部?|都|全都)(?:来了|到了|在)|全勤|all")
SEVERAL = re.compile(r"\d+(?:[ ,，、;；和]+\d+)+")
MARKS = {None: "blank", True: "came", False: "missed"}


@script.action("roll")
def press_roll(turn: Turn, argument: str) -> None:
    """Take the roll of a course from the message that reminds of it."""
    turn.answers = {}
    turn.go("course_roll.day", **{COURSE: argument})


@script.asks("day", WORDS, keeps_words=True)
def ask_day(turn: Turn) -> None:
    """Show everybody with a seat, and whether they came on the day."""
    course = shared_course(turn)
    day = _day(turn, course)
    turn.answers[DAY] = day.isoformat()
    pupils = roll.roll_of(turn.uow, course, day)
    if not pupils:
        turn.say("course_roll.day.nobody", number=courses.reference(course))
        turn.finish()
        return
    note_view(turn, course)
    choices = [
        Choice(one.enrolment.id.hex, label_of(turn, course, one, MARKS[one.present]))
        for one in pupils
    ]
    choices.append(turn.choice("all", "course_roll.choice.all", "都来了", "全到", "全来了"))
    if roll.day_before(course, day) is not None:
        choices.append(turn.choice("before", "course_roll.choice.before", "昨天"))
    choices.append(turn.choice("done", "course_roll.choice.done", "好了", "完", "点完了"))
    came = sum(one.present is True for one in pupils)
    unsaid = sum(one.present is None for one in pupils)
    turn.ask(
        "course_roll.day.ask",
        choices,
        title=course.title,
        day=day_words(turn.deployment, day, language=turn.language),
        came=came,
        count=len(pupils),
        unsaid=unsaid,
    )


@script.answers("day")
def answer_day(turn: Turn, answer: Answer) -> bool | None:
    """Mark whoever is tapped, all who are not marked, or go to another day."""
    course = shared_course(turn)
    day = _day(turn, course)
    pupils = roll.roll_of(turn.uow, course, day)
    chosen = _chosen(answer, pupils)
    if answer.choice == "done":
        turn.say("course_roll.done.said", number=courses.reference(course))
        turn.finish(again="course_roll.done.again")
        return None
    if answer.choice == "before":
        turn.go("course_roll.day", **{DAY: (roll.day_before(course, day) or day).isoformat()})
        return None
    if answer.choice == "all" or ALL_CAME.fullmatch(answer.text):
        for one in pupils:
            if one.present is None:
                _mark(turn, one, day, present=True)
    elif chosen:
        for one in chosen:
            _mark(turn, one, day, present=one.present is not True)
    else:
        return False
    turn.ask_again()
    return None


@script.asks("people")
def show_people(turn: Turn) -> None:
    """List who has a seat and who waits, in the order in which they stand."""
    course = shared_course(turn)
    note_view(turn, course)
    seated = turn.uow.enrolments.of_course(course.id)
    waiting = turn.uow.enrolments.waiting(course.id)
    lines = [turn.text("course_roll.people.head", taken=len(seated), seats=course.seats)]
    for number, (_enrolment, worker) in enumerate(seated, start=1):
        name = name_of(turn, course, worker)
        lines.append(turn.text("course_roll.people.seat", number=number, name=name))
    for number, (enrolment, worker) in enumerate(waiting, start=1):
        purpose = "first_in_line" if enrolment.tier == 0 else "in_line"
        name = name_of(turn, course, worker)
        lines.append(turn.text(f"course_roll.people.{purpose}", number=number, name=name))
    turn.say_words("\n".join(lines), key="course_roll.people.head")
    turn.finish()


def _mark(turn: Turn, one: Pupil, day: date, *, present: bool) -> None:
    roll.mark(turn.uow, turn.deployment, one.enrolment, day, present=present, officer=turn.officer)


def _chosen(answer: Answer, pupils: list[Pupil]) -> list[Pupil]:
    """Return who was tapped, or whose numbers were typed: 1 3 5."""
    key = key_in(answer.choice) if answer.choice else None
    if key is not None:
        return [one for one in pupils if one.enrolment.id == key]
    typed = answer.text.translate(FULL_WIDTH).strip()
    if not SEVERAL.fullmatch(typed):
        return []
    numbers = {int(found) for found in re.findall(r"\d+", typed)}
    if not numbers <= set(range(1, len(pupils) + 1)):
        return []
    return [one for place, one in enumerate(pupils, start=1) if place in numbers]


def _day(turn: Turn, course: Course) -> date:
    latest = roll.roll_day(turn.deployment, course)
    kept = turn.answers.get(DAY)
    if not isinstance(kept, str):
        return latest
    try:
        day = date.fromisoformat(kept)
    except ValueError:
        raise UserError("course_roll.refused.other_day") from None
    return min(max(day, course.starts_on), latest)


def label_of(turn: Turn, course: Course, one: Pupil, mark: str) -> str:
    """Return the button of one pupil with a mark of `MARKS` before the name."""
    name = name_of(turn, course, one.worker)
    return turn.text(f"course_roll.mark.{mark}", name=name, days=one.days)


def name_of(turn: Turn, course: Course, worker: Worker) -> str:
    """Return a name in full for the bureau; a school or firm sees it only where it was allowed."""
    nameless = turn.text("cases.person.nameless")
    if turn.officer is not None:
        return worker.name or nameless
    enrolment = turn.uow.enrolments.find(course.id, worker.id)
    is_allowed = (
        enrolment is not None
        and enrolment.address_id is not None
        and consents.is_granted(
            turn.uow,
            enrolment.address_id,
            Purpose.PASS_CONTACT,
            worker_id=worker.id,
            subject_id=course.enterprise_id,
        )
    )
    return (worker.name if is_allowed else short_name(worker.name)) or nameless


def note_view(turn: Turn, course: Course) -> None:
    """Write down that an officer saw who is in a course."""
    if turn.officer is not None:
        audit_view(
            turn.uow,
            turn.deployment,
            turn.officer,
            "view_course_roll",
            subject_kind="course",
            subject_id=course.id,
        )
