from __future__ import annotations

from tests.web.conftest import Site
from tests.web.remembered_site import RememberedSite


async def test_a_live_process_says_so(pages: Site) -> None:
    assert (await pages.client().get("/healthz")).text == "ok"


async def test_readiness_names_each_part(pages: Site) -> None:
    response = await pages.client().get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "parts": {"database": "ok", "content": "ok"}}


async def test_one_part_that_is_down_makes_the_whole_unready(
    pages: Site, site: RememberedSite
) -> None:
    site.parts["database"] = "locked"

    response = await pages.client().get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["database"] == "locked"


async def test_metrics_are_prometheus_text(pages: Site) -> None:
    response = await pages.client().get("/metrics")

    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "wengong_receipts 0" in response.text
