"""What the ranking is measured beside: plain NumPy over all columns, and two search engines.

The plain ranker is what one writes in an afternoon: five conditions and eight features, computed
for every vacancy each time, and no reasons. The engines search the words of trades and places.
They get both as words already cut, so they pay nothing for segmentation, and none of them checks
a requirement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module, util
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.tables.knowledge import Knowledge
from matching.types import Migration, Vacancy, WorkerProfile
from tests.benchmarks.market import catalogue
from tests.benchmarks.market_figures import TODAY

INSTALL = "not installed: pip install '.[benchmarks]'"
Found = NDArray[np.intp]
Ranker = Callable[[Sequence[WorkerProfile], int], object]
_NEVER, _OLDEST, _WISH, _FORTNIGHT, _FLOOR = 10**7, 999, 5_000, 14, 0.85
_COUNTY = (Migration.NEAR_HOME, Migration.IN_COUNTY)


class _Columns(NamedTuple):
    trade: NDArray[np.int16]
    unit: NDArray[np.int16]
    until: NDArray[np.int32]
    youngest: NDArray[np.int16]
    oldest: NDArray[np.int16]
    licence: NDArray[np.int64]
    pay: NDArray[np.float32]
    lodging: NDArray[np.float32]
    board: NDArray[np.float32]
    age: NDArray[np.float32]
    places: NDArray[np.float32]


class PlainRanker:
    """Ranks one worker at a time; a vacancy is known by its number in the order given."""

    def __init__(self, vacancies: Sequence[Vacancy], knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._licences: dict[str, int] = {}
        rows = [self._row(vacancy) for vacancy in vacancies]
        types = (
            np.int16, np.int16, np.int32, np.int16, np.int16, np.int64, np.float32, np.float32,
            np.float32, np.float32, np.float32,
        )  # fmt: skip
        columns = zip(zip(*rows, strict=True), types, strict=True)
        self._columns = _Columns(*(np.array(column, dtype=kind) for column, kind in columns))
        unit = self._columns.unit
        self._county, self._province = knowledge.county[unit], knowledge.province[unit]

    def rank(self, worker: WorkerProfile, limit: int) -> Found:
        """Return the numbers of the best vacancies that pass the five conditions, best first."""
        score = np.where(self._possible(worker), self._score(worker), np.float32(-1))
        best = np.argpartition(-score, limit)[:limit]
        best = best[np.argsort(-score[best], kind="stable")]
        return best[score[best] >= 0]

    def rank_each(self, workers: Sequence[WorkerProfile], limit: int) -> int:
        """Rank one worker after the other; return how many vacancies were listed."""
        return sum(len(self.rank(worker, limit)) for worker in workers)

    def _possible(self, worker: WorkerProfile) -> NDArray[np.bool_]:
        columns, home = self._columns, self._home(worker)
        possible = columns.until >= TODAY.toordinal()
        if worker.age is not None:
            possible &= (columns.youngest <= worker.age) & (columns.oldest >= worker.age)
        if worker.certificates is not None:
            held = sum(self._licence(one) for one in set(worker.certificates))
            possible &= (columns.licence & ~held) == 0
        if worker.migration in _COUNTY:
            possible &= self._county == self._knowledge.county[home]
        elif worker.migration is Migration.IN_PROVINCE:
            possible &= self._province == self._knowledge.province[home]
        if worker.wage_min is not None:
            possible &= columns.pay >= worker.wage_min * _FLOOR
        return possible

    def _score(self, worker: WorkerProfile) -> NDArray[np.float32]:
        columns, knowledge, home = self._columns, self._knowledge, self._home(worker)
        numbers = [knowledge.trade(word) for word in worker.trades]
        related = knowledge.relations[numbers].max(axis=0, initial=0).astype(np.float32)
        km = np.nan_to_num(knowledge.km_from(home), nan=2_000)[columns.unit]
        wants = np.float32(worker.wants_room_board is True)
        ratio = columns.pay / np.float32(worker.wage_min or _WISH)
        score: NDArray[np.float32] = related[columns.trade]
        score += 2 * (self._county == knowledge.county[home])
        score += 100 / (100 + km)
        score += 2 * ratio / (1 + ratio)
        score += wants * columns.lodging
        score += wants * columns.board * np.float32(0.5)
        score += np.float32(0.2) * _FORTNIGHT / (_FORTNIGHT + columns.age)
        score += np.float32(0.1) * columns.places / (5 + columns.places)
        return score

    def _home(self, worker: WorkerProfile) -> int:
        return self._knowledge.spot(worker.home).unit

    def _licence(self, word: str) -> int:
        return 1 << self._licences.setdefault(word, len(self._licences))

    def _row(self, vacancy: Vacancy) -> tuple[float, ...]:
        posted = vacancy.published_on
        return (
            self._knowledge.trade(vacancy.trade),
            self._knowledge.spot(vacancy.town or vacancy.adcode).unit,
            _NEVER if vacancy.valid_until is None else vacancy.valid_until.toordinal(),
            vacancy.age_min or 0,
            vacancy.age_max or _OLDEST,
            sum(self._licence(word) for word in set(vacancy.certificates)),
            vacancy.wage_max or vacancy.wage_min or 0,
            vacancy.lodging is True,
            vacancy.board is True,
            _OLDEST if posted is None else TODAY.toordinal() - posted.toordinal(),
            vacancy.headcount or 1,
        )


def searched_by_tantivy(vacancies: Iterable[Vacancy]) -> Ranker | None:
    """Return tantivy's search over trades and places; None where it is not installed."""
    if util.find_spec("tantivy") is None:
        return None
    tantivy = import_module("tantivy")
    schema = tantivy.SchemaBuilder().add_text_field("words", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for vacancy in vacancies:
        writer.add_document(tantivy.Document(words=" ".join(_offered(vacancy))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, should = index.searcher(), tantivy.Occur.Should

    def search(workers: Sequence[WorkerProfile], limit: int) -> object:
        found = []
        for worker in workers:
            words = [
                (should, tantivy.Query.term_query(schema, "words", word, "freq"))
                for word in _sought(worker)
            ]
            found.append(searcher.search(tantivy.Query.boolean_query(words), limit).hits)
        return found

    return search


def searched_by_bm25s(vacancies: Iterable[Vacancy]) -> Ranker | None:
    """Return bm25s's search over trades and places; None where it is not installed."""
    if util.find_spec("bm25s") is None:
        return None
    index = import_module("bm25s").BM25()
    index.index([_offered(vacancy) for vacancy in vacancies], show_progress=False)

    def search(workers: Sequence[WorkerProfile], limit: int) -> object:
        words = [_sought(worker) for worker in workers]
        return index.retrieve(words, k=limit, show_progress=False, return_as="documents")

    return search


def _offered(vacancy: Vacancy) -> list[str]:
    return [vacancy.trade, *_around(vacancy.town or vacancy.adcode)]


def _sought(worker: WorkerProfile) -> list[str]:
    """Trades, and the names of wanted places or, without any, of everything round the home."""
    wanted = [name for code in worker.locations for name in _around(code)[:1]]
    return [*worker.trades, *(wanted or _around(worker.home))]


def _around(code: str | None) -> list[str]:
    """Name a place and what it lies in, the finest first."""
    if code is None:
        return []
    places = catalogue().places
    levels = (code, places.county_of(code), places.city_of(code), places.province_of(code))
    known = dict.fromkeys(level for level in levels if level is not None)
    return [places.short_name(level) for level in known]
