"""JSON lines in, JSON lines out, in the same order: the manner of the commands for bulk work."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import IO, NoReturn

import typer

from bot.log import describe, logger

Record = Mapping[str, object]
Answer = dict[str, object]

LONGEST_LINE = 1_000_000
WRONG, INTERRUPTED = 1, 130


class LineError(Exception):
    """A line that cannot be answered.

    Attributes:
        code: One word for programs.
        message: What is wrong with the line and what would be right.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def run_pipe(answer: Callable[[Record], Answer], *, key: str = "id", problems: int = 0) -> NoReturn:
    """Answer every line of standard input on standard output, each at once, then end.

    `answer` gets the object of a line and returns what stands beside its `id`. A line that
    cannot be answered gives {"id": …|null, "error": {"code", "message"}}; the rest goes on and
    the status at the end is 1. Blank lines are passed over.

    Args:
        answer: Answers the object of one line.
        key: What the `id` of a line is called in its answer.
        problems: Lines of other files that were wrong; they too make the status 1.
    """
    try:
        is_right = answer_lines(sys.stdin.buffer, sys.stdout.buffer, answer, key=key)
    except BrokenPipeError:
        # Whoever read the answers has seen enough; nothing is left to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(WRONG) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    raise typer.Exit(0 if is_right and not problems else WRONG)


def answer_lines(
    source: IO[bytes],
    target: IO[bytes],
    answer: Callable[[Record], Answer],
    *,
    key: str = "id",
) -> bool:
    """Answer the lines of `source` on `target`; True when every line could be answered."""
    is_right = True
    for _, line in _lines(source):
        written, is_answered = _answer_line(line, answer, key)
        is_right = is_right and is_answered
        target.write(_encoded(written))
        target.flush()
    return is_right


def read_records(source: IO[bytes]) -> Iterator[tuple[int, Record | LineError]]:
    """Yield the objects of a file of JSON lines with the numbers of their lines, from 1.

    A line that holds none gives its error instead.
    """
    for number, line in _lines(source):
        try:
            yield number, _record_of(line)
        except LineError as error:
            yield number, error


def text_in(record: Record, key: str) -> str:
    """Return the text under `key`; LineError `wrong_field` when it is missing or no text."""
    value = record.get(key)
    if not isinstance(value, str):
        raise LineError("wrong_field", f'"{key}" has to be a text')
    return value


def text_or_none(record: Record, key: str) -> str | None:
    """Return the text under `key`, None when it is null or missing."""
    return None if record.get(key) is None else text_in(record, key)


def count_in(record: Record, key: str, *, default: int, most: int) -> int:
    """Return the whole number from 1 to `most` under `key`, `default` when it is missing."""
    value = record.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise LineError("wrong_field", f'"{key}" has to be a whole number from 1 to {most}')
    return value


def _lines(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines; of one that is too long only the beginning, the rest is passed over."""
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = source.readline(LONGEST_LINE)
        if line.strip():
            yield number, line


def _answer_line(line: bytes, answer: Callable[[Record], Answer], key: str) -> tuple[Answer, bool]:
    record: Record = {}
    try:
        record = _record_of(line)
        return {key: id_of(record), **answer(record)}, True
    except LineError as error:
        found, said = error.code, error.message
    except Exception as error:  # one line's bug must not take the others with it
        logger().error("pipe.failed", error=describe(error))
        found, said = "failed", f"this line could not be answered ({type(error).__name__})"
    return {key: _printable_id(record), "error": {"code": found, "message": said}}, False


def _record_of(line: bytes) -> Record:
    if len(line) > LONGEST_LINE:
        raise LineError("too_long", f"a line has at most {LONGEST_LINE:,} bytes")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineError("not_utf8", "the line is not UTF-8") from None
    except (ValueError, RecursionError):
        raise LineError("not_json", "the line is no JSON") from None
    if not isinstance(record, dict):
        raise LineError("not_an_object", "the line is no JSON object: write {…}")
    return record


def id_of(record: Record) -> str | int:
    """Return the `id` of a line; LineError `no_id` when it is missing."""
    found = _printable_id(record)
    if found is None:
        raise LineError("no_id", '"id" has to be a text or a whole number')
    return found


def _printable_id(record: Record) -> str | int | None:
    found = record.get("id")
    return found if isinstance(found, (str, int)) and not isinstance(found, bool) else None


def _encoded(answer: Answer) -> bytes:
    try:
        return f"{json.dumps(answer, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:  # half of a pair of UTF-16, which JSON may carry and UTF-8 not
        return f"{json.dumps(answer)}\n".encode()
