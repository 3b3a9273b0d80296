"""A value read from a message, and where its words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[_Value]):
    """A value and where its words stand."""

    value: _Value
    start: int
    end: int
