"""The same person on another phone or channel: six digits shown here, typed there."""

from __future__ import annotations

import re
from uuid import UUID

from bot.conversations.prompts import FULL_WIDTH, WORDS
from bot.conversations.script import WORKER_ONLY, Answer, Choice, Script
from bot.conversations.starting import JOIN_TOKEN, start
from bot.conversations.turn import Turn
from bot.conversations.worker.family import CHOSEN_AT
from bot.conversations.worker.first_contact import introduce, is_stranger
from bot.messages import Body, Option
from bot.services.people import joining
from bot.services.people.joining import CODE_LIFE, Joined
from bot.services.people.workers import DRAFT, short_name
from bot.services.sending import deep_links
from bot.services.sending.deliveries import Draft, action_data, push
from storage.models import Worker
from storage.states import Role

script = Script("joining")

TOLD_KEY = "joining.told.elsewhere"
MOVES = re.compile(
    r"^\s*(?:我)?(?:换|加|添)(?:了)?(?:一)?(?:个|部)?(?:新)?(?:手机|微信)(?:了)?[\s。.!！]*$"
    r"|^\s*(?:我)?(?:想|要)?在(?:另外|别的|另|新)(?:一)?(?:个|部)?(?:的)?手机上(?:也)?用[\s。.!！]*$"
    r"|^\s*(?:new|another) phone[\s.!]*$",
    re.IGNORECASE,
)
KNOWN = re.compile(
    r"^\s*(?:我)?(?:以前|早就|已经)?(?:登记|注册)过(?:了|的)?[\s。.!！]*$"
    r"|^\s*i(?: am|'m) registered[\s.!]*$",
    re.IGNORECASE,
)
_CODE = re.compile(rf"\d{{{joining.DIGITS}}}")
# Where six digits on their own can be nothing else.
FREE_STEPS = ("menu.", "first_contact.", "joining.")


@script.intercept
def moving(turn: Turn) -> bool:
    """Hear 换手机了 from somebody who is known, and 我登记过 from somebody who is not."""
    text = turn.inbound.text
    if turn.role != Role.WORKER or not (MOVES.match(text) or KNOWN.match(text)):
        return False
    if turn.workers and KNOWN.match(text):
        return False
    turn.answers = {}
    turn.go("joining.code" if turn.workers else "joining.enter")
    return True


@script.intercept
def typed_code(turn: Turn) -> bool:
    """Take six digits for a code where no question wants a number."""
    code = _code_in(turn.inbound.text)
    is_free = turn.step is None or turn.step.startswith(FREE_STEPS)
    if turn.role != Role.WORKER or code is None or not is_free:
        return False
    _redeem(turn, code)
    return True


@script.command("code", roles=WORKER_ONLY)
def code_command(turn: Turn, _argument: str) -> None:
    """Show six digits for another phone."""
    turn.finish()
    turn.go("joining.code")


@script.command("join")
def join_command(turn: Turn, argument: str) -> None:
    """Take a code (`/join 123456`), or whatever else a link carries (`/join o_TOKEN`)."""
    turn.finish()
    code = _code_in(argument)
    if code is None and argument:
        start(turn, argument)
    elif turn.role != Role.WORKER:
        turn.say("joining.refused.role")
    elif code is None:
        turn.go("joining.enter")
    else:
        _redeem(turn, code)


@script.asks("code")
def show_code(turn: Turn) -> None:
    """Show the digits, and where they are typed; who shares a phone says for whom."""
    people = turn.workers
    if not people:
        turn.say("joining.code.nobody")
        turn.finish()
        turn.go("joining.enter")
    elif len(people) > 1:
        choices = [Choice(worker.id.hex, _label(turn, worker)) for worker in people]
        turn.ask("joining.code.whose", [*choices, turn.human_choice()])
    else:
        _show(turn, people[0])


