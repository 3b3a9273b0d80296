"""Request bodies: forms, JSON, files, query strings; all become the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email import message_from_bytes

from tests.stand_ins.telegram.values import ApiError, Json

_NUMBERS = frozenset(
    {"chat_id", "message_id", "offset", "limit", "timeout", "max_connections", "user_id",
     "message_thread_id", "cache_time", "duration", "width", "height"}
)  # fmt: skip
_NESTED = frozenset(
    {"reply_markup", "entities", "caption_entities", "link_preview_options", "reply_parameters",
     "commands", "scope", "allowed_updates", "media", "menu_button"}
)  # fmt: skip
_SWITCHES = frozenset(
    {"show_alert", "drop_pending_updates", "disable_notification", "protect_content",
     "has_spoiler", "show_caption_above_media", "supports_streaming", "allow_paid_broadcast",
     "disable_content_type_detection"}
)  # fmt: skip
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def decode(body: bytes, content_type: str, query: str) -> Json:
    """Return the parameters of a request by name.

    Args:
        body: As it came.
        content_type: The header's value, empty without one.
        query: What stood behind `?`.

    Raises:
        ApiError: The body is not what its header says.
    """
    params: Json = {name: _value(name, text) for name, text in _pairs(query)}
    if not body:
        return params
    if content_type.startswith("application/json"):
        params.update(_from_json(body))
    elif content_type.startswith("multipart/form-data"):
        params.update(_from_parts(body, content_type))
    else:
        try:
            params.update((name, _value(name, text)) for name, text in _pairs(body.decode()))
        except UnicodeDecodeError:
            raise ApiError(400, "Bad Request: strings must be encoded in UTF-8") from None
    return params


def _pairs(form: str) -> Iterator[tuple[str, str]]:
    """Yield names and values; whole runs of escapes at once, which Chinese text consists of."""
    for pair in form.split("&") if form else ():
        name, _equals, value = pair.partition("=")
        yield _unescaped(name), _unescaped(value)


def _unescaped(text: str) -> str:
    text = text.replace("+", " ")
    return _ESCAPED.sub(_run, text) if "%" in text else text


def _run(found: re.Match[str]) -> str:
    return bytes.fromhex(found.group().replace("%", "")).decode()


def _from_json(body: bytes) -> Json:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ApiError(400, "Bad Request: can't parse JSON object")
    return {
        name: _value(name, value) if isinstance(value, str) else value
        for name, value in found.items()
        if value is not None
    }


def _from_parts(body: bytes, content_type: str) -> Json:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    params: Json = {}
    for part in message_from_bytes(head + body).walk():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(payload, bytes):
            continue
        if part.get_filename():
            params[name] = f"upload:{part.get_filename()}:{len(payload)}"
        else:
            params[name] = _value(name, payload.decode())
    return params


def _value(name: str, text: str) -> object:
    if name in _NUMBERS:
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() else text
    if name in _NESTED and text[:1] in {"{", "["}:
        try:
            found: object = json.loads(text)
        except ValueError:
            return text
        return found
    if name in _SWITCHES:
        return {"true": True, "false": False, "True": True, "False": False}.get(text, text)
    return text
