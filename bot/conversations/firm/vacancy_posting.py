"""Posting a vacancy: paste the words, hear what was understood, put right what is unlawful."""

from __future__ import annotations

import uuid
from typing import cast

from bot.conversations.firm.draft_review import begin, correct_one
from bot.conversations.firm.draft_steps import script
from bot.conversations.firm.own_vacancies import own_vacancy
from bot.conversations.firm.pasted_posts import PASTED, firms_of, take_parts, unread_in
from bot.conversations.officer.posted_firms import is_own, need_officer, posting_firm
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer
from bot.conversations.turn import Turn
from bot.services.people import enterprises
from bot.services.vacancies import posts, reviews, vacancies
from bot.services.vacancies.vacancy_states import CHANGEABLE
from content.check_digits import credit_code_problem
from storage.models import Enterprise
from storage.states import Role, VacancyStatus

__all__ = ["script"]
SHORTEST_WORDS = 2
TRIES_BEFORE_ASKING = 2
SHOWN_UNREAD = 80
FIRMS_SHOWN = 5
OPEN_TO_POSTS = frozenset({None, "menu.enterprise", "vacancy_list.show"})


@script.asks("start")
def start(turn: Turn) -> None:
    """Open the way that fits who speaks: a firm, an officer, or nobody registered yet."""
    turn.answers = {}
    if turn.role is Role.OFFICER and turn.officer is not None:
        turn.go("vacancy_posting.for_firm")
    elif turn.enterprise is None:
        turn.go("enterprise_registration.start")
    else:
        enterprises.need_may_post(turn.enterprise)
        turn.go("vacancy_posting.paste")


@script.command("post", roles=frozenset({Role.ENTERPRISE, Role.OFFICER}))
def post_command(turn: Turn, argument: str) -> None:
    """Start posting; words behind the command are the post itself."""
    turn.answers = {}
    if argument and turn.enterprise is not None:
        take_post(turn, argument, firm=turn.enterprise)
    else:
        turn.go("vacancy_posting.start")


@script.asks("paste", WORDS, keeps_words=True)
def ask_post(turn: Turn) -> None:
    """Ask for the post as it is; an officer reads for which firm.

    What was pasted before the firm was known is read now.
    """
    firm = posting_firm(turn)
    pasted = turn.answers.pop(PASTED, None)
    if isinstance(pasted, str):
        take_post(turn, pasted, firm=firm)
        return
    purpose = "for_firm" if turn.role is Role.OFFICER else "ask"
    turn.ask(f"vacancy_posting.paste.{purpose}", firm=firm.name)


@script.answers("paste")
def read_pasted(turn: Turn, answer: Answer) -> bool | None:
    """Read the post."""
    if not answer.text:
        return False
    take_post(turn, answer.text, firm=posting_firm(turn))
    return None


@script.intent(
    "find_job",
    "register",
    "apply",
    "training",
    "policy_question",
    "update_profile",
    "complain_wages",
    "checkin_reply",
    "other",
    roles=(Role.ENTERPRISE,),
)
def hear_post(turn: Turn) -> None:
    """Take words that read as a post wherever no question of the firm's own catches them."""
    text = turn.inbound.text.strip()
    firm = turn.enterprise
    if firm is None:
        return
    if _holds_post(turn, text):
        turn.answers = {}
        take_post(turn, text, firm=firm)
    elif turn.step is None and _corrects_given_back(turn, text):
        return
    elif posts.is_recruiting(text) and turn.step in OPEN_TO_POSTS:
        turn.go("vacancy_posting.start")


@script.intent(
    "find_job", "register", "apply", "training", "policy_question", "other", roles=(Role.OFFICER,)
)
def hear_officers_post(turn: Turn) -> None:
    """Take posts that an officer pastes where nothing else is asked."""
    text = turn.inbound.text.strip()
    is_free = turn.step in {None, "menu.officer"}
    if is_free and turn.officer is not None and _holds_post(turn, text):
        turn.answers = {}
        take_officers_posts(turn, text)


def _holds_post(turn: Turn, text: str) -> bool:
    parts = posts.read_posts(turn.deployment, text)
    return any(posts.looks_like_post(part.text, part.reading) for part in parts)


def _corrects_given_back(turn: Turn, text: str) -> bool:
    """Take one line right after the message that gave a vacancy back."""
    last = turn.uow.deliveries.last_accepted(turn.address.id)
    if last is None or last.text_key != reviews.GIVEN_BACK or last.subject_id is None:
        return False
    vacancy = own_vacancy(turn, last.subject_id.hex)
    return vacancy.status is VacancyStatus.NEEDS_FIX and correct_one(turn, vacancy, text)


def take_post(turn: Turn, text: str, *, firm: Enterprise) -> None:
    """Make drafts of a post, after asking when the same words came within the hour.

    Of several posts in one message each becomes a draft of its own.
    """
    parts = posts.read_posts(turn.deployment, text)
    if len(parts) > 1:
        take_parts(turn, parts, [firm_of_part or firm for firm_of_part in firms_of(turn, parts)])
        return
    enterprises.need_may_post(firm)
    turn.answers["firm"] = firm.id.hex
    earlier = posts.same_post(turn.uow, turn.deployment, firm, text)
    if earlier is not None:
        turn.go(
            "vacancy_posting.same_again",
            text=text[: posts.LONGEST_READ],
            number=vacancies.reference(earlier),
        )
        return
    _make_drafts(turn, text, firm=firm)


