"""How workers ask about policies: words and whole questions for each mechanism, read and checked.

Beside the mechanisms stand other topics that workers ask a labour bureau about and that no document
of ours answers; a question that is nearer to one of them is handed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from content.data_files import DataFile, DataFolder, tables_of, texts_of
from content.policies.circumstances import Situation, read_circumstances, situations_in

QUESTIONS = "policies/questions"
WORDS = f"{QUESTIONS}/words.toml"
CIRCUMSTANCES = f"{QUESTIONS}/circumstances.toml"
OTHER_TOPICS = f"{QUESTIONS}/other_topics/"
MECHANISM = "P-"
NONE: Mapping[str, str] = MappingProxyType({})
NO_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
ASKS = ("amount", "place", "time", "papers", "decision", "own_status", "grievance")


@dataclass(frozen=True, slots=True)
class Topic:
    """What people say when they mean one mechanism, or something no document answers.

    Attributes:
        id: `P-…`, or the name of another topic.
        names: Words that nearly always mean it.
        words: Words that go with it.
        questions: Whole questions.
        subject: Groups of words; a question is about the topic when it says one of each group.
            Where none is given, `names` are the only group.
        meant_by: What is asked, out of `ASKS`, that by itself points to the topic.
        only: Cities in which the topic counts; empty: all.
        items: City → clause of its document that speaks of it though this service does not.
        instead: City → mechanism that is answered where the city has no clause for this one and
            a sum is asked.
        takes_grievances: A grievance about it goes to a person though the clause is told.
        verify: City → words of circumstances that the clause leaves to an officer's check.
        situations: Circumstances that, told together, mean it.
    """

    id: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    questions: tuple[str, ...]
    subject: tuple[tuple[str, ...], ...]
    meant_by: frozenset[str]
    only: frozenset[str]
    items: Mapping[str, str]
    instead: Mapping[str, str]
    takes_grievances: bool
    verify: Mapping[str, tuple[str, ...]]
    situations: tuple[Situation, ...] = ()

    @classmethod
    def of_questions(cls, topic_id: str, questions: tuple[str, ...]) -> Topic:
        """Make a topic of which nothing but whole sentences is known."""
        return cls(
            topic_id, (), (), questions, (), frozenset(), frozenset(), NONE, NONE, False, NO_LISTS
        )

    @property
    def is_mechanism(self) -> bool:
        """A document may answer it; otherwise none does."""
        return self.id.startswith(MECHANISM)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Everything by which questions are understood.

    Attributes:
        topics: Mechanisms first, then the other topics.
        synonyms: What people write → the word that stands for all.
        ignored: Words that tell nothing of the matter.
        weak: Words that tell little of it.
        negations: What stands before a word that a person says is not so.
        negated: The words for which a negation counts.
        asks: What is wanted → the shapes of words that tell it, out of `ASKS`.
        circumstances: What people tell of their lives → the words by which it is known.
    """

    topics: tuple[Topic, ...]
    synonyms: Mapping[str, str]
    ignored: frozenset[str]
    weak: frozenset[str]
    negations: frozenset[str]
    negated: frozenset[str]
    asks: Mapping[str, re.Pattern[str]]
    circumstances: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def vocabulary(self) -> Iterator[str]:
        """Yield every word that texts are to be cut into; some come more than once."""
        yield from self.ignored
        yield from self.negations
        yield from self.weak
        for variant, word in self.synonyms.items():
            yield variant
            yield word
        for topic in self.topics:
            yield from topic.names
            yield from topic.words
            for group in topic.subject:
                yield from group


def read_question_words(folder: DataFolder) -> QuestionWords:
    """Read the package's files and a bureau's own of other names, which add to them.

    Raises:
        ContentError: A table, key or pattern is wrong, or two words stand for one.
    """
    names = {
        *folder.package_names(QUESTIONS, ending=".toml"),
        *folder.overlay_names(QUESTIONS, ending=".toml"),
    }
    circumstances = read_circumstances(folder.read(CIRCUMSTANCES))
    found: dict[str, Topic] = {}
    for name in sorted(names - {WORDS, CIRCUMSTANCES}):
        for topic in _topics(folder.read(name), circumstances):
            known = found.get(topic.id)
            found[topic.id] = topic if known is None else _joined(known, topic)
    ordered = sorted(found.values(), key=lambda topic: (not topic.is_mechanism, topic.id))
    words = _with_words(folder.read(WORDS), tuple(ordered))
    return replace(words, circumstances=circumstances)


