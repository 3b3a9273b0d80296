"""How well labelled texts are read: the share of right intents, F1 of slots, fields and codes.

A wrong value counts as one invented and one missed; what careful readers dispute (`ungraded`)
counts nowhere. Day and hour pay may be counted with 21.75, 22, 26 or 30 days a month.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.understanding import JobReading, TextReader, WorkerReading, read_context

Record = dict[str, object]
LISTS = ("skills", "locations", "excluded_locations")
VALUES = ("migration", "wage_min", "age", "gender", "wants_room_board")
JOB_FIELDS = (
    "title", "headcount", "wage_min", "wage_max", "wage_unit", "age_min", "age_max", "gender",
    "board", "lodging", "insurance", "adcode",
)  # fmt: skip
WAGES = ("wage_min", "wage_max")
DAYS, OTHER_DAYS = 26, (21.75, 22.0, 26.0, 30.0)


@dataclass
class Tally:
    """What was found and what should have been, of one slot."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, wanted: Collection[object], found: Collection[object]) -> bool:
        """Count two sets; True when they are equal."""
        self.right += len(set(wanted) & set(found))
        self.found += len(set(found))
        self.wanted += len(set(wanted))
        return set(wanted) == set(found)

    @property
    def f1(self) -> float:
        """Twice the right ones by all that were found or wanted; 1 where there is nothing."""
        every = self.found + self.wanted
        return 2 * self.right / every if every else 1.0


@dataclass
class Score:
    """The figures of one set of texts."""

    texts: int = 0
    right: int = 0
    exact: int = 0
    slots: dict[str, Tally] = field(default_factory=dict)

    def tally(self, name: str) -> Tally:
        """Return the tally of this slot."""
        return self.slots.setdefault(name, Tally())

    def lines(self, first: str) -> list[str]:
        """Return the figures for a person to read."""
        slots = "  ".join(f"{name} {tally.f1:.3f}" for name, tally in self.slots.items())
        shares = f"{first} {self.right / self.texts:.3f}  exact {self.exact / self.texts:.3f}"
        return [f"{self.texts} texts  {shares}", slots]


def records_of(file: Path) -> list[Record]:
    """Return the labelled records of a JSON-lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def score_messages(reader: TextReader, records: Iterable[Record]) -> Score:
    """Read workers' messages and count; `right` are the right intents."""
    score = Score()
    for record in records:
        context = record.get("context")
        said = read_context(context if isinstance(context, str) else None)
        reading = reader.read_worker_text(str(record["text"]), said)
        gold = _table(record["gold"])
        is_right = reading.intent == gold["intent"]
        score.texts += 1
        score.right += is_right
        score.exact += _slots_right(score, reading, record, gold) and is_right
    return score


def score_posts(reader: TextReader, records: Iterable[Record]) -> Score:
    """Read posts and count; `right` are the right contacts, `violations` one of the slots."""
    score = Score()
    for record in records:
        post = reader.read_post(str(record["text"]))
        gold = _table(record["gold"])
        wanted = set(_listed(gold["violations"]))
        accepted = set(_listed(gold.get("also_acceptable_violations"))) - wanted
        found = {one.code for one in post.violations} - accepted
        score.texts += 1
        is_right = post.contact == gold["contact"] or "contact" in _listed(record.get("ungraded"))
        score.right += is_right
        fields = _fields_right(score, post.jobs, record, gold)
        score.exact += score.tally("violations").add(wanted, found) and fields and is_right
    return score


def flagged_lawful(reader: TextReader, records: Iterable[Record]) -> list[object]:
    """Return the ids of posts without any unlawful word in which one is found all the same."""
    lawful = [record for record in records if not _table(record["gold"])["violations"]]
    return [
        record["id"]
        for record in lawful
        if {one.code for one in reader.read_post(str(record["text"])).violations}
        - set(_listed(_table(record["gold"]).get("also_acceptable_violations")))
    ]


def _slots_right(score: Score, reading: WorkerReading, record: Record, gold: Record) -> bool:
    is_right = True
    skipped = _listed(record.get("ungraded"))
    for name in (*LISTS, *VALUES):
        if name in skipped:
            continue
        found = getattr(reading, name)
        values = found if isinstance(found, tuple) else _one(found)
        wanted = _listed(gold.get(name)) if name in LISTS else _one(gold.get(name))
        if name == "wage_min" and "wage_basis" in record:
            values = _in_days_of(wanted, values)
        is_right &= score.tally(name).add(wanted, values)
    return is_right


def _fields_right(score: Score, jobs: Sequence[JobReading], record: Record, gold: Record) -> bool:
    wanted = [_table(job) for job in _listed(gold["jobs"])]
    left = list(jobs)
    twins: list[JobReading | None] = []
    for job in wanted:
        twin = next((one for one in left if one.title == job["title"]), None)
        twins.append(twin)
        if twin is not None:
            left.remove(twin)
    is_right = True
    for job, twin in zip(wanted, twins, strict=True):
        other = twin or (left.pop(0) if left else None)
        is_right &= _job_right(score, other, job, record)
    for extra in left:
        is_right &= _job_right(score, extra, {}, record)
    return is_right


def _job_right(score: Score, found: JobReading | None, wanted: Record, record: Record) -> bool:
    is_right = True
    skipped = _listed(record.get("ungraded"))
    for name in JOB_FIELDS:
        if f"jobs.{name}" in skipped:
            continue
        values = _one(getattr(found, name, None))
        gold = _one(wanted.get(name))
        if name in WAGES and wanted.get("wage_unit") in ("元/天", "元/小时"):
            values = _in_days_of(gold, values)
        is_right &= score.tally(name).add(gold, values)
    return is_right


def _in_days_of(wanted: Sequence[object], found: Sequence[object]) -> Sequence[object]:
    """Return the wanted figure where the found one is the same pay with another month."""
    if not (wanted and found and isinstance(wanted[0], int) and isinstance(found[0], int)):
        return found
    same = any(abs(wanted[0] * days / DAYS - found[0]) <= 1 for days in OTHER_DAYS)
    return wanted if same else found


def _one(value: object) -> Sequence[object]:
    # True is no 1 here.
    return () if value is None else (str(value) if isinstance(value, bool) else value,)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _table(value: object) -> Record:
    assert isinstance(value, dict)
    return value
