"""What officers put on paper or change by hand for somebody on the phone: a card, a number."""

from __future__ import annotations

import uuid
from dataclasses import replace

from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import my_officer
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.services.people import acting, workers
from bot.services.people.officer_views import audit_view
from bot.services.people.workers import short_name
from bot.services.phoning import phone_numbers
from bot.services.sending import documents, return_links
from storage.models import Worker
from storage.states import LinkPurpose

script = Script("paper")


@script.action("card")
def card_by_button(turn: Turn, argument: str) -> None:
    """Make a worker's paper card."""
    worker = _worker(turn, argument)
    if worker is not None:
        make_card(turn, worker)


def make_card(turn: Turn, worker: Worker) -> None:
    """Say where the worker's paper card is printed; its code opens the chat as this worker."""
    officer = turn.officer
    if officer is None or not acting.may_act_for(turn.uow, turn.deployment, officer, worker):
        turn.say("acting.refused.unknown")
        return
    token = return_links.make(
        turn.uow, turn.deployment, worker, purpose=LinkPurpose.CARD, made_by=officer.id
    )
    path = documents.link(
        turn.uow,
        turn.deployment,
        officer,
        kind=documents.CARD,
        subject=f"{worker.id.hex}:{token}",
    )
    name = short_name(worker.name) or turn.text("cases.person.nameless")
    turn.about = worker.id
    turn.say("documents.card.made", link=path, name=name, url=turn.deployment.public_url + path)


@script.action("new_number")
def number_by_button(turn: Turn, argument: str) -> None:
    """Write down somebody's new number."""
    worker = _worker(turn, argument)
    if worker is not None:
        turn.finish()
        turn.go("paper.number", worker=worker.id.hex)


@script.asks("number", WORDS, keeps_words=True)
def ask_number(turn: Turn) -> None:
    """Ask for the number."""
    worker = turn.uow.workers.get(uuid.UUID(str(turn.answers.get("worker"))))
    name = short_name(worker.name if worker is not None else None)
    turn.ask(
        "paper.number.question",
        [turn.choice("back", "common.choice.back")],
        name=name or turn.text("cases.person.nameless"),
    )


@script.answers("number")
def keep_number(turn: Turn, answer: Answer) -> bool | None:
    """Keep the number, or learn that the old one is right; what was to be said is said there."""
    if answer.choice == "back":
        open_menu(turn)
        return True
    phone = answer.reading.phone
    worker = _worker(turn, str(turn.answers.get("worker")))
    if worker is None or turn.officer is None:
        return True
    if phone is None:
        return False
    known = replace(workers.draft_of(worker, {}), phone=phone)
    workers.change(turn.uow, turn.deployment, worker, known)
    address = phone_numbers.phone_address(turn.uow, turn.deployment, worker)
    if address is not None:
        phone_numbers.take_up_again(turn.uow, turn.deployment, worker, address)
    audit_view(
        turn.uow,
        turn.deployment,
        turn.officer,
        "change_phone",
        subject_kind="worker",
        subject_id=worker.id,
    )
    turn.say("paper.number.kept")
    open_menu(turn)
    return True


def _worker(turn: Turn, argument: str) -> Worker | None:
    """Return a worker whom this officer looks after; else say that there is none."""
    officer = my_officer(turn)
    if officer is None:
        return None
    try:
        worker = turn.uow.workers.get(uuid.UUID(argument))
    except ValueError:
        worker = None
    if worker is None or not acting.may_act_for(turn.uow, turn.deployment, officer, worker):
        turn.say("acting.refused.unknown")
        turn.finish()
        return None
    return worker
