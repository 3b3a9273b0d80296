"""Short-lived addresses behind which one officer opens a sheet or a printed page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.services.deployment import Deployment
from bot.services.people.officer_views import audit_view
from bot.services.people.officers import language_of, new_token
from storage.models import DocumentLink, Officer
from storage.unit_of_work import UnitOfWork

PHONE_LIST, PHONE_SHEET = "PHONE_LIST", "PHONE_SHEET"
BROADCAST_SHEET, CARD, EXPORT = "BROADCAST_SHEET", "CARD", "EXPORT"
IMPORT = "IMPORT"  # a page that takes a sheet in
BENEFIT_LEDGER, BENEFIT_ALERTS, PUBLIC_LIST = "BENEFIT_LEDGER", "BENEFIT_ALERTS", "PUBLIC_LIST"
STATISTICS, STATISTICS_CSV, STATISTICS_PEOPLE = "STATISTICS", "STATISTICS_CSV", "STATISTICS_PEOPLE"
# Drawn as comma-separated text instead of a sheet.
CSV_KINDS = frozenset({STATISTICS_CSV})
KINDS = frozenset(
    {
        STATISTICS,
        STATISTICS_CSV,
        STATISTICS_PEOPLE,
        PHONE_LIST,
        PHONE_SHEET,
        BROADCAST_SHEET,
        CARD,
        EXPORT,
        IMPORT,
        BENEFIT_LEDGER,
        BENEFIT_ALERTS,
        PUBLIC_LIST,
    }
)
LIFE = timedelta(hours=1)
PATH = "/sheets/"


class DocumentUnknownError(LookupError):
    """No such address was ever given out, or its officer is one no more."""


class DocumentExpiredError(LookupError):
    """The address was right, but its hour is over."""


class DocumentElsewhereError(LookupError):
    """The address was right, but another browser opened it first."""


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """What an address leads to.

    Attributes:
        kind: One of `KINDS`.
        subject: Which one, as `link` was told.
        officer: Whose address it is; shows no more than this officer may see.
        language: What this officer reads.
        deployment: The officer's bureau.
    """

    kind: str
    subject: str
    officer: Officer
    language: str
    deployment: Deployment


def link(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, *, kind: str, subject: str
) -> str:
    """Return the path `/sheets/TOKEN` of a document, for one hour and the first browser only.

    Args:
        uow: The transaction.
        deployment: The bureau.
        officer: Who asks for it; every opening is written into the audit under this name.
        kind: One of `KINDS`.
        subject: Which one, such as a broadcast's id in hex; kept encrypted.

    Raises:
        ValueError: Nothing draws this kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no document of kind {kind}")
    token = new_token()
    uow.document_links.add(
        DocumentLink(
            token_hash=uow.document_links.hash_of(token),
            officer_id=officer.id,
            kind=kind,
            subject=subject,
            created_at=deployment.now,
            expires_at=deployment.now + LIFE,
        )
    )
    return PATH + token


def open_link(
    uow: UnitOfWork, deployment: Deployment, token: str, *, browser: str
) -> OpenedDocument:
    """Return what a token leads to, and write down that somebody looked in its officer's name.

    Args:
        uow: The transaction.
        deployment: The bureau, or the first of several.
        token: From the address.
        browser: What the browser keeps in its cookie; the first one that comes stays the only
            one, so that an address that was passed on or overheard opens nothing.

    Raises:
        DocumentUnknownError: Nobody was given this token, or its officer has retired.
        DocumentExpiredError: Its hour is over.
        DocumentElsewhereError: Another browser opened it before.
    """
    row = uow.document_links.held_of_token(token)
    officer = uow.officers.get(row.officer_id) if row is not None else None
    if row is None or officer is None or officer.retired_at is not None:
        raise DocumentUnknownError
    if row.expires_at <= deployment.now:
        raise DocumentExpiredError
    known = uow.document_links.hash_of(browser)
    if row.browser_hash is not None and row.browser_hash != known:
        raise DocumentElsewhereError
    row.browser_hash = known
    own = bureau_of(uow, deployment, officer)
    audit_view(uow, own, officer, "open_document", subject_kind=row.kind.lower(), subject_id=row.id)
    return OpenedDocument(row.kind, row.subject, officer, language_of(uow, officer), own)


def bureau_of(uow: UnitOfWork, deployment: Deployment, officer: Officer) -> Deployment:
    """Return the deployment of the bureau that an officer belongs to."""
    address = uow.addresses.need(officer.address_id)
    return deployment.of(uow.accounts.need(address.account_id).bureau_adcode)
