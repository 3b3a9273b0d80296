"""Who is erased leaves nothing in what sheets brought: rows for an undo, households, questions."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from bot.scheduler import sheets_forgotten
from bot.scheduler.ticks import Tick
from bot.services.people import privacy
from bot.services.register import importing, intakes
from bot.services.register.undoing import UNDO_WITHIN
from content.register_columns import Sheet
from storage.models import Household, ImportBatch, ImportedRow, Worker
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.register_world import bring_in, id_number, person, xlsx
from tests.services.register.test_importing import MOBILE, NAME, chatting, differences
from tests.worker_world import everything_stored

ID = str(person(3)["证件号码"])


def erase(city: City, worker: Worker) -> None:
    """Let a worker have everything erased."""

    def work(uow: UnitOfWork) -> None:
        address = uow.addresses.lock(uow.addresses.addresses_of(worker.id)[0].id)
        assert address is not None
        privacy.erase(uow, city.deployment, address, uow.workers.need(worker.id))

    city.run(work)


def row(**cells: object) -> dict[str, object]:
    """Return the row of the person who chats."""
    return person(3, 姓名=NAME, 联系电话=MOBILE) | cells


def household_rows(city: City) -> list[Household]:
    """Return all households."""
    return city.run(lambda uow: list(uow.session.scalars(select(Household))))


def test_nothing_of_an_erased_person_is_kept_for_an_undo(city_on_both: City) -> None:
    worker = chatting(city_on_both, birth_year=1963)
    bring_in(city_on_both, xlsx([row()]))
    bring_in(city_on_both, xlsx([row(文化程度="高中", 务工月收入=5000)]))
    erase(city_on_both, worker)
    stored = everything_stored(city_on_both)
    assert not [word for word in (NAME, MOBILE, ID, "第3电子厂") if word in stored]
    assert household_rows(city_on_both) == []


def households_sheet(city: City) -> None:
    """Bring a sheet of households in, of which the erased person is the head."""
    content = xlsx(
        [
            {
                "户编号": person(3)["户编号"],
                "户主姓名": NAME,
                "户主证件号码": ID,
                "联系电话": MOBILE,
                "县": "中江县",
            }
        ]
    )
    intake = intakes.open_sheet(city.deployment, city.database.secrets, Sheet.HOUSEHOLDS, content)
    batch = city.run(
        lambda uow: importing.begin(
            uow, city.deployment, kind="households", content=content, rows=1, officer=None
        )
    )
    for step in intake.apply_steps(batch.id):
        city.run(step)


def test_a_household_forgets_its_erased_head_and_stays_the_others(city: City) -> None:
    worker = chatting(city, birth_year=1963)
    bring_in(city, xlsx([row(), person(2)]))
    households_sheet(city)
    erase(city, worker)
    households_sheet(city)
    (household,) = household_rows(city)
    assert "户主" not in repr(household.facts)
    stored = everything_stored(city)
    assert not [word for word in (NAME, MOBILE, ID) if word in stored]


def test_questions_whose_row_an_erased_persons_is_go_with_them(city: City) -> None:
    worker = chatting(city, birth_year=1963)
    other = {"姓名": NAME, "联系电话": MOBILE, "证件号码": id_number(date(1970, 1, 1), 1)}
    city.run(lambda uow: _another(uow, city))
    bring_in(city, xlsx([other]))
    assert [one.name for one in differences(city)] == ["person"]
    erase(city, worker)
    assert differences(city) == []


def _another(uow: UnitOfWork, city: City) -> None:
    now = city.clock.now()
    index = uow.secrets.blind_index(MOBILE, kind="phone")
    uow.session.add(
        Worker(
            bureau_adcode="510600",
            name=NAME,
            phone=MOBILE,
            phone_index=index,
            created_at=now - timedelta(days=1),
            changed_at=now,
        )
    )


def kept(city: City) -> tuple[int, int]:
    """Return how many sheets and how many rows for an undo are kept."""

    def count(uow: UnitOfWork) -> tuple[int, int]:
        sheets = select(ImportBatch.id).where(ImportBatch.sheet.is_not(None))
        rows = select(ImportedRow.id)
        return len(uow.session.scalars(sheets).all()), len(uow.session.scalars(rows).all())

    return city.run(count)


def look_at(city: City, content: bytes) -> None:
    """Upload a sheet without taking it over."""
    city.run(
        lambda uow: importing.begin(
            uow, city.deployment, kind="workers", content=content, rows=1, officer=None
        )
    )


def test_a_sheet_is_forgotten_when_it_was_taken_over_or_after_a_day(city: City) -> None:
    bring_in(city, xlsx([row()]))
    assert kept(city) == (0, 1)
    look_at(city, xlsx([person(5)]))
    assert kept(city) == (1, 1)
    tick = Tick(city.database, city.app.engine, [city.account_id])
    assert sheets_forgotten.forget(tick) == 0
    assert kept(city) == (1, 1)
    city.clock.advance(importing.SHEET_KEPT + timedelta(seconds=1))
    assert sheets_forgotten.forget(tick) == 0
    assert kept(city) == (0, 1)
    city.clock.advance(UNDO_WITHIN)
    assert sheets_forgotten.forget(tick) == 1
    assert kept(city) == (0, 0)
