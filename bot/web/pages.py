"""Renders templates in the person's language, with links to versioned files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from content.texts import LANGUAGES, Texts

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "wengong_language"
ONE_YEAR_SECONDS = 365 * 24 * 3600


class Pages:
    """Templates, texts and what every page of this bureau says.

    Args:
        texts: The catalogue.
        bureau: Name of the bureau, shown in every header.
        phone: Its landline; empty shows no number.
        language: For people who have not chosen one.
        demo: Whether pages say that all people and firms are invented.
    """

    def __init__(self, *, texts: Texts, bureau: str, phone: str, language: str, demo: bool) -> None:
        self.phone = phone
        self._texts = texts
        self._language = language
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(bureau=bureau, phone=phone, demo=demo, asset=_asset)

    def say(self, key: str, language: str, **values: object) -> str:
        """Return one text of the catalogue."""
        return self._texts.render(key, language, **values)

    def words_of(self, table: str, language: str, **values: object) -> dict[str, str]:
        """Return every text of one `web` table by its short name."""
        start = f"web.{table}."
        return {
            key.removeprefix(start): self.say(key, language, **values)
            for key in sorted(self._texts.keys(language))
            if key.startswith(start)
        }

    def language_of(self, request: Request) -> str:
        """Return the language asked for in the address, chosen before, or the site's own."""
        asked = request.query_params.get("lang", "")
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return next((name for name in (asked, chosen) if name in LANGUAGES), self._language)

    def render(
        self, template: str, *, language: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        """Render `template`; inside, `say('table.name')` is the text `web.table.name`."""

        def say(key: str, **parts: object) -> str:
            return self.say(f"web.{key}", language, **parts)

        page = self._environment.get_template(template)
        return HTMLResponse(page.render(say=say, language=language, **values), status_code=status)


def remember_language(request: Request, response: HTMLResponse, *, secure: bool) -> HTMLResponse:
    """Keep a language chosen in the page's address for the next visit."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            asked,
            max_age=ONE_YEAR_SECONDS,
            secure=secure,
            httponly=True,
            samesite="lax",
        )
    return response


def _asset(name: str) -> str:
    """Return the address of a static file; it changes whenever the file does."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:10]}"