@script.answers("code")
def choose_person(turn: Turn, answer: Answer) -> bool | None:
    """Show the digits of the chosen person."""
    chosen = [worker for worker in turn.workers if worker.id.hex == answer.choice]
    if not chosen:
        return False
    _show(turn, chosen[0])
    return None


@script.asks("enter", WORDS)
def ask_code(turn: Turn) -> None:
    """Ask for the digits that the other phone shows."""
    if is_stranger(turn):
        introduce(turn)
    turn.ask(
        "joining.enter.ask",
        [turn.choice("lost", "joining.enter.lost", "没有", "没得"), turn.human_choice()],
    )


@script.answers("enter")
def answer_code(turn: Turn, answer: Answer) -> bool | None:
    """Say what else can be done where the first phone is gone; digits are heard before."""
    if answer.choice != "lost":
        return False
    turn.say("joining.enter.without")
    turn.finish()
    turn.go("menu.worker")
    return None


@script.action("unjoin")
def not_me(turn: Turn, argument: str) -> None:
    """Part a phone again that somebody joined with digits shown here."""
    turn.finish()
    try:
        other = UUID(argument)
    except ValueError:
        other = turn.address.id
    worker = joining.undo(turn.uow, turn.deployment, turn.address, other)
    turn.say("joining.undone.said" if worker is not None else "joining.undone.nothing")


def _show(turn: Turn, worker: Worker) -> None:
    code = joining.make_code(turn.uow, turn.deployment, worker, turn.address)
    minutes = int(CODE_LIFE.total_seconds() // 60)
    turn.say("joining.code.shown", code=f"{code[:3]} {code[3:]}", minutes=minutes)
    turn.say("joining.code.web", url=f"{turn.deployment.public_url}/chat")
    telegram = deep_links.telegram_link(turn.uow, turn.deployment, JOIN_TOKEN)
    if telegram is not None:
        turn.say("joining.code.telegram", url=telegram)
    turn.finish()


def _redeem(turn: Turn, code: str) -> None:
    found = joining.redeem(turn.uow, turn.deployment, turn.address, code, memory=turn.memory)
    if found.worker is None or found.outcome is not Joined.JOINED:
        _refuse(turn, found.outcome)
        return
    turn.memory.pop(DRAFT, None)
    vars(turn).pop("workers", None)  # read anew: there is one more
    turn.memory[CHOSEN_AT] = turn.deployment.now.isoformat()
    introduce(turn)
    turn.say("joining.done.said", name=_label(turn, found.worker))
    if len(turn.workers) > 1:
        turn.say("joining.done.shared", count=len(turn.workers))
    if found.told is not None:
        _tell_first(turn, found.told, found.worker)
    turn.finish()
    turn.go("menu.worker")


def _refuse(turn: Turn, outcome: Joined) -> None:
    turn.say(f"joining.refused.{outcome.value}")
    if outcome is not Joined.WRONG:
        turn.finish()
    elif turn.step is None and is_stranger(turn):
        turn.go("joining.enter")


def _tell_first(turn: Turn, address_id: UUID, worker: Worker) -> None:
    """Tell the phone that showed the digits, with a way to part the other one again."""
    address = turn.uow.addresses.need(address_id)
    deployment = turn.deployment
    words = deployment.text(TOLD_KEY, address.language, name=_label(turn, worker))
    label = deployment.text("joining.told.not_me", address.language)
    option = Option(1, label, action_data("unjoin", turn.address.id.hex))
    draft = Draft(
        key=TOLD_KEY,
        body=Body(words, (option,)),
        dedupe_key=f"joined:{turn.context_key}",
        worker_id=worker.id,
    )
    push(turn.uow, address, draft, now=deployment.now)


def _label(turn: Turn, worker: Worker) -> str:
    return short_name(worker.name) or turn.text("common.person.unnamed")


def _code_in(text: str) -> str | None:
    typed = "".join(text.translate(FULL_WIDTH).split())
    return typed if _CODE.fullmatch(typed) else None
