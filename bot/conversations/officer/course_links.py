"""Which vacancies a course leads to: tapped on, tapped off."""

from __future__ import annotations

from bot.conversations.officer.courses import COURSE
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.search_session import key_in
from bot.errors import UserError
from bot.services.training import courses, schools
from bot.services.vacancies.vacancy_states import reference
from storage.models import Course, Vacancy

script = Script("course_links")
SHOWN = 8


@script.action("course_link")
def press_link(turn: Turn, argument: str) -> None:
    """Choose the vacancies of a course from the message that told of it."""
    turn.answers = {}
    turn.go("course_links.choose", **{COURSE: argument})


@script.asks("choose")
def ask_choose(turn: Turn) -> None:
    """List vacancies of the firm that ordered it, else of its trade; a tick before the linked."""
    course = shared_course(turn)
    rows = _candidates(turn, course)
    linked = {row.id for row in turn.uow.courses.vacancies_of(course.id)}
    if not rows:
        turn.say("course_links.choose.none", number=courses.reference(course))
        turn.finish()
        return
    choices = [
        Choice(
            row.id.hex,
            turn.text(
                "course_links.choose.on" if row.id in linked else "course_links.choose.off",
                number=reference(row),
                title=row.title or row.trade,
            ),
            (reference(row),),
        )
        for row in rows
    ]
    done = turn.choice("done", "course_links.choose.done", "好了", "完")
    turn.ask("course_links.choose.ask", [*choices, done], number=courses.reference(course))


@script.answers("choose")
def answer_choose(turn: Turn, answer: Answer) -> bool | None:
    """Tick a vacancy on or off, or end."""
    course = shared_course(turn)
    if answer.choice == "done":
        count = len(turn.uow.courses.vacancies_of(course.id))
        turn.say("course_links.choose.kept", number=courses.reference(course), count=count)
        turn.finish()
        return None
    key = key_in(answer.choice)
    if key is None or key not in {row.id for row in _candidates(turn, course)}:
        return False
    linked = [row.id for row in turn.uow.courses.vacancies_of(course.id)]
    chosen = [one for one in linked if one != key] if key in linked else [*linked, key]
    turn.uow.courses.link(course.id, chosen)
    turn.ask_again()
    return None


def shared_course(turn: Turn) -> Course:
    """Return the course of this conversation for its officer, school or firm.

    Raises:
        UserError: There is none, or it is somebody else's.
    """
    key = key_in(turn.answers.get(COURSE))
    course = turn.uow.courses.get(key) if key is not None else None
    if course is not None:
        officer = turn.officer
        if officer is not None and schools.may_manage(turn.deployment, officer, course):
            return course
        if schools.holds(turn.enterprise, course):
            return course
    raise UserError("courses.refused.unknown")


def _candidates(turn: Turn, course: Course) -> list[Vacancy]:
    return turn.uow.courses.may_lead_to(
        course.bureau_adcode,
        trade=course.trade,
        enterprise_id=course.enterprise_id,
        limit=SHOWN,
    )
