"""有哪些路子: the six ways into work, a plain sentence each, and where each leads (S-CHAN)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from storage.register_states import EmploymentChannel
from storage.states import Role

script = Script("channels")

WAYS = re.compile(
    r"(?:(?:打工|找活|挣钱|就业|干活|上班)(?:都)?)?(?:都|还)?有(?:哪些|啥|啥子|什么|哪几条|几条|些啥)"
    r"(?:路子|门路|路)(?:可以走|走)?(?:呢|啊|嘛|么|吗)?[。.!！?？ ]*"
)
# The card of each way in the worker's own city; a firm's way leads to what firms offer now.
MECHANISMS: Mapping[str, str] = MappingProxyType(
    {
        EmploymentChannel.TRANSFER: "P-COOP",
        EmploymentChannel.FLEXIBLE: "P-FLEX",
        EmploymentChannel.SELF_EMPLOYED: "P-STARTUP",
        EmploymentChannel.PUBLIC_POST: "P-PWJ",
        EmploymentChannel.PLATFORM: "P-STATION",
    }
)


@script.intercept
def hear(turn: Turn) -> bool:
    """Hear 有哪些路子 of a worker, whatever was asked."""
    if turn.role is not Role.WORKER or not WAYS.fullmatch(turn.inbound.text.strip()):
        return False
    turn.finish()
    turn.go("channels.six")
    return True


@script.asks("six")
def ask_six(turn: Turn) -> None:
    """Say the six ways, a sentence each."""
    choices = [turn.choice(EmploymentChannel.ENTERPRISE, "channels.way.enterprise")]
    choices += [turn.choice(way, f"channels.way.{way}") for way in MECHANISMS]
    turn.ask("channels.six.ask", [*choices, turn.human_choice()])


@script.answers("six")
def answer_six(turn: Turn, answer: Answer) -> bool | None:
    """Lead on to what there is: the firms' work, or the clause of the worker's city."""
    if answer.choice == EmploymentChannel.ENTERPRISE:
        turn.answers = {}
        turn.go("first_contact.search")
        return None
    mechanism = MECHANISMS.get(answer.choice or "")
    if mechanism is None:
        return False
    turn.answers = {}
    turn.go("policies.card", mechanism=mechanism)
    return None
