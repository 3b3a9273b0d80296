from __future__ import annotations

import pytest

from tests.chat import City
from tests.conversations.firm_world import LAWFUL_POST, firm_in, only_vacancy


@pytest.mark.parametrize("text", ["😀😀😀", "好多好多", "\u200b\u0007啊"])
def test_words_that_are_no_post_are_answered_with_an_example(city: City, text: str) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("/post")
    assert "招平车工6名" in firm.boss.says(text)[0]
    assert "招的是什么工" in firm.boss.says(text)[-1]


def test_a_post_of_ten_thousand_characters_says_how_much_was_read(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("/post")
    heard = firm.boss.says(LAWFUL_POST + "。" + "啊" * 10_000)
    assert "只看了前4000个字" in heard[0]
    assert "平车工6人" in heard[1]
    post = only_vacancy(city, firm).post_text
    assert post is not None
    assert len(post) == 4000


def test_a_post_that_looks_like_markup_is_plain_text(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    heard = firm.boss.says("<b>中江南华镇招平车工6名</b>,月4000<script>")
    assert "平车工6人" in "".join(heard)


def test_an_empty_message_is_answered(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("/post")
    assert firm.boss.says("") != []
