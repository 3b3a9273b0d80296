"""Nothing fits: what keeps most away, and an offer to tell once something does."""

from __future__ import annotations

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.help import call_person
from bot.conversations.worker.job_search import search_by_words
from bot.conversations.worker.search_session import let_go, limiting, shown, widened_by
from bot.conversations.worker.training_wish import learn_missing
from bot.services.ranking import saved_wishes
from bot.services.ranking.changes import LETTABLE, Condition, Removal

script = Script("saved_wish")
NOT_ME = "saved_wish.not_saved"


@script.asks("nothing")
def ask_nothing(turn: Turn) -> None:
    """Say honestly which single condition keeps most away, and what could be done about it."""
    found = limiting(turn)
    if found is None:
        turn.go("saved_wish.offer", lead="seen" if shown(turn) else "none")
        return
    name = found.condition.value
    way = "widen" if found.condition in LETTABLE else "learn"
    choices = [turn.choice(f"{way}:{name}", f"saved_wish.nothing.{way}_{name}")]
    if shown(turn):
        choices.append(turn.choice("again", "saved_wish.nothing.again", "从头看"))
    choices.append(turn.choice("keep", "saved_wish.nothing.keep", "等", "等到", "不换", "都不要"))
    turn.ask(
        f"saved_wish.nothing.{'because' if shown(turn) else 'none'}_{name}",
        [*choices, turn.human_choice()],
        count=found.alone,
        what=_what(turn, found),
    )


@script.answers("nothing")
def answer_nothing(turn: Turn, answer: Answer) -> bool | None:
    """Let one condition go for this search, show all again, or offer to tell later."""
    choice = answer.choice or ""
    if choice.startswith("widen:"):
        let_go(turn, Condition(choice.removeprefix("widen:")))
        turn.go("job_search.more")
    elif choice.startswith("learn:"):
        found = limiting(turn)
        if not learn_missing(turn, found.what if found is not None else None):
            turn.say("help.policy.honest")
            call_person(turn)
    elif choice == "again":
        turn.go("job_search.start")
    elif choice == "keep" or (not choice and answer.reading.yes_no is False):
        turn.go("saved_wish.offer", lead="ask")
    else:
        return search_by_words(turn, answer)
    return None


@script.asks("offer")
def ask_offer(turn: Turn) -> None:
    """Offer to tell once something fits."""
    choices = [
        turn.choice("yes", "saved_wish.offer.yes", "要得", "等", "喊我", "告诉我"),
        turn.choice("no", "saved_wish.offer.no", "不用", "不等", "算了"),
    ]
    if shown(turn):
        choices.append(turn.choice("again", "saved_wish.nothing.again", "从头看"))
    lead = str(turn.answers.get("lead") or "ask")
    turn.ask(f"saved_wish.offer.{lead}", [*choices, turn.human_choice()])


@script.answers("offer")
def answer_offer(turn: Turn, answer: Answer) -> bool | None:
    """Save what is waited for, after consent where somebody is not known yet."""
    choice = answer.choice
    if choice is None and answer.reading.yes_no is not None and not answer.number:
        choice = "yes" if answer.reading.yes_no else "no"
    if choice == "again":
        turn.go("job_search.start")
    elif choice == "no":
        turn.go(NOT_ME)
    elif choice == "yes" and turn.worker is None:
        turn.go("first_contact.consent", then="saved_wish.saved", otherwise=NOT_ME)
    elif choice == "yes":
        turn.go("saved_wish.saved")
    else:
        return search_by_words(turn, answer)
    return None


@script.asks("saved")
def saved(turn: Turn) -> None:
    """Keep the wish and promise to tell."""
    if turn.worker is None:
        not_saved(turn)
        return
    wish = saved_wishes.save(
        turn.uow, turn.deployment, turn.worker, turn.address, let_go=widened_by(turn)
    )
    turn.say("saved_wish.saved.said", month=wish.until.month, day=wish.until.day)
    turn.finish(again="saved_wish.saved.again")


@script.asks("not_saved")
def not_saved(turn: Turn) -> None:
    """Say that somebody who does not wait has to come back."""
    turn.say("saved_wish.saved.come_back")
    turn.finish(again="saved_wish.saved.come_back")


@script.action("end_wish")
def press_end(turn: Turn, _argument: str) -> None:
    """Wait no more, whenever that is pressed."""
    end(turn)


def end(turn: Turn) -> None:
    """Wait no more; whoever waited for nothing hears the same."""
    if turn.worker is not None:
        saved_wishes.end(turn.uow, turn.deployment, turn.worker)
    turn.say("saved_wish.shown.ended")
    turn.finish(again="saved_wish.shown.ended")


def waiting_line(turn: Turn) -> str | None:
    """Return the line that says what this worker waits for, or None."""
    wish = turn.uow.saved_wishes.open_of(turn.worker.id) if turn.worker is not None else None
    if wish is None or wish.until < turn.deployment.today:
        return None
    words = [
        turn.text(f"saved_wish.shown.{one.value}") for one in saved_wishes.let_go_in(wish.wish)
    ]
    month, day = wish.until.month, wish.until.day
    if not words:
        return turn.text("saved_wish.shown.line", month=month, day=day)
    what = turn.text("common.list.comma").join(words)
    return turn.text("saved_wish.shown.line_without", what=what, month=month, day=day)


def _what(turn: Turn, found: Removal) -> str:
    """Return what would have to be learnt, by its word in this language."""
    word = found.what or ""
    trade = turn.deployment.catalogue.trades.get(word) if turn.language != "zh" else None
    return trade.en if trade is not None else word.replace("|", "/")
