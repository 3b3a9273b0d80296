"""A bot that sends whatever it is told, as no library would, and reads the whole answer."""

from __future__ import annotations

import json
from dataclasses import dataclass

import httpx

from tests.stand_ins.telegram import Account, TelegramStandIn
from tests.stand_ins.telegram.values import Json


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the Bot API: HTTP status, and what stood in the body."""

    status: int
    body: Json

    @property
    def result(self) -> Json:
        """The result, where it is an object."""
        found = self.body["result"]
        assert isinstance(found, dict)
        return found

    @property
    def updates(self) -> list[Json]:
        """The result of `getUpdates`."""
        found = self.body["result"]
        assert isinstance(found, list)
        return found

    @property
    def refusal(self) -> str:
        """The description of a refusal; empty where there is none."""
        return str(self.body.get("description", ""))

    @property
    def retry_after(self) -> int:
        """Seconds of a 429; 0 without one."""
        parameters = self.body.get("parameters")
        return int(parameters.get("retry_after", 0)) if isinstance(parameters, dict) else 0


class RawBot:
    """Speaks for one account over a pool of connections of its own."""

    def __init__(self, stand_in: TelegramStandIn, account: Account) -> None:
        self.account = account
        self._address = f"{stand_in.api}{account.token}"
        self._client = httpx.AsyncClient(trust_env=False, timeout=5)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def call(self, method: str, **params: object) -> Answer:
        """Call a method with a JSON body."""
        return _answer(await self._client.post(f"{self._address}/{method}", json=params))

    async def call_by_form(self, method: str, **params: object) -> Answer:
        """Call a method with a form, in which only strings exist."""
        form = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in params.items()
        }
        return _answer(await self._client.post(f"{self._address}/{method}", data=form))

    async def say(self, chat_id: int, text: str = "您好", **params: object) -> Answer:
        """Send a text."""
        return await self.call("sendMessage", chat_id=chat_id, text=text, **params)


def _answer(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.json())
