"""Telegram: one bot of one bureau, by polling or by webhook."""

from __future__ import annotations

import os

# The library's own switch: pauses come as `timedelta`, and no warning is raised inside of it
# while it turns a 429 into an error.
os.environ.setdefault("PTB_TIMEDELTA", "1")
