"""Questions about policies in free words, to the clauses of the worker's own city."""

from __future__ import annotations

from bot.understanding.policy_questions.found import FoundPolicies, Reason
from bot.understanding.policy_questions.questions import PolicyQuestions

__all__ = ["FoundPolicies", "PolicyQuestions", "Reason"]
