"""A vacancy from the pasted post to its end: drafts, corrections, review, closing, repeating."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.services.cases import promises
from bot.services.deployment import Deployment
from bot.services.people import enterprises
from bot.services.vacancies.review_requests import (
    REVIEW_HOURS,
    publication_obstacle,
    report_unlawful,
    request_review,
)
from bot.services.vacancies.vacancy_drafts import (
    LISTED,
    REQUIRED,
    VALID_FOR,
    WORDED,
    apply_correction,
    draft_of,
    low_pay,
    missing_essentials,
    restore,
    rewrite_lawfully,
)
from bot.services.vacancies.vacancy_endings import end_pushes, tell_applicants
from bot.services.vacancies.vacancy_states import (
    VacancyStateError,
    mark_needs_fix,
    mark_published,
    mark_rejected,
    mark_suspended,
    move,
    need_changeable,
    reference,
)
from bot.understanding import Correction, PostReading
from storage.models import Enterprise, Vacancy
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork

__all__ = [
    "REVIEW_HOURS",
    "VALID_FOR",
    "VacancyStateError",
    "appeal",
    "change_headcount",
    "close",
    "correct",
    "create_drafts",
    "drop_draft",
    "expire_due",
    "mark_needs_fix",
    "mark_published",
    "mark_rejected",
    "mark_suspended",
    "publication_obstacle",
    "reference",
    "reject_unlawful",
    "remove_violations",
    "repost",
    "send_to_review",
    "suspend",
    "undo",
]
LONGEST_APPEAL = 1_000
CHANGED, CLOSED, SUSPENDED = "vacancy_changed", "vacancy_closed", "vacancy_suspended"
COPIED = (
    "enterprise_id", "bureau_adcode", "posted_by_officer", "insurance", "post_text",
    *REQUIRED, *LISTED, *WORDED,
)  # fmt: skip


def create_drafts(
    uow: UnitOfWork,
    deployment: Deployment,
    enterprise: Enterprise,
    post_text: str,
    reading: PostReading,
    *,
    officer_id: uuid.UUID | None = None,
) -> list[Vacancy]:
    """Store one draft for each kind of work in a post, in the order of the post.

    Raises:
        UserError: The firm is suspended.
    """
    enterprises.need_may_post(enterprise)
    drafts = []
    for job in reading.jobs:
        number = uow.records.next_number(f"V:{enterprise.bureau_adcode}")
        draft = draft_of(
            deployment, enterprise, job, number=number, post_text=post_text, reading=reading
        )
        draft.posted_by_officer = officer_id
        drafts.append(uow.vacancies.add(draft))
    return drafts


def correct(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, correction: Correction
) -> None:
    """Change what one line says, and look at the law again.

    A published vacancy goes back to review, its queued pushes stop and the sent ones say so,
    unless only the headcount changed.

    Raises:
        VacancyStateError: The vacancy is over.
    """
    need_changeable(vacancy)
    apply_correction(deployment, vacancy, correction)
    is_open = vacancy.status in {VacancyStatus.PUBLISHED, VacancyStatus.SUSPENDED}
    if is_open and correction.field != "headcount":
        move(vacancy, VacancyStatus.IN_REVIEW)
        end_pushes(uow, deployment, vacancy, reason=CHANGED)
        request_review(uow, deployment, vacancy)
    uow.vacancies.note_change(vacancy, at=deployment.now)


def remove_violations(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, codes: Collection[str]
) -> None:
    """Apply the lawful rewrites of these codes; the firm has agreed to them.

    Raises:
        VacancyStateError: The vacancy is over.
    """
    need_changeable(vacancy)
    rewrite_lawfully(vacancy, codes)
    uow.vacancies.note_change(vacancy, at=deployment.now)


def appeal(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, words: str) -> None:
    """Keep why the firm thinks its condition lawful; an officer decides with the review.

    Raises:
        VacancyStateError: The vacancy is over.
    """
    need_changeable(vacancy)
    vacancy.appeal = words[:LONGEST_APPEAL]
    uow.vacancies.note_change(vacancy, at=deployment.now)


def undo(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, kept: Mapping[str, object]
) -> None:
    """Write back the wording that `vacancy_drafts.snapshot` kept before the last change.

    Raises:
        VacancyStateError: The vacancy is over.
    """
    need_changeable(vacancy)
    restore(vacancy, kept)
    uow.vacancies.note_change(vacancy, at=deployment.now)


def send_to_review(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> datetime:
    """Hand the vacancy to an officer; return the instant by which the firm is answered.

    What is in review already keeps its promise.

    Raises:
        VacancyStateError: It cannot go to review from where it stands.
        UserError: Trade, place or pay is missing, an unlawful condition is neither taken out
            nor appealed, or the firm is suspended.
    """
    enterprises.need_may_post(uow.enterprises.need(vacancy.enterprise_id))
    if missing_essentials(vacancy):
        raise UserError("vacancy_posting.refused.incomplete", number=reference(vacancy))
    if vacancy.violations and not vacancy.appeal:
        raise UserError("vacancy_posting.refused.unlawful", number=reference(vacancy))
    if vacancy.status == VacancyStatus.IN_REVIEW:
        promised = promises.due_at(uow, what=promises.REVIEW, subject_id=vacancy.id)
        return promised or request_review(uow, deployment, vacancy)
    if vacancy.status == VacancyStatus.DRAFT:
        move(vacancy, VacancyStatus.CONFIRMED)
    move(vacancy, VacancyStatus.IN_REVIEW)
    uow.vacancies.note_change(vacancy, at=deployment.now)
    return request_review(uow, deployment, vacancy)


def reject_unlawful(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> None:
    """Refuse a post that no rewrite makes lawful, and let the officer look into the firm.

    Raises:
        VacancyStateError: The vacancy is over or published.
    """
    mark_rejected(vacancy, now=deployment.now)
    uow.vacancies.note_change(vacancy, at=deployment.now)
    promises.keep(uow, deployment, what=promises.REVIEW, subject_id=vacancy.id)
    report_unlawful(uow, deployment, vacancy)


def change_headcount(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, headcount: int
) -> None:
    """Change how many are wanted; the only change that needs no new review.

    Raises:
        VacancyStateError: The vacancy is over.
    """
    need_changeable(vacancy)
    vacancy.headcount = headcount
    uow.vacancies.note_change(vacancy, at=deployment.now)


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing did: pushes that will not go out, and applicants who were told."""

    pushes: int
    applicants: int


