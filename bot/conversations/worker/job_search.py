"""Looking for work: three vacancies at most, one closer look, and what to do when none is left."""

from __future__ import annotations

import re
from typing import cast
from uuid import UUID

from bot.conversations.answering import CLEAR, says_apply
from bot.conversations.continuation import THEN, say_saved
from bot.conversations.firm import vacancy_gaps, vacancy_refusal
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.summary import draft_parts
from bot.conversations.turn import Turn
from bot.conversations.vacancy_lines import POSITIONS, said_with_why, say_list
from bot.conversations.worker import applications
from bot.conversations.worker.open_places import ask_open, is_open, note_open
from bot.conversations.worker.profile_facts import draft, states_facts, take_in
from bot.conversations.worker.search_session import (
    LISTED,
    begin_anew,
    home,
    key_in,
    listed,
    look_again,
    missing_answer,
    next_batch,
    note_asked,
    shown,
)
from bot.services.vacancies.vacancy_words import gap_of

script = Script("job_search")
VACANCY, GAPS_ASKED = "vacancy", "gaps_asked"
MORE = re.compile(r"换一批|还有没?得?|再看|再来|下一批|别的|其他的|more")
NONE_OF_THESE = re.compile(r"都?(?:不合适|不行|不要|不想去|不得行|看不上|莫得)")


@script.intent("find_job")
def wish_for_work(turn: Turn) -> None:
    """Search anew with what this message says, or go on where the last search stood."""
    if _hear_of_person(turn):
        _search(turn)
        return
    turn.answers.clear()
    goes_on = MORE.search(turn.inbound.text) and shown(turn)
    turn.go("job_search.more" if goes_on else "job_search.start")


@script.intent("apply")
def wish_to_apply(turn: Turn) -> None:
    """Ask which of those on show; without any, show some."""
    if turn.step in {"job_search.list", "job_search.detail"}:
        turn.ask_again()
        return
    turn.answers.clear()
    turn.go("job_search.start")


@script.action("more")
def press_more(turn: Turn, _argument: str) -> None:
    """Show the next ones."""
    turn.answers.clear()
    turn.go("job_search.more")


@script.action("look")
def press_look(turn: Turn, argument: str) -> None:
    """Look closer at one of those on show."""
    turn.answers.clear()
    if says_apply(turn):
        applications.begin(turn, argument)
    else:
        turn.go("job_search.detail", **{VACANCY: argument})


@script.asks("start")
def start(turn: Turn) -> None:
    """Begin a search; nothing was shown yet."""
    begin_anew(turn)
    show_next(turn)


@script.asks("more")
def more(turn: Turn) -> None:
    """Show the next vacancies of this search."""
    show_next(turn)


@script.asks("rest")
def rest(turn: Turn) -> None:
    """Show what is left of the last list, filled up and put in a new order."""
    show_next(turn, keep=tuple(listed(turn)))


def show_next(turn: Turn, *, keep: tuple[UUID, ...] = ()) -> None:
    """Show up to three vacancies, or what can be done when nothing is left.

    Args:
        turn: The message being answered.
        keep: Vacancies that were on show and may come again.
    """
    missing = missing_answer(turn)
    if missing is not None:
        note_asked(turn, missing)
        turn.go(f"profile.{missing}", then="job_search.more")
        return
    # The rows stay alive until they are shown, so the session need not read them twice.
    items = next_batch(turn, keep=keep)
    found = [item.vacancy.id.hex for item in items]
    if not items:
        turn.go("saved_wish.nothing")
    elif len(found) == 1:
        turn.go("job_search.detail", **{LISTED: found, VACANCY: found[0]})
    else:
        turn.go("job_search.list", **{LISTED: found})


@script.asks("list")
def ask_list(turn: Turn) -> None:
    """Show what is on the list, each as a numbered bubble, and ask which."""
    items = look_again(turn, listed(turn))
    if not items:
        turn.say("job_search.list.all_closed")
        show_next(turn)
        return
    turn.answers[LISTED] = [item.vacancy.id.hex for item in items]
    say_list(turn, items, home=home(turn))
    picks = [
        turn.choice(item.vacancy.id.hex, f"job_search.list.{position}")
        for position, item in zip(POSITIONS, items, strict=False)
    ]
    others = turn.choice("more", "vacancy_lines.choice.more", "都不合适", "换", "还有没得", "more")
    turn.ask("job_search.list.which", [*picks, others, turn.human_choice()])


