"""What is known for one application for a benefit, and what its rule says about it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import cast

from bot.services.benefits.fact_questions import FactQuestion, question_for
from bot.services.benefits.profiles import benefit_profile, jurisdiction_of
from bot.services.deployment import Deployment
from bot.services.policies.reviewing import released
from content.benefits.facts import BenefitProfile
from content.benefits.outcomes import Kind, Outcome
from content.benefits.rules import BenefitRule
from content.benefits.verdicts import Verdict, judge
from content.benefits.vocabulary import GROUPS
from storage.models import Attachment, BenefitApplication, ContactAddress, Worker
from storage.unit_of_work import UnitOfWork

ANSWERS, ASKED, TICKET, PHOTO = "answers", "asked", "ticket", "photo"
CLAIMED, CATEGORIES = "claimed", "categories"
CHILDREN, SCHOOL = "children", "school"
HAS_TICKET = "trip.has_ticket"
# What one tells first of a journey; everything else is asked in the order of the rule.
FIRST_ASKED = (
    "trip.mode", "trip.price", "trip.return_price", "trip.from_county", "trip.to_county",
    "trip.purpose", HAS_TICKET, "trip.other_dept_paid", "trip.already_received",
)  # fmt: skip


def answers_of(application: BenefitApplication) -> dict[str, object]:
    """Return what was said, by fact; sums in fen."""
    return dict(cast("Mapping[str, object]", application.facts.get(ANSWERS) or {}))


def deciding_rules(
    uow: UnitOfWork, deployment: Deployment, worker: Worker | None
) -> tuple[BenefitRule, ...]:
    """Return the rules that answer a worker today, released ones among them, by code."""
    city = jurisdiction_of(deployment, worker)
    if city is None:
        return ()
    found = deployment.catalogue.benefits.deciding(
        city, deployment.today, released=released(uow, deployment)
    )
    return tuple(found)


def rule_for(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, code: str
) -> BenefitRule | None:
    """Return the rule that decides about a benefit today, or None where no clause does."""
    rules = deciding_rules(uow, deployment, worker)
    return next((rule for rule in rules if rule.code == code), None)


def rule_of(deployment: Deployment, application: BenefitApplication) -> BenefitRule | None:
    """Return the rule under which something was applied for; None if the content lost it."""
    return deployment.catalogue.benefits.rule(application.rule_id)


def answer(uow: UnitOfWork, application: BenefitApplication, fact: str, value: object) -> None:
    """Keep one answer; None says that the worker was asked and does not know."""
    answers = answers_of(application)
    answers[CLAIMED if fact == CATEGORIES else fact] = value
    if fact == HAS_TICKET and value is not True:
        forget_ticket(uow, application)
    _put(application, ANSWERS, answers)
    _put(application, ASKED, sorted({*_asked(application), fact}))


def answer_school(application: BenefitApplication, school: object) -> None:
    """Keep the school of the first child of whom none is known; the next one is asked for then."""
    listed = cast("list[dict[str, object]]", answers_of(application).get(CHILDREN) or [])
    children = [dict(child) for child in listed]
    for child in children:
        if child.get(SCHOOL) is None:
            child[SCHOOL] = school
            break
    _put(application, ANSWERS, {**answers_of(application), CHILDREN: children})
    if school is None or all(child.get(SCHOOL) for child in children):
        _put(application, ASKED, sorted({*_asked(application), f"{CHILDREN}.{SCHOOL}"}))


def ask_anew(application: BenefitApplication, fact: str) -> None:
    """Forget one answer, so that it is asked for again."""
    gone = {fact, f"{CHILDREN}.{SCHOOL}"} if fact == CHILDREN else {fact}
    answers = answers_of(application)
    answers.pop(CLAIMED if fact == CATEGORIES else fact, None)
    _put(application, ANSWERS, answers)
    _put(application, ASKED, [one for one in _asked(application) if one not in gone])


def keep_ticket(uow: UnitOfWork, application: BenefitApplication, number: str) -> None:
    """Keep a ticket's number; two applications with the same one are shown to officers."""
    _put(application, TICKET, number)
    application.ticket_index = uow.secrets.blind_index(number, kind="ticket")


