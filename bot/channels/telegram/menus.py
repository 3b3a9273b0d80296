"""The commands that Telegram lists beside the input line, by role and language."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from uuid import UUID

from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.errors import pause_of
from bot.conversations.scripts import SCRIPTS
from bot.log import describe, logger
from content.texts import Texts
from storage.database import Database
from storage.repositories.chat_menus import ChatMenus, WantedMenu
from storage.states import Role

# In the order shown; a command that no conversation has for the role is left out.
COMMANDS = {
    Role.WORKER: ("menu", "policies", "mybenefits", "me", "family", "stop", "lang", "help"),
    Role.ENTERPRISE: ("menu", "post", "list", "class", "role", "lang", "help"),
    Role.OFFICER: (
        *("menu", "case", "phone", "broadcast", "post", "visit", "courses", "benefits"),
        *("statistics", "cards", "import", "done", "role", "lang", "help"),
    ),
}
FALLBACK, OTHERS = "zh", ("en",)
LOOK_SECONDS = 3.0
REFUSED_PAUSE = 600.0
MOST_AT_ONCE = 20


def commands(role: Role, language: str, texts: Texts) -> list[BotCommand]:
    """Return what is listed for a role, described in its language."""
    known = {
        name
        for script in SCRIPTS
        for name, (roles, _action) in script.commands.items()
        if role in roles
    }
    return [
        BotCommand(name, texts.render(f"telegram.command.{name}", language))
        for name in COMMANDS[role]
        if name in known
    ]


class Menus:
    """Keeps the lists of one bot; a platform without them is left alone for a while."""

    def __init__(
        self,
        bot: Bot,
        texts: Texts,
        *,
        database: Database,
        account_id: UUID,
        monotonic: Callable[[], float],
    ) -> None:
        self._bot = bot
        self._texts = texts
        self._database = database
        self._account_id = account_id
        self._monotonic = monotonic
        self._quiet_until = 0.0
        self._closing = asyncio.Event()

    async def show_defaults(self) -> bool:
        """List a worker's commands for everybody; False where the platform refuses."""
        everybody = BotCommandScopeDefault()
        try:
            await self._bot.set_my_commands(
                commands(Role.WORKER, FALLBACK, self._texts), scope=everybody
            )
            for language in OTHERS:
                await self._bot.set_my_commands(
                    commands(Role.WORKER, language, self._texts),
                    scope=everybody,
                    language_code=language,
                )
        except TelegramError as error:
            self._refused(error)
            return False
        return True

    def close(self) -> None:
        """Change no more lists."""
        self._closing.set()

    async def run(self) -> None:
        """Follow changes of role and language until closed."""
        while not self._closing.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), timeout=LOOK_SECONDS)
            try:
                await self.refresh()
            except Exception as error:
                logger().warning("telegram.menus_failed", error=describe(error))

    async def refresh(self) -> int:
        """Show what changed since the last time; return how many chats were dealt with."""
        if self._closing.is_set() or self._monotonic() < self._quiet_until:
            return 0
        due = await asyncio.wrap_future(
            self._database.submit_read(
                lambda uow: ChatMenus(uow.session).due(self._account_id, limit=MOST_AT_ONCE)
            )
        )
        shown = 0
        for menu in due:
            if not await self._show(menu):
                break
            shown += 1
        return shown

    async def _show(self, menu: WantedMenu) -> bool:
        try:
            await self._bot.set_my_commands(
                commands(menu.role, menu.language, self._texts),
                scope=BotCommandScopeChat(int(menu.address)),
            )
        except (BadRequest, Forbidden) as error:
            # This one chat is gone or closed: noted as shown, it keeps no other one waiting.
            logger().info("telegram.menu_refused", address=menu.address_id, error=describe(error))
        except TelegramError as error:
            self._refused(error)
            return False
        await asyncio.wrap_future(
            self._database.submit(lambda uow: ChatMenus(uow.session).note_shown(menu))
        )
        return True

    def _refused(self, error: TelegramError) -> None:
        pause = pause_of(error) if isinstance(error, RetryAfter) else REFUSED_PAUSE
        self._quiet_until = self._monotonic() + pause
        kind = "missing" if isinstance(error, InvalidToken) else "failed"
        logger().warning("telegram.menus_refused", kind=kind, error=describe(error))
