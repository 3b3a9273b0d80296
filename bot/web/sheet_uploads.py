"""The page on which an officer brings a sheet in: choose a file, look, then decide."""

from __future__ import annotations

import asyncio
import functools
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from bot.errors import UserError
from bot.services.register import uploads
from bot.services.register.deciding import Outcome
from bot.services.register.error_sheets import error_sheet, reason_words
from bot.services.register.importing import Step
from bot.services.register.intakes import Intake, open_sheet
from bot.services.register.sheet_files import MOST_BYTES
from bot.services.sending.documents import OpenedDocument
from bot.web.pages import Pages
from bot.web.refusals import TOO_LONG, WRONG_TYPE, RefusedError
from bot.web.sheets import TYPE, xlsx
from content.register_columns import Sheet
from storage.database import Database

TEMPLATE = "sheet_upload.html"
AROUND_A_FILE = 10_000
LONGEST_FIELD = 200
FIRST_ROWS = 10
FORM, FILE_FORM = "application/x-www-form-urlencoded", "multipart/form-data"


class SheetUploads:
    """Takes what the page posts.

    Args:
        database: Where sheets go.
        pages: Draws pages of the officer's bureau.
    """

    def __init__(self, database: Database, pages: Callable[[OpenedDocument], Pages]) -> None:
        self._database = database
        self._pages = pages
        self._one_at_a_time = asyncio.Semaphore(1)

    def form(self, opened: OpenedDocument, *, refusal: str = "") -> Response:
        """Return the page that asks for a file; `refusal` says what was wrong with the last."""
        return self._page(opened, refusal=refusal)

    async def receive(self, request: Request, opened: OpenedDocument) -> Response:
        """Look at an uploaded file, take over one that was looked at, or return its errors.

        Raises:
            RefusedError: The post is no form, or longer than any sheet may be.
        """
        kind = request.headers.get("content-type", "")
        try:
            if kind.startswith(FILE_FORM):
                content = file_in(await _body(request, MOST_BYTES + AROUND_A_FILE), kind)
                return await self._look(opened, content)
            if not kind.startswith(FORM):
                raise RefusedError(WRONG_TYPE)
            fields = parse_qs((await _body(request, LONGEST_FIELD)).decode("ascii", "replace"))
            batch_id = uuid.UUID(fields.get("batch", [""])[0])
            if "errors" in fields:
                return await self._errors(opened, batch_id)
            return await self._apply(opened, batch_id)
        except ValueError:
            return self.form(opened)
        except UserError as error:
            words = opened.deployment.text(error.text_key, opened.language, **error.values)
            return self.form(opened, refusal=words)

    async def _look(self, opened: OpenedDocument, content: bytes) -> Response:
        intake = await self._read(opened, Sheet(opened.subject), content)
        counts: Counter[Outcome] = Counter()
        await _each(intake.preview_steps(counts), self._database.submit_read)
        batch_id = await asyncio.wrap_future(
            self._database.submit(
                lambda uow: uploads.keep(uow, opened.deployment, opened.officer, intake, content)
            )
        )
        wanted = counts[Outcome.NEW] + counts[Outcome.CHANGED] + counts[Outcome.ASKED]
        rows = [
            (row.line, reason_words(opened.deployment, row.findings, language=opened.language))
            for row in intake.rows
            if row.findings
        ]
        return self._page(
            opened,
            batch=batch_id.hex,
            preview=intake.preview(counts),
            counts={one.value: counts[one] for one in Outcome},
            can_apply=bool(wanted),
            rows=rows[:FIRST_ROWS],
            has_errors=bool(rows),
        )

    async def _apply(self, opened: OpenedDocument, batch_id: uuid.UUID) -> Response:
        intake = await self._kept(opened, batch_id)
        await _each(intake.apply_steps(batch_id), self._database.submit)
        batch = await asyncio.wrap_future(
            self._database.submit(
                lambda uow: uploads.tell(uow, opened.deployment, opened.officer, batch_id)
            )
        )
        return self._page(opened, done=batch)

    async def _errors(self, opened: OpenedDocument, batch_id: uuid.UUID) -> Response:
        intake = await self._kept(opened, batch_id)
        await _each(intake.preview_steps(Counter()), self._database.submit_read)
        table = error_sheet(opened.deployment, intake.table, intake.rows, language=opened.language)
        content = await asyncio.to_thread(xlsx, table)
        head = {"Content-Disposition": 'attachment; filename="errors.xlsx"'}
        return Response(content, media_type=TYPE, headers=head)

    async def _kept(self, opened: OpenedDocument, batch_id: uuid.UUID) -> Intake:
        kind, content = await asyncio.wrap_future(
            self._database.submit_read(
                lambda uow: uploads.kept(uow, opened.deployment, opened.officer, batch_id)
            )
        )
        return await self._read(opened, kind, content)

    async def _read(self, opened: OpenedDocument, kind: Sheet, content: bytes) -> Intake:
        read = functools.partial(
            open_sheet,
            opened.deployment,
            self._database.secrets,
            kind,
            content,
            officer=opened.officer,
        )
        # An opened workbook is many times its file: several at once would fill the memory.
        async with self._one_at_a_time:
            return await asyncio.to_thread(read)

    def _page(self, opened: OpenedDocument, **values: object) -> Response:
        def words(name: str, **parts: object) -> str:
            return opened.deployment.text(f"register.page.{name}", opened.language, **parts)

        sheet = opened.deployment.text(f"register.chat.{opened.subject}", opened.language)
        return self._pages(opened).render(
            TEMPLATE, language=opened.language, words=words, sheet=sheet, shown=values
        )


def file_in(body: bytes, kind: str) -> bytes:
    """Return the one file of a posted form.

    Raises:
        UserError: There is none in it.
    """
    _, _, boundary = kind.partition("boundary=")
    mark = b"--" + boundary.strip().strip('"').encode("ascii", "replace")
    for part in body.split(mark)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        if b"filename=" in head and content:
            return content.removesuffix(b"\r\n")
    raise UserError("register.refused.empty")


async def _each(steps: Iterator[Step], submit: Callable[[Step], Future[None]]) -> None:
    for step in steps:
        await asyncio.wrap_future(submit(step))


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise RefusedError(TOO_LONG)
    return bytes(body)
