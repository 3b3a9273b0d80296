"""/fund: sums, what looks like fraud, public lists, and what others paid."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from tests.benefit_world import (
    GUIFANG_ID,
    OTHER_ID,
    chongqing,
    handed_in,
    officers,
    registered,
)
from tests.chat import City, Person


@pytest.fixture
def cq(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(sqlite_database, catalogue, clock)


@pytest.fixture
def guifang(cq: City) -> Person:
    return registered(cq, number=GUIFANG_ID)


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return officers(cq)


def opens(officer: Person, key: UUID) -> str:
    return officer.presses(f"a:benefit:{key.hex}")[-1]


def granted(city: City, key: UUID, pair: tuple[Person, Person]) -> None:
    """Let one officer propose and the other approve."""
    opens(pair[0], key)
    pair[0].taps("提议给")
    opens(pair[1], key)
    pair[1].taps("批准")


def test_the_same_ticket_twice_is_shown(cq: City, pair: tuple[Person, Person]) -> None:
    handed_in(cq, registered(cq, number=GUIFANG_ID))
    other = handed_in(cq, registered(cq, name="王大力", number=OTHER_ID))
    assert "注意：同一张票也在B-0001" in opens(pair[0], other)
    assert pair[0].says("/fund")[-1].startswith("今年资金")
    shown = pair[0].taps("要查的")[-1]
    assert "要查的：2件" in shown


def test_what_another_department_paid_is_pasted_and_found(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    pair[0].says("/payments")
    line = f"{GUIFANG_ID} 打工车票补贴 区乡村振兴局 198.50 2026-11-01"
    assert pair[0].says(f"{line}\n123 打工车票补贴 区局 1 2026-11-01")[0] == (
        "记下1笔，早就有0笔。\n第3行没进：身份证号不对"
    )
    shown = opens(pair[0], key)
    assert "注意：区乡村振兴局发过，198.50元" in shown
    assert "注意：照文件不符合" in shown


def test_sums_are_told_to_the_fen_and_a_public_list_holds_three_things(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    granted(cq, key, pair)
    assert "批了没发1件198.50元" in pair[0].says("/资金")[-1]
    pair[0].taps("公示")
    heard = pair[0].taps("公示打工车票补贴1人")
    assert heard[0] == "公示了1人，7天。"
    assert "/lists/500000/transport_subsidy" in heard[1]
    cq.clock.advance(timedelta(days=8))
    assert "正在公示0项" in "".join(pair[0].says("/fund") + pair[0].taps("公示"))
