"""The benchmark runs; its figures are judged by whoever starts it."""

from __future__ import annotations

import pytest

from bot.understanding import TextReader
from content.catalogue import Catalogue
from tests.benchmarks.reading import cut_a_second, messages_a_second, posts_a_second, start


@pytest.mark.benchmark
def test_texts_are_read_and_counted(catalogue: Catalogue) -> None:
    reader = TextReader(catalogue)
    assert messages_a_second(reader, rounds=1) > 1
    assert posts_a_second(reader, rounds=1) > 1
    assert cut_a_second("worker_texts.jsonl", rounds=1) > 1


@pytest.mark.benchmark
def test_a_fresh_process_is_measured_before_and_after_the_large_tables() -> None:
    begun = start()

    assert begun.opening > 0
    assert begun.warm_megabytes >= begun.megabytes
