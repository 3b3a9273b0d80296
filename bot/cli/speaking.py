"""How a command talks to whoever runs it: in which language, and how far it has come."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from bot.cli.opening import fail
from content.texts import Texts

LANGUAGES = ("zh", "en")
LanguageOption = Annotated[str | None, typer.Option("--lang", help="zh or en.")]


class Speech:
    """The command line's texts in one language.

    Ends the command when there is no such language.
    """

    def __init__(self, texts: Texts, language: str) -> None:
        if language not in LANGUAGES:
            fail(texts.render("commands.language.unknown", "en", given=language))
        self._texts = texts
        self.language = language

    def text(self, purpose: str, **values: object) -> str:
        """Return the text `commands.PURPOSE`."""
        return self._texts.render(f"commands.{purpose}", self.language, **values)

    def say(self, purpose: str, **values: object) -> None:
        """Print the text `commands.PURPOSE`."""
        print(self.text(purpose, **values))

    def refuse(self, purpose: str, **values: object) -> NoReturn:
        """Print it as what went wrong and end with status 2."""
        fail(self.text(purpose, **values))


@contextlib.contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what is told how much of how much is done; a bar on a terminal, silent elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
