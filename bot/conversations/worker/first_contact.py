"""The first meeting: who this is, two answers, vacancies, and consent once something is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations.answering import is_urgent
from bot.conversations.continuation import THEN, WEIGHED, go_on
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.summary import draft_parts, joined_short
from bot.conversations.turn import Turn
from bot.conversations.worker import relatives
from bot.conversations.worker.open_places import ask_open, is_open, note_open
from bot.conversations.worker.profile_child import child_said
from bot.conversations.worker.profile_facts import (
    draft,
    store,
    take_in,
    tells_of_person,
)
from bot.conversations.worker.relatives import FAMILY, KIN, RELATION
from bot.services.people import consents, officers, workers
from bot.services.people.workers import DRAFT
from storage.models import Worker
from storage.states import Decision, Purpose, Role

script = Script("first_contact")

INTRODUCED = "introduced"
NEAR = frozenset({"near_home", "in_county", "in_province"})


def is_stranger(turn: Turn) -> bool:
    """Return whether nobody is known here, neither registered nor from an earlier word."""
    return turn.role == Role.WORKER and not turn.workers and DRAFT not in turn.memory


@script.intercept
def welcome(turn: Turn) -> bool:
    """Take the first words of a stranger at once; wishes that cannot wait go their way."""
    text = turn.inbound.text.strip()
    if turn.step is not None or not is_stranger(turn) or turn.inbound.button is not None:
        return False
    if text.startswith(("/", "／")):
        return False
    if child_said(turn):
        return True
    introduce(turn)
    _note_for_whom(turn)
    if is_urgent(turn.reading) or turn.reading.intent == "register":
        return False
    if tells_of_person(turn) or is_open(turn):
        listen(turn)
        return True
    if turn.reading.intent in {"greeting", "find_job", "other"} and turn.reading.choice != 0:
        turn.go("first_contact.start")
        return True
    return False


@script.asks("start", WORDS)
def ask_start(turn: Turn) -> None:
    """Say who this is, once, then ask the one question."""
    introduce(turn)
    name = draft(turn).name
    if name:
        turn.ask("first_contact.start.question_for", [turn.human_choice()], name=name)
    else:
        known = turn.choice("known", "first_contact.start.known", "登记过", "登记过了")
        turn.ask("first_contact.start.question", [known, turn.human_choice()])


@script.answers("start")
def answer_start(turn: Turn, answer: Answer) -> bool | None:
    """Take in what was said; False when it says nothing of work."""
    if answer.choice == "known":
        turn.go("joining.enter")
        return None
    if tells_of_person(turn) or is_open(turn):
        _note_for_whom(turn)
        listen(turn)
        return None
    if turn.reading.for_whom and not turn.workers:
        _note_for_whom(turn)
        turn.ask_again()
        return None
    return False


@script.asks("weigh")
def weigh(turn: Turn) -> None:
    """Ask only what decides before vacancies can be shown; otherwise repeat back."""
    known = draft(turn)
    missing = None
    if not known.trades and "no_trade" not in turn.answers:
        missing = "profile.trade"
    elif not (known.locations or known.migration or known.home):
        missing = "profile.place"
    elif known.migration in NEAR and not (known.locations or known.home):
        missing = "profile.home"
    if missing is None:
        turn.go("first_contact.understood")
        return
    parts = draft_parts(turn, known, said=turn.reading)
    if parts and tells_of_person(turn):
        turn.say("first_contact.weigh.so_far", parts=joined_short(turn, parts))
    turn.go(missing, then=WEIGHED)


@script.asks("understood")
def ask_understood(turn: Turn) -> None:
    """Repeat back what was understood in one line."""
    parts = draft_parts(turn, draft(turn), said=turn.reading)
    key = "first_contact.understood.line" if parts else "first_contact.understood.open"
    turn.ask(
        key,
        [
            turn.choice(
                "right", "common.choice.yes", "要得", "好", "好的", "是", "对头", "对的", "嗯"
            ),
            turn.choice("change", "common.choice.change", "不对", "错了", "不是", "改一下"),
            turn.human_choice(),
        ],
        parts=joined_short(turn, parts),
    )


@script.answers("understood")
def answer_understood(turn: Turn, answer: Answer) -> bool | None:
    """Show vacancies, or take the correction at its word."""
    reading = answer.reading
    if answer.choice is None and (tells_of_person(turn) or is_open(turn)):
        listen(turn)
        return None
    is_right = reading.yes_no if answer.choice is None else answer.choice == "right"
    if is_right is None:
        return False
    if is_right:
        turn.go("job_search.start")
    else:
        turn.go("profile.change", then="first_contact.weigh")
    return None


@script.asks("search")
def search(turn: Turn) -> None:
    """Show vacancies; whoever has said nothing yet is asked the one question first."""
    known = draft(turn)
    is_known = known.trades or known.locations or known.migration
    turn.go("job_search.start" if is_known else "first_contact.start")


@script.asks("consent")
def ask_consent(turn: Turn) -> None:
    """Give notice in short messages, then ask once whether something may be kept."""
    if turn.worker is not None and _is_kept(turn, turn.worker):
        if not go_on(turn):
            turn.say("first_contact.consent.kept")
            turn.finish()
        return
    asked_for_it = turn.answers.pop("asked_for_it", None)
    may_ask = consents.may_ask(
        turn.uow, turn.deployment, turn.address.id, Purpose.REGISTER_AND_MATCH
    )
    if not may_ask and not asked_for_it:
        turn.say("first_contact.consent.not_now")
        if not go_on(turn, declined=True):
            turn.finish()
        return
    turn.say("first_contact.consent.who", bureau=turn.deployment.bureau_name)
    turn.say("first_contact.consent.what")
    turn.say("first_contact.consent.rights")
    turn.ask(
        "first_contact.consent.question",
        [
            turn.choice("yes", "first_contact.consent.yes", "同意", "记", "可以", "要得", "登记"),
            turn.choice("no", "first_contact.consent.no", "不记", "不同意", "只看"),
            turn.human_choice(),
        ],
    )


@script.answers("consent")
def answer_consent(turn: Turn, answer: Answer) -> bool | None:
    """Register whoever agrees; whoever does not still sees vacancies and finds a person."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        consents.record(
            turn.uow,
            turn.deployment,
            turn.address.id,
            Purpose.REGISTER_AND_MATCH,
            Decision.DECLINED,
        )
        turn.say("first_contact.consent.declined")
        if not go_on(turn, declined=True):
            turn.finish()
        return None
    keep(turn)
    if go_on(turn):
        return None
    turn.say("first_contact.consent.done")
    if _is_empty(turn):
        turn.go("first_contact.weigh")
    else:
        turn.finish(again="first_contact.consent.kept")
    return None


