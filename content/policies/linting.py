"""What `wengong check-content` says about cards, rules and texts, beyond what stops a start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from content.catalogue import Catalogue
from content.data_files import DataFolder
from content.policies.cards import PolicyCard
from content.policies.conflicts import clash, overlap
from content.policies.library import PolicyLibrary
from content.policies.lines import Lines
from content.policies.problems import Problem, warning
from content.texts import Texts, read_texts

# One bubble of a chat; a placeholder is taken to fill eight characters.
LONGEST_LINE = 60
ROOM = "字" * 8
# 人工 is the pay in Guangdong; in 工人工资 it stands by chance. A document's own words may stay
# in quotes: people hear them at the counter.
OFFICE_WORDS = re.compile(r"(?<!工)人工|确认|提交|岗位|技能|意向|贫困户")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
WORKERS_READ = ("title", "who", "how_much", "bring", "where", "not_covered")


def lint_cards(folder: DataFolder, library: PolicyLibrary, *, today: date) -> Iterator[Problem]:
    """Yield what is wrong with cards that can be read."""
    for card in library.cards():
        lines = Lines(folder, card.file)
        yield from _too_long(card, lines)
        yield from _office_words(card, lines)
        yield from _dates(card, lines, today)
    yield from _two_answers(library)


def lint_own_texts(folder: DataFolder, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a bureau's texts that are longer, or less plain, than the ones they replace."""
    package = read_texts(DataFolder(package=folder.package))
    for key in sorted(package.keys("zh")):
        ours, own = _filled(package, key), _filled(catalogue.texts, key)
        if ours == own:
            continue
        file, line = catalogue.texts.place(key, "zh")
        if len(own) > LONGEST_LINE >= len(ours):
            sizes = {"length": str(len(own)), "most": str(LONGEST_LINE)}
            yield warning(file, line, "own_text_long", **sizes)
        word = OFFICE_WORDS.search(own)
        if word is not None and not OFFICE_WORDS.search(ours):
            yield warning(file, line, "own_text_word", word=word.group())


def _too_long(card: PolicyCard, lines: Lines) -> Iterator[Problem]:
    for number, line in enumerate(card.chat, start=1):
        if len(line) > LONGEST_LINE:
            sizes = {"number": str(number), "length": str(len(line)), "most": str(LONGEST_LINE)}
            yield Problem(card.file, lines.of("chat"), "chat_too_long", {"field": "chat", **sizes})


def _office_words(card: PolicyCard, lines: Lines) -> Iterator[Problem]:
    read = [(name, str(getattr(card, name))) for name in WORKERS_READ]
    read += [("chat", line) for line in card.chat] + [("more", line) for line in card.more]
    for name, text in read:
        word = OFFICE_WORDS.search(QUOTED.sub("", text))
        if word is not None:
            yield warning(card.file, lines.of(name), "office_word", field=name, word=word.group())


def _dates(card: PolicyCard, lines: Lines, today: date) -> Iterator[Problem]:
    if card.valid_to == today:
        yield warning(card.file, lines.of("valid_to"), "expires_today", id=card.id)
    elif card.valid_to is not None and card.valid_to < today:
        yield warning(card.file, lines.of("valid_to"), "expired", id=card.id)
    if card.reviewed_on is not None and card.reviewed_on > today:
        values = {"day": card.reviewed_on.isoformat()}
        yield Problem(card.file, lines.of("reviewed_on"), "review_in_future", values)


def _two_answers(library: PolicyLibrary) -> Iterator[Problem]:
    """Yield pairs of cards of which one would never be shown."""
    places = {(card.mechanism, card.jurisdiction) for card in library.cards()}
    for mechanism, city in sorted(places):
        for newer, older in combinations(library.versions(mechanism, city), 2):
            ordered = newer.replaces == older.id
            if overlap(newer, older) and not ordered and not clash(newer, older):
                values = {"id": older.id, "other_id": newer.id, "other_file": newer.file}
                yield warning(older.file, older.line, "two_answers", used=newer.id, **values)


def _filled(texts: Texts, key: str) -> str:
    return texts.render(key, "zh", **dict.fromkeys(texts.placeholders(key, "zh"), ROOM))
