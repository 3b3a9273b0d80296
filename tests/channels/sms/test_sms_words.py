"""What fits into seventy characters, and what is left out first."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bot.messages import Body, Option
from bot.services.sending.sms_words import BUBBLES, MOST_UNITS, condensed, cut, text_of, units
from content.catalogue import Catalogue
from storage.states import DeliveryKind

LINK = "https://wengong.test/r/abcdefghijklmnopqrstuvwx"
ASKED = tuple(
    Option(number, label, f"q:3:{number}")
    for number, label in ((1, "在"), (2, "换了"), (3, "没做了"), (0, "找真人"))
)
LASTING = tuple(
    Option(number, label, f"a:apply:{number}")
    for number, label in ((1, "报名"), (2, "不合适"), (3, "帮我问哪天发钱"))
)
VACANCY = (
    "新活：4500—6000元（计件） | 中江南华，同镇 | 包吃住 | 平车工\n"
    "为啥给你：会缝纫工的活，就在本镇，钱够，只是没说哪天发钱"
)
SIGNS = ["厂", "，", "。", " ", "4", "a", "😀", "\n", "\n\n", "𠮷", "？", "|", "\ud83d", "\ude00"]


def sms(catalogue: Catalogue, body: Body, kind: str, *, link: str | None = LINK) -> str:
    return text_of(catalogue.texts, body, kind=kind, language="zh", link=link)


def words_of(text: str) -> str:
    return text.removesuffix(LINK).rstrip()


def test_a_check_in_shows_its_question_and_every_choice(catalogue: Catalogue) -> None:
    text = sms(catalogue, Body("三天了，还在宏达制衣不？", ASKED), "check_in")
    assert text == f"三天了，还在宏达制衣不？ 回1在 2换了 3没做了 0找真人 {LINK}"


def test_a_vacancy_begins_with_wage_and_place_and_says_how_it_is_stopped(
    catalogue: Catalogue,
) -> None:
    text = words_of(sms(catalogue, Body(VACANCY, LASTING), "vacancy"))
    assert text.startswith("新活：4500—6000元（计件） | 中江南华，同镇")
    assert "回1报名 2不合适" in text
    assert text.endswith("回T退订")
    assert units(text) <= MOST_UNITS


def test_words_that_fit_stay_whole(catalogue: Catalogue) -> None:
    words = "周三早上八点，镇政府门口上车去招聘会，不要钱。"
    assert sms(catalogue, Body(words), "broadcast") == f"{words} 回T退订 {LINK}"


def test_words_are_cut_at_a_comma_with_a_sign_that_more_follows(catalogue: Catalogue) -> None:
    words = "，".join(f"第{number}句话说的是招聘会的事" for number in range(9))
    text = words_of(sms(catalogue, Body(words), "broadcast"))
    shown = text.removesuffix("回T退订").rstrip()
    assert shown.endswith("事…")
    assert words.startswith(shown.removesuffix("…"))


def test_of_a_turn_the_question_comes_last_and_what_was_said_before_it_fits(
    catalogue: Catalogue,
) -> None:
    body = condensed([Body("记下了：还在做。"), Body("上个月的工资拿到没有？", ASKED)])
    text = words_of(sms(catalogue, body, "reply"))
    assert text == "记下了：还在做。上个月的工资拿到没有？ 回1在 2换了 3没做了 0找真人"


def test_a_statement_that_does_not_fit_leaves_the_question_and_its_digits(
    catalogue: Catalogue,
) -> None:
    body = condensed([Body("长" * 200), Body("上个月的工资拿到没有？", ASKED)])
    text = words_of(sms(catalogue, body, "reply"))
    assert text.endswith("上个月的工资拿到没有？ 回1在 2换了 3没做了 0找真人")


def test_a_digit_answers_the_open_question_and_not_a_button_beside_it() -> None:
    body = condensed([Body("一个活", LASTING), Body("还在不？", ASKED), Body("有事随时说。")])
    assert body.options == ASKED
    assert body.text.split(BUBBLES) == ["一个活", "有事随时说。", "还在不？"]


def test_nothing_that_was_said_is_lost_from_the_page_behind_the_link() -> None:
    said = ["一" * 60, "二\n\n二", "三"]
    text = condensed([Body(words) for words in said]).text
    assert text.split(BUBBLES) == ["一" * 60, "二\n二", "三"]


def test_a_closed_message_shows_no_digits(catalogue: Catalogue) -> None:
    text = sms(catalogue, Body("招满了。", LASTING, closed=True), "reply", link=None)
    assert text == "招满了。"


def test_a_cut_never_leaves_a_bare_greeting() -> None:
    assert cut("好，" + "字" * 100, 20) == "好，" + "字" * 17 + "…"


@pytest.mark.parametrize("kind", [kind.value for kind in DeliveryKind])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_is_longer_than_seventy_units_whatever_is_said(
    catalogue: Catalogue, kind: str, language: str
) -> None:
    chance = random.Random(f"{kind}{language}")  # noqa: S311 - a test's dice
    for _ in range(300):
        body = _any_body(chance)
        text = text_of(catalogue.texts, body, kind=kind, language=language, link=LINK)
        words = words_of(text)
        assert text.endswith(LINK)
        assert len(words.encode("utf-16-le")) // 2 == units(words) <= MOST_UNITS
        if kind in {"vacancy", "broadcast"}:
            assert words.endswith(catalogue.texts.render("sms.stop.hint", language).strip())


def test_every_digit_that_is_shown_is_one_that_works(catalogue: Catalogue) -> None:
    chance = random.Random(7)  # noqa: S311 - a test's dice
    for _ in range(300):
        body = _any_body(chance)
        words = words_of(sms(catalogue, body, "reply"))
        _before, reply, shown = words.rpartition(" 回")
        if reply:
            assert shown in {_digits(body.options), _digits(body.options[1:])}


def _digits(options: Sequence[Option]) -> str:
    return " ".join(f"{one.number}{one.label}" for one in options)


def _any_body(chance: random.Random) -> Body:
    words = "".join(chance.choices(SIGNS, k=chance.randrange(160)))
    count = chance.randrange(6)
    options = tuple(
        Option(number, "签" * chance.randrange(1, 12), f"q:1:{number}") for number in range(count)
    )
    return Body(words, options)
