"""A strict Telegram on loopback: the Bot API as far as the product speaks it, with its limits.

telegram = TelegramStandIn(checks=outgoing.checks())
async with telegram:
    account = telegram.bot()
    bot = telegram.Bot(account.token, base_url=telegram.api, base_file_url=telegram.files)
    phone = telegram.phone(account)
    phone.starts("t_510600")
    await phone.sees("稳工")
"""

from __future__ import annotations

from tests.stand_ins.telegram.account import Account
from tests.stand_ins.telegram.chats import Button, Chat, Shown
from tests.stand_ins.telegram.faults import EVERYTHING, WRITING, Fault, FaultKind
from tests.stand_ins.telegram.phone import Person, Phone
from tests.stand_ins.telegram.stand_in import TelegramStandIn
from tests.stand_ins.telegram.values import ApiError, Limits, Received, ShapeError

__all__ = [
    "EVERYTHING", "WRITING", "Account", "ApiError", "Button", "Chat", "Fault", "FaultKind",
    "Limits", "Person", "Phone", "Received", "ShapeError", "Shown", "TelegramStandIn",
]  # fmt: skip
