"""What leads from one question of an application to the next, and what needs a yes of its own."""

from __future__ import annotations

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker import identity
from bot.conversations.worker.benefit_drafts import current
from bot.conversations.worker.benefit_facts import EVIDENCE, GO_ON, NO_EVIDENCE
from bot.services.benefits import application_facts as facts
from bot.services.benefits import applications
from bot.services.benefits import identity as identity_numbers
from bot.services.benefits.application_facts import CATEGORIES, HAS_TICKET
from bot.services.benefits.identity import has_agreed, may_ask
from bot.services.benefits.receipts import name_key
from bot.services.people import consents
from content.benefits.rules import BenefitRule
from content.benefits.verdicts import Standing
from content.benefits.words import reason_key
from storage.models import BenefitApplication, Worker
from storage.states import Decision, Purpose

script = Script("benefit_application")

ANYWAY = "anyway"
MOST_REASONS = 3


@script.asks("needed")
def show_needed(turn: Turn) -> None:
    """Say what the benefit asks for before anything is asked."""
    found = current(turn)
    if found is None:
        return
    rule = facts.rule_of(turn.deployment, found[0])
    if rule is not None:
        _say_card(turn, rule)
    turn.ask(
        "benefit_application.needed.ask",
        [
            turn.choice("yes", "benefit_application.needed.begin", "办", "要得", "好"),
            turn.choice("no", "benefit_application.needed.not_now", "不办", "算了"),
            turn.human_choice(),
        ],
    )


@script.answers("needed")
def answer_needed(turn: Turn, answer: Answer) -> bool | None:
    """Begin to ask, or leave it."""
    if answer.choice is None:
        return False
    if answer.choice == "yes":
        turn.go(GO_ON)
    else:
        _close(turn, "benefit_application.left.said")
    return None


@script.asks("go_on")
def go_on(turn: Turn) -> None:
    """Ask the next thing: the identity, a fact, the ticket; at the end show all of it."""
    found = current(turn)
    if found is None:
        return
    application, worker = found
    if not turn.answers.get(ANYWAY) and _is_excluded(turn, application, worker):
        turn.go("benefit_application.excluded")
        return
    if identity.asks_first(turn, worker, then=GO_ON):
        return
    if _wants_ticket(turn, application):
        turn.go(EVIDENCE)
        return
    question = facts.next_question(turn.uow, turn.deployment, application, worker)
    if question is not None and question.fact == CATEGORIES:
        _ask_categories(turn, application, worker)
    elif question is not None:
        turn.go("benefit_application.fact", fact=question.fact)
    else:
        turn.go("benefit_application.summary")


@script.asks("sensitive")
def ask_sensitive(turn: Turn) -> None:
    """Ask for a yes of its own before a household's hardship is written down."""
    turn.ask(
        "benefit_application.sensitive.ask",
        [
            turn.choice("yes", "benefit_application.sensitive.yes", "同意", "要得", "可以"),
            turn.choice("no", "benefit_application.sensitive.no", "不同意", "不说"),
            turn.human_choice(),
        ],
    )


@script.answers("sensitive")
def answer_sensitive(turn: Turn, answer: Answer) -> bool | None:
    """Keep the answer; after a no the officers find out in the register."""
    found = current(turn)
    if answer.choice is None or found is None:
        return found is None
    application, worker = found
    granted = answer.choice == "yes"
    consents.record(
        turn.uow,
        turn.deployment,
        turn.address.id,
        Purpose.SENSITIVE_STATUS,
        Decision.GRANTED if granted else Decision.DECLINED,
        worker_id=worker.id,
    )
    if granted:
        turn.go("benefit_application.fact", fact=CATEGORIES)
    else:
        turn.say("benefit_application.sensitive.declined")
        facts.answer(turn.uow, application, CATEGORIES, None)
        turn.go(GO_ON)
    return None


@script.asks("excluded")
def say_excluded(turn: Turn) -> None:
    """Say why the rule hardly covers it, and that a person may look all the same."""
    found = current(turn)
    if found is None:
        return
    verdict = facts.verdict_on(turn.uow, turn.deployment, *found)
    reasons = verdict.reasons[:MOST_REASONS] if verdict is not None else ()
    for code in reasons:
        turn.say(reason_key(code))
    turn.ask(
        "benefit_application.excluded.ask",
        [
            turn.choice("anyway", "benefit_application.excluded.anyway", "还是交", "交"),
            turn.choice("stop", "benefit_application.excluded.stop", "算了", "不办"),
            turn.human_choice(),
        ],
    )


@script.answers("excluded")
def answer_excluded(turn: Turn, answer: Answer) -> bool | None:
    """Go on all the same, or stop and keep nothing."""
    found = current(turn)
    if answer.choice is None or found is None:
        return found is None
    if answer.choice == "anyway":
        turn.go(GO_ON, **{ANYWAY: True})
        return None
    if found[0].submitted_at is not None:
        _close(turn, "benefit_application.left.kept")
        return None
    applications.withdraw(turn.uow, turn.deployment, found[0])
    has_number = identity_numbers.last_signs(turn.uow, found[1]) is not None
    _close(turn, f"benefit_application.left.{'stopped_known' if has_number else 'stopped'}")
    return None


def _say_card(turn: Turn, rule: BenefitRule) -> None:
    """Say what the clause wants brought; the rule's own card, where workers may read it."""
    turn.say("benefit_application.needed.head", name=turn.text(name_key(rule.code)))
    library = turn.deployment.catalogue.policies
    card = next(
        (
            one
            for one in library.versions(rule.mechanism, rule.jurisdiction)
            if one.document == rule.document
        ),
        None,
    )
    if card is not None and card.bring:
        turn.say_words(card.bring, key="benefit_application.needed.head")


def _is_excluded(turn: Turn, application: BenefitApplication, worker: Worker) -> bool:
    verdict = facts.verdict_on(turn.uow, turn.deployment, application, worker)
    return verdict is not None and verdict.verdict is Standing.NOT


def _ask_categories(turn: Turn, application: BenefitApplication, worker: Worker) -> None:
    """Ask what the household is called in the register, with a yes before it."""
    purpose, uow = Purpose.SENSITIVE_STATUS, turn.uow
    if has_agreed(uow, worker, purpose, at=turn.address):
        turn.go("benefit_application.fact", fact=CATEGORIES)
    elif may_ask(uow, turn.deployment, worker, purpose, at=turn.address):
        turn.go("benefit_application.sensitive")
    else:
        facts.answer(turn.uow, application, CATEGORIES, None)
        turn.go(GO_ON)


def _wants_ticket(turn: Turn, application: BenefitApplication) -> bool:
    has_one = facts.answers_of(application).get(HAS_TICKET) is True
    is_asked = bool(turn.answers.get(NO_EVIDENCE))
    return has_one and not is_asked and not facts.has_evidence(application)


def _close(turn: Turn, key: str) -> None:
    turn.say(key)
    turn.finish(again=key)
