"""帮我问厂里: what a vacancy leaves open, asked of the firm and answered to all who asked."""

from __future__ import annotations

from uuid import UUID

from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.vacancies import vacancy_questions
from bot.services.vacancies.vacancy_states import reference
from bot.services.vacancies.vacancy_words import TOPICS, gap_of
from storage.models import Vacancy
from storage.states import VacancyStatus

script = Script("vacancy_gaps")


@script.action("gap")
def press_gap(turn: Turn, argument: str) -> None:
    """Let the firm be asked about the first gap of a pushed vacancy."""
    vacancy = _vacancy(turn, argument)
    topic = gap_of(vacancy) if vacancy is not None else None
    if vacancy is None or vacancy.status is not VacancyStatus.PUBLISHED:
        turn.say("job_search.detail.closed")
    elif topic is None:
        turn.say("vacancy_gaps.asked.all_known")
    else:
        ask_firm(turn, vacancy.id, topic)


def ask_firm(turn: Turn, vacancy_id: UUID, topic: str) -> None:
    """Pass a question on and say who was asked; the answer comes by itself."""
    vacancy = turn.uow.vacancies.need(vacancy_id)
    asked = vacancy_questions.ask(
        turn.uow, turn.deployment, vacancy, topic, address=turn.address, worker=turn.worker
    )
    if asked.whom == "known":
        words = vacancy_questions.answer_words(turn.deployment, vacancy, topic, turn.language)
        turn.say("vacancy_gaps.asked.known", answer=words)
        return
    firm = turn.uow.enterprises.need(vacancy.enterprise_id).name
    turn.say(f"vacancy_gaps.asked.{asked.whom}", firm=firm)


@script.action("gap_yes")
def press_yes(turn: Turn, argument: str) -> None:
    """Take a firm's or an officer's yes about lodging or meals."""
    _answer(turn, argument, yes=True)


@script.action("gap_no")
def press_no(turn: Turn, argument: str) -> None:
    """Take a no; a true no is worth as much as a yes."""
    _answer(turn, argument, yes=False)


@script.action("gap_words")
def press_words(turn: Turn, argument: str) -> None:
    """Ask the firm for one line about payday or hours."""
    _topic, _vacancy_of_firm = _asked_of(turn, argument)
    turn.answers.clear()
    turn.go("vacancy_gaps.words", about=argument)


@script.asks("words", WORDS, keeps_words=True)
def ask_words(turn: Turn) -> None:
    """Ask for the answer in one line."""
    topic, vacancy = _asked_of(turn, str(turn.answers["about"]))
    later = turn.choice("later", "vacancy_gaps.choice.later")
    turn.ask(f"vacancy_gaps.words.{topic}", [later], number=reference(vacancy))


@script.answers("words")
def answer_words(turn: Turn, answer: Answer) -> bool | None:
    """Pass the line on to all who asked."""
    about = str(turn.answers["about"])
    if answer.choice == "later":
        turn.say("vacancy_gaps.told.later")
        turn.finish()
        return None
    if not answer.text:
        return False
    topic, vacancy = _asked_of(turn, about)
    count = vacancy_questions.answer(turn.uow, turn.deployment, vacancy, topic, words=answer.text)
    turn.say("vacancy_gaps.told.thanks", number=reference(vacancy), count=count)
    turn.finish()
    return None


def _answer(turn: Turn, argument: str, *, yes: bool) -> None:
    topic, vacancy = _asked_of(turn, argument)
    count = vacancy_questions.answer(turn.uow, turn.deployment, vacancy, topic, yes=yes)
    turn.say("vacancy_gaps.told.thanks", number=reference(vacancy), count=count)


def _asked_of(turn: Turn, argument: str) -> tuple[str, Vacancy]:
    topic, _, key = argument.partition(":")
    vacancy = _vacancy(turn, key)
    if topic not in TOPICS or vacancy is None:
        raise UserError("vacancy_gaps.refused.unknown")
    if not vacancy_questions.may_answer(
        turn.uow, vacancy, enterprise=turn.enterprise, officer=turn.officer
    ):
        raise UserError("vacancy_gaps.refused.not_yours")
    return topic, vacancy


def _vacancy(turn: Turn, key: str) -> Vacancy | None:
    try:
        return turn.uow.vacancies.get(UUID(key))
    except ValueError:
        return None
