"""Coming back by a link from a text message or a paper card: the chat goes on where it stood."""

from __future__ import annotations

import re
import uuid

from bot.conversations import taken_over
from bot.conversations.answering import is_bare_number, resolve
from bot.conversations.interrupting import go_back, interrupt
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker import not_me
from bot.conversations.worker.family import act_for
from bot.errors import UserError
from bot.messages import Body, Option
from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.people.workers import short_name
from bot.services.sending import return_links
from bot.services.sending.deliveries import ACTION_PREFIX, body_of, question_serial
from bot.services.sending.sms_words import BUBBLES
from storage.models import Worker
from storage.models.reaching import ReturnLink
from storage.states import DeliveryKind, LinkPurpose, Role, VacancyStatus

script = Script("returning")

TOKEN = "token"  # noqa: S105 - a name in the answers
START = re.compile(r"\s*[/／]start\s+r_(\S{1,64})\s*", re.I)


@script.intercept
def come_back(turn: Turn) -> bool:
    """Take `/start r_TOKEN`, which the page or the messenger sends for whoever opened a link."""
    opened = START.fullmatch(turn.inbound.text)
    if opened is None:
        return False
    if turn.role is not Role.WORKER:
        raise UserError("returning.refused.role")
    token = opened.group(1)
    link = return_links.look_up(turn.uow, turn.deployment, token, turn.address)
    worker = turn.uow.workers.need(link.worker_id)
    turn.about = worker.id
    is_known = turn.uow.workers.relation(worker.id, turn.address.id) is not None
    if not is_known and (_is_used(turn) or _was_opened_elsewhere(turn, link)):
        interrupt(turn, "returning.who", token=token)
    else:
        _come_in(turn, link, worker, token=token, is_known=is_known)
    return True


@script.intercept
def answered_after_all(turn: Turn) -> bool:
    """Hear an answer by text message to a question that had gone on to a page."""
    typed = turn.inbound.text.strip()
    is_answer = is_bare_number(typed) or turn.reading.workplace_status is not None
    if turn.step is not None or not is_answer or not taken_over.take_back(turn):
        return False
    return turn.engine.router.route(turn, resolve(turn))


@script.asks("who")
def ask_who(turn: Turn) -> None:
    """Ask whose page this is, before a link joins one that somebody uses or opens a second."""
    link = _asked_link(turn)
    worker = turn.uow.workers.get(link.worker_id) if link is not None else None
    name = short_name(worker.name if worker is not None else None)
    turn.ask(
        f"returning.who.{'named' if name else 'unnamed'}",
        [
            turn.choice("yes", "returning.who.yes", "是的", "是我", "对", "对的"),
            turn.choice("no", "returning.who.no", "不是的", "不是我", "不对"),
            turn.human_choice(),
        ],
        name=name,
    )


@script.answers("who")
def answer_who(turn: Turn, answer: Answer) -> bool | None:
    """Join this page to the worker after a yes; after a no an officer looks for the mistake."""
    if answer.choice is None:
        return False
    token = str(turn.answers.get(TOKEN))
    link = _asked_link(turn)
    worker = turn.uow.workers.get(link.worker_id) if link is not None else None
    if link is None or worker is None:
        _refuse(turn, token)
    elif answer.choice == "no":
        turn.say("returning.who.left")
        not_me.tell_officer(turn, link, worker)
        if not go_back(turn):
            turn.go("menu.worker")
    else:
        if _was_opened_elsewhere(turn, link):
            not_me.tell_officer(turn, link, worker, what="card_again")
        turn.about = worker.id
        _come_in(turn, link, worker, token=token, is_known=False, was_asked=True)
    return None


def _is_used(turn: Turn) -> bool:
    """Return whether somebody is known here, or wrote from here before."""
    return bool(turn.workers) or turn.address.last_inbound_at is not None


def _was_opened_elsewhere(turn: Turn, link: ReturnLink) -> bool:
    is_card = link.purpose is LinkPurpose.CARD
    return is_card and link.opened_by not in {None, turn.address.id}


def _asked_link(turn: Turn) -> ReturnLink | None:
    """Return the link that is asked about, or None where it opens nothing any more."""
    token = str(turn.answers.get(TOKEN))
    try:
        return return_links.look_up(turn.uow, turn.deployment, token, turn.address)
    except UserError:
        return None


def _refuse(turn: Turn, token: str) -> None:
    """Say why a link opens nothing any more; what was asked about it is closed."""
    turn.finish()
    try:
        return_links.look_up(turn.uow, turn.deployment, token, turn.address)
    except UserError as error:
        turn.say_words(turn.text(error.text_key, **error.values), key=error.text_key)


def _come_in(
    turn: Turn,
    link: ReturnLink,
    worker: Worker,
    *,
    token: str,
    is_known: bool,
    was_asked: bool = False,
) -> None:
    """Open the chat as this worker, and go on where it stood."""
    return_links.bind(turn.uow, turn.deployment, link, turn.address)
    if turn.worker is None or turn.worker.id != worker.id or was_asked:
        turn.finish()  # what was open here was asked of somebody else
    if not is_known:
        _join(turn, link, worker, was_asked=was_asked)
    act_for(turn, worker)
    _go_on(turn, link, worker, token=token)


def _join(turn: Turn, link: ReturnLink, worker: Worker, *, was_asked: bool) -> None:
    """Reach the worker here as well; who was not asked for it can undo it by a button."""
    is_alone = not turn.workers
    turn.uow.workers.link(
        worker.id,
        turn.address.id,
        relation="self" if is_alone else "family",
        since=turn.deployment.now,
    )
    vars(turn).pop("workers", None)  # read anew: there is one more
    if is_alone and worker.paused_until == FOR_GOOD:
        turn.address.unsubscribed_at = turn.address.unsubscribed_at or turn.deployment.now
    options: tuple[Option, ...] = () if was_asked else (not_me.button(turn, link),)
    name = short_name(worker.name)
    if name:
        turn.say("returning.hello.named", options=options, name=name)
    else:
        turn.say("returning.hello.unnamed", options=options)


def _go_on(turn: Turn, link: ReturnLink, worker: Worker, *, token: str) -> None:
    """Ask what is open, else show what the message was about, else the menu."""
    if taken_over.take(turn, worker, first=link.address_id):
        return
    said = _say_message(turn, link, token)
    if turn.step is not None:
        turn.ask_again()
    elif not said:
        turn.go("menu.worker")


def _say_message(turn: Turn, link: ReturnLink, token: str) -> bool:
    """Say the message again that the link came with, with the buttons that always work."""
    row = return_links.message_of(turn.uow, link, token)
    body = body_of(row) if row is not None else Body("")
    if row is None or not body.text or question_serial(body) is not None:
        return False  # a card, an emptied message, or a question that was answered since
    if row.kind is DeliveryKind.REPLY and turn.step is not None:
        return False
    if row.kind is DeliveryKind.VACANCY and _is_closed(turn, row.subject_id):
        turn.say("returning.thing.closed")
        return True
    *before, last = body.text.split(BUBBLES)
    for bubble in before:
        turn.say_words(bubble, key=row.text_key)
    lasting = [one for one in body.options if one.data.startswith(f"{ACTION_PREFIX}:")]
    turn.say_words(last, key=row.text_key, options=() if body.closed else lasting)
    return True


def _is_closed(turn: Turn, vacancy_id: uuid.UUID | None) -> bool:
    vacancy = turn.uow.vacancies.get(vacancy_id) if vacancy_id is not None else None
    return vacancy is None or vacancy.status is not VacancyStatus.PUBLISHED
