"""One bot of one bureau, from start to stop."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from starlette.routing import Route
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.api import PlainBot, connect, is_token_refused
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.intake import Intake, Receives
from bot.channels.telegram.menus import Menus
from bot.channels.telegram.polling import Pace, Polling, State
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.channels.telegram.webhook import Webhook, secret_for, why_unreachable
from bot.errors import SettingsError, StorageUnavailableError
from bot.log import describe, logger
from bot.services.deployment import Deployment
from content.texts import LANGUAGES
from storage.database import Database

TOKEN_SHAPE = re.compile(r"\d{3,16}:[A-Za-z0-9_-]{20,64}")
REFUSED = (
    "WENGONG_TELEGRAM_TOKEN: Telegram refuses it; copy it anew from @BotFather, then run "
    "wengong telegram check"
)
WEBHOOK_PROBLEM = (
    "WENGONG_TELEGRAM_WEBHOOK: needs WENGONG_PUBLIC_URL with https on port 443, 80, 88 or 8443; "
    "without it leave the webhook off and updates are asked for"
)
# Serving begins without Telegram where it does not answer for so long.
FIRST_LOOK_SECONDS = 5.0
SECOND_LOOK_SECONDS = 0.5
LONGEST_PAUSE = 30.0
LARGEST_BURST = 5


@dataclass(frozen=True, slots=True)
class TelegramOptions:
    """What a bureau set for its bot.

    Attributes:
        token: The bot's token.
        api: Address of a Bot API server of its own, or empty.
        webhook: Updates come to us; otherwise they are asked for.
        secret: Sent with every update; made from the token when empty.
        per_second: Messages a second, over all chats; below the platform's cap.
        burst: Messages that may go at once after a pause.
        pace: How patiently updates are asked for.
    """

    token: str
    api: str = ""
    webhook: bool = False
    secret: str = ""
    per_second: float = 25.0
    burst: int = LARGEST_BURST
    pace: Pace | None = None


class Telegram:
    """One bot: made first, started once there is a receiver, run until stopped, closed last.

    Args:
        options: What the bureau set.
        deployment: The bureau's own deployment.
        database: Where receipts, leases and menus are kept.
        account_id: The bot's account.
        replica: This process's name among its replicas, at most 32 letters.
        bot: Another client than ours, for platforms that answer differently.
        monotonic: Seconds since some instant.

    Attributes:
        channel: What the sender sends through.

    Raises:
        SettingsError: The token or the public address cannot be right.
    """

    def __init__(
        self,
        options: TelegramOptions,
        *,
        deployment: Deployment,
        database: Database,
        account_id: UUID,
        replica: str,
        bot: PlainBot | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options
        self._deployment = deployment
        self._database = database
        self._account_id = account_id
        self._replica = replica
        self._monotonic = monotonic
        check_options(options, deployment.public_url)
        self._bot = bot or connect(options.token, api=options.api)
        texts = deployment.catalogue.texts
        self.channel = TelegramChannel(
            self._bot,
            public_url=deployment.public_url,
            per_second=options.per_second,
            burst=options.burst,
            texts=texts,
        )
        self._menus = Menus(
            self._bot, texts, database=database, account_id=account_id, monotonic=monotonic
        )
        self._webhook = Webhook(
            f"/telegram/{account_id.hex}", secret=secret_for(options.token, options.secret)
        )
        self._intake: Intake | None = None
        self._polling: Polling | None = None
        self._state = State.STARTING
        self._stopping = asyncio.Event()

    @property
    def state(self) -> str:
        """How it stands: `starting`, `ok`, `no_route`, `refused` or `conflict`."""
        if self._state is State.OK and self._polling is not None:
            return self._polling.state.value
        return self._state.value

    def routes(self) -> list[Route]:
        """Return the route of the webhook; none where updates are asked for."""
        return [self._webhook.route()] if self._options.webhook else []

    async def start(self, receiver: Receives) -> None:
        """Make the bot known and take updates in; without a route to it, serve on all the same.

        Raises:
            SettingsError: The platform refuses the token.
        """
        self._intake = Intake(
            self._bot,
            self.channel,
            receiver,
            account_id=self._account_id,
            refusal="\n".join(
                self._deployment.text("telegram.group.refused", language) for language in LANGUAGES
            ),
            monotonic=self._monotonic,
        )
        self._webhook.open(self._intake)
        self._polling = None
        if not self._options.webhook:
            self._polling = Polling(
                self._bot,
                self._intake,
                lease=self._take_lease,
                monotonic=self._monotonic,
                pace=self._options.pace,
            )
        try:
            await asyncio.wait_for(self._introduce_twice(), FIRST_LOOK_SECONDS)
        except (TimeoutError, TelegramError, StorageUnavailableError) as error:
            if isinstance(error, TelegramError) and is_token_refused(error):
                self._state = State.REFUSED
                raise SettingsError([REFUSED]) from None
            self._no_route(error)

    async def run(self) -> None:
        """Ask for updates and keep the menus until stopped."""
        await self._until_introduced()
        if self._stopping.is_set() or self._state is not State.OK:
            return
        await self._menus.show_defaults()
        works = [self._menus.run()]
        if self._polling is not None:
            works.append(self._polling.run())
        await asyncio.gather(*works)

    async def stop(self) -> None:
        """Take no more updates; `run` ends."""
        self._stopping.set()
        self._webhook.close()
        self._menus.close()
        if self._polling is not None:
            self._polling.close()
            await self._release_lease()

    async def close(self) -> None:
        """Close the connections, once nothing is sent any more."""
        if self._intake is not None:
            await self._intake.close()
        await self._bot.shutdown()

    async def _introduce_twice(self) -> None:
        """Introduce the bot; a token is refused only once it was refused twice in a row."""
        try:
            await self._introduce()
        except InvalidToken as error:
            if not is_token_refused(error):
                raise
            await asyncio.sleep(SECOND_LOOK_SECONDS)
            await self._introduce()

    async def _introduce(self) -> None:
        """Learn the bot's name, and say to the platform how updates are to come."""
        await self._bot.initialize()
        await self._keep_name(self._bot.bot.username or "")
        if self._options.webhook:
            await self._bot.set_webhook(
                self._deployment.public_url + self._webhook.path,
                secret_token=secret_for(self._options.token, self._options.secret),
                allowed_updates=ALLOWED_UPDATES,
            )
        else:
            await self._bot.delete_webhook()
        self._state = State.OK

    async def _until_introduced(self) -> None:
        pause = 1.0
        while self._state is State.NO_ROUTE and not self._stopping.is_set():
            try:
                await asyncio.wait_for(self._stopping.wait(), pause)
            except TimeoutError:
                pause = min(LONGEST_PAUSE, pause * 2)
                await self._try_again()

    async def _try_again(self) -> None:
        try:
            await self._introduce_twice()
        except (TelegramError, StorageUnavailableError) as error:
            if isinstance(error, TelegramError) and is_token_refused(error):
                self._state = State.REFUSED
                logger().error("telegram.token_refused", account=self._account_id.hex)
            else:
                logger().debug("telegram.no_route", error=describe(error))

    async def _keep_name(self, username: str) -> None:
        """Store the bot's name, of which links are made."""
        name = f"telegram.name:{self._deployment.bureau_adcode}"
        await asyncio.wrap_future(
            self._database.submit(lambda uow: uow.records.store_setting(name, username))
        )

    async def _take_lease(self) -> bool:
        seconds = (self._options.pace or Pace()).lease
        return await asyncio.wrap_future(
            self._database.submit(
                lambda uow: uow.accounts.take_poll_lease(self._account_id, self._replica, seconds)
            )
        )

    async def _release_lease(self) -> None:
        """Let another replica ask at once; without a database it waits for the lease's end."""
        with contextlib.suppress(StorageUnavailableError):
            await asyncio.wrap_future(
                self._database.submit(
                    lambda uow: uow.accounts.release_poll_lease(self._account_id, self._replica)
                )
            )

    def _no_route(self, error: BaseException) -> None:
        self._state = State.NO_ROUTE
        logger().warning("telegram.no_route", account=self._account_id.hex, error=describe(error))


def check_options(options: TelegramOptions, public_url: str) -> None:
    """Make sure that the settings can be right, without asking the platform.

    Raises:
        SettingsError: The token is no token, or updates could never come to this address.
    """
    problems = []
    if not TOKEN_SHAPE.fullmatch(options.token):
        problems.append(
            "WENGONG_TELEGRAM_TOKEN: is no token; it looks like 123456789:AA… with 35 letters "
            "behind the colon, as @BotFather sends it"
        )
    if options.webhook and why_unreachable(public_url, own_api=bool(options.api)):
        problems.append(WEBHOOK_PROBLEM)
    if problems:
        raise SettingsError(problems)
