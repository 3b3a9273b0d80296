"""Sheets and printed pages behind an officer's short-lived addresses."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from xml.etree import ElementTree as ET

import httpx
import pytest

from bot.clock import FixedClock
from bot.services.sending import documents
from bot.services.tables import Table
from bot.web.documents import Documents
from bot.web.routes import SiteOptions, create_app
from bot.web.sheets import sheet_name, xlsx
from storage.models import Broadcast
from storage.states import BroadcastStatus
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person
from tests.conftest import MONDAY_MORNING
from tests.officer_world import audited
from tests.web.remembered_site import RememberedSite

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ORIGIN = "http://127.0.0.1:8000"
LINK = re.compile(r"/sheets/[\w-]+")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY_MORNING)


class Browser:
    """A browser that keeps its cookies; a preview that keeps none is another class of visitor."""

    def __init__(self, city: City) -> None:
        self._cookies = httpx.Cookies()
        self._app = create_app(
            RememberedSite(city.clock),
            texts=city.deployment.catalogue.texts,
            clock=city.clock,
            options=SiteOptions(
                secure=False, demo=False, bureau="德阳市人社局", phone="0838-2500000"
            ),
            more_routes=Documents(city.database, city.deployment).routes(),
        )

    def get(self, path: str, *, follow: bool = True) -> httpx.Response:
        """Open an address; the harness's people need a loop of their own, so each one has."""
        return asyncio.run(self._get(path, follow=follow))

    async def _get(self, path: str, *, follow: bool) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, client=("127.0.0.1", 50000))
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, cookies=self._cookies, follow_redirects=follow
        ) as client:
            answer = await client.get(path)
            self._cookies = httpx.Cookies(client.cookies)
            return answer


@pytest.fixture
def browser(city: City) -> Browser:
    return Browser(city)


def link_of(officer: Person, label: str) -> str:
    """Tap a line of the list; return the address that was said."""
    officer.says("/phone")
    found = LINK.search("\n".join(officer.taps(label)))
    assert found is not None
    return found[0]


def listed(city: City) -> Person:
    """Return an officer with one check-in to ask."""
    officer = city.officer()
    world.is_asked(city, world.add_worker(city))
    return officer


