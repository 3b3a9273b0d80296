"""The officer's cases: the list, one case, and what one tap does."""

from __future__ import annotations

import re
import uuid

from bot.conversations.officer.case_lines import case_lines
from bot.conversations.officer.hand_over import begin_talk
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.messages import Option
from bot.services.cases import case_outcomes, cases
from bot.services.cases.case_messages import case_line
from bot.services.people.officer_views import audit_view
from bot.services.sending.deliveries import action_data
from storage.models import Case, Officer
from storage.states import CaseStatus

script = Script("cases")
SHOWN_AT_ONCE = 8
NUMBER = re.compile(r"[Cc][-－—_ ]?0*(\d{1,9})")


def my_officer(turn: Turn) -> Officer | None:
    """Return who works here; somebody else is told that this is for officers."""
    if turn.officer is None:
        turn.say("cases.refused.no_officer")
        turn.finish()
    return turn.officer


def case_of(turn: Turn) -> Case | None:
    """Return this conversation's case; a foreign or unknown one is answered alike."""
    officer = my_officer(turn)
    if officer is None:
        return None
    try:
        key = uuid.UUID(str(turn.answers.get("case")))
    except ValueError:
        case = None
    else:
        case = cases.visible_case(turn.uow, turn.deployment, officer, key)
    if case is None:
        turn.say("cases.refused.unknown")
        turn.finish()
    return case


@script.asks("queue", WORDS)
def queue(turn: Turn) -> None:
    """List open cases: urgent ones first, then by deadline."""
    officer = my_officer(turn)
    if officer is None:
        return
    bureau = turn.deployment.bureau_adcode
    rows = turn.uow.cases.in_scope(scope=officer.scope, limit=SHOWN_AT_ONCE, bureau_adcode=bureau)
    if not rows:
        turn.say("cases.queue.empty")
        turn.finish()
        return
    lines = [
        case_line(turn.uow, turn.deployment, row.case, due_at=row.due_at, language=turn.language)
        for row in rows
    ]
    choices = [Choice(row.case.id.hex, cases.reference(row.case)) for row in rows]
    count = turn.uow.cases.count_in_scope(scope=officer.scope, bureau_adcode=bureau)
    if count > len(rows):
        lines.append(turn.text("cases.queue.more", count=count - len(rows)))
    head = turn.text("cases.queue.head", count=count)
    turn.ask_words("\n".join([head, *lines]), choices, key="cases.queue.head")


@script.answers("queue")
def choose(turn: Turn, answer: Answer) -> bool | None:
    """Open the chosen case, or the one whose number was typed, closed ones too."""
    if answer.choice is not None:
        turn.go("cases.one", case=answer.choice)
        return True
    return _opened_by_number(turn, answer.text)


@script.command("case")
def open_by_command(turn: Turn, number: str) -> None:
    """Open a case by its number: `/case C-0007`."""
    if not _opened_by_number(turn, number if number[:1] in "Cc" else f"C-{number}"):
        turn.say("cases.refused.unknown")


@script.action("case")
def open_by_button(turn: Turn, key: str) -> None:
    """Open a case from the message that told of it."""
    turn.answers = {}
    turn.go("cases.one", case=key)


@script.action("case_contacted")
def contacted_by_button(turn: Turn, key: str) -> None:
    """Note with one tap that the officer spoke with the person."""
    turn.answers = {"case": key}
    case = case_of(turn)
    if case is not None:
        _contacted(turn, case)


@script.action("case_no_answer")
def no_answer_by_button(turn: Turn, key: str) -> None:
    """Note with one tap that nobody took the call."""
    turn.answers = {"case": key}
    case = case_of(turn)
    if case is not None:
        _no_answer(turn, case)


@script.action("talk")
def talk_by_button(turn: Turn, key: str) -> None:
    """Talk with the person of a case from its button."""
    turn.answers = {"case": key}
    case = case_of(turn)
    if case is not None:
        begin_talk(turn, case)


@script.asks("one")
def show(turn: Turn) -> None:
    """Show the case and what can be done with it now."""
    case = case_of(turn)
    officer = turn.officer
    if case is None or officer is None:
        return
    audit_view(
        turn.uow, turn.deployment, officer, "view_case", subject_kind="case", subject_id=case.id
    )
    values = _possible(turn, case)
    choices = [turn.choice(value, f"cases.choice.{value}") for value in values]
    turn.ask_words(case_lines(turn, case), choices, key="cases.one.owner")


