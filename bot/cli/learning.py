"""`wengong learn-intents`: the intent model anew, from labelled messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import fail, settings_or_fail
from bot.understanding import TextReader, read_context
from bot.understanding.choices import read_choice
from content.data_files import PACKAGE_DATA
from content.intents import INTENTS, WEIGHTS_FILE, Intent
from content.reader import read_catalogue

LABELLED = PACKAGE_DATA / "labelled" / "worker_texts.jsonl"

Messages = tuple[list[list[str]], list[Intent]]


def learn_intents(
    folder: Annotated[Path, typer.Argument(help="Where intent_weights.tsv is written.")],
    own: Annotated[
        list[Path] | None,
        typer.Option("--with", help='Own lines {"text", "context", "gold": {"intent"}}.'),
    ] = None,
) -> None:
    """Learn what messages want from the package's labelled messages and a bureau's own."""
    if not folder.is_dir():
        fail(f"{folder} is no folder: make it, or name the folder of WENGONG_CONTENT")
    reader = TextReader(read_catalogue(settings_or_fail().content))
    messages, intents = read_messages(reader, [LABELLED, *(own or ())])
    typer.echo(f"learning from {len(messages)} messages …", err=True)
    from bot.understanding.intents.learning import as_table, learn  # numpy is slow to load

    weights = learn(messages, intents)
    (folder / WEIGHTS_FILE).write_text(as_table(weights), encoding="utf-8")
    typer.echo(f"{folder / WEIGHTS_FILE}: {len(weights) - 1} features", err=True)


def read_messages(reader: TextReader, files: Sequence[Path]) -> Messages:
    """Return the features and the intent of every labelled message that is no bare choice.

    A file that cannot be read ends the command with its name, line and remedy.
    """
    messages: list[list[str]] = []
    intents: list[Intent] = []
    for file in files:
        for number, line in enumerate(_lines(file), start=1):
            text, context, intent = _labelled(file, number, line)
            if read_choice(text) is None:
                messages.append(reader.intent_features(text, read_context(context)))
                intents.append(intent)
    return messages, intents


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} cannot be read: {error}")


def _labelled(file: Path, number: int, line: str) -> tuple[str, str | None, Intent]:
    try:
        record = json.loads(line)
        text, context, intent = record["text"], record.get("context"), record["gold"]["intent"]
    except (ValueError, KeyError, TypeError, AttributeError):
        fail(f'{file}, line {number}: write {{"text": …, "context": …, "gold": {{"intent": …}}}}')
    known = next((name for name in INTENTS if name == intent), None)
    if known is None or not isinstance(text, str) or not isinstance(context, str | None):
        fail(f"{file}, line {number}: the intent is one of {', '.join(INTENTS)}")
    return text, context, known
