"""A firm's vacancies: how they stand, who applied, and changing, closing or repeating one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from bot.conversations.firm.draft_lines import draft_line
from bot.conversations.firm.draft_review import begin, correct_by_line, correct_one
from bot.conversations.firm.own_vacancies import own_vacancies, own_vacancy
from bot.conversations.prompts import WORDS, Number
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.services.follow_up import applications
from bot.services.vacancies import vacancies
from bot.services.vacancies.vacancy_states import ALLOWED, CHANGEABLE
from bot.understanding import choose
from storage.models import Vacancy
from storage.repositories.vacancies import VacancyCounts
from storage.states import Role, VacancyStatus

script = Script("vacancy_list")
PAGE = 8
REASONED = frozenset({VacancyStatus.NEEDS_FIX, VacancyStatus.REJECTED, VacancyStatus.SUSPENDED})
HEADCOUNT = Number(low=1, high=999)
SHOWN_TITLE = 12
WORDED_ANEW = frozenset(
    {
        VacancyStatus.DRAFT,
        VacancyStatus.CONFIRMED,
        VacancyStatus.NEEDS_FIX,
        VacancyStatus.SUSPENDED,
    }
)
HAS_ENOUGH = re.compile(
    r"(?:已经|都|人)*(?:招|找)?(?:满|齐|够)(?:了|咯)|(?:我们?)?(?:不招|不要人)了|关(?:掉)?招工"
)


@script.intercept
def has_enough(turn: Turn) -> bool:
    """Lead 招满了 to closing, where the open question has no such choice."""
    text = turn.inbound.text.strip("。.!！~ ")
    if turn.role is not Role.ENTERPRISE or HAS_ENOUGH.fullmatch(text) is None:
        return False
    if turn.enterprise is None or choose(text, [one.label for one in turn.options]):
        return False
    is_out = VacancyStatus.PUBLISHED
    still_out = [one for one in own_vacancies(turn) if one.status is is_out]
    turn.answers = {}
    if len(still_out) == 1:
        turn.go("vacancy_list.close", vacancy=still_out[0].id.hex)
    else:
        turn.go("vacancy_list.show")
    return True


@script.command("list", roles=frozenset({Role.ENTERPRISE}))
def list_command(turn: Turn, _argument: str) -> None:
    """Show the firm's vacancies."""
    turn.answers = {}
    turn.go("vacancy_list.show")


@script.asks("show")
def show(turn: Turn) -> None:
    """List the vacancies with state and counts, eight at a time."""
    first = cast("int", turn.answers.get("first", 0))
    rows = own_vacancies(turn)
    if not rows:
        turn.say("vacancy_list.show.none")
        turn.go("vacancy_posting.start")
        return
    page = rows[first : first + PAGE]
    counts = turn.uow.vacancies.counts([vacancy.id for vacancy in page])
    choices = [_line(turn, vacancy, counts[vacancy.id]) for vacancy in page]
    if len(rows) > first + PAGE:
        choices.append(turn.choice("older", "vacancy_list.show.older"))
    turn.ask("vacancy_list.show.ask", choices, count=len(rows))


@script.answers("show")
def take_one(turn: Turn, answer: Answer) -> bool | None:
    """Open the chosen vacancy, by its place in the list or its number."""
    if answer.choice == "older":
        turn.go("vacancy_list.show", first=cast("int", turn.answers.get("first", 0)) + PAGE)
        return None
    chosen = answer.choice or _numbered(turn, answer.text)
    if chosen is None:
        return False
    turn.go("vacancy_list.one", vacancy=chosen)
    return None


@script.asks("one")
def ask_one(turn: Turn) -> None:
    """Show one vacancy and what can be done with it in its state."""
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    line = draft_line(turn.deployment, vacancy, turn.language)
    state = turn.text(f"vacancy_list.state.{vacancy.status.value}")
    _say_reason(turn, vacancy)
    turn.ask(
        "vacancy_list.one.ask",
        _ways(turn, vacancy),
        number=vacancies.reference(vacancy),
        state=state,
        line=line,
    )


@script.answers("one")
def take_way(turn: Turn, answer: Answer) -> bool | None:
    """Go the chosen way."""
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    if answer.choice is None:
        return vacancy.status in WORDED_ANEW and correct_one(turn, vacancy, answer.text)
    if answer.choice == "applicants":
        turn.go("applicants.list", vacancy=vacancy.id.hex)
    elif answer.choice == "advice":
        turn.go("firm_advice.show", vacancy=vacancy.id.hex)
    elif answer.choice == "reword":
        _reword(turn, vacancy)
    elif answer.choice == "close" and VacancyStatus.FILLED not in ALLOWED[vacancy.status]:
        turn.go("vacancy_list.close_check", status=VacancyStatus.WITHDRAWN.value)
    else:
        turn.go(f"vacancy_list.{answer.choice}")
    return None


@script.asks("headcount", HEADCOUNT)
def ask_headcount(turn: Turn) -> None:
    """Ask how many are wanted now."""
    turn.ask("vacancy_list.headcount.ask")


@script.answers("headcount")
def take_headcount(turn: Turn, answer: Answer) -> bool | None:
    """Change the headcount; nothing else has to be looked at again."""
    if answer.number is None:
        return False
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    vacancies.change_headcount(turn.uow, turn.deployment, vacancy, answer.number)
    number = vacancies.reference(vacancy)
    turn.say("vacancy_list.headcount.done", number=number, count=answer.number)
    if applications.close_if_full(turn.uow, turn.deployment, vacancy):
        turn.say("vacancy_list.headcount.full", number=number)
    turn.finish(again="vacancy_list.done.again")
    return None


