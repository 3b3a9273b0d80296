"""What must not change what is read, and what must hold for any text at all."""

from __future__ import annotations

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.places.finder import PlaceFinder
from bot.understanding.writing.folding import fold
from content.catalogue import Catalogue
from content.place_names import short_name, short_town_name
from content.places import Places
from content.reader import read_catalogue

PLACES = read_catalogue().places
FINDER = PlaceFinder(PLACES)
COUNTIES = ("510623", "510683", "500240", "500243", "500101", "330782", "320583", "513401")
FRAMES = ("想去{}找活", "{}有没得厂", "在{}做了三年", "人在{},四十二岁", "电焊工 {} 六千")
PIECES = st.sampled_from(
    [
        *(
            "中江",
            "石柱",
            "江北",
            "鼓楼",
            "朝阳",
            "和平",
            "南华镇",
            "太平",
            "仓山",
            "重庆",
            "主城",
            "广州",
        ),
        *(
            "人",
            "路",
            "街",
            "县",
            "市",
            "区",
            "镇",
            "乡",
            "的",
            "都",
            "去",
            "在",
            "、",
            ",",
            " ",
            "\n",
            "酒家",
        ),
        *(
            "前天全",
            "我叫李",
            "师傅",
            "老板",
            "高新区",
            "长沙",
            "发",
            "话",
            "😀",
            "\x00",
            "虎门",
            "两江新区",
        ),
    ]
)
ANYTHING = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=16).map("".join))


def codes(text: str) -> list[str]:
    return [one.code for one in FINDER.find(fold(text))]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("code", COUNTIES)
def test_a_county_is_the_same_with_and_without_its_last_word(code: str, frame: str) -> None:
    place = PLACES.get(code)
    assert place is not None
    short = PLACES.short_name(code)
    for name in (place.name, short, f"{short}县", f"{short}市"):
        assert codes(frame.format(name))[-1:] == [code], name


@pytest.mark.parametrize("code", COUNTIES)
def test_the_places_above_a_county_change_nothing(code: str) -> None:
    above = PLACES.get(PLACES.city_of(code) or PLACES.province_of(code) or "")
    place = PLACES.get(code)
    assert place is not None
    assert above is not None
    for joined in ("", " ", "的", "-", "·", "/"):
        for outer in (above.name, short_name(above.name)):
            found = codes(f"想去{outer}{joined}{place.name}")
            assert FINDER.finest(found) == (code,)


@pytest.mark.parametrize("town", ["南华镇", "仓山镇", "黄鹿镇", "集凤镇", "龙台镇", "永太镇"])
def test_a_town_behind_its_county_needs_no_last_word(town: str) -> None:
    whole = codes(f"中江县{town}招普工")

    assert len(whole[-1]) == 9
    for county in ("中江县", "中江"):
        for name in (town, short_town_name(town)):
            for joined in ("", " "):
                assert codes(f"{county}{joined}{name}招普工") == whole


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("DY中江,石柱", "ＤＹ中江,石柱"),
        ("中江(南华镇)", "中江(南华镇)"),
        ("去中江 石柱", "去中江\u3000石柱"),
        ("成都-双流", "成都—双流"),
    ],
)
def test_full_width_signs_and_wide_spaces_change_nothing(plain: str, written: str) -> None:
    assert codes(plain) == codes(written) != []


@settings(deadline=None)
@given(st.sampled_from(sorted(PLACES.names())), st.sampled_from(FRAMES))
def test_every_name_of_the_register_is_read_or_left_open(name: str, frame: str) -> None:
    reading = FINDER.read(frame.format(name))
    starts = [one.start for one in reading.mentions] + [one.start for one in reading.open]
    doubtful = PLACES.rules.doubtful

    assert name in doubtful or min(starts, default=len(frame)) <= frame.find("{")


@settings(deadline=None, max_examples=400)
@given(ANYTHING, st.sampled_from([None, "510623", "500240", "510600", "441900", "999999", ""]))
def test_no_text_raises_and_no_place_is_invented(text: str, home: str | None) -> None:
    reading = FINDER.read(text, home=home)

    for mention in (*reading.mentions, *reading.origins):
        assert _is_called(mention.code, text[mention.start : mention.end])
    for name in reading.open:
        assert len(set(name.codes)) > 1
        assert all(_is_called(code, text[name.start : name.end]) for code in name.codes)


def test_a_hundred_thousand_characters_of_mixed_signs_raise_nothing() -> None:
    chance = random.Random(4)  # noqa: S311 - a fixed mix of signs
    signs = [chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(300)]
    signs += [*"中江石柱县镇区市乡路人去在的江北京和平太", "😀", "\x07", "\n", " ", "１"]
    for _ in range(2_000):
        FINDER.read("".join(chance.choices(signs, k=50)), home="510623")


def test_the_same_text_is_read_the_same_way_twice() -> None:
    text = "江北 鼓楼 太平镇 中江仓山 长安"

    assert FINDER.read(text) == FINDER.read(text) == PlaceFinder(PLACES).read(text)


def test_several_threads_may_ask_a_cold_finder_at_once(catalogue: Catalogue) -> None:
    finder = PlaceFinder(catalogue.places)
    found: list[list[str]] = []

    def ask() -> None:
        found.append([one.code for one in finder.find("中江仓山和虎门")])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [["510623", "510623117", "441900121"]] * 8


def _is_called(code: str, words: str) -> bool:
    """Tell whether `words` are a name of the place: full, short, everyday, or a town's bare one."""
    return words in _names_of(PLACES, code) or any(
        words[:-1] == name for name in _names_of(PLACES, code)
    )


def _names_of(places: Places, code: str) -> set[str]:
    place = places.get(code)
    assert place is not None
    listed = {name for name, found in places.names().items() if code in found}
    return listed | {
        place.name,
        places.short_name(code),
        short_town_name(place.name),
        "主城",
        "主城区",
    }
