"""For which time a benefit is applied for: once in a life, or a calendar year."""

from __future__ import annotations

from datetime import date

from content.benefits.facts import BenefitProfile, Journey
from content.benefits.rules import BenefitRule
from content.benefits.verdicts import judge
from storage.models import BenefitApplication

ONCE = "once"
ALREADY_RECEIVED = "trip.already_received"


def period_of(rule: BenefitRule, day: date) -> str:
    """Return what makes a second application under a rule a duplicate: `once` or the year.

    The rule itself tells: it pays once where an earlier payment, in whichever year, excludes.
    """
    earlier = BenefitProfile(
        jurisdiction=rule.jurisdiction,
        as_of=rule.valid_from,
        age=None,
        categories=frozenset(),
        knows_categories=False,
        claimed=frozenset(),
        facts={"trip": True, ALREADY_RECEIVED: True},
        children=None,
        journey=Journey.OTHER_COUNTY,
        unclear_places=(),
        problems=(),
    )
    return ONCE if ALREADY_RECEIVED in judge(rule, earlier).reasons else str(day.year)


def year_of(application: BenefitApplication) -> int | None:
    """Return the calendar year for which something was applied for, else that of its payment."""
    if application.period.isdecimal():
        return int(application.period)
    return application.paid_on.year if application.paid_on is not None else None
