"""An officer's broadcast: what, to whom, what it would do, and the word that sends it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, cast

from bot.conversations.officer import broadcast_content, broadcast_runs
from bot.conversations.officer.broadcast_audience import (
    DRAFT,
    broadcast_of,
    keep_audience,
    my_officer,
    next_step,
    script,
)
from bot.conversations.officer.broadcast_lines import Lines, Shown, shown
from bot.conversations.script import Answer
from bot.conversations.turn import Turn
from bot.services.broadcasts import audiences, broadcast_progress, broadcast_vacancies, broadcasts
from bot.services.broadcasts.broadcast_preview import preview
from bot.services.broadcasts.broadcasts import NUMBER
from storage.states import BroadcastStatus, DeliveryKind, Role
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.conversations.engine import Engine

__all__ = ["script"]
SHOWN = "shown"
COUNTING = "broadcasting.counting"
LIST_WORDS = frozenset({"list", "列表", "发过的"})
CHANGES = {
    "place": "broadcasting.place",
    "trade": "broadcasting.trade",
    "standing": "broadcasting.standing",
}


@script.command("broadcast", "群发", roles=frozenset({Role.OFFICER}))
def begin_by_command(turn: Turn, argument: str) -> None:
    """Begin; `V-0201 中江 缝纫 找活的` says all at once, `list` shows what was sent."""
    turn.answers = {}
    first, _, rest = argument.partition(" ")
    if first.lower() in LIST_WORDS:
        turn.go("broadcasting.list")
    elif NUMBER.fullmatch(first):
        broadcast_runs.open_by_number(turn, first)
    elif first:
        _begin_with(turn, first, rest.strip())
    else:
        turn.go("broadcasting.compose")


def _begin_with(turn: Turn, first: str, rest: str) -> None:
    officer = my_officer(turn)
    vacancy = broadcast_vacancies.vacancy_of_number(turn.uow, turn.deployment, officer, first)
    line = rest if vacancy is not None else f"{first} {rest}"
    if line.strip():
        keep_audience(turn, audiences.read_line(turn.deployment, officer, line))
    if vacancy is None:
        turn.go("broadcasting.compose")
        return
    broadcast_content.keep_content(turn, vacancy=vacancy)
    next_step(turn)


@script.asks("preview")
def show_preview(turn: Turn) -> None:
    """Show three real messages, then the counts, and ask whether it goes."""
    broadcast = broadcast_of(turn)
    if broadcast.status is not BroadcastStatus.DRAFT:
        turn.go("broadcasting.one")
        return
    counted = cast("Shown | None", turn.answers.pop(SHOWN, None))
    if counted is None:
        if broadcasts.is_large(turn.uow, broadcast):
            turn.go("broadcasting.counting")
            return
        found = preview(turn.uow, turn.deployment, broadcast)
        counted = shown(Lines.of(turn), broadcast, found)
    for sample in counted["samples"]:
        turn.say_words(sample, key="broadcasting.preview.sample")
    choices = [
        turn.choice("change", "broadcasting.preview.change", "改"),
        turn.choice("drop", "broadcasting.preview.drop", "不发了"),
    ]
    if counted["chosen"]:
        send = turn.choice(
            "send", "broadcasting.preview.send", "发送", "发吧", count=counted["chosen"]
        )
        choices.insert(0, send)
    turn.ask_words(counted["words"], choices, key="broadcasting.preview.counts")


@script.asks("counting")
def wait_for_count(turn: Turn) -> None:
    """Let many people be counted beside the conversation; the preview comes by itself."""
    broadcast = broadcast_of(turn)
    broadcast.progress_at = turn.deployment.now
    turn.ask(
        "broadcasting.counting.wait",
        [turn.choice("drop", "broadcasting.preview.drop", "不发了")],
        number=broadcasts.reference(broadcast),
    )


@script.answers("counting")
def take_while_counting(turn: Turn, answer: Answer) -> bool | None:
    """Let it go, if that is what is wanted."""
    if answer.choice != "drop":
        return False
    _drop(turn)
    return None


@script.answers("preview")
def decide(turn: Turn, answer: Answer) -> bool | None:
    """Send, change, or let it go."""
    if answer.choice == "change":
        turn.go("broadcasting.change")
    elif answer.choice == "send":
        _send(turn)
    elif answer.choice == "drop":
        _drop(turn)
    else:
        return False
    return None


def _drop(turn: Turn) -> None:
    broadcast = broadcast_of(turn)
    broadcasts.drop(turn.uow, turn.deployment, my_officer(turn), broadcast.id)
    turn.say("broadcasting.preview.dropped", number=broadcasts.reference(broadcast))
    turn.finish(again="broadcasting.sent.again")


def _send(turn: Turn) -> None:
    officer = my_officer(turn)
    key = broadcast_of(turn).id
    broadcast = broadcasts.approve(turn.uow, turn.deployment, officer, key)
    broadcast_progress.begin(turn.uow, turn.deployment, broadcast, officer)
    turn.say("broadcasting.sent.begun", number=broadcasts.reference(broadcast))
    turn.finish(again="broadcasting.sent.again")


def show_counted(uow: UnitOfWork, engine: Engine, key: uuid.UUID, counted: Shown) -> bool:
    """Show a preview that was counted beside the conversation; False where nobody waits for it.

    Args:
        uow: The transaction.
        engine: The bureau's conversations.
        key: The draft.
        counted: What `broadcast_lines.shown` returned.
    """
    broadcast = uow.broadcasts.lock(key)
    if broadcast is None or broadcast.progress_at is None:
        return False
    asked_at, broadcast.progress_at = broadcast.progress_at, None
    address = uow.addresses.lock(uow.officers.need(broadcast.officer_id).address_id)
    if address is None or address.step != COUNTING:
        return False
    engine.begin(
        uow,
        address,
        "broadcasting.preview",
        origin=f"broadcast_preview:{key.hex}:{asked_at.timestamp():.6f}",
        kind=DeliveryKind.TASK,
        subject_id=key,
        **{
            DRAFT: key.hex,
            "places": list(broadcast.places),
            "trades": list(broadcast.trades),
            "standings": list(broadcast.statuses),
            SHOWN: counted,
        },
    )
    return True


@script.asks("change")
def ask_change(turn: Turn) -> None:
    """Ask what is to be changed."""
    choices = [
        turn.choice("content", "broadcasting.change.content", "内容"),
        turn.choice("place", "broadcasting.change.place", "地方"),
        turn.choice("trade", "broadcasting.change.trade", "手艺"),
        turn.choice("standing", "broadcasting.change.standing", "状态"),
        turn.choice("back", "common.choice.back"),
    ]
    turn.ask("broadcasting.change.ask", choices)


@script.answers("change")
def take_change(turn: Turn, answer: Answer) -> bool | None:
    """Ask for the one part anew."""
    if answer.choice == "content":
        is_vacancy = broadcast_of(turn).vacancy_id is not None
        turn.go("broadcasting.vacancy" if is_vacancy else "broadcasting.words")
    elif answer.choice in CHANGES:
        turn.go(CHANGES[answer.choice])
    elif answer.choice == "back":
        turn.go("broadcasting.preview", **{DRAFT: turn.answers[DRAFT]})
    else:
        return False
    return None
