"""Reads and checks all content at start: the package's data below a bureau's overlay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.errors import ContentError
from content.benefits.rules_reading import read_benefit_rules
from content.catalogue import Catalogue
from content.classification import ClassificationSource
from content.data_files import DataFolder, tables_of, text_of
from content.intents import read_intents
from content.legality import read_violations
from content.location_classes import read_cuts
from content.minimum_wages import read_minimum_wages
from content.occupations import Trades, read_trades
from content.places_reader import read_places
from content.policies.question_words import read_question_words
from content.policies.reading import read_policies
from content.policies.rule_linting import check_rules
from content.register_columns import read_register_columns
from content.spoken_trades import read_spoken_trades
from content.texts import read_texts


def read_catalogue(overlay: Path | None = None) -> Catalogue:
    """Read all content once, at start.

    Args:
        overlay: A bureau's folder that mirrors `content/data`. Its files replace the
            package's of the same relative name; a file below `texts/` may hold only some
            keys and replaces those.

    Raises:
        ContentError: The first thing found wrong, with file, line and remedy.
    """
    folder = DataFolder(overlay)
    _check_overlay(folder)
    texts = read_texts(folder)
    trades = read_trades(folder)
    policies, benefits = read_policies(folder), read_benefit_rules(folder)
    check_rules(folder, benefits.all(), policies)
    return Catalogue(
        texts=texts,
        places=read_places(folder),
        trades=trades,
        spoken_trades=read_spoken_trades(folder, trades),
        classification=ClassificationSource(folder),
        intents=read_intents(folder),
        minimum_wages=read_minimum_wages(folder),
        violations=read_violations(folder, texts),
        policies=policies,
        question_words=read_question_words(folder),
        benefits=benefits,
        cuts=read_cuts(folder),
        register_columns=read_register_columns(folder),
        glossary=_read_glossary(folder, trades),
        content_hash=folder.content_hash(),
    )


def _check_overlay(folder: DataFolder) -> None:
    if folder.overlay is None:
        return
    if not folder.overlay.is_dir():
        raise ContentError(
            "overlay", 1, "the overlay folder is missing", "Correct WENGONG_CONTENT or unset it."
        )
    known = set(folder.package_names())
    for name in folder.overlay_names():
        # Cards in sub-folders may be a bureau's own; a misspelt file up here would be ignored.
        if "/" not in name and name not in known:
            raise ContentError(
                f"overlay {name}", 1, "the package has no such file", "Correct its name."
            )


def _read_glossary(folder: DataFolder, trades: Trades) -> Mapping[str, str]:
    file = folder.read("glossary.toml")
    glossary: dict[str, str] = {}
    for subject, words in tables_of(file).items():
        glossary.update((word, text_of(file, subject, words, word)) for word in words)
    for word in trades.words():
        trade = trades.get(word)
        if trade is not None:
            glossary.setdefault(word, trade.en)
    return MappingProxyType(glossary)
