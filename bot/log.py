"""Log lines: an event's name and ids, never what people said or who they are."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import MutableMapping
from typing import TextIO

import structlog

SAFE_FIELDS = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "code",
        "receipt",
        "delivery",
        "address",
        "worker",
        "officer",
        "enterprise",
        "vacancy",
        "broadcast",
        "run",
        "chunk",
        "chunks",
        "queued",
        "case",
        "application",
        "check_in",
        "employment",
        "job",
        "slot",
        "channel",
        "account",
        "status",
        "reason",
        "attempts",
        "count",
        "seconds",
        "error",
        "kind",
        "file",
        "line",
        "path",
        "method",
        "database",
        "step",
        "days",
        "host",
        "port",
        "shifted",
        "version",
        "name_of",
    ]
)


def configure(level: str = "INFO", *, stream: TextIO | None = None) -> None:
    """Send log lines as key=value text to `stream` (stderr by default)."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _keep_safe_fields,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


def logger() -> structlog.typing.FilteringBoundLogger:
    """Return the process's logger; fields outside the safe list are dropped."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound


def short_code() -> str:
    """Return a code that ties an apology to its log line: six letters, easy to read aloud."""
    return "".join(secrets.choice("ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(6))


def describe(error: BaseException) -> str:
    """Return where `error` was raised, without its message, which may quote a person."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_qualname}:{frame.tb_lineno}" if frame else "?"
    return f"{type(error).__name__}@{where}"


def _keep_safe_fields(
    _logger: object, _method: str, event: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    return {name: value for name, value in event.items() if name in SAFE_FIELDS}