@script.asks("change", WORDS, keeps_words=True)
def ask_change(turn: Turn) -> None:
    """Ask for one line; a published vacancy goes back to review with it."""
    turn.ask("vacancy_list.change.ask", [turn.choice("leave", "vacancy_list.change.leave")])


@script.answers("change")
def take_change(turn: Turn, answer: Answer) -> bool | None:
    """Change what the line says, and look at the law again."""
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    if answer.choice == "leave":
        turn.go("vacancy_list.one")
        return None
    turn.answers.update({"drafts": [vacancy.id.hex], "at": 0, "accepted": []})
    turn.answers["firm"] = vacancy.enterprise_id.hex
    return correct_by_line(turn, answer.text)


@script.asks("repost")
def ask_repost(turn: Turn) -> None:
    """Show what would be posted again, and until when it would hold."""
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    until = turn.deployment.today + vacancies.VALID_FOR
    choices = [
        turn.choice("yes", "vacancy_list.repost.yes", "发", "重新发"),
        turn.choice("no", "vacancy_list.repost.no", "不发"),
    ]
    line = draft_line(turn.deployment, vacancy, turn.language)
    turn.ask("vacancy_list.repost.ask", choices, line=line, month=until.month, day=until.day)


@script.answers("repost")
def take_repost(turn: Turn, answer: Answer) -> bool | None:
    """Make the copy and go through it like a new post."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn.go("vacancy_list.one")
        return None
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    copy = vacancies.repost(turn.uow, turn.deployment, vacancy)
    begin(turn, [copy], firm=turn.uow.enterprises.need(copy.enterprise_id))
    return None


@script.asks("close")
def ask_close(turn: Turn) -> None:
    """Ask why it is closed."""
    choices = [
        turn.choice(VacancyStatus.FILLED.value, "vacancy_list.close.filled", "招满", "满了"),
        turn.choice(VacancyStatus.WITHDRAWN.value, "vacancy_list.close.withdrawn", "不招"),
        turn.choice("keep", "vacancy_list.close.keep", "先不关"),
    ]
    turn.ask("vacancy_list.close.ask", choices)


@script.answers("close")
def take_close(turn: Turn, answer: Answer) -> bool | None:
    """Ask once more with what would follow."""
    if answer.choice is None:
        return False
    if answer.choice == "keep":
        turn.go("vacancy_list.one")
    else:
        turn.go("vacancy_list.close_check", status=answer.choice)
    return None


@script.asks("close_check")
def ask_close_check(turn: Turn) -> None:
    """Say how many pushes stop and how many applicants are told, before it happens."""
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    choices = [
        turn.choice("yes", "vacancy_list.close_check.yes", "关"),
        turn.choice("no", "vacancy_list.close_check.no", "不关"),
    ]
    turn.ask(
        "vacancy_list.close_check.ask",
        choices,
        number=vacancies.reference(vacancy),
        pushes=turn.uow.vacancies.waiting_pushes(vacancy.id),
        applicants=len(turn.uow.vacancies.waiting_applications(vacancy.id)),
    )


@script.answers("close_check")
def take_close_check(turn: Turn, answer: Answer) -> bool | None:
    """Close it, or leave it as it is."""
    if answer.choice is None:
        return False
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    if answer.choice == "no":
        turn.go("vacancy_list.one")
        return None
    status = VacancyStatus(str(turn.answers["status"]))
    vacancies.close(turn.uow, turn.deployment, vacancy, status)
    turn.say("vacancy_list.close.done", number=vacancies.reference(vacancy))
    turn.finish(again="vacancy_list.done.again")
    return None


def _line(turn: Turn, vacancy: Vacancy, counts: VacancyCounts) -> Choice:
    return turn.choice(
        vacancy.id.hex,
        "vacancy_list.show.line",
        number=vacancies.reference(vacancy),
        title=(vacancy.title or vacancy.trade)[:SHOWN_TITLE],
        state=turn.text(f"vacancy_list.state.{vacancy.status.value}"),
        pushed=counts.pushed,
        applied=counts.applied,
        hired=counts.hired,
    )


def _numbered(turn: Turn, text: str) -> str | None:
    wanted = text.strip().upper().replace(" ", "")
    for vacancy in own_vacancies(turn):
        if wanted in {vacancies.reference(vacancy), f"V{vacancy.number:04d}"}:
            return vacancy.id.hex
    return None


def _ways(turn: Turn, vacancy: Vacancy) -> Sequence[Choice]:
    following = ALLOWED[vacancy.status]
    ways = {
        "applicants": vacancy.published_at is not None,
        "reword": vacancy.status in WORDED_ANEW,
        "headcount": vacancy.status in CHANGEABLE - WORDED_ANEW,
        "change": vacancy.status in CHANGEABLE - WORDED_ANEW,
        "advice": vacancy.status is VacancyStatus.PUBLISHED,
        "repost": vacancy.published_at is not None,
        "close": VacancyStatus.WITHDRAWN in following,
    }
    return [turn.choice(way, f"vacancy_list.one.{way}") for way, is_open in ways.items() if is_open]


def _reword(turn: Turn, vacancy: Vacancy) -> None:
    begin(turn, [vacancy], firm=turn.uow.enterprises.need(vacancy.enterprise_id))


def _say_reason(turn: Turn, vacancy: Vacancy) -> None:
    """Say why an officer gave it back or refused it."""
    if vacancy.status not in REASONED:
        return
    review = turn.uow.reviews.latest(vacancy.id)
    if review is not None and review.reason:
        turn.say("vacancy_list.one.reason", reason=review.reason)
