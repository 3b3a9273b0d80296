"""A worker's conversation, led by an officer who has the worker on the phone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from bot.conversations.officer.phone_lines import masked_phone
from bot.conversations.turn import Turn
from bot.conversations.worker.family import CHOSEN_AT
from bot.messages import Body, Inbound, Option
from bot.services.people import acting
from bot.services.people.workers import draft_of, is_full_name, short_name
from bot.services.sending import documents
from bot.services.sending.deliveries import action_data
from storage.models import ContactAddress, Worker

ACT, ACT_DONE = "act", "act_done"
TYPED = "="
END_NUMBER = 9
# On a foreign platform names and numbers stand on our own page only.
OWN_CHANNELS = frozenset({"web", "terminal"})
EVERYTHING = "my_information.export.head"
SHORTEST_NAME = 2
# Questions that only the person may answer; the officer reads them out.
CONSENT_STEPS = frozenset(
    {
        "first_contact.consent",
        "family.consent",
        "applications.pass_contact",
        "identity.consent",
        "benefit_application.sensitive",
    }
)
Replies = Sequence[tuple[str, Body]]


def speak(
    turn: Turn, address: ContactAddress, *, text: str = "", button: str | None = None
) -> list[tuple[str, Body]]:
    """Say something at a worker's phone address; return what would have been answered there.

    The caller holds the address's row. Typed words are read here and not before the
    transaction, because only now it is known whose question they answer.
    """
    inbound = Inbound(
        external_id=turn.inbound.external_id, address=address.address, text=text, button=button
    )
    engine = turn.engine
    return engine.speak_for(
        turn.uow,
        address,
        inbound,
        reading=engine.read(inbound, engine.context(address)),
        receipt_id=_occasion(turn),
    )


def speak_as(
    turn: Turn,
    address: ContactAddress,
    worker_id: uuid.UUID | None,
    *,
    text: str = "",
    button: str | None = None,
) -> list[tuple[str, Body]]:
    """As `speak`, for one person of those who share the number; nobody asks again for whom."""
    address.acting_for = worker_id
    chosen_at = turn.deployment.now.isoformat()
    address.memory = {**(address.memory or {}), CHOSEN_AT: chosen_at}
    return speak(turn, address, text=text, button=button)


def begin_acting(
    turn: Turn,
    address: ContactAddress,
    worker: Worker | None,
    *,
    replies: Replies,
    then: str | None = None,
) -> None:
    """Act for a worker from here on, beginning with what the conversation said last."""
    officer = turn.officer
    if officer is None:
        return
    begun = acting.begin(
        turn.uow,
        turn.deployment,
        officer,
        turn.memory,
        address=address,
        worker=worker,
        then=then,
    )
    turn.finish()
    show(turn, begun, address, replies)


def show(turn: Turn, begun: acting.Acting, address: ContactAddress, replies: Replies) -> None:
    """Show the officer what to read out, with buttons that answer for the worker."""
    turn.about = begun.worker_id
    bodies = fit_to_show(turn, address, replies)
    bodies = bodies or [("acting.said.nothing", Body(turn.text("acting.said.nothing")))]
    banner = turn.text("acting.banner.line", name=name_at(turn, address, begun.worker_id))
    for number, (key, body) in enumerate(bodies):
        words = f"{banner}\n{body.text}" if number == 0 else body.text
        options = [_through(option) for option in body.options]
        if number == len(bodies) - 1:
            if address.step in CONSENT_STEPS:
                words = f"{words}\n{turn.text('acting.banner.consent')}"
            options += _ending(turn, options)
        turn.say_words(words, key=key, options=options, link=body.link)


def read_out(turn: Turn, address: ContactAddress, replies: Replies) -> None:
    """Show the officer what to read out where nothing is left to be answered."""
    words = "\n".join(body.text for _key, body in fit_to_show(turn, address, replies))
    if words:
        turn.say("phone_list.done.read_out", words=words)


def fit_to_show(turn: Turn, address: ContactAddress, replies: Replies) -> list[tuple[str, Body]]:
    """Return what may be shown where the officer reads it.

    On a foreign platform names and numbers are masked, and in the place of everything that is
    stored stands the address of a page of our own.
    """
    if turn.channel in OWN_CHANNELS:
        return list(replies)
    known = _names_and_numbers(turn, address)
    shown: list[tuple[str, Body]] = []
    for key, body in replies:
        if key != EVERYTHING:
            options = tuple(
                replace(option, label=_masked(option.label, known)) for option in body.options
            )
            shown.append((key, replace(body, text=_masked(body.text, known), options=options)))
        elif all(other != EVERYTHING for other, _body in shown):
            shown.append((key, _export_elsewhere(turn, address)))
    return shown


def wants_answer(address: ContactAddress, replies: Replies) -> bool:
    """Tell whether the conversation goes on: a question is open, or something may be chosen."""
    return address.step is not None or any(body.options for _key, body in replies)


def name_at(turn: Turn, address: ContactAddress, worker_id: uuid.UUID | None) -> str:
    """Return for whom the officer acts, masked; the word for a newcomer where no name is known."""
    people = turn.uow.addresses.workers_at(address.id)
    known = next((worker for worker in people if worker.id == worker_id), None)
    is_newcomer = worker_id is None and not people
    name = draft_of(known, address.memory or {}).name if known or is_newcomer else None
    return short_name(name) or turn.text("cases.person.nameless")


def _export_elsewhere(turn: Turn, address: ContactAddress) -> Body:
    worker = turn.uow.workers.get(address.acting_for) if address.acting_for is not None else None
    if worker is None or turn.officer is None:
        return Body(turn.text("acting.said.nothing"))
    path = documents.link(
        turn.uow,
        turn.deployment,
        turn.officer,
        kind=documents.EXPORT,
        subject=f"{worker.id.hex}:{address.id.hex}",
    )
    words = turn.text("documents.export.made", url=f"{turn.deployment.public_url}{path}")
    return Body(words, link=path)


def _names_and_numbers(turn: Turn, address: ContactAddress) -> dict[str, str]:
    """Return what must not leave our own pages, with what stands in its place."""
    people = [draft_of(worker, {}) for worker in turn.uow.addresses.workers_at(address.id)]
    people.append(draft_of(None, address.memory or {}))
    known = {address.address: masked_phone(address.address)}
    for person in people:
        if person.name and len(person.name) >= SHORTEST_NAME and is_full_name(person.name):
            known[person.name] = short_name(person.name)
        if person.phone:
            known[person.phone] = masked_phone(person.phone)
    return known


def _masked(words: str, known: dict[str, str]) -> str:
    for said, shown in known.items():
        words = words.replace(said, shown)
    return words


def _through(option: Option) -> Option:
    """Return the officer's button that presses the worker's."""
    try:
        data = action_data(ACT, option.data)
    except ValueError:  # too long to be wrapped: its number says the same to the open question
        data = action_data(ACT, f"{TYPED}{option.number}")
    return replace(option, data=data)


def _ending(turn: Turn, options: Sequence[Option]) -> list[Option]:
    if any(option.number == END_NUMBER for option in options):
        return []
    return [Option(END_NUMBER, turn.text("acting.choice.done"), action_data(ACT_DONE))]


def _occasion(turn: Turn) -> uuid.UUID:
    """Return the officer's own message, or a key that is the same when it is run again."""
    _, _, key = turn.origin.partition(":")
    try:
        return uuid.UUID(key)
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_OID, turn.origin)
