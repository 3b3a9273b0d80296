"""One missing fact of an application at a time, and the ticket: its photo or its number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.conversations.continuation import is_wish
from bot.conversations.prompts import Number, Prompt
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.benefit_drafts import current
from bot.services.benefits import application_facts as facts
from bot.services.benefits.fact_questions import (
    MORE,
    NONE,
    NOT_KNOWN,
    SCHOOL,
    FactPrompt,
    FactQuestion,
    label_key,
    question_for,
    value_of,
    value_said,
)
from bot.services.benefits.said_values import ticket_number_said
from bot.services.cases.hand_over import is_in_hand_over
from content.benefits.words import missing_key
from storage.models import BenefitApplication
from storage.states import Role

script = Script("benefit_application")

GO_ON, EVIDENCE = "benefit_application.go_on", "benefit_application.evidence"
NO_EVIDENCE, CODES = "no_evidence", "codes"
# Where a photo can be taken and sent into the chat.
PHOTO_CHANNELS = frozenset({"telegram"})
PHOTO_KINDS = frozenset({"photo", "document"})
MOST_PLACES = 6
ANY_NUMBER: Prompt = Number(low=0, high=1000)
SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "train_hard_seat": ("硬座", "绿皮", "绿皮车", "火车", "坐火车"),
        "train_hard_sleeper": ("硬卧", "卧铺"),
        "hsr_second_class": ("二等座", "高铁", "动车", "坐高铁", "坐动车"),
        "long_distance_bus": ("长途汽车", "大巴", "客车", "汽车", "坐大巴", "坐客车"),
        "plane": ("飞机", "坐飞机"),
        "own_car": ("自己开车", "开车", "摩托车", "骑摩托"),
        "taxi": ("打车", "滴滴", "出租车", "拼车", "顺风车"),
        "train_soft_seat": ("软座",),
        "train_soft_sleeper": ("软卧",),
        "hsr_first_class": ("一等座",),
        "hsr_business_class": ("商务座",),
        "yes": ("有", "是", "要得", "在", "报过", "领过", "给过"),
        "no": ("没有", "没", "不是", "没得", "没报过", "没领过", "不在了", "丢了", "没报"),
        "work": ("打工", "做工", "上班", "干活"),
        "none": ("都不是", "没有", "不是"),
    }
)


@script.asks("fact", ANY_NUMBER)
def ask_fact(turn: Turn) -> None:
    """Ask for one fact, with numbered choices where there are few answers."""
    question = _question(turn)
    if question is None:
        turn.go(GO_ON)
        return
    choices = [*_choices(turn, question), turn.human_choice()]
    turn.ask(missing_key(question.fact), choices)


@script.answers("fact")
def answer_fact(turn: Turn, answer: Answer) -> bool | None:
    """Keep the fact; a place of which there are several is asked about, never guessed."""
    found, question = current(turn), _question(turn)
    if found is None or question is None:
        return found is None
    if answer.choice == MORE:
        turn.go("benefit_application.fact", more=True)
        return None
    if answer.choice is not None:
        _keep(turn, found[0], question, _chosen(question, answer.choice))
        return None
    if question.prompt is FactPrompt.PLACE:
        value: object = _place_said(turn)
        if turn.answers.get(CODES):
            turn.go("benefit_application.fact")
            return None
    else:
        today = turn.deployment.today
        value = value_said(question, answer.text, number=answer.number, today=today)
    if value is not None:
        _keep(turn, found[0], question, value)
        return None
    return _hint(turn, answer, question)


@script.asks("evidence", Prompt(takes_words=True))
def ask_evidence(turn: Turn) -> None:
    """Ask for a photo of the ticket where one can be sent, else for its number."""
    later = turn.choice("later", "benefit_application.evidence.later", "先不发", "没带")
    way = "photo" if turn.channel in PHOTO_CHANNELS else "number"
    turn.ask(f"benefit_application.evidence.{way}", [later, turn.human_choice()])


@script.answers("evidence")
def answer_evidence(turn: Turn, answer: Answer) -> bool | None:
    """Keep the number of the ticket, or go on without."""
    found = current(turn)
    if found is None:
        return True
    if answer.choice == "later":
        turn.go(GO_ON, **{NO_EVIDENCE: True})
        return None
    number = ticket_number_said(answer.text)
    if number is None:
        if is_wish(answer.reading):
            return False
        turn.say("benefit_application.hint.ticket")
        turn.ask_again()
        return None
    facts.keep_ticket(turn.uow, found[0], number)
    turn.go(GO_ON)
    return None


@script.intercept
def take_photo(turn: Turn) -> bool:
    """Take a photo that answers the question for the ticket; every other goes its usual way."""
    kind, file_id = turn.inbound.media, turn.inbound.media_id
    if turn.role is not Role.WORKER or turn.step != EVIDENCE or is_in_hand_over(turn.address):
        return False
    if kind not in PHOTO_KINDS or file_id is None or kind is None:
        return False
    found = current(turn)
    if found is None:
        return True
    application = found[0]
    facts.keep_photo(
        turn.uow, turn.deployment, application, turn.address, kind=kind, file_id=file_id
    )
    number = ticket_number_said(turn.inbound.text)
    if number is not None:
        facts.keep_ticket(turn.uow, application, number)
    turn.say("benefit_application.evidence.got")
    turn.go(GO_ON)
    return True


def _question(turn: Turn) -> FactQuestion | None:
    return question_for(str(turn.answers.get("fact")))


def _choices(turn: Turn, question: FactQuestion) -> list[Choice]:
    codes = turn.answers.get(CODES)
    if isinstance(codes, list):
        places = turn.deployment.catalogue.places
        return [Choice(str(code), places.short_name(str(code))) for code in codes]
    values = question.more if turn.answers.get(MORE) else question.choices
    shown = [
        turn.choice(value, label_key(question, value), *SYNONYMS.get(value, ())) for value in values
    ]
    if question.prompt is not FactPrompt.CATEGORIES:
        unknown = turn.choice(NOT_KNOWN, "benefit_application.choice.not_known", "不知道", "记不得")
        shown.append(unknown)
    return shown


def _chosen(question: FactQuestion, choice: str) -> object:
    if choice == NOT_KNOWN:
        return None
    if question.prompt is FactPrompt.CATEGORIES:
        return [] if choice == NONE else [choice]
    return value_of(question, choice)


def _keep(
    turn: Turn, application: BenefitApplication, question: FactQuestion, value: object
) -> None:
    turn.answers.pop(CODES, None)
    turn.answers.pop(MORE, None)
    if question.fact == SCHOOL:
        facts.answer_school(application, value)
    else:
        facts.answer(turn.uow, application, question.fact, value)
    turn.go(GO_ON)


def _place_said(turn: Turn) -> str | None:
    """Return the one county that the words name; several are put into the answers to be asked."""
    worker = turn.worker
    home = (worker.home if worker is not None else None) or turn.deployment.bureau_adcode
    read = turn.deployment.reader.read_places(turn.inbound.text, home=home)
    turn.answers.pop(CODES, None)
    if len(read.mentions) == 1 and not read.open:
        return read.mentions[0].code
    if not read.mentions and len(read.open) == 1:
        turn.answers[CODES] = list(read.open[0].codes[:MOST_PLACES])
    return None


def _hint(turn: Turn, answer: Answer, question: FactQuestion) -> bool | None:
    """Say how the answer is written; a wish is heard elsewhere."""
    if is_wish(answer.reading) and question.prompt is not FactPrompt.PLACE:
        return False
    turn.say(f"benefit_application.hint.{question.prompt.value}")
    turn.ask_again()
    return None
