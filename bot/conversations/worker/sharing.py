"""What a platform's own buttons share: one's phone number, and where one is."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations.continuation import keep_and_go_on
from bot.conversations.script import Answer, Script
from bot.conversations.summary import full_place_name
from bot.conversations.turn import Turn
from bot.conversations.worker.profile_facts import draft
from bot.services.people.workers import with_home
from bot.understanding.writing.phones import find_phones
from storage.states import Role

script = Script("sharing")

HOME_STEP = "profile.home"


@script.intercept
def shared_phone(turn: Turn) -> bool:
    """Read a shared number as if it had been typed; whose it is the platform has checked."""
    numbers = find_phones(turn.inbound.phone or "")
    if turn.inbound.phone is None or turn.inbound.text.strip():
        return False
    if not numbers:
        turn.say("sharing.phone.unusable")
        turn.ask_again()
        return True
    turn.inbound = replace(turn.inbound, text=numbers[0].digits)
    turn.reading = turn.engine.read(turn.inbound, turn.engine.context(turn.address))
    return False


@script.intercept
def shared_position(turn: Turn) -> bool:
    """Take a position for a county where a home was asked for; the position itself is dropped."""
    position = turn.inbound.position
    if position is None or turn.role != Role.WORKER:
        return False
    county = turn.deployment.catalogue.places.nearest_county(*position)
    if turn.step != HOME_STEP:
        turn.say("sharing.place.not_needed")
        turn.ask_again()
    elif county is None:
        turn.say("sharing.place.nowhere")
        turn.ask_again()
    else:
        turn.go("sharing.near", near=county.code)
    return True


@script.asks("near")
def ask_near(turn: Turn) -> None:
    """Ask whether the county nearest to where somebody is is home."""
    code = str(turn.answers["near"])
    turn.ask(
        "sharing.near.ask",
        [
            turn.choice("yes", "common.choice.yes", "是", "对头", "嗯"),
            turn.choice("no", "sharing.near.no", "不对", "不是那里"),
            turn.human_choice(),
        ],
        place=full_place_name(turn.deployment.catalogue.places, code),
    )


@script.answers("near")
def answer_near(turn: Turn, answer: Answer) -> bool | None:
    """Keep the county as home, or ask for the home in words."""
    if answer.choice is None:
        return False
    code = str(turn.answers.pop("near"))
    if answer.choice == "yes":
        keep_and_go_on(turn, with_home(draft(turn), code))
    else:
        turn.go(HOME_STEP)
    return None
