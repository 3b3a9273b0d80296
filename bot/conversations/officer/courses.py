"""/courses: courses by pasted text, opened by an officer; seats, changes, and calling one off."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversations.officer.course_drafts import (
    SHORTEST,
    corrected,
    my_officer,
    open_for_people,
    read_new,
)
from bot.conversations.officer.course_lines import (
    course_lines,
    list_line,
)
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.search_session import key_in
from bot.errors import UserError
from bot.services.training import course_changes, courses, schools, seats
from storage.models import Course
from storage.states import Role
from storage.training_states import CourseStatus

script = Script("courses")
COURSE = "course"
LISTED = 8
SHOWN_STATES = (CourseStatus.RUNNING, CourseStatus.OPEN, CourseStatus.DRAFT)
OFFICERS = frozenset({Role.OFFICER})
SAID = frozenset({"课程", "培训班", "培训", "开班", "看课程"})
CHOICES = {
    CourseStatus.DRAFT: ("open", "link", "cancel"),
    CourseStatus.OPEN: ("people", "allot", "link", "cancel"),
    CourseStatus.RUNNING: ("roll", "graduates", "link", "cancel"),
    CourseStatus.DONE: ("roll", "graduates"),
    CourseStatus.CANCELLED: (),
}


@script.command("courses", "课程", "培训班", roles=OFFICERS)
def courses_command(turn: Turn, argument: str) -> None:
    """List the courses; words behind the command are a course to be read."""
    turn.finish()
    if len(argument.strip()) >= SHORTEST:
        read_new(turn, argument)
    else:
        turn.go("courses.list")


@script.intercept
def hear(turn: Turn) -> bool:
    """Hear 课程 where no question is open."""
    is_free = turn.step is None or turn.step.startswith("menu.")
    if turn.role is not Role.OFFICER or not is_free:
        return False
    if turn.inbound.text.strip() not in SAID:
        return False
    courses_command(turn, "")
    return True


@script.action("courses")
def press_courses(turn: Turn, _argument: str) -> None:
    """List the courses."""
    turn.answers = {}
    turn.go("courses.list")


@script.action("course")
def press_course(turn: Turn, argument: str) -> None:
    """Open a course from the message that told of it."""
    turn.answers = {}
    turn.go("courses.one", **{COURSE: argument})


@script.asks("list")
def ask_list(turn: Turn) -> None:
    """List courses that go on, are open, or are drafts, the next to begin first."""
    officer = my_officer(turn)
    rows = turn.uow.courses.in_states(turn.deployment.bureau_adcode, SHOWN_STATES)
    rows = [row for row in rows if schools.may_manage(turn.deployment, officer, row)][:LISTED]
    taken = turn.uow.enrolments.seats_taken([row.id for row in rows])
    lines = [turn.text("courses.list.head" if rows else "courses.list.empty", count=len(rows))]
    lines += [list_line(turn, row, taken.get(row.id, 0)) for row in rows]
    choices = [Choice(row.id.hex, courses.reference(row)) for row in rows]
    new = turn.choice("new", "courses.choice.new", "新班", "开班", "新开")
    back = turn.choice("back", "common.choice.back")
    turn.ask_words("\n".join(lines), [*choices, new, back], key="courses.list.head")


@script.answers("list")
def answer_list(turn: Turn, answer: Answer) -> bool | None:
    """Open one, begin a new one, or go back."""
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
    elif answer.choice == "new":
        turn.go("course_drafts.new")
    elif answer.choice is not None:
        turn.go("courses.one", **{COURSE: answer.choice})
    else:
        return False
    return None


@script.asks("one", WORDS, keeps_words=True)
def ask_one(turn: Turn) -> None:
    """Show a course with everything that can be done; a line changes it."""
    course = own_course(turn)
    choices = [
        turn.choice(name, f"courses.choice.{name}")
        for name in CHOICES[course.status]
        if name != "allot" or course.allots_at is not None
    ]
    choices.append(turn.choice("list", "courses.choice.list"))
    lines = course_lines(turn, course)
    if course.status in course_changes.MAY_CHANGE:
        lines.append(turn.text("courses.draft.how"))
    turn.ask_words("\n".join(lines), choices, key="courses.shown.head")


@script.answers("one")
def answer_one(turn: Turn, answer: Answer) -> bool | None:
    """Do what was chosen, or change what a line says."""
    course = own_course(turn)
    if answer.choice is None:
        return _change(turn, course, answer.text)
    ways: dict[str, Callable[[Turn, Course], None]] = {
        "open": lambda turn, course: open_for_people(turn, course, my_officer(turn)),
        "allot": _allot,
        "people": lambda turn, _course: turn.go("course_roll.people"),
        "roll": lambda turn, _course: turn.go("course_roll.day"),
        "graduates": lambda turn, _course: turn.go("course_closing.graduates"),
        "link": lambda turn, _course: turn.go("course_links.choose"),
        "cancel": lambda turn, _course: turn.go("courses.cancel"),
        "list": lambda turn, _course: turn.go("courses.list"),
    }
    ways[answer.choice](turn, course)
    return None


@script.asks("cancel")
def ask_cancel(turn: Turn) -> None:
    """Ask once more: everybody is told."""
    course = own_course(turn)
    count = len(turn.uow.enrolments.holding(course.id))
    yes = turn.choice("yes", "courses.choice.cancel_yes", "取消", "不开了")
    no = turn.choice("no", "courses.choice.cancel_no", "不取消", "点错了")
    turn.ask("courses.cancel.ask", [yes, no], title=course.title, count=count)


@script.answers("cancel")
def answer_cancel(turn: Turn, answer: Answer) -> bool | None:
    """Call it off and tell everybody, or leave it."""
    course = own_course(turn)
    if answer.choice == "no":
        turn.go("courses.one")
        return None
    if answer.choice != "yes":
        return False
    told = course_changes.cancel(turn.uow, turn.deployment, course, my_officer(turn))
    turn.say("courses.done.cancelled", number=courses.reference(course), told=told)
    turn.finish(again="courses.done.again")
    return None


def own_course(turn: Turn) -> Course:
    """Return the course of this conversation.

    Raises:
        UserError: There is none, or another officer looks after it.
    """
    key = key_in(turn.answers.get(COURSE))
    course = turn.uow.courses.get(key) if key is not None else None
    if course is None or not schools.may_manage(turn.deployment, my_officer(turn), course):
        raise UserError("courses.refused.unknown")
    return course


def _change(turn: Turn, course: Course, words: str) -> bool | None:
    if course.status not in course_changes.MAY_CHANGE:
        return False
    facts, changed = corrected(turn, courses.facts_of(course), words)
    if not changed:
        return False
    told = course_changes.change(turn.uow, turn.deployment, course, facts)
    names = [turn.text(f"courses.field.{name}") for name in changed]
    turn.say("courses.done.changed", names=turn.text("common.list.comma").join(names), told=told)
    turn.go("courses.one")
    return None


def _allot(turn: Turn, course: Course) -> None:
    seated = seats.allot(turn.uow, turn.deployment, course.id)
    turn.say("courses.done.allotted", number=courses.reference(course), count=seated)
    turn.go("courses.one")
