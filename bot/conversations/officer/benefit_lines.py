"""What an officer reads about an application for a benefit: facts, verdict, warnings, steps."""

from __future__ import annotations

from bot.conversations.turn import Turn
from bot.conversations.worker.benefit_lines import fact_lines
from bot.conversations.worker.speaking_for import OWN_CHANNELS
from bot.services.benefits import application_facts as facts
from bot.services.benefits.alerts import Alert, Found, found_for
from bot.services.benefits.applications import reference
from bot.services.benefits.identity import last_signs
from bot.services.benefits.receipts import name_key
from bot.services.benefits.sums import yuan_words
from bot.services.cases.office_hours import spoken_moment
from bot.services.people import officers
from bot.services.people.workers import short_name
from bot.services.register.facts import facts_of
from content.benefits.verdicts import Verdict, judged_beside
from content.benefits.words import missing_key, reason_key
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, Worker
from storage.repositories.benefit_applications import WaitingBenefit

MINUTES_AN_HOUR = 60
MOST_STEPS = 4


def queue_line(turn: Turn, row: WaitingBenefit) -> str:
    """Return a waiting application in one line, without the person."""
    application = row.application
    return turn.text(
        "benefit_queue.queue.line",
        number=reference(application),
        name=turn.text(name_key(application.code)),
        state=turn.text(f"benefit_queue.state.{application.status.value}"),
        left=_time_left(turn, row),
    )


def application_lines(turn: Turn, application: BenefitApplication, worker: Worker) -> list[str]:
    """Return everything that a decision needs, a line each."""
    lines = [_head(turn, application), _person(turn, worker), *_categories(turn, worker)]
    lines += fact_lines(turn, application)
    verdict = facts.verdict_on(turn.uow, turn.deployment, application, worker)
    if verdict is not None:
        lines += _verdict(turn, verdict, key="benefit_queue.verdict.line")
        lines += _beside(turn, application, worker, verdict)
    lines += _amount(turn, application, worker)
    lines += [
        alert_line(turn, one) for one in found_for(turn.uow, turn.deployment, application, worker)
    ]
    return [*lines, *_steps(turn, application)]


def alert_line(turn: Turn, found: Found) -> str:
    """Return one warning; the numbers are those of other applications."""
    values: dict[str, object] = {}
    if found.alert in {Alert.DUPLICATE, Alert.SAME_TICKET, Alert.ALREADY_RECEIVED}:
        values["numbers"] = turn.text("common.list.comma").join(found.numbers)
    if found.alert is Alert.OUTSIDE_PAYMENT:
        values["department"] = found.department
        values["amount"] = _sum(turn, found.amount_fen)
    if found.alert is Alert.ABOVE_RULE:
        values["amount"] = _sum(turn, found.amount_fen)
    return turn.text(f"benefit_queue.alert.{found.alert.value}", **values)


def _head(turn: Turn, application: BenefitApplication) -> str:
    return turn.text(
        "benefit_queue.one.head",
        number=reference(application),
        name=turn.text(name_key(application.code)),
        state=turn.text(f"benefit_queue.state.{application.status.value}"),
    )


def _person(turn: Turn, worker: Worker) -> str:
    """Return who it is: in full on our own pages, masked on a foreign platform."""
    name = worker.name if turn.channel in OWN_CHANNELS else short_name(worker.name)
    last = last_signs(turn.uow, worker)
    has_id = "id" if last else "no_id"
    return turn.text(f"benefit_queue.one.person_{has_id}", name=name or "", last=last)


def _categories(turn: Turn, worker: Worker) -> list[str]:
    known = facts_of(turn.uow, turn.deployment, worker)
    comma = turn.text("common.list.comma")
    lines = []
    if known.verified:
        words = comma.join(sorted(known.verified))
        lines.append(turn.text("benefit_queue.one.verified", categories=words))
    if known.claimed:
        words = comma.join(sorted(known.claimed))
        lines.append(turn.text("benefit_queue.one.claimed", categories=words))
    return lines or [turn.text("benefit_queue.one.no_category")]


def _verdict(turn: Turn, verdict: Verdict, *, key: str) -> list[str]:
    """Return what a rule says, with document and clause, then its reasons and open facts."""
    document = turn.deployment.catalogue.policies.documents.get(verdict.rule.document)
    lines = [
        turn.text(
            key,
            verdict=turn.text(f"benefit_queue.standing.{verdict.verdict.name.lower()}"),
            document=document.name if document is not None else verdict.rule.document,
            clause=verdict.clause,
        )
    ]
    lines += [
        turn.text("benefit_queue.verdict.reason", words=turn.text(reason_key(code)))
        for code in verdict.reasons
    ]
    return lines + [
        turn.text("benefit_queue.verdict.missing", words=turn.text(missing_key(fact)))
        for fact in verdict.missing
    ]


def _beside(
    turn: Turn, application: BenefitApplication, worker: Worker, verdict: Verdict
) -> list[str]:
    """Return what the other versions of the rule would say, for officers only."""
    profile = facts.profile_of(turn.uow, turn.deployment, application, worker)
    rules = turn.deployment.catalogue.benefits
    return [
        _verdict(turn, other, key="benefit_queue.verdict.beside")[0]
        for other in judged_beside(profile, rules, application.code)
        if other.rule.id != verdict.rule.id
    ]


def _amount(turn: Turn, application: BenefitApplication, worker: Worker) -> list[str]:
    fixed = facts.rule_amount(turn.uow, turn.deployment, application, worker)
    key = "fixed" if fixed is not None else "not_fixed"
    lines = [turn.text(f"benefit_queue.amount.{key}", amount=_sum(turn, fixed))]
    is_decided = application.status not in {BenefitStatus.SUBMITTED, BenefitStatus.RETURNED}
    if is_decided and application.amount_fen is not None:
        lines.append(
            turn.text("benefit_queue.amount.proposed", amount=_sum(turn, application.amount_fen))
        )
    return lines


def _steps(turn: Turn, application: BenefitApplication) -> list[str]:
    rows = turn.uow.benefit_applications.decisions_of(application.id)[-MOST_STEPS:]
    return [
        turn.text(
            "benefit_queue.step.noted" if row.note else "benefit_queue.step.line",
            step=turn.text(f"benefit_queue.step.{row.step}"),
            officer=officers.spoken_name(
                turn.deployment, turn.uow.officers.need(row.officer_id), turn.language
            ),
            moment=spoken_moment(turn.deployment, row.at, turn.language),
            note=row.note,
        )
        for row in rows
    ]


def _sum(turn: Turn, fen: int | None) -> str:
    if fen is None:
        return turn.text("benefit_queue.amount.unknown")
    return turn.text("common.wage.amount", yuan=yuan_words(fen))


def _time_left(turn: Turn, row: WaitingBenefit) -> str:
    if row.due_at is None:
        return ""
    minutes = int((row.due_at - turn.deployment.now).total_seconds() // MINUTES_AN_HOUR)
    if minutes < 0:
        return turn.text("benefit_queue.queue.late")
    return turn.text(
        "benefit_queue.queue.until",
        moment=spoken_moment(turn.deployment, row.due_at, turn.language),
    )
