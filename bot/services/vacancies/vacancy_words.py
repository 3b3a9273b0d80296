"""A vacancy in the words workers read: wage first, place second, room and board third."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Option
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import action_data
from content.places import Nearness
from matching.pairs.explain import why
from matching.types import Match, Reason, ReasonCode
from storage.models import Vacancy

# What workers ask about most, first; the names of the texts and of the question's topics.
TOPICS = ("lodging", "board", "payday", "hours")
LONGEST_TITLE = 10
WAGE_UNITS = {"计件": "piece", "元/天": "day", "元/小时": "hour"}
NEGOTIABLE = "面议"
TOLD_MISSES = frozenset(
    {
        ReasonCode.TRADE_TRANSFERABLE,
        ReasonCode.TRADE_OTHER,
        ReasonCode.PLACE_UNWANTED,
        ReasonCode.WAGE_BELOW,
        ReasonCode.TRADE_PAY_LOW,
        ReasonCode.EXPERIENCE_SHORT,
        ReasonCode.TEMPORARY,
    }
)


def vacancy_line(
    deployment: Deployment, vacancy: Vacancy, *, home: str | None, language: str
) -> str:
    """Return the vacancy in one line; gaps are named, nearness is true for `home`."""
    parts = (
        wage_words(deployment, vacancy, language=language),
        place_words(deployment, vacancy, home=home, language=language),
        room_and_board(deployment, vacancy, language=language),
        vacancy.title[:LONGEST_TITLE] or vacancy.trade,
        reserved_words(deployment, vacancy, language=language),
    )
    return _text(deployment, "line.between", language).join(part for part in parts if part)


def wage_words(deployment: Deployment, vacancy: Vacancy, *, language: str) -> str:
    """Return the pay a month, with how it is counted; never a figure that was not said."""
    low, high = vacancy.wage_min, vacancy.wage_max
    if low is None and high is None:
        said = "negotiable" if vacancy.wage_unit == NEGOTIABLE else "unsaid"
        return _text(deployment, f"wage.{said}", language)
    if low is not None and high is not None and low != high:
        words = _text(deployment, "wage.range", language, low=low, high=high)
    elif high is None:
        words = _text(deployment, "wage.at_least", language, wage=low)
    elif low is None:
        words = _text(deployment, "wage.at_most", language, wage=high)
    else:
        words = _text(deployment, "wage.exact", language, wage=low)
    unit = WAGE_UNITS.get(vacancy.wage_unit or "")
    return words + _text(deployment, f"wage.{unit}", language) if unit else words


def place_words(
    deployment: Deployment, vacancy: Vacancy, *, home: str | None, language: str
) -> str:
    """Return where the work is: the smallest place known, and how near that truly is."""
    places = deployment.catalogue.places
    code = vacancy.town or vacancy.adcode
    if code is None or places.get(code) is None:
        return _text(deployment, "place.unsaid", language)
    name = places.short_name(code)
    county = places.county_of(code)
    if home is None:
        if vacancy.town and county:
            name = places.short_name(county) + name
        home = deployment.bureau_adcode
        nearness = places.nearness(home, code)
        if nearness is not Nearness.other_province:
            return name
    else:
        nearness = places.nearness(home, code)
    if nearness is Nearness.other_province:
        province = places.province_of(code)
        words = places.short_name(province) if province and province != code else ""
    else:
        words = _text(deployment, f"place.{nearness.value}", language)
        if vacancy.town and county and nearness is not Nearness.same_town:
            name = name if nearness is Nearness.same_county else places.short_name(county) + name
    return _text(deployment, "place.near", language, place=name, near=words) if words else name


def room_and_board(deployment: Deployment, vacancy: Vacancy, *, language: str) -> str:
    """Return what is said of meals and lodging, what is not said included."""
    if vacancy.board == vacancy.lodging:
        return _text(deployment, f"room_board.both_{_said(vacancy.board)}", language)
    board = _text(deployment, f"room_board.board_{_said(vacancy.board)}", language)
    lodging = _text(deployment, f"room_board.lodging_{_said(vacancy.lodging)}", language)
    return _text(deployment, "line.comma", language).join((board, lodging))


def reserved_words(deployment: Deployment, vacancy: Vacancy, *, language: str) -> str:
    """Return for whom the post is reserved; empty when it is for all."""
    if not vacancy.reserved_for:
        return ""
    comma = _text(deployment, "line.comma", language)
    groups = comma.join(vacancy.reserved_for)
    return _text(deployment, "line.reserved", language, groups=groups)


def why_line(deployment: Deployment, match: Match, *, language: str) -> str:
    """Return why this vacancy, in at most three reasons, and everything against it."""
    words = [
        _text(
            deployment,
            f"why.{reason.code.value}",
            language,
            value=_name(deployment, reason, language),
        )
        for reason in why(match)
    ]
    comma = _text(deployment, "line.comma", language)
    said = (
        _text(deployment, "why.because", language, reasons=comma.join(words))
        if words
        else _text(deployment, "why.nothing", language)
    )
    against = [
        _text(deployment, f"but.{miss.code.value}", language)
        for miss in match.misses
        if miss.code in TOLD_MISSES
    ]
    if not against:
        return said
    return said + _text(deployment, "but.only", language, misses=comma.join(against))


def gap_of(vacancy: Vacancy, *, besides: Sequence[str] = ()) -> str | None:
    """Return the first thing workers ask about that is not said; None when all is said."""
    said = {
        "lodging": vacancy.lodging,
        "board": vacancy.board,
        "payday": vacancy.payday,
        "hours": vacancy.hours,
    }
    return next((topic for topic in TOPICS if said[topic] is None and topic not in besides), None)


def durable_options(
    deployment: Deployment, vacancy: Vacancy, *, language: str
) -> tuple[Option, ...]:
    """Return 1 报名, 2 不合适 and, where something is unsaid, 3 帮我问; they always work."""
    key = vacancy.id.hex
    options = [
        Option(1, _text(deployment, "choice.apply", language), action_data("apply", key)),
        Option(2, _text(deployment, "choice.refuse", language), action_data("refuse", key)),
    ]
    topic = gap_of(vacancy)
    if topic is not None:
        label = _text(deployment, f"ask.{topic}", language)
        options.append(Option(3, label, action_data("gap", key)))
    return tuple(options)


def _said(value: bool | None) -> str:
    return "unsaid" if value is None else ("yes" if value else "no")


def _name(deployment: Deployment, reason: Reason, language: str) -> str:
    value = reason.value
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if value.isdecimal():
        place = deployment.catalogue.places.get(value)
        return deployment.catalogue.places.short_name(value) if place else value
    trade = deployment.catalogue.trades.get(value) if language != "zh" else None
    return trade.en if trade is not None else value


def _text(deployment: Deployment, key: str, language: str, **values: object) -> str:
    return deployment.text(f"vacancy_lines.{key}", language, **values)
