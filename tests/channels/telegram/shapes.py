"""Updates as the platform sends them, for tables of mappings."""

from __future__ import annotations

Json = dict[str, object]
CHAT = 520
NUMBER = 41
DATE = 1_790_000_000
GROUP = -4001


def person(language: str | None = "zh-hans") -> Json:
    named = {"language_code": language} if language else {}
    return {"id": CHAT, "is_bot": False, "first_name": "王秀兰", **named}


def private() -> Json:
    return {"id": CHAT, "type": "private", "first_name": "王秀兰"}


def group() -> Json:
    return {"id": GROUP, "type": "group", "title": "村里人"}


def message(
    *, language: str | None = "zh-hans", chat: Json | None = None, **content: object
) -> Json:
    told: Json = {
        "message_id": 7,
        "date": DATE,
        "chat": chat or private(),
        "from": person(language),
        **content,
    }
    return {"update_id": NUMBER, "message": told}


def press(data: str | None = "q:3:1", *, chat: Json | None = None, shown: bool = True) -> Json:
    query: Json = {"id": "991", "from": person(), "chat_instance": "12"}
    if data is not None:
        query["data"] = data
    if shown:
        bot = {"id": 1, "is_bot": True, "first_name": "稳工", "username": "wengong_bot"}
        query["message"] = {
            "message_id": 6,
            "date": DATE,
            "chat": chat or private(),
            "from": bot,
            "text": "想做啥？",
        }
    return {"update_id": NUMBER, "callback_query": query}


def membership(status: str, *, chat: Json | None = None) -> Json:
    bot = {"id": 1, "is_bot": True, "first_name": "稳工", "username": "wengong_bot"}
    new: Json = {"user": bot, "status": status}
    if status == "kicked":
        new["until_date"] = 0
    change: Json = {
        "chat": chat or private(),
        "from": person(),
        "date": DATE,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": new,
    }
    return {"update_id": NUMBER, "my_chat_member": change}


def file(**more: object) -> Json:
    return {"file_id": "F1", "file_unique_id": "U1", **more}
