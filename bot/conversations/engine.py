"""The engine: runs one message through the scripts and queues what is said back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from bot.conversations.answering import resolve
from bot.conversations.fallback import fall_back
from bot.conversations.loops import ends_loop
from bot.conversations.router import Router
from bot.conversations.script import Script, Step
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Body, Inbound
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import PAGE_CHANNELS
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
        self._channels: dict[uuid.UUID, str] = {}
        self._others = {
            bureau: Engine(other, scripts) for bureau, other in deployment.others.items()
        }

    def of(self, bureau_adcode: str) -> Engine:
        """Return the engine that speaks for one of the deployment's bureaus; else itself."""
        return self._others.get(bureau_adcode, self)

    def every(self) -> list[Engine]:
        """Return one engine for each bureau of the deployment, this one first."""
        return [self, *self._others.values()]

    def channel_of(self, uow: UnitOfWork, account_id: uuid.UUID) -> str:
        """Return the channel of an account; asked once, for it never changes."""
        known = self._channels.get(account_id)
        if known is None:
            known = self._channels[account_id] = uow.accounts.need(account_id).channel
        return known

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
        if inbound.event is None:
            address.unreachable_since = None
        if not ends_loop(turn):
            self._reply(turn, refusal)
        if inbound.event is None:
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
        turn.on_page = turn.channel in PAGE_CHANNELS
        turn.answers = {}
        turn.go(step, **answers)
        turn.save()

    def speak_for(
        self,
        uow: UnitOfWork,
        address: ContactAddress,
        inbound: Inbound,
        *,
        reading: WorkerReading,
        receipt_id: uuid.UUID,
    ) -> list[tuple[str, Body]]:
        """Run one message at `address` for somebody who talks elsewhere.

        An officer on the phone answers for a worker: the conversation goes on as if the worker
        had written, but nothing is queued and the worker does not count as heard from.

        Args:
            uow: The transaction; the caller holds the address's row.
            address: Whose conversation it is.
            inbound: What was answered.
            reading: What it says.
            receipt_id: Names this answer, as a receipt would.

        Returns:
            What would have been said, in order: text key and message.

        Raises:
            UserError: The step refuses; the caller rolls back.
        """
        turn = self._turn(uow, address, inbound, reading=reading, origin=f"turn:{receipt_id}")
        self._run(turn)
        turn.keep()
        return turn.replies

    def renew(
        self,
        uow: UnitOfWork,
        address: ContactAddress,
        origin: str,
        *,
        kind: DeliveryKind = DeliveryKind.REPLY,
        subject_id: uuid.UUID | None = None,
    ) -> bool:
        """Ask the open question of an address once more, with words and buttons of now.

        Args:
            uow: The transaction; the caller holds the address's row.
            address: Whose conversation it is.
            origin: Dedupe key of the messages.
            kind: What the question was sent as.
            subject_id: What it is about.

        Returns:
            False where no question is open, or only one of an older release.
        """
        quiet = Inbound(external_id=origin, address=address.address)
        turn = self._turn(uow, address, quiet, reading=NOTHING_READ, origin=origin)
        if turn.step is None or not self.router.knows(turn.step):
            return False
        turn.kind, turn.subject_id = kind, subject_id
        turn.ask_again()
        turn.save()
        return True

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

    def _reply(self, turn: Turn, refusal: UserError | None) -> None:
        if refusal is None:
            self._run(turn)
        else:
            turn.say_words(turn.text(refusal.text_key, **refusal.values), key=refusal.text_key)

    def _run(self, turn: Turn) -> None:
        if turn.step and not self.router.knows(turn.step):
            turn.finish()  # stored by a release that had this step
        message = resolve(turn)
        understood = self.router.route(turn, message)
        if turn.inbound.event is not None:
            return  # nobody said anything, so nobody is told that it was not understood
        if not understood and turn.served:
            turn.ask_again()  # one of two wishes was served: the open question stays
        elif not understood or not (turn.replies or turn.is_silent):
            fall_back(turn)
        else:
            turn.address.fallbacks = 0
