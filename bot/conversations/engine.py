"""The engine: runs one message through the scripts and queues what is said back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from bot.conversations.answering import resolve
from bot.conversations.fallback import fall_back
from bot.conversations.router import Router
from bot.conversations.script import Script, Step
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Inbound
from bot.services.deliveries import PAGE_CHANNELS
from bot.services.deployment import Deployment
from bot.understanding import Context, WorkerReading
from storage.models import ContactAddress
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

NOTHING_READ = WorkerReading(intent="other", confidence=0.0)


class Engine:
    """All scripts of the deployment, ready to answer."""

    def __init__(self, deployment: Deployment, scripts: Sequence[Script]) -> None:
        self.deployment = deployment
        self.router = Router(scripts)

    def step(self, name: str) -> Step:
        """Return the step of this name.

        Raises:
            LookupError: No script has it; an older release may have stored it.
        """
        return self.router.step(name)

    def context(self, address: ContactAddress) -> Context:
        """Return what has to be known about the open question to read an answer to it."""
        stored = (address.answers or {}).get("options")
        listed = stored if isinstance(stored, list) else []
        options = [item for item in listed if isinstance(item, list) and len(item) > 1]
        return Context(
            question=address.step,
            options=tuple((number, str(item[1])) for number, item in enumerate(options, 1)),
            home=self.deployment.bureau_adcode,
            today=self.deployment.today,
        )

    def read(self, inbound: Inbound, context: Context) -> WorkerReading:
        """Understand a message; pure, and done outside any transaction."""
        if not inbound.text:
            return NOTHING_READ
        return self.deployment.reader.read_worker_text(inbound.text, context)

    def answer(
        self,
        uow: UnitOfWork,
        address: ContactAddress,
        inbound: Inbound,
        *,
        reading: WorkerReading,
        receipt_id: uuid.UUID,
        refusal: UserError | None = None,
        on_page: bool = False,
    ) -> None:
        """Run one message; the caller holds the address's row and commits.

        Args:
            uow: The transaction.
            address: Who writes.
            inbound: What was written.
            reading: What it says.
            receipt_id: Its receipt; the replies' dedupe keys come from it.
            refusal: What the step refused when this message was run before and rolled back;
                it is said, and nothing else happens.
            on_page: The address reads its messages from the outbox itself.

        Raises:
            UserError: The step refuses; the caller rolls back and calls again with it.
        """
        turn = self._turn(uow, address, inbound, reading=reading, origin=f"turn:{receipt_id}")
        turn.on_page = on_page
        turn.is_late = inbound.sequence < address.last_sequence
        if address.unreachable_since is not None:
            address.unreachable_since = None
        if refusal is None:
            self._run(turn)
        else:
            words = turn.text(refusal.text_key, **refusal.values)
            turn.say_words(words, key=refusal.text_key)
        address.last_inbound_at = self.deployment.now
        # Not the greatest so far: a phone whose clock was set back must not be late for ever.
        address.last_sequence = inbound.sequence
        turn.save()

    def begin(
        self,
        uow: UnitOfWork,
        address: ContactAddress,
        step: str,
        *,
        origin: str,
        kind: DeliveryKind,
        subject_id: uuid.UUID | None = None,
        **answers: object,
    ) -> None:
        """Ask `step` at an address that did not write first, such as a check-in.

        Args:
            uow: The transaction; the caller holds the address's row.
            address: Whom to ask.
            step: The question.
            origin: Dedupe key of the messages, the same for the same occasion.
            kind: What is sent.
            subject_id: What it is about.
            answers: What the step's functions find in `turn.answers`.
        """
        quiet = Inbound(external_id=origin, address=address.address)
        turn = self._turn(uow, address, quiet, reading=NOTHING_READ, origin=origin)
        turn.kind, turn.subject_id = kind, subject_id
        # Or a reply to what is typed meanwhile would overtake the question.
        turn.on_page = uow.accounts.need(address.account_id).channel in PAGE_CHANNELS
        turn.answers = {}
        turn.go(step, **answers)
        turn.save()

    def _turn(
        self,
        uow: UnitOfWork,
        address: ContactAddress,
        inbound: Inbound,
        *,
        reading: WorkerReading,
        origin: str,
    ) -> Turn:
        return Turn(self, uow, self.deployment, address, inbound, reading, origin)

    def _run(self, turn: Turn) -> None:
        if turn.step and not self.router.knows(turn.step):
            turn.finish()  # stored by a release that had this step
        message = resolve(turn)
        understood = self.router.route(turn, message)
        if not understood or not (turn.replies or turn.is_silent):
            fall_back(turn)
        else:
            turn.address.fallbacks = 0