def _topics(file: DataFile, circumstances: Mapping[str, tuple[str, ...]]) -> Iterator[Topic]:
    other = file.name.startswith(OTHER_TOPICS)
    for name, row in tables_of(file).items():
        if name.startswith(MECHANISM) is other:
            kind = "other topics" if other else "mechanisms"
            raise file.error(
                file.line_of(name),
                f"[{name}] stands in a file of {kind}",
                "Name mechanisms P-…; put other topics below other_topics/.",
            )
        yield Topic(
            name,
            texts_of(file, name, row, "names"),
            texts_of(file, name, row, "words"),
            texts_of(file, name, row, "questions"),
            _groups(file, name, row),
            frozenset(texts_of(file, name, row, "meant_by")),
            frozenset(texts_of(file, name, row, "only")),
            _by_city(file, name, row, "item"),
            _by_city(file, name, row, "instead"),
            row.get("grievances") is True,
            MappingProxyType(_lists_by_city(file, name, row)),
            situations_in(file, name, row, circumstances),
        )


def _joined(first: Topic, second: Topic) -> Topic:
    return Topic(
        first.id,
        first.names + second.names,
        first.words + second.words,
        first.questions + second.questions,
        first.subject + second.subject,
        first.meant_by | second.meant_by,
        first.only | second.only,
        MappingProxyType({**first.items, **second.items}),
        MappingProxyType({**first.instead, **second.instead}),
        first.takes_grievances or second.takes_grievances,
        MappingProxyType({**first.verify, **second.verify}),
        first.situations + second.situations,
    )


def _groups(file: DataFile, table: str, row: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    value = row.get("subject", [])
    if not isinstance(value, list):
        raise file.error(
            file.line_of(table, "subject"),
            f"[{table}] subject is no list of lists",
            'Write subject = [["…", "…"]].',
        )
    return tuple(texts_of(file, table, {"subject": group}, "subject") for group in value)


def _by_city(file: DataFile, table: str, row: Mapping[str, object], key: str) -> Mapping[str, str]:
    value = row.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(it, str) for it in value.values()):
        raise file.error(
            file.line_of(table, key), f"[{table}] {key} is wrong", f'Write {key} = {{ CQ = "…" }}.'
        )
    return MappingProxyType(dict(value))


def _lists_by_city(
    file: DataFile, table: str, row: Mapping[str, object]
) -> dict[str, tuple[str, ...]]:
    value = row.get("verify", {})
    if not isinstance(value, dict):
        raise file.error(
            file.line_of(table, "verify"),
            f"[{table}] verify is wrong",
            'Write verify = { DY = ["…"] }.',
        )
    return {city: texts_of(file, table, value, city) for city in value}


def _with_words(file: DataFile, topics: tuple[Topic, ...]) -> QuestionWords:
    tables = tables_of(file)
    negation = tables.get("negation", {})
    ignored = tables.get("ignored", {})
    return QuestionWords(
        topics,
        MappingProxyType(_synonyms(file, tables.get("synonyms", {}))),
        frozenset(texts_of(file, "ignored", ignored, "words")),
        frozenset(texts_of(file, "weak", tables.get("weak", {}), "words")),
        frozenset(texts_of(file, "negation", negation, "before")),
        frozenset(texts_of(file, "negation", negation, "of")),
        MappingProxyType(_asks(file, tables.get("asks", {}))),
    )


def _synonyms(file: DataFile, table: Mapping[str, object]) -> dict[str, str]:
    synonyms: dict[str, str] = {}
    for word in table:
        for variant in texts_of(file, "synonyms", table, word):
            if synonyms.setdefault(variant, word) != word or variant in table:
                raise file.error(
                    file.line_of("synonyms", word),
                    f"{variant} stands for two words",
                    "Leave it in one list.",
                )
    return synonyms


def _asks(file: DataFile, table: Mapping[str, object]) -> dict[str, re.Pattern[str]]:
    asks: dict[str, re.Pattern[str]] = {}
    for name in table:
        line = file.line_of("asks", name)
        if name not in ASKS:
            raise file.error(line, f"[asks] {name} is unknown", f"Use {', '.join(ASKS)}.")
        shapes = texts_of(file, "asks", table, name)
        try:
            asks[name] = re.compile("|".join(shapes))
        except re.error as wrong:
            raise file.error(line, f"[asks] {name}: {wrong}", "Correct the pattern.") from wrong
    return asks
