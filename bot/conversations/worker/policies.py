"""Questions about policies: the short answer, the whole card, one's own case, or a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.conversations.prompts import WORDS
from bot.conversations.script import WORKER_ONLY, Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker import benefit_application
from bot.conversations.worker.help import pass_on_the_way, tell_officer
from bot.messages import Option
from bot.services.policies import answering
from bot.services.policies.answering import PolicyAnswer
from bot.services.sending.deliveries import action_data
from content.policies.cards import PolicyCard
from storage.models import Worker

script = Script("policies")

CARD = "policy"
FULL = "policy_full"
# Open questions that a policy question may take the place of: nothing was begun there.
SOFT = ("policies.", "menu.", "first_contact.start", "first_contact.search")
# What people ask most, in the order of the menu; each stands for the clause of their own city.
TOPICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "travel": ("P-TRANSPORT",),
        "training": ("P-TRAINFREE", "P-TRAINALLOW"),
        "post": ("P-PWJ",),
        "lost": ("P-REEMP",),
        "pension": ("P-PENSIONPAY", "P-PENSIONTIER"),
        "school": ("P-YULU", "P-TECHSCHOOL"),
        "hospital": ("P-MEDCOUNTY",),
        "business": ("P-STARTUP",),
    }
)


@script.command("policies", "政策", roles=WORKER_ONLY)
def policies_command(turn: Turn, argument: str) -> None:
    """Show what can be asked, or answer what stands behind the command."""
    turn.finish()
    if argument:
        say_answer(turn, argument)
    else:
        turn.go("policies.topics")


@script.intent("policy_question")
def answer_question(turn: Turn) -> None:
    """Answer from the documents of the worker's own city, or hand the words to a person."""
    say_answer(turn, turn.inbound.text.strip())


@script.asks("topics", WORDS)
def ask_topics(turn: Turn) -> None:
    """Ask what somebody wants to know; any words do."""
    worker = turn.worker
    choices = [
        turn.choice(topic, f"policies.topic.{topic}")
        for topic, mechanisms in TOPICS.items()
        if _card_among(turn, worker, mechanisms) is not None
    ]
    turn.ask("policies.topics.ask", [*choices, turn.human_choice()])


@script.answers("topics")
def answer_topics(turn: Turn, answer: Answer) -> bool | None:
    """Show the card of a topic, or answer a question in free words."""
    if answer.choice is None:
        if answer.reading.intent != "policy_question":
            return False
        say_answer(turn, answer.text)
        return None
    card = _card_among(turn, turn.worker, TOPICS.get(answer.choice, ()))
    if card is None:
        return False
    say_card(turn, card)
    return None


@script.asks("card")
def show_card(turn: Turn) -> None:
    """Show the clause of the worker's city about `mechanism`, or say that there is none."""
    mechanism = str(turn.answers.get("mechanism"))
    card = answering.card_of(turn.uow, turn.deployment, turn.worker, mechanism)
    if card is None:
        turn.say("policies.card.none")
        turn.finish()
        return
    say_card(turn, card)


@script.action(CARD)
def press_card(turn: Turn, card_id: str) -> None:
    """Show a card from the button under a push; the button lives for ever."""
    card = answering.readable_card(turn.uow, turn.deployment, turn.worker, card_id)
    if card is None:
        turn.say("policies.card.none")
        turn.ask_again()
        return
    say_card(turn, card)


def say_answer(turn: Turn, question: str) -> None:
    """Answer a question; one that no clause answers goes to a person with its words."""
    found = answering.answer(
        turn.uow, turn.deployment, turn.worker, question, language=turn.language
    )
    if not found.handoff:
        _say_with_choices(turn, found)
        return
    _say(turn, found, [])
    tell_officer(turn, question)
    if _is_soft(turn):
        turn.finish()
    else:
        turn.ask_again()


def answer_beside(turn: Turn) -> None:
    """Answer a question that stands beside another wish; the other one goes on."""
    question = turn.inbound.text.strip()
    found = answering.answer(
        turn.uow, turn.deployment, turn.worker, question, language=turn.language
    )
    if not found.mechanisms:
        pass_on_the_way(turn)
        return
    _say(turn, found, _durable(turn, found))
    if found.handoff:
        pass_on_the_way(turn)


