"""The channels outside the page that one process serves, each with its sender."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from uuid import UUID, uuid4

from starlette.routing import Route

from bot.app.build import App
from bot.channels.base import Channel
from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.errors import SettingsError
from bot.log import logger
from bot.settings import Settings
from storage.database import Database
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.channels.telegram.line import TelegramOptions

# Of a second's messages so many may go at once: 25 a second then peak at 29 in any second.
BURST_SHARE = 0.2
LEAST_BURST = 5


class Line(Protocol):
    """One bot or gateway: made first, started once there is a receiver, closed last."""

    @property
    def channel(self) -> Channel:
        """What the sender sends through."""

    @property
    def state(self) -> str:
        """How it stands, in one word: `ok`, `starting`, `no_route`, `refused`, `conflict`."""

    def routes(self) -> list[Route]:
        """Return what the platform calls."""

    async def start(self, receiver: Receiver) -> None:
        """Take messages in from now on.

        Raises:
            SettingsError: The platform refuses the credentials.
        """

    async def run(self) -> None:
        """Do what has to be done until stopped."""

    async def stop(self) -> None:
        """Take no more messages; `run` ends."""

    async def close(self) -> None:
        """Close the connections, once nothing is sent any more."""


@runtime_checkable
class Counting(Protocol):
    """A line that counts what a platform or gateway told it."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each thing happened since the start."""


class Lines:
    """Every bot and gateway of this deployment, each with its sender."""

    def __init__(self, app: App, *, jitter: random.Random) -> None:
        """Make the lines; nothing outside is asked yet.

        Raises:
            SettingsError: A token or an address cannot be right.
        """
        self._app = app
        self._jitter = jitter
        self._lines: dict[UUID, Line] = dict([*_bots(app), *_sms(app)])
        self._senders: list[Sender] = []
        self._running: list[asyncio.Future[None]] = []

    @property
    def account_ids(self) -> tuple[UUID, ...]:
        """The lines' accounts, the main bureau's first."""
        return tuple(self._lines)

    def wake(self) -> None:
        """Let every sender look for work now; may be called from any thread."""
        for sender in self._senders:
            sender.wake()

    def routes(self) -> Sequence[Route]:
        """Return what platforms and gateways call."""
        return [route for line in self._lines.values() for route in line.routes()]

    def states(self) -> Mapping[str, str]:
        """Return a word for each line; another bureau's stands beside its number."""
        return {name: line.state for name, line in self._named()}

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return what each line counted since the start, under the names of `states`."""
        return {name: line.counts for name, line in self._named() if isinstance(line, Counting)}

    def _named(self) -> Iterator[tuple[str, Line]]:
        own = self._app.deployment.bureau_adcode
        for account_id, line in self._lines.items():
            bureau = self._app.bureau_of(account_id)
            name = line.channel.name
            yield (name if bureau == own else f"{name}:{bureau}"), line

    async def start(self, receiver: Receiver) -> None:
        """Take messages in and send what waits; the lines start side by side.

        Another bureau's refused credentials leave that one out, with a line in the log.

        Raises:
            SettingsError: A platform refuses the main bureau's credentials; the lines can only
                be closed then.
        """
        starts = (line.start(receiver) for line in self._lines.values())
        outcomes = await asyncio.gather(*starts, return_exceptions=True)
        pairs = zip(self._lines.items(), outcomes, strict=True)
        started = [line for line, outcome in pairs if self._has_started(line[0], outcome)]
        for account_id, line in started:
            self._run(account_id, line)

    def _has_started(self, account_id: UUID, outcome: BaseException | None) -> bool:
        """Return whether a line may run, given what its start raised.

        Raises:
            BaseException: What was raised, unless it is another bureau's refused credentials.
        """
        if outcome is None:
            return True
        bureau = self._app.bureau_of(account_id)
        if not isinstance(outcome, SettingsError) or bureau == self._app.deployment.bureau_adcode:
            raise outcome
        reason = f"the credentials of bureau {bureau} are refused; see WENGONG_BUREAUS"
        logger().error("line.refused", channel=self._lines[account_id].channel.name, reason=reason)
        return False

    def _run(self, account_id: UUID, line: Line) -> None:
        engine = self._app.engine_of(account_id)
        sender = Sender(
            self._app.database,
            engine.deployment,
            line.channel,
            account_id,
            jitter=self._jitter,
            engine=engine,
        )
        self._senders.append(sender)
        self._running += [asyncio.ensure_future(each) for each in (sender.run(), line.run())]

    async def stop_taking(self) -> None:
        """Take no more messages; those that came are still answered."""
        await asyncio.gather(*(line.stop() for line in self._lines.values()))

    async def close(self) -> None:
        """Finish what is under way, then close the connections."""
        for sender in self._senders:
            sender.close()
        await asyncio.gather(*self._running, return_exceptions=True)
        await asyncio.gather(*(line.close() for line in self._lines.values()))


def begin_anew(database: Database, account_ids: Sequence[UUID]) -> None:
    """Forget leases, pauses and allowances of a process that died; before anything is sent.

    On PostgreSQL other replicas may be at work, and what a dead one left runs out by itself.

    Raises:
        StorageUnavailableError: The database is away, full or locked.
    """

    def forget(uow: UnitOfWork) -> None:
        for account_id in account_ids:
            uow.accounts.begin_anew(account_id)
            uow.deliveries.give_up_leases(account_id)

    if database.is_sqlite:
        database.run(forget)


def _bots(app: App) -> list[tuple[UUID, Line]]:
    """Make the bot of every bureau that has one, the main bureau's first."""
    settings, own = app.settings, app.deployment
    given = [(own, settings.telegram_token)]
    given += [(own.of(bureau.adcode), bureau.telegram_token) for bureau in app.bureaus]
    if not any(token for _deployment, token in given):
        return []
    from bot.channels.telegram.line import Telegram  # half a second that most starts can spare

    replica = uuid4().hex
    made: list[tuple[UUID, Line]] = []
    for deployment, token in given:
        if token:
            account_id = app.account_id("telegram", bureau=deployment.bureau_adcode)
            bot = Telegram(
                telegram_options(settings, token),
                deployment=deployment,
                database=app.database,
                account_id=account_id,
                replica=replica,
            )
            made.append((account_id, bot))
    return made


def _sms(app: App) -> list[tuple[UUID, Line]]:
    """Make the main bureau's gateway, where it has one."""
    settings = app.settings
    if not settings.sms_url and settings.sms_file is None:
        return []
    from bot.channels.sms.line import Sms, SmsOptions

    account_id = app.account_id("sms")
    line = Sms(
        SmsOptions(
            url=settings.sms_url,
            account=settings.sms_account,
            secret=settings.sms_secret,
            file=settings.sms_file,
            per_second=settings.sms_per_second,
            burst=burst_of(settings.sms_per_second),
        ),
        deployment=app.deployment,
        database=app.database,
        account_id=account_id,
    )
    return [(account_id, line)]


def telegram_options(settings: Settings, token: str) -> TelegramOptions:
    """Return what was set for a bot with this token."""
    from bot.channels.telegram.line import TelegramOptions

    return TelegramOptions(
        token=token,
        api=settings.telegram_api,
        webhook=settings.telegram_webhook,
        secret=settings.telegram_secret,
        per_second=settings.telegram_per_second,
        burst=burst_of(settings.telegram_per_second),
    )


def burst_of(per_second: float) -> int:
    """Return how many messages may go at once after a pause."""
    return max(LEAST_BURST, int(per_second * BURST_SHARE))
