"""The two kinds of error: a refusal a person should read, and everything else."""

from __future__ import annotations


class UserError(Exception):
    """A refusal that the person should read.

    The turn rolls back to where the step began and says the text behind `text_key`.

    Args:
        text_key: Key of the text catalogue, `conversation.step.purpose`.
        values: Values for the text's placeholders.
    """

    def __init__(self, text_key: str, **values: object) -> None:
        super().__init__(text_key)
        self.text_key = text_key
        self.values = values


class SettingsError(Exception):
    """Settings that cannot be used; `problems` names every one of them at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class ContentError(Exception):
    """A content file that cannot be used: which file, which line, what to do."""

    def __init__(self, file: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {problem}. {remedy}")
        self.file = file
        self.line = line
        self.problem = problem
        self.remedy = remedy


class StorageUnavailableError(Exception):
    """The database is down, full or locked; the same message may be sent again later."""
