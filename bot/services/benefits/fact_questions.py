"""Which facts a worker can be asked for, with which numbered choices, and what the words say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bot.services.benefits.said_values import day_said, fen_said, year_said
from content.benefits.vocabulary import FACTS, FactType

YES, NO, MORE, NOT_KNOWN, NONE = "yes", "no", "more", "not_known", "none"
CHILDREN, SCHOOL, CLAIMED, BIRTH = "children", "children.school", "categories", "birth"
MOST_CHILDREN = 9
# What only an officer or a sheet can settle is never asked.
NEVER_ASKED = frozenset({"as_of", "category_verified", "docs_missing"})
TICKETS = ("trip.price", "trip.return_price")


class FactPrompt(StrEnum):
    """What kind of answer a fact needs."""

    CHOICE = "choice"
    MONEY = "money"
    PLACE = "place"
    COUNT = "count"
    YEAR = "year"
    DAY = "day"
    CATEGORIES = "categories"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """How one fact is asked for.

    Attributes:
        fact: Its name among the missing facts of a verdict.
        prompt: The kind of answer.
        choices: Values in the order shown, the key of each label being
            `benefit_application.<table>.<value>`; `more` opens `more`.
        table: Table of the labels among the texts.
        more: The rarer values.
    """

    fact: str
    prompt: FactPrompt
    choices: tuple[str, ...] = ()
    table: str = ""
    more: tuple[str, ...] = ()


_MODES = (
    "train_hard_seat", "train_hard_sleeper", "hsr_second_class", "long_distance_bus", "plane",
    "own_car", "taxi", MORE,
)  # fmt: skip
_OTHER_SEATS = ("train_soft_seat", "train_soft_sleeper", "hsr_first_class", "hsr_business_class")
_EMPLOYMENT = ("employed", "flexible", "self_employed", "lost_job", "changing", "returned")
# Words of the register, in the order in which they are asked for.
CATEGORY_ORDER = ("建档立卡", "脱贫户", "边缘易致贫户", "低保", "特困", "残疾", "易迁")
SCHOOL_CHOICES = ("技工院校", "中职", "高职", "普通高中", "普通高校", "初中", "小学")

# A digit that is typed is the number that it shows.
COUNTS = ("one", "two", "three", "four", "five", NONE)

_WORDS: Mapping[str, FactQuestion] = MappingProxyType(
    {
        one.fact: one
        for one in (
            FactQuestion("trip.mode", FactPrompt.CHOICE, _MODES, "mode", _OTHER_SEATS),
            FactQuestion("trip.purpose", FactPrompt.CHOICE, ("work", "visit", "travel"), "purpose"),
            FactQuestion("hukou", FactPrompt.CHOICE, ("rural", "urban"), "hukou"),
            FactQuestion("pension", FactPrompt.CHOICE, ("城乡居民", "职工"), "insured"),
            FactQuestion("medical", FactPrompt.CHOICE, ("居民", "职工"), "insured"),
            FactQuestion("employment", FactPrompt.CHOICE, _EMPLOYMENT, "employment"),
            FactQuestion("graduate.school", FactPrompt.CHOICE, ("普通高校", "职业学校"), "school"),
            FactQuestion(
                "inpatient.hospital_level",
                FactPrompt.CHOICE,
                ("county", "tertiary", "township"),
                "hospital",
            ),
            FactQuestion(SCHOOL, FactPrompt.CHOICE, SCHOOL_CHOICES, "school"),
            FactQuestion(CHILDREN, FactPrompt.CHILDREN, COUNTS, "count"),
            FactQuestion(CLAIMED, FactPrompt.CATEGORIES, (*CATEGORY_ORDER, NONE), "category"),
            FactQuestion(BIRTH, FactPrompt.DAY),
        )
    }
)
_PROMPTS = {
    FactType.MONEY: FactPrompt.MONEY,
    FactType.PLACE: FactPrompt.PLACE,
    FactType.COUNT: FactPrompt.COUNT,
    FactType.YEAR: FactPrompt.YEAR,
}
# How workers read a category or school has a name of ASCII among the texts.
SLUGS: Mapping[str, str] = MappingProxyType(
    {
        "建档立卡": "registered_poor", "脱贫户": "out_of_poverty", "边缘易致贫户": "at_risk",
        "低保": "minimum_allowance", "特困": "special_hardship", "残疾": "disabled",
        "易迁": "relocated", "技工院校": "technical", "中职": "secondary", "高职": "higher",
        "普通高中": "senior_high", "普通高校": "university", "职业学校": "vocational",
        "初中": "junior_high", "小学": "primary", "城乡居民": "residents", "居民": "residents",
        "职工": "employees",
    }
)  # fmt: skip


def question_for(fact: str) -> FactQuestion | None:
    """Return how a missing fact is asked for; None for one that no worker can settle."""
    if fact in NEVER_ASKED:
        return None
    known = _WORDS.get(fact)
    if known is not None:
        return known
    kind = FACTS.get(fact)
    if kind is None:
        return None
    if kind.type is FactType.FLAG:
        return FactQuestion(fact, FactPrompt.CHOICE, (YES, NO), "flag")
    prompt = _PROMPTS.get(kind.type)
    if prompt is FactPrompt.COUNT:
        return FactQuestion(fact, prompt, COUNTS, "count")
    return None if prompt is None else FactQuestion(fact, prompt)


def label_key(question: FactQuestion, value: str) -> str:
    """Return the text key of one choice."""
    return f"benefit_application.{question.table}.{SLUGS.get(value, value)}"


def value_of(question: FactQuestion, choice: str) -> object:
    """Return the fact that a choice stands for; `not_known` is None, a fact nobody knows."""
    if choice == NOT_KNOWN:
        return None
    if question.table == "flag":
        return choice == YES
    if question.table == "count":
        count = (COUNTS.index(choice) + 1) % len(COUNTS)
        return _children(count) if question.prompt is FactPrompt.CHILDREN else count
    return choice


def value_said(question: FactQuestion, text: str, *, number: int | None, today: date) -> object:
    """Return the fact that free words state, in the shape of `answers`; None if they state none.

    Places are read by the caller, who knows the map. Categories come as a list, children as a
    list of objects whose schools are unknown.
    """
    if question.prompt is FactPrompt.MONEY:
        return fen_said(text)
    if question.prompt is FactPrompt.DAY:
        day = day_said(text)
        return day.isoformat() if day is not None and day <= today else None
    if question.prompt is FactPrompt.YEAR:
        year = year_said(text)
        return year if year is not None and year <= today.year else None
    if question.prompt is FactPrompt.COUNT:
        return number
    if question.prompt is FactPrompt.CHILDREN:
        return None if number is None or number > MOST_CHILDREN else _children(number)
    if question.prompt is FactPrompt.CATEGORIES:
        return [one for one in CATEGORY_ORDER if one in text] or None
    return None


def _children(count: int) -> list[dict[str, object]]:
    return [{"school": None} for _ in range(count)]
