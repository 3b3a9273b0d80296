"""A course by pasted text: what was understood, what is missing, a line that puts it right."""

from __future__ import annotations

from bot.conversations.officer.course_lines import facts_lines, keep_facts, kept_facts
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Option
from bot.services.cases.office_hours import spoken_moment
from bot.services.sending.deliveries import action_data
from bot.services.training import courses, schools
from bot.understanding.courses.course_facts import CourseFacts
from storage.models import Course, Officer

script = Script("course_drafts")
TEXT = "text"
SHORTEST = 6


def my_officer(turn: Turn) -> Officer:
    """Return who looks after courses here.

    Raises:
        UserError: It is no officer.
    """
    if turn.officer is None:
        raise UserError("officer_joining.refused.no_officer")
    return turn.officer


@script.asks("new", WORDS, keeps_words=True)
def ask_new(turn: Turn) -> None:
    """Ask for the announcement of a course."""
    my_officer(turn)
    turn.ask("courses.new.ask", [turn.choice("back", "common.choice.back")])


@script.answers("new")
def answer_new(turn: Turn, answer: Answer) -> bool | None:
    """Read what was pasted."""
    if answer.choice == "back":
        turn.go("courses.list")
        return None
    if len(answer.text.strip()) < SHORTEST:
        return False
    read_new(turn, answer.text)
    return None


def read_new(turn: Turn, words: str) -> None:
    """Read a pasted course and show what was understood."""
    facts = turn.deployment.reader.courses.read(
        words, home=turn.deployment.bureau_adcode, today=turn.deployment.today
    )
    keep_facts(turn, facts)
    turn.go("course_drafts.draft", **{TEXT: words})


@script.asks("draft", WORDS, keeps_words=True)
def ask_draft(turn: Turn) -> None:
    """Show what was understood and what is missing; a line corrects it."""
    my_officer(turn)
    facts = kept_facts(turn)
    lines = facts_lines(turn, facts)
    choices = []
    if not courses.missing_in(facts):
        choices = [
            turn.choice("open", "courses.choice.open", "开班", "开", "对的", "可以"),
            turn.choice("keep", "courses.choice.keep", "先存", "存起来"),
        ]
    drop = turn.choice("drop", "courses.choice.drop", "不要了")
    lines.append(turn.text("courses.draft.how"))
    turn.ask_words("\n".join(lines), [*choices, drop], key="courses.draft.how")


@script.answers("draft")
def answer_draft(turn: Turn, answer: Answer) -> bool | None:
    """Keep or open the course, or take a line of correction."""
    officer = my_officer(turn)
    if answer.choice == "drop":
        turn.say("courses.done.dropped")
        turn.finish()
        return None
    if answer.choice is None:
        facts, changed = corrected(turn, kept_facts(turn), answer.text)
        if not changed:
            return False
        keep_facts(turn, facts)
        turn.ask_again()
        return None
    facts = kept_facts(turn)
    _refuse_twin(turn, facts)
    school = schools.school_named(turn.uow, turn.deployment, facts)
    course = courses.create_course(
        turn.uow,
        turn.deployment,
        facts,
        officer=officer,
        enterprise_id=school.id if school is not None else None,
        text=str(turn.answers.get(TEXT) or "") or None,
    )
    if answer.choice == "open":
        open_for_people(turn, course, officer)
    else:
        turn.say("courses.done.kept", number=courses.reference(course))
        turn.finish()
    return None


def corrected(turn: Turn, facts: CourseFacts, words: str) -> tuple[CourseFacts, tuple[str, ...]]:
    """Return the facts with what a line says, and what changed."""
    return turn.deployment.reader.courses.correct(
        facts, words, home=turn.deployment.bureau_adcode, today=turn.deployment.today
    )


def open_for_people(turn: Turn, course: Course, officer: Officer) -> None:
    """Open a course and say when its seats are given."""
    allots_at = courses.open_course(turn.uow, turn.deployment, course, officer)
    number = courses.reference(course)
    options = [
        Option(1, turn.text("courses.choice.look"), action_data("course", course.id.hex)),
        Option(2, turn.text("courses.choice.link"), action_data("course_link", course.id.hex)),
    ]
    if allots_at is None:
        turn.say("courses.done.opened_now", options=options, number=number)
    else:
        moment = spoken_moment(turn.deployment, allots_at, turn.language)
        turn.say("courses.done.opened", options=options, number=number, moment=moment)
    turn.finish(again="courses.done.again")


def _refuse_twin(turn: Turn, facts: CourseFacts) -> None:
    if facts.title is None or facts.starts_on is None:
        return
    twin = turn.uow.courses.same_as(
        turn.deployment.bureau_adcode, facts.title, facts.starts_on, adcode=facts.adcode
    )
    if twin is not None:
        raise UserError("courses.refused.twin", number=courses.reference(twin))
