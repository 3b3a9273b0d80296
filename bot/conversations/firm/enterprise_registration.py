"""A firm registers: name, credit code, place, whom to ask; an officer looks at the licence."""

from __future__ import annotations

import re
import uuid
from typing import cast

from bot.conversations.answering import gives_up
from bot.conversations.firm.enterprise_details import (
    ASKED,
    TRIES_BEFORE_PERSON,
    asked,
    is_in_charge,
    keep_post,
    script,
)
from bot.conversations.firm.vacancy_posting import take_post
from bot.conversations.script import Answer
from bot.conversations.turn import Turn
from bot.conversations.worker.first_contact import is_stranger
from bot.errors import UserError
from bot.services.people import enterprises
from bot.services.people.enterprises import EnterpriseDetails
from bot.services.vacancies import posts
from storage.states import EnterpriseStatus, Role

# Whoever hires says so in the first person; "你们招人不" is a worker's question.
__all__ = ["script"]
_IS_FIRM = re.compile(
    r"^(?:你好|您好)?[,，。!！\s]*(?:"
    r"我们?(?:是|这边是|这里是)[^,，。?？]{0,8}?(?:厂|公司|企业|单位|店|用工方)(?:里|方)?的?(?:老板|人事|负责人)?"
    r"|(?:我们?|我们?厂|我们?公司|厂里|公司|我们?店)(?:里)?(?:想|要|来|需要|打算)+招.{0,12}"
    r")[,，。!！\s]*(?:(?:想|要|来)+招.{0,12})?$"
)
_TRADE_NAME = re.compile(
    r"我们(?:这边|这里)?是[^,，。?？做搞找]{1,12}(?:制衣|服装|服饰|鞋业|电子|家具|家居|食品|建材|机械|"
    r"集团|物流|餐饮|饭店|酒店|酒楼|超市|合作社|建筑|劳务|工厂|工地)[。!！\s]*"
)
_HIRES = re.compile(
    r"我是[^,，。?？找问]{0,8}(?:老板|厂长|经理|人事|负责人|招工的|招人的)"
    r"[,，。!！\s]*(?:(?:想|要|来|需要|打算)*招.{0,12})?"
)
_OPEN_TO_FIRMS = ("first_contact.", "menu.")


@script.intercept
def notice_firm(turn: Turn) -> bool:
    """Let somebody who says to be hiring register, unless another question is open."""
    is_free = turn.step is None or turn.step.startswith(_OPEN_TO_FIRMS)
    if turn.role is not Role.WORKER or not is_free:
        return False
    text = turn.inbound.text.strip()
    if any(said.fullmatch(text) for said in (_IS_FIRM, _TRADE_NAME, _HIRES)):
        turn.answers = {}
        turn.go("enterprise_registration.start")
        return True
    if is_stranger(turn) and posts.is_recruiting(text):
        return _ask_whose_post(turn, text)
    return False


def _ask_whose_post(turn: Turn, text: str) -> bool:
    if not posts.is_plain_post(text, posts.read_post(turn.deployment, text)):
        return False
    turn.answers = {}
    turn.go("enterprise_registration.who", post=text[: posts.LONGEST_READ])
    return True


@script.asks("who")
def ask_who(turn: Turn) -> None:
    """Ask somebody unknown who sent a post whether they hire or look for work."""
    choices = [
        turn.choice("hires", "enterprise_registration.who.hires", "招工", "招人", "招人的"),
        turn.choice("looks", "enterprise_registration.who.looks", "找活", "找工作"),
        turn.human_choice(),
    ]
    turn.ask("enterprise_registration.who.ask", choices)


@script.answers("who")
def take_who(turn: Turn, answer: Answer) -> bool | None:
    """Register the firm and keep the post, or ask for the work that is looked for."""
    if answer.choice == "hires":
        turn.go("enterprise_registration.start")
    elif answer.choice == "looks":
        turn.answers = {}
        turn.go("first_contact.start")
    else:
        return False
    return None


@script.command("enterprise")
def register_command(turn: Turn, _argument: str) -> None:
    """Start registering, or open the firm's menu where it is registered."""
    turn.answers = {}
    turn.go("enterprise_registration.start")


@script.asks("start")
def start(turn: Turn) -> None:
    """Tell how this address stands to a firm, and ask what is missing."""
    link = turn.uow.enterprises.link_at(turn.address.id)
    if link is None:
        turn.say("enterprise_registration.start.welcome")
        turn.go("enterprise_registration.name")
        return
    firm = turn.uow.enterprises.need(link.enterprise_id)
    if link.awaits_officer:
        turn.say("enterprise_registration.start.waiting", firm=firm.name)
        turn.finish(again="enterprise_registration.start.again")
        return
    turn.address.role = Role.ENTERPRISE
    turn.say(f"enterprise_registration.start.{firm.status.value}", firm=firm.name)
    if firm.status is EnterpriseStatus.SUSPENDED:
        turn.finish(again="enterprise_registration.start.again")
    else:
        turn.go("menu.enterprise")


