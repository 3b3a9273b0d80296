"""The benchmark runs; its figures are judged by whoever starts it."""

from __future__ import annotations

import asyncio

import pytest

from content.catalogue import Catalogue
from storage.database import Database
from tests.benchmarks.peer import peer_turns_per_second
from tests.benchmarks.turns import APPLIED, LINES, open_city, settle, talk
from tests.chat import City


@pytest.mark.benchmark
def test_people_talk_and_are_counted(database: Database, catalogue: Catalogue) -> None:
    figures = asyncio.run(talk(open_city(database, catalogue), people=4, seconds=0.5))
    assert figures.turns >= 4
    assert 3 < figures.statements < 40
    assert figures.p50 <= figures.p95
    assert peer_turns_per_second(database.url, seconds=0.1) > 1


def test_the_benchmarks_person_really_applies(city: City) -> None:
    settle(city)
    person = city.person("newcomer")
    for line in LINES:
        person.says(line)
    assert APPLIED in person.heard
