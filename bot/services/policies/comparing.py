"""An old and a new version of one benefit side by side, for the officer who checks the text."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.deployment import Deployment
from bot.services.policies.reviewing import card_of_rule
from content.benefits.facts import BenefitProfile
from content.benefits.profile_reading import ProfileReader
from content.benefits.rules import BenefitRule
from content.benefits.verdicts import judged_beside
from content.benefits.vocabulary import FACTS, GROUPS, SINGLE_FACTS, FactType
from content.policies.cards import PolicyCard

_GROUPED = tuple(name for names in GROUPS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a version changes.

    Attributes:
        new: The version that waits.
        new_card: What workers would read, or None.
        old: The version that answers in its place, or None.
        old_card: Its card, or None.
        only_old: Facts that only the old one asks for, as `words.missing_key` knows them.
        only_new: Facts that only the new one asks for.
        both: Facts that both ask for.
    """

    new: BenefitRule
    new_card: PolicyCard | None
    old: BenefitRule | None
    old_card: PolicyCard | None
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    both: tuple[str, ...]


def compare(deployment: Deployment, rule: BenefitRule) -> Comparison:
    """Lay a rule beside the one it takes the place of.

    What each asks for is what it misses of somebody of whom nothing at all is known, or one
    thing such as that there is a ticket; so the lists follow the rules' own conditions.
    """
    rules = deployment.catalogue.benefits
    old = rules.rule(rule.replaces) if rule.replaces else None
    asked = _asked(deployment, rule)
    of_new, of_old = asked.get(rule.id, ()), asked.get(old.id, ()) if old is not None else ()
    return Comparison(
        new=rule,
        new_card=card_of_rule(deployment, rule),
        old=old,
        old_card=card_of_rule(deployment, old) if old is not None else None,
        only_old=tuple(fact for fact in of_old if fact not in of_new),
        only_new=tuple(fact for fact in of_new if fact not in of_old),
        both=tuple(fact for fact in of_new if fact in of_old),
    )


def _asked(deployment: Deployment, rule: BenefitRule) -> dict[str, tuple[str, ...]]:
    """Return the facts that each version of a benefit asks for, by the version's id."""
    found: dict[str, dict[str, None]] = {}
    for known in (None, *(name for name in _GROUPED if FACTS[name].type is FactType.FLAG)):
        profile = _nobody(deployment, rule, known)
        for verdict in judged_beside(profile, deployment.catalogue.benefits, rule.code):
            found.setdefault(verdict.rule.id, {}).update(dict.fromkeys(verdict.missing))
    return {key: tuple(facts) for key, facts in found.items()}


def _nobody(deployment: Deployment, rule: BenefitRule, known: str | None) -> BenefitProfile:
    """Return somebody of whom nothing is known but that one fact of a group holds."""
    row: dict[str, object] = dict.fromkeys((*SINGLE_FACTS, "birth", "categories", "children"))
    for group, names in GROUPS.items():
        row[group] = {name.partition(".")[2]: True if name == known else None for name in names}
    row.update(jurisdiction=rule.jurisdiction, as_of=deployment.today.isoformat())
    return ProfileReader(deployment.catalogue.places).read(row, today=deployment.today)
