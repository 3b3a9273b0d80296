"""What a vacancy post may not say, by which law, and how grave it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from content.data_files import DataFile, DataFolder, tables_of, text_of, texts_of
from content.texts import LANGUAGES, Texts

Severity = Literal["needs_fix", "rejected"]
_SEVERITIES: Mapping[str, Severity] = {"needs_fix": "needs_fix", "rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Violation:
    """One kind of unlawful post.

    Attributes:
        code: The check code, such as `gender_discrimination`.
        name: Chinese name for officers.
        en: English name.
        citations: Law and article, the decisive one first, such as 劳动合同法第九条.
        severity: `needs_fix` goes back to the poster with a rewrite; `rejected` opens a case.
        finding: Text key of the words to the employer; placeholder `words` = what was written.
        rewrite: Text key of what the post is changed to; no placeholders.
    """

    code: str
    name: str
    en: str
    citations: tuple[str, ...]
    severity: Severity
    finding: str
    rewrite: str


class Violations:
    """All kinds of unlawful posts, gravest first as in the data file."""

    __slots__ = ("_violations",)

    def __init__(self, violations: Mapping[str, Violation]) -> None:
        self._violations = violations

    def __iter__(self) -> Iterator[Violation]:
        return iter(self._violations.values())

    def codes(self) -> tuple[str, ...]:
        """Return every check code in the order of the data file."""
        return tuple(self._violations)

    def get(self, code: str) -> Violation | None:
        """Return the violation of a check code, or None."""
        return self._violations.get(code)


def read_violations(folder: DataFolder, texts: Texts) -> Violations:
    """Read `violations.toml`; the words of every code must stand in texts/*/legality.toml.

    Raises:
        ContentError: A code lacks a field, a citation or a text.
    """
    file = folder.read("violations.toml")
    violations = {code: _violation(file, code, row) for code, row in tables_of(file).items()}
    for violation in violations.values():
        _check_texts(file, violation, texts)
    return Violations(violations)


def _violation(file: DataFile, code: str, row: Mapping[str, object]) -> Violation:
    severity = _SEVERITIES.get(text_of(file, code, row, "severity"))
    citations = texts_of(file, code, row, "citations")
    if severity is None or not citations:
        raise file.error(
            file.line_of(code),
            f"[{code}] has no severity or no citation",
            f"Write severity as one of {', '.join(_SEVERITIES)}, and at least one citation.",
        )
    return Violation(
        code=code,
        name=text_of(file, code, row, "name"),
        en=text_of(file, code, row, "en"),
        citations=citations,
        severity=severity,
        finding=f"legality.{code}.finding",
        rewrite=f"legality.{code}.rewrite",
    )


def _check_texts(file: DataFile, violation: Violation, texts: Texts) -> None:
    expected = {violation.finding: frozenset({"words"}), violation.rewrite: frozenset[str]()}
    for language in LANGUAGES:
        for key, placeholders in expected.items():
            written = key in texts.keys(language)
            if not written or texts.placeholders(key, language) != placeholders:
                raise file.error(
                    file.line_of(violation.code),
                    f"the text {key} ({language}) is missing or has other placeholders",
                    f"Write it with the placeholders {sorted(placeholders)}.",
                )
