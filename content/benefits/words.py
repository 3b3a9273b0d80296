"""Keys of the texts that say a verdict's reasons and missing facts to a worker."""

from __future__ import annotations

# What an officer has to decide has a sentence of its own for these; the others share one.
_SPELT_OUT = frozenset({"category_unclear", "trip.mode_unclear", "children.school_unclear"})


def reason_key(code: str) -> str:
    """Return the text key of a reason, such as `trip.mode`; the text has no placeholders."""
    if code.endswith("_unclear") and code not in _SPELT_OUT:
        code = "unclear"
    return f"benefits.reason.{code.replace('.', '_')}"


def missing_key(fact: str) -> str:
    """Return the text key of the question for a missing fact; the text has no placeholders."""
    return f"benefits.missing.{fact.replace('.', '_')}"