@script.asks("join", keeps_words=True)
def ask_join(turn: Turn) -> None:
    """Ask whether this person speaks for the firm that is registered already."""
    firm = turn.uow.enterprises.need(uuid.UUID(str(turn.answers["join"])))
    choices = [
        turn.choice("yes", "enterprise_registration.join.yes", "申请加入", "是"),
        turn.choice("no", "enterprise_registration.join.no", "输错了", "不是"),
        turn.human_choice(),
    ]
    turn.ask("enterprise_registration.join.ask", choices, firm=firm.name)


@script.answers("join")
def take_join(turn: Turn, answer: Answer) -> bool | None:
    """Ask the officer to let this address in, or go back to the code."""
    if answer.choice is None:
        return _unclear(turn, answer.text)
    if answer.choice == "no":
        turn.go("enterprise_registration.code")
        return None
    firm = turn.uow.enterprises.need(uuid.UUID(str(turn.answers["join"])))
    enterprises.ask_to_join(turn.uow, turn.deployment, firm, turn.address)
    turn.say("enterprise_registration.join.asked", firm=firm.name)
    turn.finish(again="enterprise_registration.start.again")
    return None


@script.asks("check", keeps_words=True)
def ask_check(turn: Turn) -> None:
    """Repeat everything and ask whether it is right."""
    given = {part: str(turn.answers.get(part, "")) for part in ASKED}
    given["place"] = turn.deployment.catalogue.places.short_name(given["place"])
    choices = [
        turn.choice("yes", "enterprise_registration.check.yes", "对", "对的"),
        turn.choice("no", "enterprise_registration.check.no", "改", "不对"),
        turn.human_choice(),
    ]
    purpose = "ask_short" if turn.answers.get("by_officer") else "ask"
    key = f"enterprise_registration.check.{purpose}"
    turn.ask_words(turn.text(key, **given), choices, key=key)


@script.answers("check")
def take_check(turn: Turn, answer: Answer) -> bool | None:
    """Register, or ask what to change."""
    if answer.choice is None:
        return _unclear(turn, answer.text)
    if answer.choice == "no":
        turn.go("enterprise_registration.change")
    else:
        _register(turn)
    return None


@script.asks("change", keeps_words=True)
def ask_change(turn: Turn) -> None:
    """Ask which of the facts is wrong."""
    choices = [turn.choice(part, f"enterprise_registration.change.{part}") for part in asked(turn)]
    turn.ask("enterprise_registration.change.ask", [*choices, turn.human_choice()])


@script.answers("change")
def take_change(turn: Turn, answer: Answer) -> bool | None:
    """Ask that fact again and come back to the summary."""
    if answer.choice is None:
        return _unclear(turn, answer.text)
    turn.answers.pop(answer.choice, None)
    turn.go(f"enterprise_registration.{answer.choice}")
    return None


def _unclear(turn: Turn, text: str) -> bool | None:
    """Keep a post for later, else ask again in other words; the registration stays."""
    if gives_up(text):
        return False
    if keep_post(turn, text):
        return None
    tries = cast("int", turn.answers.get("tries", 0)) + 1
    turn.answers["tries"] = tries
    if tries % TRIES_BEFORE_PERSON == 0 and turn.engine.router.fetch_person(turn):
        return None
    turn.say(f"enterprise_registration.unclear.time{min(tries, 2)}")
    turn.ask_again()
    return None


def _register(turn: Turn) -> None:
    by_officer = turn.officer if turn.answers.get("by_officer") else None
    given = cast("dict[str, str]", turn.answers)
    details = EnterpriseDetails(
        name=given["name"],
        credit_code=given["code"],
        adcode=given["place"],
        contact_name=by_officer.name if by_officer else given["contact"],
        contact_phone=by_officer.phone if by_officer else given["phone"],
    )
    if enterprises.of_code(turn.uow, turn.deployment, details.credit_code) is not None:
        turn.go("enterprise_registration.code")
        return
    if by_officer and not is_in_charge(turn, details.adcode):
        raise UserError("enterprise_registration.place.elsewhere")
    address = None if by_officer else turn.address
    firm = enterprises.register(turn.uow, turn.deployment, details, address=address)
    turn.say("enterprise_registration.done.pending", firm=firm.name)
    post = turn.answers.get("post")
    turn.answers = {}
    if post:
        take_post(turn, str(post), firm=firm)
    else:
        turn.go("vacancy_posting.paste", firm=firm.id.hex)
