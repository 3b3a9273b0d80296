"""Commands a bot shows, by scope and language."""

from __future__ import annotations

import re

from telegram.constants import BotCommandLimit, BotCommandScopeType

from tests.stand_ins.telegram.account import Account
from tests.stand_ins.telegram.sending import Call
from tests.stand_ins.telegram.values import Json, ShapeError, utf16_length

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")


def set_commands(call: Call) -> object:
    """Keep the commands of one scope and language."""
    place = _place(call)
    commands = call.params.get("commands")
    if not isinstance(commands, list):
        raise ShapeError("can't parse commands: expected an Array of BotCommand")
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise ShapeError("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check(command)
    call.account.menus[place] = commands
    return True


def get_commands(call: Call) -> object:
    """Return the commands of one scope and language."""
    return call.account.menus.get(_place(call), [])


def delete_commands(call: Call) -> object:
    """Forget the commands of one scope and language."""
    call.account.menus.pop(_place(call), None)
    return True


def menu_of(account: Account, chat_id: int, language: str) -> list[Json]:
    """Return the commands that a person of this language sees in a private chat."""
    short = language[:2].lower()
    scopes = (
        (BotCommandScopeType.CHAT.value, chat_id),
        (BotCommandScopeType.ALL_PRIVATE_CHATS.value, 0),
        (BotCommandScopeType.DEFAULT.value, 0),
    )
    for scope, chat in scopes:
        for spoken in (short, ""):
            found = account.menus.get((scope, chat, spoken))
            if found:
                return found
    return []


def _place(call: Call) -> tuple[str, int, str]:
    scope = call.params.get("scope")
    kind, chat_id = BotCommandScopeType.DEFAULT.value, 0
    if isinstance(scope, dict):
        kind = str(scope.get("type"))
        if kind not in {str(one.value) for one in BotCommandScopeType}:
            raise ShapeError("can't parse BotCommandScope: Type is invalid")
        if "chat_id" in scope:
            chat_id = call.account.chat(scope["chat_id"]).chat_id
    language = str(call.params.get("language_code", ""))
    if language and not _LANGUAGE.fullmatch(language):
        raise ShapeError("invalid language code specified")
    return kind, chat_id, language


def _check(command: object) -> None:
    if not isinstance(command, dict):
        raise ShapeError("can't parse BotCommand: expected an Object")
    if not _COMMAND.fullmatch(str(command.get("command", ""))):
        raise ShapeError("BOT_COMMAND_INVALID")
    length = utf16_length(str(command.get("description", "")).strip())
    if not 1 <= length <= BotCommandLimit.MAX_DESCRIPTION:
        raise ShapeError("BOT_COMMAND_DESCRIPTION_INVALID")
