"""Hard wordings and the slots they say; nothing that is not named here may be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import Context, TextReader, WorkerReading, read_worker_text
from bot.understanding.writing.folding import fold

SLOTS = {
    "skills": "skills",
    "places": "locations",
    "not_places": "excluded_locations",
    "migration": "migration",
    "age": "age",
    "gender": "gender",
    "room_board": "wants_room_board",
}
Slots = dict[str, object]


def _slots(reading: WorkerReading) -> Slots:
    read = {name: getattr(reading, attribute) for name, attribute in SLOTS.items()}
    return {name: value for name, value in read.items() if value not in (None, ())}


TRADES: list[tuple[str, Slots]] = [
    ("跑了五年出租不想跑了,帮我找个看仓库的", {"skills": ("仓库管理员",)}),
    ("去年做过月嫂,现在还想找一样的活", {"skills": ("月嫂",)}),
    ("扎了二十年钢筋,哪里还要人", {"skills": ("钢筋工",)}),
    ("原来砌砖的,腰杆不行做不动了,看门的活有没得", {"skills": ("保安",)}),
    ("保洁就算了不想做,洗碗可以", {"skills": ("洗碗工",)}),
    ("收银理货我都干过,不上夜班", {"skills": ("收银员", "理货员")}),
    ("我会焊公,证也考了", {"skills": ("电焊工",)}),
    ("找个砖公的活", {"skills": ("砌筑工",)}),
    ("差车证有,找个开插车的", {"skills": ("叉车工",)}),
    ("保按还招不招", {"skills": ("保安",)}),
    ("喂过三年猪也种过大棚菜,有没得农场要人", {"skills": ("养殖工", "种植工")}),
    ("开了八年挖机,现在想换成开铲车", {"skills": ("挖掘机司机",)}),
    ("把洗碗那项删掉,加个育婴员", {"skills": ("育婴员",)}),
    ("我的工种由普工改为叉车工", {"skills": ("叉车工",)}),
    ("叉车不开了现在改跑货车", {"skills": ("货车司机",)}),
    ("除了电焊我还会钳工", {"skills": ("电焊工", "钳工")}),
    ("重活干不了,想找个保洁的事", {"skills": ("保洁员",)}),
    ("莫给我介绍工地的活,想进电子厂打螺丝", {"skills": ("普工",)}),
    ("先找个养老院上班,照顾老人我做得来", {"skills": ("养老护理员",)}),
    ("养老院食堂要不要煮饭的", {"skills": ("厨师",)}),
    ("你们收不收钱哦,我想找个保安的活", {"skills": ("保安",)}),
    ("我搬家了,想换个近的超市收银", {"skills": ("收银员",), "migration": "near_home"}),
    ("白天要回家煮饭,想找个半天的保洁", {"skills": ("保洁员",)}),
    ("坐公交车能到的厂有没得", {"migration": "near_home"}),
    ("哪里有搬家公司要人", {"skills": ("搬运工",)}),
]
PLACES: list[tuple[str, Slots]] = [
    ("我是忠县的,想在涪陵找个活", {"places": ("500102",)}),
    ("家住中江,想去绵阳做保安", {"places": ("510700",), "skills": ("保安",)}),
    ("以前在东莞打工,现在回来了想在什邡找", {"places": ("510682",)}),
    ("我儿子在深圳,我想去成都", {"places": ("510100",)}),
    ("我妹在苏州开店,我想在德阳找个事做", {"places": ("510600",)}),
    ("广东不去,浙江可以", {"places": ("330000",), "not_places": ("440000",)}),
    ("不去新疆,也不去西藏", {"not_places": ("650000", "540000")}),
    ("莫推深圳的,给我找成都的活", {"places": ("510100",), "not_places": ("440300",)}),
    ("除开广东福建都可以", {"not_places": ("440000", "350000"), "migration": "anywhere"}),
    ("除了江苏,浙江也可以", {"places": ("320000", "330000")}),
    ("北京上海都不考虑,就想在万州", {"places": ("500101",), "not_places": ("110000", "310000")}),
    ("福建就不去了浙江江苏都可以", {"places": ("330000", "320000"), "not_places": ("350000",)}),
    ("从垫江换到忠县找活", {"places": ("500233",)}),
    ("想去的地方由绵竹改成什邡", {"places": ("510682",)}),
    ("成都 绵阳 南充 都跑", {"places": ("510100", "510700", "511300")}),
    ("去年在新疆摘棉花太远了,今年不去了", {"not_places": ("650000",), "skills": ("采摘工",)}),
    ("在浙江干了六年,想回云阳找个活", {"places": ("500235",)}),
    ("从昆山回来了,看看永川有没得厂", {"places": ("500118",)}),
    ("人在璧山,想去涪陵开挖机", {"places": ("500102",), "skills": ("挖掘机司机",)}),
    ("听说广东工资高,我还是想在罗江做", {"places": ("510604",)}),
    ("旌阳罗江都可以,广汉更好", {"places": ("510603", "510604", "510681")}),
    ("我不在永川了,现在要在璧山找", {"places": ("500120",)}),
    ("想在双流机场附近找个活", {"places": ("510116",)}),
    ("我叫李德阳,想找个活", {}),
    ("原来报的是深圳,换成昆山", {"places": ("320583",)}),
]
DISTANCES: list[tuple[str, Slots]] = [
    ("就在家门口做点事", {"migration": "near_home"}),
    ("骑车二十分钟能到的最好", {"migration": "near_home"}),
    ("孙子要接送,走不脱", {"migration": "near_home"}),
    ("在我们镇上找个活", {"migration": "near_home"}),
    ("不想走远了", {"migration": "near_home"}),
    ("不要离家太远", {"migration": "near_home"}),
    ("每天要回家的那种", {"migration": "near_home"}),
    ("拿回家做的手工活", {"migration": "near_home", "skills": ("编织工",)}),
    ("县城里头就行", {"migration": "in_county"}),
    ("不想出县", {"migration": "in_county"}),
    ("本县找就可以,不想走远", {"migration": "in_county"}),
    ("不出川,哪里都行", {"migration": "in_province"}),
    ("省内随便哪个地方", {"migration": "in_province"}),
    ("外省我不去", {"migration": "in_province"}),
    ("只要不出重庆都可以", {"places": ("500000",), "migration": "in_province"}),
    ("想出省看看", {"migration": "out_of_province"}),
    ("想找个活,沿海那边也可以去", {"migration": "out_of_province"}),
    ("哪里都得行", {"migration": "anywhere"}),
    ("地点不限", {"migration": "anywhere"}),
    ("天南地北都去", {"migration": "anywhere"}),
    ("哪儿都去不成,要照看老人", {"migration": "near_home"}),
    ("我以前登的是哪里都可以,改成只在县里", {"migration": "in_county"}),
    ("年龄不限的活有没得", {}),
    ("华西附近的医院要护工不", {"skills": ("医院护工",)}),
]
PERSONS: list[tuple[str, Slots]] = [
    ("我五十整,还有人要不", {"age": 50}),
    ("五十出头,身体好", {"age": 50}),
    ("刚满十八,想进厂", {"age": 18, "skills": ("普工",)}),
    ("四十有七,会做饭", {"age": 47, "skills": ("厨师",)}),
    ("我是52不是25", {"age": 52}),
    ("男55,守大门的活", {"age": 55, "gender": "male", "skills": ("保安",)}),
    ("登记 女 四十二 缝衣服的", {"age": 42, "gender": "female", "skills": ("缝纫工",)}),
    ("我一个农村妇女,没文化", {"gender": "female"}),
    ("娃儿两岁了,我三十一", {"age": 31}),
    ("开了15年车,40公里以内", {}),
    ("45岁以上的要不要", {}),
    ("厂里只要四十岁以下的,我四十六了", {"age": 46}),
    ("我嫂子四十六,想当保洁", {"age": 46, "gender": "female", "skills": ("保洁员",)}),
    ("给我姐夫找个活,他四十八", {"age": 48, "gender": "male"}),
    ("我妈说太远了,我二十六", {"age": 26}),
    ("帮我外甥女问一下,二十四,会美甲", {"age": 24, "gender": "female", "skills": ("美容美发师",)}),
    ("俺家那口子五十三,看仓库的有没有", {"age": 53, "skills": ("仓库管理员",)}),
    ("不是我要找活,是我幺儿,他十九岁", {"age": 19, "gender": "male"}),
    ("娃儿他爸四十五,他会开货车", {"age": 45, "gender": "male", "skills": ("货车司机",)}),
    ("我跟我老公都要找活", {}),
    ("儿媳妇二十八,她想在县城上班", {"age": 28, "gender": "female", "migration": "in_county"}),
    ("我属龙的,想找保安", {"skills": ("保安",)}),
    ("我娃儿在读技校,我想找个活", {}),
    ("男女不限的厂有没得", {}),
]
BED_AND_MEALS: list[tuple[str, Slots]] = [
    ("要管饭", {"room_board": True}),
    ("夫妻房要有", {"room_board": True}),
    ("住要安排起", {"room_board": True}),
    ("有张床睡就行", {"room_board": True}),
    ("想找个厂,伙食算老板的", {"room_board": True}),
    ("老板包吃就行,住我各人想办法", {"room_board": True}),
    ("不包住我不去", {"room_board": True}),
    ("食宿自理", {"room_board": False}),
    ("住我是不住厂的", {"room_board": False}),
    ("想找个活,下班回家住", {"room_board": False}),
    ("我自己租了房子", {"room_board": False}),
    ("不用包吃住", {"room_board": False}),
    ("以前写的要包住,现在不要了", {"room_board": False}),
    ("住不住都无所谓", {}),
    ("有个房贷要还", {}),
]


@pytest.mark.parametrize(("text", "slots"), TRADES)
def test_trades_are_those_that_somebody_has_or_asks_for(
    reader: TextReader, text: str, slots: Slots
) -> None:
    assert _slots(reader.read_worker_text(text)) == slots


@pytest.mark.parametrize(("text", "slots"), PLACES)
def test_places_are_those_where_somebody_would_work(
    reader: TextReader, text: str, slots: Slots
) -> None:
    assert _slots(reader.read_worker_text(text)) == slots


@pytest.mark.parametrize(("text", "slots"), DISTANCES)
def test_how_far_somebody_goes_is_heard_in_many_words(
    reader: TextReader, text: str, slots: Slots
) -> None:
    assert _slots(reader.read_worker_text(text)) == slots


@pytest.mark.parametrize(("text", "slots"), PERSONS)
def test_age_and_sex_are_those_of_the_person_to_be_placed(
    reader: TextReader, text: str, slots: Slots
) -> None:
    assert _slots(reader.read_worker_text(text)) == slots


@pytest.mark.parametrize(("text", "slots"), BED_AND_MEALS)
def test_bed_and_meals_are_required_or_declined(
    reader: TextReader, text: str, slots: Slots
) -> None:
    assert _slots(reader.read_worker_text(text)) == slots


@pytest.mark.parametrize(
    ("question", "answer", "slots"),
    [
        ("profile.age", "五十一", {"age": 51}),
        ("profile.age", "虚岁四十九", {"age": 49}),
        ("profile.age", "39", {"age": 39}),
        ("profile.place", "广汉", {"places": ("510681",)}),
        ("profile.place", "永川的", {"places": ("500118",)}),
        ("profile.place", "随便", {"migration": "anywhere"}),
        ("profile.place", "家附近", {"migration": "near_home"}),
        ("profile.home", "石柱", {}),
        ("profile.home", "住在中江县城", {}),
        ("profile.trade", "电工", {"skills": ("电工",)}),
        ("profile.trade", "炒菜的", {"skills": ("厨师",)}),
        ("profile.room_board", "要", {"room_board": True}),
        ("profile.room_board", "不用,我屋头近", {"room_board": False}),
        ("profile.room_board", "不要", {"room_board": False}),
    ],
)
def test_a_bare_answer_fills_what_was_asked(
    reader: TextReader, question: str, answer: str, slots: Slots
) -> None:
    assert _slots(reader.read_worker_text(answer, Context(question=question))) == slots


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("给我婆娘找个保洁", "婆娘"),
        ("帮隔壁王嬢嬢问一下洗碗的活", "王嬢嬢"),
        ("我表嫂四十,她想当月嫂", "表嫂"),
        ("我老表托我问,他开叉车", "老表"),
        ("我妈喊我早点回去", None),
        ("跟到舅舅做过木工", None),
    ],
)
def test_for_whom_names_the_one_to_be_placed(
    reader: TextReader, text: str, word: str | None
) -> None:
    assert reader.read_worker_text(text).for_whom == word


def test_a_number_in_the_list_comes_with_what_is_told_of_the_person(reader: TextReader) -> None:
    offers = Context(question="offers.choice", options=((1, "什邡 包装工"), (2, "广汉 叉车工")))

    reading = reader.read_worker_text("第二个,给我女儿报,她二十岁", offers)

    assert (reading.choice, reading.age, reading.gender) == (2, 20, "female")


PIECES = st.lists(
    st.sampled_from(
        [
            "想去",
            "不去",
            "广汉",
            "深圳",
            "我",
            "嫂子",
            "四十五",
            "岁",
            "做过",
            "保安",
            "包住",
            "13900001234",
            ",",
            " ",
            "不想",
            "干了",
            "附近",
            "😀",
            "\x00",
            "以前",
        ]
    ),
    max_size=30,
).map("".join)


@settings(deadline=None, max_examples=200)
@given(st.one_of(PIECES, st.text(max_size=120)))
def test_no_place_age_or_phone_is_invented(text: str) -> None:
    reading = read_worker_text(text)
    plain = fold(text)

    assert reading.phone is None or all(digit in plain for digit in reading.phone.replace("-", ""))
    assert reading.age is None or any(sign in plain for sign in "0123456789十")
    if not any(name in plain for name in ("广汉", "深圳")) and plain.isascii():
        assert reading.locations == reading.excluded_locations == ()


@settings(deadline=None, max_examples=100)
@given(PIECES)
def test_the_same_message_is_read_the_same_twice(text: str) -> None:
    assert read_worker_text(text) == read_worker_text(text)
