"""不是我: a link came to somebody else, who is asked once and then left alone."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta

from bot.conversations.interrupting import go_back, interrupt
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn, numbered
from bot.messages import Option
from bot.services.people import officers
from bot.services.people.parting import part
from bot.services.people.unsubscribing import is_alone
from bot.services.people.workers import short_name
from bot.services.phoning import phone_list
from bot.services.sending import return_links
from bot.services.sending.deliveries import action_data
from storage.models import Worker
from storage.models.reaching import ReturnLink
from storage.states import LinkPurpose

script = Script("not_me")

NOT_ME = "not_me"
# Beside the digits of whatever is asked below the greeting.
DIGIT = 9
LINK = "return_link"
# So long the greeting is what a bare word answers; its button always works.
ANSWERED_WITHIN = timedelta(minutes=10)
SAYS_NOT_ME = re.compile(r"(?:这|我)?(?:不是(?:我|本人)|认错人了?)[\s。.!！~]*")


def button(turn: Turn, link: ReturnLink) -> Option:
    """Return the button that parts whoever was joined by `link` just now."""
    turn.memory[LINK] = {"key": link.id.hex, "at": turn.deployment.now.isoformat()}
    return Option(DIGIT, turn.text("returning.choice.not_me"), action_data(NOT_ME, link.id.hex))


@script.intercept
def says_not_me(turn: Turn) -> bool:
    """Hear 不是我, or its digit, as the very next word after the greeting."""
    said = turn.inbound.text.strip()
    if LINK not in turn.memory or turn.inbound.event is not None:
        return False
    key = _offered(turn, turn.memory.pop(LINK))
    takes_words = turn.step is not None and turn.engine.step(turn.step).prompt.takes_words
    is_digit = said == str(DIGIT) and not takes_words and DIGIT not in numbered(turn.options)
    if key is None or not (is_digit or SAYS_NOT_ME.fullmatch(said)):
        return False
    not_me(turn, key)
    return True


@script.action(NOT_ME)
def not_me(turn: Turn, argument: str) -> None:
    """Ask once whether this page and the worker of a link shall be parted."""
    turn.memory.pop(LINK, None)
    if _joined(turn, argument) is None:
        turn.say("returning.not_me.again")
    else:
        interrupt(turn, "not_me.sure", link=argument)


@script.asks("sure")
def ask_sure(turn: Turn) -> None:
    """Ask it by the name that the greeting said."""
    joined = _joined(turn, str(turn.answers.get("link")))
    name = short_name(joined[1].name) if joined is not None else ""
    turn.ask(
        f"returning.not_me.{'sure' if name else 'sure_unnamed'}",
        [
            turn.choice("yes", "returning.not_me.yes", "断", "不是我"),
            turn.choice("no", "returning.not_me.no", "别断", "是我"),
            turn.human_choice(),
        ],
        name=name,
    )


@script.answers("sure")
def answer_sure(turn: Turn, answer: Answer) -> bool | None:
    """Undo it all: nobody is reached here by this link, and the officer looks for the number."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn.say("returning.not_me.kept")
        if not go_back(turn):
            turn.go("menu.worker")
        return None
    joined = _joined(turn, str(turn.answers.get("link")))
    turn.finish()
    if joined is None:
        turn.say("returning.not_me.again")
        return None
    link, worker = joined
    _part(turn, link, worker)
    tell_officer(turn, link, worker)
    turn.say("returning.not_me.done")
    return None


def tell_officer(turn: Turn, link: ReturnLink, worker: Worker, *, what: str = "") -> None:
    """Tell whoever phones the worker that a number or card may have gone to somebody else.

    `what` names another text of `returning.officer`. The name is masked, for an officer may
    read it on a messenger abroad; the button below writes a new number down.
    """
    officer = phone_list.owner_of(turn.uow, turn.deployment, worker)
    if officer is None:
        return
    language = officers.language_of(turn.uow, officer)
    what = what or ("card" if link.purpose is LinkPurpose.CARD else "number")
    name = short_name(worker.name) or turn.deployment.text("returning.officer.nameless", language)
    label = turn.deployment.text("returning.officer.new_number", language)
    officers.inform(
        turn.uow,
        turn.deployment,
        officer,
        f"returning.officer.{what}",
        dedupe=f"link_{what}:{link.id.hex}:{turn.address.id.hex}",
        subject_id=worker.id,
        options=[Option(1, label, action_data("new_number", worker.id.hex))],
        name=name,
    )


def _offered(turn: Turn, kept: object) -> str | None:
    """Return the link whose greeting was said a moment ago, or None."""
    if not isinstance(kept, dict):
        return None
    age = turn.deployment.now - datetime.fromisoformat(str(kept.get("at")))
    return str(kept.get("key")) if age <= ANSWERED_WITHIN else None


def _joined(turn: Turn, argument: str) -> tuple[ReturnLink, Worker] | None:
    """Return the link and whom it joined to this page, or None where it did not."""
    try:
        link = turn.uow.return_links.get(uuid.UUID(hex=argument))
    except ValueError:
        return None
    if link is None or link.opened_by != turn.address.id:
        return None
    worker = turn.uow.workers.get(link.worker_id)
    if worker is None or turn.uow.workers.relation(worker.id, turn.address.id) is None:
        return None
    return link, worker


def _part(turn: Turn, link: ReturnLink, worker: Worker) -> None:
    """Forget what was shown here, and let no link of this worker open anything any more."""
    uow, here = turn.uow, turn.address
    part(uow, worker, here, to=link.address_id)
    vars(turn).pop("workers", None)  # read anew: there is one less
    since = link.opened_at or datetime.max.replace(tzinfo=turn.deployment.now.tzinfo)
    uow.return_links.forget_shown(worker.id, here.id, since=since, alone=not turn.workers)
    return_links.revoke(uow, turn.deployment, link, by=here)
    return_links.revoke_all(uow, worker, turn.deployment.now)
    number = uow.addresses.lock(link.address_id) if link.address_id is not None else None
    if number is not None and is_alone(uow, worker, number):
        # Whoever holds that phone is somebody else; a text from there would show the contrary.
        number.unreachable_since = number.unreachable_since or turn.deployment.now
