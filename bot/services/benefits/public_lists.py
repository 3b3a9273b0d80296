"""公示: whom a benefit was granted to, with masked name and number and the sum, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.services.benefits.decision_steps import audit_step
from bot.services.benefits.identity import last_signs_of, masked
from bot.services.benefits.receipts import name_key
from bot.services.benefits.sums import yuan_words
from bot.services.deployment import Deployment
from bot.services.people import acting
from bot.services.people.workers import short_name
from bot.services.tables import Table
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, Officer, Worker
from storage.repositories.benefit_ledger import BenefitLedger
from storage.unit_of_work import UnitOfWork

# How long a list can be read; then it is taken off by itself.
PUBLIC_FOR = timedelta(days=7)
PATH = "/lists"
GRANTED = (BenefitStatus.APPROVED, BenefitStatus.PAID)


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One line of a public list, and nothing else about the person."""

    name: str
    id_number: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list as anybody may read it.

    Attributes:
        code: The benefit.
        rows: By number of application.
        until: Last local day on which any of it can be read.
    """

    code: str
    rows: tuple[PublicRow, ...]
    until: date


def path_of(deployment: Deployment, code: str) -> str:
    """Return the address of a list's public page, from the root of the site."""
    return f"{PATH}/{deployment.bureau_adcode}/{code}"


def publishable(
    uow: UnitOfWork, deployment: Deployment, officer: Officer
) -> dict[str, list[BenefitApplication]]:
    """Return by code what was granted with a sum in this officer's scope and not published yet."""
    found: dict[str, list[BenefitApplication]] = {}
    rows = BenefitLedger(uow.session).all_of(deployment.bureau_adcode, statuses=GRANTED)
    for application, worker in rows:
        is_open = application.published_at is None and application.amount_fen is not None
        if is_open and worker and acting.looks_after(uow, deployment, officer, worker):
            found.setdefault(application.code, []).append(application)
    return found


def publish(uow: UnitOfWork, deployment: Deployment, officer: Officer, code: str) -> int:
    """Publish what was granted under one code; return how many rows are new on the list."""
    published = 0
    for application in publishable(uow, deployment, officer).get(code, []):
        held = uow.benefit_applications.lock(application.id)
        if held is None or held.status not in GRANTED or held.published_at is not None:
            continue
        held.published_at = deployment.now
        audit_step(uow, deployment, officer, held, "benefit_published")
        published += 1
    return published


def take_down(uow: UnitOfWork, deployment: Deployment, officer: Officer, code: str) -> int:
    """Take this officer's part of a list off before its time; return how many rows."""
    taken = 0
    for application, worker in _published(uow, deployment, code):
        if worker is None or not acting.looks_after(uow, deployment, officer, worker):
            continue
        held = uow.benefit_applications.lock(application.id)
        if held is None or held.published_at is None:
            continue
        held.published_at = None
        audit_step(uow, deployment, officer, held, "benefit_unpublished")
        taken += 1
    return taken


def read_list(uow: UnitOfWork, deployment: Deployment, code: str) -> PublicList | None:
    """Return a list while it can be read, or None. Who was erased stands on none."""
    rows: list[PublicRow] = []
    last: datetime | None = None
    published = _published(uow, deployment, code)
    signs = last_signs_of(uow, {worker.id for _, worker in published if worker is not None})
    for application, worker in published:
        if worker is None or application.amount_fen is None or application.published_at is None:
            continue
        number = masked(signs.get(worker.id))
        rows.append(PublicRow(short_name(worker.name), number, application.amount_fen))
        last = max(last or application.published_at, application.published_at)
    if last is None:
        return None
    until = (last + PUBLIC_FOR).astimezone(deployment.clock.timezone).date()
    return PublicList(code, tuple(rows), until)


def public_codes(uow: UnitOfWork, deployment: Deployment) -> list[str]:
    """Return the codes of which a list can be read now."""
    since = deployment.now - PUBLIC_FOR
    return BenefitLedger(uow.session).published_codes(deployment.bureau_adcode, since=since)


def public_table(deployment: Deployment, found: PublicList, *, language: str) -> Table:
    """Return a list as a sheet: name, number and sum only."""

    def words(name: str) -> str:
        return deployment.text(f"benefit_queue.sheet.{name}", language)

    programme = deployment.text(name_key(found.code), language)
    return Table(
        title=deployment.text("benefit_queue.sheet.public_title", language, name=programme),
        columns=[words("name"), words("id_number"), words("amount")],
        rows=[[row.name, row.id_number, yuan_words(row.amount_fen)] for row in found.rows],
    )


def _published(
    uow: UnitOfWork, deployment: Deployment, code: str
) -> list[tuple[BenefitApplication, Worker | None]]:
    since = deployment.now - PUBLIC_FOR
    return BenefitLedger(uow.session).published(deployment.bureau_adcode, code, since=since)
