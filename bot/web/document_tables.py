"""Which table stands behind which kind of document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from bot.services.benefits import fund, public_lists
from bot.services.register import statistics_sheets
from bot.services.sending import documents
from bot.services.sending.documents import OpenedDocument
from bot.services.tables import Table
from storage.unit_of_work import UnitOfWork

Read = Callable[[UnitOfWork, OpenedDocument], Table | None]


def _snapshot(uow: UnitOfWork, opened: OpenedDocument) -> Table | None:
    return statistics_sheets.opened_snapshot(
        uow, opened.deployment, opened.officer, opened.subject, language=opened.language
    )


def _people(uow: UnitOfWork, opened: OpenedDocument) -> Table:
    return statistics_sheets.people_sheet(
        uow, opened.deployment, opened.officer, opened.subject, language=opened.language
    )


def _benefit_ledger(uow: UnitOfWork, opened: OpenedDocument) -> Table:
    first, _, last = opened.subject.partition(":")
    return fund.ledger_table(
        uow,
        opened.deployment,
        opened.officer,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        language=opened.language,
    )


def _benefit_alerts(uow: UnitOfWork, opened: OpenedDocument) -> Table:
    return fund.alerts_table(uow, opened.deployment, opened.officer, language=opened.language)


def _public_list(uow: UnitOfWork, opened: OpenedDocument) -> Table | None:
    found = public_lists.read_list(uow, opened.deployment, opened.subject)
    if found is None:
        return None
    return public_lists.public_table(opened.deployment, found, language=opened.language)


# None where the officer may not see it, or it is gone. These only read.
TABLES: Mapping[str, Read] = MappingProxyType(
    {
        documents.STATISTICS: _snapshot,
        documents.STATISTICS_CSV: _snapshot,
        documents.BENEFIT_LEDGER: _benefit_ledger,
        documents.BENEFIT_ALERTS: _benefit_alerts,
        documents.PUBLIC_LIST: _public_list,
    }
)
# Every person on these is noted as seen, so they are read where something can be written.
NOTED_TABLES: Mapping[str, Read] = MappingProxyType({documents.STATISTICS_PEOPLE: _people})
