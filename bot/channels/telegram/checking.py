"""What works and what does not for one bot, step by step; nothing is sent to anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from telegram import BotCommandScopeDefault, WebhookInfo
from telegram.constants import FloodLimit
from telegram.error import Conflict, TelegramError

from bot.channels.telegram.api import PUBLIC_API, PlainBot, connect
from bot.channels.telegram.line import TOKEN_SHAPE, TelegramOptions
from bot.channels.telegram.menus import commands
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.channels.telegram.webhook import why_unreachable
from content.texts import Texts
from storage.states import Role

# Long enough for another poller's next request to end ours.
LISTENING_SECONDS = 4
PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one step found.

    Attributes:
        step: Its name: `telegram.step.STEP` says what was looked at.
        is_good: It works.
        found: `telegram.found.FOUND` says what was found.
        values: For its placeholders, and those of the remedy.
        remedy: `telegram.remedy.REMEDY` says what to do, or None.
    """

    step: str
    is_good: bool
    found: str
    values: Mapping[str, object] = field(default_factory=dict)
    remedy: str | None = None


class Check:
    """All steps for one bot, in the order in which one rests on the other."""

    def __init__(
        self,
        options: TelegramOptions,
        *,
        public_url: str,
        texts: Texts,
        monotonic: Callable[[], float],
        listening_seconds: int = LISTENING_SECONDS,
        is_served: bool = False,
    ) -> None:
        """Make a check.

        Args:
            options: What the bureau set.
            public_url: Where links lead, and updates with a webhook.
            texts: The catalogue; the commands are described from it.
            monotonic: Seconds since some instant.
            listening_seconds: How long to wait for another poller.
            is_served: Our own process asks for this bot's updates; asking beside it would make
                it believe in a stranger.
        """
        self._options = options
        self._public_url = public_url
        self._texts = texts
        self._monotonic = monotonic
        self._listening_seconds = listening_seconds
        self._is_served = is_served

    async def findings(self) -> AsyncIterator[Finding]:
        """Yield what each step finds; without a token, a route or a bot the others are left."""
        token = self._token()
        yield token
        if not token.is_good:
            return
        bot = connect(self._options.token, api=self._options.api)
        await bot.request.initialize()
        try:
            async for finding in self._asked(bot):
                yield finding
        finally:
            await bot.shutdown()
            await bot.request.shutdown()
        yield self._rate()
        yield self._address()

    async def _asked(self, bot: PlainBot) -> AsyncIterator[Finding]:
        for needed in (self._route, self._identity):
            finding = await needed(bot)
            yield finding
            if not finding.is_good:
                return
        for step in (self._updates, self._alone, self._menus, self._menus_read):
            yield await step(bot)

    def _token(self) -> Finding:
        if TOKEN_SHAPE.fullmatch(self._options.token) is None:
            return Finding("token", False, "token_bad", remedy="token")
        number = self._options.token.partition(":")[0]
        return Finding("token", True, "token", {"number": number})

    async def _route(self, bot: PlainBot) -> Finding:
        host = urlsplit(self._options.api or PUBLIC_API).netloc
        began = self._monotonic()
        try:
            await bot.request.do_request(self._options.api or PUBLIC_API, "GET")
        except TelegramError as error:
            values = {"host": host, "reason": error.message}
            return Finding("route", False, "route_bad", values, "route")
        taken = round((self._monotonic() - began) * 1000)
        return Finding("route", True, "route", {"host": host, "milliseconds": taken})

    async def _identity(self, bot: PlainBot) -> Finding:
        try:
            await bot.initialize()
        except TelegramError as error:
            reason = error.__cause__ if isinstance(error.__cause__, TelegramError) else error
            return Finding("identity", False, "identity_bad", {"reason": reason}, "identity")
        if not bot.bot.username:
            return Finding("identity", False, "identity_nameless", remedy="identity_nameless")
        return Finding("identity", True, "identity", {"username": bot.bot.username})

    async def _updates(self, bot: PlainBot) -> Finding:
        try:
            info = await bot.get_webhook_info()
        except TelegramError as error:
            return Finding("updates", False, "updates_bad", {"reason": error}, "updates")
        return self._brought(info) if info.url else self._fetched(info)

    def _brought(self, info: WebhookInfo) -> Finding:
        host = urlsplit(info.url).netloc
        if not self._options.webhook or host != urlsplit(self._public_url).netloc:
            return Finding("updates", True, "updates_other", {"host": host})
        if info.last_error_message:
            values = {"reason": info.last_error_message}
            return Finding("updates", False, "updates_error", values, "updates_error")
        return Finding("updates", True, "updates_webhook", {"host": host})

    def _fetched(self, info: WebhookInfo) -> Finding:
        count = info.pending_update_count
        found = "updates_waiting" if count else "updates_polling"
        return Finding("updates", True, found, {"count": count})

    async def _alone(self, bot: PlainBot) -> Finding:
        """Ask for updates without confirming any; whoever polls as well ends our request."""
        if self._options.webhook:
            return Finding("alone", True, "alone_webhook")
        if self._is_served:
            return Finding("alone", True, "alone_served")
        try:
            await bot.raw_updates(
                offset=None,
                limit=1,
                wait=self._listening_seconds,
                allowed=ALLOWED_UPDATES,
                patience=PATIENCE,
            )
        except Conflict:
            return Finding("alone", False, "alone_bad", remedy="alone")
        except TelegramError as error:
            return Finding("alone", False, "updates_bad", {"reason": error}, "updates")
        return Finding("alone", True, "alone")

    async def _menus(self, bot: PlainBot) -> Finding:
        listed = commands(Role.WORKER, "zh", self._texts)
        try:
            await bot.set_my_commands(listed, scope=BotCommandScopeDefault())
        except TelegramError as error:
            return Finding("menus", False, "menus_bad", {"reason": error}, "menus")
        return Finding("menus", True, "menus")

    async def _menus_read(self, bot: PlainBot) -> Finding:
        try:
            listed = await bot.get_my_commands()
        except TelegramError as error:
            return Finding("menus_read", False, "menus_read_bad", {"reason": error}, "menus")
        return Finding("menus_read", True, "menus_read", {"count": len(listed)})

    def _rate(self) -> Finding:
        most = int(FloodLimit.MESSAGES_PER_SECOND)
        values: dict[str, object] = {"rate": f"{self._options.per_second:g}", "most": most}
        if self._options.per_second > most:
            return Finding("rate", False, "rate_bad", values, "rate")
        return Finding("rate", True, "rate", values)

    def _address(self) -> Finding:
        if not self._options.webhook:
            return Finding("address", True, "address_unused", {"url": self._public_url})
        problem = why_unreachable(self._public_url, own_api=bool(self._options.api))
        if problem is not None:
            return Finding("address", False, f"address_{problem}", remedy="address")
        return Finding("address", True, "address", {"url": self._public_url})
