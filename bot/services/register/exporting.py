"""The register on its way out, in the columns in which it came, with people's newer words."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator, Mapping, Sequence

from bot.services.deployment import Deployment
from bot.services.people.workers import is_full_name
from bot.services.register.cells import FORMULA_SIGNS, NO, YES
from bot.services.register.comparing import values_of
from bot.services.register.employment_rows import goes_on, work_of
from bot.services.register.sheet_reading import words_for
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.worker_rows import FLAGS, WorkerWords
from bot.services.tables import Cell, Table
from content.places import TOWN_CODE_LENGTH, Places
from content.register_columns import RegisterColumns, Sheet
from storage.repositories.register_rows import HeldCategory, Person, RegisterRows, Spell
from storage.states import Source
from storage.unit_of_work import UnitOfWork

CHUNK = 1_000
WORK = (
    "work_place", "work_county", "employer", "industry", "work_started", "work_months", "wage",
    "abroad", "public_post", "public_post_months", "channel", "point_to_point", "contract",
    "insured",
)  # fmt: skip
Facts = dict[str, str]


def audit_export(
    uow: UnitOfWork, deployment: Deployment, kind: Sheet, *, actor: str, scope: str
) -> None:
    """Write down that somebody takes the register away; before the first row is read."""
    uow.records.audit(
        actor,
        f"export_{kind.value}",
        subject_kind="register",
        subject_id=None,
        scope=scope,
        at=deployment.now,
    )


def export_table(
    uow: UnitOfWork, deployment: Deployment, kind: Sheet, *, scope: str, language: str
) -> Table:
    """Return the workers or households of an area as a sheet that can be brought in again.

    The rows are read while they are written: the transaction has to last as long.
    """
    columns = deployment.catalogue.register_columns.of(kind)
    names = [one.name for one in columns]
    rows = (
        _workers(uow, deployment, scope)
        if kind is Sheet.WORKERS
        else _households(uow, deployment, scope)
    )
    return Table(
        deployment.text(f"register.export.{kind.value}", language),
        [one.heading for one in columns],
        ([facts.get(name, "") for name in names] for facts in rows),
    )


def as_csv(table: Table) -> bytes:
    """Return a table as CSV that Excel opens in Chinese; texts that would run get a sign."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_guarded(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in FORMULA_SIGNS else text


def _workers(uow: UnitOfWork, deployment: Deployment, scope: str) -> Iterator[Facts]:
    rows, words = RegisterRows(uow.session), words_for(deployment)
    after: uuid.UUID | None = None
    while True:
        found = rows.exported(deployment.bureau_adcode, scope=scope, after=after, limit=CHUNK)
        if not found:
            return
        keys = [key for key, _facts in found]
        people, spells, held = rows.people(keys), rows.spells_of(keys), rows.verified(keys)
        for key, facts in found:
            if key in people:
                said = {name: str(text) for name, text in facts.items()}
                yield newest(words, said, people[key], spells.get(key, []), held.get(key, []))
        after = keys[-1]


def newest(
    words: WorkerWords,
    facts: Facts,
    person: Person,
    spells: Sequence[Spell],
    held: Sequence[HeldCategory],
) -> Facts:
    """Return the columns of a person with what was told or found out since the last sheet."""
    row = SheetRow(0, facts)
    meaning = words.meaning(row)
    said, told = values_of(row, meaning), dict(facts)
    if person.name and is_full_name(person.name):
        told["name"] = person.name
    if person.phone and person.phone != said.phone:
        told["phone"] = person.phone
    if person.home and person.home != said.home:
        told |= _home(words.places.places, person.home)
        told.pop("place_code", None)
    if person.education and person.education != said.education:
        told["education"] = _word(words.columns, person.education)
    ours = {one.category for one in held}
    for name, category in FLAGS.items():
        if meaning.categories.get(category.value, False) != (category.value in ours):
            told[name] = YES if category.value in ours else NO
    _work(words, told, row, spells)
    return told


def _work(words: WorkerWords, told: Facts, row: SheetRow, spells: Sequence[Spell]) -> None:
    meaning = words.meaning(row)
    theirs = work_of(row, meaning, today=words.deployment.today)
    current = next((one for one in spells if one.ended_on is None), None)
    if current is None:
        if theirs is not None and spells:
            _clear(told)
        return
    if current.source is Source.IMPORT or (theirs is not None and goes_on(theirs, current)):
        return
    _clear(told)
    if current.workplace:
        told["work_place"] = full_name(words.places.places, current.workplace)
    if current.employer:
        told["employer"] = current.employer


def _clear(told: Facts) -> None:
    for name in WORK:
        told.pop(name, None)


def _home(places: Places, code: str) -> Facts:
    county = places.county_of(code) or code
    place = places.get(county)
    told = {"county": place.name if place is not None else county}
    town = places.get(code) if len(code) == TOWN_CODE_LENGTH else None
    return told | {"town": town.name if town is not None else ""}


def full_name(places: Places, code: str) -> str:
    """Return a place with all that it lies in: 广东省深圳市龙岗区."""
    names: list[str] = []
    place = places.get(code)
    while place is not None:
        names.insert(0, place.name)
        place = places.get(place.parent) if place.parent else None
    return "".join(names)


def _word(columns: RegisterColumns, education: str) -> str:
    return next((word for word, what in columns.education.items() if what == education), "")


def _households(uow: UnitOfWork, deployment: Deployment, scope: str) -> Iterator[Facts]:
    rows = RegisterRows(uow.session)
    after: uuid.UUID | None = None
    while True:
        found = rows.exported_households(
            deployment.bureau_adcode, scope=scope, after=after, limit=CHUNK
        )
        if not found:
            return
        for _key, number, relocated, facts in found:
            yield _household(number, facts, relocated=relocated)
        after = found[-1][0]


def _household(number: str, facts: Mapping[str, object], *, relocated: bool) -> Facts:
    told = {name: str(text) for name, text in facts.items()}
    told["household_number"] = number
    if relocated or "relocated" in told:
        told["relocated"] = YES if relocated else NO
    return told
