"""Who completed a course; closing it, once more asked before its last day, undone that day."""

from __future__ import annotations

from bot.conversations.officer.course_links import shared_course
from bot.conversations.officer.course_roll import label_of, note_view
from bot.conversations.officer.courses import COURSE
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.search_session import key_in
from bot.messages import Option
from bot.services.sending.deliveries import action_data
from bot.services.training import closing, courses, roll
from bot.services.training.roll import Pupil
from storage.models import Course
from storage.training_states import CourseStatus, EnrolmentStatus

script = Script("course_closing")
HOW, REOPEN = "how", "course_reopen"


@script.action("graduates")
def press_graduates(turn: Turn, argument: str) -> None:
    """Tick who completed a course from the message that reminds of it."""
    turn.answers = {}
    turn.go("course_closing.graduates", **{COURSE: argument})


@script.asks("graduates")
def ask_graduates(turn: Turn) -> None:
    """Show who came, and who has completed the course."""
    course = shared_course(turn)
    pupils = _came(turn, course)
    if roll.closed_on(turn.uow, course.id) is not None:
        _say_closed(turn, course)
        return
    if course.status is CourseStatus.OPEN or not pupils:
        turn.say("course_roll.graduates.nobody", number=courses.reference(course))
        turn.finish()
        return
    note_view(turn, course)
    choices = [
        Choice(one.enrolment.id.hex, label_of(turn, course, one, _graduation(one)))
        for one in pupils
    ]
    choices.append(turn.choice("all", "course_roll.choice.all_completed", "都学完了", "全部"))
    if any(one.enrolment.status is EnrolmentStatus.COMPLETED for one in pupils):
        if course.certificate:
            choices.append(
                turn.choice("paper", "course_roll.choice.with_paper", paper=course.certificate)
            )
        choices.append(turn.choice("plain", "course_roll.choice.without_paper"))
    choices.append(turn.choice("later", "course_roll.choice.later", "以后再说"))
    count = sum(one.enrolment.status is EnrolmentStatus.COMPLETED for one in pupils)
    turn.ask("course_roll.graduates.ask", choices, title=course.title, count=count)


@script.answers("graduates")
def answer_graduates(turn: Turn, answer: Answer) -> bool | None:
    """Tick who completed, or close the course and tell them."""
    course = shared_course(turn)
    pupils = _came(turn, course)
    if answer.choice == "later":
        turn.say("course_roll.done.said", number=courses.reference(course))
        turn.finish()
        return None
    if answer.choice in {"paper", "plain"}:
        if closing.is_early(turn.deployment, course):
            turn.go("course_closing.early", **{HOW: answer.choice})
        else:
            _finish(turn, course, certified=answer.choice == "paper")
        return None
    if answer.choice == "all":
        for one in pupils:
            if one.enrolment.status is EnrolmentStatus.ATTENDED:
                roll.toggle_completed(turn.uow, turn.deployment, one.enrolment)
    else:
        key = key_in(answer.choice)
        found = next((one for one in pupils if one.enrolment.id == key), None)
        if found is None:
            return False
        roll.toggle_completed(turn.uow, turn.deployment, found.enrolment)
    turn.ask_again()
    return None


@script.asks("early")
def ask_early(turn: Turn) -> None:
    """Ask once more where the last day is still ahead, with the numbers."""
    course = shared_course(turn)
    day = min(turn.deployment.today, course.ends_on)
    pupils = roll.roll_of(turn.uow, course, day)
    completed = sum(one.enrolment.status is EnrolmentStatus.COMPLETED for one in pupils)
    turn.ask(
        "course_roll.early.ask",
        [
            turn.choice("yes", "course_roll.early.yes", "结业"),
            turn.choice("no", "course_roll.early.no", "不结业", "不"),
        ],
        title=course.title,
        completed=completed,
        left=len(pupils) - completed,
    )


@script.answers("early")
def answer_early(turn: Turn, answer: Answer) -> bool | None:
    """Close the course after a yes; else go back to the ticks."""
    if answer.choice == "yes":
        certified = turn.answers.get(HOW) == "paper"
        _finish(turn, shared_course(turn), certified=certified, early=True)
    elif answer.choice == "no":
        turn.go("course_closing.graduates")
    else:
        return False
    return None


@script.action(REOPEN)
def press_reopen(turn: Turn, argument: str) -> None:
    """Take a closing back on its day, and show the ticks again."""
    turn.answers = {COURSE: argument}
    course = shared_course(turn)
    told = closing.reopen(turn.uow, turn.deployment, course, officer=turn.officer)
    turn.say("course_roll.reopened.said", number=courses.reference(course), told=told)
    turn.go("course_closing.graduates", **{COURSE: argument})


def _finish(turn: Turn, course: Course, *, certified: bool, early: bool = False) -> None:
    gained = closing.finish(
        turn.uow,
        turn.deployment,
        course,
        certified=certified,
        early=early,
        officer=turn.officer,
    )
    turn.say(
        "course_roll.finished.said",
        options=_undo(turn, course),
        number=courses.reference(course),
        count=len(gained),
        opened=sum(one.opened > 0 for one in gained),
    )
    turn.finish(again="course_roll.done.again")


def _say_closed(turn: Turn, course: Course) -> None:
    is_today = roll.closed_on(turn.uow, course.id) == turn.deployment.today
    options = _undo(turn, course) if is_today else ()
    turn.say("course_roll.finished.before", options=options, number=courses.reference(course))
    turn.finish(again="course_roll.done.again")


def _undo(turn: Turn, course: Course) -> tuple[Option, ...]:
    label = turn.text("course_roll.choice.reopen")
    return (Option(1, label, action_data(REOPEN, course.id.hex)),)


def _came(turn: Turn, course: Course) -> list[Pupil]:
    day = min(turn.deployment.today, course.ends_on)
    came = {EnrolmentStatus.ATTENDED, EnrolmentStatus.COMPLETED}
    return [one for one in roll.roll_of(turn.uow, course, day) if one.enrolment.status in came]


def _graduation(one: Pupil) -> str:
    return "came" if one.enrolment.status is EnrolmentStatus.COMPLETED else "blank"
