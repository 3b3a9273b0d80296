"""Broadcasts that were sent: the list, one of them, stopping, going on, the sheet, the calls."""

from __future__ import annotations

from bot.conversations.officer.broadcast_audience import DRAFT, broadcast_of, my_officer, script
from bot.conversations.officer.broadcast_content import open_draft
from bot.conversations.officer.broadcast_lines import Lines, can_be_stopped, list_line
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.broadcasts import broadcast_progress, broadcast_results, broadcasts
from bot.services.broadcasts.broadcast_progress import (
    CALLS,
    END,
    GO_ON,
    SHEET,
    STOP,
    progress_of,
    result_words,
)
from bot.services.sending import documents
from storage.models import Broadcast
from storage.states import BroadcastStatus


@script.asks("list", WORDS)
def show_list(turn: Turn) -> None:
    """List the officer's own broadcasts, the newest first."""
    rows = broadcasts.newest(turn.uow, my_officer(turn))
    if not rows:
        turn.say("broadcasting.list.none")
        turn.finish()
        return
    lines = [list_line(Lines.of(turn), row) for row in rows]
    choices = [Choice(row.id.hex, broadcasts.reference(row)) for row in rows]
    turn.ask_words(
        "\n".join([*lines, turn.text("broadcasting.list.ask")]),
        choices,
        key="broadcasting.list.ask",
    )


@script.answers("list")
def choose(turn: Turn, answer: Answer) -> bool | None:
    """Open the chosen one, or the one whose number was typed."""
    if answer.choice is None:
        if broadcasts.NUMBER.fullmatch(answer.text.strip()) is None:
            return False
        open_by_number(turn, answer.text)
        return None
    _open(turn, broadcast_of(turn, answer.choice))
    return None


def open_by_number(turn: Turn, words: str) -> None:
    """Open the broadcast that B-0007 names.

    Raises:
        UserError: There is none, or it is not for this officer to see.
    """
    found = broadcasts.of_number(turn.uow, turn.deployment, my_officer(turn), words)
    if found is None:
        raise UserError("broadcasting.refused.unknown")
    _open(turn, found)


def _open(turn: Turn, broadcast: Broadcast) -> None:
    if broadcast.status is BroadcastStatus.DRAFT:
        open_draft(turn, broadcast.id.hex)
    else:
        turn.go("broadcasting.one", **{DRAFT: broadcast.id.hex})


@script.asks("one")
def show_one(turn: Turn) -> None:
    """Show how far one broadcast has come, and what can be done with it."""
    broadcast = broadcast_of(turn)
    progress = progress_of(turn.uow.broadcasts.state_counts(broadcast.id))
    words = result_words(turn.deployment, broadcast, progress, language=turn.language)
    values = ["sheet", "calls"]
    if can_be_stopped(broadcast):
        values.insert(0, "stop")
    elif broadcast.status is BroadcastStatus.PAUSED:
        values[:0] = ["go_on", "end"]
    choices = [turn.choice(value, f"broadcasting.choice.{value}") for value in values]
    state = turn.text(f"broadcasting.status.{broadcast.status.value}")
    waiting = turn.text("broadcasting.one.waiting", state=state, waiting=progress.waiting_count)
    turn.ask_words(f"{words}\n{waiting}", choices, key="broadcasting.one.waiting")


@script.answers("one")
def act(turn: Turn, answer: Answer) -> bool | None:
    """Do what was chosen."""
    actions = {
        "stop": stop_by_button,
        "go_on": go_on_by_button,
        "end": end_by_button,
        "sheet": sheet_by_button,
        "calls": calls_by_button,
    }
    action = actions.get(answer.choice or "")
    if action is None:
        return False
    action(turn, str(turn.answers[DRAFT]))
    return None


@script.action(STOP)
def stop_by_button(turn: Turn, key: str) -> None:
    """Ask once more before stopping, with the numbers."""
    broadcast = broadcast_of(turn, key)
    if not can_be_stopped(broadcast):
        raise broadcasts.BroadcastStateError(broadcast)
    turn.answers = {DRAFT: broadcast.id.hex}
    turn.go("broadcasting.stop")


@script.asks("stop")
def ask_stop(turn: Turn) -> None:
    """Say what stopping does: what was sent cannot be called back, what waits is not sent."""
    broadcast = broadcast_of(turn)
    progress = progress_of(turn.uow.broadcasts.state_counts(broadcast.id))
    choices = [
        turn.choice("yes", "broadcasting.stop.yes", "停"),
        turn.choice("no", "broadcasting.stop.no", "不停"),
    ]
    turn.ask(
        "broadcasting.stop.ask",
        choices,
        number=broadcasts.reference(broadcast),
        sent=progress.sent,
        waiting=progress.waiting_count + progress.phone,
    )


@script.answers("stop")
def take_stop(turn: Turn, answer: Answer) -> bool | None:
    """Stop, or leave it running."""
    broadcast = broadcast_of(turn)
    number = broadcasts.reference(broadcast)
    if answer.choice == "no":
        turn.say("broadcasting.stop.kept", number=number)
        turn.finish(again="broadcasting.sent.again")
        return None
    if answer.choice != "yes":
        return False
    count = broadcasts.stop(turn.uow, turn.deployment, my_officer(turn), broadcast.id)
    broadcast_progress.refresh(turn.uow, turn.deployment, broadcast)
    turn.say(
        "broadcasting.stop.done",
        options=broadcast_progress.options(turn.deployment, broadcast, language=turn.language),
        number=number,
        count=count,
    )
    turn.finish(again="broadcasting.sent.again")
    return None


@script.action(GO_ON)
def go_on_by_button(turn: Turn, key: str) -> None:
    """Go on with a stopped broadcast."""
    broadcast = broadcast_of(turn, key)
    count = broadcasts.go_on(turn.uow, turn.deployment, my_officer(turn), broadcast.id)
    broadcast_progress.refresh(turn.uow, turn.deployment, broadcast)
    turn.say("broadcasting.stop.goes_on", number=broadcasts.reference(broadcast), count=count)
    turn.finish(again="broadcasting.sent.again")


@script.action(END)
def end_by_button(turn: Turn, key: str) -> None:
    """End a stopped broadcast for good; the result is told."""
    broadcast = broadcast_of(turn, key)
    broadcasts.end(turn.uow, turn.deployment, my_officer(turn), broadcast.id)
    broadcast_progress.refresh(turn.uow, turn.deployment, broadcast)
    turn.say("broadcasting.stop.ended", number=broadcasts.reference(broadcast))
    turn.finish(again="broadcasting.sent.again")


@script.action(SHEET)
def sheet_by_button(turn: Turn, key: str) -> None:
    """Give a fresh address of the sheet, worker by worker."""
    broadcast = broadcast_of(turn, key)
    link = documents.link(
        turn.uow,
        turn.deployment,
        my_officer(turn),
        kind=documents.BROADCAST_SHEET,
        subject=broadcast.id.hex,
    )
    turn.say("broadcasting.result.sheet", link=link, number=broadcasts.reference(broadcast))


@script.action(CALLS)
def calls_by_button(turn: Turn, key: str) -> None:
    """Put those whom it did not reach on the phone lists."""
    broadcast = broadcast_of(turn, key)
    done = broadcast_results.add_calls(turn.uow, turn.deployment, my_officer(turn), broadcast)
    if not done.added and not done.no_room:
        turn.say("broadcasting.result.no_calls")
    else:
        turn.say("broadcasting.result.calls", count=done.added, no_room=done.no_room)
