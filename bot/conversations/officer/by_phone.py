"""How a conversation begins at a phone address, where an officer asks in the bot's place."""

from __future__ import annotations

import uuid

from bot.conversations.menu import open_menu
from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.conversations.worker.first_contact import INTRODUCED
from bot.services.phoning.phone_list import CHANNEL
from storage.states import CheckInKind

script = Script("by_phone")
NEW = "new"
STEPS = {
    CheckInKind.STILL_THERE: "check_in.still_there",
    CheckInKind.FIRM_CALLED: "check_in_application.firm_called",
    CheckInKind.STARTED_WORK: "check_in_application.started_work",
}


@script.action("by_phone")
def begin(turn: Turn, argument: str) -> None:
    """Begin with the menu, with somebody new, or with the question of a check-in.

    Works at phone addresses only: elsewhere people begin by themselves.
    """
    if turn.channel != CHANNEL:
        turn.say("fallback.stale.button")
        turn.ask_again()
        return
    turn.answers = {}
    if argument == NEW:
        turn.memory.pop(INTRODUCED, None)
        turn.go("first_contact.start")
    elif argument:
        _ask(turn, uuid.UUID(argument))
    else:
        open_menu(turn)


def _ask(turn: Turn, key: uuid.UUID) -> None:
    row = turn.uow.check_ins.get(key)
    is_own = row is not None and row.worker_id in {worker.id for worker in turn.workers}
    if row is None or not is_own or row.kind not in STEPS:
        turn.say("check_in.late.outdated")
        turn.finish()
        return
    turn.address.acting_for = row.worker_id
    turn.go(STEPS[row.kind], check_in=row.id.hex)
