"""Sheets that are taken back, or brought in twice, by several people and a chunk at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import event, select

from bot.errors import UserError
from bot.services.register import importing, undoing, uploads
from bot.services.register.importing import Step
from bot.services.register.intakes import open_sheet
from content.register_columns import Sheet
from storage.models import AuditEntry, Household, ImportBatch, Officer
from storage.register_states import ImportStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.register_world import (
    bring_in,
    counts,
    person,
    read,
    take_back,
    xlsx,
)
from tests.services.register.test_importing import everybody, facts, only, spells


def preview(
    city: City, content: bytes, *, officer: Officer | None = None, kind: Sheet = Sheet.WORKERS
) -> ImportBatch:
    """Keep a sheet that was only looked at."""
    return city.run(
        lambda uow: importing.begin(
            uow, city.deployment, kind=kind, content=content, rows=0, officer=officer
        )
    )


def steps(city: City, content: bytes, batch: ImportBatch) -> Iterator[Step]:
    """Return the transactions that take a sheet of workers over."""
    return importing.apply_steps(city.deployment, read(city, content), batch.id)


def begin_undo(city: City, officer: Officer, batch: ImportBatch) -> None:
    """Let an officer take a sheet back from the chat."""
    city.run(lambda uow: undoing.begin_undo(uow, city.deployment, officer, batch.id))


def status_of(city: City, batch: ImportBatch) -> ImportStatus:
    """Return how a sheet stands."""
    return city.run(lambda uow: uow.import_batches.need(batch.id).status)


def bring_households(city: City, rows: list[dict[str, object]]) -> ImportBatch:
    """Take a sheet of households over; return what came of it."""
    content = xlsx(rows)
    intake = open_sheet(city.deployment, city.database.secrets, Sheet.HOUSEHOLDS, content)
    batch = preview(city, content, kind=Sheet.HOUSEHOLDS)
    for step in intake.apply_steps(batch.id):
        city.run(step)
    return city.run(lambda uow: uow.import_batches.need(batch.id))


def households(city: City) -> dict[str, tuple[bool, object]]:
    """Return by number whether a household was moved, and its head."""

    def rows(uow: UnitOfWork) -> dict[str, tuple[bool, object]]:
        found = uow.session.scalars(select(Household))
        return {one.number: (one.relocated, one.facts.get("head_name")) for one in found}

    return city.run(rows)


def household(number: int, **cells: object) -> dict[str, object]:
    """Return the row of one household."""
    return {
        "县": "中江县",
        "乡": "回龙镇",
        "户编号": f"H{number:06d}",
        "是否易地扶贫搬迁": "是",
        "户主姓名": "王秀芳",
    } | cells


def test_a_sheet_that_was_broken_off_is_not_taken_back_under_a_later_one(
    city_on_both: City,
) -> None:
    city = city_on_both
    bring_in(city, xlsx([person(3)]))
    broken = xlsx([person(3, 文化程度="中专")])
    half = preview(city, broken)
    city.run(next(steps(city, broken, half)))
    city.clock.advance(undoing.UNDO_WITHIN / 30)
    later = bring_in(city, xlsx([person(3, 文化程度="大专")]))
    with pytest.raises(UserError, match="undo_late"):
        take_back(city, half)
    take_back(city, later)
    take_back(city, half)
    assert facts(city, only(city)).facts["education"] == person(3)["文化程度"]


def test_what_a_later_sheet_said_stays_when_an_older_row_is_taken_back(city: City) -> None:
    bring_in(city, xlsx([person(3)]))
    first = bring_in(city, xlsx([person(3, 文化程度="中专")]))
    city.clock.advance(undoing.UNDO_WITHIN / 30)
    bring_in(city, xlsx([person(3, 文化程度="大专")]))
    said = facts(city, only(city)).facts
    while city.run(lambda uow: undoing.undo_some(uow, city.deployment, first.id)):
        pass
    assert facts(city, only(city)).facts == said


def test_a_sheet_of_thousands_is_taken_back_with_few_statements(city_on_both: City) -> None:
    city = city_on_both
    rows = [person(number) for number in range(1, 301)]
    bring_in(city, xlsx(rows))
    before = {worker.id: worker.groups for worker in everybody(city)}
    changed = [
        row | {"文化程度": "中专", "务工企业名称": "新厂", "户类型": "边缘易致贫户"} for row in rows
    ]
    batch = bring_in(city, xlsx(changed))
    said: list[str] = []
    engine = city.database.engine
    event.listen(engine, "before_cursor_execute", lambda *parts: said.append(str(parts[2])))
    take_back(city, batch)
    assert len(said) < 150
    assert {worker.id: worker.groups for worker in everybody(city)} == before
    assert all(worker.education != "secondary_vocational" for worker in everybody(city))
    for worker in everybody(city)[:20]:
        assert [spell.ended_on for spell in spells(city, worker)] == [None]


def test_the_chat_takes_a_sheet_back_in_the_background_and_tells_the_officer(city: City) -> None:
    zhou = city.officer()
    officer = zhou.as_officer()
    batch = bring_in(city, xlsx([person(number) for number in range(1, 601)]))
    begin_undo(city, officer, batch)
    assert status_of(city, batch) is ImportStatus.UNDOING
    assert len(everybody(city)) == 600
    city.pass_time(seconds=10)
    assert everybody(city) == []
    assert status_of(city, batch) is ImportStatus.UNDONE
    assert "劳动力名册那一批撤回了" in "\n".join(zhou.listens())
    actors = city.run(
        lambda uow: list(
            uow.session.scalars(
                select(AuditEntry.actor).where(AuditEntry.action == "undo_import_workers")
            )
        )
    )
    assert actors == [f"officer:{officer.id.hex}"]


def test_a_sheet_that_is_taken_back_meanwhile_is_taken_over_no_further(city: City) -> None:
    content = xlsx([person(number) for number in range(1, 1_100)])
    batch = preview(city, content)
    every = steps(city, content, batch)
    city.run(next(every))
    begin_undo(city, city.officer().as_officer(), batch)
    for step in every:
        with pytest.raises(UserError, match="undone"):
            city.run(step)
    city.pass_time(seconds=10)
    assert everybody(city) == []
    assert status_of(city, batch) is ImportStatus.UNDONE


def test_two_officers_look_at_the_same_file_and_each_may_apply_their_own(city: City) -> None:
    content = xlsx([person(1)])
    first, second = (city.officer(name).as_officer() for name in ("周明", "何青"))
    batches = [preview(city, content, officer=one) for one in (first, second, None)]
    assert len({one.id for one in batches}) == 3
    for officer, batch in zip((first, second), batches, strict=False):
        kept = _kept(city, officer, batch.id)
        assert kept == content
    assert preview(city, content, officer=first).id == batches[0].id


def _kept(city: City, officer: Officer, key: uuid.UUID) -> bytes:
    return city.run(lambda uow: uploads.kept(uow, city.deployment, officer, key)[1])


def test_households_are_added_changed_and_taken_back_a_chunk_at_once(city_on_both: City) -> None:
    city = city_on_both
    first = bring_households(city, [household(number) for number in range(1_200)])
    assert counts(first) == (1_200, 0, 0, 0)
    city.clock.advance(undoing.UNDO_WITHIN / 30)
    again = bring_households(
        city,
        [household(0), household(1, 户主姓名="李建国", 是否易地扶贫搬迁="否"), household(2_000)],
    )
    assert counts(again) == (1, 1, 1, 0)
    assert households(city)["H000001"] == (False, "李建国")
    take_back(city, again)
    assert households(city)["H000001"] == (True, "王秀芳")
    assert "H002000" not in households(city)


def test_two_rows_of_one_household_are_one_change_of_it(city: City) -> None:
    batch = bring_households(city, [household(1, 户主姓名="李建国"), household(1)])
    assert counts(batch)[:2] == (1, 0)
    assert households(city) == {"H000001": (True, "王秀芳")}
    take_back(city, batch)
    assert households(city) == {}
