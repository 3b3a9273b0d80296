from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.chat import City, Person
from tests.follow_up_world import next_morning, spells_of, worker_of, works

WORDS = (
    "1",
    "2",
    "3",
    "还在",
    "厂里放假",
    "换了",
    "永兴鞋厂",
    "昨天",
    "没搞了",
    "工资没给",
    "没搞了 工资也没给",
    "只是放假",
    "哈哈",
)
STEPS = st.lists(st.sampled_from([*WORDS, "day", "day", "week"]), min_size=3, max_size=10)
_people = itertools.count(1)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_sequence_of_answers_leaves_a_contradiction(city: City, steps: Sequence[str]) -> None:
    if not city.run(lambda uow: uow.officers.covering("510600")):
        city.officer()
    person = city.person(f"worker {next(_people)}")
    works(city, person)
    next_morning(city, 3)
    person.listens()
    for step in steps:
        if step in {"day", "week"}:
            next_morning(city, 1 if step == "day" else 7)
            person.listens()
        else:
            assert person.says(step), f"no reply to {step}"
        check(city, person)


def check(city: City, person: Person) -> None:
    worker = worker_of(city, person)
    assert worker is not None
    spells = spells_of(city, worker.id)
    assert sum(spell.ended_on is None for spell in spells) <= 1
    for spell in spells:
        assert spell.ended_on is None or spell.ended_on >= spell.started_on
    for earlier, later in itertools.pairwise(spells):
        assert earlier.ended_on is not None
        assert earlier.ended_on < later.started_on
    mine = [
        row.case
        for row in city.run(lambda uow: uow.cases.in_scope(scope="5106", limit=500))
        if row.case.worker_id == worker.id
    ]
    assert len(mine) <= 1
