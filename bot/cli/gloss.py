"""English beside Chinese: the words of the catalogue, recognised in what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from content.catalogue import Catalogue
from content.data_files import DataFolder, tables_of
from content.texts import Texts

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LIST_MARK = re.compile(r"([①②③④⑤⑥⑦⑧⑨])(.+)")
MARK = "\0"
NAMES = "demo/gloss.toml"
# What joins the parts of a line, the strongest first.
JOINTS = ("\n", "。", " | ", "；", "，", ",", "：", ": ", "、", "+", " ")
EDGES = " 。；，、：,;:"
# A template that begins a line is only believed with this many characters of its own.
SURE = 2
NUMBER = r"[\d一二三四五六七八九十百千万两.\-]+"
# What a placeholder can hold, where anything would split two neighbours wrongly.
HOLDS = {
    "officer": r"\S{1,2}干部",
    "day": r"今天|明天|周[一二三四五六日]|\d+",
    "reference": r"[VC]-\d+",
    "number": r"[VC]-\d+",
    "due": r"\S{1,10}?前",
    "deadline": r"\S{1,10}?前",
} | dict.fromkeys(
    ("hour", "minute", "count", "chosen", "low", "high", "headcount", "left_out"), NUMBER
)
ENGLISH_MARKS = str.maketrans("，。、；：？！（）“”", ',.,;:?!()""')


@dataclass(frozen=True, slots=True)
class _Template:
    key: str
    pattern: re.Pattern[str]
    weight: int
    ends_in_words: bool


class Gloss:
    """Glosses Chinese lines; what it does not know it leaves as it is."""

    def __init__(self, catalogue: Catalogue, folder: DataFolder) -> None:
        self._texts = catalogue.texts
        self._glossary = _glossary(catalogue, folder)
        found = (_template(self._texts, key) for key in sorted(self._texts.keys("zh")))
        kept = [template for template in found if template.weight]
        self._templates = sorted(kept, key=lambda template: -template.weight)
        self._known: dict[str, str] = {}

    def of(self, text: str, *, key: str = "") -> str:
        """Return `text` in English.

        Args:
            text: What was said, in Chinese.
            key: The text it was rendered from, where that is known.
        """
        if key in self._texts.keys("zh"):
            match = _template(self._texts, key).pattern.fullmatch(text.strip(EDGES))
            if match is not None:
                return self._rendered(key, match)
        return self._translated(text)

    def _translated(self, text: str) -> str:
        words = text.strip(EDGES)
        if not CHINESE.search(words):
            return words.translate(ENGLISH_MARKS)
        if words not in self._known:
            self._known[words] = words  # a placeholder may hold the very same words
            self._known[words] = self._glossary.get(words) or self._found(words)
        return self._known[words]

    def _found(self, words: str) -> str:
        for parting in ("\n", " | "):
            if parting in words:
                return parting.join(self._translated(part) for part in words.split(parting))
        listed = LIST_MARK.fullmatch(words)
        if listed is not None:
            return listed.group(1) + self._translated(listed.group(2))
        return self._whole(words) or self._beginning(words) or self._in_parts(words)

    def _whole(self, words: str) -> str | None:
        for template in self._templates:
            match = template.pattern.fullmatch(words)
            if match is not None:
                return self._rendered(template.key, match)
        return None

    def _beginning(self, words: str) -> str | None:
        """Gloss a sentence of ours that others follow in the same line."""
        for template in self._templates:
            if template.weight < SURE or not template.ends_in_words:
                continue
            match = template.pattern.match(words)
            if match is not None:
                rest = words[match.end() :]
                comma = "," if rest.startswith(("，", ",", "、")) else ""
                return f"{self._rendered(template.key, match)}{comma} {self._translated(rest)}"
        return None

    def _in_parts(self, words: str) -> str:
        for joint in JOINTS:
            first, found, rest = words.strip(joint).partition(joint)
            if found and first.strip() and rest.strip():
                begun = self._translated(first)
                between = _between(joint)
                between = between.removeprefix(".") if begun.endswith(".") else between
                return f"{begun}{between}{self._translated(rest)}"
        for word in sorted(self._glossary, key=len, reverse=True):
            if word in words:
                words = words.replace(word, f" {self._glossary[word]} ")
        return " ".join(words.translate(ENGLISH_MARKS).split())

    def _rendered(self, key: str, match: re.Match[str]) -> str:
        values = {name: self._translated(value) for name, value in match.groupdict().items()}
        return self._texts.render(key, "en", **values).strip(" ;,")


def _between(joint: str) -> str:
    if joint in {"\n", " | ", " ", "+"}:
        return joint
    return f"{joint.translate(ENGLISH_MARKS).strip()} "


def _glossary(catalogue: Catalogue, folder: DataFolder) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word in catalogue.trades.words():
        trade = catalogue.trades.get(word)
        if trade is not None:
            found.update(dict.fromkeys((*trade.synonyms, word), trade.en))
    found.update(catalogue.glossary)
    for table in tables_of(folder.read(NAMES)).values():
        found.update({word: str(english) for word, english in table.items()})
    return found


def _template(texts: Texts, key: str) -> _Template:
    """Return what recognises a rendered text, and how many of its characters are its own."""
    marked = {name: f"{MARK}{name}{MARK}" for name in texts.placeholders(key, "zh")}
    text = texts.render(key, "zh", **marked).strip(EDGES)
    parts = text.split(MARK)
    pattern, weight, seen = "", 0, set[str]()
    for place, part in enumerate(parts):
        if place % 2 == 0:
            pattern += re.escape(part)
            weight += len(CHINESE.findall(part))
        else:
            held = HOLDS.get(part, ".+?")
            pattern += f"(?P={part})" if part in seen else f"(?P<{part}>{held})"
            seen.add(part)
    # Only a text of several lines holds values of several lines.
    flags = re.DOTALL if "\n" in text else re.NOFLAG
    return _Template(key, re.compile(pattern, flags), weight, bool(parts[-1]))
