"""Prints the tour: who says what, in eighty columns, with English beside it if wanted."""

from __future__ import annotations

import time

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.app.demo.tour.playing import Line
from bot.cli.gloss import Gloss
from bot.cli.layout import beside, rule, wrapped
from content.catalogue import Catalogue
from content.data_files import DataFolder

PAUSE_SECONDS = 0.15
STYLES = {"act": "bold", "person": "cyan", "bot": "", "note": "green"}
GLOSS_STYLE = "dim"
NOTE_INDENT = 2
OPTIONS_INDENT = 6


class Programme:
    """Shows the lines of a tour as they come."""

    def __init__(
        self, catalogue: Catalogue, folder: DataFolder, *, gloss: bool, pauses: bool
    ) -> None:
        self._texts = catalogue.texts
        self._gloss = Gloss(catalogue, folder) if gloss else None
        self._pauses = pauses
        self._console = Console(highlight=False, markup=False, soft_wrap=True)

    def show(self, line: Line) -> None:
        """Print one line."""
        if line.kind == "act":
            self._print("", "")
            self._print(rule(line.text), STYLES["act"])
            self._beside([], self._in_english(line.text, line.key), indent=NOTE_INDENT)
            return
        first = " " * NOTE_INDENT
        if line.speaker:
            first = f"{line.speaker}：" if _is_wide(line.speaker) else f"{line.speaker}: "
        indent = NOTE_INDENT if line.kind == "note" else OPTIONS_INDENT
        lines = wrapped(line.text, first=first, indent=indent)
        if line.options:
            choices = "  ".join(f"{option.number} {option.label}" for option in line.options)
            lines += wrapped(choices, first=" " * indent, indent=indent)
        self._beside(lines, self._in_english(line.text, line.key), indent=indent, kind=line.kind)
        if line.options and self._gloss is not None:
            said = "  ".join(
                f"{option.number} {self._in_english(option.label, '')}" for option in line.options
            )
            self._beside([], said, indent=indent)
        if self._pauses:
            time.sleep(PAUSE_SECONDS)

    def _beside(self, lines: list[str], english: str, *, indent: int, kind: str = "") -> None:
        style = STYLES.get(kind, "")
        remark = f"[{english}]" if english else ""
        if len(lines) == 1 and remark:
            joined = beside(lines[0], remark)
            if joined is not None:
                text = Text(joined, style=style)
                text.stylize(GLOSS_STYLE, len(joined) - len(remark))
                self._console.print(text)
                return
        for each in lines:
            self._print(each, style)
        for each in wrapped(remark, first=" " * indent, indent=indent) if remark else []:
            self._print(each, GLOSS_STYLE)

    def _in_english(self, text: str, key: str) -> str:
        if self._gloss is None:
            return ""
        if key.startswith("demo.say."):
            said = self._texts.render(key, "en")
        else:
            said = self._gloss.of(text, key=key)
        return "" if said == text else said

    def _print(self, text: str, style: str) -> None:
        self._console.print(Text(text, style=style))


def _is_wide(text: str) -> bool:
    return cell_len(text) > len(text)
