"""/cards: the policy cards of the bureau's city; read whole, then reviewed by officers."""

from __future__ import annotations

import uuid

from bot.conversations.officer.cases import my_officer
from bot.conversations.officer.policy_card_lines import STATES, card_words, listed_line
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Option
from bot.services.people.officers import is_in_scope
from bot.services.policies import reviewing
from bot.services.policies.reviewing import ReviewedCard
from bot.services.sending.deliveries import action_data
from content.policies.cards import ReviewStatus
from storage.models import Officer
from storage.states import Role

script = Script("policy_cards")

UNDO = "policy_review_undo"
A_PAGE = 6
WORDS = {words: status for status, words in STATES.items()}
# What is left to do stands first.
ORDER = (ReviewStatus.UNREVIEWED, ReviewStatus.VALID, ReviewStatus.HISTORIC)


@script.command("cards", "政策卡", "卡片", roles=frozenset({Role.OFFICER}))
def cards_command(turn: Turn, argument: str) -> None:
    """Show the cards, those of a status (`/cards 待核`) or one by its id."""
    if my_officer(turn) is None:
        return
    turn.finish()
    wanted = argument.strip()
    if wanted in set(ReviewStatus):
        turn.go("policy_cards.list", status=STATES[ReviewStatus(wanted)], page=0)
    elif wanted and _find(turn, wanted.upper()) is not None:
        turn.go("policy_cards.card", card=wanted.upper())
    else:
        turn.go("policy_cards.statuses")


@script.asks("statuses")
def ask_status(turn: Turn) -> None:
    """Show how many cards stand how, and how many versions wait to be released."""
    found = _cards(turn)
    if not found:
        turn.say("policy_cards.list.no_city")
        turn.finish()
        return
    choices = []
    for status in ORDER:
        count = sum(one.card.status is status for one in found)
        if count:
            choices.append(turn.choice(STATES[status], _choice_key(status), count=count))
    rules = reviewing.unread_rules(turn.deployment)
    if rules:
        choices.append(turn.choice("rules", "policy_cards.choice.rules", count=len(rules)))
    outdated = sum(one.is_outdated for one in found)
    key = "policy_cards.list.outdated" if outdated else "policy_cards.list.head"
    turn.ask(key, [*choices, _back(turn)], count=len(found), outdated=outdated)


@script.answers("statuses")
def take_status(turn: Turn, answer: Answer) -> bool | None:
    """Open the list of a status, or the versions that wait."""
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
    elif answer.choice == "rules":
        turn.go("policy_rules.list")
    elif answer.choice in WORDS:
        turn.go("policy_cards.list", status=answer.choice, page=0)
    else:
        return False
    return None


@script.asks("list")
def ask_card(turn: Turn) -> None:
    """List the cards of one status, six at a time."""
    status = WORDS[str(turn.answers["status"])]
    found = [one for one in _cards(turn) if one.card.status is status]
    first = _page(turn) * A_PAGE
    shown = found[first : first + A_PAGE]
    if not shown:
        turn.go("policy_cards.statuses")
        return
    state = turn.text(f"policy_cards.state.{STATES[status]}")
    lines = [turn.text("policy_cards.list.of", state=state, count=len(found))]
    lines += [listed_line(turn, number, one) for number, one in enumerate(shown, 1)]
    choices = [Choice(f"card:{one.card.id}", one.card.title) for one in shown]
    if len(found) > first + A_PAGE:
        choices.append(turn.choice("more", "policy_cards.choice.more"))
    turn.ask_words("\n".join(lines), [*choices, _back(turn)], key="policy_cards.list.of")


@script.answers("list")
def take_card(turn: Turn, answer: Answer) -> bool | None:
    """Open a card, or the next page."""
    if answer.choice == "back":
        turn.go("policy_cards.statuses")
    elif answer.choice == "more":
        turn.go("policy_cards.list", page=_page(turn) + 1)
    elif answer.choice and answer.choice.startswith("card:"):
        turn.go("policy_cards.card", card=answer.choice.removeprefix("card:"))
    else:
        return False
    return None


