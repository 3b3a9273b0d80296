"""Who comes first when seats are short: decided by what the register says, never by a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.services.deployment import Deployment
from bot.services.register.facts import FEMALE, RegisterFacts, facts_of
from content.benefits.course_priority import CourseApplicant, seats_given
from content.benefits.facts import completed_years
from matching.types import Education
from storage.models import Enrolment, Worker
from storage.register_states import Category
from storage.unit_of_work import UnitOfWork

FIRST, OTHERS = 0, 1
LONG_AGO = datetime.min.replace(tzinfo=UTC)
# 建档立卡 was renamed 脱贫户 when the household was lifted out; the text means both.
POOR = frozenset({Category.REGISTERED_POOR.value, Category.OUT_OF_POVERTY.value})
LEFT_SCHOOL = frozenset({Education.JUNIOR_HIGH.value, Education.SENIOR_HIGH.value})
# 两后生 are those who left junior or senior high just now; the clause names no age. Offices take
# young people who could still be at school, so an older worker with the same schooling is none.
YOUNGEST, OLDEST = 15, 22


def tier_of(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> int:
    """Return 0 for the groups that come first by law, 1 for everybody else.

    Sex is looked at here and nowhere else in the product's decisions.
    """
    applicant = applicant_of(facts_of(uow, deployment, worker), today=deployment.today)
    return FIRST if applicant.comes_first else OTHERS


def applicant_of(
    facts: RegisterFacts, *, today: date, person: int = 0, asked_at: datetime = LONG_AGO
) -> CourseApplicant:
    """Return somebody as the order of seats sees them; only verified categories count."""
    return CourseApplicant(
        person=person,
        asked_at=asked_at,
        is_woman=facts.sex == FEMALE,
        is_poor=bool(facts.verified & POOR),
        is_disabled=Category.DISABLED.value in facts.verified,
        left_school=_left_school(facts, today),
    )


def in_order(
    uow: UnitOfWork,
    deployment: Deployment,
    waiting: Sequence[tuple[Enrolment, Worker]],
    *,
    seats: int,
) -> tuple[list[tuple[Enrolment, Worker]], list[tuple[Enrolment, Worker]]]:
    """Return who gets one of `seats` and who goes on waiting, both by the lawful order.

    What the register says today counts; the tier of each enrolment is written anew.
    """
    applicants = []
    for place, (enrolment, worker) in enumerate(waiting):
        facts = facts_of(uow, deployment, worker)
        one = applicant_of(facts, today=deployment.today, person=place, asked_at=enrolment.asked_at)
        enrolment.tier = FIRST if one.comes_first else OTHERS
        applicants.append(one)
    given = seats_given(applicants, max(0, seats))
    return [waiting[place] for place in given.seated], [waiting[place] for place in given.waiting]


def _left_school(facts: RegisterFacts, today: date) -> bool:
    if facts.born is None or facts.student is not None or not facts.knows_categories:
        return False
    is_young = YOUNGEST <= completed_years(facts.born, today) <= OLDEST
    return is_young and facts.education in LEFT_SCHOOL
