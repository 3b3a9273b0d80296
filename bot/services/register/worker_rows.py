"""What a row of a sheet of workers means, beside its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.services.deployment import Deployment
from bot.services.people.workers import MOST_TRADES
from bot.services.register.cells import NO, YES
from bot.services.register.place_words import PlaceWords
from bot.services.register.sheet_rows import SheetRow
from content.benefits.facts import completed_years
from content.check_digits import id_number_birth, id_number_is_male
from content.places import Nearness
from content.register_columns import RegisterColumns, plain
from storage.register_states import Category, EmploymentChannel

PARTS = re.compile(r"[、,，/;；\s]+")
SURE = 0.5
NO_POST = frozenset({NO, "无", "没有"})
NO_DISABILITY = frozenset({NO, "无", "非残疾", "没有", "无残疾"})
AT_SCHOOL = re.compile(r"小学|初中|高中|中职|中专|职高|技校|义务|学前|特殊教育|幼儿")
ABROAD_WORDS = re.compile(r"国外|境外")
OTHER_COUNTY = frozenset({Nearness.same_city, Nearness.same_province, Nearness.other_province})
# Columns that say yes or no of a category.
FLAGS: Mapping[str, Category] = {
    "registered_poor": Category.REGISTERED_POOR,
    "minimum_allowance": Category.MINIMUM_ALLOWANCE,
    "special_hardship": Category.SPECIAL_HARDSHIP,
    "relocated": Category.RELOCATED,
}
# Columns that name one category, or none.
KINDS = ("household_type", "monitored")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A row in the product's own words.

    Attributes:
        home: Place code of six or nine digits; None where the words name no place.
        work: Place code of the workplace, as fine as it is told.
        born: From the ID number, else from its column.
        age: Completed years today.
        is_male: None where nothing tells.
        education: A word of `matching.types.Education`.
        trades: Canonical words, five at most, only where they are sure.
        categories: Which hold (True) and which are said not to (False).
        works: The person is at work now.
        channel: A word of `EmploymentChannel`, None for who is not at work.
        venue: `workshop`, or None.
        is_abroad: The workplace is in another country.
        has_public_post: The work is a public post.
        is_outside: The workplace is in another county than the home.
        is_at_school: In a school up to 高中.
        wage: Yuan a month, None where nobody said a sensible sum.
        months: Worked this year.
    """

    home: str | None
    work: str | None
    born: date | None
    age: int | None
    is_male: bool | None
    education: str | None
    trades: tuple[str, ...]
    categories: Mapping[str, bool]
    works: bool
    channel: str | None
    venue: str | None
    is_abroad: bool
    has_public_post: bool
    is_outside: bool
    is_at_school: bool
    wage: int | None
    months: int | None


@dataclass(slots=True)
class WorkerWords:
    """Reads the meaning of rows for one bureau; the same words are looked up once."""

    deployment: Deployment
    places: PlaceWords
    columns: RegisterColumns
    _trades: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _plain: dict[str, str] = field(default_factory=dict)
    _outside: dict[tuple[str, str], bool] = field(default_factory=dict)

    def meaning(self, row: SheetRow) -> Meaning:
        """Return what a row says."""
        cells = row.cells
        say = cells.get
        number = say("id_number")
        born = id_number_birth(number) if number else _day(say("born"))
        home = self.places.home(say("county", ""), say("town", ""), say("place_code", ""))
        work = self.places.work(say("work_place", ""), say("work_county", ""))
        months = _int(say("work_months"))
        has_post = _says_post(say("public_post")) or bool(_int(say("public_post_months")))
        words = self.columns.channels.get(self._folded(say("channel", "")))
        has_post = has_post or words == EmploymentChannel.PUBLIC_POST
        venue = self.columns.venues.get(self._folded(say("channel", "")))
        works = bool(months) or has_post or _says_work(cells) or words not in {None, "other"}
        outside = self._is_outside(home, work)
        return Meaning(
            home=home,
            work=work,
            born=born,
            age=completed_years(born, self.deployment.today) if born else None,
            is_male=_is_male(number, say("sex")),
            education=self.columns.education.get(self._folded(say("education", ""))),
            trades=self._trades_in(say("trade", "")),
            categories=self._categories(cells),
            works=works,
            channel=_channel(words, outside=outside, post=has_post, cells=cells) if works else None,
            venue=venue,
            is_abroad=say("abroad") == YES or bool(ABROAD_WORDS.search(say("work_place", ""))),
            has_public_post=has_post,
            is_outside=outside or words == EmploymentChannel.TRANSFER,
            is_at_school=bool(AT_SCHOOL.search(say("student", ""))),
            wage=_int(say("wage")),
            months=months,
        )

    def _folded(self, words: str) -> str:
        found = self._plain.get(words)
        if found is None:
            found = self._plain[words] = plain(words)
        return found

    def _is_outside(self, home: str | None, work: str | None) -> bool:
        if work is None:
            return False
        key = (home or self.deployment.bureau_adcode, work)
        if key not in self._outside:
            self._outside[key] = self.places.places.nearness(*key) in OTHER_COUNTY
        return self._outside[key]

    def _categories(self, cells: Mapping[str, str]) -> dict[str, bool]:
        found = {
            category.value: cells[name] == YES for name, category in FLAGS.items() if name in cells
        }
        disability = cells.get("disability")
        if disability is not None:
            found[Category.DISABLED.value] = disability not in NO_DISABILITY
        for name in KINDS:
            category = self._kind(cells, name)
            if category:
                found[category] = True
        return found

    def lost(self, cells: Mapping[str, str], before: Mapping[str, str]) -> dict[str, bool]:
        """Return what a column of kinds said before and says no more.

        It does where it names another kind, or none; an unknown word and an empty cell say
        nothing.
        """
        lost: dict[str, bool] = {}
        for name in KINDS:
            was, now = self._kind(before, name), self._kind(cells, name)
            if was and now is not None and now != was:
                lost[was] = False
        return lost

    def _kind(self, cells: Mapping[str, str], name: str) -> str | None:
        """Return the category, empty for a word that says there is none, None for unknown."""
        return self.columns.categories.get(self._folded(cells.get(name, "")))

    def _trades_in(self, words: str) -> tuple[str, ...]:
        if words not in self._trades:
            found = [self._trade(one) for one in PARTS.split(words) if one]
            kept = dict.fromkeys(one for one in found if one is not None)
            self._trades[words] = tuple(kept)[:MOST_TRADES]
        return self._trades[words]

    def _trade(self, word: str) -> str | None:
        known = self.deployment.catalogue.trades.synonyms().get(word)
        if known is not None:
            return known
        ranked = self.deployment.reader.rank_occupations(word, limit=1)
        return ranked[0].everyday if ranked and ranked[0].score >= SURE else None


def _says_work(cells: Mapping[str, str]) -> bool:
    return any(name in cells for name in ("work_place", "work_county", "employer"))


def _says_post(said: str | None) -> bool:
    return said is not None and said not in NO_POST


def _is_male(number: str | None, sex: str | None) -> bool | None:
    if number is not None:
        return id_number_is_male(number)
    return None if sex is None else sex == "男"


def _channel(words: str | None, *, outside: bool, post: bool, cells: Mapping[str, str]) -> str:
    if post:
        return EmploymentChannel.PUBLIC_POST.value
    if words is not None:
        return words
    if outside:
        return EmploymentChannel.TRANSFER.value
    firm = "employer" in cells
    return EmploymentChannel.ENTERPRISE.value if firm else EmploymentChannel.OTHER.value


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
