"""The officer's queue: vacancies and firms that wait for a decision."""

from __future__ import annotations

import uuid

from bot.conversations.officer.review_lines import (
    decided_line,
    published_lines,
    queue_line,
    vacancy_lines,
)
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.services.people.officer_views import audit_view
from bot.services.vacancies import reviews
from bot.services.vacancies.vacancies import reference
from storage.models import Officer, Vacancy
from storage.states import VacancyStatus

script = Script("review")
SHOWN_AT_ONCE = 8
VACANCY, FIRM = "vacancy", "firm"
REASONS = ("wage_unclear", "place_unclear", "words_unlawful", "not_true")


def my_officer(turn: Turn) -> Officer | None:
    """Return who decides here; somebody else is told that this is for officers."""
    if turn.officer is None:
        turn.say("review.refused.no_officer")
        turn.finish()
    return turn.officer


@script.asks("queue")
def queue(turn: Turn) -> None:
    """List what waits, the oldest promise first, then firms to verify."""
    officer = my_officer(turn)
    if officer is None:
        return
    rows = reviews.waiting(turn.uow, officer)
    firms = reviews.pending_firms(turn.uow, officer)
    if not rows and not firms:
        turn.say("review.queue.empty")
        turn.finish()
        return
    lines = [queue_line(turn, row) for row in rows[:SHOWN_AT_ONCE]]
    choices = [
        Choice(f"{VACANCY}:{row.vacancy.id.hex}", reference(row.vacancy))
        for row in rows[:SHOWN_AT_ONCE]
    ]
    for firm in firms[: max(0, SHOWN_AT_ONCE - len(choices))]:
        lines.append(turn.text("review.queue.firm", firm=firm.name))
        choices.append(Choice(f"{FIRM}:{firm.id.hex}", firm.name))
    head = turn.text("review.queue.head", vacancies=len(rows), firms=len(firms))
    turn.ask_words("\n".join([head, *lines]), choices, key="review.queue.head")


@script.answers("queue")
def choose(turn: Turn, answer: Answer) -> bool | None:
    """Open what was chosen."""
    kind, _, key = (answer.choice or "").partition(":")
    if kind == VACANCY:
        turn.go("review.vacancy", vacancy=key)
    elif kind == FIRM:
        turn.go("review_firms.one", firm=key)
    else:
        return False
    return True


@script.action("review")
def open_review(turn: Turn, key: str) -> None:
    """Open a vacancy from the message that told of it."""
    turn.answers = {}
    turn.go("review.vacancy", vacancy=key)


@script.asks("vacancy")
def show(turn: Turn) -> None:
    """Show everything the decision needs, or who decided before."""
    vacancy = _vacancy(turn)
    if vacancy is None:
        return
    if vacancy.status != VacancyStatus.IN_REVIEW:
        turn.say_words(decided_line(turn, vacancy), key="review.decided.line")
        turn.finish()
        return
    choices = [
        turn.choice("approve", "review.choice.approve"),
        turn.choice("give_back", "review.choice.give_back"),
        turn.choice("reject", "review.choice.reject"),
        turn.choice("original", "review.choice.original"),
        turn.choice("queue", "review.choice.queue"),
    ]
    turn.ask_words(vacancy_lines(turn, vacancy), choices, key="review.vacancy.head")


@script.answers("vacancy")
def decide(turn: Turn, answer: Answer) -> bool | None:
    """Approve, ask for a reason, show the post, or go back."""
    vacancy = _vacancy(turn)
    if vacancy is None:
        return True
    if answer.choice == "approve":
        _approve(turn, vacancy)
    elif answer.choice in {"give_back", "reject"}:
        turn.go("review.reason", decision=answer.choice)
    elif answer.choice == "original":
        _show_original(turn, vacancy)
    elif answer.choice == "queue":
        turn.finish()
        turn.go("review.queue")
    else:
        return False
    return True


@script.asks("reason", WORDS, keeps_words=True)
def ask_reason(turn: Turn) -> None:
    """Ask why, in common reasons or own words; the firm reads it."""
    reasons = [turn.choice(reason, f"review.reason.{reason}") for reason in REASONS]
    back = turn.choice("back", "common.choice.back")
    turn.ask(f"review.reason.ask_{turn.answers.get('decision')}", [*reasons, back])


@script.answers("reason")
def decide_with_reason(turn: Turn, answer: Answer) -> bool | None:
    """Give the vacancy back or refuse it with the reason."""
    vacancy = _vacancy(turn)
    if vacancy is None:
        return True
    if answer.choice == "back":
        turn.go("review.vacancy")
        return True
    reason = turn.text(f"review.reason.{answer.choice}") if answer.choice else answer.text.strip()
    if not reason or reason.isdecimal():
        return False
    officer = my_officer(turn)
    if officer is None:
        return True
    is_final = turn.answers.get("decision") == "reject"
    act = reviews.reject if is_final else reviews.give_back
    act(turn.uow, turn.deployment, vacancy, officer, reason=reason)
    said = "rejected" if is_final else "given_back"
    turn.say(f"review.done.{said}", number=reference(vacancy), reason=reason)
    turn.finish(again="review.done.again")
    return True


def _approve(turn: Turn, vacancy: Vacancy) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    published = reviews.approve(turn.uow, turn.deployment, vacancy, officer)
    words = published_lines(turn, vacancy, published)
    if vacancy.posted_by_officer == officer.id:
        words = turn.text("vacancy_posting.obstacle.own_demo") + "\n" + words
    turn.say_words(words, key="review.published.told")
    turn.finish(again="review.done.again")


def _show_original(turn: Turn, vacancy: Vacancy) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    audit_view(
        turn.uow,
        turn.deployment,
        officer,
        "view_post",
        subject_kind="vacancy",
        subject_id=vacancy.id,
    )
    if vacancy.post_text:
        turn.say("review.vacancy.original", words=vacancy.post_text)
    else:
        turn.say("review.vacancy.no_original")
    turn.ask_again()


def _vacancy(turn: Turn) -> Vacancy | None:
    """Return the vacancy of this conversation; a foreign or unknown one is answered alike."""
    officer = my_officer(turn)
    if officer is None:
        return None
    try:
        key = uuid.UUID(str(turn.answers.get("vacancy")))
    except ValueError:
        vacancy = None
    else:
        vacancy = reviews.visible_vacancy(turn.uow, turn.deployment, officer, key)
    if vacancy is None:
        turn.say("review.refused.unknown")
        turn.finish()
    return vacancy
