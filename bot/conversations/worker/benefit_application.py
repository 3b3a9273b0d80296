"""申请补贴: what is needed, one thing at a time, one look at all of it, one yes."""

from __future__ import annotations

import re

from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.benefit_drafts import APPLICATION, own
from bot.conversations.worker.benefit_facts import GO_ON
from bot.conversations.worker.benefit_lines import state_words
from bot.conversations.worker.family import act_for, is_chosen
from bot.services.benefits import application_facts as facts
from bot.services.benefits import applications
from bot.services.benefits.applications import AlreadyFiledError, reference
from bot.services.benefits.profiles import TRANSPORT
from bot.services.benefits.receipts import CORRECT_ACTION, name_key
from bot.services.people.workers import is_full_name, short_name
from storage.models import BenefitApplication, Worker
from storage.states import Role

script = Script("benefit_application")

APPLY = "apply_benefit"
CODE = "code"
MOST_LISTED = 8
_ENDING = r"[了吧嘛。.!！\s]*"
WANTS_TRANSPORT = re.compile(
    rf"(?:我?要|我想|想|申请|来)?(?:报销?一?下?|申请|领|办)"
    rf"(?:打工的?)?(?:车票|车费|路费|交通费|交通补贴|车票补贴|路费补贴)(?:钱|补贴)?{_ENDING}"
)
WANTS_ANY = re.compile(
    rf"(?:我?要|我想|想|帮我)?(?:申请|申领|办理|办|领)(?:一个|个|一下|下)?(?:政府的?)?补[贴助]{_ENDING}"
)


def start(turn: Turn, code: str | None) -> None:
    """Begin an application for a benefit; without a code it is asked which one."""
    turn.answers.clear()
    turn.go("benefit_application.begin", **({CODE: code} if code else {}))


@script.action(APPLY)
def press_apply(turn: Turn, argument: str) -> None:
    """Begin from a button under an answer or a push, however old."""
    start(turn, argument or None)


@script.action(CORRECT_ACTION)
def press_correct(turn: Turn, argument: str) -> None:
    """Correct what an officer sent back."""
    turn.answers.clear()
    found = own(turn, argument)
    if found is not None:
        act_for(turn, found[1])
    turn.go("benefit_application.change", **{APPLICATION: argument})


@script.intercept
def hear_wish(turn: Turn) -> bool:
    """Hear 我要报车票 and 申请补贴 at any time but inside another question's free words."""
    said = turn.inbound.text.strip()
    if turn.role is not Role.WORKER or not said:
        return False
    is_free = turn.step is None or not turn.engine.step(turn.step).keeps_words
    is_transport = WANTS_TRANSPORT.fullmatch(said) is not None
    if not is_free or not (is_transport or WANTS_ANY.fullmatch(said)):
        return False
    start(turn, TRANSPORT if is_transport else None)
    return True


@script.asks("begin")
def begin(turn: Turn) -> None:
    """Find out for whom and for what, then show what is needed."""
    worker = turn.worker
    if worker is None or worker.id in turn.uow.recommendations.without_consent(among=worker.id):
        _ask_for(turn, "first_contact.consent", otherwise="benefit_application.not_kept")
    elif len(turn.workers) > 1 and not is_chosen(turn):
        turn.go("benefit_application.whom")
    elif not turn.answers.get(CODE):
        turn.go("benefit_application.choose")
    elif worker.name is None or not is_full_name(worker.name):
        _ask_for(turn, "profile.name", otherwise="benefit_application.not_kept")
    else:
        _open(turn, worker, str(turn.answers[CODE]))


@script.asks("not_kept")
def not_kept(turn: Turn) -> None:
    """Without a name there is nobody to grant anything to; a person can be asked."""
    turn.say("benefit_application.refused.not_kept")
    turn.finish(again="benefit_application.refused.not_kept")


@script.asks("whom")
def ask_whom(turn: Turn) -> None:
    """Ask for whom, where a family shares the phone."""
    people = [
        Choice(one.id.hex, short_name(one.name) or turn.text("common.person.unnamed"))
        for one in turn.workers
    ]
    turn.ask("benefit_application.whom.ask", [*people, turn.human_choice()])


@script.answers("whom")
def answer_whom(turn: Turn, answer: Answer) -> bool | None:
    """Act for the chosen person until the conversation is over."""
    chosen = next((one for one in turn.workers if one.id.hex == answer.choice), None)
    if chosen is None:
        return False
    act_for(turn, chosen)
    turn.go("benefit_application.begin")
    return None


@script.asks("choose")
def ask_which(turn: Turn) -> None:
    """Ask which benefit, of those that the worker's own city has."""
    rules = facts.deciding_rules(turn.uow, turn.deployment, turn.worker)[:MOST_LISTED]
    if not rules:
        _say_no_clause(turn)
        return
    choices = [Choice(rule.code, turn.text(name_key(rule.code))) for rule in rules]
    turn.ask("benefit_application.choose.ask", [*choices, turn.human_choice()])


@script.answers("choose")
def answer_which(turn: Turn, answer: Answer) -> bool | None:
    """Go on with the chosen benefit."""
    if answer.choice is None:
        return False
    turn.go("benefit_application.begin", **{CODE: answer.choice})
    return None


def _open(turn: Turn, worker: Worker, code: str) -> None:
    rule = facts.rule_for(turn.uow, turn.deployment, worker, code)
    if rule is None:
        _say_no_clause(turn)
        return
    try:
        application = applications.begin(turn.uow, turn.deployment, worker, rule, turn.address)
    except AlreadyFiledError as error:
        say_state(turn, error.application)
        turn.finish(again="benefit_application.refused.again")
        return
    turn.answers[APPLICATION] = application.id.hex
    if facts.answers_of(application):
        turn.say("benefit_application.needed.went_on")
        turn.go(GO_ON)
    else:
        turn.go("benefit_application.needed")


def say_state(turn: Turn, application: BenefitApplication) -> None:
    """Say where an application stands, in one line; a draft has no number yet."""
    name = turn.text(name_key(application.code))
    state = state_words(turn, application)
    if application.number < 0:
        turn.say("benefit_application.mine.draft", name=name, state=state)
        return
    number = reference(application)
    turn.say("benefit_application.mine.line", number=number, name=name, state=state)


def _say_no_clause(turn: Turn) -> None:
    key = "benefit_application.refused.no_clause"
    turn.say(key)
    turn.finish(again=key)


def _ask_for(turn: Turn, step: str, *, otherwise: str) -> None:
    turn.go(step, then="benefit_application.begin", otherwise=otherwise)
