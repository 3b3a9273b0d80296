"""Other wordings of a message that say the same: noise, width, stops, dialect, numerals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_TENS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")
_DIALECT = (
    ("没有", "没得"),
    ("有没有", "有没得"),
    ("什么", "啥子"),
    ("怎么", "咋个"),
    ("老婆", "婆娘"),
    ("孩子", "娃儿"),
    ("家里", "屋头"),
    ("今年", "今年子"),
    ("都可以", "都要得"),
    ("都行", "都得行"),
    ("不要", "莫要"),
    ("想去", "想切"),
)
_AGE = re.compile(r"(?<!\d)([2-9])(\d)岁")
_SPOKEN_AGE = re.compile(r"([二三四五六七八])十([一二三四五六七八九]?)岁")


def polite(text: str) -> str:
    """Greet before and thank behind."""
    return f"老师你好,{text},谢谢了"


def with_emoji(text: str) -> str:
    """Put a picture sign at either end."""
    return f"🙏{text}🌹"


def wide_signs(text: str) -> str:
    """Type digits and commas in full width."""
    return text.translate(_WIDE)


def blanks_for_stops(text: str) -> str:
    """Type blanks where there were commas, as many people do."""
    return re.sub("[,，。;；]", " ", text)


def line_breaks_for_stops(text: str) -> str:
    """Type each thought on a line of its own."""
    return re.sub("[,，。;；]", "\n", text)


def more_blanks(text: str) -> str:
    """Leave blanks around the message and behind its commas."""
    return "  " + text.replace(",", ",  ") + " "


def in_dialect(text: str) -> str:
    """Say common words as they are said in Sichuan."""
    for plain, spoken in _DIALECT:
        text = text.replace(plain, spoken)
    return text


def spoken_ages(text: str) -> str:
    """Write 45岁 as 四十五岁."""
    return _AGE.sub(lambda age: f"{_TENS[int(age[1])]}十{_TENS[int(age[2])].strip('零')}岁", text)


def figures_for_ages(text: str) -> str:
    """Write 四十五岁 as 45岁."""
    return _SPOKEN_AGE.sub(
        lambda age: f"{_TENS.index(age[1])}{_TENS.index(age[2]) if age[2] else 0}岁", text
    )


def with_particles(text: str) -> str:
    """End as people end their sentences."""
    return f"{text}哈"


NOISE: Mapping[str, Callable[[str], str]] = {
    "polite": polite,
    "emoji": with_emoji,
    "wide signs": wide_signs,
    "blanks for stops": blanks_for_stops,
    "line breaks for stops": line_breaks_for_stops,
    "more blanks": more_blanks,
    "dialect": in_dialect,
    "spoken ages": spoken_ages,
    "figures for ages": figures_for_ages,
    "particles": with_particles,
}


def orders(parts: tuple[str, ...]) -> list[str]:
    """Return the message with its independent thoughts turned round, each once in front."""
    turned = [parts[place:] + parts[:place] for place in range(len(parts))]
    return [",".join(order) for order in (*turned, parts[::-1])]
