"""Every reason and every missing fact can be said to a worker, briefly."""

from __future__ import annotations

import re

import pytest

from content.benefits.vocabulary import FACTS, GROUPS
from content.benefits.words import missing_key, reason_key
from content.catalogue import Catalogue
from tests.content.benefits.test_benefit_properties import VALUES

OFFICE_WORDS = re.compile(r"(?<!工)人工|确认|提交|岗位|技能|意向|贫困户|保证|一定能")
SUMS_AND_ENDS = {
    "trip.mode", "trip.price", "trip.return_price", "trip.from_county", "trip.to_county",
}  # fmt: skip
REASONS = {
    "category", "category_unclear", "age_too_young", "age_too_old", "period", "trip.journey",
    "trip.mode_unclear", "children", "children.school", "children.school_unclear",
    "inpatient.above_ceiling", "employment_unclear", "hukou_unclear", *GROUPS,
    *(set(FACTS) - SUMS_AND_ENDS), "trip.mode",
} - {"inpatient.major_base_deductible"}  # fmt: skip
MISSING = {"as_of", "birth", "categories", "category_verified", "children", "children.school"}
MISSING |= {*FACTS, *GROUPS}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_has_its_sentence(catalogue: Catalogue, language: str) -> None:
    keys = {reason_key(code) for code in REASONS}
    written = {key for key in catalogue.texts.keys(language) if key.startswith("benefits.reason.")}
    assert keys == written


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_missing_fact_has_its_question(catalogue: Catalogue, language: str) -> None:
    keys = {missing_key(fact) for fact in MISSING}
    written = {key for key in catalogue.texts.keys(language) if key.startswith("benefits.missing.")}
    assert keys == written
    assert all(catalogue.texts.render(key, language)[-1] in "？?" for key in keys)


def test_the_words_are_short_plain_and_promise_nothing(catalogue: Catalogue) -> None:
    for key in catalogue.texts.keys("zh"):
        if key.startswith("benefits."):
            text = catalogue.texts.render(key, "zh")
            assert len(text) <= 60, key
            assert text.count("？") <= 1, key
            assert not OFFICE_WORDS.search(text), key


def test_the_properties_look_at_every_fact() -> None:
    assert set(VALUES) == {"birth", *FACTS}
