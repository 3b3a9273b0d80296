"""我想学…: courses that fit, a seat, and how one gets there; else the wish is kept."""

from __future__ import annotations

from uuid import UUID

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.vacancy_lines import POSITIONS
from bot.conversations.worker.course_shown import (
    COURSE,
    LISTED,
    chosen_course,
    is_still_open,
    line_of,
    listed_courses,
    more_words,
    say_promise,
)
from bot.conversations.worker.family import is_chosen
from bot.conversations.worker.help import pass_on_the_way
from bot.conversations.worker.profile_facts import draft
from bot.conversations.worker.search_session import key_in
from bot.services.cases.office_hours import spoken_moment
from bot.services.people import consents
from bot.services.people.workers import is_full_name
from bot.services.training import fitting, seats
from bot.services.training.course_messages import known_values
from bot.services.training.fitting import Fitting
from bot.services.training.offers import offer_options
from bot.services.training.seats import PLANS
from storage.models import Course, Enrolment, Worker
from storage.states import Decision, Purpose

script = Script("training")
TRADE, ENROLMENT = "trade", "enrolment"


@script.intent("training")
def wish_to_learn(turn: Turn) -> None:
    """Show the courses of the trade that is named, or any; keep the wish where there is none."""
    trade = turn.deployment.reader.courses.trade_in(turn.inbound.text)
    turn.answers.clear()
    show_for(turn, trade)


@script.asks("any")
def show_any(turn: Turn) -> None:
    """Show whatever can be learnt, from the menu."""
    show_for(turn, None)


def show_for(turn: Turn, trade: str | None) -> None:
    """Show what can be learnt of a trade, any where it is None."""
    found = _found(turn, trade)
    turn.answers[TRADE] = trade
    if not found:
        turn.go("training_wish.none")
        return
    keys = [one.course.id.hex for one in found]
    if len(keys) == 1:
        turn.go("training.detail", **{LISTED: keys, COURSE: keys[0]})
    else:
        turn.go("training.list", **{LISTED: keys})


def tell_on_the_way(turn: Turn) -> None:
    """Say one course, or keep the wish, beside another wish that has the last word."""
    trade = turn.deployment.reader.courses.trade_in(turn.inbound.text)
    found = _found(turn, trade)
    if found:
        course = found[0].course
        options = offer_options(turn.deployment, course, turn.language)
        turn.say("training.list.beside", options=options, line=line_of(turn, course))
    elif turn.worker is not None and _is_kept(turn, turn.worker):
        fitting.wish(turn.uow, turn.deployment, turn.worker, trade)
        turn.say("training.wish.kept_beside")
    else:
        pass_on_the_way(turn)


@script.asks("list")
def ask_list(turn: Turn) -> None:
    """Show up to three courses, a numbered bubble each, and ask which."""
    courses = [course for course in listed_courses(turn) if is_still_open(turn, course)]
    if not courses:
        turn.go("training_wish.none")
        return
    turn.answers[LISTED] = [course.id.hex for course in courses]
    say_promise(turn)
    for position, course in zip(POSITIONS, courses, strict=False):
        turn.say(f"vacancy_lines.line.{position}", line=line_of(turn, course))
    choices = [
        turn.choice(course.id.hex, f"job_search.list.{position}")
        for position, course in zip(POSITIONS, courses, strict=False)
    ]
    none = turn.choice("none", "training.list.none", "都不想学", "不想学", "都不要")
    turn.ask("training.list.which", [*choices, none, turn.human_choice()])


@script.answers("list")
def answer_list(turn: Turn, answer: Answer) -> bool | None:
    """Look closer at one, or let all be."""
    if answer.choice == "none":
        _close(turn, "training.left.said")
    elif answer.choice is not None:
        turn.go("training.detail", **{COURSE: answer.choice})
    else:
        return False
    return None


@script.asks("detail")
def ask_detail(turn: Turn) -> None:
    """Say what one course is, what it leads to, and whether there is a seat."""
    course = chosen_course(turn)
    if course is None or not is_still_open(turn, course):
        _close(turn, "training.refused.closed")
        return
    if len(listed_courses(turn)) == 1:
        say_promise(turn)
    turn.say_words(line_of(turn, course), key="course_lines.line.between")
    take = turn.choice("take", "training.choice.take", "报名", "报", "我要报", "要学", "想学", "去")
    leave = turn.choice("leave", "training.choice.leave", "不学", "不要", "不去", "算了")
    words = [more_words(turn, course), turn.text("training.detail.ask")]
    turn.ask_words(
        "\n".join(one for one in words if one),
        [take, leave, turn.human_choice()],
        key="training.detail.ask",
    )


@script.answers("detail")
def answer_detail(turn: Turn, answer: Answer) -> bool | None:
    """Ask for a seat, or leave it."""
    choice = answer.choice
    if choice is None and answer.reading.yes_no is not None and not answer.number:
        choice = "take" if answer.reading.yes_no else "leave"
    if choice == "take":
        turn.go("training.enrol")
    elif choice == "leave":
        _close(turn, "training.left.said")
    else:
        return False
    return None


