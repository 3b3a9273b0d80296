"""Several posts at once: all in a list, sent together where they may go, else one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import cast

from bot.conversations.firm.draft_lines import gap_words
from bot.conversations.firm.draft_notes import UNREAD, line_of, unread_of
from bot.conversations.firm.draft_review import (
    WAITING,
    answers_of,
    at,
    correct_by_line,
    current,
    drafts_of,
    firm_part,
    go_on,
    go_to,
    note_sent,
    present,
    say_pending_firms,
)
from bot.conversations.firm.draft_steps import is_refused, script
from bot.conversations.firm.own_vacancies import own_vacancy
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer
from bot.conversations.turn import Answers, Turn
from bot.messages import Option
from bot.services.sending.deliveries import action_data
from bot.services.vacancies import vacancies
from bot.services.vacancies.vacancy_drafts import gaps, missing_essentials
from storage.models import Vacancy
from storage.states import EnterpriseStatus, VacancyStatus

LINES_A_MESSAGE = 10
LONGEST_SHOWN = 120
# Kept for this address: the drafts that were left, for the button that goes on with them.
LEFT, GO_ON = "drafts_left", "drafts_left"
OVER = {
    VacancyStatus.IN_REVIEW: "sent",
    VacancyStatus.PUBLISHED: "sent",
    VacancyStatus.WITHDRAWN: "dropped",
    VacancyStatus.REJECTED: "rejected",
}
SKIP = frozenset({"跳过", "下一个", "下一条", "先跳过", "这条先不管", "skip", "next"})
BACK = frozenset({"上一个", "上一条", "回上一个", "回上一条", "previous"})
ENOUGH = frozenset({"停", "停下", "先停", "停了", "先停着", "不弄了", "enough"})
ALL = frozenset({"全部送审", "都送审", "全送审", "全部送", "都送", "send all"})


def begin_all(turn: Turn, drafts: list[Vacancy]) -> None:
    """Show all drafts of one message in a list before anything is asked about one."""
    firm = turn.uow.enterprises.need(drafts[0].enterprise_id)
    notes: Answers = {UNREAD: turn.answers[UNREAD]} if UNREAD in turn.answers else {}
    several = len({draft.enterprise_id for draft in drafts}) > 1
    turn.answers = {**answers_of(drafts, firm=firm), **notes, "several_firms": several}
    if len(drafts) == 1:
        present(turn)
        return
    for draft in drafts:
        # An officer looks into these whether or not anybody goes on with the others.
        if draft.status in WAITING and is_refused(turn, draft):
            vacancies.reject_unlawful(turn.uow, turn.deployment, draft)
    turn.go("vacancy_posting.all")


@script.asks("all")
def ask_all(turn: Turn) -> None:
    """List each draft in one line with what it lacks, and ask how to go on."""
    drafts = drafts_of(turn)
    lines = [_line(turn, place, draft) for place, draft in enumerate(drafts, start=1)]
    for first in range(0, len(lines), LINES_A_MESSAGE):
        shown = "\n".join(lines[first : first + LINES_A_MESSAGE])
        turn.say_words(shown, key="vacancy_posting.all.line")
    ready = sum(_is_ready(turn, draft) for draft in drafts)
    choices = [
        turn.choice("each", "vacancy_posting.all.each", "一条条看", "逐条", "一条一条"),
        turn.choice("stop", "vacancy_posting.all.stop", *ENOUGH),
    ]
    if ready:
        choices.insert(0, turn.choice("all", "vacancy_posting.all.send", *ALL, count=ready))
    turn.ask("vacancy_posting.all.ask", choices, count=len(drafts), ready=ready)


@script.answers("all")
def answer_all(turn: Turn, answer: Answer) -> bool | None:
    """Send what may go, look at each, or leave all as drafts."""
    match answer.choice:
        case "all":
            _send_ready(turn)
        case "each":
            _look_at_first(turn)
        case "stop":
            turn.go("vacancy_posting.closing")
        case _:
            return False
    return None


@script.intercept
def hear_way(turn: Turn) -> bool:
    """Hear 跳过, 上一个, 停 and 全部送审 at any question about one of several drafts."""
    drafts = turn.answers.get("drafts")
    is_one_of_several = isinstance(drafts, list) and len(drafts) > 1
    if not is_one_of_several or not (turn.step or "").startswith("vacancy_posting."):
        return False
    said = turn.inbound.text.strip(" 。.,，!！~").lower()
    way = next((way for words, way in WAYS if said in words), None)
    if way is None or (turn.step == "vacancy_posting.all" and said in ALL):
        return False
    way(turn)
    return True


@script.asks("look_back", WORDS, keeps_words=True)
def ask_look_back(turn: Turn) -> None:
    """Ask whether something that went to review already is to be corrected."""
    onward = turn.choice("next", "vacancy_posting.look_back.next", "下一个", "好", "不改")
    number = vacancies.reference(current(turn))
    turn.ask("vacancy_posting.look_back.ask", [onward], number=number)


@script.answers("look_back")
def answer_look_back(turn: Turn, answer: Answer) -> bool | None:
    """Go on, or take one line of correction; what is changed is reviewed anew."""
    if answer.choice is None:
        return correct_by_line(turn, answer.text)
    go_on(turn)
    return None


@script.asks("closing")
def close(turn: Turn) -> None:
    """Say what became of several drafts; a single one has said it itself."""
    say_pending_firms(turn)
    drafts = drafts_of(turn)
    waiting = [draft for draft in drafts if draft.status in WAITING]
    if len(drafts) > 1:
        _say_counts(turn, drafts, waiting=len(waiting))
    if waiting and len(drafts) > 1:
        turn.memory[LEFT] = [draft.id.hex for draft in waiting]
    turn.finish(again="vacancy_posting.sent.again")


@script.action(GO_ON)
def go_on_with_left(turn: Turn, _argument: str) -> None:
    """Take up the drafts that were left, as far as they still wait."""
    keys = cast("list[str]", turn.memory.pop(LEFT, None) or [])
    found = [own_vacancy(turn, key) for key in keys]
    waiting = [one for one in found if one.status in WAITING]
    if not waiting:
        turn.say("vacancy_posting.all.none_left")
        return
    turn.answers = {}
    begin_all(turn, waiting)


def _skip(turn: Turn) -> None:
    if turn.step == "vacancy_posting.all":
        _look_at_first(turn)
    else:
        go_on(turn)


def _go_back(turn: Turn) -> None:
    """Look at the draft before; one that was dropped or refused is passed over."""
    drafts = drafts_of(turn)
    places = range(at(turn) - 1, -1, -1)
    place = next((one for one in places if OVER.get(drafts[one].status) in {None, "sent"}), None)
    if place is None:
        turn.say("vacancy_posting.all.first")
        turn.ask_again()
        return
    turn.answers["looks_back"] = True
    go_to(turn, place)


def _stop(turn: Turn) -> None:
    turn.go("vacancy_posting.closing")


def _show_all(turn: Turn) -> None:
    turn.go("vacancy_posting.all")


WAYS: tuple[tuple[frozenset[str], Callable[[Turn], None]], ...] = (
    (SKIP, _skip),
    (BACK, _go_back),
    (ENOUGH, _stop),
    (ALL, _show_all),
)


def _look_at_first(turn: Turn) -> None:
    waiting = [place for place, one in enumerate(drafts_of(turn)) if one.status in WAITING]
    if waiting:
        go_to(turn, waiting[0])
    else:
        turn.go("vacancy_posting.closing")


def _send_ready(turn: Turn) -> None:
    """Send every lawful and complete draft; the others are looked at one by one."""
    ready = [draft for draft in drafts_of(turn) if _is_ready(turn, draft)]
    for draft in ready:
        vacancies.send_to_review(turn.uow, turn.deployment, draft)
        note_sent(turn, draft)
    numbers = turn.text("vacancy_posting.part.comma").join(map(vacancies.reference, ready))
    turn.say(
        "vacancy_posting.all.sent_now",
        count=len(ready),
        numbers=numbers,
        hours=vacancies.REVIEW_HOURS,
    )
    _look_at_first(turn)


def _is_ready(turn: Turn, draft: Vacancy) -> bool:
    is_lawful = not draft.violations or draft.appeal is not None
    if draft.status not in WAITING or missing_essentials(draft) or not is_lawful:
        return False
    firm = turn.uow.enterprises.need(draft.enterprise_id)
    return firm.status is not EnterpriseStatus.SUSPENDED


def _line(turn: Turn, place: int, draft: Vacancy) -> str:
    words = f"{firm_part(turn, draft)}{line_of(turn, draft)}"[:LONGEST_SHOWN]
    return turn.text("vacancy_posting.all.line", place=place, line=words) + _flaws(turn, draft)


def _flaws(turn: Turn, draft: Vacancy) -> str:
    """Return what a draft lacks or what became of it, each in brackets."""
    over = OVER.get(draft.status)
    comma = turn.text("vacancy_posting.part.comma")
    if over is not None:
        words = comma.join(excerpt for _, excerpt in draft.violations)
        return turn.text(f"vacancy_posting.all.{over}", words=words)
    missing = [turn.text(f"vacancy_posting.essential.{one}") for one in missing_essentials(draft)]
    found = {
        "missing": comma.join(missing),
        "unlawful": comma.join(words for _, words in draft.violations),
        "gaps": gap_words(turn.deployment, draft, turn.language) if gaps(draft) else "",
        "unread": unread_of(turn, draft),
    }
    return "".join(
        turn.text(f"vacancy_posting.all.{name}", words=words)
        for name, words in found.items()
        if words
    )


def _say_counts(turn: Turn, drafts: list[Vacancy], *, waiting: int) -> None:
    counts = Counter(OVER.get(draft.status) for draft in drafts)
    parts = [
        turn.text(f"vacancy_posting.all.count_{name}", count=count)
        for name, count in (
            ("sent", counts["sent"]),
            ("dropped", counts["dropped"]),
            ("rejected", counts["rejected"]),
            ("left", waiting),
        )
        if count
    ]
    label = turn.text("vacancy_posting.all.go_on")
    options = [Option(1, label, action_data(GO_ON))] if waiting else []
    words = turn.text("vacancy_posting.part.comma").join(parts)
    turn.say("vacancy_posting.all.counts", options=options, words=words)