def keep_photo(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    address: ContactAddress,
    *,
    kind: str,
    file_id: str,
) -> None:
    """Keep the photo of a ticket: the platform's id of it, which officers in scope may open.

    It takes the place of one that was sent before.
    """
    _forget_photo(uow, application)
    row = uow.attachments.add(
        Attachment(
            account_id=address.account_id,
            address_id=address.id,
            worker_id=application.worker_id,
            kind=kind,
            file_id=file_id,
            received_at=deployment.now,
        )
    )
    _put(application, PHOTO, row.id.hex)


def forget_ticket(uow: UnitOfWork, application: BenefitApplication) -> None:
    """Forget photo and number of the ticket, so that they are asked for again."""
    application.ticket_index = None
    _put(application, TICKET, None)
    _forget_photo(uow, application)


def _forget_photo(uow: UnitOfWork, application: BenefitApplication) -> None:
    key = application.facts.get(PHOTO)
    photo = uow.attachments.get(uuid.UUID(str(key))) if key else None
    if photo is not None:
        uow.session.delete(photo)
    _put(application, PHOTO, None)


def has_evidence(application: BenefitApplication) -> bool:
    """Tell whether a ticket's photo or number is there."""
    return bool(application.facts.get(TICKET) or application.facts.get(PHOTO))


def profile_of(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, worker: Worker
) -> BenefitProfile:
    """Return what is known for an application, on the day on which it was filed."""
    answers: dict[str, object] = {**dict.fromkeys(GROUPS, True), **answers_of(application)}
    return benefit_profile(
        uow,
        deployment,
        worker,
        answers=answers,
        as_of=filed_on(deployment, application),
        besides=application.id,
    )


def filed_on(deployment: Deployment, application: BenefitApplication) -> date:
    """Return the local day of filing; today for a draft."""
    if application.submitted_at is None:
        return deployment.today
    return application.submitted_at.astimezone(deployment.clock.timezone).date()


def verdict_on(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, worker: Worker
) -> Verdict | None:
    """Return what the application's own rule says; None if the content lost the rule."""
    rule = rule_of(deployment, application)
    if rule is None:
        return None
    return judge(rule, profile_of(uow, deployment, application, worker))


def rule_amount(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, worker: Worker
) -> int | None:
    """Return the fen that the rule's text fixes for these facts, whoever it is for, or None."""
    rule = rule_of(deployment, application)
    if rule is None or rule.amount is None:
        return None
    return rule.amount(profile_of(uow, deployment, application, worker)).fen


def next_question(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, worker: Worker
) -> FactQuestion | None:
    """Return the next fact that the rule needs, that nobody knows and that was not asked for yet.

    A condition that excludes the person does not keep the others from being asked: a person
    decides, and wants to see all of it.
    """
    rule = rule_of(deployment, application)
    if rule is None:
        return None
    profile = profile_of(uow, deployment, application, worker)
    needed = [code for check in rule.checks for code in _missing(check(profile))]
    if rule.amount is not None:
        needed += rule.amount(profile).missing
    asked = _asked(application)
    ordered = [*(one for one in FIRST_ASKED if one in needed), *needed]
    for fact in ordered:
        question = question_for(fact)
        if question is not None and fact not in asked:
            return question
    return None


def _missing(outcome: Outcome) -> tuple[str, ...]:
    return outcome.codes if outcome.kind is Kind.MISSING else ()


def _asked(application: BenefitApplication) -> list[str]:
    return [str(one) for one in cast("list[object]", application.facts.get(ASKED) or [])]


def _put(application: BenefitApplication, name: str, value: object) -> None:
    # A new object: what is changed in place would look unchanged to the database.
    application.facts = {**application.facts, name: value}
