"""What a message or a post says, as values; None always means "not said"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from content import intents

Intent = intents.Intent
Gender = Literal["male", "female"]
PostGender = Literal["male", "female", "any"]
Migration = Literal["near_home", "in_county", "in_province", "out_of_province", "anywhere"]
DataRequest = Literal["see", "export", "change", "pause"]
WorkplaceStatus = Literal["working", "not_working", "changed", "on_leave"]
WageUnit = Literal["元/月", "元/天", "元/小时", "计件", "面议"]
Insurance = Literal[
    "five_insurances", "five_insurances_one_fund", "social_insurance", "commercial", "none"
]
Education = Literal["none", "primary", "junior_high", "senior_high", "vocational", "college"]
Shift = Literal["day", "night", "two_shifts", "three_shifts", "half_day", "flexible"]
MissingPart = Literal[
    "wage", "headcount", "place", "lodging", "board", "payday", "hours", "contact"
]
CorrectedField = Literal[
    "wage",
    "headcount",
    "place",
    "age",
    "lodging",
    "board",
    "contact",
    "title",
    "hours",
    "payday",
    "education",
    "experience",
    "certificates",
    "nearby",
    "start",
    "length",
    "reserved",
    "shifts",
]
ViolationCode = Literal[
    "deposit",
    "fee",
    "id_retention",
    "gender_discrimination",
    "marital_fertility_discrimination",
    "ethnic_discrimination",
    "religion_discrimination",
    "hepatitis_discrimination",
    "region_discrimination",
    "below_minimum_wage",
    "underage",
    "suspected_fraud",
]


@dataclass(frozen=True, slots=True)
class Context:
    """What the bot asked last, without which a bare digit or "好" means nothing.

    Attributes:
        question: Step name of the open question, such as `check_in.still_there`, or None.
        options: The numbered choices shown, as (number, label) in the order shown.
        home: Adcode of the worker's or the bureau's county; settles ambiguous place names.
        today: The day of the message; without it birth years are checked loosely.
        asked: The words of the bot's last message, where they are known.
    """

    question: str | None = None
    options: tuple[tuple[int, str], ...] = ()
    home: str | None = None
    today: date | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class OpenName:
    """A place name that may mean several places: who wrote it has to be asked.

    Attributes:
        name: The name as it stands in the register or in the text.
        codes: What it may mean, the likeliest first; never fewer than two.
        refused: The place is one that is not wanted.
    """

    name: str
    codes: tuple[str, ...]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class WorkerReading:
    """What one message of a worker says about the person to be placed.

    Attributes:
        intent: What should be done now; grievances and a lost job outrank everything else.
        confidence: 0 (nothing recognised) to 1 (clear words or an answered question).
        also: A second intent of the same message, or None.
        skills: Canonical trades the person has or asks for, in the order said.
        refused_skills: Canonical trades refused or given up.
        locations: Adcodes of wanted workplaces, the finest unit said.
        excluded_locations: Adcodes of refused places.
        open_places: Names among the wanted and refused places that stay ambiguous.
        home: Code of the place where the person says to come from or live (nine digits for a
            town), only when said.
        home_open: Codes of a home whose name stays ambiguous, never one.
        migration: How far the person would go, only when said.
        wage_min: Yuan a month asked for; a day counts 26 to the month, an hour 8 × 26.
        wage_raw: The words from which `wage_min` was read.
        age: Years, as said.
        birth_year: Four digits; only years that make the person 14 to 100.
        gender: Only if said directly or by a kinship word.
        wants_room_board: True if board or lodging is required, False if declined.
        for_whom: The kinship word of another person to be placed, such as 嫂子.
        phone: Digits; a landline keeps its area code and `-`.
        choice: The number of the chosen option; 0 is always a person.
        yes_no: True, False, or None when neither is said.
        data_request: What is asked about the stored data.
        workplace_status: State of the present job.
        not_understood: What is left after everything recognised is cut out.
    """

    intent: Intent
    confidence: float
    also: Intent | None = None
    skills: tuple[str, ...] = ()
    refused_skills: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    excluded_locations: tuple[str, ...] = ()
    open_places: tuple[OpenName, ...] = ()
    home: str | None = None
    home_open: tuple[str, ...] = ()
    migration: Migration | None = None
    wage_min: int | None = None
    wage_raw: str | None = None
    age: int | None = None
    birth_year: int | None = None
    gender: Gender | None = None
    wants_room_board: bool | None = None
    for_whom: str | None = None
    phone: str | None = None
    choice: int | None = None
    yes_no: bool | None = None
    data_request: DataRequest | None = None
    workplace_status: WorkplaceStatus | None = None
    not_understood: str = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """One unlawful condition of a post: its code and the post's own words."""

    code: ViolationCode
    excerpt: str


