"""An officer registers somebody whom nobody has registered, on the telephone."""

from __future__ import annotations

from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import my_officer
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.speaking_for import begin_acting, speak_as
from bot.services.people import consents, workers
from bot.services.people.workers import DRAFT, ProfileDraft, keep_draft
from bot.services.phoning import phone_list, phone_numbers
from bot.services.sending.deliveries import action_data
from storage.models import ContactAddress
from storage.states import Decision, Purpose

script = Script("newcomer")
BEGIN = action_data("by_phone", "new")
LONGEST_NAME = 20


@script.asks("name", WORDS, keeps_words=True)
def ask_name(turn: Turn) -> None:
    """Ask for the name of somebody whom nobody has registered."""
    phone = str(turn.answers.get("phone"))
    turn.ask("acting.name.question", [turn.choice("back", "common.choice.back")], phone=phone)


@script.answers("name")
def answer_name(turn: Turn, answer: Answer) -> bool | None:
    """Begin the first conversation at the number, as if the person had come in.

    Where others are reached at the number, what this person says must not be kept as theirs:
    the newcomer is asked for consent first and stands apart from the first word on.
    """
    if answer.choice == "back":
        open_menu(turn)
        return True
    name = " ".join(answer.text.split())
    if not name or len(name) > LONGEST_NAME or any(sign.isdigit() for sign in name):
        return False
    if my_officer(turn) is None:
        return True
    address = _address(turn)
    if phone_numbers.people_at(turn.uow, turn.deployment, address):
        turn.go("newcomer.consent", name=name)
        return True
    memory = dict(address.memory or {})
    keep_draft(memory, ProfileDraft(name=name, phone=address.address))
    address.memory, address.step, address.answers = memory, None, None
    begin_acting(turn, address, None, replies=speak_as(turn, address, None, button=BEGIN))
    return True


@script.asks("consent")
def ask_consent(turn: Turn) -> None:
    """Ask the person, through the officer, whether something may be kept."""
    turn.say("first_contact.consent.who", bureau=turn.deployment.bureau_name)
    turn.say("first_contact.consent.what")
    turn.say("first_contact.consent.rights")
    turn.ask(
        "acting.newcomer.question",
        [
            turn.choice("yes", "first_contact.consent.yes"),
            turn.choice("no", "first_contact.consent.no"),
        ],
        name=str(turn.answers.get("name")),
    )


@script.answers("consent")
def answer_consent(turn: Turn, answer: Answer) -> bool | None:
    """Register the newcomer beside those who share the number, and go on in their name."""
    if answer.choice is None:
        return False
    if my_officer(turn) is None:
        return True
    if answer.choice == "no":
        turn.say("acting.newcomer.declined")
        open_menu(turn)
        return True
    address = _address(turn)
    draft = ProfileDraft(name=str(turn.answers.get("name")), phone=address.address)
    worker = workers.register(turn.uow, turn.deployment, address, draft)
    consents.record(
        turn.uow,
        turn.deployment,
        address.id,
        Purpose.REGISTER_AND_MATCH,
        Decision.GRANTED,
        worker_id=worker.id,
    )
    kept = {name: value for name, value in (address.memory or {}).items() if name != DRAFT}
    address.memory, address.step, address.answers = kept, None, None
    replies = speak_as(turn, address, worker.id, button=BEGIN)
    begin_acting(turn, address, worker, replies=replies)
    return True


def _address(turn: Turn) -> ContactAddress:
    phone = str(turn.answers.get("phone"))
    found = phone_list.address_of_number(turn.uow, turn.deployment, phone)
    return turn.uow.addresses.lock(found.id) or found
