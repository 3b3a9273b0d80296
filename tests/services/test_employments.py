from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.follow_up import employments
from bot.services.follow_up.spell_dates import correct_start
from storage.models import Employment, Worker
from storage.states import CheckInStatus, EndReason, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services import job_world

START = date(2026, 11, 23)


def a_worker(city: City) -> uuid.UUID:
    return city.run(lambda uow: job_world.add_worker(uow, city.clock.now()).id)


def opens(city: City, worker_id: uuid.UUID, started_on: date) -> Employment:
    return city.run(
        lambda uow: employments.open_spell(
            uow,
            city.deployment,
            worker=uow.workers.need(worker_id),
            started_on=started_on,
            source=Source.WORKER,
        )
    )


def ends(city: City, worker_id: uuid.UUID, on: date) -> Employment | None:
    return city.run(
        lambda uow: employments.end_spell(
            uow,
            city.deployment,
            uow.workers.need(worker_id),
            on=on,
            reason=EndReason.LOST,
            source=Source.WORKER,
        )
    )


def dates(city: City, worker_id: uuid.UUID) -> list[tuple[date, date | None]]:
    rows = city.run(lambda uow: uow.employments.of_worker(worker_id))
    return [(row.started_on, row.ended_on) for row in rows]


def status(city: City, worker_id: uuid.UUID) -> WorkerStatus:
    return city.run(lambda uow: uow.workers.need(worker_id).status)


def test_opening_a_spell_makes_the_worker_employed(city_on_both: City) -> None:
    worker = a_worker(city_on_both)
    opens(city_on_both, worker, START)
    assert status(city_on_both, worker) is WorkerStatus.EMPLOYED


def test_a_new_start_closes_the_old_spell_the_day_before(city_on_both: City) -> None:
    worker = a_worker(city_on_both)
    opens(city_on_both, worker, START - timedelta(days=9))
    opens(city_on_both, worker, START)
    assert dates(city_on_both, worker) == [
        (START - timedelta(days=9), START - timedelta(days=1)),
        (START, None),
    ]


def test_a_start_before_a_known_spell_ends_before_it(city_on_both: City) -> None:
    worker = a_worker(city_on_both)
    opens(city_on_both, worker, START)
    opens(city_on_both, worker, START - timedelta(days=9))
    assert dates(city_on_both, worker) == [
        (START - timedelta(days=9), START - timedelta(days=1)),
        (START, None),
    ]


def test_two_starts_on_one_day_leave_the_later_word(city_on_both: City) -> None:
    worker = a_worker(city_on_both)
    first = opens(city_on_both, worker, START)
    second = opens(city_on_both, worker, START)
    rows = city_on_both.run(lambda uow: uow.employments.of_worker(worker))
    assert [row.id for row in rows] == [second.id]
    stored = city_on_both.run(lambda uow: uow.employments.need(first.id))
    assert stored.end_reason is EndReason.CORRECTED


def test_an_end_before_the_start_is_the_start(city_on_both: City) -> None:
    worker = a_worker(city_on_both)
    opens(city_on_both, worker, START)
    ends(city_on_both, worker, START - timedelta(days=5))
    assert dates(city_on_both, worker) == [(START, START)]


def test_ending_without_a_spell_changes_nothing(city_on_both: City) -> None:
    worker = a_worker(city_on_both)
    assert ends(city_on_both, worker, START) is None
    assert status(city_on_both, worker) is WorkerStatus.SEEKING


def test_an_end_calls_off_what_was_planned(city_on_both: City) -> None:
    worker = a_worker(city_on_both)
    spell = opens(city_on_both, worker, START)
    ends(city_on_both, worker, START)
    rows = city_on_both.run(lambda uow: uow.check_ins.of_employment(spell.id))
    assert {row.status for row in rows} == {CheckInStatus.CANCELLED}


def test_a_resumed_spell_is_asked_after_again(city_on_both: City) -> None:
    city = city_on_both
    worker = a_worker(city)
    spell = opens(city, worker, START)
    ends(city, worker, START)
    city.run(
        lambda uow: employments.resume_spell(
            uow, city.deployment, uow.workers.need(worker), uow.employments.need(spell.id)
        )
    )
    rows = city.run(lambda uow: uow.check_ins.of_employment(spell.id))
    assert {row.status for row in rows} == {CheckInStatus.SCHEDULED}
    assert status(city, worker) is WorkerStatus.EMPLOYED


