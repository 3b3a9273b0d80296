"""The learnt model: what it is learnt from gives the same weights again, and they are plain."""

from __future__ import annotations

import pytest

from bot.errors import ContentError
from bot.understanding.intents.concepts import Concepts
from bot.understanding.intents.features import features_of, masked
from bot.understanding.intents.learning import as_table, learn
from bot.understanding.intents.model import IntentModel
from content.data_files import DataFile
from content.intents import INTENTS, Intent, IntentWords, check_heading

CONCEPTS = {"find": ("找", "找活"), "dismissed": ("炒", "不要我"), "negation": ("不", "没")}
MESSAGES: list[tuple[str, Intent]] = [
    ("找活", "find_job"),
    ("找个活", "find_job"),
    ("帮我找活", "find_job"),
    ("被炒了", "report_unemployed"),
    ("不要我了", "report_unemployed"),
    ("昨天炒了我", "report_unemployed"),
    ("你好", "greeting"),
    ("你好啊", "greeting"),
]


def seen(text: str, subject: str = "none") -> list[str]:
    """Return what the model sees of a text."""
    return features_of(text, subject, asked="", rules=(), concepts=Concepts(CONCEPTS))


@pytest.fixture
def model() -> IntentModel:
    """A model learnt from eight messages, by way of its file."""
    weights = learn([seen(text) for text, _ in MESSAGES], [intent for _, intent in MESSAGES])
    table = DataFile("intent_weights.tsv", as_table(weights))
    return IntentModel(IntentWords(CONCEPTS, table).weights())


def test_what_was_learnt_is_known_again(model: IntentModel) -> None:
    for text, intent in MESSAGES:
        chances = model.chances(seen(text))
        assert max(chances, key=chances.__getitem__) == intent


def test_words_of_one_concept_stand_for_each_other(model: IntentModel) -> None:
    chances = model.chances(seen("老板不要我"))

    assert max(chances, key=chances.__getitem__) == "report_unemployed"


def test_the_chances_make_one_whatever_is_said(model: IntentModel) -> None:
    for features in ([], seen("完全没见过"), seen("找活被炒了你好")):
        chances = model.chances(features)
        assert sum(chances.values()) == pytest.approx(1)
        assert set(chances) == set(INTENTS)


def test_the_same_messages_give_the_same_weights() -> None:
    features, intents = [seen(text) for text, _ in MESSAGES], [intent for _, intent in MESSAGES]

    assert learn(features, intents) == learn(features, intents)


def test_which_place_or_trade_is_named_makes_no_difference() -> None:
    here = masked("想在中江找保安", [(2, 4, "place"), (5, 7, "trade")])
    there = masked("想在石柱找焊工", [(2, 4, "place"), (5, 7, "trade")])

    assert here == there


def test_the_longest_word_of_a_concept_counts_and_words_do_not_overlap() -> None:
    found = Concepts({"a": ("要", "不要"), "b": ("不要我",)}).find("他不要我要钱")

    assert [(mention.concepts, mention.start, mention.end) for mention in found] == [
        (("b",), 1, 4),
        (("a",), 4, 5),
    ]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("feature\tfind_job\n", "intents"),
        (f"feature\t{chr(9).join(INTENTS)}\nx\t1\t2\n", "2 weights"),
        (f"feature\t{chr(9).join(INTENTS)}\nx\tone\n", "no whole number"),
        (f"feature\t{chr(9).join(INTENTS)}\n", "bias"),
    ],
)
def test_a_damaged_file_of_weights_is_refused_with_its_remedy(table: str, problem: str) -> None:
    file = DataFile("intent_weights.tsv", table)

    with pytest.raises(ContentError, match=problem):
        _read(file)


def _read(file: DataFile) -> None:
    check_heading(file)
    IntentWords({}, file).weights()
