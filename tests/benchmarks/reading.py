"""Messages and posts read a second, memory and start: `python -m tests.benchmarks.reading`.

The peer is jieba, which cuts the same texts into words and understands nothing: what anything
built on segmentation would have to spend before it begins.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.understanding import TextReader, read_context
from content.reader import read_catalogue

FRESH = Path(__file__).parents[1] / "data" / "fresh"
ROUNDS = 5
START = """
import re, time
def resident():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmRSS:\\s+(\\d+)", status.read())[1])
began = time.perf_counter()
from content.reader import read_catalogue
from bot.understanding import TextReader
imported = time.perf_counter()
reader = TextReader(read_catalogue())
ready = time.perf_counter()
before = resident()
reader.warm()
warm = time.perf_counter()
after = resident()
print(imported - began, ready - imported, warm - ready, before, after)
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds and megabytes of a fresh process, before and after the large tables are read."""

    importing: float
    opening: float
    warming: float
    megabytes: float
    warm_megabytes: float


def texts_of(name: str) -> list[dict[str, object]]:
    """Return the fresh texts of this file."""
    lines = (FRESH / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def a_second(run: Callable[[], object], *, count: int, rounds: int = ROUNDS) -> float:
    """Return how many of `count` texts are done a second, in the best of the rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - began)
    return count / best


def messages_a_second(reader: TextReader, *, rounds: int = ROUNDS) -> float:
    """Return workers' messages read a second on one core."""
    read = [
        (str(record["text"]), read_context(_text_or_none(record["context"])))
        for record in texts_of("worker_texts.jsonl")
    ]
    return a_second(
        lambda: [reader.read_worker_text(text, context) for text, context in read],
        count=len(read),
        rounds=rounds,
    )


def posts_a_second(reader: TextReader, *, rounds: int = ROUNDS) -> float:
    """Return posts read a second on one core."""
    posts = [str(record["text"]) for record in texts_of("vacancy_posts.jsonl")]
    return a_second(
        lambda: [reader.read_post(post) for post in posts], count=len(posts), rounds=rounds
    )


def cut_a_second(name: str, *, rounds: int = ROUNDS) -> float:
    """Return the texts of a file that jieba cuts into words a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its package names things the old way
        import jieba  # a second and a half to load: only here

        jieba.setLogLevel("ERROR")
    texts = [str(record["text"]) for record in texts_of(name)]
    cutter = jieba.Tokenizer()
    cutter.lcut(texts[0])
    return a_second(lambda: [cutter.lcut(text) for text in texts], count=len(texts), rounds=rounds)


def start() -> Start:
    """Measure a fresh process."""
    printed = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", START], capture_output=True, text=True, check=True
    ).stdout.split()
    importing, opening, warming, before, after = map(float, printed)
    return Start(importing, opening, warming, before / 1024, after / 1024)


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def report(rows: Sequence[tuple[str, str]]) -> None:
    """Print figures behind their names."""
    for name, figure in rows:
        sys.stdout.write(f"{name:<44}{figure:>14}\n")


def main() -> None:
    """Measure and print."""
    reader = TextReader(read_catalogue())
    reader.warm()
    messages, posts = messages_a_second(reader), posts_a_second(reader)
    cut_messages, cut_posts = (
        cut_a_second("worker_texts.jsonl"),
        cut_a_second("vacancy_posts.jsonl"),
    )
    begun = start()
    report(
        (
            ("messages a second", f"{messages:,.0f}"),
            ("  jieba, words only", f"{cut_messages:,.0f}"),
            ("  ratio", f"{messages / cut_messages:.2f}"),
            ("posts a second", f"{posts:,.0f}"),
            ("  jieba, words only", f"{cut_posts:,.0f}"),
            ("  ratio", f"{posts / cut_posts:.2f}"),
            ("import, s", f"{begun.importing:.2f}"),
            ("catalogue and reader, s", f"{begun.opening:.2f}"),
            ("large tables, off the event loop, s", f"{begun.warming:.2f}"),
            ("process before the large tables, MB", f"{begun.megabytes:.0f}"),
            ("large tables, MB", f"{begun.warm_megabytes - begun.megabytes:.0f}"),
            ("this process at most, MB", f"{peak_megabytes():.0f}"),
        )
    )


def peak_megabytes() -> float:
    """Return the most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
