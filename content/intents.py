"""The words of each concept and the learnt weights with which messages are understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from content.data_files import DataFile, DataFolder

Intent = Literal[
    "find_job",
    "register",
    "update_profile",
    "apply",
    "policy_question",
    "training",
    "checkin_reply",
    "report_unemployed",
    "talk_to_human",
    "complain_wages",
    "unsubscribe",
    "delete_my_data",
    "greeting",
    "other",
]
INTENTS: tuple[Intent, ...] = get_args(Intent)
WEIGHTS_FILE, CONCEPTS_FILE = "intent_weights.tsv", "concepts.toml"
HUNDREDTHS = 100
_REMEDY = "Write the file with `wengong learn-intents`; do not edit it by hand."


@dataclass(frozen=True, slots=True)
class IntentWeights:
    """The learnt weights, in hundredths.

    Attributes:
        intents: The order of every row.
        rows: Feature → a weight for each intent.
        bias: The weight of each intent whatever is said.
    """

    intents: tuple[Intent, ...]
    rows: Mapping[str, tuple[int, ...]]
    bias: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IntentWords:
    """What the intent model is made of.

    Attributes:
        concepts: Concept → its words.
        table: The file of the weights, read by `weights` when the first message comes.
    """

    concepts: Mapping[str, tuple[str, ...]]
    table: DataFile

    def weights(self) -> IntentWeights:
        """Read the weights.

        Raises:
            ContentError: A row is damaged.
        """
        rows = _rows(self.table)
        named = {name: row for name, row in rows.items() if name}
        return IntentWeights(INTENTS, MappingProxyType(named), bias=rows[""])


def read_intents(folder: DataFolder) -> IntentWords:
    """Read `concepts.toml`, and find `intent_weights.tsv`.

    Raises:
        ContentError: A concept is no list of words, or the weights are of other intents.
    """
    table = folder.read(WEIGHTS_FILE)
    check_heading(table)
    return IntentWords(concepts=_concepts(folder.read(CONCEPTS_FILE)), table=table)


def _concepts(file: DataFile) -> Mapping[str, tuple[str, ...]]:
    concepts: dict[str, tuple[str, ...]] = {}
    for name, listed in file.toml().items():
        words = listed if isinstance(listed, list) else []
        if not words or not all(isinstance(word, str) and word for word in words):
            raise file.error(
                file.line_of("", name), f"{name} is no list of words", 'Write name = ["word", …].'
            )
        concepts[name] = tuple(words)
    return MappingProxyType(concepts)


def check_heading(file: DataFile) -> None:
    """Raise ContentError when the file is of other intents."""
    heading = file.text.partition("\n")[0]
    if heading.split("\t")[1:] != list(INTENTS):
        raise file.error(1, "the intents of the heading are others", _REMEDY)


def _rows(file: DataFile) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    lines = file.text.splitlines()
    for number, line in enumerate(lines[1:], start=2):
        name, *figures = line.split("\t")
        try:
            rows[name] = tuple(map(int, figures))
        except ValueError:
            raise file.error(number, "a weight is no whole number", _REMEDY) from None
        if len(figures) != len(INTENTS):
            raise file.error(number, f"{len(figures)} weights", _REMEDY)
    if "" not in rows:
        raise file.error(len(lines), "the row of the bias is missing", _REMEDY)
    return rows
