"""An officer brings a sheet in through a page, reads the outcome in the chat, and settles."""

from __future__ import annotations

import asyncio
import re
import uuid

import httpx
import pytest

from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.register.register_world import bring_in, person, xlsx
from tests.web.test_documents import ORIGIN, Browser

NAME, MOBILE = "王秀芳", "13800138000"


@pytest.fixture
def zhou(city: City) -> Person:
    return city.officer()


class Uploader(Browser):
    """A browser that posts forms, by default from the page itself."""

    def post(
        self,
        path: str,
        *,
        data: dict[str, str] | None = None,
        file: bytes | None = None,
        origin: str = ORIGIN,
    ) -> httpx.Response:
        """Post a form, with a file or with fields."""
        return asyncio.run(self._post(path, data=data, file=file, origin=origin))

    async def _post(
        self, path: str, *, data: dict[str, str] | None, file: bytes | None, origin: str
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, client=("127.0.0.1", 50000))
        files = None if file is None else {"file": ("名册.xlsx", file)}
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, cookies=self._cookies
        ) as client:
            return await client.post(path, data=data, files=files, headers={"origin": origin})


@pytest.fixture
def browser(city: City) -> Uploader:
    return Uploader(city)


def page_of(zhou: Person, kind: str) -> str:
    """Return the path of the page that a command shows."""
    heard = "\n".join(zhou.says(f"/import {kind}"))
    found = re.search(r"/sheets/[A-Za-z0-9_-]+", heard)
    assert found is not None, heard
    return found[0]


def upload(browser: Uploader, path: str, content: bytes) -> str:
    """Return the page after a file was chosen."""
    assert browser.get(path).status_code == 200
    answer = browser.post(path, file=content)
    assert answer.status_code == 200
    return answer.text


def phone_of(city: City, key: uuid.UUID) -> str | None:
    """Return a worker's number."""
    return city.run(lambda uow: uow.workers.need(key).phone)


def batch_in(page: str) -> str:
    """Return the batch that the page would apply."""
    found = re.search(r'name="batch" value="([0-9a-f]+)"', page)
    assert found is not None, page
    return found[1]


def test_a_sheet_is_looked_at_then_taken_over_and_taken_back(
    city: City, zhou: Person, browser: Uploader
) -> None:
    path = page_of(zhou, "workers")
    page = upload(browser, path, xlsx([person(1), person(2), person(3, 证件号码="5106")]))
    assert "共3行：新增2" in page
    assert "不收1" in page
    assert "不是18位" in page
    key = batch_in(page)
    errors = browser.post(path, data={"batch": key, "errors": "1"})
    assert errors.headers["content-disposition"].endswith('"errors.xlsx"')
    done = browser.post(path, data={"batch": key, "apply": "1"})
    assert "新增2" in done.text
    assert "劳动力名册导好了：新增2" in "\n".join(zhou.listens())
    assert len(city.run(lambda uow: uow.workers.registered("510600"))) == 2
    zhou.taps("撤回这一批")
    assert "在撤了" in "\n".join(zhou.taps("撤"))
    city.pass_time(seconds=10)
    assert "劳动力名册那一批撤回了" in "\n".join(zhou.listens())
    assert city.run(lambda uow: uow.workers.registered("510600")) == []


def test_a_wrong_file_is_refused_on_the_page(zhou: Person, browser: Uploader) -> None:
    path = page_of(zhou, "workers")
    assert "打不开" in upload(browser, path, b"PK\x03\x04 nothing")
    page = upload(browser, path, xlsx([{"工号": 1, "性名": "王"}]))
    assert "找不到表头" in page


def test_another_site_cannot_post_a_sheet(zhou: Person, browser: Uploader) -> None:
    path = page_of(zhou, "workers")
    browser.get(path)
    answer = browser.post(path, file=xlsx([person(1)]), origin="https://evil.org")
    assert answer.status_code == 403


def test_an_officer_of_one_county_brings_in_no_people_of_another(
    city: City, browser: Uploader
) -> None:
    narrow = city.officer("何青", scope="510681")
    page = upload(browser, page_of(narrow, "workers"), xlsx([person(1)]))
    assert "不是本地的" in page


def test_workers_have_no_such_command(city: City) -> None:
    worker = city.person("somebody")
    assert "/sheets/" not in "\n".join(worker.says("/import workers"))


def test_a_difference_is_settled_with_a_tap_and_undone(city: City, zhou: Person) -> None:
    bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE)]))
    (worker,) = city.run(lambda uow: uow.workers.registered("510600"))

    def told(uow: UnitOfWork) -> None:
        uow.workers.need(worker.id).phone = "13900139000"

    city.run(told)
    bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话="13700137000")]))
    asked = "\n".join(zhou.says("/differences"))
    assert "王*芳的电话，表里是：13700137000；我们这里是：13900139000" in asked
    zhou.taps("照表里的")
    assert phone_of(city, worker.id) == "13700137000"
    zhou.taps("撤回")
    assert phone_of(city, worker.id) == "13900139000"
    zhou.taps("留我们的")
    assert phone_of(city, worker.id) == "13900139000"
    assert "没有要定的了" in zhou.heard


def test_whose_a_row_is_an_officer_says(city: City, zhou: Person) -> None:
    for number in (1, 2):
        bring_in(city, xlsx([{"姓名": NAME, "联系电话": MOBILE, "人口编号": f"A{number}"}]))
    assert len(city.run(lambda uow: uow.workers.registered("510600"))) == 2
    bring_in(city, xlsx([{"姓名": NAME, "联系电话": MOBILE, "文化程度": "初中"}]))
    assert "是哪一个" in "\n".join(zhou.says("/differences"))
    zhou.taps("都不是")
    assert len(city.run(lambda uow: uow.workers.registered("510600"))) == 3
    zhou.taps("撤回")
    assert len(city.run(lambda uow: uow.workers.registered("510600"))) == 2
