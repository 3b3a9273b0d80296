"""Checks every request a bot made: against the installed package, and the Bot API as data.

The package knows names and required parameters of every method; lengths and counts come from
its constants too, and the stand-in refuses them in the platform's words. The Bot API's data lies
beside some checkouts and is read there; it is no part of this repository.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import telegram

from tests.stand_ins.bot_api_data import BotApiData

DATA = Path(__file__).parents[3] / "shared" / "data" / "telegram_bot_api.json"
DATA_SHOWN = "../shared/data/telegram_bot_api.json"

# What only the package's callers may say: it never travels under these names.
_NEVER_SENT = frozenset(
    {
        "self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs",
        "allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview",
        "contact", "location", "venue", "filename",
    }
)  # fmt: skip
Check = Callable[[str, dict[str, object]], Iterable[str]]


@cache
def _signature(method: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the names a method takes, and those it needs; None for no method."""
    function = getattr(telegram.Bot, method, None)
    if function is None:
        return None
    found = inspect.signature(function).parameters
    names = frozenset(found) - _NEVER_SENT
    needed = {name for name in names if found[name].default is inspect.Parameter.empty}
    return names, frozenset(needed)


def against_signatures(method: str, params: dict[str, object]) -> Iterator[str]:
    """Yield what `telegram.Bot` would not have sent."""
    known = _signature(method)
    if known is None:
        yield "telegram.Bot has no such method"
        return
    names, needed = known
    given = params.keys()
    if not given <= names:
        yield f"telegram.Bot does not send {', '.join(sorted(given - names))}"
    if not needed <= given:
        yield f"telegram.Bot needs {', '.join(sorted(needed - given))}"


@cache
def data() -> BotApiData | None:
    """Return the Bot API as data, or None where it does not lie beside the checkout."""
    return BotApiData.read(DATA) if DATA.is_file() else None


def checks() -> tuple[Check, ...]:
    """Return every check that can be made here."""
    found = data()
    return (against_signatures,) if found is None else (against_signatures, found.problems)


def report() -> str:
    """Return the line of the test report that says against what requests were checked."""
    package = f"python-telegram-bot {telegram.__version__}"
    found = data()
    if found is None:
        return f"requests to Telegram: checked against {package}; {DATA_SHOWN} is not there"
    return f"requests to Telegram: checked against {package} and {found.version} as data"
