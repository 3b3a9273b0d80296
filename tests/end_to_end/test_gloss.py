"""The English beside the tour: recognised from the catalogue, not written twice."""

from __future__ import annotations

import pytest

from bot.cli.gloss import Gloss
from content.catalogue import Catalogue
from content.data_files import DataFolder


@pytest.fixture(scope="module")
def gloss(catalogue: Catalogue) -> Gloss:
    return Gloss(catalogue, DataFolder())


def test_a_text_is_glossed_by_the_english_text_of_its_key(
    gloss: Gloss, catalogue: Catalogue
) -> None:
    key = "applications.sent.done"
    chinese, english = (catalogue.texts.render(key, language) for language in ("zh", "en"))
    assert gloss.of(chinese, key=key) == english


def test_a_line_put_together_from_several_texts_is_recognised_part_by_part(
    gloss: Gloss, catalogue: Catalogue
) -> None:
    texts = catalogue.texts
    keys = ("vacancy_posting.part.age_to", "vacancy_posting.part.gender_any")
    line = " | ".join(texts.render(key, "zh", high=55) for key in keys)
    assert gloss.of(line) == " | ".join(texts.render(key, "en", high=55) for key in keys)


def test_every_unlawful_condition_keeps_its_own_line(gloss: Gloss, catalogue: Catalogue) -> None:
    texts = catalogue.texts
    marked = (("①", "legality.deposit.finding"), ("②", "legality.fee.finding"))
    lines = [f"{mark}{texts.render(key, 'zh', words='1')}" for mark, key in marked]
    expected = [f"{mark}{texts.render(key, 'en', words='1')}" for mark, key in marked]
    assert gloss.of("\n".join(lines)).splitlines() == expected


def test_what_is_unknown_stays_as_it_is(gloss: Gloss) -> None:
    assert gloss.of("饕餮") == "饕餮"
