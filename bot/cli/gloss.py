"""English beside Chinese: the words of the catalogue, recognised in what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from content.texts import Texts

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What joins the parts of a line, the strongest first.
JOINTS = ("\n", "。", " | ", "；", "，", ",", "：", ": ", "、", "+", " ")
SHORTEST = 1
MARK = "\0"
ENGLISH_MARKS = str.maketrans("，。、；：？！（）“”", ',.,;:?!()""')


@dataclass(frozen=True, slots=True)
class _Template:
    key: str
    pattern: re.Pattern[str]
    weight: int


class Gloss:
    """Glosses Chinese lines; what it does not know it leaves as it is."""

    def __init__(self, texts: Texts, glossary: Mapping[str, str]) -> None:
        self._texts = texts
        self._glossary = glossary
        found = (_template(texts, key) for key in sorted(texts.keys("zh")))
        kept = [template for template in found if template.weight >= SHORTEST]
        self._templates = sorted(kept, key=lambda template: -template.weight)
        self._known: dict[str, str] = {}

    def of(self, text: str, *, key: str = "") -> str:
        """Return `text` in English.

        Args:
            text: What was said, in Chinese.
            key: The text it was rendered from, where that is known.
        """
        if key in self._texts.keys("zh"):
            match = _template(self._texts, key).pattern.fullmatch(text)
            if match is not None:
                return self._rendered(key, match)
        return self._translated(text)

    def _translated(self, text: str) -> str:
        words = text.strip()
        if not CHINESE.search(words):
            return words.translate(ENGLISH_MARKS)
        if words not in self._known:
            self._known[words] = self._glossary.get(words) or self._found(words)
        return self._known[words]

    def _found(self, words: str) -> str:
        for template in self._templates:
            match = template.pattern.fullmatch(words)
            if match is not None:
                self._known[words] = words  # a placeholder may hold the very same words
                return self._rendered(template.key, match)
        for joint in JOINTS:
            parts = [part for part in words.split(joint) if part.strip()]
            if len(parts) > 1:
                between = joint.translate(ENGLISH_MARKS).strip(" ")
                between = "\n" if joint == "\n" else f"{between} " if between else " "
                return between.join(self._translated(part) for part in parts)
        return self._word_by_word(words)

    def _rendered(self, key: str, match: re.Match[str]) -> str:
        values = {name: self._translated(value) for name, value in match.groupdict().items()}
        return self._texts.render(key, "en", **values)

    def _word_by_word(self, words: str) -> str:
        for word in sorted(self._glossary, key=len, reverse=True):
            if word in words:
                words = words.replace(word, f" {self._glossary[word]} ")
        return " ".join(words.translate(ENGLISH_MARKS).split())


def _template(texts: Texts, key: str) -> _Template:
    """Return what recognises a rendered text, and how many of its characters are its own."""
    marked = {name: f"{MARK}{name}{MARK}" for name in texts.placeholders(key, "zh")}
    pattern, weight, seen = "", 0, set[str]()
    for place, part in enumerate(texts.render(key, "zh", **marked).split(MARK)):
        if place % 2 == 0:
            pattern += re.escape(part)
            weight += len(CHINESE.findall(part))
        else:
            pattern += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return _Template(key, re.compile(pattern, re.DOTALL), weight)
