"""The public page of a policy card: to be read and forwarded by anybody."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.web.policies import PublishedPolicies
from bot.web.routes import SiteOptions, create_app
from content.data_files import DataFolder
from content.policies.library import PolicyLibrary
from content.policies.reading import read_policies
from content.texts import Texts
from tests.content.policies.own_folder import OwnFolder
from tests.web.conftest import ORIGIN
from tests.web.remembered_site import RememberedSite

OLD, NEW = "/policies/CQ-TRANSPORT-2016", "/policies/CQ-TRANSPORT-2022"


async def released_2022() -> frozenset[str]:
    return frozenset({"CQ-TRANSPORT-2022"})


@pytest.fixture(scope="module")
def library() -> PolicyLibrary:
    return read_policies(DataFolder())


@dataclass
class Reader:
    """Somebody with a browser and no cookie."""

    site: RememberedSite
    texts: Texts
    policies: PublishedPolicies
    visits: list[httpx.AsyncClient]

    async def opens(self, path: str, **query: str) -> httpx.Response:
        """Open a page of the site."""
        app = create_app(
            self.site,
            texts=self.texts,
            clock=self.site.clock,
            options=SiteOptions(secure=False, demo=False, bureau="中江县人社局", phone=""),
            policies=self.policies,
        )
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN)
        self.visits.append(client)
        return await client.get(path, params=query, headers={"Accept": "text/html"})


@pytest.fixture
async def reader(
    site: RememberedSite, texts: Texts, library: PolicyLibrary
) -> AsyncIterator[Reader]:
    reader = Reader(site, texts, PublishedPolicies(library), [])
    yield reader
    for client in reader.visits:
        await client.aclose()


async def test_a_card_shows_every_part_and_its_source(
    reader: Reader, library: PolicyLibrary
) -> None:
    card = library.card("CQ-TRANSPORT-2016")
    assert card is not None
    page = await reader.opens(OLD)
    words = html.unescape(page.text)
    assert page.status_code == 200
    assert [part for part in (card.title, *card.full()) if part not in words] == []
    for source in ("渝人社发〔2016〕295号", "第3条", "2016", "待核", "重庆市人力资源和社会保障局"):
        assert source in words


async def test_every_card_that_workers_may_read_has_a_page(
    reader: Reader, library: PolicyLibrary
) -> None:
    for card in library.cards():
        page = await reader.opens(f"/policies/{card.id}")
        assert page.status_code == (200 if card.answers_workers() else 404), card.id


async def test_an_unknown_card_is_a_page_that_does_not_exist(reader: Reader) -> None:
    page = await reader.opens("/policies/CQ-NOTHING-1999")
    assert page.status_code == 404
    assert "中江县人社局" in page.text


async def test_an_excerpt_is_hidden_until_an_officer_releases_it(reader: Reader) -> None:
    assert (await reader.opens(NEW)).status_code == 404
    assert NEW not in (await reader.opens("/policies")).text
    assert NEW not in (await reader.opens(OLD)).text
    reader.policies = PublishedPolicies(reader.policies.library, released_2022)
    assert (await reader.opens(NEW)).status_code == 200
    listed = (await reader.opens("/policies")).text
    assert NEW in listed
    assert OLD not in listed
    old = (await reader.opens(OLD)).text
    assert f'href="{NEW}"' in old
    assert "policy-replaced" in old


async def test_the_list_stands_by_city_and_leads_to_every_card(
    reader: Reader, library: PolicyLibrary
) -> None:
    page = (await reader.opens("/policies")).text
    linked = re.findall(r'href="/policies/([A-Z0-9-]+)"', page)
    assert set(linked) == {card.id for card in library.cards() if card.answers_workers()}
    assert page.index('id="CQ"') < page.index("CQ-TRANSPORT") < page.index('id="DY"')


@pytest.mark.parametrize("path", [OLD, "/policies"])
async def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(
    reader: Reader, path: str
) -> None:
    page = await reader.opens(path)
    addresses = re.findall(r'(?:href|src)="([^"]+)"', page.text)
    assert [it for it in addresses if not it.startswith(("/", "?", "#", "tel:"))] == []
    assert "<script" not in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize("path", [OLD, "/policies"])
async def test_the_frame_of_a_page_is_there_in_english(reader: Reader, path: str) -> None:
    page = await reader.opens(path, lang="en")
    assert 'lang="en"' in page.text
    assert "policies" in page.text.lower()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "待核："),
        ({"status": '"有效"', "reviewer": '"李主任"', "reviewed_on": "2026-03-01"}, "有效："),
        ({"status": '"历史"', "reviewer": '"李主任"', "reviewed_on": "2026-03-01"}, "历史："),
        ({"valid_to": "2026-03-04"}, "过期："),
        ({"valid_from": "2026-03-06"}, "未到："),
    ],
)
async def test_a_page_says_how_its_card_stands(
    reader: Reader, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    own = OwnFolder(tmp_path)
    own.write_sample(**changes)
    reader.policies = PublishedPolicies(read_policies(own.folder))
    page = await reader.opens("/policies/DY-TRAINPACK-2026")
    assert said in page.text
    assert "李主任" not in page.text
