"""Where a message goes: hand-over, command, open question, button, understood wish."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.conversations.answering import (
    CLEAR,
    SURE_ENOUGH,
    Resolved,
    gives_up,
    in_own_words,
    is_urgent,
    unsubscribes,
    wants_person,
)
from bot.conversations.script import Answer, Script, Step
from bot.conversations.turn import HUMAN, Turn
from bot.conversations.worker.profile_facts import states_facts
from storage.states import Role

# Below this a wish is a guess of the model, not something that was said.
LEAST_SURE = 0.4
# These end a spell or stop what was wanted: 太远了 must not be taken for one of them.
CHANGES_MUCH = frozenset({"report_unemployed", "unsubscribe", "delete_my_data"})


class Router:
    """All scripts' entries, looked up by name."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._scripts = scripts
        self._steps = {name: step for script in scripts for name, step in script.steps.items()}
        self._commands = {name: it for script in scripts for name, it in script.commands.items()}
        self._intents = {key: entry for script in scripts for key, entry in script.intents.items()}
        self._actions = {name: it for script in scripts for name, it in script.actions.items()}
        self._intercepts = [it for script in scripts for it in script.intercepts]

    def knows(self, step: str) -> bool:
        """Return whether a script has this step."""
        return step in self._steps

    def step(self, name: str) -> Step:
        """Return the step of this name.

        Raises:
            LookupError: No script has it.
        """
        try:
            return self._steps[name]
        except KeyError:
            raise LookupError(f"no step {name}") from None

    def route(self, turn: Turn, resolved: Resolved) -> bool:
        """Run what the message asks for; False when nobody understood it."""
        ways: tuple[Callable[[Turn, Resolved], bool], ...] = (
            self._intercepted,
            self._commanded,
            self._wants_person,
            self._pressed_action,
            self._repeated,
            self._answered,
            self._wished,
        )
        return any(way(turn, resolved) for way in ways)

    def _intercepted(self, turn: Turn, _resolved: Resolved) -> bool:
        return any(intercept(turn) for intercept in self._intercepts)

    def _commanded(self, turn: Turn, _resolved: Resolved) -> bool:
        typed = turn.inbound.text.strip()
        if not typed.startswith(("/", "／")):
            return False
        name, _, argument = typed[1:].partition(" ")
        roles, action = self._commands.get(name.lower(), (frozenset[Role](), None))
        if action is None or turn.role not in roles:
            return False
        action(turn, argument.strip())
        return True

    def _wants_person(self, turn: Turn, resolved: Resolved) -> bool:
        is_zero = turn.inbound.button is None and turn.reading.choice == 0
        is_said = resolved.choice is None and (is_zero or wants_person(turn.inbound.text.strip()))
        if resolved.choice != HUMAN and not is_said:
            return False
        return self.fetch_person(turn)

    def fetch_person(self, turn: Turn) -> bool:
        """Do what asking for a person does; False where nobody can be fetched for this role."""
        entry = self._intents.get((turn.role, "talk_to_human"))
        if entry is None:
            return False
        entry(turn)
        return True

    def _pressed_action(self, turn: Turn, resolved: Resolved) -> bool:
        if resolved.action is None:
            return False
        name, argument = resolved.action
        action = self._actions.get(name)
        if action is None:
            return self._say_stale(turn)
        action(turn, argument)
        return True

    def _repeated(self, turn: Turn, resolved: Resolved) -> bool:
        if resolved.is_repeat and turn.again is not None:
            turn.say(turn.again)
            return True
        return resolved.is_stale and self._say_stale(turn)

    def _say_stale(self, turn: Turn) -> bool:
        turn.say("fallback.stale.button")
        turn.ask_again()
        return True

    def _answered(self, turn: Turn, resolved: Resolved) -> bool:
        if turn.step is None:
            return False
        step = self._steps[turn.step]
        if step.answer is None:
            return False
        text = turn.inbound.text.strip()
        if resolved.choice is None:
            if _is_heard_first(turn, step, text):
                return False
            if not text or not step.prompt.takes_words:
                return self._answer_by_meaning(turn, step, text) or self._left(turn, step, text)
            if self._left(turn, step, text):
                return True
        number = step.prompt.number(text, turn.reading)
        answer = Answer(resolved.choice, text, number, turn.reading)
        return step.answer(turn, answer) is not False

    def _answer_by_meaning(self, turn: Turn, step: Step, text: str) -> bool:
        """Let a question with fixed choices look at the words; it may refuse them."""
        if not text or step.answer is None:
            return False
        return step.answer(turn, Answer(None, text, None, turn.reading)) is not False

    def _left(self, turn: Turn, step: Step, text: str) -> bool:
        """Let go of a question that would take 算了 for a name or a note."""
        if not step.keeps_words or not gives_up(text):
            return False
        turn.finish()
        turn.say("menu.left.said")
        turn.go(f"menu.{turn.role.value}")
        return True

    def _wished(self, turn: Turn, _resolved: Resolved) -> bool:
        if not turn.inbound.text.strip():
            return False
        if _is_unclear(turn):
            turn.reading = in_own_words(turn)  # what was asked may have misled the reading
        entry = self._intents.get((turn.role, turn.reading.intent))
        if entry is None or _is_mere_guess(turn):
            return False
        entry(turn)
        return True


def _is_heard_first(turn: Turn, step: Step, text: str) -> bool:
    """Return whether the words are a wish that this question may not swallow."""
    if step.keeps_words:
        return unsubscribes(text)
    return is_urgent(turn.reading)


def _is_unclear(turn: Turn) -> bool:
    reading = turn.reading
    is_asked = turn.role is Role.WORKER and turn.step is not None
    return is_asked and reading.confidence < CLEAR and not states_facts(reading)


def _is_mere_guess(turn: Turn) -> bool:
    """Return whether a worker's wish is no more than the likeliest of many and states nothing."""
    reading = turn.reading
    if turn.role is not Role.WORKER or reading.intent == "other":
        return False
    if reading.intent in CHANGES_MUCH:
        return reading.confidence < SURE_ENOUGH
    return reading.confidence < LEAST_SURE and not states_facts(reading)
