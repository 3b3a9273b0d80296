"""What a platform tells of an address that nobody said: blocked, un-blocked, its language."""

from __future__ import annotations

from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.messages import Event
from storage.states import Role

script = Script("platform_events")
# Where the platform lists commands in the language that it reports.
MENU_CHANNELS = frozenset({"telegram"})


@script.intercept
def note_event(turn: Turn) -> bool:
    """Note that messages cannot be sent here any more, or can again; nothing is said."""
    event = turn.inbound.event
    if event is None:
        _note_language(turn)
        return False
    if event == Event.BLOCKED:
        turn.address.unreachable_since = turn.address.unreachable_since or turn.deployment.now
    elif event == Event.UNBLOCKED:
        turn.address.unreachable_since = None
    turn.silently()
    return True


def _note_language(turn: Turn) -> None:
    """Note what a worker's list of commands speaks where that is not the language chosen here.

    Without a note the list is the one that the platform shows to everybody of its language.
    """
    address = turn.address
    if address.menu is None and turn.role is Role.WORKER and turn.channel in MENU_CHANNELS:
        reported = turn.inbound.language
        if reported != address.language:
            address.menu = f"{Role.WORKER.value}:{reported}"