def close(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, status: VacancyStatus
) -> Closed:
    """End the vacancy as `filled`, `withdrawn` or `expired`, and tell who waits for the firm.

    Its queued pushes are skipped; those that were sent say what became of it, where the
    channel can still change them.

    Raises:
        VacancyStateError: It cannot end that way from where it stands.
    """
    move(vacancy, status)
    vacancy.closed_at = deployment.now
    pushes = end_pushes(uow, deployment, vacancy, reason=CLOSED)
    promises.keep(uow, deployment, what=promises.REVIEW, subject_id=vacancy.id)
    uow.vacancies.note_change(vacancy, at=deployment.now)
    return Closed(pushes, tell_applicants(uow, deployment, vacancy))


def suspend(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> None:
    """Take a published vacancy off the board, stop its pushes, and tell who waits for the firm.

    Raises:
        VacancyStateError: It is not published.
    """
    mark_suspended(vacancy)
    end_pushes(uow, deployment, vacancy, reason=SUSPENDED)
    uow.vacancies.note_change(vacancy, at=deployment.now)
    tell_applicants(uow, deployment, vacancy)


def drop_draft(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> None:
    """Withdraw a draft that nobody else has seen.

    Raises:
        VacancyStateError: The vacancy is over.
    """
    close(uow, deployment, vacancy, VacancyStatus.WITHDRAWN)


def repost(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> Vacancy:
    """Return a new draft with the same words, a new number and 30 days from today.

    The law of today is looked at again; the caller sends the draft to review.

    Raises:
        UserError: The firm is suspended.
    """
    enterprises.need_may_post(uow.enterprises.need(vacancy.enterprise_id))
    copy = Vacancy(
        number=uow.records.next_number(f"V:{vacancy.bureau_adcode}"),
        valid_until=deployment.today + VALID_FOR,
        status=VacancyStatus.DRAFT,
        version=1,
        created_at=deployment.now,
        **{name: getattr(vacancy, name) for name in COPIED},
    )
    kept = [one for one in vacancy.violations if one[0] != "below_minimum_wage"]
    copy.violations = [*kept, *low_pay(deployment, copy)]
    return uow.vacancies.add(copy)


def expire_due(uow: UnitOfWork, deployment: Deployment, *, limit: int | None = None) -> int:
    """Close what is published beyond its last day, at most `limit`; return how many."""
    due = uow.vacancies.past_validity(deployment.today)[:limit]
    for vacancy in due:
        close(uow, deployment.of(vacancy.bureau_adcode), vacancy, VacancyStatus.EXPIRED)
    return len(due)
