"""What a monitor may count."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.channels.receiver import Receiver
from bot.channels.web_chat import WebChat
from bot.web.site import Site
from tests.chat import City


def test_the_counts_of_lines_stand_beside_those_of_messages(city: City) -> None:
    city.person("guifang").says("你好")
    told: Mapping[str, Mapping[str, int]] = {"sms": {"texts": 3, "refused": 0}}

    async def read() -> str:
        receiver = Receiver(city.database, city.app.engine, wake=lambda _one, _two: None)
        site = Site(
            database=city.database,
            deployment=city.deployment,
            receiver=receiver,
            web_chat=WebChat(),
            account_id=city.account_id,
            line_counts=lambda: told,
        )
        text = await site.metrics()
        await receiver.close()
        return text

    lines = asyncio.run(read()).splitlines()
    assert 'wengong_line_events_total{event="texts",line="sms"} 3.0' in lines
    assert 'wengong_line_events_total{event="refused",line="sms"} 0.0' in lines
    assert [line for line in lines if line.startswith('wengong_deliveries{status="accepted"}')]
