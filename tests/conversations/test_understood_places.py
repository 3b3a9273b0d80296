"""Place names in what people say of themselves."""

from __future__ import annotations

import pytest

from bot.conversations.summary import full_place_name
from content.catalogue import Catalogue


@pytest.mark.parametrize(
    ("code", "name"),
    [("510623101", "中江南华镇"), ("500105", "重庆江北区"), ("510000", "四川省")],
)
def test_a_full_place_name_tells_it_from_its_namesakes(
    catalogue: Catalogue, code: str, name: str
) -> None:
    assert full_place_name(catalogue.places, code) == name


def test_an_unknown_place_has_no_name(catalogue: Catalogue) -> None:
    with pytest.raises(LookupError):
        full_place_name(catalogue.places, "999999")
