"""The clock of leases and sending allowances, which nobody moves."""

from __future__ import annotations

import time

from sqlalchemy import text
from sqlalchemy.orm import Session


def database_seconds(session: Session) -> float:
    """Return the clock of leases and tokens, in seconds.

    It is the database's own on PostgreSQL, and on SQLite, which serves one process at a time,
    the seconds since this machine started: nobody who sets the machine's time moves them. They
    begin anew with the machine, so a process that begins to serve forgets those of the last one
    (`Accounts.begin_anew`). Business time, which the demo moves, never decides a lease.
    """
    if session.get_bind().dialect.name == "sqlite":
        return time.monotonic()
    seconds = session.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one()
    return float(seconds)


def push_sequence() -> int:
    """Return a number that grows with time and orders the pushes of one address."""
    return time.time_ns()
