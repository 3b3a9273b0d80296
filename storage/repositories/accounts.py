"""Channel accounts and their sending allowance."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import cast

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.exc import IntegrityError

from storage.clocks import database_seconds
from storage.models.channels import ChannelAccount
from storage.repositories.base import Repository


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an account may send.

    Attributes:
        tokens: Messages that may go now; a broken part is on its way to a whole one.
        paused: Seconds for which the platform wants nothing at all.
        at: The database's clock, in seconds.
    """

    tokens: float
    paused: float
    at: float


class Accounts(Repository[ChannelAccount]):
    """Channel accounts and their sending allowance."""

    kind = ChannelAccount

    def find_or_add(self, channel: str, bureau_adcode: str) -> ChannelAccount:
        """Return a bureau's account on a channel, made when it is first used."""
        question = select(ChannelAccount).where(
            ChannelAccount.channel == channel, ChannelAccount.bureau_adcode == bureau_adcode
        )
        found = self.session.scalars(question).one_or_none()
        if found is not None:
            return found
        try:
            with self.session.begin_nested():
                account = ChannelAccount(channel=channel, bureau_adcode=bureau_adcode)
                self.session.add(account)
        except IntegrityError:
            return self.session.scalars(question).one()
        return account

    def allowance(self, account: ChannelAccount, *, per_second: float, burst: int) -> Allowance:
        """Return what an account may send now; the caller holds its row."""
        now = database_seconds(self.session)
        elapsed = max(0.0, now - account.refilled_at)
        tokens = min(float(burst), account.tokens + elapsed * per_second)
        return Allowance(tokens, paused=max(0.0, account.paused_until - now), at=now)

    def pay(self, account: ChannelAccount, allowance: Allowance, count: int) -> None:
        """Take what `count` messages cost; the caller holds the account's row since it asked."""
        account.tokens = allowance.tokens - count
        account.refilled_at = allowance.at

    def pause(self, account_id: uuid.UUID, *, seconds: float) -> None:
        """Send nothing on this account for `seconds`: the platform said so."""
        account = self.lock(account_id)
        if account is not None:
            until = database_seconds(self.session) + seconds
            account.paused_until = max(account.paused_until, until)

    def begin_anew(self, account_id: uuid.UUID) -> None:
        """Forget what a process that died left; only for whoever alone serves the database.

        The clock of this machine may have begun anew since then: instants written on it say
        nothing any more. The platform names its pause again, and the bucket fills from empty.
        """
        self.session.execute(
            update(ChannelAccount)
            .where(ChannelAccount.id == account_id)
            .values(
                poller=None,
                polls_until=0.0,
                paused_until=0.0,
                tokens=0.0,
                refilled_at=database_seconds(self.session),
            )
            .execution_options(synchronize_session=False)
        )

    def is_polled(self, channel: str, bureau_adcode: str) -> bool:
        """Return whether some replica asks the platform for a bureau's messages just now."""
        found = self.session.scalar(
            select(ChannelAccount.id).where(
                ChannelAccount.channel == channel,
                ChannelAccount.bureau_adcode == bureau_adcode,
                ChannelAccount.poller.is_not(None),
                ChannelAccount.polls_until > database_seconds(self.session),
            )
        )
        return found is not None

    def take_poll_lease(self, account_id: uuid.UUID, replica: str, seconds: float) -> bool:
        """Let `replica` alone ask the platform for messages for `seconds`, or go on doing so.

        Returns:
            False while another replica does.
        """
        now = database_seconds(self.session)
        result = self.session.execute(
            update(ChannelAccount)
            .where(
                ChannelAccount.id == account_id,
                or_(
                    ChannelAccount.poller.is_(None),
                    ChannelAccount.poller == replica,
                    ChannelAccount.polls_until < now,
                ),
            )
            .values(poller=replica, polls_until=now + seconds)
            .execution_options(synchronize_session=False)
        )
        return cast("CursorResult[ChannelAccount]", result).rowcount == 1

    def release_poll_lease(self, account_id: uuid.UUID, replica: str) -> None:
        """Let another replica ask at once; nothing happens where one does already."""
        self.session.execute(
            update(ChannelAccount)
            .where(ChannelAccount.id == account_id, ChannelAccount.poller == replica)
            .values(poller=None, polls_until=0.0)
            .execution_options(synchronize_session=False)
        )
