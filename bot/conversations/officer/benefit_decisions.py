"""What a step on an application needs: a sum, a reason, a day, the number on the card."""

from __future__ import annotations

from datetime import timedelta

from bot.conversations.officer.benefit_queue import open_one
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.spoken_days import spoken_day
from bot.conversations.turn import Turn
from bot.services.benefits import decisions, identity
from bot.services.benefits.applications import reference
from bot.services.benefits.identity import Kept
from bot.services.benefits.said_values import fen_said
from content.check_digits import folded, id_number_problem

script = Script("benefit_decisions")

AMOUNT, NOTE = "amount", "note"
GIVE_BACK = ("ticket_unclear", "price_differs", "facts_missing")
REFUSE = ("not_covered", "paid_elsewhere", "not_true")
SHOWN = "benefit_queue.one"


@script.asks("propose", WORDS, keeps_words=True)
def ask_to_propose(turn: Turn) -> None:
    """Propose at once where all is clear, else ask why it is granted all the same."""
    found = open_one(turn)
    if found is None:
        return
    _officer, application, worker = found
    if decisions.needs_reason(
        turn.uow, turn.deployment, application, worker, amount_fen=_amount(turn)
    ):
        turn.ask("benefit_queue.ask.why", [turn.choice("back", "common.choice.back")])
    else:
        _propose(turn, None)


@script.answers("propose")
def answer_propose(turn: Turn, answer: Answer) -> bool | None:
    """Propose with the reason."""
    if answer.choice == "back":
        turn.go(SHOWN)
        return None
    reason = answer.text.strip()
    if not reason or reason.isdecimal():
        return False
    _propose(turn, reason)
    return None


@script.asks("amount", WORDS, keeps_words=True)
def ask_amount(turn: Turn) -> None:
    """Ask for another sum than the rule's."""
    turn.ask("benefit_queue.ask.amount", [turn.choice("back", "common.choice.back")])


@script.answers("amount")
def answer_amount(turn: Turn, answer: Answer) -> bool | None:
    """Keep the sum; the reason is asked next."""
    if answer.choice == "back":
        turn.go(SHOWN)
        return None
    fen = fen_said(answer.text)
    if fen is None:
        turn.say("benefit_queue.ask.amount_unclear")
        turn.ask_again()
        return None
    turn.go("benefit_decisions.propose", **{AMOUNT: fen})
    return None


@script.asks("give_back", WORDS, keeps_words=True)
def ask_why_back(turn: Turn) -> None:
    """Ask what the worker should mend; the worker reads it."""
    reasons = [turn.choice(one, f"benefit_queue.reason.{one}") for one in GIVE_BACK]
    turn.ask("benefit_queue.ask.give_back", [*reasons, turn.choice("back", "common.choice.back")])


@script.answers("give_back")
def answer_why_back(turn: Turn, answer: Answer) -> bool | None:
    """Send it back with the reason."""
    return _with_reason(turn, answer, is_final=False)


@script.asks("refuse", WORDS, keeps_words=True)
def ask_why_not(turn: Turn) -> None:
    """Ask why it is refused; the worker reads it."""
    reasons = [turn.choice(one, f"benefit_queue.reason.{one}") for one in REFUSE]
    turn.ask("benefit_queue.ask.refuse", [*reasons, turn.choice("back", "common.choice.back")])


@script.answers("refuse")
def answer_why_not(turn: Turn, answer: Answer) -> bool | None:
    """Refuse it with the reason."""
    return _with_reason(turn, answer, is_final=True)


@script.asks("pay", WORDS)
def ask_paid_on(turn: Turn) -> None:
    """Ask on which day the money went out."""
    choices = [
        turn.choice("today", "benefit_queue.choice.today"),
        turn.choice("yesterday", "benefit_queue.choice.yesterday"),
        turn.choice("back", "common.choice.back"),
    ]
    turn.ask("benefit_queue.ask.paid_on", choices)


@script.answers("pay")
def answer_paid_on(turn: Turn, answer: Answer) -> bool | None:
    """Note the payment; nothing is taken back after it."""
    found = open_one(turn)
    if found is None or answer.choice == "back":
        if found is not None:
            turn.go(SHOWN)
        return None
    today = turn.deployment.today
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    day = named.get(answer.choice or "") or spoken_day(answer.text, today)
    if day is None:
        return False
    officer, application, _worker = found
    decisions.mark_paid(turn.uow, turn.deployment, application, officer, on=day)
    turn.say("benefit_queue.done.paid", number=reference(application), day=day.isoformat())
    turn.finish(again="benefit_queue.done.again")
    return None


@script.asks("id_number", WORDS, keeps_words=True)
def ask_id_number(turn: Turn) -> None:
    """Ask for the number on the card that the officer has before them."""
    turn.ask("benefit_queue.ask.id_number", [turn.choice("back", "common.choice.back")])


@script.answers("id_number")
def answer_id_number(turn: Turn, answer: Answer) -> bool | None:
    """Check and keep it; a number that another entry has is said, never merged."""
    found = open_one(turn)
    if found is None or answer.choice == "back":
        if found is not None:
            turn.go(SHOWN)
        return None
    officer, _application, worker = found
    problem = id_number_problem(folded(answer.text), today=turn.deployment.today)
    if problem is not None:
        turn.say(f"check_digits.id_number.{problem}")
        turn.ask_again()
        return None
    given = identity.keep(
        turn.uow, turn.deployment, worker, answer.text, address=None, officer=officer
    )
    purpose = "kept" if given.outcome is Kept.SAME else given.outcome.value
    name = None
    if given.outcome is Kept.ANOTHERS:
        name = identity.holder_seen_by(turn.uow, turn.deployment, officer, answer.text)
    if name is not None:
        turn.say("benefit_queue.id_number.holders", last=given.last, name=name)
    else:
        turn.say(f"benefit_queue.id_number.{purpose}", last=given.last)
    turn.go(SHOWN)
    return None


def _amount(turn: Turn) -> int | None:
    value = turn.answers.get(AMOUNT)
    return value if isinstance(value, int) else None


def _propose(turn: Turn, reason: str | None) -> None:
    found = open_one(turn)
    if found is None:
        return
    officer, application, _worker = found
    decisions.propose(
        turn.uow,
        turn.deployment,
        application,
        officer,
        amount_fen=_amount(turn),
        note=reason,
    )
    turn.say("benefit_queue.done.proposed", number=reference(application))
    turn.finish(again="benefit_queue.done.again")


def _with_reason(turn: Turn, answer: Answer, *, is_final: bool) -> bool | None:
    found = open_one(turn)
    if found is None or answer.choice == "back":
        if found is not None:
            turn.go(SHOWN)
        return None
    reason = answer.text.strip()
    if answer.choice is not None:
        reason = turn.text(f"benefit_queue.reason.{answer.choice}")
    if not reason or reason.isdecimal():
        return False
    officer, application, _worker = found
    act = decisions.refuse if is_final else decisions.give_back
    act(turn.uow, turn.deployment, application, officer, reason=reason)
    purpose = "refused" if is_final else "returned"
    turn.say(f"benefit_queue.done.{purpose}", number=reference(application), reason=reason)
    turn.finish(again="benefit_queue.done.again")
    return None
