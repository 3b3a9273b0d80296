"""Becoming an officer by invitation, and inviting the next one."""

from __future__ import annotations

from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.people import officers
from bot.services.people.officers import INVITATION_LIFE
from bot.services.sending import deep_links
from storage.models import Officer

script = Script("officer_joining")
LONGEST_NAME = 20
MOST_PLACES = 6


@script.asks("accept")
def show_invitation(turn: Turn) -> None:
    """Show for which place somebody is invited, or why the link does not work."""
    token = str(turn.answers.get("token", ""))
    if turn.officer is not None:
        raise UserError("officer_joining.refused.already")
    invitation = officers.open_invitation(turn.uow, turn.deployment, token)
    turn.ask(
        "officer_joining.accept.question",
        [
            turn.choice("yes", "officer_joining.choice.accept"),
            turn.choice("no", "officer_joining.choice.decline"),
        ],
        name=invitation.name,
        place=place_name(turn, invitation.scope),
    )


@script.answers("accept")
def accept(turn: Turn, answer: Answer) -> bool | None:
    """Make this address an officer's and ask how the officer is called."""
    if answer.choice == "no":
        turn.say("officer_joining.accept.declined")
        turn.finish()
        return True
    if answer.choice != "yes":
        return False
    token = str(turn.answers.get("token", ""))
    officer = officers.accept(turn.uow, turn.deployment, token, turn.address)
    turn.uow.session.flush()
    turn.answers = {}
    turn.go("officer_joining.name", invited_as=officer.name)
    return True


@script.asks("name", WORDS, keeps_words=True)
def ask_name(turn: Turn) -> None:
    """Ask how workers hear of the officer."""
    invited_as = str(turn.answers.get("invited_as", ""))
    same = turn.choice("same", "officer_joining.choice.same_name", name=invited_as)
    turn.ask("officer_joining.name.question", [same])


@script.answers("name")
def keep_name(turn: Turn, answer: Answer) -> bool | None:
    """Keep the name and ask for a phone."""
    officer = _myself(turn)
    if answer.choice != "same":
        name = " ".join(answer.text.split())
        if not name or len(name) > LONGEST_NAME or any(sign.isdigit() for sign in name):
            return False
        officer.name = name
    turn.go("officer_joining.phone")
    return True


@script.asks("phone", WORDS, keeps_words=True)
def ask_phone(turn: Turn) -> None:
    """Ask for the phone that other officers see; workers never do."""
    later = turn.choice("later", "officer_joining.choice.later")
    turn.ask("officer_joining.phone.question", [later])


@script.answers("phone")
def keep_phone(turn: Turn, answer: Answer) -> bool | None:
    """Keep the phone and show the officer's menu."""
    officer = _myself(turn)
    if answer.choice != "later":
        if answer.reading.phone is None:
            return False
        officer.phone = answer.reading.phone
    turn.say(
        "officer_joining.done.welcome", name=officer.name, place=place_name(turn, officer.scope)
    )
    turn.finish()
    turn.go("menu.officer")
    return True


@script.asks("invite", WORDS, keeps_words=True)
def ask_whom(turn: Turn) -> None:
    """Ask for the name of the officer to invite."""
    _myself(turn)
    poster = turn.choice("poster", "officer_joining.choice.poster", "海报", "poster")
    back = turn.choice("back", "common.choice.back")
    turn.ask("officer_joining.invite.name", [poster, back])


@script.answers("invite")
def keep_whom(turn: Turn, answer: Answer) -> bool | None:
    """Keep the name and ask for the place; or make a poster, which invites workers."""
    if answer.choice == "poster":
        turn.finish()
        turn.go("posters.what")
        return True
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
        return True
    name = " ".join(answer.text.split())
    if not name or len(name) > LONGEST_NAME or any(sign.isdigit() for sign in name):
        return False
    turn.go("officer_joining.place", name=name)
    return True


@script.asks("place", WORDS, keeps_words=True)
def ask_place(turn: Turn) -> None:
    """Ask which place the invited officer looks after, by name or code."""
    officer = _myself(turn)
    own = turn.choice("own", "officer_joining.choice.own", place=place_name(turn, officer.scope))
    back = turn.choice("back", "common.choice.back")
    turn.ask("officer_joining.invite.place", [own, back], name=str(turn.answers.get("name")))


@script.answers("place")
def show_link(turn: Turn, answer: Answer) -> bool | None:
    """Make the invitation and show its link and picture."""
    officer = _myself(turn)
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
        return True
    codes = [officer.scope] if answer.choice == "own" else codes_named(turn, answer.text)
    inside = [code for code in codes if officers.is_in_scope(officer, code)]
    if not inside:
        if codes:
            raise UserError("officer_joining.refused.other_scope")
        return False
    if len(inside) > 1:
        name_several(turn, inside)
        return True
    _invite(turn, officer, inside[0])
    return True


def place_name(turn: Turn, scope: str) -> str:
    """Return the name of what a scope covers; the code itself where it has none."""
    places = turn.deployment.catalogue.places
    place = places.get(scope if len(scope) > officers.COUNTY else scope.ljust(6, "0"))
    return place.name if place is not None else scope


def _myself(turn: Turn) -> Officer:
    if turn.officer is None:
        raise UserError("officer_joining.refused.no_officer")
    return turn.officer


def codes_named(turn: Turn, words: str) -> list[str]:
    """Return the scopes of the places that a code or a name means."""
    typed = words.strip()
    if typed.isdecimal():
        padded = typed if len(typed) > officers.COUNTY else typed.ljust(6, "0")
        known = turn.deployment.catalogue.places.get(padded)
        return [officers.scope_of(known.code)] if known is not None else []
    found = turn.deployment.catalogue.places.find(typed)
    return list(dict.fromkeys(officers.scope_of(place.code) for place in found))


def name_several(turn: Turn, codes: list[str]) -> None:
    """Show places of one name with their codes, and ask again."""
    names = [f"{place_name(turn, code)} {code}" for code in codes[:MOST_PLACES]]
    turn.say("officer_joining.invite.several", places="\n".join(names))
    turn.ask_again()


def _invite(turn: Turn, officer: Officer, scope: str) -> None:
    name = str(turn.answers.get("name", ""))
    token = officers.invite(
        turn.uow, turn.deployment, scope=scope, name=name, by=officers.actor_of(officer)
    )
    start_token = f"{deep_links.OFFICER}{token}"
    turn.say(
        "officer_joining.invite.link",
        link=deep_links.picture_path(start_token),
        name=name,
        place=place_name(turn, scope),
        hours=int(INVITATION_LIFE.total_seconds() // 3600),
        url=deep_links.web_link(turn.deployment, start_token),
    )
    telegram = deep_links.telegram_link(turn.uow, turn.deployment, start_token)
    if telegram is not None:
        turn.say("officer_joining.invite.telegram", url=telegram)
    turn.finish()
    turn.go("menu.officer")
