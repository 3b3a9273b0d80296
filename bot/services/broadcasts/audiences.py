"""Whom a broadcast is for: places within an officer's scope, trades, and how people stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people.officers import scope_of
from bot.understanding import Context
from content.places import TOWN_CODE_LENGTH, Place
from storage.models import Broadcast, Officer
from storage.states import WorkerStatus

_S = WorkerStatus
WITHOUT_WORK = frozenset({_S.NEW, _S.REGISTERED, _S.VERIFIED, _S.SEEKING})
WORKING = frozenset({_S.EMPLOYED, _S.FLEXIBLE, _S.PUBLIC_POST})
EVERYBODY = frozenset(_S) - {_S.LEFT}
# What an officer may say, the states it means, and the words for it; the first one is canonical.
STANDINGS: dict[str, tuple[frozenset[WorkerStatus], tuple[str, ...]]] = {
    "seeking": (WITHOUT_WORK, ("找活", "找工作", "求职", "想找活", "seeking", "looking")),
    "working": (WORKING, ("在岗", "在职", "上班", "有活", "就业", "working")),
    "no_work": (
        WITHOUT_WORK | {_S.NOT_LOOKING, _S.UNREACHABLE},
        ("没活", "没工作", "失业", "未就业", "待业", "jobless"),
    ),
    "training": (frozenset({_S.TRAINING}), ("培训", "在培训", "training")),
    "not_looking": (frozenset({_S.NOT_LOOKING}), ("不找", "不想找", "不找活", "resting")),
    "everybody": (EVERYBODY, ("全部", "所有", "都发", "不限", "all", "everybody")),
}
ALL_WORDS = frozenset(STANDINGS["everybody"][1])
_BETWEEN = re.compile(r"[\s,，、。;；/|+和跟]+")
_AROUND = re.compile(r"^(?:在|给|发给|全)|(?:里的|的人|的|人|那些|片区|这边)$")
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Audience:
    """Place × trade × standing; None means "not said yet".

    Attributes:
        places: Code prefixes without trailing zeros, all within the officer's scope.
        trades: Canonical words; empty means every trade.
        standings: Keys of `STANDINGS`.
    """

    places: tuple[str, ...] | None = None
    trades: tuple[str, ...] | None = None
    standings: tuple[str, ...] | None = None

    @property
    def missing(self) -> str | None:
        """What has to be asked next: `place`, `trade`, `standing`, or None when all is said."""
        parts = (("place", self.places), ("trade", self.trades), ("standing", self.standings))
        return next((name for name, value in parts if value is None), None)

    @property
    def statuses(self) -> list[str]:
        """The stored states that the standings mean, in a fixed order."""
        wanted = {state for name in self.standings or () for state in STANDINGS[name][0]}
        return sorted(state.value for state in wanted)


def audience_of(broadcast: Broadcast) -> Audience:
    """Return whom a stored broadcast is for."""
    return Audience(
        places=tuple(broadcast.places),
        trades=tuple(broadcast.trades),
        standings=tuple(broadcast.statuses),
    )


def read_line(deployment: Deployment, officer: Officer, line: str) -> Audience:
    """Return what one line such as 中江 缝纫 找活的 says; 全部 fills whatever else is not said.

    Raises:
        UserError: A word means nothing here, or a place lies beyond the officer's scope.
    """
    places: list[str] = []
    trades: list[str] = []
    standings: list[str] = []
    takes_all = False
    for word in _words(line):
        if word in ALL_WORDS:
            takes_all = True
        elif (standing := _standing(word)) is not None:
            standings.append(standing)
        else:
            found_places, found_trades = _places_and_trades(deployment, officer, word, places)
            places += found_places
            trades += found_trades
    return Audience(
        places=_filled(places, takes_all=takes_all, everything=(officer.scope,)),
        trades=_filled(trades, takes_all=takes_all, everything=()),
        standings=_filled(standings, takes_all=takes_all, everything=("everybody",)),
    )


def read_places(deployment: Deployment, officer: Officer, line: str) -> tuple[str, ...]:
    """Return the places of an answer to "where?"; 全部 means the whole scope.

    Raises:
        UserError: As `read_line`; also where no place is named.
    """
    return _read_one(deployment, officer, line, "place").places or ()


def read_trades(deployment: Deployment, officer: Officer, line: str) -> tuple[str, ...]:
    """Return the trades of an answer to "which trade?"; 全部 means every trade.

    Raises:
        UserError: As `read_line`; also where no trade is named.
    """
    return _read_one(deployment, officer, line, "trade").trades or ()


def read_standings(deployment: Deployment, officer: Officer, line: str) -> tuple[str, ...]:
    """Return the standings of an answer to "who?"; 全部 means everybody.

    Raises:
        UserError: As `read_line`; also where no standing is named.
    """
    return _read_one(deployment, officer, line, "standing").standings or ()


def spoken(deployment: Deployment, audience: Audience, *, language: str) -> str:
    """Return an audience in words: 中江 · 缝纫工 · 找活的."""
    comma = deployment.text("common.list.comma", language)
    where = comma.join(spoken_place(deployment, prefix) for prefix in audience.places or ())
    known = deployment.catalogue.trades
    trades = [
        trade if language == "zh" or (one := known.get(trade)) is None else one.en
        for trade in audience.trades or ()
    ]
    what = comma.join(trades) or deployment.text("broadcasting.trade.all", language)
    who = comma.join(
        deployment.text(f"broadcasting.standing.{name}", language)
        for name in audience.standings or ()
    )
    return deployment.text(
        "broadcasting.audience.said", language, places=where, trades=what, standings=who
    )


def spoken_place(deployment: Deployment, prefix: str) -> str:
    """Return how the place of a code prefix is said: 5106 → 德阳."""
    return deployment.catalogue.places.short_name(_code(prefix))


def _read_one(deployment: Deployment, officer: Officer, line: str, name: str) -> Audience:
    read = read_line(deployment, officer, line)
    value = {"place": read.places, "trade": read.trades, "standing": read.standings}[name]
    if value is None:
        raise UserError(f"broadcasting.refused.no_{name}", words=line.strip()[:24])
    return read


def _words(line: str) -> list[str]:
    words = (_bare(word) for word in _BETWEEN.split(line.strip()[:LONGEST_LINE]))
    return [word for word in words if word]


def _bare(word: str) -> str:
    if word in ALL_WORDS:
        return word
    return _AROUND.sub("", _AROUND.sub("", word)) or word


def _standing(word: str) -> str | None:
    folded = word.lower()
    for name, (_states, words) in STANDINGS.items():
        if folded in words:
            return name
    return None


def _places_and_trades(
    deployment: Deployment, officer: Officer, word: str, before: Sequence[str]
) -> tuple[list[str], list[str]]:
    trade = deployment.catalogue.trades.synonyms().get(word)
    if trade is not None:
        return [], [trade]
    named = deployment.catalogue.places.find(word)
    if named:
        return [_in_scope(officer, word, [scope_of(one.code) for one in named], before)], []
    context = Context(home=deployment.bureau_adcode, today=deployment.today)
    reading = deployment.reader.read_worker_text(word, context)
    places = [
        _in_scope(officer, word, [_town_in(deployment, word, code) or scope_of(code)], before)
        for code in reading.locations
    ]
    if not places and not reading.skills:
        raise UserError("broadcasting.refused.not_read", word=word[:24])
    return places, list(reading.skills)


def _town_in(deployment: Deployment, word: str, county: str) -> str | None:
    """Return the town that stands behind its county in one word: 中江南华镇."""
    towns: Sequence[Place] = deployment.catalogue.places.towns_in(county)
    found = [town.code for town in towns if town.name in word or word.endswith(town.name[:-1])]
    return found[0] if len(found) == 1 else None


def _in_scope(officer: Officer, word: str, codes: list[str], before: Sequence[str]) -> str:
    """Return the place that is meant: one in the scope, rather in a place named before."""
    inside = [code for code in codes if code.startswith(officer.scope)]
    nearer = [code for code in inside if any(code.startswith(one) for one in before)]
    found = nearer or inside
    if not found:
        raise UserError("broadcasting.refused.beyond_scope", place=word[:24])
    if len(found) > 1:
        raise UserError("broadcasting.refused.several_places", place=word[:24])
    return found[0]


def _filled(
    found: list[str], *, takes_all: bool, everything: tuple[str, ...]
) -> tuple[str, ...] | None:
    if found:
        return tuple(dict.fromkeys(found))
    return everything if takes_all else None


def _code(prefix: str) -> str:
    return prefix if len(prefix) == TOWN_CODE_LENGTH else prefix.ljust(6, "0")
