"""No course fits: the wish is kept and told of; and a course offered unasked, with its no."""

from __future__ import annotations

from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.family import act_for
from bot.conversations.worker.profile_facts import draft
from bot.conversations.worker.search_session import key_in
from bot.conversations.worker.training import TRADE, begin, show_for
from bot.services.people.workers import short_name
from bot.services.training import fitting, refusals
from bot.services.training.course_words import course_line
from bot.services.training.offers import best_for, offer_options
from bot.services.training.seats import REASONS
from storage.models import Course, Worker

script = Script("training_wish")


@script.asks("none")
def ask_none(turn: Turn) -> None:
    """Say that there is no such course, and offer to tell of one."""
    trade = _trade(turn)
    choices = [
        turn.choice("yes", "training.none.yes", "要得", "等", "喊我", "告诉我"),
        turn.choice("no", "training.none.no", "不用", "不等", "算了"),
    ]
    if trade is not None and _others(turn):
        choices.append(turn.choice("others", "training.choice.others", "别的", "看别的"))
    if trade is None:
        turn.ask("training.none.any", [*choices, turn.human_choice()])
    else:
        turn.ask(
            "training.none.of_trade", [*choices, turn.human_choice()], trade=_name(turn, trade)
        )


@script.answers("none")
def answer_none(turn: Turn, answer: Answer) -> bool | None:
    """Keep the wish, after consent where somebody is not known yet; or show other courses."""
    choice = answer.choice
    if choice is None and answer.reading.yes_no is not None and not answer.number:
        choice = "yes" if answer.reading.yes_no else "no"
    if choice == "others":
        show_for(turn, None)
    elif choice == "no":
        turn.go("training_wish.not_kept")
    elif choice == "yes" and turn.worker is None:
        turn.go(
            "first_contact.consent", then="training_wish.kept", otherwise="training_wish.not_kept"
        )
    elif choice == "yes":
        turn.go("training_wish.kept")
    else:
        return False
    return None


@script.asks("kept")
def kept(turn: Turn) -> None:
    """Keep what somebody wishes to learn and promise to tell."""
    if turn.worker is None:
        not_kept(turn)
        return
    fitting.wish(turn.uow, turn.deployment, turn.worker, _trade(turn))
    turn.say("training.wish.kept")
    turn.finish(again="training.wish.again")


@script.asks("not_kept")
def not_kept(turn: Turn) -> None:
    """Say that somebody who does not wait has to come back."""
    turn.say("training.left.said")
    turn.finish(again="training.left.said")


@script.asks("whom")
def ask_whom(turn: Turn) -> None:
    """Ask who takes the seat, where a family shares the phone."""
    people = [
        Choice(one.id.hex, short_name(one.name) or turn.text("common.person.unnamed"))
        for one in turn.workers
    ]
    turn.ask("training.whom.ask", [*people, turn.human_choice()])


@script.answers("whom")
def answer_whom(turn: Turn, answer: Answer) -> bool | None:
    """Go on with the seat for the chosen person."""
    chosen = next((one for one in turn.workers if one.id.hex == answer.choice), None)
    if chosen is None:
        return False
    act_for(turn, chosen)
    turn.go("training.enrol")
    return None


@script.action("course_take")
def press_take(turn: Turn, argument: str) -> None:
    """Ask for a seat in the course that was offered, whenever that is pressed."""
    course = _offered(turn, argument)
    if course is None:
        turn.say("training.refused.closed")
        turn.finish()
        return
    begin(turn, course.id)


@script.action("course_refuse")
def press_refuse(turn: Turn, argument: str) -> None:
    """Note a 不去 and ask why, once."""
    course = _offered(turn, argument)
    worker = turn.worker
    if course is None or worker is None:
        turn.say("training.left.said")
        turn.finish(again="training.left.said")
        return
    row = refusals.refuse(turn.uow, turn.deployment, worker.id, course.id)
    turn.answers.clear()
    turn.go("training_wish.why", refusal=row.id.hex)


@script.asks("why")
def ask_why(turn: Turn) -> None:
    """Ask why somebody would rather not; officers read how often each reason was given."""
    choices = [turn.choice(reason, f"training.reason.{reason}") for reason in REASONS]
    turn.ask("training.why.ask", choices)


@script.answers("why")
def answer_why(turn: Turn, answer: Answer) -> bool | None:
    """Write the reason down and promise silence."""
    worker = turn.worker
    if answer.choice not in REASONS or worker is None:
        return False
    given = str(turn.answers.get("refusal"))
    rows = turn.uow.enrolments.refusals_of(worker.id)
    row = next((one for one in rows if one.id.hex == given), None)
    if row is None:
        return False
    refusals.give_reason(row, answer.choice)
    days = (row.quiet_until - turn.deployment.today).days
    turn.say("training.why.kept", days=days)
    turn.finish(again="training.left.said")
    return None


@script.action("courses_near")
def press_others(turn: Turn, _argument: str) -> None:
    """Show what else can be learnt."""
    turn.answers.clear()
    show_for(turn, None)


def offer_beside_loss(turn: Turn, worker: Worker | None) -> None:
    """Say one course to somebody who has just lost work, if one would help; no question."""
    course = best_for(turn.uow, turn.deployment, worker) if worker is not None else None
    if worker is None or course is None:
        return
    line = course_line(turn.deployment, course, home=worker.home, language=turn.language)
    options = offer_options(turn.deployment, course, turn.language)
    turn.say("training.offer.lost", options=options, line=line)


def learn_missing(turn: Turn, words: str | None) -> bool:
    """Show courses of the trade or paper that keeps most away; False where there are none.

    Where there are none, somebody who is registered has wished for one all the same.
    """
    trade = turn.deployment.reader.courses.trade_in(words or "")
    found = trade and fitting.fitting_courses(
        turn.uow, turn.deployment, home=draft(turn).home, trade=trade
    )
    if not found:
        if trade and turn.worker is not None:
            fitting.wish(turn.uow, turn.deployment, turn.worker, trade)
        return False
    turn.answers.clear()
    show_for(turn, trade)
    return True


def _offered(turn: Turn, argument: str) -> Course | None:
    """Return the course of a button, and speak for whom it was offered to on a shared phone."""
    key = key_in(argument)
    course = turn.uow.courses.get(key) if key is not None else None
    if course is None or course.bureau_adcode != turn.deployment.bureau_adcode:
        return None
    if len(turn.workers) > 1:
        ids = [one.id for one in turn.workers]
        offered = turn.uow.courses.offered_among(course.id, ids)
        if len(offered) == 1:
            act_for(turn, turn.uow.workers.need(offered[0]))
    return course


def _others(turn: Turn) -> bool:
    rows = fitting.fitting_courses(
        turn.uow, turn.deployment, home=draft(turn).home, trade=None, limit=1
    )
    return bool(rows)


def _trade(turn: Turn) -> str | None:
    trade = turn.answers.get(TRADE)
    return str(trade) if trade else None


def _name(turn: Turn, trade: str) -> str:
    """Return the name of a trade in the language of this address."""
    known = turn.deployment.catalogue.trades.get(trade) if turn.language != "zh" else None
    return known.en if known is not None else trade
