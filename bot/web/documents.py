"""Sheets and printed pages behind an officer's short-lived addresses."""

from __future__ import annotations

import asyncio
import functools
import re
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.errors import UserError
from bot.services.broadcasts import broadcast_results
from bot.services.deployment import Deployment
from bot.services.people import privacy
from bot.services.phoning import phone_sheets
from bot.services.phoning.phone_sheets import PrintedCard, PrintedList
from bot.services.sending import documents
from bot.services.sending.documents import (
    DocumentElsewhereError,
    DocumentExpiredError,
    DocumentUnknownError,
    OpenedDocument,
)
from bot.services.tables import Table
from bot.web.document_tables import NOTED_TABLES, TABLES
from bot.web.pages import Pages
from bot.web.refusals import NOT_FOUND, RefusedError
from bot.web.security import check_same_origin
from bot.web.sheet_uploads import SheetUploads
from bot.web.sheets import CSV_TYPE, TYPE, csv_text, xlsx
from storage.database import Database
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
GONE, FORBIDDEN, SEE_OTHER = 410, 403, 303
LONGEST_TOKEN = 64
COOKIE = "wengong_sheets"
COOKIE_BYTES = 24
A_DAY_SECONDS = 24 * 3600
JSON_TYPE = "application/json"
# In the address once a cookie was given, so that a browser that keeps none is told so.
GIVEN = "b"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{22,64}")


