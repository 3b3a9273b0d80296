"""Whether a bureau's text messages would work, looked at step by step; nobody is written to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import uuid4

from bot.channels.base import SendError
from bot.channels.sms.channel import TextMessage
from bot.channels.sms.gateway import Gateway
from bot.channels.sms.line import SmsOptions

NOBODY = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One step: which, whether it is well, the word for what is wrong, and a detail."""

    step: str
    is_well: bool
    word: str
    detail: str = ""


async def look(options: SmsOptions, gateway: Gateway, *, public_url: str) -> AsyncIterator[Finding]:
    """Yield each step as it is done; a step that makes the next ones senseless is the last."""
    missing = [name for name in ("url", "account", "secret") if not getattr(options, name)]
    if missing:
        yield Finding("settings", is_well=False, word="missing", detail=", ".join(missing))
        return
    yield Finding("settings", is_well=True, word="set")
    # Asked of nobody's number: whoever checks signatures first tells us what it thinks of ours.
    try:
        answer = await gateway.ask(TextMessage(uuid4().hex, NOBODY, NOBODY))
    except SendError as error:
        yield Finding("route", is_well=False, word="no_route", detail=error.failure.code)
        return
    yield Finding("route", is_well=True, word="reached", detail=str(answer.status))
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        yield Finding("signature", is_well=False, word="refused", detail=answer.text("code"))
    elif HTTPStatus(400) <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR and answer.text(
        "code"
    ):
        is_well = answer.text("code") != "unknown_account"
        word = "accepted" if is_well else "unknown_account"
        yield Finding("signature", is_well=is_well, word=word, detail=answer.text("code"))
    else:
        yield Finding("signature", is_well=False, word="unclear", detail=str(answer.status))
    fault = await callback_fault(public_url)
    yield Finding("callbacks", is_well=fault is None, word=fault or "public")


async def callback_fault(public_url: str) -> str | None:
    """Return why a gateway elsewhere could not call back, or None.

    Returns:
        `missing`, `plain` (no https), `unresolved`, `local` (an address within a house).
    """
    parts = urlsplit(public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "missing"
    try:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        return "unresolved"
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not all(address.is_global for address in addresses):
        return "local"
    return None if parts.scheme == "https" else "plain"
