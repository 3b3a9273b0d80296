"""Posters: a link and its picture that bring people straight to a village or a vacancy."""

from __future__ import annotations

import re

from bot.conversations.officer.officer_joining import codes_named, name_several, place_name
from bot.conversations.prompts import FULL_WIDTH, WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.people import officers
from bot.services.ranking.recommendations import is_open
from bot.services.sending import deep_links
from bot.services.vacancies.reviews import visible_vacancy
from bot.services.vacancies.vacancies import reference
from storage.models import Officer, Vacancy
from storage.states import Role

script = Script("posters")

NUMBER = re.compile(r"[Vv][-－—_ ]?0*(\d{1,9})")
HOME_LEVELS = frozenset({"county", "town"})


@script.command("poster", roles=frozenset({Role.OFFICER}))
def poster_command(turn: Turn, argument: str) -> None:
    """Make a poster of the named village or vacancy, or ask for which."""
    turn.finish()
    if not argument or not make(turn, argument):
        turn.go("posters.what")


@script.asks("what", WORDS, keeps_words=True)
def ask_what(turn: Turn) -> None:
    """Ask for a village, a county or the number of a vacancy."""
    myself(turn)
    turn.ask("posters.what.ask", [turn.choice("back", "common.choice.back")])


@script.answers("what")
def answer_what(turn: Turn, answer: Answer) -> bool | None:
    """Make the poster; what names nothing is asked again."""
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
        return None
    return None if make(turn, answer.text) else False


def make(turn: Turn, words: str) -> bool:
    """Show the poster that `words` name; False when several places are meant.

    Raises:
        UserError: There is no such place or vacancy, it is none of this officer's, it is no
            county or town, or the vacancy is not open.
    """
    officer = myself(turn)
    typed = words.translate(FULL_WIDTH).strip()
    number = NUMBER.fullmatch(typed)
    if number is not None:
        _show_vacancy(turn, _vacancy(turn, officer, int(number.group(1))))
        return True
    codes = codes_named(turn, typed)
    if not codes:
        raise UserError("posters.refused.unknown")
    inside = [code for code in codes if officers.is_in_scope(officer, code)]
    if not inside:
        raise UserError("posters.refused.other_scope")
    if len(inside) > 1:
        name_several(turn, inside)
        return False
    place = turn.deployment.catalogue.places.get(inside[0])
    if place is None or place.level not in HOME_LEVELS:
        raise UserError("posters.refused.too_wide")
    _show_place(turn, place.code)
    return True


def myself(turn: Turn) -> Officer:
    """Return the officer who speaks here.

    Raises:
        UserError: Somebody else does.
    """
    if turn.officer is None:
        raise UserError("officer_joining.refused.no_officer")
    return turn.officer


def _vacancy(turn: Turn, officer: Officer, number: int) -> Vacancy:
    found = turn.uow.vacancies.of_number(turn.deployment.bureau_adcode, number)
    vacancy = found and visible_vacancy(turn.uow, turn.deployment, officer, found.id)
    if not vacancy:
        raise UserError("posters.refused.no_vacancy")
    if not is_open(vacancy, today=turn.deployment.today):
        raise UserError("posters.refused.closed")
    return vacancy


def _show_vacancy(turn: Turn, vacancy: Vacancy) -> None:
    number, title = reference(vacancy), vacancy.title or vacancy.trade
    _show(turn, deep_links.vacancy_token(vacancy.id.hex), "vacancy", number=number, title=title)


def _show_place(turn: Turn, code: str) -> None:
    covering = turn.uow.officers.covering(code, bureau=turn.deployment.bureau_adcode)
    named = covering[0] if covering else myself(turn)
    _show(
        turn,
        deep_links.place_token(code),
        "place",
        place=place_name(turn, code),
        officer=officers.spoken_name(turn.deployment, named, turn.language),
    )


def _show(turn: Turn, token: str, purpose: str, **values: str) -> None:
    """Show the words for the poster with the picture, then the link of each channel."""
    key = f"posters.made.{purpose}"
    words = turn.text(key, url=deep_links.web_link(turn.deployment, token), **values)
    turn.say_words(words, key=key, link=deep_links.picture_path(token))
    telegram = deep_links.telegram_link(turn.uow, turn.deployment, token)
    if telegram is not None:
        turn.say("officer_joining.invite.telegram", url=telegram)
    turn.finish()
    turn.go("menu.officer")
