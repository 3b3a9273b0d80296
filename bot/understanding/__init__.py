"""What people write, read into values; pure functions over the content's lexicons."""

from __future__ import annotations

from bot.understanding.choices import choose
from bot.understanding.contexts import read_context
from bot.understanding.reader import TextReader, read_correction, read_post, read_worker_text
from bot.understanding.values import (
    Context,
    Correction,
    JobReading,
    PostReading,
    Violation,
    WorkerReading,
)

__all__ = [
    "Context",
    "Correction",
    "JobReading",
    "PostReading",
    "TextReader",
    "Violation",
    "WorkerReading",
    "choose",
    "read_context",
    "read_correction",
    "read_post",
    "read_worker_text",
]
