"""Tables of where people work as sheets: with cut-off and digest, or with the people themselves."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.register import snapshots, statistics
from bot.services.register.location_counts import NOWHERE, LocationCounts
from bot.services.register.small_cells import LEAST_SHOWN, kept_back
from bot.services.register.statistics import Question, question_of
from bot.services.tables import Cell, Table
from content.location_classes import LocationClasses
from storage.models import Officer, StatisticsSnapshot
from storage.unit_of_work import UnitOfWork

OUTSIDE = "outside"
DIGEST_SHOWN = 16


@dataclass(frozen=True, slots=True)
class PeopleBehind:
    """Which people a list names: those of a cell, a row, a column or a whole table."""

    question: Question
    area: str | None = None
    where: str | None = None

    def as_subject(self) -> str:
        """Return it as the subject of a document's link."""
        asked = {"question": self.question.as_json(), "area": self.area, "where": self.where}
        return json.dumps(asked, ensure_ascii=False)


def people_behind(subject: str) -> PeopleBehind:
    """Return what `PeopleBehind.as_subject` says."""
    asked = cast("dict[str, object]", json.loads(subject))
    area, where = asked.get("area"), asked.get("where")
    return PeopleBehind(
        question_of(cast("Mapping[str, object]", asked["question"])),
        area=None if area is None else str(area),
        where=None if where is None else str(where),
    )


def class_name(deployment: Deployment, where: str, language: str) -> str:
    """Return a class of a cut in words; in a municipality 省外 is 市外."""
    classes = LocationClasses(deployment.catalogue.places)
    key = f"statistics.class.{where}"
    if classes.is_municipal(deployment.bureau_adcode):
        municipal = f"statistics.municipal.{where}"
        if municipal in deployment.catalogue.texts.keys(language):
            key = municipal
    return deployment.text(key, language)


def area_name(deployment: Deployment, area: str, language: str) -> str:
    """Return a row's place in words."""
    place = deployment.catalogue.places.get(area) if area != NOWHERE else None
    return place.name if place is not None else deployment.text("statistics.area.nowhere", language)


def snapshot_sheet(
    deployment: Deployment, row: StatisticsSnapshot, *, language: str, outside: bool = False
) -> Table:
    """Return a kept table as it was, with what it was counted from below.

    Args:
        deployment: The bureau.
        row: The kept table.
        language: Of heads and notes.
        outside: For a reader outside the bureau: counts from 1 to 4 are kept back, and what
            would give them away.
    """
    counts, question = snapshots.counts_of(deployment, row), question_of(row.question)

    def say(name: str, **values: object) -> str:
        return deployment.text(f"statistics.sheet.{name}", language, **values)

    heads = [class_name(deployment, one, language) for one in counts.classes]
    names = [area_name(deployment, area, language) for area in counts.areas]
    numbers = _shown(counts, outside=outside)
    rows: list[list[Cell]] = [
        [name, *cells] for name, cells in zip([*names, say("sum")], numbers, strict=True)
    ]
    group = deployment.text(f"statistics.group.{question.group}", language)
    known_at = row.known_at.astimezone(deployment.clock.timezone)
    notes = [
        say("day", day=row.day.isoformat(), group=group),
        say("known_at", known_at=f"{known_at:%Y-%m-%d %H:%M}"),
        say("digest", digest=row.digest),
        *([say("small", least=LEAST_SHOWN)] if outside else []),
    ]
    blank: list[Cell] = [None] * (len(heads) + 1)
    rows += [[note, *blank] for note in notes]
    title = say("title", group=group, day=row.day.isoformat())
    return Table(title, [say("place"), *heads, say("sum")], rows)


def people_sheet(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, subject: str, *, language: str
) -> Table:
    """Return the people behind a number with names; each is noted as seen by the officer."""
    wanted = people_behind(subject)
    counting = statistics.count(uow, deployment, wanted.question, scope=officer.scope)
    people = counting.of_cell(wanted.area, wanted.where)

    def say(name: str, **values: object) -> str:
        return deployment.text(f"statistics.sheet.{name}", language, **values)

    rows: list[list[Cell]] = [
        [
            number,
            worker.name or deployment.text("cases.person.nameless", language),
            area_name(deployment, worker.home or NOWHERE, language),
            class_name(deployment, place.where, language),
            area_name(deployment, place.work.workplace or NOWHERE, language),
            deployment.text(f"statistics.channel.{place.work.channel}", language),
        ]
        for number, (worker, place) in enumerate(
            statistics.show_people(uow, deployment, officer, people), 1
        )
    ]
    columns = [say(name) for name in ("number", "name", "home", "where", "work", "channel")]
    day = wanted.question.day.isoformat()
    return Table(say("people", day=day), columns, rows)


def opened_snapshot(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, subject: str, *, language: str
) -> Table | None:
    """Return the sheet behind a link: the snapshot's id in hex, a colon, `outside` or nothing.

    None where it was counted for a wider or another scope than the officer's.
    """
    key, _, audience = subject.partition(":")
    row = uow.statistics.get(uuid.UUID(key))
    if row is None or not row.scope.startswith(officers.scope_of(officer.scope)):
        return None
    return snapshot_sheet(deployment, row, language=language, outside=audience == OUTSIDE)


def _shown(counts: LocationCounts, *, outside: bool) -> list[list[Cell]]:
    matrix = counts.matrix()
    hidden = kept_back(matrix) if outside else set()
    return [
        ["" if (row, column) in hidden else count for column, count in enumerate(cells)]
        for row, cells in enumerate(matrix)
    ]
