"""How fast a bot may write, and the block that follows when it writes faster."""

from __future__ import annotations

import math
from collections import deque

from tests.stand_ins.telegram.values import SECONDS_A_MINUTE, ApiError, Limits


class Pace:
    """The rates of one bot."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.blocked_until = -math.inf
        self._second: deque[float] = deque()
        self._chats: dict[int, tuple[float, float]] = {}
        self._groups: dict[int, deque[float]] = {}

    def block(self, now: float, seconds: int) -> ApiError:
        """Block the whole bot; return the refusal."""
        self.blocked_until = max(self.blocked_until, now + seconds)
        return too_many(seconds)

    def check(self, now: float) -> None:
        """Refuse while the bot is blocked.

        Raises:
            ApiError: 429 with the seconds that are left.
        """
        if now < self.blocked_until:
            raise too_many(math.ceil(self.blocked_until - now))

    def spend(self, chat_id: int, now: float) -> None:
        """Count one message or edit.

        Raises:
            ApiError: 429; from now on the whole bot is blocked.
        """
        wait = max(self._over_all(now), self._in_chat(chat_id, now), self._in_group(chat_id, now))
        if wait > 0:
            raise self.block(now, max(self.limits.retry_after, math.ceil(wait)))
        self._second.append(now)
        if chat_id < 0 and self.limits.per_group is not None:
            self._groups[chat_id].append(now)

    def _over_all(self, now: float) -> float:
        if self.limits.per_second is None:
            return 0.0
        return _wait_in_window(self._second, now, 1.0, self.limits.per_second)

    def _in_group(self, chat_id: int, now: float) -> float:
        if chat_id >= 0 or self.limits.per_group is None:
            return 0.0
        times = self._groups.setdefault(chat_id, deque())
        return _wait_in_window(times, now, SECONDS_A_MINUTE, self.limits.per_group)

    def _in_chat(self, chat_id: int, now: float) -> float:
        rate = self.limits.per_chat
        if rate is None:
            return 0.0
        burst = float(self.limits.chat_burst)
        left, at = self._chats.get(chat_id, (burst, now))
        left = min(burst, left + (now - at) * rate)
        if left < 1.0:
            self._chats[chat_id] = (left, now)
            return (1.0 - left) / rate
        self._chats[chat_id] = (left - 1.0, now)
        return 0.0


def too_many(seconds: int) -> ApiError:
    """Return the platform's 429."""
    return ApiError(
        429, f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds}
    )


def _wait_in_window(times: deque[float], now: float, span: float, most: int) -> float:
    """Return the seconds until one more fits into any `span`; forget what is older."""
    while times and times[0] <= now - span:
        times.popleft()
    return 0.0 if len(times) < most else times[len(times) - most] + span - now