@dataclass(frozen=True, slots=True)
class Export:
    """What is stored about a person, as JSON, to be handed over."""

    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What stands behind an address: who opened it, and a page; a sheet is read afterwards."""

    opened: OpenedDocument
    page: PrintedList | PrintedCard | Table | Export | None


class Documents:
    """Serves `/sheets/TOKEN`.

    Args:
        database: Where the links are.
        deployment: The bureau, or the first of several.
    """

    def __init__(self, database: Database, deployment: Deployment) -> None:
        self._database = database
        self._deployment = deployment
        self._uploads = SheetUploads(
            database, lambda opened: _pages(opened.deployment, opened.language)
        )

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/sheets/{token}", self.show, methods=["GET"]),
            Route("/sheets/{token}", self.take, methods=["POST"]),
        ]

    async def take(self, request: Request) -> Response:
        """Take in what an officer uploads; another site's page cannot post here."""
        check_same_origin(request)
        found = await self._found(request)
        if isinstance(found, Response):
            return found
        if found.opened.kind != documents.IMPORT:
            raise RefusedError(NOT_FOUND)
        return await self._uploads.receive(request, found.opened)

    async def show(self, request: Request) -> Response:
        """Show the document; a page says how to get a new address when this one ran out.

        A browser that comes without our cookie gets one and comes again. What only looks at
        addresses in chats, to draw a preview, keeps none, and takes no address from its officer.
        """
        found = await self._found(request)
        return found if isinstance(found, Response) else await self._draw(found)

    async def _found(self, request: Request) -> Found | Response:
        token = str(request.path_params["token"])
        if len(token) > LONGEST_TOKEN:
            raise RefusedError(NOT_FOUND)
        browser = request.cookies.get(COOKIE, "")
        if not _SHAPE.fullmatch(browser):
            if GIVEN in request.query_params:
                return self._refusal(request, "no_cookie", status=FORBIDDEN)
            return self._with_cookie(request)
        work = functools.partial(_open, deployment=self._deployment, token=token, browser=browser)
        try:
            return await asyncio.wrap_future(self._database.submit(work))
        except (DocumentUnknownError, UserError):
            raise RefusedError(NOT_FOUND) from None
        except DocumentExpiredError:
            return self._refusal(request, "expired", status=GONE)
        except DocumentElsewhereError:
            return self._refusal(request, "elsewhere", status=FORBIDDEN)

    async def _draw(self, found: Found) -> Response:
        opened, page = found.opened, found.page
        if opened.kind == documents.IMPORT:
            return self._uploads.form(opened)
        if opened.kind == documents.BROADCAST_SHEET or opened.kind in TABLES:
            # Thousands of rows, beside the writers; the look was written down before.
            read = functools.partial(_read, opened=opened)
            page = await asyncio.wrap_future(self._database.submit_read(read))
        if page is None:
            raise RefusedError(NOT_FOUND)
        if isinstance(page, Table) and opened.kind in documents.CSV_KINDS:
            return _file(f"{page.title}.csv", csv_text(page).encode(), CSV_TYPE)
        if isinstance(page, Table):
            return _file(f"{page.title}.xlsx", await asyncio.to_thread(xlsx, page), TYPE)
        if isinstance(page, Export):
            title = _words(opened.deployment, opened.language)("export.title")
            return _file(f"{title}.json", page.words.encode(), JSON_TYPE)
        pages = _pages(opened.deployment, opened.language)
        template = "phone_list.html" if isinstance(page, PrintedList) else "card.html"
        return pages.render(
            template,
            language=opened.language,
            page=page,
            words=_words(opened.deployment, opened.language),
        )

    def _with_cookie(self, request: Request) -> Response:
        response = RedirectResponse(f"{request.url.path}?{GIVEN}=1", status_code=SEE_OTHER)
        response.set_cookie(
            COOKIE,
            secrets.token_urlsafe(COOKIE_BYTES),
            max_age=A_DAY_SECONDS,
            path=documents.PATH,
            secure=self._deployment.public_url.startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return response

    def _refusal(self, request: Request, why: str, *, status: int) -> Response:
        pages = _pages(self._deployment, "zh")
        language = pages.language_of(request)
        return pages.render(
            "document_expired.html",
            language=language,
            status=status,
            why=why,
            words=_words(self._deployment, language),
        )


def _open(uow: UnitOfWork, *, deployment: Deployment, token: str, browser: str) -> Found:
    opened = documents.open_link(uow, deployment, token, browser=browser)
    own, officer, language = opened.deployment, opened.officer, opened.language
    page: PrintedList | PrintedCard | Export | Table | None = None
    if opened.kind == documents.PHONE_LIST:
        page = phone_sheets.printed_list(uow, own, officer, language=language)
    elif opened.kind == documents.PHONE_SHEET:
        page = phone_sheets.phone_sheet(uow, own, officer, language=language)
    elif opened.kind == documents.CARD:
        page = phone_sheets.card(uow, own, opened.subject, language=language)
    elif opened.kind == documents.EXPORT:
        page = _export(uow, opened.subject)
    elif opened.kind in NOTED_TABLES:
        page = NOTED_TABLES[opened.kind](uow, opened)
    elif opened.kind == documents.BROADCAST_SHEET:
        broadcast_results.look(uow, own, uuid.UUID(opened.subject), officer)
    return Found(opened, page)


def _export(uow: UnitOfWork, subject: str) -> Export | None:
    """Return what is stored about the worker and at the phone address that `subject` names."""
    key, _, at = subject.partition(":")
    worker, address = uow.workers.get(uuid.UUID(key)), uow.addresses.get(uuid.UUID(at))
    if worker is None or address is None:
        return None
    return Export(privacy.export(uow, address, worker))


def _read(uow: UnitOfWork, *, opened: OpenedDocument) -> Table | None:
    """Read a sheet that changes nothing."""
    if opened.kind in TABLES:
        return TABLES[opened.kind](uow, opened)
    return _broadcast_sheet(uow, opened=opened)


def _broadcast_sheet(uow: UnitOfWork, *, opened: OpenedDocument) -> Table:
    """Read the rows of a broadcast while the transaction lasts."""
    table = broadcast_results.table(
        uow, opened.deployment, uuid.UUID(opened.subject), opened.officer
    )
    return Table(table.title, table.columns, list(table.rows))


def _pages(deployment: Deployment, language: str) -> Pages:
    return Pages(
        texts=deployment.catalogue.texts,
        bureau=deployment.bureau_name,
        phone=deployment.bureau_phone,
        language=language,
        demo=deployment.is_demo,
    )


def _words(deployment: Deployment, language: str) -> Callable[..., str]:
    def words(name: str, **values: object) -> str:
        return deployment.text(f"documents.{name}", language, **values)

    return words


def _file(name: str, content: bytes, kind: str) -> Response:
    ending = name.rpartition(".")[2]
    return Response(
        content,
        media_type=kind,
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"sheet.{ending}\"; filename*=UTF-8''{quote(name)}"
            )
        },
    )
