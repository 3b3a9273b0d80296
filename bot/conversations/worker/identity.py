"""The identity number: asked for with a yes of its own, checked, and shown as its last four."""

from __future__ import annotations

from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.services.benefits import identity
from bot.services.benefits.identity import Given, Kept
from bot.services.cases.office_hours import spoken_moment
from bot.services.people import consents
from content.check_digits import folded, id_number_problem
from storage.models import Worker
from storage.states import Decision, Purpose

script = Script("identity")

THEN, DONE = "then", "identity_done"
# For whom it was asked, and the last signs of what was written, whatever became of it.
WHOSE, WRITTEN = "identity_of", "identity_last"
# Fewer digits are no attempt at a number but other words.
LEAST_DIGITS = 6
TOLD = {
    Kept.KEPT: "identity.kept.told",
    Kept.SAME: "identity.kept.told",
    # The same words: nobody can ask the register whose number is on it.
    Kept.ANOTHERS: "identity.kept.told",
    Kept.DIFFERENT: "identity.kept.different",
    Kept.TRIES_OVER: "identity.kept.tries_over",
}


def asks_first(turn: Turn, worker: Worker, *, then: str) -> bool:
    """Ask for the number where none is known and it may be asked for; False where not.

    Whoever said no is not asked again for 90 days, and goes on without.
    """
    if turn.answers.get(DONE) or identity.last_signs(turn.uow, worker) is not None:
        return False
    turn.answers[WHOSE] = worker.id.hex
    if identity.has_agreed(turn.uow, worker, Purpose.ID_NUMBER, at=turn.address):
        turn.go("identity.number", **{THEN: then})
        return True
    if not identity.may_ask(turn.uow, turn.deployment, worker, Purpose.ID_NUMBER, at=turn.address):
        return False
    turn.go("identity.consent", **{THEN: then})
    return True


@script.asks("consent")
def ask_consent(turn: Turn) -> None:
    """Say what the number is for and who sees it, and ask for a yes of its own."""
    turn.say("identity.consent.why")
    turn.ask(
        "identity.consent.ask",
        [
            turn.choice("yes", "identity.consent.yes", "同意", "要得", "可以"),
            turn.choice("no", "identity.consent.no", "不同意", "莫记"),
            turn.human_choice(),
        ],
    )


@script.answers("consent")
def answer_consent(turn: Turn, answer: Answer) -> bool | None:
    """Keep the answer; a no lets everything else go on."""
    worker = _person(turn)
    if answer.choice is None or worker is None:
        return False
    granted = answer.choice == "yes"
    consents.record(
        turn.uow,
        turn.deployment,
        turn.address.id,
        Purpose.ID_NUMBER,
        Decision.GRANTED if granted else Decision.DECLINED,
        worker_id=worker.id,
    )
    if granted:
        turn.go("identity.number")
    else:
        turn.say("identity.consent.declined")
        _go_on(turn)
    return None


@script.asks("number", WORDS)
def ask_number(turn: Turn) -> None:
    """Ask for the eighteen signs; one may leave it for later."""
    later = turn.choice("later", "identity.number.later", "先不写", "没带", "不写")
    turn.ask("identity.number.ask", [later, turn.human_choice()])


@script.answers("number")
def answer_number(turn: Turn, answer: Answer) -> bool | None:
    """Check the number before anything of it is kept."""
    worker = _person(turn)
    if worker is None:
        return False
    if answer.choice == "later":
        turn.say("identity.number.left")
        _go_on(turn)
        return None
    number = folded(answer.text)
    if answer.choice is not None or sum(sign.isdigit() for sign in number) < LEAST_DIGITS:
        return False
    problem = id_number_problem(number, today=turn.deployment.today)
    if problem is not None:
        turn.say(f"check_digits.id_number.{problem}")
        turn.ask_again()
        return None
    given = identity.keep(turn.uow, turn.deployment, worker, number, address=turn.address)
    if given.outcome is Kept.CHILD:
        turn.say("identity.number.child")
        turn.ask_again()
        return None
    _say_kept(turn, given)
    _go_on(turn)
    return None


def _person(turn: Turn) -> Worker | None:
    """Return for whom it was asked, whoever of the family the phone speaks for by now."""
    whose = turn.answers.get(WHOSE)
    if whose is None:
        return turn.worker
    return next((one for one in turn.workers if one.id.hex == whose), None)


def _say_kept(turn: Turn, given: Given) -> None:
    if TOLD[given.outcome] == TOLD[Kept.KEPT]:
        turn.answers[WRITTEN] = given.last
    due = ""
    if given.case is not None:
        due = spoken_moment(turn.deployment, given.case.due_at, turn.language)
    turn.say(TOLD[given.outcome], last=given.last, due=due)


def _go_on(turn: Turn) -> None:
    then = turn.answers.pop(THEN, None)
    turn.answers[DONE] = True
    if isinstance(then, str) and turn.engine.router.knows(then):
        turn.go(then)
    else:
        turn.finish()