@script.asks("card")
def show_card(turn: Turn) -> None:
    """Show a whole card, and what it can be called."""
    found = _need(turn)
    choices = []
    if _may_review(turn):
        choices = [
            turn.choice(STATES[status], f"policy_cards.choice.mark_{STATES[status]}")
            for status in ORDER
            if found.is_outdated or status is not found.card.status
        ]
    waiting = [rule.mechanism for rule in reviewing.unread_rules(turn.deployment)]
    if found.card.mechanism in waiting:
        choices.append(turn.choice("rules", "policy_cards.choice.rules", count=len(waiting)))
    turn.ask_words(card_words(turn, found), [*choices, _back(turn)], key="policy_cards.card.head")


@script.answers("card")
def take_mark(turn: Turn, answer: Answer) -> bool | None:
    """Ask once more what was chosen, or go back."""
    if answer.choice == "back":
        status = STATES[_need(turn).card.status]
        turn.go("policy_cards.list", status=status, page=0)
    elif answer.choice == "rules":
        turn.go("policy_rules.list")
    elif answer.choice in WORDS:
        turn.go("policy_cards.confirm", to=answer.choice)
    else:
        return False
    return None


@script.asks("confirm")
def ask_confirm(turn: Turn) -> None:
    """Say what the review changes for workers, and ask once more."""
    to = str(turn.answers["to"])
    choices = [
        turn.choice("yes", f"policy_cards.choice.yes_{to}"),
        turn.choice("no", "policy_cards.choice.no"),
    ]
    turn.ask(f"policy_cards.confirm.{to}", choices, title=_need(turn).card.title)


@script.answers("confirm")
def take_confirm(turn: Turn, answer: Answer) -> bool | None:
    """Write the review down, or leave it."""
    if answer.choice == "no":
        turn.go("policy_cards.card")
        return None
    if answer.choice != "yes":
        return False
    to = str(turn.answers["to"])
    card = _need(turn).card
    row = reviewing.review(turn.uow, turn.deployment, _myself(turn), card, WORDS[to])
    undo = turn.text("policy_cards.choice.undo")
    options = [Option(1, undo, action_data(UNDO, row.id.hex))]
    turn.say(f"policy_cards.done.{to}", options=options, title=card.title)
    turn.finish(again="policy_cards.done.before")
    return None


@script.action(UNDO)
def undo_review(turn: Turn, argument: str) -> None:
    """Take a review back, while it is the newest of its card."""
    row = reviewing.undo_review(turn.uow, turn.deployment, _myself(turn), key_of(argument))
    found = _find(turn, row.card_id)
    title = found.card.title if found is not None else row.card_id
    state = turn.text(f"policy_cards.state.{STATES[row.status]}")
    turn.say("policy_cards.done.undone", title=title, state=state)


def key_of(argument: str) -> uuid.UUID:
    """Return the key that a button carries.

    Raises:
        UserError: It is none.
    """
    try:
        return uuid.UUID(argument)
    except ValueError:
        raise UserError("fallback.stale.button") from None


def _cards(turn: Turn) -> list[ReviewedCard]:
    deployment = turn.deployment
    city = reviewing.city_of(deployment)
    cards = deployment.catalogue.policies.cards()
    own = tuple(card for card in cards if card.jurisdiction == city)
    return list(reviewing.reviewed_cards(turn.uow, deployment, own))


def _find(turn: Turn, card_id: str) -> ReviewedCard | None:
    return next((one for one in _cards(turn) if one.card.id == card_id), None)


def _need(turn: Turn) -> ReviewedCard:
    found = _find(turn, str(turn.answers.get("card")))
    if found is None:
        raise UserError("fallback.stale.button")
    return found


def _page(turn: Turn) -> int:
    page = turn.answers.get("page")
    return page if isinstance(page, int) else 0


def _choice_key(status: ReviewStatus) -> str:
    return f"policy_cards.choice.{STATES[status]}"


def _back(turn: Turn) -> Choice:
    return turn.choice("back", "common.choice.back")


def _may_review(turn: Turn) -> bool:
    return is_in_scope(_myself(turn), turn.deployment.bureau_adcode)


def _myself(turn: Turn) -> Officer:
    if turn.officer is None:
        raise UserError("officer_joining.refused.no_officer")
    return turn.officer
