"""How updates reach the bots: long polls and webhooks, one of the two at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from tests.stand_ins.telegram.account import Account
from tests.stand_ins.telegram.http import Hold, Reply
from tests.stand_ins.telegram.replies import ok, refusal
from tests.stand_ins.telegram.values import ApiError, Json
from tests.stand_ins.telegram.webhook import Poster, check_webhook

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Intake:
    """Open polls and webhooks of all bots.

    Attributes:
        posters: Webhooks by the bot's number.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.posters: dict[int, Poster] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ended: set[asyncio.Task[None]] = set()

    def receive(self, account: Account, method: str, values: Json) -> object:
        """Answer a method about updates; `method` in small letters.

        Raises:
            ApiError: There is no such method, or it cannot be used now.
        """
        if method == "getupdates":
            return self._poll(account, values)
        if method == "setwebhook":
            return self._set(account, values)
        if method == "deletewebhook":
            return self._delete(account, values)
        if method == "getwebhookinfo":
            return self._info(account)
        raise ApiError(404, "Not Found")

    def deliver(self, account: Account) -> None:
        """Hand over what waits; must be called in the loop that listens."""
        account.poll.answer()
        poster = self.posters.get(account.bot_id)
        if poster is not None:
            poster.wake()

    async def close(self) -> None:
        """Stop every webhook."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), *self._ended, return_exceptions=True)

    def _poll(self, account: Account, values: Json) -> object:
        if account.bot_id in self.posters:
            raise ApiError(409, WEBHOOK_ACTIVE)
        found = account.poll.begin(values, longest=account.limits.poll_seconds)
        return found if isinstance(found, list) else Hold(found, partial(_held, found))

    def _set(self, account: Account, values: Json) -> object:
        if not values.get("url"):
            return self._delete(account, values)
        check_webhook(values)
        self._stop(account)
        account.webhook = dict(values)
        account.updates.ask_for(values.get("allowed_updates"))
        if values.get("drop_pending_updates") is True:
            account.updates.clear()
        poster = Poster(account.updates, values, account.limits, now=self._now)
        self.posters[account.bot_id] = poster
        self._tasks[account.bot_id] = asyncio.get_running_loop().create_task(poster.run())
        return True

    def _delete(self, account: Account, values: Json) -> object:
        self._stop(account)
        account.webhook = {}
        if values.get("drop_pending_updates") is True:
            account.updates.clear()
        return True

    def _stop(self, account: Account) -> None:
        self.posters.pop(account.bot_id, None)
        task = self._tasks.pop(account.bot_id, None)
        if task is not None:
            self._ended.add(task)
            task.cancel()
            for waiting in account.updates.waiting:
                waiting.posted = False

    def _info(self, account: Account) -> Json:
        info: Json = {
            "url": str(account.webhook.get("url", "")),
            "has_custom_certificate": False,
            "pending_update_count": len(account.updates.waiting),
        }
        poster = self.posters.get(account.bot_id)
        if poster is not None:
            info["max_connections"] = account.webhook.get("max_connections", 40)
            if poster.failure:
                info["last_error_date"] = poster.failed_at
                info["last_error_message"] = poster.failure
        if account.updates.allowed is not None:
            info["allowed_updates"] = sorted(account.updates.allowed)
        return info


def _held(poll: asyncio.Future[list[Json]]) -> Reply:
    try:
        return ok(poll.result())
    except ApiError as error:
        return refusal(error)
