"""Families share a phone: who is on it, and for whom something is done this time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.conversations.prompts import WORDS
from bot.conversations.resuming import pressed_action, set_aside, take_up
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.spoken_names import name_said
from bot.conversations.turn import Turn
from bot.conversations.worker import relatives
from bot.conversations.worker.first_contact import listen
from bot.conversations.worker.open_places import is_open
from bot.conversations.worker.profile_facts import tells_of_person
from bot.conversations.worker.profile_person import forget_in_turn
from bot.services.people import consents, privacy, workers
from bot.services.people.parting import part
from bot.services.people.workers import ProfileDraft, short_name
from bot.understanding import Context
from bot.understanding.values import Intent
from storage.models import Worker
from storage.states import Decision, Purpose, Role

script = Script("family")

CHOSEN_AT = "chosen_at"
ONE_CONVERSATION = timedelta(hours=2)
PERSONAL: frozenset[Intent] = frozenset(
    {
        "find_job",
        "apply",
        "register",
        "update_profile",
        "report_unemployed",
        "complain_wages",
        "delete_my_data",
    }
)
PERSONAL_ACTIONS = frozenset({"apply"})
FAMILY_WORDS = re.compile(r"^\s*(?:家里人|一家人|家人|这个手机上有谁|手机上有谁|family)\s*$", re.I)


@script.intercept
def for_another(turn: Turn) -> bool:
    """Hear 帮我嫂子找活 from somebody who is known: it is about another person."""
    kin = turn.reading.for_whom
    if turn.role != Role.WORKER or kin is None or not turn.workers:
        return False
    if turn.reading.intent not in {"find_job", "register", "update_profile", "apply"}:
        return False
    known = relatives.known_as(turn, kin)
    if known is not None:
        act_for(turn, known)
        return False
    turn.answers = {}
    turn.go("family.consent", name=kin, **set_aside(turn))
    return True


@script.intercept
def whom(turn: Turn) -> bool:
    """Ask once a conversation for whom something is done, where several share the phone."""
    if not is_unsettled(turn):
        return False
    turn.answers = {}
    turn.go("family.which", **set_aside(turn))
    return True


@script.asks("which")
def ask_which(turn: Turn) -> None:
    """Ask for whom, by names of which a stranger learns little."""
    turn.ask("family.which.ask", [*_people(turn), turn.human_choice()])


@script.answers("which")
def answer_which(turn: Turn, answer: Answer) -> bool | None:
    """Act for the chosen person and go on with what was wanted."""
    chosen = [worker for worker in turn.workers if worker.id.hex == answer.choice]
    if not chosen:
        return False
    act_for(turn, chosen[0])
    take_up(turn)
    return None


@script.asks("consent")
def ask_consent(turn: Turn) -> None:
    """Ask whether the other person agrees to be kept."""
    turn.ask(
        "family.consent.ask",
        [
            turn.choice("yes", "family.consent.yes", "同意", "要得", "可以"),
            turn.choice("no", "family.consent.no", "不同意", "不记"),
            turn.human_choice(),
        ],
        name=turn.answers["name"],
    )


@script.answers("consent")
def answer_consent(turn: Turn, answer: Answer) -> bool | None:
    """Register the other person under the word that was used, and ask what they can do."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn.say("family.consent.declined")
        turn.finish()
        return None
    name = str(turn.answers.pop("name"))
    worker = workers.register(
        turn.uow, turn.deployment, turn.address, ProfileDraft(name=name), relation="family"
    )
    consents.record(
        turn.uow,
        turn.deployment,
        turn.address.id,
        Purpose.REGISTER_AND_MATCH,
        Decision.GRANTED,
        worker_id=worker.id,
    )
    vars(turn).pop("workers", None)  # read anew: there is one more
    relatives.remember_word(turn, name, worker)
    act_for(turn, worker)
    _hear_the_rest(turn)
    return None


@script.asks("show")
def show(turn: Turn) -> None:
    """Show who is on this phone."""
    people = turn.workers
    if not people:
        turn.go("first_contact.start")
        return
    names = turn.text("common.list.comma").join(_label(turn, worker) for worker in people)
    turn.ask(
        "family.show.ask",
        [
            turn.choice("add", "family.show.add", "添人", "加人"),
            turn.choice("remove", "family.show.remove", "去人", "删人"),
            turn.choice("back", "common.choice.back", "没事", "不用"),
            turn.human_choice(),
        ],
        count=len(people),
        names=names,
    )


@script.answers("show")
def answer_show(turn: Turn, answer: Answer) -> bool | None:
    """Add or remove somebody."""
    if answer.choice is None:
        return False
    if answer.choice == "back":
        turn.go("menu.worker")
    else:
        turn.go("family.who" if answer.choice == "add" else "family.leaving")
    return None


