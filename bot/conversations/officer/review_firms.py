"""Firms that wait for an officer: verify, refuse, let a second address speak."""

from __future__ import annotations

import uuid

from bot.conversations.officer.review import my_officer
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.services.people import enterprises
from bot.services.people.officer_views import audit_view
from bot.services.vacancies import reviews
from storage.models import Enterprise
from storage.states import EnterpriseStatus

script = Script("review_firms")
REASONS = ("licence_differs", "not_found", "not_true")


@script.asks("one")
def show(turn: Turn) -> None:
    """Show a firm as it registered; the officer compares it with the public register."""
    firm = _firm(turn)
    officer = turn.officer
    if firm is None or officer is None:
        return
    audit_view(
        turn.uow,
        turn.deployment,
        officer,
        "view_contact",
        subject_kind="enterprise",
        subject_id=firm.id,
    )
    choices = [
        turn.choice("verify", "review_firms.choice.verify"),
        turn.choice("refuse", "review_firms.choice.refuse"),
        turn.choice("queue", "review.choice.queue"),
    ]
    turn.ask(
        "review_firms.one.question",
        choices,
        firm=firm.name,
        code=firm.credit_code,
        place=turn.deployment.catalogue.places.short_name(firm.adcode),
        contact=" ".join(filter(None, (firm.contact_name, firm.contact_phone))),
        state=turn.text(f"review.firm_state.{firm.status.value}"),
    )


@script.answers("one")
def decide(turn: Turn, answer: Answer) -> bool | None:
    """Verify, ask why not, or go back."""
    key = str(turn.answers.get("firm"))
    if answer.choice == "verify":
        verify(turn, key)
    elif answer.choice == "refuse":
        turn.go("review_firms.reason")
    elif answer.choice == "queue":
        turn.finish()
        turn.go("review.queue")
    else:
        return False
    return True


@script.action("firm")
def open_firm(turn: Turn, key: str) -> None:
    """Open a firm."""
    turn.answers = {}
    turn.go("review_firms.one", firm=key)


@script.action("firm_ok")
def verify(turn: Turn, key: str) -> None:
    """Verify a firm with one tap from the message that told of it."""
    turn.answers["firm"] = key
    firm = _firm(turn)
    if firm is None or turn.officer is None:
        return
    if firm.status == EnterpriseStatus.VERIFIED and not enterprises.needs_reverification(
        firm, now=turn.deployment.now
    ):
        turn.say("review_firms.done.before", firm=firm.name)
    else:
        enterprises.verify(turn.uow, turn.deployment, firm, officer=turn.officer)
        turn.say("review_firms.done.verified", firm=firm.name)
    turn.finish(again="review.done.again")


@script.action("firm_no")
def refuse(turn: Turn, key: str) -> None:
    """Ask why a firm is refused."""
    turn.answers = {"firm": key}
    if _firm(turn) is not None:
        turn.go("review_firms.reason", firm=key)


@script.asks("reason", WORDS, keeps_words=True)
def ask_reason(turn: Turn) -> None:
    """Ask why, in common reasons or own words; the firm reads it."""
    reasons = [turn.choice(reason, f"review_firms.reason.{reason}") for reason in REASONS]
    turn.ask("review_firms.reason.ask", [*reasons, turn.choice("back", "common.choice.back")])


@script.answers("reason")
def refuse_with_reason(turn: Turn, answer: Answer) -> bool | None:
    """Refuse the firm with the reason."""
    firm = _firm(turn)
    if firm is None or turn.officer is None:
        return True
    if answer.choice == "back":
        turn.go("review_firms.one")
        return True
    own = answer.text.strip()
    reason = turn.text(f"review_firms.reason.{answer.choice}") if answer.choice else own
    if not reason or reason.isdecimal():
        return False
    reviews.refuse_firm(turn.uow, turn.deployment, firm, turn.officer, reason=reason)
    turn.say("review_firms.done.refused", firm=firm.name, reason=reason)
    turn.finish(again="review.done.again")
    return True


@script.action("join_ok")
def let_in(turn: Turn, key: str) -> None:
    """Let a second address speak for its firm."""
    _settle(turn, key, outcome="joined")


@script.action("join_no")
def keep_out(turn: Turn, key: str) -> None:
    """Do not let a second address speak for the firm it named."""
    _settle(turn, key, outcome="not_joined")


def _settle(turn: Turn, key: str, *, outcome: str) -> None:
    address_id = _uuid(key)
    link = turn.uow.enterprises.link_at(address_id) if address_id is not None else None
    turn.answers["firm"] = link.enterprise_id.hex if link is not None else ""
    firm = _firm(turn)
    if firm is None or link is None or turn.officer is None:
        return
    if not link.awaits_officer:
        turn.say("review_firms.done.joined", firm=firm.name)
        return
    enterprises.settle_join(
        turn.uow, turn.deployment, link, turn.officer, let_in=outcome == "joined"
    )
    turn.say(f"review_firms.done.{outcome}", firm=firm.name)


def _firm(turn: Turn) -> Enterprise | None:
    """Return the firm of this conversation; a foreign or unknown one is answered alike."""
    officer = my_officer(turn)
    if officer is None:
        return None
    key = _uuid(str(turn.answers.get("firm")))
    firm = None
    if key is not None:
        firm = reviews.visible_firm(turn.uow, turn.deployment, officer, key)
    if firm is None:
        turn.say("review.refused.unknown")
        turn.finish()
    return firm


def _uuid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None