@script.asks("enrol")
def enrol(turn: Turn) -> None:
    """Ask for what is missing, then for the seat."""
    worker, course = turn.worker, chosen_course(turn)
    if course is None:
        _close(turn, "training.refused.closed")
    elif worker is None or not _is_kept(turn, worker):
        _ask_for(turn, "first_contact.consent", otherwise="training.only_looking")
    elif len(turn.workers) > 1 and not is_chosen(turn):
        turn.go("training_wish.whom")
    elif worker.name is None or not is_full_name(worker.name):
        _ask_for(turn, "profile.name", otherwise="training.without_name")
    elif course.enterprise_id is not None and _is_school_open(turn, worker, course):
        turn.go("training.school")
    else:
        _take_seat(turn, worker, course)


@script.asks("school")
def ask_school(turn: Turn) -> None:
    """Ask once whether the school or firm may read the name, to call the roll."""
    course = chosen_course(turn)
    firm = (
        turn.uow.enterprises.get(course.enterprise_id) if course and course.enterprise_id else None
    )
    give = turn.choice("yes", "training.school.give", "给嘛", "同意", "可以", "给")
    keep = turn.choice("no", "training.school.keep", "莫给", "不同意", "不给")
    name = firm.name if firm is not None else ""
    turn.ask("training.school.ask", [give, keep, turn.human_choice()], firm=name)


@script.answers("school")
def answer_school(turn: Turn, answer: Answer) -> bool | None:
    """Write the answer down; the seat is asked for either way."""
    worker, course = turn.worker, chosen_course(turn)
    if answer.choice is None or worker is None or course is None:
        return False
    consents.record(
        turn.uow,
        turn.deployment,
        turn.address.id,
        Purpose.PASS_CONTACT,
        Decision.GRANTED if answer.choice == "yes" else Decision.DECLINED,
        worker_id=worker.id,
        subject_id=course.enterprise_id,
    )
    _take_seat(turn, worker, course)
    return None


@script.asks("only_looking")
def only_looking(turn: Turn) -> None:
    """Somebody who is not to be remembered cannot be given a seat; a person can help."""
    _close(turn, "training.left.only_looking")


@script.asks("without_name")
def without_name(turn: Turn) -> None:
    """Without a name nobody can call the roll."""
    _close(turn, "training.left.without_name")


@script.asks("plan")
def ask_plan(turn: Turn) -> None:
    """Ask how somebody gets there: who has a plan comes."""
    choices = [turn.choice(plan, f"training.plan.{plan}") for plan in PLANS]
    turn.ask("training.plan.ask", choices)


@script.answers("plan")
def answer_plan(turn: Turn, answer: Answer) -> bool | None:
    """Keep the plan; the reminder repeats it."""
    enrolment = _enrolment(turn)
    if answer.choice not in PLANS or enrolment is None:
        return False
    keep_plan(turn, enrolment, answer.choice)
    return None


def keep_plan(turn: Turn, enrolment: Enrolment, plan: str) -> None:
    """Keep how somebody gets there and say when they are seen."""
    enrolment.plan = plan
    course = turn.uow.courses.need(enrolment.course_id)
    values = known_values(turn.deployment, course, turn.worker, language=turn.language)
    turn.say("training.plan.kept", day=values["day"])
    turn.finish(again="training.plan.again")


def _take_seat(turn: Turn, worker: Worker, course: Course) -> None:
    asked = seats.enrol(turn.uow, turn.deployment, course.id, worker, turn.address)
    held = turn.uow.courses.need(course.id)
    values = known_values(turn.deployment, held, worker, language=turn.language)
    if asked.place is None:
        key = "training.told.seat" if asked.is_new else "training.told.seat_again"
        turn.say_words(turn.text(key, **values), key=key)
        if asked.enrolment.plan is None:
            turn.go("training.plan", **{ENROLMENT: asked.enrolment.id.hex})
        else:
            turn.finish(again="training.plan.again")
        return
    if held.allots_at is not None:
        moment = spoken_moment(turn.deployment, held.allots_at, turn.language)
        words = turn.text("training.told.gathers", moment=moment, **values)
        turn.say_words(words, key="training.told.gathers")
    else:
        words = turn.text("training.told.waits", place_in_line=asked.place, **values)
        turn.say_words(words, key="training.told.waits")
    turn.finish(again="training.told.again")


def _found(turn: Turn, trade: str | None) -> list[Fitting]:
    return fitting.fitting_courses(turn.uow, turn.deployment, home=draft(turn).home, trade=trade)


def _enrolment(turn: Turn) -> Enrolment | None:
    key = key_in(turn.answers.get(ENROLMENT))
    row = turn.uow.enrolments.get(key) if key is not None else None
    return row if row is not None and row.worker_id in {one.id for one in turn.workers} else None


def _is_kept(turn: Turn, worker: Worker) -> bool:
    # Whoever an officer or an import registered has not answered a question; only a no counts.
    return worker.id not in turn.uow.recommendations.without_consent(among=worker.id)


def _is_school_open(turn: Turn, worker: Worker, course: Course) -> bool:
    """Tell whether nobody was asked yet whether this school may read the name."""
    newest = turn.uow.consents.newest(
        turn.address.id,
        Purpose.PASS_CONTACT,
        worker_id=worker.id,
        subject_id=course.enterprise_id,
    )
    return newest is None


def _ask_for(turn: Turn, step: str, *, otherwise: str) -> None:
    turn.go(step, then="training.enrol", otherwise=otherwise)


def _close(turn: Turn, key: str) -> None:
    turn.say(key)
    turn.finish(again=key)


def begin(turn: Turn, course_id: UUID) -> None:
    """Ask for a seat in one course, from a button that may be days old."""
    turn.answers.clear()
    turn.go("training.enrol", **{COURSE: course_id.hex})
