"""A firm registers: name, credit code, place, whom to ask; an officer looks at the licence."""

from __future__ import annotations

import re
import uuid
from typing import cast

from bot.conversations.enterprise_details import ASKED, asked, script
from bot.conversations.script import Answer
from bot.conversations.turn import Turn
from bot.services import enterprises
from bot.services.enterprises import EnterpriseDetails
from storage.states import EnterpriseStatus, Role

# Whoever hires says so in the first person; "你们招人不" is a worker's question.
__all__ = ["script"]
_IS_FIRM = re.compile(
    r"^(?:你好|您好)?[,，。!！\s]*(?:"
    r"我们?(?:是|这边是|这里是)[^,，。?？]{0,8}?(?:厂|公司|企业|单位|店|用工方)(?:里|方)?的?(?:老板|人事|负责人)?"
    r"|(?:我们?|我们?厂|我们?公司|厂里|公司|我们?店)(?:里)?(?:想|要|来|需要|打算)+招.{0,12}"
    r")[,，。!！\s]*(?:(?:想|要|来)+招.{0,12})?$"
)
_OPEN_TO_FIRMS = ("first_contact.", "menu.")


@script.intercept
def notice_firm(turn: Turn) -> bool:
    """Let somebody who says to be hiring register, unless another question is open."""
    is_free = turn.step is None or turn.step.startswith(_OPEN_TO_FIRMS)
    if turn.role is not Role.WORKER or not is_free:
        return False
    if _IS_FIRM.match(turn.inbound.text.strip()) is None:
        return False
    turn.answers = {}
    turn.go("enterprise_registration.start")
    return True


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


@script.asks("join")
def ask_join(turn: Turn) -> None:
    """Ask whether this person speaks for the firm that is registered already."""
    firm = turn.uow.enterprises.need(uuid.UUID(str(turn.answers["join"])))
    choices = [
        turn.choice("yes", "enterprise_registration.join.yes", "申请加入", "是"),
        turn.choice("no", "enterprise_registration.join.no", "输错了", "不是"),
    ]
    turn.ask("enterprise_registration.join.ask", choices, firm=firm.name)


@script.answers("join")
def take_join(turn: Turn, answer: Answer) -> bool | None:
    """Ask the officer to let this address in, or go back to the code."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn.go("enterprise_registration.code")
        return None
    firm = turn.uow.enterprises.need(uuid.UUID(str(turn.answers["join"])))
    enterprises.ask_to_join(turn.uow, turn.deployment, firm, turn.address)
    turn.say("enterprise_registration.join.asked", firm=firm.name)
    turn.finish(again="enterprise_registration.start.again")
    return None


@script.asks("check")
def ask_check(turn: Turn) -> None:
    """Repeat everything and ask whether it is right."""
    given = {part: str(turn.answers.get(part, "")) for part in ASKED}
    given["place"] = turn.deployment.catalogue.places.short_name(given["place"])
    choices = [
        turn.choice("yes", "enterprise_registration.check.yes", "对", "对的"),
        turn.choice("no", "enterprise_registration.check.no", "改", "不对"),
    ]
    purpose = "ask_short" if turn.answers.get("by_officer") else "ask"
    turn.ask(f"enterprise_registration.check.{purpose}", choices, **given)


@script.answers("check")
def take_check(turn: Turn, answer: Answer) -> bool | None:
    """Register, or ask what to change."""
    if answer.choice is None:
        return False
    if answer.choice == "no":
        turn.go("enterprise_registration.change")
    else:
        _register(turn)
    return None


@script.asks("change")
def ask_change(turn: Turn) -> None:
    """Ask which of the facts is wrong."""
    choices = [turn.choice(part, f"enterprise_registration.change.{part}") for part in asked(turn)]
    turn.ask("enterprise_registration.change.ask", choices)


@script.answers("change")
def take_change(turn: Turn, answer: Answer) -> bool | None:
    """Ask that fact again and come back to the summary."""
    if answer.choice is None:
        return False
    turn.answers.pop(answer.choice, None)
    turn.go(f"enterprise_registration.{answer.choice}")
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
    address = None if by_officer else turn.address
    firm = enterprises.register(turn.uow, turn.deployment, details, address=address)
    turn.say("enterprise_registration.done.pending", firm=firm.name)
    turn.answers = {}
    turn.go("vacancy_posting.paste", firm=firm.id.hex)
