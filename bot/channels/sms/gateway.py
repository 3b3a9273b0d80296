"""A vendor's gateway over HTTP: what is asked of it, and what its answers mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from bot.channels.base import SendError
from bot.channels.sms.channel import TextMessage
from bot.channels.sms.signing import signed_headers
from bot.clock import Clock
from bot.messages import SendErrorKind, SendFailure

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
LONGEST_ANSWER = 64 * 1024
LONGEST_ID = 64
LONGEST_CODE = 24
# A gateway that names no time gets half a minute; none may silence us for longer than an hour.
USUAL_PAUSE, SHORTEST_PAUSE, LONGEST_PAUSE = 30.0, 1.0, 3600.0
SIGNATURE_PAUSE = 60.0
NUMBER_IS_CLOSED = frozenset({"bad_number", "blacklisted", "number_gone", "opted_out"})
# The request never left: to send it again doubles nothing.
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.ProxyError,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gateway answered: status, headers, and the JSON object in it or an empty one."""

    status: int
    headers: Mapping[str, str]
    fields: Mapping[str, object]

    def text(self, name: str) -> str:
        """Return a field where it is text, else an empty one."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""


class Gateway:
    """One bureau's account at a vendor."""

    def __init__(
        self,
        url: str,
        *,
        account: str,
        secret: str,
        clock: Clock,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._account = account
        self._secret = secret
        self._clock = clock
        self._state = "starting"
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=50, max_keepalive_connections=20),
            transport=transport,
            trust_env=False,
        )

    @property
    def state(self) -> str:
        """How the last message fared: `ok`, `no_route`, `refused`; `starting` before any."""
        return self._state

    async def submit(self, message: TextMessage) -> str:
        """Hand a message over; return the gateway's id of it.

        Raises:
            SendError: It was not accepted, or nobody knows.
        """
        answer = await self.ask(message)
        self._state = "refused" if answer.status == HTTPStatus.UNAUTHORIZED else "ok"
        failure = failure_of(answer)
        if failure is not None:
            raise SendError(failure)
        return answer.text("id")[:LONGEST_ID]

    async def ask(self, message: TextMessage) -> Answer:
        """Send the request of a message; return the answer, whatever it is.

        Raises:
            SendError: No answer came.
        """
        now = self._clock.now()
        body = json.dumps(
            {
                "account": self._account,
                "id": message.id,
                "to": message.to,
                "text": message.text,
                "time": now.isoformat(),
            },
            ensure_ascii=False,
        ).encode("utf-8")
        headers = {
            "Content-Type": "application/json",
            **signed_headers(self._secret, body, now=now),
        }
        try:
            return await self._post(body, headers)
        except NEVER_SENT as error:
            self._state = "no_route"
            failure = SendFailure(SendErrorKind.TEMPORARY, code=type(error).__name__)
        except httpx.HTTPError as error:
            failure = SendFailure(SendErrorKind.UNKNOWN, code=type(error).__name__)
        raise SendError(failure)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _post(self, body: bytes, headers: dict[str, str]) -> Answer:
        url = f"{self._url}/messages"
        read = b""
        async with self._client.stream("POST", url, content=body, headers=headers) as response:
            async for piece in response.aiter_bytes():
                read += piece
                if len(read) > LONGEST_ANSWER:
                    read = b""  # whatever this is, it is no answer of a gateway
                    break
            return Answer(response.status_code, response.headers, _fields(read))


def failure_of(answer: Answer) -> SendFailure | None:
    """Return what an answer means for the message; None where it was accepted."""
    status = answer.status
    code = (answer.text("code") or f"http_{status}")[:LONGEST_CODE]
    if HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
        # Without an id nobody can say what the gateway took.
        return None if answer.text("id") else SendFailure(SendErrorKind.UNKNOWN, code="no_id")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return SendFailure(SendErrorKind.THROTTLED, _pause(answer.headers), code)
    if status == HTTPStatus.UNAUTHORIZED:
        # A wrong secret is mended by people; meanwhile no message shall fail for good.
        return SendFailure(SendErrorKind.THROTTLED, SIGNATURE_PAUSE, "signature")
    is_passing = status == HTTPStatus.REQUEST_TIMEOUT or not 400 <= status < 500  # noqa: PLR2004
    if is_passing:
        return SendFailure(SendErrorKind.TEMPORARY, code=code)
    closed = code in NUMBER_IS_CLOSED
    return SendFailure(SendErrorKind.BLOCKED if closed else SendErrorKind.REFUSED, code=code)


def _pause(headers: Mapping[str, str]) -> float:
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return USUAL_PAUSE
    if seconds != seconds:  # noqa: PLR0124 - not a number
        return USUAL_PAUSE
    return min(max(seconds, SHORTEST_PAUSE), LONGEST_PAUSE)


def _fields(read: bytes) -> Mapping[str, object]:
    try:
        parsed = json.loads(read.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}
