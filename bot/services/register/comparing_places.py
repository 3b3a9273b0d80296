"""Whether two place codes may be of one place, one of them told more exactly."""

from __future__ import annotations

from bot.services.people.officers import scope_of


def is_same_place(a: str, b: str) -> bool:
    """Tell whether one code lies in the other, or both are one."""
    first, second = scope_of(a), scope_of(b)
    return first.startswith(second) or second.startswith(first)
