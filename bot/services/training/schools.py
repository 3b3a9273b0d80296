"""Who may look after a course: its officer, and the school or firm that holds it.

A training school registers like any firm and is let in by an officer; what it announces is a draft
until an officer opens it. So a school needs no role, account or invitation of its own.
"""

from __future__ import annotations

from bot.messages import Option
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officers import NoOfficerError, inform, is_in_scope, language_of
from bot.services.sending.deliveries import action_data
from bot.services.training.courses import create_course, reference
from bot.understanding.courses.course_facts import CourseFacts
from storage.models import Course, Enterprise, Officer
from storage.states import EnterpriseStatus
from storage.unit_of_work import UnitOfWork

LEAST_NAME = 4


def may_manage(deployment: Deployment, officer: Officer, course: Course) -> bool:
    """Tell whether an officer looks after a course: its own, or one in its area."""
    if course.bureau_adcode != deployment.bureau_adcode:
        return False
    if course.officer_id == officer.id:
        return True
    return is_in_scope(
        officer,
        officers.code_of_workplace(course.adcode or course.bureau_adcode, course.bureau_adcode),
    )


def holds(enterprise: Enterprise | None, course: Course) -> bool:
    """Tell whether a school or firm, let in by an officer, holds this course."""
    if enterprise is None or enterprise.status is not EnterpriseStatus.VERIFIED:
        return False
    return course.enterprise_id == enterprise.id


def is_ordered(uow: UnitOfWork, course: Course) -> bool:
    """Tell whether a firm ordered the class for its own vacancies."""
    if course.enterprise_id is None:
        return False
    rows = uow.courses.vacancies_of(course.id)
    return any(row.enterprise_id == course.enterprise_id for row in rows)


def school_named(uow: UnitOfWork, deployment: Deployment, facts: CourseFacts) -> Enterprise | None:
    """Return the school of these facts where it is registered here under that very name."""
    name = (facts.school or "").strip()
    if len(name) < LEAST_NAME:
        return None
    for firm in uow.enterprises.named_like(name, scope=officers.scope_of(deployment.bureau_adcode)):
        if firm.name == name and firm.bureau_adcode == deployment.bureau_adcode:
            return firm if firm.status is EnterpriseStatus.VERIFIED else None
    return None


def propose(
    uow: UnitOfWork,
    deployment: Deployment,
    enterprise: Enterprise,
    facts: CourseFacts,
    *,
    text: str | None,
) -> Course:
    """Keep a course that a school or firm announces as a draft, and ask its officer to open it.

    Raises:
        UserError: The facts cannot be a course.
        NoOfficerError: Nobody looks after the place.
    """
    course = create_course(
        uow, deployment, facts, officer=None, enterprise_id=enterprise.id, text=text
    )
    ask_officer(uow, deployment, enterprise, course)
    return course


def ask_officer(
    uow: UnitOfWork, deployment: Deployment, enterprise: Enterprise, course: Course
) -> Officer:
    """Ask the officer of the place to look at a proposed course.

    Raises:
        NoOfficerError: Nobody looks after the place.
    """
    place = officers.code_of_workplace(course.adcode or "", course.bureau_adcode)
    try:
        officer = officers.owner_for(uow, place, bureau=course.bureau_adcode)
    except NoOfficerError:
        officer = officers.owner_for(uow, course.bureau_adcode, bureau=course.bureau_adcode)
    language = language_of(uow, officer)
    label = deployment.text("courses.choice.look", language)
    inform(
        uow,
        deployment,
        officer,
        "courses.told.proposed",
        dedupe=f"course:{course.id.hex}",
        subject_id=course.id,
        options=[Option(1, label, action_data("course", course.id.hex))],
        firm=enterprise.name,
        number=reference(course),
        title=course.title,
    )
    return officer


def actor_of(course: Course, officer: Officer | None) -> str:
    """Return who acts on a course, as the audit names them: an officer, or who holds it."""
    if officer is not None:
        return f"officer:{officer.id.hex}"
    held_by = course.enterprise_id
    return f"enterprise:{held_by.hex}" if held_by is not None else "enterprise"
