"""An application for a benefit in plain words: what was said, and what the rule makes of it."""

from __future__ import annotations

from bot.conversations.turn import Turn
from bot.conversations.worker.identity import WRITTEN
from bot.services.benefits import application_facts as facts
from bot.services.benefits.fact_questions import NO, YES, FactPrompt, label_key, question_for
from bot.services.benefits.identity import last_signs
from bot.services.benefits.receipts import name_key
from bot.services.benefits.sums import yuan_words
from content.benefits.verdicts import Standing, Verdict
from content.benefits.words import reason_key
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, Worker

# In the order in which they are read back and can be changed.
PARTS = (
    "trip.mode", "trip.price", "trip.return_price", "trip.from_county", "trip.to_county",
    "trip.purpose", "trip.has_ticket", "trip.other_dept_paid", "trip.already_received",
    "trip.received_this_year", "categories", "birth", "hukou", "pension", "medical",
    "labour_capacity", "wants_work", "wants_training", "trainings_this_year",
    "attending_subsidised_training", "employment", "hard_to_place", "wants_pwj",
    "starting_business", "relocated", "household_labour", "household_employed", "children",
    "graduate.school", "graduate.year", "inpatient.hospital_level", "inpatient.in_region",
    "inpatient.self_paid", "inpatient.major_base_deductible",
)  # fmt: skip
SHOWN_REASONS = 2


def part_key(fact: str) -> str:
    """Return the text key of what a fact is called."""
    return f"benefit_application.part.{fact.replace('.', '_')}"


def parts_of(application: BenefitApplication) -> list[str]:
    """Return the facts that were said, in the order in which they are shown."""
    said = facts.answers_of(application)
    return [one for one in PARTS if (facts.CLAIMED if one == facts.CATEGORIES else one) in said]


def fact_lines(turn: Turn, application: BenefitApplication) -> list[str]:
    """Return what was said, a line each."""
    said = facts.answers_of(application)
    lines = []
    for fact in parts_of(application):
        value = said[facts.CLAIMED if fact == facts.CATEGORIES else fact]
        name = turn.text(part_key(fact))
        lines.append(
            turn.text("benefit_application.line.part", part=name, value=_words(turn, fact, value))
        )
    ticket = application.facts.get(facts.TICKET)
    if ticket:
        lines.append(turn.text("benefit_application.line.ticket", last=str(ticket)[-4:]))
    if application.facts.get(facts.PHOTO):
        lines.append(turn.text("benefit_application.line.photo"))
    return lines


def summary_words(
    turn: Turn, application: BenefitApplication, worker: Worker, verdict: Verdict | None
) -> str:
    """Return what will be handed in, with what the rule says; nothing in it promises anything."""
    # What was written counts for the applicant, whatever the register has.
    last = last_signs(turn.uow, worker) or turn.answers.get(WRITTEN)
    has_id = "known" if last else "unknown"
    lines = [
        turn.text("benefit_application.summary.head", name=turn.text(name_key(application.code))),
        *fact_lines(turn, application),
        turn.text(f"benefit_application.id_number.{has_id}", last=last),
    ]
    if verdict is not None:
        lines += verdict_lines(turn, application, worker, verdict)
    return "\n".join(lines)


def verdict_lines(
    turn: Turn, application: BenefitApplication, worker: Worker, verdict: Verdict
) -> list[str]:
    """Return what the rule says in plain words: perhaps, hardly, or an officer has to look."""
    standing = {Standing.LIKELY: "likely", Standing.NOT: "not", Standing.CHECK: "check"}
    lines = [turn.text(reason_key(code)) for code in verdict.reasons[:SHOWN_REASONS]]
    lines.append(
        turn.text(
            f"benefit_application.verdict.{standing[verdict.verdict]}", office=verdict.rule.office
        )
    )
    fen = facts.rule_amount(turn.uow, turn.deployment, application, worker)
    if fen is not None and verdict.verdict is not Standing.NOT:
        lines.append(turn.text("benefit_application.verdict.amount", amount=yuan_words(fen)))
    return lines


def state_words(turn: Turn, application: BenefitApplication) -> str:
    """Return where an application stands, in plain words."""
    status = application.status
    has_sum = application.amount_fen is not None
    if status in {BenefitStatus.APPROVED, BenefitStatus.PAID} and has_sum:
        return turn.text(
            f"benefit_application.state.{status.value}_sum",
            amount=yuan_words(application.amount_fen or 0),
        )
    return turn.text(f"benefit_application.state.{status.value}")


def _words(turn: Turn, fact: str, value: object) -> str:
    question = question_for(fact)
    if value is None or question is None:
        return turn.text("benefit_application.value.unknown")
    if question.prompt is FactPrompt.PLACE:
        return turn.deployment.catalogue.places.short_name(str(value))
    if question.prompt is FactPrompt.MONEY and isinstance(value, int):
        return turn.text("common.wage.amount", yuan=yuan_words(value))
    if isinstance(value, bool):
        return turn.text(label_key(question, YES if value else NO))
    if isinstance(value, list):
        return _listed(turn, fact, value)
    if question.prompt is FactPrompt.CHOICE:
        return turn.text(label_key(question, str(value)))
    return str(value)


def _listed(turn: Turn, fact: str, values: list[object]) -> str:
    question = question_for("children.school" if fact == "children" else fact)
    if question is None or not values:
        return turn.text("benefit_application.value.none")
    words = [one.get("school") if isinstance(one, dict) else one for one in values]
    shown = [
        turn.text("benefit_application.value.unknown")
        if one is None
        else turn.text(label_key(question, str(one)))
        for one in words
    ]
    return turn.text("common.list.comma").join(shown)
