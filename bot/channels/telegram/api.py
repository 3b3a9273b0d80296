"""The bot's own client: two pools, and updates as they came."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from typing import cast
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.request import PooledRequest

PUBLIC_API = "https://api.telegram.org"
SENDING_CONNECTIONS = 64
# One holds the long poll, one is for the poll after a lost one.
POLLING_CONNECTIONS = 2
UNAUTHORISED = "unauthorized"
Raw = dict[str, object]


class PlainBot(Bot):
    """`telegram.Bot` that also asks with plain values and returns answers unread.

    The library reads all updates of an answer at once: a single one of a shape that it does not
    know would stop all of them for ever, and be written to the log with its words. And it makes
    objects of every message that it sent, which takes longer than sending it.
    """

    async def call(self, method: str, values: Raw) -> object:
        """Return the platform's own answer to a method.

        Args:
            method: As the Bot API spells it: `sendMessage`.
            values: Its parameters as JSON values; those that are None are left out.

        Raises:
            TelegramError: It was refused, or nobody knows.
        """
        answer: object = await self._post(method, dict(values))
        return answer

    async def raw_updates(
        self,
        *,
        offset: int | None,
        limit: int,
        wait: int,
        allowed: Sequence[str],
        patience: float,
    ) -> list[Raw]:
        """Return what waits at the platform, confirming everything before `offset`.

        Args:
            offset: First update wanted; None for the oldest that was not confirmed.
            limit: Most updates.
            wait: Seconds that the platform holds the request when nothing waits.
            allowed: Kinds of updates wanted.
            patience: Seconds beyond `wait` after which the request is given up.

        Raises:
            TelegramError: It was refused, or did not get through.
        """
        data = {
            "offset": offset,
            "limit": limit,
            "timeout": wait,
            "allowed_updates": list(allowed),
        }
        answer: object = await self._post("getUpdates", data, read_timeout=wait + patience)
        return cast("list[Raw]", answer) if isinstance(answer, list) else []


def connect(
    token: str, *, api: str = "", request: Callable[[], BaseRequest] | None = None
) -> PlainBot:
    """Return a client of the Bot API; it is opened with `initialize`.

    Args:
        token: The bot's token.
        api: Address of a Bot API server of one's own; the public one when empty.
        request: Makes another transport than ours, for each of the two pools.
    """
    base = (api or PUBLIC_API).rstrip("/")
    trust_proxy = not _is_this_computer(base)
    return PlainBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request()
        if request
        else PooledRequest(connections=SENDING_CONNECTIONS, trust_proxy=trust_proxy),
        get_updates_request=request()
        if request
        else PooledRequest(connections=POLLING_CONNECTIONS, trust_proxy=trust_proxy),
    )


def is_token_refused(error: TelegramError) -> bool:
    """Return whether the platform itself refuses the token.

    The library calls every 401 and 404 an invalid token; those of a proxy on the way, or of a
    page that has the platform's name, say anything but the platform's one word.
    """
    # Where the library looks at the token itself, it hides the answer behind its own words.
    said = error.__cause__ if isinstance(error.__cause__, InvalidToken) else error
    return isinstance(said, InvalidToken) and said.message.strip().lower() == UNAUTHORISED


def _is_this_computer(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
