"""/weights: what the ranking goes by, beside what it was given; switched by officers."""

from __future__ import annotations

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Option
from bot.services.people.officers import is_in_scope
from bot.services.ranking import learning
from bot.services.ranking.learning import State
from bot.services.sending.deliveries import action_data
from matching.learning.model import LEAST_ANSWERS, LEAST_WORKERS, Verdict
from storage.models import Officer
from storage.states import Role

script = Script("ranking_weights")

SWITCH = "ranking_weights"
ON, OFF = "on", "off"


@script.command("weights", "权重", roles=frozenset({Role.OFFICER}))
def weights_command(turn: Turn, _argument: str) -> None:
    """Show the weights in force."""
    turn.finish()
    turn.go("ranking_weights.shown")


@script.asks("shown")
def show(turn: Turn) -> None:
    """Show every weight beside the built-in one, where it comes from, and what can be done."""
    officer = _myself(turn)
    state = learning.state_of(turn.uow, turn.deployment)
    lines = [turn.text(f"ranking_weights.head.{_source(state)}")]
    lines += [
        turn.text(
            "ranking_weights.line.weight",
            term=turn.text(f"ranking_weights.term.{name}"),
            now=f"{state.weights.get(name, 0.0):.1f}",
            built_in=f"{built_in:.1f}",
        )
        for name, built_in in learning.built_in().items()
    ]
    lines.append(_origin(turn, state))
    may_switch = is_in_scope(officer, turn.deployment.bureau_adcode)
    offers = _offers(state) if may_switch else []
    choices = [turn.choice(value, f"ranking_weights.choice.{value}") for value in offers]
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words("\n".join(lines), choices, key="ranking_weights.line.weight")


@script.answers("shown")
def choose(turn: Turn, answer: Answer) -> bool | None:
    """Show what switching would change, or go back."""
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
        return None
    if answer.choice not in {ON, OFF}:
        return False
    turn.go("ranking_weights.confirm", to=answer.choice)
    return None


@script.asks("confirm")
def ask_confirm(turn: Turn) -> None:
    """Tell in how many lists another vacancy would stand first, and ask once more."""
    _myself(turn)
    to = str(turn.answers["to"])
    newest = learning.state_of(turn.uow, turn.deployment).newest
    is_learnt = to == ON and newest is not None
    after = dict(newest.weights) if is_learnt and newest else learning.built_in()
    found = learning.preview(turn.uow, turn.deployment, after=after)
    choices = [
        turn.choice("yes", f"ranking_weights.choice.yes_{to}"),
        turn.choice("no", "ranking_weights.choice.no"),
    ]
    seen = "lists" if found.lists else "no_lists"
    turn.ask(f"ranking_weights.preview.{seen}", choices, lists=found.lists, changed=found.changed)


@script.answers("confirm")
def take_confirm(turn: Turn, answer: Answer) -> bool | None:
    """Switch, or leave it."""
    if answer.choice == "no":
        turn.go("ranking_weights.shown")
        return None
    if answer.choice != "yes":
        return False
    _switch(turn, str(turn.answers["to"]))
    return None


@script.action(SWITCH)
def undo(turn: Turn, argument: str) -> None:
    """Switch back, from the button under what was switched."""
    if argument not in {ON, OFF}:
        raise UserError("fallback.stale.button")
    _switch(turn, argument)


def _switch(turn: Turn, to: str) -> None:
    is_new = learning.switch(turn.uow, turn.deployment, _myself(turn), on=to == ON)
    back = OFF if to == ON else ON
    label = turn.text("ranking_weights.choice.undo")
    options = [Option(1, label, action_data(SWITCH, back))] if is_new else []
    turn.say(
        f"ranking_weights.done.{to}" if is_new else "ranking_weights.done.before", options=options
    )
    turn.finish(again="ranking_weights.done.before")


def _source(state: State) -> str:
    if state.in_force:
        return "learnt"
    return "switched_off" if state.is_switched_off else "built_in"


def _offers(state: State) -> list[str]:
    """Return what makes a difference: there must be something to switch on."""
    if state.is_switched_off:
        return [ON]
    return [OFF] if state.in_force else []


def _origin(turn: Turn, state: State) -> str:
    """Return how much was learnt from, when, and what it is worth."""
    row, verdict = state.newest, state.verdict
    if row is None:
        return turn.text(
            "ranking_weights.origin.nothing", least=LEAST_ANSWERS, people=LEAST_WORKERS
        )
    day = row.learned_at.astimezone(turn.deployment.clock.timezone)
    learnt = turn.text(
        "ranking_weights.origin.learnt",
        answers=row.answers,
        workers=row.model["workers"],
        month=day.month,
        day=day.day,
    )
    if verdict in {Verdict.TOO_FEW_ANSWERS, Verdict.TOO_FEW_WORKERS}:
        key = "ranking_weights.origin.too_few"
        return learnt + turn.text(key, least=LEAST_ANSWERS, people=LEAST_WORKERS)
    return learnt + turn.text(
        f"ranking_weights.origin.{verdict.value}",
        loss=f"{_number(row.model['loss']):.3f}",
        built_in=f"{_number(row.model['built_in_loss']):.3f}",
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _myself(turn: Turn) -> Officer:
    if turn.officer is None:
        raise UserError("officer_joining.refused.no_officer")
    return turn.officer
