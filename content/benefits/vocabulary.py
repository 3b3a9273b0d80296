"""The facts that rules may ask about, their values, and what an unsaid one means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType


class Unknown(Enum):
    """A fact that exists but that nobody knows; never taken for its default."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN

# None: does not apply to this person. Money is in fen.
Fact = str | int | bool | Unknown | None


class FactType(StrEnum):
    """How a fact is written in a profile."""

    FLAG = "flag"
    WORD = "word"
    COUNT = "count"
    MONEY = "money"
    PLACE = "place"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class FactKind:
    """What is known about one fact before anybody has said it.

    Attributes:
        type: How it is written.
        default: Its value where its key is absent.
        words: The words it may have; empty unless the type is a word.
        least: The least sum in fen that it can be.
    """

    type: FactType
    default: Fact
    words: frozenset[str] = frozenset()
    least: int = 0

    def admits(self, value: object) -> bool:
        """Tell whether a rule may ask for this value: a flag or one of the words."""
        if self.type is FactType.FLAG:
            return isinstance(value, bool)
        return isinstance(value, str) and value in self.words


def _flag(default: Fact) -> FactKind:
    return FactKind(FactType.FLAG, default)


def _word(default: Fact, *words: str) -> FactKind:
    return FactKind(FactType.WORD, default, frozenset(words))


# In the order in which people are asked; the register writes the same words.
CATEGORIES = ("建档立卡", "脱贫户", "边缘易致贫户", "低保", "特困", "残疾", "易迁")
SCHOOLS = frozenset(
    {
        "技工院校", "中职", "职业学校", "普通高中", "普通高校", "高职", "大专", "本科",
        "幼儿园", "小学", "初中", "特殊教育学校", "未上学",
    }
)  # fmt: skip
MODES = (
    "train_hard_seat", "train_hard_sleeper", "train_soft_seat", "train_soft_sleeper",
    "hsr_second_class", "hsr_first_class", "hsr_business_class", "long_distance_bus",
    "plane", "taxi", "own_car",
)  # fmt: skip

FACTS: Mapping[str, FactKind] = MappingProxyType(
    {
        "hukou": _word(UNKNOWN, "rural", "urban"),
        "pension": _word("城乡居民", "城乡居民", "职工"),
        "medical": _word("居民", "居民", "职工"),
        "labour_capacity": _flag(default=True),
        "wants_work": _flag(default=True),
        "wants_training": _flag(default=False),
        "trainings_this_year": FactKind(FactType.COUNT, 0),
        "attending_subsidised_training": _flag(default=False),
        "employment": _word(
            None, "employed", "flexible", "self_employed", "lost_job", "changing", "returned"
        ),
        "hard_to_place": _flag(default=False),
        "wants_pwj": _flag(default=False),
        "starting_business": _flag(default=False),
        "docs_missing": _flag(default=False),
        "relocated": _flag(default=False),
        "household_labour": FactKind(FactType.COUNT, UNKNOWN),
        "household_employed": FactKind(FactType.COUNT, UNKNOWN),
        "trip.mode": _word(UNKNOWN, *MODES),
        # A ticket that cost nothing is no ticket.
        "trip.price": FactKind(FactType.MONEY, UNKNOWN, least=1),
        "trip.return_price": FactKind(FactType.MONEY, 0),
        "trip.from_county": FactKind(FactType.PLACE, UNKNOWN),
        "trip.to_county": FactKind(FactType.PLACE, UNKNOWN),
        "trip.purpose": _word("work", "work", "travel", "visit"),
        "trip.has_ticket": _flag(default=True),
        "trip.other_dept_paid": _flag(default=False),
        "trip.already_received": _flag(default=False),
        # Where nobody says it, it follows from `trip.already_received` if that is false.
        "trip.received_this_year": _flag(default=None),
        "graduate.school": _word(UNKNOWN, "普通高校", "职业学校"),
        "graduate.year": FactKind(FactType.YEAR, UNKNOWN),
        "inpatient.hospital_level": _word(UNKNOWN, "county", "tertiary", "township"),
        "inpatient.in_region": _flag(default=UNKNOWN),
        "inpatient.self_paid": FactKind(FactType.MONEY, UNKNOWN),
        "inpatient.major_base_deductible": FactKind(FactType.MONEY, UNKNOWN),
    }
)
SINGLE_FACTS = tuple(name for name in FACTS if "." not in name)
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        group: tuple(name for name in FACTS if name.startswith(f"{group}."))
        for group in ("trip", "graduate", "inpatient")
    }
)


def group_of(fact: str) -> str:
    """Return the group a fact stands in (`trip` of `trip.mode`); the fact itself if in none."""
    return fact.partition(".")[0]
