"""What npm's telegram-test-api answers otherwise than the Bot API, put right on the way in.

Its four defects: bots without `is_bot`, dates in milliseconds, pressed buttons without
`chat_instance`, and `null` where the Bot API says true. And it holds no poll open.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from telegram.request import BaseRequest, HTTPXRequest, RequestData

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

LATEST_SECOND = 10_000_000_000
POLL_PAUSE = 0.1


class RepairedRequest(HTTPXRequest):
    """The library's own transport, for that one stand-in."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=8, httpx_kwargs={"trust_env": False})

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; return the status and the answer as the Bot API would give it."""
        status, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        answer = json.loads(payload)
        if answer.get("result") == [] and url.endswith("/getUpdates"):
            await asyncio.sleep(POLL_PAUSE)
        return status, json.dumps(repaired(answer)).encode()


def repaired(answer: object) -> object:
    """Return `answer` with the four defects mended, at whatever depth they occur."""
    if isinstance(answer, list):
        return [repaired(one) for one in answer]
    if not isinstance(answer, dict):
        return answer
    mended = {name: repaired(value) for name, value in answer.items()}
    if "result" in mended and mended["result"] is None:
        mended["result"] = True
    if "username" in mended and "type" not in mended:
        mended.setdefault("is_bot", True)
    date = mended.get("date")
    if isinstance(date, int) and date > LATEST_SECOND:
        mended["date"] = date // 1000
    query = mended.get("callback_query")
    if isinstance(query, dict):
        query.setdefault("chat_instance", "0")
    return mended
