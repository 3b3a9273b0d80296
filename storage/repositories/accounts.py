"""Channel accounts and their sending allowance."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage.clocks import database_seconds
from storage.models.channels import ChannelAccount
from storage.repositories.base import Repository


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

    def take_tokens(
        self, account: ChannelAccount, *, wanted: int, per_second: float, burst: int
    ) -> int:
        """Return how many messages may go now, and pay for them; 0 while paused.

        The caller holds the account's row.
        """
        now = database_seconds(self.session)
        if account.paused_until > now:
            return 0
        elapsed = max(0.0, now - account.refilled_at)
        available = min(float(burst), account.tokens + elapsed * per_second)
        granted = min(wanted, int(available))
        account.tokens = available - granted
        account.refilled_at = now
        return granted

    def return_tokens(self, account: ChannelAccount, count: int) -> None:
        """Give back what was paid for messages that were not sent."""
        account.tokens += count

    def pause(self, account_id: uuid.UUID, *, seconds: float) -> None:
        """Send nothing on this account for `seconds`: the platform said so."""
        account = self.lock(account_id)
        if account is not None:
            until = database_seconds(self.session) + seconds
            account.paused_until = max(account.paused_until, until)
