"""Who heard of which policy, and what officers decided about the cards."""

from __future__ import annotations

from storage.models.benefits import PolicyNotice
from storage.repositories.base import Repository


class PolicyNotices(Repository[PolicyNotice]):
    """Who heard of which policy, and what officers decided about the cards."""

    kind = PolicyNotice
