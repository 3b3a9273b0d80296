"""The labelled samples, where they lie beside the checkout; one of the rules' own otherwise."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.understanding import TextReader, read_context

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
Record = dict[str, object]
OWN_MESSAGES: list[Record] = [
    {"text": "想做保安,中江,三千", "context": None, "gold": {"intent": "find_job"}},
    {
        "text": "3",
        "context": "还在厂里不?1 在 2 换了 3 没做了",
        "gold": {"intent": "report_unemployed"},
    },
    {
        "text": "2",
        "context": "回复数字:1 找工作 2 登记资料 0 找真人",
        "gold": {"intent": "register"},
    },
]
OWN_POSTS: list[Record] = [
    {"text": "中江招保安2名,3000元,不收押金", "gold": {"violations": []}},
    {"text": "中江招保安2名,3000元,只招男", "gold": {"violations": ["gender_discrimination"]}},
]


def _records(name: str, own: list[Record]) -> list[Record]:
    file = SAMPLES / name
    if not file.is_file():
        sys.stdout.write(f"{name} does not lie beside the checkout: own records are used\n")
        return own
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def _share_right(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_most_labelled_messages_get_their_intent(reader: TextReader) -> None:
    right = []
    for record in _records("worker_texts.jsonl", OWN_MESSAGES):
        context, gold = record["context"], record["gold"]
        assert isinstance(gold, dict)
        reading = reader.read_worker_text(
            str(record["text"]), read_context(context if isinstance(context, str) else None)
        )
        right.append(reading.intent == gold["intent"])

    assert _share_right(right) >= 0.95


def test_labelled_posts_are_judged_as_the_labels_say(reader: TextReader) -> None:
    right = []
    for record in _records("vacancy_posts.jsonl", OWN_POSTS):
        gold = record["gold"]
        assert isinstance(gold, dict)
        found = {violation.code for violation in reader.read_post(str(record["text"])).violations}
        accepted = record.get("also_acceptable_violations", [])
        assert isinstance(accepted, list)
        right.append(found - set(accepted) == set(gold["violations"]))

    assert _share_right(right) >= 0.95
