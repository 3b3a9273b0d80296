"""Choosing from a numbered list, and saying yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import read_number

PERSON = "找真人"
_LONGEST_CHOICE = 16
_NEAR = 85.0
_CLEARLY_BETTER = 8.0
_CIRCLED = {chr(0x2460 + offset): offset + 1 for offset in range(20)} | {"⓪": 0}
_LETTERS = {letter: place for place, letter in enumerate("abcdefgh", 1)} | {"y": 1, "n": 2}
_KEYCAP = re.compile(r"[\ufe0f\u20e3]")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九")
_NUMBER = r"\d{1,2}|[零一二两三四五六七八九十]{1,3}"
_TAIL = r"(?:[个号条项家种]|那个|这个)?"
_PARTICLES = r"[\s.。,、!?嘛吧哈哦噢啊呀咯了的呢哟嘞~)]*"
_BARE = re.compile(
    "[(（]?(?:选|要|按|回复?|发|我选|我要|我回|就|就要|就选|挑|选择|那就)?(?:第|"
    f"头)?(?P<number>{_NUMBER}){_TAIL}{_PARTICLES}"
)
_ORDINAL = re.compile(rf"(?:第|头)(?P<number>{_NUMBER})(?:个|家|条|份|号|项|种)")
_PERSON_WORDS = re.compile(r"(?:找|转|要|喊)?个?(?:真人|活人)(?:来)?")
_YES = re.compile(
    "(?:要得|好|好的|对|对头|对的|嗯+|可以|行|是|是的|是嘞|同意|愿意|得行|中|没错|没得错|"
    "没问题|ok|okay|yes|y|👌|👍|晓得了|就这样|就是"
    r"|想|去|要|记|给)"
)
_NO = re.compile(
    "(?:不|不要|不行|不得行|算了|不用|不好|不是|不对|不同意|不愿意|不想|不去|不给|不记|"
    "不可以|莫|莫要|要不得|错了|no|n|没有|没得)"
)
_YES_START = re.compile(rf"(?:{_YES.pattern[3:-1]})(?:[嘛吧哈哦噢啊呀咯了的呢哟嘞~]*)")
_NO_START = re.compile(rf"(?:{_NO.pattern[3:-1]})(?:[嘛吧哈哦噢啊呀咯了的呢哟嘞~]*)")


def read_choice(text: str) -> int | None:
    """Read a number that stands alone: 2, ２, ②, 2️⃣, 二, 第二个, 2., 选2; else None."""
    words = _KEYCAP.sub("", fold(text)).strip().translate(_FORMAL)
    if len(words) > _LONGEST_CHOICE or not words:
        return None
    if words[0] in _CIRCLED and re.fullmatch(_PARTICLES, words[1:]):
        return _CIRCLED[words[0]]
    match = _BARE.fullmatch(words)
    return None if match is None else _number(match["number"])


def read_letter(text: str) -> int | None:
    """Read a letter from A to H that stands alone, A as 1; Y and N as 1 and 2; else None."""
    return _LETTERS.get(fold(text).strip(" .。!嘛吧)"))


def read_ordinal(text: str) -> int | None:
    """Read 第二个 or 头一个 anywhere in a longer text; None if none or several are named."""
    numbers = {_number(match["number"]) for match in _ORDINAL.finditer(fold(text))}
    return numbers.pop() if len(numbers) == 1 else None


def read_yes_no(text: str) -> bool | None:
    """Read a message that is a yes or a no from its first clause on; else None."""
    first = re.split(r"[,，。;!！\s]", fold(text).strip(), maxsplit=1)[0]
    if _NO_START.fullmatch(first):
        return False
    if _YES_START.fullmatch(first):
        return True
    return None


def choose(text: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]] = ()) -> int | None:
    """Find which numbered option a message means.

    Args:
        text: The message as typed.
        labels: The options' words in order; the first is number 1. 找真人 may stand anywhere
            in the list, is always number 0 and takes no number from the others.
        synonyms: Other words for each label, in the same order; may be shorter.

    Returns:
        The number, or None when no option or more than one is meant.
    """
    names: dict[int, list[str]] = {}
    for place, label in enumerate(labels):
        before = sum(PERSON not in other for other in labels[:place])
        names[0 if PERSON in label else 1 + before] = [
            label,
            *(synonyms[place] if place < len(synonyms) else ()),
        ]
    number = read_choice(text)
    if number is None:
        number = read_ordinal(text)
    if number is not None:
        return number if number in names else None
    said = _bare_words(text)
    if not said:
        return None
    if 0 in names and _PERSON_WORDS.fullmatch(said):
        return 0
    return _best(said, names)


def _best(said: str, names: dict[int, list[str]]) -> int | None:
    exact = [number for number, words in names.items() if said in map(_bare_words, words)]
    if len(exact) == 1:
        return exact[0]
    scores = sorted(
        (max(fuzz.ratio(said, _bare_words(word)) for word in words), number)
        for number, words in names.items()
    )
    if not scores or scores[-1][0] < _NEAR:
        return None
    if len(scores) > 1 and scores[-1][0] - scores[-2][0] < _CLEARLY_BETTER:
        return None
    return scores[-1][1]


def _bare_words(text: str) -> str:
    return re.sub(r"^\d+[.、 ]*|[\s,。;!?、:\"'()]", "", fold(text).strip())


def _number(words: str) -> int | None:
    value = read_number(words.replace("零", "0") if words == "零" else words)
    return None if value is None else int(value)