def cells(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of a sheet as its XML holds them; a formula would show as one."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    assert not list(sheet.iter(f"{CELL}f"))
    for row in sheet.iter(f"{CELL}row"):
        yield ["".join(cell.itertext()) for cell in row.iter(f"{CELL}c")]


def test_the_printed_list_holds_name_number_question_and_boxes(
    city: City, browser: Browser
) -> None:
    page = browser.get(link_of(listed(city), "打印"))
    assert page.status_code == 200
    for words in ("陈桂芳", "13900001234", "还在宏达制衣不", "<li>不想被打</li>"):
        assert words in page.text
    assert "1974" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_sheet_keeps_phone_numbers_as_text(city: City, browser: Browser) -> None:
    file = browser.get(link_of(listed(city), "下载表格"))
    assert file.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    head, row = list(cells(file.content))
    assert head == ["序", "名字", "电话", "事情", "问什么", "结果"]
    assert row[1:3] == ["陈桂芳", "13900001234"]


def test_every_opening_is_written_into_the_audit(city: City, browser: Browser) -> None:
    path = link_of(listed(city), "打印")
    assert audited(city, "open_document") == 0
    browser.get(path)
    browser.get(path)
    assert audited(city, "open_document") == 2


def test_after_an_hour_the_page_says_how_to_get_another(city: City, browser: Browser) -> None:
    path = link_of(listed(city), "打印")
    city.clock.advance(timedelta(hours=1))
    page = browser.get(path)
    assert page.status_code == 410
    assert "/phone" in page.text
    assert "陈桂芳" not in page.text
    assert audited(city, "open_document") == 0


def test_an_address_opens_in_the_first_browser_only(city: City, browser: Browser) -> None:
    path = link_of(listed(city), "打印")
    assert browser.get(path).status_code == 200
    stranger = Browser(city).get(path)
    assert stranger.status_code == 403
    assert "陈桂芳" not in stranger.text
    assert "别处打开过" in stranger.text
    assert browser.get(path).status_code == 200
    assert audited(city, "open_document") == 2


def test_a_preview_without_cookies_does_not_take_an_address_from_its_officer(
    city: City, browser: Browser
) -> None:
    path = link_of(listed(city), "打印")
    preview = Browser(city).get(path, follow=False)
    assert preview.status_code == 303
    assert "陈桂芳" not in preview.text
    again = Browser(city).get(f"{path}?b=1", follow=False)
    assert again.status_code == 403
    assert "cookie" in again.text
    assert browser.get(path).status_code == 200


@pytest.mark.parametrize("token", ["abc", "x" * 32, "x" * 5000, "%E9%99%88"])
def test_a_wrong_address_leads_nowhere(city: City, browser: Browser, token: str) -> None:
    listed(city)
    assert browser.get(f"/sheets/{token}").status_code == 404


def test_a_retired_officers_address_leads_nowhere(city: City, browser: Browser) -> None:
    officer = listed(city)
    path = link_of(officer, "打印")
    key = officer.as_officer().id

    def retire(uow: UnitOfWork) -> None:
        uow.officers.need(key).retired_at = city.clock.now()

    city.run(retire)
    assert browser.get(path).status_code == 404


def test_a_card_shows_a_masked_name_and_a_code_that_opens_the_chat(
    city: City, browser: Browser
) -> None:
    officer = listed(city)
    officer.says("/phone")
    officer.taps("开始打")
    path = LINK.findall("\n".join(officer.taps("打印卡片")))[0]
    page = browser.get(path)
    assert "陈*芳" in page.text
    assert "陈桂芳" not in page.text
    assert "13900001234" not in page.text
    assert "0838-2500000" in page.text
    picture = re.findall(r"/qr/r_[\w-]+\.svg", page.text)[0]
    assert browser.get(picture).status_code == 200


def test_a_document_in_english_for_an_officer_who_reads_it(city: City, browser: Browser) -> None:
    officer = listed(city)
    officer.says("/lang en")
    page = browser.get(link_of(officer, "Print"))
    assert "Calls to make today" in page.text
    assert '<html lang="en">' in page.text


def test_a_broadcasts_sheet_opens_for_its_officer(city: City, browser: Browser) -> None:
    officer = city.officer()
    key = officer.as_officer().id

    def give(uow: UnitOfWork) -> str:
        row = Broadcast(
            bureau_adcode=city.deployment.bureau_adcode,
            number=1,
            officer_id=key,
            scope="5106",
            words="明天有招聘会",
            status=BroadcastStatus.DONE,
            created_at=city.clock.now(),
        )
        found = uow.broadcasts.add(row)
        return documents.link(
            uow,
            city.deployment,
            uow.officers.need(key),
            kind=documents.BROADCAST_SHEET,
            subject=found.id.hex,
        )

    file = browser.get(city.run(give))
    assert file.status_code == 200
    assert len(list(cells(file.content))) == 1
    assert audited(city, "view_broadcast_results") == 1


def test_a_cell_that_looks_like_a_formula_stays_words() -> None:
    table = Table("名/单:?", ["=头"], [["=1+1"], ["+86"], ["-5"], ["@a"], ["好"], [7], [None]])
    assert list(cells(xlsx(table)))[:6] == [["'=头"], ["'=1+1"], ["'+86"], ["'-5"], ["'@a"], ["好"]]


def test_a_sheet_is_named_as_the_program_allows() -> None:
    assert sheet_name("名/单:?[x]*" + "长" * 40) == ("名 单   x  " + "长" * 40)[:31]
    assert sheet_name("???") == "1"
