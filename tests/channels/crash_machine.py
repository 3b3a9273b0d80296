"""Every interleaving of messages, threads, senders and deaths that hypothesis can think of."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import event

from bot.channels.receiver import Pending, Receiver
from bot.errors import StorageUnavailableError
from bot.messages import SendErrorKind, SendFailure
from bot.services.sending.deliveries import body_of, question_serial
from bot.services.sending.outbox import Claimed
from bot.services.sending.outbox_fates import Fate
from storage.database import Database
from storage.models import Delivery, InboundReceipt
from storage.states import DeliveryStatus, ReceiptStatus, Stream
from tests.channels.remote import Post
from tests.channels.small_town import SmallTown, message

PEOPLE = ("a", "b", "c")
WORDS = st.sampled_from(("你好", "yes", "refuse", "break", "1", "😀", "", "0"))
FAILURES = (SendErrorKind.TEMPORARY, SendErrorKind.UNKNOWN, SendErrorKind.THROTTLED)
# Refused four times by the platform, or a question that was closed before it could be asked.
NEVER_SENT = (DeliveryStatus.FAILED, DeliveryStatus.SUPERSEDED)
UNFINISHED = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.SENDING)


class Breaker:
    """Breaks the connection before a chosen statement, once."""

    def __init__(self, database: Database) -> None:
        self._left: int | None = None
        self._error: Callable[[], Exception] = RuntimeError
        event.listen(database.engine, "before_cursor_execute", self._count)

    def arm(self, statements: int, error: Callable[[], Exception]) -> None:
        """Break after this many more statements with `error`."""
        self._left, self._error = statements, error

    def disarm(self) -> None:
        """Break nothing any more."""
        self._left = None

    def _count(self, *_: object) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            self._left = None
            raise self._error()


class CrashMachine(RuleBasedStateMachine):
    """One town; what one process holds in its hands dies with it, what it stored does not."""

    def __init__(self, town: SmallTown, close: Callable[[], None]) -> None:
        super().__init__()
        self.town = town
        self.post = Post(town)
        town.account_id = self.post.account_id
        self.close = close
        self.breaker = Breaker(town.database)
        self.receiver = self._new_receiver()
        self.numbers = itertools.count(1)
        self.in_threads: list[Pending] = []
        self.on_wire: list[Claimed] = []
        self.fates: list[Fate] = []
        self.acknowledged: set[str] = set()
        self.platform: list[str] = []

    def _new_receiver(self) -> Receiver:
        return Receiver(self.town.database, self.town.engine, wake=_ignore)

    # Messages come in.

    @rule(who=st.sampled_from(PEOPLE), words=WORDS)
    def a_message_comes(self, who: str, words: str) -> None:
        inbound = message(next(self.numbers), words, address=who)
        self._accept(inbound.external_id, words, who)

    @precondition(lambda self: self.acknowledged)
    @rule(data=st.data())
    def the_platform_repeats_a_message(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(sorted(self.acknowledged)))
        self._accept(known, "你好", known.partition(":")[0])

    def _accept(self, external_id: str, words: str, who: str) -> None:
        number = int(external_id.partition(":")[2])
        inbound = message(number, words, address=who)
        store = functools.partial(
            self.receiver._store, account_id=self.post.account_id, inbound=inbound
        )
        pending = self.town.database.run(store)
        self.acknowledged.add(external_id)
        if pending is not None:
            self.in_threads.append(pending)

    # Threads answer them, in any order, and may be cut off in the middle.

    @precondition(lambda self: self.in_threads)
    @rule(data=st.data())
    def a_thread_answers(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.in_threads) - 1))
        self.receiver._run(self.post.account_id, self.in_threads.pop(at))

    @precondition(lambda self: self.in_threads)
    @rule(data=st.data(), statements=st.integers(0, 9))
    def a_thread_dies_while_it_answers(self, data: st.DataObject, statements: int) -> None:
        self.breaker.arm(statements, lambda: StorageUnavailableError("cut off"))
        self.a_thread_answers(data)
        self.breaker.disarm()

    @precondition(lambda self: self.in_threads)
    @rule(data=st.data(), statements=st.integers(0, 9))
    def something_unexpected_breaks_a_turn(self, data: st.DataObject, statements: int) -> None:
        self.breaker.arm(statements, lambda: RuntimeError("not ours"))
        self.a_thread_answers(data)
        self.breaker.disarm()

    # Senders claim, send and settle.

    @rule(who=st.sampled_from(PEOPLE))
    def a_push_is_queued(self, who: str) -> None:
        self.post.push("new vacancy", to=who)

    @rule(limit=st.integers(1, 5))
    def a_sender_claims(self, limit: int) -> None:
        self.on_wire += self.post.claim(limit=limit)

    @precondition(lambda self: self.on_wire)
    @rule(data=st.data(), failure=st.sampled_from((None, None, None, *FAILURES)))
    def a_message_is_sent(self, data: st.DataObject, failure: SendErrorKind | None) -> None:
        at = data.draw(st.integers(0, len(self.on_wire) - 1))
        item = self.on_wire.pop(at)
        if failure in {None, SendErrorKind.UNKNOWN}:
            self.platform.append(item.message.delivery_id)
        why = None if failure is None else SendFailure(failure, retry_after=0.0, code="E")
        self.fates.append(Fate(item, "x", why))

    @precondition(lambda self: self.fates)
    @rule()
    def the_fates_are_settled(self) -> None:
        self.post.settle(*self.fates)
        self.fates.clear()

    # The process dies, time passes, somebody cleans up.

    @rule()
    def the_process_dies(self) -> None:
        self.in_threads.clear()
        self.on_wire.clear()
        self.fates.clear()
        self.receiver = self._new_receiver()

    @rule(minutes=st.sampled_from((0.1, 1.0, 7.0, 40.0, 600.0)))
    def time_passes(self, minutes: float) -> None:
        self.town.clock.advance(timedelta(minutes=minutes))

    @rule()
    def leases_run_out_and_are_recovered(self) -> None:
        self.post.let_leases_run_out()
        self.post.recover()

    @rule()
    def the_sweep_runs(self) -> None:
        self.town.sweep()

    # In the end everything has to have come right.

    def teardown(self) -> None:
        try:
            self._clean_up()
            self._check()
        finally:
            self.close()

    def _clean_up(self) -> None:
        self.the_process_dies()
        for _ in range(60):
            self.time_passes(40.0)
            self.the_sweep_runs()
            self.leases_run_out_and_are_recovered()
            while claimed := self.post.claim(limit=100):
                self.platform += [item.message.delivery_id for item in claimed]
                self.fates = [Fate(item, "x") for item in claimed]
                self.the_fates_are_settled()
            if not any(row.status in UNFINISHED for row in self.post.rows()):
                return
        raise AssertionError("rows that never come to an end")

    def _check(self) -> None:
        receipts, rows = self.town.receipts(), self.post.rows()
        assert {receipt.external_id for receipt in receipts} == self.acknowledged
        assert len(receipts) == len(self.acknowledged)
        assert all(receipt.status is not ReceiptStatus.RECEIVED for receipt in receipts)
        answers = _answers(receipts, rows)
        assert all(answers.values())
        self._check_sending(rows)
        for address_id in {receipt.address_id for receipt in receipts}:
            mine = [one for one in receipts if one.address_id == address_id]
            first = [min(row.seq for row in answers[receipt.id]) for receipt in mine]
            assert first == sorted(first)  # receipts come in the platform's order

    def _check_sending(self, rows: Sequence[Delivery]) -> None:
        counts = {row.id.hex: self.platform.count(row.id.hex) for row in rows}
        for row in rows:
            if row.stream is Stream.PUSH:
                assert counts[row.id.hex] <= 1
            elif row.status not in NEVER_SENT:
                assert counts[row.id.hex] >= 1
        self._check_superseded(rows)
        for address_id in {row.address_id for row in rows}:
            dialogue = {
                row.id.hex: row.seq
                for row in rows
                if row.address_id == address_id and row.stream is Stream.DIALOGUE
            }
            order = [dialogue[it] for it in dict.fromkeys(self.platform) if it in dialogue]
            assert order == sorted(order)

    def _check_superseded(self, rows: Sequence[Delivery]) -> None:
        """Only questions are superseded, and never the one that is open in the end."""
        for row in rows:
            if row.status is DeliveryStatus.SUPERSEDED:
                asked = question_serial(body_of(row))
                assert asked is not None
                assert asked < self.post.serial_of(row.address_id)


def _answers(
    receipts: Sequence[InboundReceipt], rows: Sequence[Delivery]
) -> dict[UUID, list[Delivery]]:
    return {
        receipt.id: [row for row in rows if row.dedupe_key.startswith(f"turn:{receipt.id}:")]
        for receipt in receipts
    }


def _ignore(_account_id: UUID, _address_id: UUID) -> None:
    """Sending is a rule of its own."""