@script.intent("register")
def register(turn: Turn) -> None:
    """Take in what is said, repeat it back, and ask for consent: the person wants to be kept."""
    _note_for_whom(turn)
    says_more = tells_of_person(turn) and take_in(turn)
    turn.answers = {}
    note_open(turn)
    parts = draft_parts(turn, draft(turn), said=turn.reading)
    if says_more and parts:
        turn.say("first_contact.weigh.so_far", parts=joined_short(turn, parts))
    if not ask_open(turn, asked_for_it=True, **{THEN: "first_contact.consent"}):
        turn.go("first_contact.consent", asked_for_it=True)


def introduce(turn: Turn) -> None:
    """Say once at this address who speaks here and what is never asked for."""
    if INTRODUCED in turn.memory:
        return
    turn.memory[INTRODUCED] = True
    turn.say("first_contact.start.who", bureau=turn.deployment.bureau_name)
    phone = turn.deployment.bureau_phone
    officer = _officer_name(turn)
    if officer and phone:
        turn.say("first_contact.start.doubt", officer=officer, phone=phone)
    elif officer:
        turn.say("first_contact.start.doubt_officer", officer=officer)
    elif phone:
        turn.say("first_contact.start.doubt_phone", phone=phone)


def listen(turn: Turn) -> None:
    """Register every fact of the message, ask which place is meant, then weigh the rest."""
    take_in(turn)
    note_open(turn)
    if not ask_open(turn, **{THEN: WEIGHED}):
        turn.go(WEIGHED)


def keep(turn: Turn) -> Worker:
    """Register the draft as a worker, with the consent that allows it."""
    worker = turn.worker
    if worker is None:
        relation = str(turn.memory.get(RELATION, "self"))
        worker = workers.register(
            turn.uow, turn.deployment, turn.address, draft(turn), relation=relation
        )
        word = turn.memory.pop(KIN, None) or worker.name
        if relation == FAMILY and word:
            relatives.remember_word(turn, str(word), worker)
        turn.memory.pop(DRAFT, None)
        turn.memory.pop(RELATION, None)
        vars(turn).pop("workers", None)  # read anew: there is one more
    consents.record(
        turn.uow,
        turn.deployment,
        turn.address.id,
        Purpose.REGISTER_AND_MATCH,
        Decision.GRANTED,
        worker_id=worker.id,
    )
    return worker


def _note_for_whom(turn: Turn) -> None:
    """Remember that the first person here is somebody else's relative: 帮我嫂子找活."""
    if turn.reading.for_whom and not turn.workers:
        turn.memory[RELATION] = FAMILY
        turn.memory[KIN] = turn.reading.for_whom
        store(turn, replace(draft(turn), name=turn.reading.for_whom))


def _is_empty(turn: Turn) -> bool:
    known = draft(turn)
    return not (known.trades or known.locations or known.migration or known.home)


def _is_kept(turn: Turn, worker: Worker) -> bool:
    return consents.is_granted(
        turn.uow, turn.address.id, Purpose.REGISTER_AND_MATCH, worker_id=worker.id
    )


def _officer_name(turn: Turn) -> str | None:
    code = draft(turn).home or turn.deployment.bureau_adcode
    try:
        officer = officers.owner_for(turn.uow, code, bureau=turn.deployment.bureau_adcode)
    except LookupError:
        return None
    return officers.spoken_name(turn.deployment, officer, turn.language)
