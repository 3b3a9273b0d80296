"""Every sentence shown to a person, by key and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from string import Formatter

from bot.errors import ContentError
from content.data_files import DataFile, DataFolder, tables_of

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text as written in a file.

    Attributes:
        template: The words, with `{name}` placeholders.
        placeholders: The names in the template.
        file: Where it is written.
        line: The line it is written on, from 1.
    """

    template: str
    placeholders: frozenset[str]
    file: str
    line: int


class Texts:
    """All texts, checked when read: the same keys and placeholders in every language."""

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, Mapping[str, Text]]) -> None:
        self._by_language = by_language

    def render(self, key: str, language: str, **values: object) -> str:
        """Return the text of `key` with its placeholders filled.

        Args:
            key: `conversation.step.purpose`.
            language: `zh` or `en`.
            values: At least the text's placeholders; more are ignored.

        Raises:
            LookupError: There is no such key or language, or a placeholder has no value.
        """
        text = self._text(key, language)
        missing = text.placeholders - values.keys()
        if missing:
            raise LookupError(f"text {key} ({language}) needs {', '.join(sorted(missing))}")
        return text.template.format_map(values)

    def keys(self, language: str) -> frozenset[str]:
        """Return every key of `language`; the same set for each language.

        Raises:
            LookupError: There is no such language.
        """
        return frozenset(self._language(language))

    def placeholders(self, key: str, language: str) -> frozenset[str]:
        """Return the placeholder names of one text.

        Raises:
            LookupError: There is no such key or language.
        """
        return self._text(key, language).placeholders

    def place(self, key: str, language: str) -> tuple[str, int]:
        """Return the file and line of one text, a bureau's own where it replaced the package's.

        Raises:
            LookupError: There is no such key or language.
        """
        text = self._text(key, language)
        return text.file, text.line

    def _language(self, language: str) -> Mapping[str, Text]:
        texts = self._by_language.get(language)
        if texts is None:
            raise LookupError(f"no texts in language {language}")
        return texts

    def _text(self, key: str, language: str) -> Text:
        text = self._language(language).get(key)
        if text is None:
            raise LookupError(f"no text {key} in language {language}")
        return text


def read_texts(folder: DataFolder) -> Texts:
    """Read `texts/{zh,en}/*.toml`; an overlay file replaces single keys.

    Raises:
        ContentError: A text is empty, has a malformed placeholder, is missing from a
            language, or an overlay names a file or a key that the package lacks.
    """
    by_language = {language: _language_texts(folder, language) for language in LANGUAGES}
    _check_same(by_language)
    return Texts(by_language)


def _language_texts(folder: DataFolder, language: str) -> dict[str, Text]:
    root = f"texts/{language}"
    names = folder.package_names(root, ending=".toml")
    texts: dict[str, Text] = {}
    for name in names:
        texts.update(_file_texts(folder.read_package(name)))
    for name in folder.overlay_names(root):
        if name not in names:
            raise ContentError(
                f"overlay {name}", 1, "the package has no such text file", "Correct its name."
            )
        file = folder.read_overlay(name)
        own = {} if file is None else _file_texts(file)
        for key, text in own.items():
            if key not in texts:
                raise ContentError(
                    text.file, text.line, f"the package has no text {key}", "Correct the key."
                )
        texts.update(own)
    return texts


def _file_texts(file: DataFile) -> dict[str, Text]:
    stem = PurePosixPath(file.name).stem
    texts: dict[str, Text] = {}
    for step, table in tables_of(file).items():
        for purpose, template in table.items():
            line = file.line_of(step, purpose)
            if not isinstance(template, str) or not template.strip():
                raise file.error(line, f"[{step}] {purpose} has no text", "Write the text.")
            names = _placeholder_names(file, line, template)
            texts[f"{stem}.{step}.{purpose}"] = Text(template, names, file.shown_name, line)
    return texts


def _placeholder_names(file: DataFile, line: int, template: str) -> frozenset[str]:
    remedy = "Write a placeholder as {name}; write {{ and }} for braces."
    try:
        parts = list(Formatter().parse(template))
    except ValueError as wrong:
        raise file.error(line, f"the braces do not match: {wrong}", remedy) from wrong
    names: set[str] = set()
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        # Attribute access or a format specification would run code on a value.
        if not name.isidentifier() or spec or conversion:
            raise file.error(line, f"{{{name}}} is not a plain placeholder", remedy)
        names.add(name)
    return frozenset(names)


def _check_same(by_language: Mapping[str, Mapping[str, Text]]) -> None:
    for language, texts in by_language.items():
        for other, others in by_language.items():
            _check_against(texts.items(), others, language=language, other=other)


def _check_against(
    texts: Iterable[tuple[str, Text]], others: Mapping[str, Text], *, language: str, other: str
) -> None:
    for key, text in texts:
        counterpart = others.get(key)
        if counterpart is None:
            raise ContentError(
                text.file, text.line, f"{key} is missing in {other}", f"Write it in {other} too."
            )
        if counterpart.placeholders != text.placeholders:
            raise ContentError(
                text.file,
                text.line,
                f"{key} has other placeholders in {language} than in {other}",
                f"Use {sorted(counterpart.placeholders)} in both.",
            )
