"""What a gateway reports of text messages: that they arrived, or why they did not."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.repositories.reports import Reported, Reports
from storage.states import DeliveryStatus
from storage.unit_of_work import UnitOfWork

DELIVERED, FAILED = "delivered", "failed"
# So many in one transaction: on SQLite, which has one writer, nobody's turn waits long for them.
BATCH = 100
# Sent as far as we knew, or perhaps sent, or on the wire: a report may come before the gateway's
# own answer, and it knows better than whatever becomes of that.
OPEN_TO_REPORTS = frozenset(
    {DeliveryStatus.ACCEPTED, DeliveryStatus.UNKNOWN, DeliveryStatus.RETRY, DeliveryStatus.SENDING}
)
LONGEST_REASON = 40


@dataclass(frozen=True, slots=True)
class Report:
    """One line of a report: our id or the gateway's, what became of it, and why not."""

    id: str
    status: str
    code: str = ""


def take_in(
    uow: UnitOfWork,
    account_id: uuid.UUID,
    reports: Sequence[Report],
    *,
    closed_numbers: Collection[str],
    now: datetime,
) -> list[str]:
    """Write down what became of messages; of several reports on one the first holds.

    Args:
        uow: The transaction.
        account_id: The gateway's account; other accounts' messages are unknown to it.
        reports: What it says, in its order; at most `BATCH` of them.
        closed_numbers: Codes that mean that a number gets no message any more.
        now: The present instant.

    Returns:
        The ids that this account never sent.
    """
    stored = Reports(uow.session)
    known = _known(stored, account_id, [report.id for report in reports])
    first: dict[uuid.UUID, tuple[Reported, Report]] = {}
    for report in reports:
        row = known.get(report.id)
        if row is not None and row.status in OPEN_TO_REPORTS and not row.is_confirmed:
            first.setdefault(row.id, (row, report))
    stored.arrived([key for key, (_row, it) in first.items() if it.status == DELIVERED], now=now)
    lost = [(row, report.code) for row, report in first.values() if report.status != DELIVERED]
    for code in dict.fromkeys(code for _row, code in lost):
        of_code = [row.id for row, one in lost if one == code]
        stored.lost(of_code, reason=f"report:{code}"[:LONGEST_REASON])
    closed = {row.address_id for row, code in lost if code in closed_numbers}
    uow.deliveries.note_unreachable(closed, now=now)
    return [report.id for report in reports if report.id not in known]


def _known(stored: Reports, account_id: uuid.UUID, given: Sequence[str]) -> dict[str, Reported]:
    """Return the messages behind ids of either kind; ours come first."""
    keys = {one: key for one in given if (key := _key_in(one)) is not None}
    ours = {row.id: row for row in stored.of_keys(account_id, set(keys.values()))}
    known = {one: ours[key] for one, key in keys.items() if key in ours}
    others = {one for one in given if one not in known}
    for row in stored.of_names(account_id, others):
        if row.external_id is not None:
            known.setdefault(row.external_id, row)
    return known


def _key_in(given: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=given)
    except ValueError:
        return None
