"""The one way in: a message is durable first, understood second, answered third."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from uuid import UUID, uuid4

from bot.channels.cleaning import clean
from bot.conversations.engine import Engine
from bot.errors import StorageUnavailableError, UserError
from bot.log import describe, logger, short_code
from bot.messages import Inbound
from bot.services.sending.failures import give_up_on
from bot.understanding import Context, WorkerReading
from storage.database import Database
from storage.states import ReceiptStatus
from storage.unit_of_work import UnitOfWork

MOST_ATTEMPTS = 3
STUCK_AFTER = timedelta(seconds=10)
TURN_THREADS = 24
PARTS = frozenset(part.name for part in fields(Inbound))


@dataclass(frozen=True, slots=True)
class Pending:
    """The receipt that an address has to answer next, and what was open when it was read."""

    receipt_id: UUID
    address_id: UUID
    inbound: Inbound
    context: Context


Turn = Callable[..., Pending | None]


class Receiver:
    """Takes messages in for every channel and runs the turns, each address in its order."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        *,
        wake: Callable[[UUID, UUID], None],
        pages: Collection[UUID] = (),
        engine_of: Callable[[UUID], Engine] | None = None,
    ) -> None:
        """Make a receiver.

        Args:
            database: Where receipts and conversations are kept.
            engine: Answers the messages, and tells the time.
            wake: Called from any thread with an account and an address that was answered.
            pages: Accounts whose pages read the outbox themselves.
            engine_of: Account → the engine of its bureau; `engine` for all when None.
        """
        self._engine_of = engine_of or (lambda _account_id: engine)
        self._pages = frozenset(pages)
        self._database = database
        self._engine = engine
        self._wake = wake
        self._threads = ThreadPoolExecutor(TURN_THREADS, thread_name_prefix="turn")
        self._running: set[asyncio.Future[None]] = set()
        self._is_closed = False

    async def receive(self, account_id: UUID, inbound: Inbound) -> None:
        """Make `inbound` durable and start its turn; only then may it be acknowledged.

        Raises:
            StorageUnavailableError: It could not be stored; the sender must try again.
        """
        with self._waited_for():
            pending = await self._accept(account_id, inbound)
            if pending is not None:
                turn = asyncio.ensure_future(self._in_thread(account_id, pending))
                self._running.add(turn)
                turn.add_done_callback(self._running.discard)

    async def answer(self, account_id: UUID, inbound: Inbound) -> None:
        """Make `inbound` durable and wait until it is answered."""
        with self._waited_for():
            pending = await self._accept(account_id, inbound)
            if pending is not None:
                await self._in_thread(account_id, pending)

    async def sweep(self, account_id: UUID, *, older_than: timedelta = STUCK_AFTER) -> int:
        """Run what was left over by a dead process; return how many addresses waited."""
        before = self._engine.deployment.now - older_than
        waiting = await asyncio.wrap_future(
            self._database.submit_read(
                lambda uow: uow.receipts.addresses_waiting_since(account_id, before, limit=500)
            )
        )
        for address_id in waiting:
            await self._drain(account_id, address_id)
        return len(waiting)

    async def close(self) -> None:
        """Finish the turns that have begun, and those of messages that are being stored.

        What comes in afterwards is stored only: the next process answers it.
        """
        while self._running:
            await asyncio.wait(self._running)
        self._is_closed = True
        self._threads.shutdown()

    @contextlib.contextmanager
    def _waited_for(self) -> Iterator[None]:
        """Let `close` wait for the end of the block: a turn may begin in it."""
        end = asyncio.get_running_loop().create_future()
        self._running.add(end)
        try:
            yield
        finally:
            self._running.discard(end)
            end.set_result(None)

    async def _drain(self, account_id: UUID, address_id: UUID) -> None:
        """Answer everything that waits at one address, as far as that is possible now."""
        peek = functools.partial(self._peek, address_id=address_id)
        last: UUID | None = None
        while True:
            pending = await asyncio.wrap_future(self._database.submit(peek))
            if pending is None or pending.receipt_id == last or self._is_closed:
                return
            last = pending.receipt_id
            await self._in_thread(account_id, pending)

    async def _accept(self, account_id: UUID, inbound: Inbound) -> Pending | None:
        cleaned = replace(inbound, text=clean(inbound.text))
        accept = functools.partial(self._store, account_id=account_id, inbound=cleaned)
        return await asyncio.wrap_future(self._database.submit(accept))

    async def _in_thread(self, account_id: UUID, pending: Pending) -> None:
        if self._is_closed:
            return  # it is durable, and the next sweep finds it
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._run, account_id, pending)

    def _store(self, uow: UnitOfWork, *, account_id: UUID, inbound: Inbound) -> Pending | None:
        """Transaction A. Return what to run next, or None for a message that is done."""
        now = self._engine.deployment.now
        address = uow.addresses.find_or_add(
            account_id, inbound.address, language=inbound.language, now=now
        )
        receipt_id = uuid4()
        is_new = uow.receipts.add_once(
            receipt_id=receipt_id,
            account_id=account_id,
            address_id=address.id,
            external_id=inbound.external_id,
            sequence=inbound.sequence,
            payload=asdict(inbound),
            received_at=now,
        )
        if not is_new:
            known = uow.receipts.find(account_id, inbound.external_id)
            if known is None or known.status is not ReceiptStatus.RECEIVED:
                return None
            return self._peek(uow, address_id=known.address_id)
        context = self._engine_of(account_id).context(address)
        return Pending(receipt_id, address.id, inbound, context)

    def _peek(self, uow: UnitOfWork, *, address_id: UUID) -> Pending | None:
        receipt = uow.receipts.oldest_waiting(address_id)
        if receipt is None:
            return None
        address = uow.addresses.need(address_id)
        context = self._engine_of(address.account_id).context(address)
        return Pending(receipt.id, address_id, _inbound(receipt.payload), context)

    def _run(self, account_id: UUID, pending: Pending) -> None:
        """Answer this address until `pending` and everything before it are answered.

        A receipt that cannot be answered now is kept, and the sweep runs it.
        """
        following: Pending | None = pending
        try:
            while following is not None:
                following = self._run_next(account_id, following, until=pending.receipt_id)
        except StorageUnavailableError as error:
            logger().warning("turn.database_unavailable", error=describe(error))
        except Exception as error:
            logger().error("turn.unanswered", receipt=pending.receipt_id.hex, error=describe(error))

    def _run_next(self, account_id: UUID, current: Pending, *, until: UUID) -> Pending | None:
        try:
            reading = self._engine_of(account_id).read(current.inbound, current.context)
            turn = functools.partial(
                self._turn, account_id=account_id, pending=current, reading=reading
            )
            following = self._run_or_refuse(turn)
        except StorageUnavailableError:
            raise
        except Exception as error:
            following = self._failed(current, error)
        self._wake(account_id, current.address_id)
        if following is None and current.receipt_id != until:
            # An older message took this turn; our own must not wait for the sweep.
            peek = functools.partial(self._peek, address_id=current.address_id)
            return self._database.run(peek)
        return following

    def _run_or_refuse(self, turn: Turn) -> Pending | None:
        try:
            return self._database.run(turn)
        except UserError as refusal:
            return self._database.run(functools.partial(turn, refusal=refusal))

    def _turn(
        self,
        uow: UnitOfWork,
        *,
        account_id: UUID,
        pending: Pending,
        reading: WorkerReading,
        refusal: UserError | None = None,
    ) -> Pending | None:
        """Transaction B. Return what has to be understood anew before this address goes on."""
        address = uow.addresses.lock(pending.address_id)
        receipt = uow.receipts.oldest_waiting(pending.address_id)
        if address is None or receipt is None:
            return None
        engine = self._engine_of(account_id)
        context = engine.context(address)
        if receipt.id != pending.receipt_id or context != pending.context:
            return Pending(receipt.id, address.id, _inbound(receipt.payload), context)
        engine.answer(
            uow,
            address,
            pending.inbound,
            reading=reading,
            receipt_id=receipt.id,
            refusal=refusal,
            on_page=account_id in self._pages,
        )
        uow.receipts.mark_done(receipt.id, now=self._engine.deployment.now)
        return None

    def _failed(self, pending: Pending, error: Exception) -> Pending | None:
        """Count the attempt; after the last one apologise with a code and tell an officer."""
        code = short_code()

        def count(uow: UnitOfWork) -> Pending | None:
            address = uow.addresses.lock(pending.address_id)
            receipt = uow.receipts.get(pending.receipt_id)
            if address is None or receipt is None or receipt.status is not ReceiptStatus.RECEIVED:
                return None
            receipt.attempts += 1
            if receipt.attempts < MOST_ATTEMPTS:
                return pending
            on_page = address.account_id in self._pages
            deployment = self._engine_of(address.account_id).deployment
            give_up_on(uow, deployment, receipt, address, code=code, on_page=on_page)
            return None

        logger().error(
            "turn.failed", code=code, receipt=pending.receipt_id.hex, error=describe(error)
        )
        return self._database.run(count)


def _inbound(payload: dict[str, object]) -> Inbound:
    """Return a stored message; what another release kept besides is left aside."""
    kept = {name: value for name, value in payload.items() if name in PARTS}
    position = kept.get("position")
    if isinstance(position, list):
        kept["position"] = tuple(position)  # JSON knows no tuples
    return Inbound(**kept)  # type: ignore[arg-type]  # written by asdict of the same class