@script.asks("who", WORDS)
def ask_who(turn: Turn) -> None:
    """Ask who is to be added."""
    turn.ask("family.who.ask", [turn.human_choice()])


@script.answers("who")
def answer_who(turn: Turn, answer: Answer) -> bool | None:
    """Take a name, or the word by which the family calls the person."""
    name = answer.reading.for_whom or name_said(answer.text)
    if name is None:
        return False
    turn.go("family.consent", name=name)
    return None


@script.asks("leaving")
def ask_leaving(turn: Turn) -> None:
    """Ask who no longer uses this phone."""
    turn.ask("family.leaving.ask", [*_people(turn), turn.human_choice()])


@script.answers("leaving")
def answer_leaving(turn: Turn, answer: Answer) -> bool | None:
    """Take somebody off this phone; who is reached nowhere else is erased, after a yes."""
    chosen = [worker for worker in turn.workers if worker.id.hex == answer.choice]
    if not chosen:
        return False
    if len(turn.uow.addresses.addresses_of(chosen[0].id)) > 1:
        part(turn.uow, chosen[0], turn.address)
        vars(turn).pop("workers", None)  # read anew: there is one less
        turn.say("family.leaving.unlinked", name=_label(turn, chosen[0]))
        turn.finish()
    else:
        turn.go("family.erasing", worker=chosen[0].id.hex)
    return None


@script.asks("erasing")
def ask_erasing(turn: Turn) -> None:
    """Ask once before somebody's data goes."""
    worker = turn.uow.workers.need(UUID(str(turn.answers["worker"])))
    turn.ask(
        "family.erasing.ask",
        [
            turn.choice("yes", "family.erasing.yes", "删"),
            turn.choice("no", "common.choice.back", "不删"),
            turn.human_choice(),
        ],
        name=_label(turn, worker),
    )


@script.answers("erasing")
def answer_erasing(turn: Turn, answer: Answer) -> bool | None:
    """Erase, or leave everything as it is."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn.go("family.show")
        return None
    worker = turn.uow.workers.need(UUID(str(turn.answers["worker"])))
    privacy.erase(turn.uow, turn.deployment, turn.address, worker)
    forget_in_turn(turn)
    turn.say("family.erasing.done", link="#erased")
    return None


@script.command("family", roles=frozenset({Role.WORKER}))
def family_command(turn: Turn, _argument: str) -> None:
    """Show who is on this phone."""
    turn.answers = {}
    turn.go("family.show")


@script.intercept
def family_words(turn: Turn) -> bool:
    """Hear 家里人 whatever was asked."""
    if turn.role != Role.WORKER or not FAMILY_WORDS.match(turn.inbound.text):
        return False
    turn.answers = {}
    turn.go("family.show")
    return True


def is_unsettled(turn: Turn) -> bool:
    """Return whether it has to be asked first for whom of those who share this phone it is."""
    if turn.role != Role.WORKER or not _asks_for_somebody(turn):
        return False
    return len(turn.workers) > 1 and not is_chosen(turn)


def act_for(turn: Turn, worker: Worker) -> None:
    """Do everything for this person until the conversation is over."""
    turn.address.acting_for = worker.id
    turn.memory[CHOSEN_AT] = turn.deployment.now.isoformat()


def is_chosen(turn: Turn) -> bool:
    """Tell whether it was said in this conversation for whom of those on this phone it is."""
    chosen_at = turn.memory.get(CHOSEN_AT)
    if not isinstance(chosen_at, str):
        return False
    return turn.deployment.now - datetime.fromisoformat(chosen_at) < ONE_CONVERSATION


def _asks_for_somebody(turn: Turn) -> bool:
    if turn.inbound.button is not None:
        return pressed_action(turn) in PERSONAL_ACTIONS
    if turn.step is not None and not turn.step.startswith("menu."):
        return False
    return turn.reading.intent in PERSONAL or turn.reading.data_request is not None


def _hear_the_rest(turn: Turn) -> None:
    """Use what the first sentence said beyond the person: 帮我嫂子找活,她会踩平车."""
    words = turn.answers.pop("set_aside_words", None)
    turn.answers.pop("set_aside_action", None)
    if isinstance(words, str):
        turn.inbound = replace(turn.inbound, text=words, button=None)
        context = Context(home=turn.deployment.bureau_adcode, today=turn.deployment.today)
        turn.reading = turn.deployment.reader.read_worker_text(words, context)
        if tells_of_person(turn) or is_open(turn):
            listen(turn)
            return
    turn.go("first_contact.start")


def _people(turn: Turn) -> list[Choice]:
    return [Choice(worker.id.hex, _label(turn, worker)) for worker in turn.workers]


def _label(turn: Turn, worker: Worker) -> str:
    return short_name(worker.name) or turn.text("common.person.unnamed")
