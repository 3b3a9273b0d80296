"""What an old WeChat WebView on a slow line must be able to load and run."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from bot.web.pages import STATIC, TEMPLATES
from tests.web.conftest import Site

SCRIPTS = sorted(STATIC.glob("*.js"))
STYLES = sorted(STATIC.glob("*.css"))
TOO_NEW = re.compile(
    r"=>|`|\b(?:const|let|class|async|await|yield|of|super|import|export)\s"
    r"|\bfetch\(|\bPromise\b|\.\.\.|\bURLSearchParams\b|\bSymbol\b|\bnew (?:Map|Set|Proxy)\b"
    r"|\.(?:includes|startsWith|endsWith|padStart|find|findIndex|closest|append|remove|prepend"
    r"|replaceWith|matches|scrollTo|repeat|fill|flat|values|entries)\("
    r"|Object\.assign|Array\.from|\?\.|\?\?|\*\*"
)
MOST_BYTES = 100 * 1024


def without_comments_and_strings(script: str) -> str:
    script = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    return re.sub(r"'(?:\\.|[^'\\\n])*'", "''", script)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_use_nothing_that_an_old_webview_lacks(script: Path) -> None:
    source = without_comments_and_strings(script.read_text(encoding="utf-8"))

    assert TOO_NEW.findall(source) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_never_make_markup_from_text(script: Path) -> None:
    source = script.read_text(encoding="utf-8")

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", source)


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_styles_use_nothing_that_an_old_webview_lacks(style: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert not re.search(r"var\(|display: (?:grid|contents)|\bgap:|\bclamp\(|@import|:is\(", source)


@pytest.mark.parametrize("template", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_pages_have_no_inline_script_or_style(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son\w+=|<script>|javascript:|https?://", source)


async def test_the_whole_chat_page_is_at_most_100_kb(client: httpx.AsyncClient) -> None:
    page = await client.get("/chat")
    total = len(page.content)
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    for address in addresses:
        file = await client.get(address)
        assert file.status_code == 200, address
        total += len(file.content)

    assert len(addresses) >= 8
    assert total <= MOST_BYTES


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", "/chat", "/demo/clock"])
async def test_every_page_opens_in_both_languages(pages: Site, path: str, language: str) -> None:
    page = await pages.client("demo").get(path, params={"lang": language})

    assert page.status_code == 200
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in page.text
    assert "中江县人社局" in page.text or path == "/demo/clock"


async def test_the_landing_page_leads_to_the_chat_and_names_the_landline(pages: Site) -> None:
    page = (await pages.client().get("/")).text

    assert 'href="/chat"' in page
    assert "0838-0000000" in page
