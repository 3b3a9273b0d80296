"""公示: a public list of one benefit, for whoever has its address, while it can be read."""

from __future__ import annotations

import asyncio
import functools
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.services.benefits import public_lists
from bot.services.benefits.public_lists import PublicList
from bot.services.benefits.receipts import name_key
from bot.services.benefits.sums import yuan_words
from bot.services.deployment import Deployment
from bot.web.pages import Pages, remember_language
from bot.web.refusals import NOT_FOUND, RefusedError
from storage.database import Database
from storage.unit_of_work import UnitOfWork

_CODE = re.compile(r"[a-z0-9_]{1,40}")


class PublicLists:
    """Serves `/lists/BUREAU/CODE`: masked names and numbers with sums, and nothing else.

    Args:
        database: Where the applications are.
        deployment: The bureau, or the first of several.
        secure: Cookies travel over https only.
    """

    def __init__(self, database: Database, deployment: Deployment, *, secure: bool) -> None:
        self._database = database
        self._deployment = deployment
        self._secure = secure

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route(f"{public_lists.PATH}/{{bureau}}/{{code}}", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Show a list while it can be read; an older one is gone."""
        code = str(request.path_params["code"])
        bureaus = {one.bureau_adcode: one for one in self._deployment.every()}
        own = bureaus.get(str(request.path_params["bureau"]))
        if own is None or not _CODE.fullmatch(code):
            raise RefusedError(NOT_FOUND)
        read = functools.partial(_read, deployment=own, code=code)
        found = await asyncio.wrap_future(self._database.submit_read(read))
        if found is None:
            raise RefusedError(NOT_FOUND)
        return self._draw(request, own, found)

    def _draw(self, request: Request, own: Deployment, found: PublicList) -> Response:
        pages = Pages(
            texts=own.catalogue.texts,
            bureau=own.bureau_name,
            phone=own.bureau_phone,
            language="zh",
            demo=own.is_demo,
        )
        language = pages.language_of(request)
        name = own.text(name_key(found.code), language)
        until = "until_phone" if own.bureau_phone else "until"
        page = pages.render(
            "public_list.html",
            language=language,
            title=own.text("benefit_queue.public.title", language, name=name),
            note=own.text(
                f"benefit_queue.public.{until}",
                language,
                day=found.until.isoformat(),
                bureau=own.bureau_name,
                phone=own.bureau_phone,
            ),
            heads=[
                own.text(f"benefit_queue.sheet.{head}", language)
                for head in ("name", "id_number", "amount")
            ],
            rows=[(row.name, row.id_number, yuan_words(row.amount_fen)) for row in found.rows],
        )
        # Nobody keeps a copy beyond the time of the list.
        page.headers["Cache-Control"] = "no-store"
        return remember_language(request, page, secure=self._secure)


def _read(uow: UnitOfWork, *, deployment: Deployment, code: str) -> PublicList | None:
    return public_lists.read_list(uow, deployment, code)
