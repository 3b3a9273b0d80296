"""What another process may ask and do: counts, messages, updates and faults, over HTTP.

Benchmarks run the stand-in as a process of its own and talk to it here.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.stand_ins.telegram.chats import Chat, Shown
from tests.stand_ins.telegram.faults import Fault, FaultKind
from tests.stand_ins.telegram.http import HttpRequest, Reply
from tests.stand_ins.telegram.values import Json

if TYPE_CHECKING:
    from tests.stand_ins.telegram.stand_in import TelegramStandIn


def answer(stand_in: TelegramStandIn, request: HttpRequest) -> Reply:
    """Answer what lies outside the Bot API; 404 for anything unknown.

    GET /file/botTOKEN/PATH: a file's bytes. GET /stand-in/counts, /stand-in/messages.
    POST /stand-in/update {token, kind, content}, /stand-in/fault {kind, …fields of Fault},
    /stand-in/start {token, chat_id}: that person has pressed Start.
    """
    path = request.path
    if path.startswith("/file/bot"):
        return _file(stand_in, path.removeprefix("/file/bot"))
    if path == "/stand-in/counts":
        return _json(counts(stand_in))
    if path == "/stand-in/messages":
        return _json(list(_messages(stand_in)))
    if request.verb == "POST" and path.startswith("/stand-in/"):
        return _do(stand_in, path.removeprefix("/stand-in/"), json.loads(request.body))
    return Reply(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')


def counts(stand_in: TelegramStandIn) -> Json:
    """Return what was counted so far: requests by method, messages, the fullest second."""
    shown = [it for _bot, _chat, it in _written(stand_in)]
    return {
        "requests": dict(stand_in.counts),
        "refused": {str(code): count for code, count in stand_in.refused.items()},
        "messages": len(shown),
        "edits": sum(len(it.versions) for it in shown),
        "fullest_second": fullest_second(it.at for it in shown),
        "struck": stand_in.faults.struck(),
        "violations": stand_in.violations,
    }


def fullest_second(times: Iterable[float]) -> int:
    """Return the most of `times` that lie within any one second."""
    window: deque[float] = deque()
    most = 0
    for at in sorted(times):
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        most = max(most, len(window))
    return most


def _written(stand_in: TelegramStandIn) -> Iterable[tuple[int, int, Shown]]:
    for account in stand_in.accounts.values():
        for chat in list(account.chats.values()):
            for shown in chat.shown:
                if shown.from_bot:
                    yield account.bot_id, chat.chat_id, shown


def _messages(stand_in: TelegramStandIn) -> Iterable[list[object]]:
    """Yield bot, chat, message id, instant, text, number of edits."""
    for bot_id, chat_id, it in _written(stand_in):
        yield [bot_id, chat_id, it.message_id, it.at, it.text, len(it.versions)]


def _do(stand_in: TelegramStandIn, what: str, values: Json) -> Reply:
    if what == "fault":
        fields = {**values, "kind": FaultKind(str(values["kind"]))}
        if isinstance(values.get("methods"), list):
            fields["methods"] = frozenset(map(str, values["methods"]))  # type: ignore[call-overload]  # a list
        stand_in.faults.add(Fault(**fields))  # type: ignore[arg-type]  # fields came as JSON
        return _json({"ok": True})
    account = stand_in.accounts.get(str(values["token"])) or stand_in.bot(str(values["token"]))
    if what == "update":
        content = values["content"]
        kind = str(values["kind"])
        return _json(account.updates.add(kind, content if isinstance(content, dict) else {}))
    if what == "start":
        account.chats.setdefault(int(str(values["chat_id"])), Chat(int(str(values["chat_id"]))))
        return _json({"ok": True})
    return Reply(404, b"{}")


def _file(stand_in: TelegramStandIn, place: str) -> Reply:
    token, _slash, path = place.partition("/")
    account = stand_in.accounts.get(token)
    file_id = path.rpartition("/")[2]
    if account is None or file_id not in account.files:
        return Reply(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
    return Reply(200, file_id.encode(), content_type="application/octet-stream")


def _json(value: object) -> Reply:
    return Reply(200, json.dumps(value).encode())
