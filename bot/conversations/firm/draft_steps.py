"""The questions of a draft: what is missing, what the law forbids, whether it may go out."""

from __future__ import annotations

from typing import cast

from bot.conversations.firm.draft_lines import rewrite_words, violation_lines
from bot.conversations.firm.draft_notes import line_of
from bot.conversations.firm.draft_review import (
    LONGEST_LINE,
    apply_all,
    correct_by_line,
    current,
    go_on,
    send,
)
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.summary import full_place_name
from bot.conversations.turn import Turn
from bot.services.vacancies import posts, vacancies
from bot.services.vacancies.vacancy_drafts import missing_essentials
from bot.understanding import Correction
from storage.models import Vacancy
from storage.states import VacancyStatus

script = Script("vacancy_posting")
SHORTEST_APPEAL, SHORTEST_TRADE = 2, 2
MOST_PLACES = 6
# Corrected after it went out: review is asked for by the change itself.
ALREADY_OUT = frozenset({VacancyStatus.IN_REVIEW, VacancyStatus.PUBLISHED})


@script.asks("next")
def next_question(turn: Turn) -> None:
    """Choose what the draft needs first: a missing fact, the law, or the firm's yes."""
    vacancy = current(turn)
    if is_refused(turn, vacancy):
        _refuse(turn, vacancy)
        return
    if vacancy.status is VacancyStatus.FILLED:
        turn.say("vacancy_list.headcount.full", number=vacancies.reference(vacancy))
        go_on(turn)
        return
    missing = missing_essentials(vacancy)
    if missing:
        turn.go(f"vacancy_posting.{missing[0]}")
    elif vacancy.violations and not vacancy.appeal:
        turn.go("vacancy_posting.violation")
    elif vacancy.status in ALREADY_OUT and turn.answers.pop("looks_back", None):
        turn.go("vacancy_posting.look_back")
    elif vacancy.status in ALREADY_OUT:
        purpose = "in_review" if vacancy.status is VacancyStatus.IN_REVIEW else "stands"
        turn.say(
            f"vacancy_posting.sent.{purpose}",
            number=vacancies.reference(vacancy),
            hours=vacancies.REVIEW_HOURS,
        )
        go_on(turn)
    else:
        turn.go("vacancy_posting.check")


@script.asks("trade", WORDS, keeps_words=True)
def ask_trade(turn: Turn) -> None:
    """Ask what work it is; unknown words come with the nearest known trades."""
    words = str(turn.answers.get("unknown_trade") or current(turn).title)
    if not words:
        turn.ask("vacancy_posting.trade.ask")
        return
    nearest = posts.nearest_trades(turn.deployment, words)
    choices = [
        turn.choice(trade, "vacancy_posting.trade.one", trade=_named(turn, trade))
        for trade in nearest
    ]
    own = turn.choice("own", "vacancy_posting.trade.own", words=words)
    purpose = "unknown" if nearest else "unknown_alone"
    turn.ask(f"vacancy_posting.trade.{purpose}", [*choices, own], words=words)


@script.answers("trade")
def take_trade(turn: Turn, answer: Answer) -> bool | None:
    """Take a known trade, the firm's own words, or ask about other words."""
    vacancy = current(turn)
    own_words = str(turn.answers.get("unknown_trade") or vacancy.title)
    if answer.choice is not None:
        trade = None if answer.choice == "own" else answer.choice
        _set_trade(turn, vacancy, trade, own_words)
        return None
    letters = sum(character.isalpha() for character in answer.text)
    if letters < SHORTEST_TRADE or len(answer.text) > LONGEST_LINE:
        return False
    known = posts.trade_of(turn.deployment, answer.text)
    if known is not None:
        _set_trade(turn, vacancy, known, vacancy.title or answer.text)
        return None
    turn.go("vacancy_posting.trade", unknown_trade=answer.text[:24])
    return None


@script.asks("place", WORDS, keeps_words=True)
def ask_place(turn: Turn) -> None:
    """Ask where the work is; a name of several places comes with all that it may mean."""
    named = str(turn.answers.pop("place_named", None) or current(turn).post_text or "")
    codes = posts.open_workplaces(turn.deployment, named)[:MOST_PLACES]
    places = turn.deployment.catalogue.places
    choices = [Choice(code, full_place_name(places, code)) for code in codes]
    turn.ask(f"vacancy_posting.place.{'which' if codes else 'ask'}", choices)


@script.answers("place")
def take_place(turn: Turn, answer: Answer) -> bool:
    """Take the county or town that is named or chosen; a name of several is asked about."""
    if answer.choice is not None:
        apply_all(turn, current(turn), [posts.place_correction(turn.deployment, answer.choice)])
        turn.go("vacancy_posting.next")
        return True
    if _fill(turn, f"地点 {answer.text}", field="place"):
        return True
    if not posts.open_workplaces(turn.deployment, answer.text):
        return False
    turn.go("vacancy_posting.place", place_named=answer.text)
    return True


@script.asks("wage", WORDS, keeps_words=True)
def ask_wage(turn: Turn) -> None:
    """Ask for a figure: no vacancy goes out without basic pay."""
    turn.ask("vacancy_posting.wage.ask")