@script.asks("same_again")
def ask_same_again(turn: Turn) -> None:
    """Ask whether the same words within an hour are a second opening."""
    choices = [
        turn.choice("second", "vacancy_posting.same_again.second", "另一批", "另外招"),
        turn.choice("mistake", "vacancy_posting.same_again.mistake", "发重了", "重复了"),
    ]
    turn.ask("vacancy_posting.same_again.ask", choices, number=turn.answers["number"])


@script.answers("same_again")
def take_same_again(turn: Turn, answer: Answer) -> bool | None:
    """Make the second opening, or leave it at the first."""
    if answer.choice == "second":
        _make_drafts(turn, str(turn.answers["text"]), firm=posting_firm(turn))
        return None
    if answer.choice != "mistake":
        return False
    turn.say("vacancy_posting.same_again.left", number=turn.answers["number"])
    turn.finish(again="vacancy_posting.sent.again")
    return None


@script.asks("for_firm", WORDS)
def ask_firm(turn: Turn) -> None:
    """Ask an officer for which firm; the newest ones are numbered."""
    officer = need_officer(turn)
    found = turn.answers.get("found")
    keys = found if isinstance(found, list) else None
    firms = (
        turn.uow.enterprises.newest(scope=officer.scope, limit=FIRMS_SHOWN)
        if keys is None
        else [turn.uow.enterprises.need(uuid.UUID(str(key))) for key in keys]
    )
    choices = [
        turn.choice(firm.id.hex, "vacancy_posting.for_firm.one", firm=firm.name) for firm in firms
    ]
    new = turn.choice("new", "vacancy_posting.for_firm.new", "登记", "新的")
    unnamed = turn.answers.get("unnamed")
    purpose = "ask_unnamed" if PASTED in turn.answers and unnamed else "ask"
    turn.ask(f"vacancy_posting.for_firm.{purpose}", [*choices, new], count=unnamed)


@script.answers("for_firm")
def take_firm(turn: Turn, answer: Answer) -> bool | None:
    """Find the firm by number, name or code; register one that is not known."""
    officer = need_officer(turn)
    if answer.choice == "new":
        turn.go("enterprise_registration.name", by_officer=True)
        return None
    if answer.choice is not None:
        turn.go("vacancy_posting.paste", firm=answer.choice)
        return None
    if _holds_post(turn, answer.text):
        take_officers_posts(turn, answer.text)
        return None
    if len(answer.text) < SHORTEST_WORDS:
        return False
    if credit_code_problem(answer.text) is None:
        firm = enterprises.of_code(turn.uow, turn.deployment, answer.text)
        found = [firm] if firm is not None else []
        found = [one for one in found if is_own(turn, one)]
    else:
        found = turn.uow.enterprises.named_like(answer.text, scope=officer.scope)
    _go_to_firm(turn, found, words=answer.text)
    return None


@script.action("draft")
def open_draft(turn: Turn, vacancy_hex: str) -> None:
    """Open a draft, or a vacancy that was given back, where it stands."""
    vacancy = own_vacancy(turn, vacancy_hex)
    if vacancy.status not in CHANGEABLE:
        raise vacancies.VacancyStateError(vacancy)
    begin(turn, [vacancy], firm=turn.uow.enterprises.need(vacancy.enterprise_id))


def take_officers_posts(turn: Turn, text: str) -> None:
    """Take the firm of each post from its words; whose it does not say is asked once for all."""
    parts = posts.read_posts(turn.deployment, text)
    firms = firms_of(turn, parts)
    unnamed = sum(firm is None for firm in firms)
    if unnamed:
        turn.answers = {PASTED: text, "unnamed": unnamed}
        turn.go("vacancy_posting.for_firm")
    elif len(parts) == 1 and firms[0] is not None:
        take_post(turn, text, firm=firms[0])
    else:
        take_parts(turn, parts, firms)


def _make_drafts(turn: Turn, text: str, *, firm: Enterprise) -> None:
    reading = posts.read_post(turn.deployment, text)
    if not reading.jobs:
        tries = cast("int", turn.answers.get("tries", 0)) + 1
        turn.answers["tries"] = tries
        if tries < TRIES_BEFORE_ASKING:
            turn.address.step = "vacancy_posting.paste"
            turn.ask("vacancy_posting.paste.nothing")
            return
        reading = posts.empty_reading(reading)
    officer = turn.officer if turn.role is Role.OFFICER else None
    drafts = vacancies.create_drafts(
        turn.uow,
        turn.deployment,
        firm,
        text[: posts.LONGEST_READ],
        reading,
        officer_id=officer.id if officer is not None else None,
    )
    _say_unread(turn, text, unread=unread_in(reading))
    begin(turn, drafts, firm=firm)


def _say_unread(turn: Turn, text: str, *, unread: list[str]) -> None:
    if len(text) > posts.LONGEST_READ:
        turn.say("vacancy_posting.paste.too_long", count=posts.LONGEST_READ)
    elif unread:
        words = "、".join(unread)
        shown = words if len(words) <= SHOWN_UNREAD else f"{words[:SHOWN_UNREAD]}…"
        turn.say("vacancy_posting.read.unread", words=shown)


def _go_to_firm(turn: Turn, found: list[Enterprise], *, words: str) -> None:
    if len(found) == 1:
        turn.go("vacancy_posting.paste", firm=found[0].id.hex)
    elif found:
        turn.go("vacancy_posting.for_firm", found=[firm.id.hex for firm in found])
    else:
        turn.say("vacancy_posting.for_firm.unknown", words=words[:24])
        turn.go("vacancy_posting.for_firm", found=[])