def say_card(turn: Turn, card: PolicyCard) -> None:
    """Say the short form of a card, with what can be done about it."""
    found = answering.about_card(turn.uow, turn.deployment, turn.worker, card, turn.language)
    _say_with_choices(turn, found)


def _say_with_choices(turn: Turn, found: PolicyAnswer) -> None:
    if not _is_soft(turn):
        # A question in between: it is answered, and what was open stays open.
        _say(turn, found, _durable(turn, found))
        turn.ask_again()
        return
    card = found.card.id if found.card is not None else None
    turn.go("policies.answer", lines=list(found.lines), card=card, code=found.code)


def _say(turn: Turn, found: PolicyAnswer, options: list[Option]) -> None:
    turn.say_words(
        "\n".join(found.lines),
        key="policies.answer.said",
        options=options,
        link=_page(turn, found.card),
    )


def _durable(turn: Turn, found: PolicyAnswer) -> list[Option]:
    """Return buttons that work however much is said after them."""
    wanted = []
    if found.code is not None:
        wanted.append(("policies.choice.mine", benefit_application.APPLY, found.code))
    if found.card is not None:
        wanted.append(("policies.choice.full", FULL, found.card.id))
    return [
        Option(number, turn.text(key), action_data(action, argument))
        for number, (key, action, argument) in enumerate(wanted, start=1)
    ]


def _is_soft(turn: Turn) -> bool:
    return turn.step is None or turn.step.startswith(SOFT)


@script.asks("answer")
def ask_answer(turn: Turn) -> None:
    """Say an answer and what can be done next."""
    code, card_id = turn.answers.get("code"), turn.answers.get("card")
    choices: list[Choice] = []
    if code:
        choices.append(
            turn.choice("mine", "policies.choice.mine", "我算不算", "我符不符合", "申请")
        )
    if card_id:
        choices.append(turn.choice("full", "policies.choice.full", "看全部", "详细"))
    lines = turn.answers.get("lines")
    words = "\n".join(str(line) for line in lines) if isinstance(lines, list) else ""
    card = turn.deployment.catalogue.policies.card(str(card_id)) if card_id else None
    turn.ask_words(
        words,
        [*choices, turn.human_choice()],
        key="policies.answer.said",
        link=_page(turn, card),
    )


@script.answers("answer")
def take_answer(turn: Turn, answer: Answer) -> bool | None:
    """Look at one's own case, or read the whole card."""
    if answer.choice == "mine":
        benefit_application.start(turn, str(turn.answers.get("code")))
        return None
    if answer.choice == "full":
        _say_full(turn, str(turn.answers.get("card")))
        turn.finish(again="policies.full.again")
        return None
    return False


@script.action(FULL)
def press_full(turn: Turn, card_id: str) -> None:
    """Show the whole card from a button; an open question stays open."""
    _say_full(turn, card_id)
    turn.ask_again()


def _say_full(turn: Turn, card_id: str) -> None:
    card = answering.readable_card(turn.uow, turn.deployment, turn.worker, card_id)
    if card is None:
        turn.say("policies.card.none")
        return
    parts = [
        turn.text(f"policies.full.{name}", words=words)
        for name, words in (
            ("who", card.who),
            ("how_much", card.how_much),
            ("bring", card.bring),
            ("where", card.where),
            ("not_covered", card.not_covered),
        )
    ]
    source = answering.writer(turn.deployment, turn.language).source(card)
    words = "\n".join([card.title, *parts, *card.more, source])
    turn.say_words(words, key="policies.full.who", link=_page(turn, card))


def _page(turn: Turn, card: PolicyCard | None) -> str | None:
    """Return the public address of a card, which a worker can pass on."""
    return None if card is None else f"{turn.deployment.public_url}/policies/{card.id}"


def _card_among(
    turn: Turn, worker: Worker | None, mechanisms: tuple[str, ...]
) -> PolicyCard | None:
    found = (
        answering.card_of(turn.uow, turn.deployment, worker, mechanism) for mechanism in mechanisms
    )
    return next((card for card in found if card is not None), None)
