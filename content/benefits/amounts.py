"""The sums that a text fixes, to the fen; where it fixes none, none is ever made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from content.benefits.facts import BenefitProfile, Journey
from content.benefits.money import rounded_fen
from content.benefits.rule_rows import RuleRow
from content.benefits.vocabulary import SCHOOLS, UNKNOWN

PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Amount:
    """What a rule's sum comes to.

    Attributes:
        fen: The sum, or None while facts are missing.
        missing: The facts without which it cannot be told.
        notes: Reasons an officer should see beside the sum.
    """

    fen: int | None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


Sum = Callable[[BenefitProfile], Amount]


def _ticket_price(_row: RuleRow) -> Sum:
    """As much as the ticket cost."""
    return _price


def _price(profile: BenefitProfile) -> Amount:
    return _total(profile, "trip.price")


def _tickets_or_flat(row: RuleRow) -> Sum:
    """Both tickets' cost; without a ticket `within` or `outside` the province, in yuan."""
    flat = {
        Journey.OTHER_COUNTY: row.sum_of_yuan("within"),
        Journey.OTHER_PROVINCE: row.sum_of_yuan("outside"),
    }

    def amount(profile: BenefitProfile) -> Amount:
        if profile.facts.get("trip.has_ticket") is True:
            return _total(profile, "trip.price", "trip.return_price")
        if profile.does_not_know("trip.has_ticket"):
            return Amount(None, (profile.to_ask("trip.has_ticket"),))
        fen = flat.get(profile.journey) if profile.journey else None
        return Amount(fen, profile.unclear_places if fen is None else ())

    return amount


def _per_child(row: RuleRow) -> Sum:
    """`yuan` for each child at a school of `schools`; a child at one of `officer` is noted."""
    fen = row.sum_of_yuan("yuan")
    wanted, doubtful = row.some_words("schools", SCHOOLS), row.words("officer", SCHOOLS)

    def amount(profile: BenefitProfile) -> Amount:
        if profile.children is None:
            return Amount(None)  # the condition on the children has named what is missing
        schools = [child.school for child in profile.children]
        if UNKNOWN in schools:
            return Amount(None, ("children.school",))
        notes = ("children.school_unclear",) if doubtful & set(schools) else ()
        return Amount(fen * sum(school in wanted for school in schools), notes=notes)

    return amount


def _share_above_deductible(row: RuleRow) -> Sum:
    """`percent` of what lies between the lowered deductible and `ceiling` yuan.

    The deductible is `deductible_percent` of the base. The sum is worked out exactly and rounded
    once, at the end: with an odd base it may come to quarters of a fen.
    """
    share = Fraction(row.percent("percent"), PER_CENT)
    lowered = Fraction(row.percent("deductible_percent"), PER_CENT)
    ceiling = row.sum_of_yuan("ceiling")

    def amount(profile: BenefitProfile) -> Amount:
        paid = profile.sum_of("inpatient.self_paid")
        base = profile.sum_of("inpatient.major_base_deductible")
        if paid is None or base is None:
            return Amount(None)  # the condition on both has named what is missing
        counted = max(min(paid, ceiling) - lowered * base, Fraction(0))
        notes = ("inpatient.above_ceiling",) if paid > ceiling else ()
        return Amount(rounded_fen(share * counted), notes=notes)

    return amount


def _total(profile: BenefitProfile, *facts: str) -> Amount:
    sums = {fact: profile.sum_of(fact) for fact in facts}
    unknown = tuple(profile.to_ask(fact) for fact, fen in sums.items() if fen is None)
    if unknown:
        return Amount(None, unknown)
    return Amount(sum(fen for fen in sums.values() if fen is not None))


_KINDS: Mapping[str, tuple[Callable[[RuleRow], Sum], frozenset[str]]] = MappingProxyType(
    {
        "ticket_price": (_ticket_price, frozenset()),
        "tickets_or_flat": (_tickets_or_flat, frozenset({"within", "outside"})),
        "per_child": (_per_child, frozenset({"yuan", "schools", "officer"})),
        "share_above_deductible": (
            _share_above_deductible,
            frozenset({"percent", "deductible_percent", "ceiling"}),
        ),
    }
)


def read_amount(row: RuleRow) -> Sum:
    """Build the sum of an [amount] table.

    Raises:
        ContentError: An unknown kind, key or value.
    """
    build, keys = _KINDS[row.one_of("kind", frozenset(_KINDS))]
    row.nothing_but(keys | {"kind"})
    return build(row)
