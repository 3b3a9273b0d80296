"""Questions about policies answered a second: `python -m tests.benchmarks.policy_questions`.

The peer is bm25s over the same cards, words and example questions, cut by jieba with its own
dictionary of 350,000 words: what a search library does with the content as it stands. Both run on
one core; the seconds are those of the processor, so that neighbours on the machine do not count.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.understanding.policy_questions import FoundPolicies, PolicyQuestions, Reason
from content.catalogue import Catalogue
from content.reader import read_catalogue
from tests.understanding.policy_questions.labelled import (
    ON,
    OWN,
    Find,
    Labelled,
    Score,
    read_labelled,
    score,
)

ROUNDS = 5
GOAL = 1_000.0


@dataclass(frozen=True, slots=True)
class Figures:
    """How fast, and how well, one of the two finds clauses."""

    a_second: float
    score: Score


def ours(catalogue: Catalogue) -> Find:
    """Return our own search."""
    questions = PolicyQuestions(catalogue.policies, catalogue.question_words)
    return lambda text, jurisdiction: questions.find(text, jurisdiction, ON)


def peer(catalogue: Catalogue) -> Find:
    """Return the search of bm25s: the best topic, if the city has a card for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba looks for its data in the old way
        import bm25s
        import jieba
    jieba.setLogLevel("ERROR")
    cutter = jieba.Tokenizer()
    topics = catalogue.question_words.topics
    texts = [_document(catalogue, at) for at in range(len(topics))]
    index = bm25s.BM25()
    index.index([cutter.lcut(text) for text in texts], show_progress=False)

    def find(text: str, jurisdiction: str | None) -> FoundPolicies:
        found, scores = index.retrieve([cutter.lcut(text)], k=1, show_progress=False)
        topic = topics[int(found[0][0])].id if scores[0][0] > 0 else ""
        cities = [it.id for it in catalogue.policies.jurisdictions]
        asked = cities if jurisdiction is None else [jurisdiction]
        cards = [catalogue.policies.by_mechanism(topic, city, ON) for city in asked]
        mechanisms = (topic,) if all(cards) else ()
        reason = Reason.ANSWERED if mechanisms else Reason.NO_CLAUSE
        return FoundPolicies(mechanisms, (), frozenset(), not mechanisms, reason)

    return find


def _document(catalogue: Catalogue, at: int) -> str:
    topic = catalogue.question_words.topics[at]
    cards = [it for it in catalogue.policies.cards() if it.mechanism == topic.id]
    of_cards = [line for card in cards for line in (card.title, *card.chat, *card.full())]
    return "\n".join((*topic.names, *topic.words, *topic.questions, *of_cards))


def a_second(run: Callable[[], object], *, count: int, rounds: int = ROUNDS) -> float:
    """Return how many of `count` questions are done in a second of one core, best of the rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return count / best


def measure(find: Find, questions: Sequence[Labelled], *, rounds: int = ROUNDS) -> Figures:
    """Measure one search; the first pass, which loads, is not timed."""
    reached = score(questions, find)
    speed = a_second(
        lambda: [find(it.text, it.jurisdiction) for it in questions],
        count=len(questions),
        rounds=rounds,
    )
    return Figures(speed, reached)


def main() -> None:
    """Measure and print."""
    catalogue = read_catalogue()
    questions = read_labelled(OWN)
    own = measure(ours(catalogue), questions)
    other = measure(peer(catalogue), questions)
    sys.stdout.write(f"{len(questions)} labelled questions, goal {GOAL:,.0f} a second\n")
    for name, it in (("wengong", own), ("bm25s + jieba", other)):
        sys.stdout.write(
            f"{name:<16}{it.a_second:>8,.0f}/s  right clause {it.score.answerable:.3f}  "
            f"refused {it.score.refused:.3f}\n"
        )
    sys.stdout.write(f"ratio of speed   {own.a_second / other.a_second:.2f}\n")


if __name__ == "__main__":
    main()
