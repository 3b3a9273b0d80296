"""/class: a training school announces a course, a firm orders one; an officer opens it."""

from __future__ import annotations

from bot.conversations.officer.course_drafts import SHORTEST, TEXT, corrected
from bot.conversations.officer.course_lines import (
    course_lines,
    facts_lines,
    keep_facts,
    kept_facts,
    list_line,
)
from bot.conversations.officer.courses import COURSE
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.search_session import key_in
from bot.errors import UserError
from bot.messages import Option
from bot.services.sending.deliveries import action_data
from bot.services.training import courses, schools
from storage.models import Course, Enterprise
from storage.states import EnterpriseStatus, Role
from storage.training_states import CourseStatus

script = Script("ordered_class")
SAID = frozenset({"开班", "培训班", "开培训班", "订单班", "我的培训班"})
FIRMS = frozenset({Role.ENTERPRISE})
ROLL_STATES = frozenset({CourseStatus.OPEN, CourseStatus.RUNNING, CourseStatus.DONE})


def my_firm(turn: Turn) -> Enterprise:
    """Return the school or firm that speaks here.

    Raises:
        UserError: It is none, or no officer has let it in yet.
    """
    firm = turn.enterprise
    if firm is None:
        raise UserError("vacancy_posting.refused.no_firm")
    if firm.status is not EnterpriseStatus.VERIFIED:
        raise UserError("ordered_class.refused.not_let_in")
    return firm


@script.command("class", "开班", "订单班", roles=FIRMS)
def class_command(turn: Turn, argument: str) -> None:
    """Show this school's or firm's courses; words behind the command are a course to be read."""
    turn.finish()
    if len(argument.strip()) >= SHORTEST:
        my_firm(turn)
        _read(turn, argument)
    else:
        turn.go("ordered_class.list")


@script.intercept
def hear(turn: Turn) -> bool:
    """Hear 开班 where no question is open."""
    is_free = turn.step is None or turn.step.startswith("menu.")
    if turn.role is not Role.ENTERPRISE or not is_free:
        return False
    if turn.inbound.text.strip() not in SAID:
        return False
    class_command(turn, "")
    return True


@script.asks("list")
def ask_list(turn: Turn) -> None:
    """List the courses that go on or are ahead."""
    firm = my_firm(turn)
    rows = turn.uow.courses.of_enterprise(firm.id)
    taken = turn.uow.enrolments.seats_taken([row.id for row in rows])
    lines = [
        turn.text("courses.list.head" if rows else "ordered_class.list.empty", count=len(rows))
    ]
    lines += [list_line(turn, row, taken.get(row.id, 0)) for row in rows]
    choices = [Choice(row.id.hex, courses.reference(row)) for row in rows]
    new = turn.choice("new", "ordered_class.choice.new", "开班", "新班")
    back = turn.choice("back", "common.choice.back")
    turn.ask_words("\n".join(lines), [*choices, new, back], key="courses.list.head")


@script.answers("list")
def answer_list(turn: Turn, answer: Answer) -> bool | None:
    """Look at one, begin a new one, or go back."""
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.enterprise")
    elif answer.choice == "new":
        turn.go("ordered_class.new")
    elif answer.choice is not None:
        turn.go("ordered_class.one", **{COURSE: answer.choice})
    else:
        return False
    return None


@script.asks("new", WORDS, keeps_words=True)
def ask_new(turn: Turn) -> None:
    """Ask for the announcement."""
    my_firm(turn)
    turn.ask("ordered_class.new.ask", [turn.choice("back", "common.choice.back")])


@script.answers("new")
def answer_new(turn: Turn, answer: Answer) -> bool | None:
    """Read what was pasted."""
    if answer.choice == "back":
        turn.go("ordered_class.list")
        return None
    if len(answer.text.strip()) < SHORTEST:
        return False
    _read(turn, answer.text)
    return None


@script.asks("draft", WORDS, keeps_words=True)
def ask_draft(turn: Turn) -> None:
    """Show what was understood and what is missing; a line corrects it."""
    my_firm(turn)
    facts = kept_facts(turn)
    lines = facts_lines(turn, facts)
    choices = []
    if not courses.missing_in(facts):
        choices = [turn.choice("send", "ordered_class.choice.send", "送审", "好", "对的")]
    choices.append(turn.choice("drop", "courses.choice.drop", "不要了"))
    lines.append(turn.text("courses.draft.how"))
    turn.ask_words("\n".join(lines), choices, key="courses.draft.how")


@script.answers("draft")
def answer_draft(turn: Turn, answer: Answer) -> bool | None:
    """Send it to the officer, or take a line of correction."""
    firm = my_firm(turn)
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
    text = str(turn.answers.get(TEXT) or "") or None
    course = schools.propose(turn.uow, turn.deployment, firm, kept_facts(turn), text=text)
    label = turn.text("ordered_class.choice.link")
    options = [Option(1, label, action_data("course_link", course.id.hex))]
    turn.say("ordered_class.done.sent", options=options, number=courses.reference(course))
    turn.finish(again="ordered_class.done.again")
    return None


@script.asks("one")
def ask_one(turn: Turn) -> None:
    """Show a course of one's own with what can be done."""
    course = _own_course(turn)
    choices = [turn.choice("link", "ordered_class.choice.link")]
    if course.status in ROLL_STATES:
        choices.append(turn.choice("people", "courses.choice.people"))
    if course.status is CourseStatus.RUNNING:
        choices.append(turn.choice("roll", "courses.choice.roll", "点名"))
        choices.append(turn.choice("graduates", "courses.choice.graduates", "结业"))
    choices.append(turn.choice("list", "courses.choice.list"))
    turn.ask_words("\n".join(course_lines(turn, course)), choices, key="courses.shown.head")


@script.answers("one")
def answer_one(turn: Turn, answer: Answer) -> bool | None:
    """Do what was chosen."""
    steps = {
        "link": "course_links.choose",
        "people": "course_roll.people",
        "roll": "course_roll.day",
        "graduates": "course_closing.graduates",
        "list": "ordered_class.list",
    }
    step = steps.get(answer.choice or "")
    if step is None:
        return False
    turn.go(step)
    return None


def _read(turn: Turn, words: str) -> None:
    facts = turn.deployment.reader.courses.read(
        words, home=turn.deployment.bureau_adcode, today=turn.deployment.today
    )
    keep_facts(turn, facts)
    turn.go("ordered_class.draft", **{TEXT: words})


def _own_course(turn: Turn) -> Course:
    key = key_in(turn.answers.get(COURSE))
    course = turn.uow.courses.get(key) if key is not None else None
    if course is None or not schools.holds(my_firm(turn), course):
        raise UserError("courses.refused.unknown")
    return course