@script.answers("one")
def act(turn: Turn, answer: Answer) -> bool | None:
    """Do what was chosen."""
    case = case_of(turn)
    if case is None:
        return True
    if answer.choice is None or answer.choice not in _possible(turn, case):
        return False
    steps = {
        "outcome": "case_work.outcome",
        "note": "case_work.note",
        "pass_on": "case_work.pass_on",
    }
    if answer.choice in steps:
        turn.go(steps[answer.choice])
        return True
    if answer.choice in {"act", "card"} and case.worker_id is not None:
        _offer(turn, case.worker_id, answer.choice)
        return True
    actions = {
        "contacted": _contacted,
        "no_answer": _no_answer,
        "phone": _show_phone,
        "talk": begin_talk,
        "unreachable": _unreachable,
        "reopen": _reopen,
        "queue": _back,
    }
    actions[answer.choice](turn, case)
    return True


def _possible(turn: Turn, case: Case) -> list[str]:
    if case.closed_at is not None:
        return ["reopen", "phone", "queue"]
    at_home = ["act", "card"] if case.worker_id is not None else []
    first = ["outcome"] if case.status is CaseStatus.CONTACTED else ["contacted"]
    last = ["unreachable"] if case_outcomes.suggests_unreachable(turn.uow, case) else []
    return [*first, "no_answer", "phone", "talk", "note", "pass_on", "queue", *at_home, *last]


def _offer(turn: Turn, worker_id: uuid.UUID, choice: str) -> None:
    """Give a button that works at any time: to act for the person, or to print a paper card."""
    action = {"act": "act_for", "card": "card"}[choice]
    button = Option(1, turn.text(f"cases.choice.{choice}"), action_data(action, worker_id.hex))
    turn.say(f"cases.one.{choice}", options=[button])
    turn.ask_again()


def _contacted(turn: Turn, case: Case) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    if case.status is not CaseStatus.CONTACTED:
        case_outcomes.contacted(turn.uow, turn.deployment, case, officer)
    turn.go("case_work.outcome", case=case.id.hex)


def _no_answer(turn: Turn, case: Case) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    count = case_outcomes.no_answer(turn.uow, turn.deployment, case, officer)
    turn.say("cases.done.no_answer", reference=cases.reference(case), count=count)
    turn.go("cases.one", case=case.id.hex)


def _show_phone(turn: Turn, case: Case) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    audit_view(
        turn.uow, turn.deployment, officer, "view_phone", subject_kind="case", subject_id=case.id
    )
    worker = turn.uow.workers.get(case.worker_id) if case.worker_id is not None else None
    firm = turn.uow.enterprises.at(case.address_id)
    if worker is not None:
        name, phone = worker.name, worker.phone
    else:
        name, phone = (firm.contact_name, firm.contact_phone) if firm else (None, None)
    if phone:
        turn.say("cases.one.phone", name=name or turn.text("cases.person.nameless"), phone=phone)
    else:
        turn.say("cases.one.no_phone")
    turn.go("cases.one", case=case.id.hex)


def _unreachable(turn: Turn, case: Case) -> None:
    turn.go("case_work.sure_unreachable", case=case.id.hex)


def _reopen(turn: Turn, case: Case) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    case_outcomes.reopen(turn.uow, turn.deployment, case, officer)
    turn.say("cases.done.reopened", reference=cases.reference(case))
    turn.go("cases.one", case=case.id.hex)


def _back(turn: Turn, _case: Case) -> None:
    turn.finish()
    turn.go("cases.queue")


def _opened_by_number(turn: Turn, words: str) -> bool:
    officer = my_officer(turn)
    found = NUMBER.fullmatch(words.strip())
    if officer is None:
        return True
    if found is None:
        return False
    case = turn.uow.cases.of_number(
        int(found[1]), scope=officer.scope, bureau_adcode=turn.deployment.bureau_adcode
    )
    if case is None:
        turn.say("cases.refused.unknown")
        turn.ask_again()
    else:
        turn.go("cases.one", case=case.id.hex)
    return True
