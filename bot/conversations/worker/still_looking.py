"""还找活不？ Asked once before what nobody used is deleted; any answer at all keeps it."""

from __future__ import annotations

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.services.people.privacy import STILL_LOOKING, UNUSED_FOR

script = Script("still_looking")


@script.asks("ask")
def ask(turn: Turn) -> None:
    """Ask whether to go on, and say what happens without an answer."""
    yes = turn.choice("yes", "still_looking.ask.yes", "找", "1找", "要找", "还要找", "留着")
    delete = turn.choice("delete", "still_looking.ask.delete", "删", "2删", "不找了", "不用了")
    turn.ask(STILL_LOOKING, [yes, delete, turn.human_choice()], days=UNUSED_FOR.days)


@script.answers("ask")
def answer(turn: Turn, said: Answer) -> bool | None:
    """Go on, or delete after the usual question."""
    wants = said.choice
    if wants is None and said.reading.yes_no:
        wants = "yes"
    if wants is None:
        return False
    if wants == "yes":
        turn.say("still_looking.yes.said")
        turn.finish(again="still_looking.yes.said")
    else:
        turn.answers = {}
        turn.go("my_information.delete" if len(turn.workers) <= 1 else "family.leaving")
    return None
