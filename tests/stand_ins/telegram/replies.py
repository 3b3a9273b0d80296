"""Answers in the platform's shape."""

from __future__ import annotations

import json

from tests.stand_ins.telegram.http import Reply
from tests.stand_ins.telegram.values import ApiError, Json


def ok(result: object) -> Reply:
    """Return the answer to a request that took effect."""
    return Reply(200, json.dumps({"ok": True, "result": result}).encode())


def refusal(error: ApiError) -> Reply:
    """Return the answer to one that did not."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Reply(error.code, json.dumps(body).encode())


def cut() -> Reply:
    """Return the end of a connection without an answer."""
    return Reply(0, b"", cut=True)
