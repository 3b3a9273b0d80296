"""One inbound message being answered: who speaks, what was open, what is said back."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast

from bot.conversations.script import Choice
from bot.conversations.text_messages import replies_to_queue
from bot.messages import Body, Inbound, Option, Wants
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import ANSWER_PREFIX, Draft, answer_data, queue_dialogue
from bot.understanding import WorkerReading
from bot.understanding.values import Intent
from storage.models import ContactAddress, Enterprise, Officer, Worker
from storage.states import DeliveryKind, Role
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.conversations.engine import Engine

HUMAN = "human"
# Where a button of the platform's own shares a number or a position.
SHARING_CHANNELS = frozenset({"telegram"})
Answers = dict[str, object]


@dataclass
class Turn:
    """Everything a step may look at and do.

    Attributes:
        answers: What this conversation has gathered; gone when it finishes.
        memory: What is kept for this address beyond one conversation, before there is a
            worker's row (a draft of a profile), as plain JSON.
        heard: What was typed here in the last minutes (`sending.repeated_words`), as JSON.
        about: The worker whom an officer or a firm reads of here; erased with that worker.
        replies: What will be said, in order.
        served: Wishes of this message that were served on the way, in the order served.
        is_silent: No reply of ours: a person answers.
        on_page: The address reads its messages from the outbox itself.
        is_late: A later message of this address was answered before; a bare number in it
            answers a question that is not open any more.
    """

    engine: Engine
    uow: UnitOfWork
    deployment: Deployment
    address: ContactAddress
    inbound: Inbound
    reading: WorkerReading
    origin: str
    kind: DeliveryKind = DeliveryKind.REPLY
    subject_id: uuid.UUID | None = None
    about: uuid.UUID | None = None
    replies: list[tuple[str, Body]] = field(default_factory=list)
    served: list[Intent] = field(default_factory=list)
    is_silent: bool = False
    on_page: bool = False
    is_late: bool = False

    def __post_init__(self) -> None:
        """Unpack the stored conversation."""
        # A copy: what is changed in place would look unchanged to the database.
        stored = copy.deepcopy(self.address.answers or {})
        self.answers: Answers = cast("Answers", stored.get("answers") or {})
        self.options = [
            Choice(value, label, tuple(synonyms))
            for value, label, synonyms in cast(
                "list[tuple[str, str, list[str]]]", stored.get("options") or []
            )
        ]
        self.again: str | None = cast("str | None", stored.get("again"))
        self.ending_input: str | None = cast("str | None", stored.get("ending_input"))
        self.heard: Answers = cast("Answers", stored.get("heard") or {})
        self.memory: Answers = copy.deepcopy(self.address.memory or {})

    @property
    def language(self) -> str:
        """The language this address is answered in."""
        return self.address.language

    @property
    def role(self) -> Role:
        """The role in which somebody speaks here."""
        return self.address.role

    @property
    def channel(self) -> str:
        """The channel of this address: `web`, `telegram`, `sms`, `phone`, `terminal`."""
        return self.engine.channel_of(self.uow, self.address.account_id)

    @property
    def can_share_phone(self) -> bool:
        """Whether a button here can share the person's own number."""
        return self.channel in SHARING_CHANNELS

    @property
    def can_share_position(self) -> bool:
        """Whether a button here can share where the person is."""
        return self.channel in SHARING_CHANNELS

    @property
    def step(self) -> str | None:
        """The open question, or None."""
        return self.address.step

    @property
    def context_key(self) -> str:
        """A key that is the same whenever this very message is run again."""
        return self.origin

    @cached_property
    def workers(self) -> list[Worker]:
        """The people reached at this address, who joined first standing first."""
        return self.uow.addresses.workers_at(self.address.id)

    @property
    def worker(self) -> Worker | None:
        """The person this conversation is about: the one named, or the first."""
        for worker in self.workers:
            if worker.id == self.address.acting_for:
                return worker
        return self.workers[0] if self.workers else None

    @cached_property
    def officer(self) -> Officer | None:
        """The officer who speaks here, or None."""
        return self.uow.officers.at(self.address.id)

    @cached_property
    def enterprise(self) -> Enterprise | None:
        """The enterprise that speaks here, or None."""
        return self.uow.enterprises.at(self.address.id)

    def text(self, key: str, **values: object) -> str:
        """Return a text in this address's language."""
        return self.deployment.text(key, self.language, **values)

    def say(
        self, key: str, *, options: Sequence[Option] = (), link: str | None = None, **values: object
    ) -> None:
        """Say a text; `options` are buttons that work at any time (`action_data`)."""
        self.say_words(self.text(key, **values), key=key, options=options, link=link)

    def say_words(
        self, words: str, *, key: str, options: Sequence[Option] = (), link: str | None = None
    ) -> None:
        """Say words that were put together from several texts; `key` names the main one."""
        self.replies.append((key, Body(words, tuple(options), link)))

    def ask(
        self,
        key: str,
        choices: Sequence[Choice] = (),
        *,
        link: str | None = None,
        wants: Wants | None = None,
        **values: object,
    ) -> None:
        """Ask the open question's text with numbered choices; called by a step's `asks`."""
        self.ask_words(self.text(key, **values), choices, key=key, link=link, wants=wants)

    def ask_words(
        self,
        words: str,
        choices: Sequence[Choice] = (),
        *,
        key: str,
        link: str | None = None,
        wants: Wants | None = None,
    ) -> None:
        """Ask with words that were put together from several texts.

        `wants` puts the platform's own button below, to share a number or a position.
        """
        self.options = list(choices)
        self.address.question_serial += 1
        numbers = numbered(choices)
        options = tuple(
            Option(number, choice.label, answer_data(self.address.question_serial, number))
            for number, choice in zip(numbers, choices, strict=True)
        )
        self.replies.append((key, Body(words, options, link, wants=wants.value if wants else None)))

    def choice(self, value: str, key: str, *synonyms: str, **values: object) -> Choice:
        """Return a choice whose label is the text behind `key`."""
        return Choice(value, self.text(key, **values), synonyms)

    def human_choice(self) -> Choice:
        """Return the choice 0, a person."""
        return Choice(HUMAN, self.text("common.choice.human"))

    def go(self, step: str, **answers: object) -> None:
        """Move to `step`, remembering `answers`, and ask its question."""
        self.answers.update(answers)
        self.address.step = step
        self.address.asked_at = self.deployment.now
        self.options = []
        self.again = None
        self.engine.step(step).ask(self)

    def ask_again(self) -> None:
        """Ask the open question once more, for instance after a stale button."""
        if self.address.step:
            self.engine.step(self.address.step).ask(self)

    def finish(self, *, again: str | None = None) -> None:
        """Close the conversation.

        Args:
            again: Text said when the same last answer comes twice (a double tap).
        """
        self.address.step = None
        self.answers = {}
        self.options = []
        self.again = again
        # A tap and the same digit typed after it are one answer given twice.
        self.ending_input = self.inbound.text.strip() or _digit_of(self.inbound.button)

    def silently(self) -> None:
        """Let this message have no reply of ours: a person answers it."""
        self.is_silent = True

    def save(self) -> None:
        """Write the conversation and queue the replies; called once by the engine."""
        self.keep()
        drafts = [
            Draft(
                key=key,
                body=body,
                dedupe_key=f"{self.origin}:{number}",
                kind=self.kind,
                subject_id=self.subject_id,
                worker_id=self.about or self._spoken_for(),
            )
            for number, (key, body) in enumerate(replies_to_queue(self))
        ]
        queue_dialogue(
            self.uow, self.address, drafts, now=self.deployment.now, on_page=self.on_page
        )

    def _spoken_for(self) -> uuid.UUID | None:
        """Return whose the replies are where people share an address: erased with that person."""
        key = self.address.acting_for
        is_one_of_many = key is not None and self.role is Role.WORKER and len(self.workers) > 1
        return key if is_one_of_many else None

    def keep(self) -> None:
        """Write the conversation only."""
        self.address.answers = {
            "answers": self.answers,
            "options": [[item.value, item.label, list(item.synonyms)] for item in self.options],
            "again": self.again,
            "ending_input": self.ending_input,
            **({"heard": self.heard} if self.heard else {}),
        }
        if self.memory != (self.address.memory or {}):
            self.address.memory = self.memory


def _digit_of(button: str | None) -> str | None:
    """Return the digit that stands for a pressed answer, or None for any other button."""
    prefix, _, rest = (button or "").partition(":")
    return rest.partition(":")[2] if prefix == ANSWER_PREFIX else None


def numbered(choices: Sequence[Choice]) -> list[int]:
    """Return the digit of each choice: 1, 2, 3 … and 0 for a person."""
    numbers: list[int] = []
    count = 0
    for choice in choices:
        if choice.value == HUMAN:
            numbers.append(0)
        else:
            count += 1
            numbers.append(count)
    return numbers
