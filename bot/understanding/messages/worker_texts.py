"""One message of a worker, put together from its parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from bot.understanding.choices import read_choice, read_ordinal, read_yes_no
from bot.understanding.messages.intents import (
    CLEAR,
    LIKELY,
    NOTHING,
    IntentReading,
    read_data_request,
    read_intent,
    speaks_gravely,
)
from bot.understanding.messages.polarity import (
    Clause,
    clause_at,
    is_in_name,
    read_clauses,
    tells_origin,
)
from bot.understanding.messages.slots import Found, Person, read_person
from bot.understanding.occupations.trades import TradeFinder, TradeMention
from bot.understanding.pay.wages import Wage
from bot.understanding.pay.wanted_pay import find_wanted_pay
from bot.understanding.places.finder import PlaceFinder, PlaceMention
from bot.understanding.values import Context, Intent, Migration, WorkerReading
from bot.understanding.writing.folding import blank, fold
from bot.understanding.writing.phones import Phone, find_phones

_Value = TypeVar("_Value")
LONGEST = 1_000
_NAMES_NO_TRADE: frozenset[Intent] = frozenset(("complain_wages", "checkin_reply"))
_ONLY = re.compile(r"(?:只(?:想|愿意?)?(?:在|去|要)|不出)\Z")
_BEFORE = 6
_FIRST_CLAUSE = re.compile(r"\s*[^,，。;！!\s]*")
_FILLER = re.compile(
    r"[^\w\u4e00-\u9fff]+|"
    "[我你他她想要找就只在的了嘛吧哦哈啊呀咯哟呢嘞都也还是有去会个帮给把和跟得]"
    r"|师傅|请问|你好|可以|那边|一个|电话|今年|活路?"
)


class WorkerTexts:
    """Reads workers' messages over one catalogue's places and trades."""

    def __init__(self, places: PlaceFinder, trades: TradeFinder) -> None:
        self._places = places
        self._trades = trades

    def read(self, original: str, context: Context) -> WorkerReading:
        """Read one message; beyond `LONGEST` characters nothing is read, only handed on."""
        head = original[:LONGEST]
        folded = fold(head)
        phones = find_phones(folded)
        text = blank(folded, [(phone.start, phone.end) for phone in phones])
        choice = _choice(head, text, context)
        intent = read_intent(text, context, choice=choice)
        if choice is not None:
            return _reading_of_choice(intent, choice, head)
        return self._read_slots(original, text, intent, phones, context)

    def _read_slots(
        self,
        original: str,
        text: str,
        intent: IntentReading,
        phones: list[Phone],
        context: Context,
    ) -> WorkerReading:
        clauses = read_clauses(text)
        person = read_person(text, context)
        wage = _wage_beside(person, text, clauses, intent, context)
        trades = self._trades.find(text)
        kept = [] if intent.intent in _NAMES_NO_TRADE else trades
        skills, refused_skills = _split_trades(text, kept, clauses)
        places = self._named_places(text, clauses, context)
        wanted, refused = self._split_places(text, places, clauses)
        parts = (wage, *trades, *places, *phones)
        spans = [(part.start, part.end) for part in parts if part is not None]
        left = _left_over(original, [*spans, *person.spans(), *intent.spans])
        migration = _value(person.migration) or _limit_to(text, places, wanted)
        asks = bool(skills or wage or migration or refused or (wanted and not left))
        decided = _with_slots(intent, found=asks)
        return replace(
            _reading_of_person(person),
            intent=decided.intent,
            confidence=decided.confidence,
            also=decided.also,
            skills=skills,
            refused_skills=refused_skills,
            locations=wanted,
            migration=migration,
            excluded_locations=refused,
            wage_min=None if wage is None else wage.monthly()[0],
            wage_raw=None if wage is None else original[wage.start : wage.end].strip(),
            phone=phones[0].digits if phones else None,
            yes_no=read_yes_no(original),
            data_request=read_data_request(text, decided.intent),
            workplace_status=decided.status,
            not_understood=left,
        )

    def _named_places(
        self, text: str, clauses: list[Clause], context: Context
    ) -> list[PlaceMention]:
        return [
            place
            for place in self._places.find(text, home=context.home)
            if not is_in_name(text, clause_at(clauses, place.start), place.start)
        ]

    def _split_places(
        self, text: str, places: list[PlaceMention], clauses: list[Clause]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        wanted: list[str] = []
        refused: list[str] = []
        for place in places:
            clause = clause_at(clauses, place.start)
            code = self._places.adcode(place.code)
            if clause.refuses:
                refused.append(code)
            elif not clause.past and not tells_origin(text, clause, place.end):
                wanted.append(code)
        return self._places.finest(wanted), self._places.finest(refused)


def _limit_to(text: str, places: list[PlaceMention], wanted: tuple[str, ...]) -> Migration | None:
    """Return how far somebody goes who wants one place only: 只在中江, 不出四川."""
    only = any(_ONLY.search(text[max(0, one.start - _BEFORE) : one.start]) for one in places)
    if not only or len(wanted) != 1:
        return None
    if wanted[0].endswith("0000"):
        return "in_province"
    # There is no limit of a whole city; the wanted place itself has to do.
    return None if wanted[0].endswith("00") else "in_county"


def _value(found: Found[_Value] | None) -> _Value | None:
    return None if found is None else found.value


def _reading_of_person(person: Person) -> WorkerReading:
    return WorkerReading(
        intent="other",
        confidence=NOTHING,
        migration=_value(person.migration),
        age=_value(person.age),
        birth_year=_value(person.birth_year),
        gender=person.gender,
        wants_room_board=_value(person.room_board),
        for_whom=_value(person.for_whom),
    )


def _wage_beside(
    person: Person, text: str, clauses: list[Clause], intent: IntentReading, context: Context
) -> Wage | None:
    # A year or an age must not be read a second time as pay.
    years = (person.birth_year, person.age)
    taken = [(year.start, year.end) for year in years if year is not None]
    return find_wanted_pay(blank(text, taken), clauses, intent.intent, context)


def _asks_number(context: Context) -> bool:
    asked = (context.question or "").rpartition(".")[2]
    return asked in ("birth_year", "age", "wage", "wage_min", "phone") and not context.options


def _choice(original: str, text: str, context: Context) -> int | None:
    """Return the number chosen; 第二个 inside a longer message yields to graver intents."""
    if _asks_number(context):
        return None
    number = read_choice(original)
    if number is not None or not context.options or speaks_gravely(text):
        return number
    return read_ordinal(original)


def _reading_of_choice(intent: IntentReading, choice: int, original: str) -> WorkerReading:
    return WorkerReading(
        intent=intent.intent,
        confidence=intent.confidence,
        choice=choice,
        yes_no=read_yes_no(original),
        workplace_status=intent.status,
    )


def _split_trades(
    text: str, trades: list[TradeMention], clauses: list[Clause]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wanted: dict[str, None] = {}
    refused: dict[str, None] = {}
    for trade in trades:
        clause = clause_at(clauses, trade.start)
        if text[trade.start - 1 : trade.start] in ("不", "莫"):
            continue  # 收不收钱 asks about a fee; 收钱 is no trade here
        (refused if clause.refuses or clause.given_up else wanted)[trade.word] = None
    return tuple(wanted), tuple(word for word in refused if word not in wanted)


def _with_slots(intent: IntentReading, *, found: bool) -> IntentReading:
    """Take a message that only names work, a place or pay as a search for work."""
    if intent.intent == "other" and intent.confidence == NOTHING and found:
        return replace(intent, intent="find_job", confidence=LIKELY)
    if intent.intent == "find_job" and not found:
        return replace(intent, confidence=min(intent.confidence, CLEAR - 0.1))
    return intent


def _left_over(original: str, spans: list[tuple[int, int]]) -> str:
    """Return what nobody recognised, clause by clause; clauses of fillers are dropped."""
    if read_yes_no(original) is not None:
        spans = [*spans, (0, len(_FIRST_CLAUSE.findall(original)[0]))]
    rest = blank(original[:LONGEST], spans) + original[LONGEST:]
    pieces = re.split(r"[\s,，。;；!！?？、]+", rest)
    return " ".join(piece for piece in pieces if len(_FILLER.sub("", piece)) > 1)
