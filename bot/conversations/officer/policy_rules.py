"""Versions whose text nobody has read: beside the old one, released after an officer read it."""

from __future__ import annotations

from bot.conversations.officer.policy_card_lines import comparison_words, rule_line
from bot.conversations.officer.policy_cards import key_of
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Option
from bot.services.people.officers import is_in_scope
from bot.services.policies import reviewing
from bot.services.policies.comparing import compare
from bot.services.sending.deliveries import action_data
from content.benefits.rules import BenefitRule
from storage.models import Officer, RuleRelease

script = Script("policy_rules")

OFF, ON = "policy_rule_off", "policy_rule_on"
A_PAGE = 7


@script.asks("list")
def ask_rule(turn: Turn) -> None:
    """List the versions that wait, with who released which."""
    rules = reviewing.unread_rules(turn.deployment)[:A_PAGE]
    if not rules:
        turn.go("policy_cards.statuses")
        return
    releases = _releases(turn)
    lines = [turn.text("policy_cards.rule.head")]
    lines += [rule_line(turn, rule, releases.get(rule.id)) for rule in rules]
    choices = [Choice(f"rule:{rule.id}", rule.id) for rule in rules]
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words("\n".join(lines), choices, key="policy_cards.rule.head")


@script.answers("list")
def take_rule(turn: Turn, answer: Answer) -> bool | None:
    """Show one version beside the old one."""
    if answer.choice == "back":
        turn.go("policy_cards.statuses")
        return None
    if answer.choice is None:
        return False
    turn.go("policy_rules.compare", rule=answer.choice.removeprefix("rule:"))
    return None


@script.asks("compare")
def show_rule(turn: Turn) -> None:
    """Show what a version changes, and what can be done with it."""
    rule = _need(turn)
    release = _releases(turn).get(rule.id)
    words = comparison_words(turn, compare(turn.deployment, rule), release)
    choices = []
    if is_in_scope(_myself(turn), turn.deployment.bureau_adcode):
        to = "release" if release is None else "withdraw"
        choices.append(turn.choice(to, f"policy_cards.choice.{to}"))
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words(words, choices, key="policy_cards.rule.head")


@script.answers("compare")
def take_step(turn: Turn, answer: Answer) -> bool | None:
    """Ask once more before anything changes for workers."""
    if answer.choice == "back":
        turn.go("policy_rules.list")
        return None
    if answer.choice not in {"release", "withdraw"}:
        return False
    turn.go("policy_rules.confirm", to=answer.choice)
    return None


@script.asks("confirm")
def ask_confirm(turn: Turn) -> None:
    """Say from which day which version answers."""
    to = str(turn.answers["to"])
    choices = [
        turn.choice("yes", f"policy_cards.choice.yes_{to}"),
        turn.choice("no", "policy_cards.choice.no"),
    ]
    rule = _need(turn)
    turn.ask(f"policy_cards.confirm.{to}", choices, id=rule.id, day=rule.valid_from.isoformat())


@script.answers("confirm")
def take_confirm(turn: Turn, answer: Answer) -> bool | None:
    """Release or withdraw, or leave it."""
    if answer.choice == "no":
        turn.go("policy_rules.compare")
        return None
    if answer.choice != "yes":
        return False
    if turn.answers["to"] == "release":
        _release(turn, _need(turn))
    else:
        _withdraw(turn, _need(turn))
    turn.finish(again="policy_cards.done.before")
    return None


@script.action(OFF)
def take_back_release(turn: Turn, argument: str) -> None:
    """Withdraw what was released, from the button under it."""
    row = _row_of(turn, argument)
    if row.withdrawn_at is not None:
        raise UserError("fallback.stale.button")
    _withdraw(turn, _rule_of(turn, row))


@script.action(ON)
def take_back_withdrawal(turn: Turn, argument: str) -> None:
    """Release again what was withdrawn, from the button under it."""
    _release(turn, _rule_of(turn, _row_of(turn, argument)))


def _release(turn: Turn, rule: BenefitRule) -> None:
    row = reviewing.release(turn.uow, turn.deployment, _myself(turn), rule)
    turn.say(
        "policy_cards.done.release",
        options=_undo(turn, OFF, row),
        id=rule.id,
        day=rule.valid_from.isoformat(),
    )


def _withdraw(turn: Turn, rule: BenefitRule) -> None:
    row = _releases(turn).get(rule.id)
    if row is None:
        turn.say("policy_cards.done.before")
        return
    reviewing.withdraw(turn.uow, turn.deployment, _myself(turn), rule.id)
    turn.say("policy_cards.done.withdraw", options=_undo(turn, ON, row), id=rule.id)


def _undo(turn: Turn, action: str, row: RuleRelease) -> list[Option]:
    return [Option(1, turn.text("policy_cards.choice.undo"), action_data(action, row.id.hex))]


def _row_of(turn: Turn, argument: str) -> RuleRelease:
    bureau = turn.deployment.bureau_adcode
    row = turn.uow.policy_notices.decision(RuleRelease, key_of(argument), bureau_adcode=bureau)
    if row is None:
        raise UserError("fallback.stale.button")
    return row


def _rule_of(turn: Turn, row: RuleRelease) -> BenefitRule:
    rule = turn.deployment.catalogue.benefits.rule(row.rule_id)
    if rule is None:
        raise UserError("fallback.stale.button")
    return rule


def _releases(turn: Turn) -> dict[str, RuleRelease]:
    rows = turn.uow.policy_notices.releases(turn.deployment.bureau_adcode)
    return {row.rule_id: row for row in rows}


def _need(turn: Turn) -> BenefitRule:
    wanted = turn.answers.get("rule")
    for rule in reviewing.unread_rules(turn.deployment):
        if rule.id == wanted:
            return rule
    raise UserError("fallback.stale.button")


def _myself(turn: Turn) -> Officer:
    if turn.officer is None:
        raise UserError("officer_joining.refused.no_officer")
    return turn.officer
