"""Rankers that search the text of posts: BM25, rapidfuzz and TF-IDF over characters."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from bot.cli.evaluation.baselines import LONGEST_LIST, Lists, Market
from bot.cli.pipes import Record

INSTALL = "pip install wengong[evaluate]"
_GRAMS = (1, 2, 3)

Named = Callable[[str], str]
Scores = NDArray[np.float32]


class PeerMissingError(Exception):
    """A package of the extra `evaluate` is not installed."""


def bm25(market: Market, name_of: Named) -> Lists:
    """Rank by bm25s over the words that jieba cuts.

    Raises:
        PeerMissingError: One of the two is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba looks for its data in the old way
            import bm25s
            import jieba
    except ImportError as error:
        raise PeerMissingError(INSTALL) from error
    jieba.setLogLevel("ERROR")
    index = bm25s.BM25()
    index.index([jieba.lcut(text) for text in _posts(market)], show_progress=False)

    def scores(worker: Record) -> Scores:
        words = [word for text in _query(worker, name_of) for word in jieba.lcut(text)]
        known = [word for word in words if word in index.vocab_dict]
        size = len(market.vacancies)
        return index.get_scores(known) if known else np.zeros(size, dtype=np.float32)

    return _lists(market, scores)


def fuzzy(market: Market, name_of: Named) -> Lists:
    """Rank by rapidfuzz: the best likeness of a skill to a post, by the signs they share."""
    from rapidfuzz import fuzz, process

    # Chinese has no spaces between words: every sign is a token.
    posts = [" ".join(text) for text in _posts(market)]

    def scores(worker: Record) -> Scores:
        query = [" ".join(text) for text in _query(worker, name_of)]
        if not query:
            return np.zeros(len(posts), dtype=np.float32)
        return np.asarray(
            process.cdist(query, posts, scorer=fuzz.token_set_ratio, dtype=np.float32).max(axis=0)
        )

    return _lists(market, scores)


def tf_idf(market: Market, name_of: Named) -> Lists:
    """Rank by the cosine of TF-IDF weights over one to three neighbouring signs."""
    index = _GramIndex(_posts(market))
    return _lists(market, lambda worker: index.scores(" ".join(_query(worker, name_of))))


class _GramIndex:
    """Which posts have which signs side by side, with the weight in each."""

    def __init__(self, posts: Sequence[str]) -> None:
        counted = [Counter(_grams(post)) for post in posts]
        spread = Counter(gram for counts in counted for gram in counts)
        self._rarity = {
            gram: 1 + log((1 + len(posts)) / (1 + count)) for gram, count in spread.items()
        }
        self._size = len(posts)
        rows: dict[str, list[tuple[int, float]]] = {}
        for number, counts in enumerate(counted):
            weights = self._weights(counts)
            for gram, weight in weights.items():
                rows.setdefault(gram, []).append((number, weight))
        self._posts = {
            gram: (
                np.array([number for number, _ in row], dtype=np.intp),
                np.array([weight for _, weight in row], dtype=np.float32),
            )
            for gram, row in rows.items()
        }

    def scores(self, query: str) -> Scores:
        found = np.zeros(self._size, dtype=np.float32)
        for gram, weight in self._weights(Counter(_grams(query))).items():
            numbers, weights = self._posts[gram]
            found[numbers] += np.float32(weight) * weights
        return found

    def _weights(self, counts: Counter[str]) -> dict[str, float]:
        """Weigh the grams that some post has; the squares sum to one."""
        rough = {
            gram: (1 + log(count)) * self._rarity[gram]
            for gram, count in counts.items()
            if gram in self._rarity
        }
        length = sum(weight * weight for weight in rough.values()) ** 0.5
        return {gram: weight / length for gram, weight in rough.items()}


def _grams(text: str) -> Iterable[str]:
    for size in _GRAMS:
        for start in range(len(text) - size + 1):
            gram = text[start : start + size]
            if " " not in gram:
                yield gram


def _posts(market: Market) -> list[str]:
    return [f"{one.get('title') or ''} {one.get('text') or ''}" for one in market.vacancies]


def _query(worker: Record, name_of: Named) -> list[str]:
    """Return what a worker would type: skills, trades, and the names of wanted places or home."""
    skills, years = worker.get("skills"), worker.get("experience_years")
    places = worker.get("locations") or [worker.get("home")]
    words = [str(word) for word in skills] if isinstance(skills, list) else []
    words += [str(word) for word in years] if isinstance(years, dict) else []
    codes = [str(code) for code in places if code] if isinstance(places, list) else []
    return [word for word in (*words, *(name_of(code) for code in codes)) if word]


def _lists(market: Market, scores: Callable[[Record], Scores]) -> Lists:
    """List the best scores above zero, equal ones by id."""
    order = np.array(
        sorted(range(len(market.vacancies)), key=lambda row: str(market.vacancies[row]["id"])),
        dtype=np.intp,
    )
    lists: Lists = {}
    for worker in market.workers:
        found = scores(worker)[order]
        best = np.argsort(-found, kind="stable")[:LONGEST_LIST]
        lists[str(worker["id"])] = [
            str(market.vacancies[int(order[row])]["id"]) for row in best if found[row] > 0
        ]
    return lists