@script.answers("list")
def answer_list(turn: Turn, answer: Answer) -> bool | None:
    """Open one, show others, or search by what else was said."""
    if answer.choice is not None and answer.choice != "more":
        if says_apply(turn):
            applications.begin(turn, answer.choice)
        else:
            turn.go("job_search.detail", **{VACANCY: answer.choice})
        return None
    if answer.choice == "more" or NONE_OF_THESE.match(answer.text) or MORE.search(answer.text):
        turn.go("job_search.more")
        return None
    return search_by_words(turn, answer)


@script.asks("detail")
def ask_detail(turn: Turn) -> None:
    """Show one vacancy as it stands now, why it fits, and what can be done."""
    key = key_in(turn.answers[VACANCY])
    items = look_again(turn, [key]) if key is not None else []
    if not items:
        closed_meanwhile(turn)
        return
    item = items[0]
    firm = turn.uow.enterprises.need(item.vacancy.enterprise_id).name
    words = turn.text(
        "job_search.detail.of_firm", words=said_with_why(turn, item, home=home(turn)), firm=firm
    )
    choices = [
        turn.choice("apply", "vacancy_lines.choice.apply", "报名", "我要报名", "想去", "去"),
        turn.choice("refuse", "job_search.detail.another", "不合适", "不要", "不想去", "换"),
    ]
    gaps_asked = cast("list[str]", turn.answers.get(GAPS_ASKED) or [])
    topic = gap_of(item.vacancy, besides=gaps_asked)
    if topic is not None:
        choices.append(Choice(f"gap:{topic}", turn.text(f"vacancy_lines.ask.{topic}")))
    turn.ask_words(words, [*choices, turn.human_choice()], key="job_search.detail.of_firm")


@script.answers("detail")
def answer_detail(turn: Turn, answer: Answer) -> bool | None:
    """Apply, give a reason against it, or let the firm be asked."""
    key = str(turn.answers[VACANCY])
    choice = answer.choice or ("apply" if _clearly_applies(answer) else "")
    if choice == "apply":
        applications.begin(turn, key)
    elif choice == "refuse":
        turn.go("vacancy_refusal.reason")
    elif choice.startswith("gap:"):
        topic = choice.removeprefix("gap:")
        asked = cast("list[str]", turn.answers.get(GAPS_ASKED) or [])
        turn.answers[GAPS_ASKED] = [*asked, topic]
        vacancy_gaps.ask_firm(turn, UUID(key), topic)
        turn.ask_again()
    elif MORE.search(answer.text):
        turn.go("job_search.more")
    else:
        return vacancy_refusal.take_reason(turn, answer) or search_by_words(turn, answer)
    return None


def _clearly_applies(answer: Answer) -> bool:
    # What is said about a vacancy on show sounds like applying: only clear words count.
    return answer.reading.intent == "apply" and answer.reading.confidence >= CLEAR


def closed_meanwhile(turn: Turn) -> None:
    """Say that a vacancy has closed and show the next ones."""
    turn.say("job_search.detail.closed")
    turn.answers.clear()
    turn.go("job_search.more")


def search_by_words(turn: Turn, answer: Answer) -> bool | None:
    """Search anew when the message says more about the person; else it was not understood."""
    if not answer.text or not (states_facts(answer.reading) or is_open(turn)):
        return False
    _hear_of_person(turn)
    _search(turn)
    return None


def _hear_of_person(turn: Turn) -> bool:
    """Keep what the message says of the person; several new facts are repeated back."""
    before = draft_parts(turn, draft(turn))
    if not take_in(turn):
        return is_open(turn)
    new = [one for one in draft_parts(turn, draft(turn), said=turn.reading) if one not in before]
    if len(new) > 1:
        say_saved(turn, new)
    return True


def _search(turn: Turn) -> None:
    """Search anew, once it is known which places are meant."""
    turn.answers.clear()
    note_open(turn)
    if not ask_open(turn, **{THEN: "job_search.start"}):
        turn.go("job_search.start")
