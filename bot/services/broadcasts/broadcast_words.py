"""An officer's own words for many: checked once, and filled in for each reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people.officers import COMPOUND_SURNAMES
from bot.services.people.workers import is_full_name
from content.places import Places

LONGEST = 300
SHORTEST = 4
# The whole set. A full name, a phone and an ID number never travel over somebody else's platform.
FIELDS: Mapping[str, str] = {
    "姓": "surname",
    "县": "county",
    "镇": "town",
    "手艺": "trade",
    "干部": "officer",
    "局": "bureau",
    "电话": "phone",
}
FIELDS_IN_ENGLISH: Mapping[str, str] = {field: field for field in FIELDS.values()}
_FIELD = re.compile(r"\{([^{}]*)\}")
_BRACES = str.maketrans("｛｝", "{}")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s，。；、）)]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|me|cc|top|xyz|vip|link|site|info|app|io)"
    r"(?![a-z0-9-])[^\s，。；、）)]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Template:
    """Checked words, cut at their placeholders.

    Attributes:
        parts: (words before, field behind them), the field empty at the very end.
    """

    parts: tuple[tuple[str, str], ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have to be known of a reader."""
        return frozenset(field for _words, field in self.parts if field)

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the words for one reader; what is not known of somebody is left away."""
        return "".join(
            words + (values.get(field, "") if field else "") for words, field in self.parts
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """What the words may say of the person who reads them."""

    name: str | None
    home: str | None
    trades: tuple[str, ...]


def read_words(deployment: Deployment, typed: str) -> Template:
    """Return an officer's words as a template.

    Raises:
        UserError: They are too short or too long, hold a placeholder that does not exist or a
            brace without its partner, or lead to another site; the text names what is wrong.
    """
    words = _plain(typed)
    if len(words) < SHORTEST:
        raise UserError("broadcasting.refused.too_short")
    if len(words) > LONGEST:
        raise UserError("broadcasting.refused.too_long", count=len(words), longest=LONGEST)
    for found in _LINK.finditer(words):
        if not _is_ours(found.group(), deployment.public_url):
            raise UserError("broadcasting.refused.link", link=found.group()[:40])
    return _cut(words)


def template_of(approved: str) -> Template:
    """Return words that were read and approved before as a template.

    They are not judged again: what an officer may write follows from settings (the public
    address), which change while a broadcast waits.

    Raises:
        UserError: They hold a placeholder that does not exist.
    """
    return _cut(_plain(approved))


def _plain(typed: str) -> str:
    return typed.translate(_BRACES).strip()


def _cut(words: str) -> Template:
    parts: list[tuple[str, str]] = []
    end = 0
    for found in _FIELD.finditer(words):
        name = found.group(1).strip()
        field = FIELDS.get(name) or FIELDS_IN_ENGLISH.get(name.lower())
        if field is None:
            raise UserError(
                "broadcasting.refused.placeholder",
                name=f"{{{name[:16]}}}",
                known=" ".join(f"{{{known}}}" for known in FIELDS),
            )
        parts.append((words[end : found.start()], field))
        end = found.end()
    parts.append((words[end:], ""))
    if any(brace in text for text, _field in parts for brace in "{}"):
        raise UserError("broadcasting.refused.brace")
    return Template(tuple(parts))


def unlawful_words(deployment: Deployment, words: str) -> tuple[str, ...]:
    """Return what in the words reads as unlawful or as fraud, as written; a post is read so too."""
    reading = deployment.reader.read_post(
        words, home=deployment.bureau_adcode, today=deployment.today
    )
    return tuple(dict.fromkeys(found.excerpt for found in reading.violations if found.excerpt))


def values_for(
    deployment: Deployment, reader: Reader, *, officer: str, language: str
) -> dict[str, str]:
    """Return what fills the placeholders for one reader.

    Args:
        deployment: The bureau.
        reader: Of whom nothing may be known; the words then stand without it.
        officer: How workers hear of the officer: 周干部.
        language: `zh` or `en`.
    """
    trade = reader.trades[0] if reader.trades else ""
    known = deployment.catalogue.trades.get(trade) if language != "zh" else None
    county, town = _place_names(deployment.catalogue.places, reader.home, deployment.bureau_adcode)
    return {
        "surname": surname(reader.name),
        "county": county,
        "town": town,
        "trade": known.en if known is not None else trade,
        "officer": officer,
        "bureau": deployment.bureau_name,
        "phone": deployment.bureau_phone,
    }


def surname(name: str | None) -> str:
    """Return the surname of a Chinese name; empty for kinship words and names in other letters."""
    said = (name or "").strip()
    is_chinese = all("\u4e00" <= character <= "\u9fff" for character in said)
    if len(said) <= 1 or not is_chinese or not is_full_name(said):
        return ""
    return said[:2] if said[:2] in COMPOUND_SURNAMES else said[:1]


def _place_names(places: Places, home: str | None, bureau_adcode: str) -> tuple[str, str]:
    code = home or bureau_adcode
    place = places.get(code)
    if place is None:
        return "", ""
    county = places.county_of(code) or code[:6]
    known = places.get(county)
    return (
        places.short_name(known.code) if known is not None else "",
        place.name if place.level == "town" else "",
    )


def _is_ours(link: str, public_url: str) -> bool:
    ours = urlsplit(public_url)
    given = urlsplit(link if "://" in link else f"//{link}")
    return bool(ours.hostname) and given.hostname == ours.hostname and given.port == ours.port
