"""Two bots that write to each other."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.conversations.loops import SAME_SAID
from storage.models import InboundReceipt
from storage.states import ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.channels.telegram.wire import Wire, make_wire, talking, until
from tests.chat import City
from tests.stand_ins.telegram import TelegramStandIn

AWAY = "我现在不在，晚点回你。"


@pytest.fixture
async def wire(city: City, telegram: TelegramStandIn) -> AsyncIterator[Wire]:
    made = make_wire(city, telegram, telegram.bot())
    async with talking(made):
        yield made


async def test_a_bot_that_repeats_itself_is_answered_no_more(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    phone = telegram.phone(wire.bot)
    phone.starts()
    await phone.sees()
    for _ in range(8):
        phone.types(AWAY)
    await until(lambda: done(wire) == 9)
    closing = wire.deployment.text(SAME_SAID, "zh")
    last = await phone.sees(closing)
    assert last.text == closing


def done(wire: Wire) -> int:
    def count(uow: UnitOfWork) -> int:
        return uow.session.query(InboundReceipt).filter_by(status=ReceiptStatus.DONE).count()

    return wire.city.database.read(count)
