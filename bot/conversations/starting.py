"""What a start link opens: an invitation, a firm's registration, a vacancy, a village's poster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.conversations.worker.first_contact import INTRODUCED, introduce, is_stranger
from bot.conversations.worker.job_search import VACANCY
from bot.conversations.worker.profile_facts import draft, store
from bot.conversations.worker.returning import come_back
from bot.conversations.worker.search_session import key_in
from bot.services.people.workers import with_home
from bot.services.sending import deep_links
from content.places import Place
from storage.states import Role

script = Script("starting")

# What another phone opens to type its digits.
JOIN_TOKEN = "join"  # noqa: S105 - opens a question, not a door
HOME_LEVELS = ("county", "town")


@script.command("start")
def start(turn: Turn, token: str) -> None:
    """Begin with what a link carries, or as whoever one was before."""
    turn.answers = {}
    for prefix, opens in OPENS.items():
        if token.startswith(prefix) and opens(turn, token.removeprefix(prefix)):
            return
    if token == deep_links.ENTERPRISE:
        turn.go("enterprise_registration.start")
    elif token == JOIN_TOKEN and turn.role == Role.WORKER:
        turn.go("joining.enter")
    else:
        _begin(turn)


def _begin(turn: Turn) -> None:
    if is_stranger(turn):
        turn.memory.pop(INTRODUCED, None)
        turn.go("first_contact.start")
    else:
        turn.go(f"menu.{turn.role.value}")


def _open_invitation(turn: Turn, token: str) -> bool:
    turn.go("officer_joining.accept", token=token)
    return True


def _open_return_link(turn: Turn, token: str) -> bool:
    turn.inbound = replace(turn.inbound, text=f"/start {deep_links.RETURN}{token}", button=None)
    return come_back(turn)


def _open_vacancy(turn: Turn, token: str) -> bool:
    """Show one vacancy with its buttons; a closed one says so, and others are shown."""
    key = key_in(token)
    vacancy = turn.uow.vacancies.get(key) if key is not None else None
    is_ours = vacancy is not None and vacancy.bureau_adcode == turn.deployment.bureau_adcode
    if vacancy is None or not is_ours or turn.role != Role.WORKER:
        return False
    _introduce_anew(turn)
    turn.finish()
    turn.go("job_search.detail", **{VACANCY: vacancy.id.hex})
    return True


def _open_place(turn: Turn, code: str) -> bool:
    """Take the place of a poster for the home of somebody who has not said one."""
    place = _place(turn, code)
    if place is None or turn.role != Role.WORKER or turn.workers:
        return False
    if draft(turn).home is None:
        store(turn, with_home(draft(turn), place.code))
    _introduce_anew(turn)
    turn.say("starting.place.known", place=place.name)
    turn.go("first_contact.start")
    return True


def _introduce_anew(turn: Turn) -> None:
    """Say who speaks here to whoever comes by a poster and is not registered."""
    if not turn.workers:
        turn.memory.pop(INTRODUCED, None)
    introduce(turn)


def _place(turn: Turn, code: str) -> Place | None:
    found = turn.deployment.catalogue.places.get(code) if code.isdecimal() else None
    return found if found is not None and found.level in HOME_LEVELS else None


OPENS: dict[str, Callable[[Turn, str], bool]] = {
    deep_links.OFFICER: _open_invitation,
    deep_links.RETURN: _open_return_link,
    deep_links.VACANCY: _open_vacancy,
    deep_links.PLACE: _open_place,
}