@dataclass(frozen=True, slots=True)
class JobReading:
    """One kind of work that a post offers; conditions of the whole post are repeated in each.

    Attributes:
        title: Canonical trade, or None when the words are in no lexicon.
        title_raw: The post's own words.
        occupation_code: Code of the 2022 classification, of the trade or of the words.
        headcount: Number wanted; None for 若干 and 多名.
        wage_min: Yuan a month; the only figure of "X起" and of base pay with commission.
        wage_max: Yuan a month; equal to `wage_min` for a single figure.
        wage_unit: As the post pays, not as converted.
        wage_raw: The words from which the figures were read.
        base_pay: Yuan a month of the guaranteed part, where it is named beside the rest.
        estimated: The figures are the employer's estimate for piece work.
        age_min, age_max: Ages wanted, both inclusive.
        gender: `any` only if the post says so.
        board: False also for an allowance in place of meals.
        lodging: True for a free bed of any kind.
        insurance: The most that is named.
        adcode: Workplace, finest county or city of GB/T 2260.
        town: Nine-digit code of the town or street.
        shifts: When in the day the work is done, in the order said.
        hours, payday: In the post's words.
        education: The least schooling that is required, not preferred.
        certificates: Licences named as required; "A|B" where either is enough.
        reserved_for: Groups (脱贫户, 低保, …) for whom alone the post is meant; any one is enough.
        experience_years: Least whole years required, not preferred.
        needs_skill: True for a practised hand, False where beginners may come too.
        starts_on: Day by which one must begin; None without a day of reading.
        lasts_days: Length of a short job, at most 60; None for longer ones.
        nearby_only: Only people who live near are wanted; says nothing of where one comes from.
        valid_until: Last day of the offer; a date without year counts from the day of reading.
        not_said: What workers ask about and the post leaves open.
    """

    title: str | None
    title_raw: str | None
    occupation_code: str | None = None
    headcount: int | None = None
    wage_min: int | None = None
    wage_max: int | None = None
    wage_unit: WageUnit | None = None
    wage_raw: str | None = None
    base_pay: int | None = None
    estimated: bool = False
    age_min: int | None = None
    age_max: int | None = None
    gender: PostGender | None = None
    board: bool | None = None
    lodging: bool | None = None
    insurance: Insurance | None = None
    adcode: str | None = None
    town: str | None = None
    hours: str | None = None
    shifts: tuple[Shift, ...] = ()
    payday: str | None = None
    education: Education | None = None
    certificates: tuple[str, ...] = ()
    reserved_for: tuple[str, ...] = ()
    experience_years: int | None = None
    needs_skill: bool | None = None
    starts_on: date | None = None
    lasts_days: int | None = None
    nearby_only: bool = False
    valid_until: date | None = None
    not_said: tuple[MissingPart, ...] = ()


@dataclass(frozen=True, slots=True)
class PostReading:
    """A recruitment post: what it offers and what the law forbids in it.

    Attributes:
        contact: Telephone in digits; a landline keeps its area code and `-`.
        violations: In the order of the text, one excerpt for each code.
        unknown: Checks that could not be made: `below_minimum_wage` where the content has no
            minimum wage of the workplace that somebody read at its source.
        jobs: One for each kind of work.
        not_understood: Clauses of which nothing was recognised.
    """

    contact: str | None
    violations: tuple[Violation, ...] = ()
    unknown: tuple[ViolationCode, ...] = ()
    jobs: tuple[JobReading, ...] = ()
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostPart:
    """One post of a message that holds several: its own words and what they say."""

    text: str
    reading: PostReading


@dataclass(frozen=True, slots=True)
class Correction:
    """One line with which an employer corrects a post.

    Only the attributes that belong to `field` are filled:

    - `wage`: `wage_min`, `wage_max`, `wage_unit`, `estimated`
    - `headcount`: `number`
    - `place`: `adcode`, `town`
    - `age`: `age_min`, `age_max`
    - `lodging`, `board`: `yes`
    - `contact`: `text` (the telephone in digits)
    - `title`: `title` (canonical, or None) and `text` (as typed)
    - `hours`, `payday`: `text`
    - `education`: `education`; None asks for none
    - `experience`: `number` (years, or None) and `yes` (False: beginners may come too)
    - `certificates`, `shifts`: `named`, with `yes` True to be added, False to be taken out,
      None to stand alone
    - `nearby`: `yes`
    - `start`: `day`, None for any
    - `length`: `number` (days), None for no short job
    - `reserved`: `named`, empty for everybody

    `text` always holds the value as typed, except for `contact`.
    """

    field: CorrectedField
    text: str
    number: int | None = None
    wage_min: int | None = None
    wage_max: int | None = None
    wage_unit: WageUnit | None = None
    estimated: bool = False
    age_min: int | None = None
    age_max: int | None = None
    adcode: str | None = None
    town: str | None = None
    title: str | None = None
    yes: bool | None = None
    education: Education | None = None
    day: date | None = None
    named: tuple[str, ...] = ()
