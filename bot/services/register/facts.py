"""What the register says of one worker, in the product's own words; officers and rules read it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.services.deployment import Deployment
from content.check_digits import id_number_birth, id_number_is_male
from storage.models import Household, RegisterEntry, Worker
from storage.register_states import Category
from storage.unit_of_work import UnitOfWork

YES, NO = "是", "否"
MALE, FEMALE = "male", "female"
SEXES = {"男": MALE, "女": FEMALE}
HUKOU = {"农业": "rural", "农村": "rural", "非农业": "urban", "城镇": "urban", "城市": "urban"}
NOT_ABLE = ("丧失", "无劳动")


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A worker's household.

    Attributes:
        id: Key of the household's row.
        home: Place code of six or nine digits, or None.
        relocated: It was moved for poverty relief (易迁).
        facts: The columns of its sheet by product names, as texts.
    """

    id: uuid.UUID
    home: str | None
    relocated: bool
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What is known of a worker beside what was said in a chat; None means that nobody told.

    Attributes:
        verified: Categories (words of `Category`) that a sheet or an officer confirmed.
        knows_categories: A sheet or a visit told of this person, so `verified` is all of them.
        claimed: Categories that only the worker claims; no decision rests on them.
        has_id_number: A well-formed ID number is known.
        sex: `male`, `female` or None; from the ID number where there is one.
        born: From the ID number, else from the sheet.
        hukou: `rural`, `urban` or None.
        household: None where no sheet told of one.
        relation: To the head of the household, as the sheet says it (户主, 配偶…).
        education: A word of `matching.types.Education`.
        student: What the sheet says of school (`普通高中一年级`), or None for nobody at school.
        able: Whether the person can work; None where the sheet does not say.
        pension: `城乡居民` or `职工`, else None.
        medical: `居民` or `职工`, else None.
        facts: Every column by its product name, as text; officers only.
    """

    verified: frozenset[str]
    knows_categories: bool
    claimed: frozenset[str]
    has_id_number: bool
    sex: str | None
    born: date | None
    hukou: str | None
    household: HouseholdFacts | None
    relation: str | None
    education: str | None
    student: str | None
    able: bool | None
    pension: str | None
    medical: str | None
    facts: Mapping[str, str]


def facts_of(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> RegisterFacts:
    """Return what the register and officers' visits tell of `worker`.

    An ID number overrides the typed sex and day of birth. Whoever shows the result to an
    officer writes that into the audit.
    """
    entry = uow.register_entries.of_worker(worker.id)
    household = _household(uow, entry)
    verified = set(uow.register_entries.verified_of(worker.id))
    if household is not None and household.relocated:
        verified.add(Category.RELOCATED.value)
    cells = texts_of(entry.facts if entry is not None else {})
    number = cells.get("id_number")
    return RegisterFacts(
        verified=frozenset(verified),
        knows_categories=entry is not None or bool(verified),
        claimed=frozenset(uow.register_entries.claimed_of(worker.id)) - verified,
        has_id_number=number is not None,
        sex=_sex(number, cells),
        born=id_number_birth(number) if number else day_of(cells.get("born")),
        hukou=HUKOU.get(cells.get("hukou", "")),
        household=household,
        relation=cells.get("relation"),
        education=worker.education,
        student=_student(cells),
        able=_able(cells),
        pension=_insured(cells, "pension", resident="城乡居民"),
        medical=_insured(cells, "medical", resident="居民"),
        facts=cells,
    )


def texts_of(facts: Mapping[str, object]) -> dict[str, str]:
    """Return stored columns as texts."""
    return {name: str(value) for name, value in facts.items()}


def day_of(text: str | None) -> date | None:
    """Return the day behind `YYYY-MM-DD`, as facts keep it, or None."""
    return date.fromisoformat(text) if text else None


def _household(uow: UnitOfWork, entry: RegisterEntry | None) -> HouseholdFacts | None:
    if entry is None or entry.household_id is None:
        return None
    row: Household = uow.register_entries.household(entry.household_id)
    return HouseholdFacts(row.id, row.home, row.relocated, texts_of(row.facts))


def _sex(number: str | None, cells: Mapping[str, str]) -> str | None:
    if number is not None:
        return MALE if id_number_is_male(number) else FEMALE
    return SEXES.get(cells.get("sex", ""))


def _student(cells: Mapping[str, str]) -> str | None:
    said = cells.get("student", "")
    return said if said and "非在校" not in said and said not in {"无", NO} else None


def _able(cells: Mapping[str, str]) -> bool | None:
    said = cells.get("labour", "")
    if not said or "劳动" not in said:
        return None
    return not said.startswith(NOT_ABLE)


def _insured(cells: Mapping[str, str], kind: str, *, resident: str) -> str | None:
    if cells.get(f"{kind}_employee") == YES:
        return "职工"
    return resident if cells.get(f"{kind}_resident") == YES else None
