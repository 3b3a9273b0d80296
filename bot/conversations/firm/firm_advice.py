"""What a firm could change to find people sooner: counts only, never who."""

from __future__ import annotations

from bot.conversations.firm.own_vacancies import own_vacancy
from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.services.ranking.advice_words import advice_lines
from bot.services.ranking.changes import firm_advice
from bot.services.vacancies.vacancy_states import reference
from storage.models import Vacancy
from storage.states import VacancyStatus

script = Script("firm_advice")


@script.action("advice")
def open_advice(turn: Turn, vacancy_hex: str) -> None:
    """Show it from a button that works at any time."""
    turn.answers = {}
    turn.go("firm_advice.show", vacancy=vacancy_hex)


@script.asks("show")
def show(turn: Turn) -> None:
    """Say what single changes of one vacancy would bring, and its pay beside the trade's."""
    vacancy = own_vacancy(turn, str(turn.answers["vacancy"]))
    if vacancy.status is not VacancyStatus.PUBLISHED:
        turn.say("advice.firm.only_published", number=reference(vacancy))
    else:
        turn.say_words(_words(turn, vacancy), key="advice.firm.head")
    turn.finish()


def _words(turn: Turn, vacancy: Vacancy) -> str:
    found = firm_advice(turn.uow, turn.deployment, vacancy)
    head = turn.text("advice.firm.head", number=reference(vacancy))
    return "\n".join([head, *advice_lines(turn.deployment, found, language=turn.language)])