def test_a_corrected_start_moves_the_neighbours_end(city_on_both: City) -> None:
    city = city_on_both
    worker = a_worker(city)
    opens(city, worker, START - timedelta(days=20))
    spell = opens(city, worker, START)
    moved = START - timedelta(days=4)
    assert city.run(
        lambda uow: correct_start(uow, city.deployment, uow.employments.need(spell.id), moved)
    )
    assert dates(city, worker) == [
        (START - timedelta(days=20), moved - timedelta(days=1)),
        (moved, None),
    ]


def test_a_ledger_of_the_past_can_be_made_anew(city_on_both: City) -> None:
    city = city_on_both
    worker = a_worker(city)
    opens(city, worker, START - timedelta(days=9))
    known_then = city.clock.now()
    then = ledger(city, START, known_then)
    city.clock.advance(timedelta(days=3))
    opens(city, worker, START - timedelta(days=2))
    assert ledger(city, START, known_then) == then
    assert ledger(city, START, city.clock.now()) == [(worker, START - timedelta(days=2))]


def test_a_ledger_shows_only_its_scope(city_on_both: City) -> None:
    city = city_on_both
    opens(city, a_worker(city), START)
    assert ledger(city, START, city.clock.now(), scope="5107") == []
    assert len(ledger(city, START, city.clock.now(), scope="510623")) == 1


def ledger(
    city: City, day: date, known_at: datetime, *, scope: str = "5106"
) -> list[tuple[uuid.UUID, date]]:
    def read(uow: UnitOfWork) -> list[tuple[uuid.UUID, date]]:
        rows = uow.employments.ledger(day, scope=scope, known_at=known_at)
        return [(worker.id, version.started_on) for worker, version in rows]

    return city.run(read)


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "end", "correct", "resume", "wait"]), st.integers(-30, 10)),
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_sequence_of_words_breaks_a_workers_spells(city: City, steps: Sequence[Step]) -> None:
    worker = a_worker(city)
    snapshots: list[tuple[date, datetime, list[tuple[uuid.UUID, date]]]] = []
    for name, days in steps:
        day = city.clock.today() + timedelta(days=days)
        city.run(lambda uow, name=name, day=day: act(city, uow, worker, name, day))  # type: ignore[misc]
        check(dates(city, worker))
        city.clock.advance(timedelta(hours=1))
        moment = city.clock.now()
        snapshots.append((day, moment, of_worker(ledger(city, day, moment), worker)))
        city.clock.advance(timedelta(hours=1))
    for day, moment, lines in snapshots:
        assert of_worker(ledger(city, day, moment), worker) == lines


def act(city: City, uow: UnitOfWork, worker_id: uuid.UUID, name: str, day: date) -> None:
    worker = uow.workers.need(worker_id)
    spells = uow.employments.of_worker(worker_id)
    actions: dict[str, Callable[[], object]] = {
        "open": lambda: employments.open_spell(
            uow, city.deployment, worker=worker, started_on=day, source=Source.WORKER
        ),
        "end": lambda: employments.end_spell(
            uow,
            city.deployment,
            worker,
            on=day,
            reason=EndReason.LOST,
            source=Source.WORKER,
        ),
        "correct": lambda: spells and correct_start(uow, city.deployment, spells[-1], day),
        "resume": lambda: resume(city, uow, worker, spells),
        "wait": lambda: None,
    }
    actions[name]()


def resume(city: City, uow: UnitOfWork, worker: Worker, spells: Sequence[Employment]) -> None:
    if spells:
        employments.resume_spell(uow, city.deployment, worker, spells[-1])


def check(found: list[tuple[date, date | None]]) -> None:
    assert sum(ended is None for _, ended in found) <= 1
    for started, ended in found:
        assert ended is None or ended >= started
    for (_, ended), (next_start, _) in itertools.pairwise(found):
        assert ended is not None
        assert ended < next_start


def of_worker(
    lines: list[tuple[uuid.UUID, date]], worker: uuid.UUID
) -> list[tuple[uuid.UUID, date]]:
    return [line for line in lines if line[0] == worker]
