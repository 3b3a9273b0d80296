"""What a conversation is made of: steps that ask, answers, and ways into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.conversations.prompts import CHOICE, Prompt
from bot.understanding import WorkerReading
from bot.understanding.values import Intent
from storage.states import Role

if TYPE_CHECKING:
    from bot.conversations.turn import Turn

ALL_ROLES = frozenset(Role)
WORKER_ONLY = frozenset({Role.WORKER})


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered choice of a question.

    Attributes:
        value: What the answer function receives.
        label: Rendered words; a typed label, digit or near-miss chooses it too.
        synonyms: Further words that choose it.
    """

    value: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to the open question.

    Attributes:
        choice: Value of the chosen option, or None when the words chose none.
        text: The words as typed; empty for a button.
        number: The number a `Number` prompt read, or None.
        reading: What the words say.
    """

    choice: str | None
    text: str
    number: int | None
    reading: WorkerReading


Ask = Callable[["Turn"], None]
Reply = Callable[["Turn", Answer], bool | None]
Entry = Callable[["Turn"], None]
Action = Callable[["Turn", str], None]
Intercept = Callable[["Turn"], bool]


@dataclass
class Step:
    """One question: how it is asked, and what its answer does.

    The answer function returns False when it did not understand; the router then tries the
    understood intent, and asks again in other words.
    """

    name: str
    ask: Ask
    prompt: Prompt
    answer: Reply | None = None
    keeps_words: bool = False


@dataclass
class Script:
    """The steps of one conversation and the ways into it, in the order they are written."""

    name: str
    steps: dict[str, Step] = field(default_factory=dict)
    commands: dict[str, tuple[frozenset[Role], Action]] = field(default_factory=dict)
    intents: dict[tuple[Role, Intent], Entry] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    intercepts: list[Intercept] = field(default_factory=list)

    def asks(
        self, step: str, prompt: Prompt = CHOICE, *, keeps_words: bool = False
    ) -> Callable[[Ask], Ask]:
        """Declare how `step` asks its question.

        Args:
            step: Name within this conversation.
            prompt: What kind of answer is expected.
            keeps_words: Free words belong to this step even when they sound like another
                wish (a post being pasted, a note being dictated).
        """

        def declare(ask: Ask) -> Ask:
            name = f"{self.name}.{step}"
            self.steps[name] = Step(name, ask, prompt, keeps_words=keeps_words)
            return ask

        return declare

    def answers(self, step: str) -> Callable[[Reply], Reply]:
        """Declare what the answer to `step` does; its question is declared above it."""

        def declare(reply: Reply) -> Reply:
            self.steps[f"{self.name}.{step}"].answer = reply
            return reply

        return declare

    def command(
        self, *names: str, roles: frozenset[Role] = ALL_ROLES
    ) -> Callable[[Action], Action]:
        """Declare what `/name argument` does for these roles."""

        def declare(action: Action) -> Action:
            self.commands.update(dict.fromkeys(names, (roles, action)))
            return action

        return declare

    def intent(
        self, *intents: Intent, roles: Sequence[Role] = (Role.WORKER,)
    ) -> Callable[[Entry], Entry]:
        """Declare what an understood wish does where no question catches it."""

        def declare(entry: Entry) -> Entry:
            self.intents.update({(role, intent): entry for role in roles for intent in intents})
            return entry

        return declare

    def action(self, name: str) -> Callable[[Action], Action]:
        """Declare what a button made with `action_data(name, argument)` does, at any time."""

        def declare(action: Action) -> Action:
            self.actions[name] = action
            return action

        return declare

    def intercept(self, intercept: Intercept) -> Intercept:
        """Declare a function that sees every message first; True means it is dealt with."""
        self.intercepts.append(intercept)
        return intercept
