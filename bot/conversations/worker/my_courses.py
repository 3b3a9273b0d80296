"""我报的班: seats and places in line, and giving them back with a reason."""

from __future__ import annotations

import functools
import re

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.search_session import key_in
from bot.conversations.worker.training import keep_plan, show_for
from bot.services.training import fitting, seats
from bot.services.training.course_messages import known_values
from bot.services.training.course_words import course_line
from bot.services.training.seats import HELD, PLANS, REASONS
from storage.models import Course, Enrolment
from storage.states import Role
from storage.training_states import EnrolmentStatus

script = Script("my_courses")
ENROLMENT = "enrolment"
MINE = re.compile(
    r"(?:我的|我报的?|看我的?)(?:培训)?(?:班|课|课程|培训)(?:呢|有哪些|在哪|到哪了)?[。.!?？ ]*"
)
NO_MORE = re.compile(r"(?:我)?(?:不想学|不学|不得学|不想培训)(?:了|咯|啦)?[。.! ]*")


@script.intercept
def hear(turn: Turn) -> bool:
    """Hear 我报的班, and 不学了 of somebody with a seat where no other question is open."""
    if turn.role is not Role.WORKER or not turn.workers:
        return False
    said = turn.inbound.text.strip()
    if MINE.fullmatch(said):
        turn.answers.clear()
        turn.go("my_courses.mine")
        return True
    is_free = turn.step is None or turn.step.startswith(("menu.", "my_courses."))
    return bool(is_free and NO_MORE.fullmatch(said)) and _give_up(turn)


@script.asks("mine")
def ask_mine(turn: Turn) -> None:
    """List the courses of this person in plain words, and ask what to do."""
    rows = turn.uow.enrolments.of_worker(turn.worker.id) if turn.worker is not None else []
    if not rows:
        turn.say("my_courses.mine.none")
        turn.finish()
        return
    for enrolment, course in rows:
        turn.say("my_courses.mine.line", line=_line(turn, course), state=_state(turn, enrolment))
    choices = [
        turn.choice(enrolment.id.hex, "my_courses.mine.cannot_go", title=course.title)
        for enrolment, course in rows
        if enrolment.status in HELD
    ]
    others = turn.choice("others", "training.choice.others", "别的", "再学")
    turn.ask("my_courses.mine.ask", [*choices, others, turn.human_choice()])


@script.answers("mine")
def answer_mine(turn: Turn, answer: Answer) -> bool | None:
    """Give one back, or look for others."""
    if answer.choice is None:
        return False
    if answer.choice == "others":
        turn.answers.clear()
        show_for(turn, None)
    else:
        turn.go("my_courses.why", **{ENROLMENT: answer.choice})
    return None


@script.action("course_drop")
def press_cannot_go(turn: Turn, argument: str) -> None:
    """Ask why somebody cannot come, from a button that may be days old."""
    turn.answers.clear()
    turn.go("my_courses.why", **{ENROLMENT: argument})


@script.action("course_go")
def press_goes(turn: Turn, argument: str) -> None:
    """Take a yes to the reminder."""
    turn.answers[ENROLMENT] = argument
    enrolment = _enrolment(turn)
    if enrolment is None or enrolment.status not in HELD:
        turn.say("my_courses.gone.said")
        turn.finish(again="my_courses.gone.said")
        return
    course = turn.uow.courses.need(enrolment.course_id)
    values = known_values(turn.deployment, course, turn.worker, language=turn.language)
    turn.say("my_courses.comes.said", day=values["day"], place=values["place"])
    turn.finish(again="my_courses.comes.again")


def _press_plan(plan: str, turn: Turn, argument: str) -> None:
    """Keep how somebody gets there, from the button under the news of the seat."""
    turn.answers = {ENROLMENT: argument}
    enrolment = _enrolment(turn)
    if enrolment is None or enrolment.status not in HELD:
        turn.say("my_courses.gone.said")
        turn.finish(again="my_courses.gone.said")
        return
    keep_plan(turn, enrolment, plan)


for _plan in PLANS:
    script.action(f"plan_{_plan}")(functools.partial(_press_plan, _plan))


@script.asks("why")
def ask_why(turn: Turn) -> None:
    """Ask why, or leave all as it was; somebody else gets the seat."""
    enrolment = _enrolment(turn)
    if enrolment is None or enrolment.status not in HELD:
        turn.say("my_courses.gone.said")
        turn.finish(again="my_courses.gone.said")
        return
    course = turn.uow.courses.need(enrolment.course_id)
    choices = [turn.choice(reason, f"training.reason.{reason}") for reason in REASONS]
    stay = turn.choice("stay", "my_courses.why.stay", "还是去", "去", "点错了")
    turn.ask("my_courses.why.ask", [*choices, stay], title=course.title)


@script.answers("why")
def answer_why(turn: Turn, answer: Answer) -> bool | None:
    """Give the seat back with the reason."""
    enrolment = _enrolment(turn)
    if answer.choice is None or enrolment is None:
        return False
    if answer.choice == "stay":
        turn.say("my_courses.why.stays")
        turn.finish(again="my_courses.why.stays")
        return None
    was_waiting = enrolment.status is EnrolmentStatus.WAITLISTED
    seats.drop(turn.uow, turn.deployment, enrolment, reason=answer.choice)
    turn.say("my_courses.why.left_line" if was_waiting else "my_courses.why.dropped")
    turn.finish(again="my_courses.gone.said")
    return None


def _give_up(turn: Turn) -> bool:
    worker = turn.worker
    if worker is None:
        return False
    held = turn.uow.enrolments.held_by(worker.id)
    if len(held) == 1:
        turn.answers.clear()
        turn.go("my_courses.why", **{ENROLMENT: held[0][0].id.hex})
        return True
    if held:
        turn.answers.clear()
        turn.go("my_courses.mine")
        return True
    if not turn.uow.enrolments.wishes_of(worker.id):
        return False
    fitting.end_wishes(turn.uow, turn.deployment, worker.id)
    turn.say("training.wish.ended")
    turn.finish(again="training.wish.ended")
    return True


def _state(turn: Turn, enrolment: Enrolment) -> str:
    place = seats.place_of(turn.uow, enrolment)
    if place is not None:
        return turn.text("my_courses.state.waitlisted", place_in_line=place)
    return turn.text(f"my_courses.state.{enrolment.status.value}")


def _line(turn: Turn, course: Course) -> str:
    home = turn.worker.home if turn.worker is not None else None
    return course_line(turn.deployment, course, home=home, language=turn.language)


def _enrolment(turn: Turn) -> Enrolment | None:
    key = key_in(turn.answers.get(ENROLMENT))
    row = turn.uow.enrolments.get(key) if key is not None else None
    if row is None or row.worker_id not in {one.id for one in turn.workers}:
        return None
    if len(turn.workers) > 1:
        turn.address.acting_for = row.worker_id
    return row
