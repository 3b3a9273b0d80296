"""One message of a worker, put together from its parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from bot.understanding.choices import read_choice, read_letter, read_ordinal, read_yes_no
from bot.understanding.intents.clear_words import (
    CLEAR,
    LIKELY,
    NOTHING,
    IntentReading,
    read_clear_words,
    read_data_request,
    speaks_gravely,
)
from bot.understanding.intents.deciding import IntentReader
from bot.understanding.messages.found import Found
from bot.understanding.messages.named import Named
from bot.understanding.messages.polarity import Clause, read_clauses
from bot.understanding.messages.room_board import find_room_board
from bot.understanding.messages.skills import SkillReader
from bot.understanding.messages.slots import Person, read_person
from bot.understanding.messages.wanted_places import PlaceWishes, WantedPlaces
from bot.understanding.pay.wages import Wage
from bot.understanding.pay.wanted_pay import find_wanted_pay
from bot.understanding.places.finder import PlaceFinder
from bot.understanding.values import Context, Intent, WorkerReading
from bot.understanding.writing.folding import blank, fold
from bot.understanding.writing.phones import find_phones
from content.spoken_trades import SpokenTrades

_Value = TypeVar("_Value")
LONGEST = 1_000
_PICTURES = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_FIRST_CLAUSE = re.compile(r"\s*[^,，。;！!\s]*")
_FILLER = re.compile(
    r"[^\w\u4e00-\u9fff]+|"
    "[我你他她想要找就只在的了嘛吧哦哈啊呀咯哟呢嘞都也还是有去会个帮给把和跟得]"
    r"|师傅|请问|你好|可以|那边|一个|电话|今年|活路?"
)


class WorkerTexts:
    """Reads workers' messages over one catalogue's places and trades."""

    def __init__(self, places: PlaceFinder, spoken: SpokenTrades, intents: IntentReader) -> None:
        self._places = PlaceWishes(places)
        self._skills = SkillReader(spoken)
        self._intents = intents

    def read(self, original: str, context: Context) -> WorkerReading:
        """Read one message; beyond `LONGEST` characters nothing is read, only handed on."""
        head = original[:LONGEST]
        named = self._named(head, context)
        choice = _choice(head, named.text, context)
        intent = self._intents.read(named.text, context, choice=choice, stretches=named.stretches())
        if choice is None:
            return self._read_slots(original, named, intent, context)
        if _is_bare_choice(head):
            return _reading_of_choice(intent, choice, head, context)
        told = self._read_slots(original, named, intent, context)
        # 第二个 4000 那个 names the choice's pay; what is said of the person still counts.
        return replace(told, choice=choice, wage_min=None, wage_raw=None)

    def intent_features(self, original: str, context: Context) -> list[str]:
        """Return what the intent model sees of a message."""
        named = self._named(original[:LONGEST], context)
        said = read_clear_words(named.text, context)
        return self._intents.features(named.text, context, said, named.stretches())

    def _named(self, head: str, context: Context) -> Named:
        folded = fold(head)
        phones = find_phones(folded)
        text = blank(folded, [(phone.start, phone.end) for phone in phones])
        text = _PICTURES.sub(" ", text).replace("\n", ";")
        return Named(text, phones, self._places.find(text, context), self._skills.named(text))

    def _read_slots(
        self, original: str, named: Named, intent: IntentReading, context: Context
    ) -> WorkerReading:
        text, phones = named.text, named.phones
        clauses = read_clauses(text)
        taken = _taken_as(intent)
        places = self._places.read(text, clauses, taken, context, read=named.places)
        skills = self._skills.read(text, clauses, taken, named.trades)
        person = read_person(text, clauses, taken, context, places=places)
        wage = _wage_beside(person, text, clauses, taken, context)
        spans = [(part.start, part.end) for part in (wage, *phones) if part is not None]
        spans.extend((*skills.spans, *places.spans, *person.spans(), *intent.spans))
        yes_no = read_yes_no(original)
        left = _left_over(original, spans, yes_no)
        migration = _value(person.migration) or places.limit
        wishes = not left or any(clause.wishes for clause in clauses)
        asks = bool(
            skills.wanted or wage or migration or places.refused or (places.wanted and wishes)
        )
        decided = _with_slots(intent, found=asks)
        if decided.intent == "other":
            # 今天广汉好大的雾 wishes for nothing there.
            places, person = WantedPlaces(), replace(person, kin_gender=None)
        told = replace(
            _reading_of_person(person),
            skills=skills.wanted,
            refused_skills=skills.refused,
            locations=places.wanted,
            migration=migration,
            excluded_locations=places.refused,
            open_places=places.open,
            home=places.home,
            home_open=places.home_open,
            wage_min=None if wage is None else wage.monthly()[0],
            wage_raw=None if wage is None else original[wage.start : wage.end].strip(),
            phone=phones[0].digits if phones else None,
            yes_no=yes_no,
            not_understood=left,
        )
        return _with_intent(told, text, decided)


def _with_intent(told: WorkerReading, text: str, decided: IntentReading) -> WorkerReading:
    return replace(
        told,
        intent=decided.intent,
        confidence=decided.confidence,
        also=decided.also,
        data_request=read_data_request(text, decided.intent),
        workplace_status=decided.status,
    )


def _taken_as(intent: IntentReading) -> Intent:
    """Take a message without clear words for a search while its slots are read."""
    unclear = intent.intent == "other" and intent.confidence == NOTHING
    return "find_job" if unclear else intent.intent


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
    person: Person, text: str, clauses: list[Clause], intent: Intent, context: Context
) -> Wage | None:
    # A year or an age must not be read a second time as pay.
    years = (person.birth_year, person.age)
    taken = [(year.start, year.end) for year in years if year is not None]
    return find_wanted_pay(blank(text, taken), clauses, intent, context)


def _asks_number(context: Context) -> bool:
    asked = (context.question or "").rpartition(".")[2]
    return asked in ("birth_year", "age", "wage", "wage_min", "phone") and not context.options


def _is_bare_choice(head: str) -> bool:
    return read_choice(head) is not None or read_letter(head) is not None


def _choice(original: str, text: str, context: Context) -> int | None:
    """Return the number chosen; 第二个 inside a longer message yields to graver intents."""
    if _asks_number(context):
        return None
    number = read_choice(original)
    if number is None and context.options:
        number = read_letter(original)
    if number is not None or not context.options or speaks_gravely(text):
        return number
    return read_ordinal(original)


def _reading_of_choice(
    intent: IntentReading, choice: int, original: str, context: Context
) -> WorkerReading:
    wants_room_board = find_room_board(original, [], intent.intent, context)
    return WorkerReading(
        intent=intent.intent,
        confidence=intent.confidence,
        choice=choice,
        wants_room_board=_value(wants_room_board),
        yes_no=read_yes_no(original),
        workplace_status=intent.status,
    )


def _with_slots(intent: IntentReading, *, found: bool) -> IntentReading:
    """Take a message that only names work, a place or pay as a search for work."""
    if intent.intent == "other" and intent.confidence == NOTHING and found:
        return replace(intent, intent="find_job", confidence=LIKELY)
    if intent.intent == "find_job" and not found:
        return replace(intent, confidence=min(intent.confidence, CLEAR - 0.1))
    return intent


def _left_over(original: str, spans: list[tuple[int, int]], yes_no: bool | None) -> str:
    """Return what nobody recognised, clause by clause; clauses of fillers are dropped."""
    if yes_no is not None:
        spans = [*spans, (0, len(_FIRST_CLAUSE.findall(original)[0]))]
    rest = blank(original[:LONGEST], spans) + original[LONGEST:]
    pieces = re.split(r"[\s,，。;；!！?？、]+", rest)
    return " ".join(piece for piece in pieces if len(_FILLER.sub("", piece)) > 1)