@script.answers("wage")
def take_wage(turn: Turn, answer: Answer) -> bool:
    """Take the figures a month."""
    return _fill(turn, f"工资 {answer.text}", field="wage")


@script.asks("violation", WORDS, keeps_words=True)
def ask_violation(turn: Turn) -> None:
    """Name each unlawful condition with its clause and what it would be changed to."""
    vacancy = current(turn)
    turn.say(
        "vacancy_posting.violation.found",
        count=len(vacancy.violations),
        findings=violation_lines(turn.deployment, vacancy, turn.language),
    )
    choices = [
        turn.choice(
            "rewrite", "vacancy_posting.violation.rewrite", "照改", "改", "行", "好", "要得"
        ),
        turn.choice("appeal", "vacancy_posting.violation.appeal", "申诉", "有理由"),
    ]
    words = rewrite_words(turn.deployment, vacancy, turn.language)
    turn.ask("vacancy_posting.violation.ask", choices, words=words)


@script.answers("violation")
def take_violation(turn: Turn, answer: Answer) -> bool | None:
    """Put it right and send it off, hear the reason, or take one line of correction."""
    vacancy = current(turn)
    if answer.choice == "appeal":
        turn.go("vacancy_posting.appeal")
        return None
    if answer.choice is None:
        return correct_by_line(turn, answer.text)
    codes = [code for code, _ in vacancy.violations]
    turn.answers["accepted"] = [*cast("list[str]", turn.answers["accepted"]), *codes]
    vacancies.remove_violations(turn.uow, turn.deployment, vacancy, codes)
    if missing_essentials(vacancy):
        turn.go("vacancy_posting.next")
    else:
        turn.say("vacancy_posting.read.now", line=line_of(turn, vacancy))
        send(turn, vacancy, purpose="fixed")
    return None


@script.asks("appeal", WORDS, keeps_words=True)
def ask_appeal(turn: Turn) -> None:
    """Ask for the reason in one message."""
    turn.ask("vacancy_posting.appeal.ask")


@script.answers("appeal")
def take_appeal(turn: Turn, answer: Answer) -> bool | None:
    """Keep the reason; an officer decides."""
    if len(answer.text) < SHORTEST_APPEAL:
        return False
    vacancy = current(turn)
    vacancies.appeal(turn.uow, turn.deployment, vacancy, answer.text)
    send(turn, vacancy, purpose="appealed")
    return None


@script.asks("check", WORDS, keeps_words=True)
def ask_check(turn: Turn) -> None:
    """Ask whether it may go to review as it stands."""
    choices = [
        turn.choice("send", "vacancy_posting.check.send", "送审", "对", "好", "要得", "行"),
        turn.choice("drop", "vacancy_posting.check.drop", "不发", "算了"),
    ]
    turn.ask("vacancy_posting.check.ask", choices)


@script.answers("check")
def take_check(turn: Turn, answer: Answer) -> bool | None:
    """Send it, drop it, or take one line of correction."""
    vacancy = current(turn)
    if answer.choice == "send":
        send(turn, vacancy, purpose="plain")
    elif answer.choice == "drop":
        vacancies.drop_draft(turn.uow, turn.deployment, vacancy)
        turn.say("vacancy_posting.check.dropped", number=vacancies.reference(vacancy))
        go_on(turn)
    else:
        return correct_by_line(turn, answer.text)
    return None


def _named(turn: Turn, trade: str) -> str:
    """Return the canonical trade, with its English name where English is read."""
    known = turn.deployment.catalogue.trades.get(trade)
    return trade if known is None or turn.language == "zh" else f"{trade} ({known.en})"


def _set_trade(turn: Turn, vacancy: Vacancy, trade: str | None, words: str) -> None:
    turn.answers.pop("unknown_trade", None)
    correction = Correction("title", words, title=trade)
    vacancies.correct(turn.uow, turn.deployment, vacancy, correction)
    turn.go("vacancy_posting.next")


def _fill(turn: Turn, line: str, *, field: str) -> bool:
    home = turn.deployment.bureau_adcode
    correction = turn.deployment.reader.read_correction(line[:LONGEST_LINE], home=home)
    if correction is None or correction.field != field:
        return False
    has_figure = correction.wage_min is not None or correction.wage_max is not None
    if field == "wage" and not has_figure:
        return False
    apply_all(turn, current(turn), [correction])
    turn.go("vacancy_posting.next")
    return True


def is_refused(turn: Turn, vacancy: Vacancy) -> bool:
    """Tell whether a post has a condition that no rewrite makes lawful."""
    kinds = (turn.deployment.catalogue.violations.get(code) for code, _ in vacancy.violations)
    return any(kind is not None and kind.severity == "rejected" for kind in kinds)


def _refuse(turn: Turn, vacancy: Vacancy) -> None:
    turn.say(
        "vacancy_posting.violation.rejected",
        number=vacancies.reference(vacancy),
        findings=violation_lines(turn.deployment, vacancy, turn.language),
        rewrite=rewrite_words(turn.deployment, vacancy, turn.language),
    )
    vacancies.reject_unlawful(turn.uow, turn.deployment, vacancy)
    go_on(turn)
