"""Where one place ends and the next begins, and where ordinary words only seem to name one."""

from __future__ import annotations

import pytest

from bot.understanding.places.finder import PlaceFinder
from bot.understanding.writing.folding import fold
from content.reader import read_catalogue

FINDER = PlaceFinder(read_catalogue().places)
SHIZHU, DEYANG = "500240", "510600"


def named(text: str, home: str | None = None) -> list[str]:
    codes = [FINDER.adcode(one.code) for one in FINDER.find(fold(text), home=home)]
    return list(dict.fromkeys(codes))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("贵阳或者安顺", "520100 520400"),
        ("贵阳还是安顺都可以", "520100 520400"),
        ("梓潼以及三台", "510725 510722"),
        ("三台或者中江", "510722 510623"),
        ("石棉跟到汉源都跑", "511824 511823"),
        ("江油三台随便哪里", "510781 510722"),
        ("绵竹三台都得行", "510683 510722"),
        ("乐山和平武都行", "511100 510727"),
        ("南昌同江油比哪个好", "360100 510781"),
        ("绵竹九龙镇康养院", "510683"),
        ("泸州宜宾自贡", "510500 511500 510300"),
    ],
)
def test_every_place_of_a_list_is_read(text: str, codes: str) -> None:
    assert named(text) == codes.split()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("天津河北哪边工价高", "120000 130000"),
        ("天津、河北", "120000 130000"),
        ("天津河北区", "120000 120105"),
        ("天津市河北区的超市", "120000 120105"),
        ("青海海南", "630000 632500"),
    ],
)
def test_two_provinces_side_by_side_are_no_district(text: str, codes: str) -> None:
    assert named(text) == codes.split()


@pytest.mark.parametrize(
    ("text", "code"),
    [("成都龙泉做汽修", "510112"), ("搬去龙泉", "510112"), ("浙江龙泉", "331181")],
)
def test_a_common_short_name_means_the_county_of_the_city_named(text: str, code: str) -> None:
    assert named(text)[-1] == code


@pytest.mark.parametrize("text", ["主城哪个工地缺人", "主城", "重庆主城几个区", "主城九区都跑"])
@pytest.mark.parametrize("home", [None, SHIZHU])
def test_the_inner_city_is_chongqing_for_its_people_and_for_strangers(
    text: str, home: str | None
) -> None:
    assert named(text, home) == ["500000"]


@pytest.mark.parametrize("text", ["主城哪个工地缺人", "主城区"])
def test_the_inner_city_of_another_home_is_nothing(text: str) -> None:
    assert named(text, DEYANG) == []


def test_the_inner_city_behind_another_city_is_not_chongqing() -> None:
    assert named("成都主城找个活") == ["510100"]


@pytest.mark.parametrize(
    "text",
    [
        "天南海北都跑得",
        "天南海北的厂都行",
        "屋里都安排妥了",
        "娃儿都安顿好",
        "我不得离开县城",
        "修水渠的工钱",
        "修水库那年",
        "养老和城乡居保,交城乡那种",
        "表面抗原阳性",
        "请贵平台删掉",
        "焊工我想切学",
        "那个包头把钱拿起跑了",
        "中午饭送到田坎",
        "屋头老汉中风了",
        "钟祥姐家请人",
        "盘龙苗圃要绿化工",
        "这几天全靠借钱",
        "两天津贴没发",
        "交新会员费",
        "城东城南都可以",
        "四平方的屋子",
    ],
)
def test_a_name_across_two_ordinary_words_is_no_place(text: str) -> None:
    reading = FINDER.read(fold(text))

    assert not reading.mentions
    assert not reading.open


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("去瑞安装修", "330381"),
        ("沭阳光伏厂", "321322"),
        ("彭水水电站", "500243"),
        ("去包头炼钢", "150200"),
        ("修水县那边", "360424"),
        ("在都安打工", "451228"),
        ("开县城头找活", "500154"),
        ("重庆火锅底料厂", "500000"),
        ("歌乐山那边", "500106"),
        ("成都南部", "510100"),
        ("新都区木兰镇", "510114"),
        ("南川金佛山守索道", "500119"),
    ],
)
def test_a_place_keeps_its_name_beside_words_that_could_take_it(text: str, code: str) -> None:
    assert named(text) == [code]
