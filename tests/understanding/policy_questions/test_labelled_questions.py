"""How many questions find their clause, and whether what no clause answers goes to a person."""

from __future__ import annotations

import sys

from content.catalogue import Catalogue
from tests.understanding.policy_questions.labelled import OWN, SAMPLES, Find, read_labelled, score

OUR_OWN = read_labelled(OWN)
CITIES = ("CQ", "DY")


def test_nine_of_ten_answerable_questions_find_their_clause(find: Find) -> None:
    reached = score(OUR_OWN, find)
    assert reached.answerable >= 0.92, reached.wrong


def test_what_no_clause_answers_is_refused(find: Find) -> None:
    reached = score(OUR_OWN, find)
    assert reached.refused >= 0.96, reached.wrong


def test_questions_go_to_a_person_when_they_should(find: Find) -> None:
    assert score(OUR_OWN, find).handoff >= 0.93


def test_our_questions_cover_every_mechanism_in_each_city_that_has_it(
    catalogue: Catalogue,
) -> None:
    asked = {(city, it) for one in OUR_OWN for it in one.mechanisms for city in [one.jurisdiction]}
    have = {(card.jurisdiction, card.mechanism) for card in catalogue.policies.cards()}
    assert have - asked == set()
    assert len({it for _, it in have}) == 35


def test_our_questions_ask_each_city_for_what_only_the_other_has(find: Find) -> None:
    refused = {
        (it.jurisdiction, find(it.text, it.jurisdiction).topic)
        for it in OUR_OWN
        if not it.mechanisms
    }
    for city in CITIES:
        found = {topic for at, topic in refused if at == city and str(topic).startswith("P-")}
        assert len(found) >= 5, city


def test_no_question_is_asked_twice() -> None:
    assert len({(it.text, it.jurisdiction) for it in OUR_OWN}) == len(OUR_OWN) >= 150


def test_the_samples_reach_their_measures(find: Find) -> None:
    if not SAMPLES.is_file():
        sys.stdout.write("the samples do not lie beside the checkout: own questions are used\n")
    reached = score(read_labelled(SAMPLES) if SAMPLES.is_file() else OUR_OWN, find)
    assert reached.answerable >= 0.92, reached.wrong
    assert reached.refused >= 0.96, reached.wrong
    assert reached.handoff >= 0.92
