"""What sentences say about places; codes are counties, the finest ones said."""

from __future__ import annotations

import pytest

from bot.understanding.places.finder import PlaceFinder
from bot.understanding.writing.folding import fold
from content.reader import read_catalogue

FINDER = PlaceFinder(read_catalogue().places)
ZHONGJIANG, SHIZHU, DEYANG = "510623", "500240", "510600"


def counties(text: str, home: str | None = None) -> list[str]:
    mentions = FINDER.find(fold(text), home=home)
    return list(FINDER.finest([FINDER.adcode(one.code) for one in mentions]))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("我想回石柱找个活路", "500240"),
        ("彭水黔江都可以去", "500243 500114"),
        ("秀山那边的茶厂招不招人", "500241"),
        ("人在酉阳,带两个娃儿", "500242"),
        ("重庆主城随便哪个区", "500000"),
        ("主城九区的工地都跑", "500000"),
        ("罗江县头有没得保洁", "510604"),
        ("万盛挖煤的不招了", "500110"),
        ("万盛经开区招普工", "500110"),
        ("两江新区的电子厂", "500112 500105 500109"),
        ("西部科学城的工地", "500107 500106"),
        ("在开县做了三年鞋子", "500154"),
        ("江津德感工业园", "500116"),
        ("到双桥那边去", "500111"),
        ("达县 郫县 双流县", "511703 510117 510116"),
        ("浦东机场做分拣", "310115"),
        ("天津滨海新区打灰", "120116"),
        ("雄安的工地要人不", "130629 130632 130638"),
        ("天府新区做保安", "510116"),
        ("德阳高新区和德阳经开区", "510681 510603"),
        ("合肥高新区的汽车厂", "340176"),
        ("石家庄高新区", "130171"),
        ("成都高新区", "510100"),
        ("义乌昆山晋江三个地方都待过", "330782 320583 350582"),
        ("东莞中山都没得县", "441900 442000"),
        ("凉山州西昌市", "513401"),
        ("去甘南州放牛", "623000"),
        ("海南州那么冷", "632500"),
        ("内蒙包头的钢厂", "150200"),
        ("襄樊现在叫啥子", "420600"),
        ("户县和蓟县都改了名", "610118 120119"),
        ("以前的通县,现在的通州", "110112"),
        ("老闸北那片", "310106"),
        ("成渝两地都去得", "510100 500000"),
        ("西永微电园打螺丝", "500106"),
        ("渝中南岸优先", "500103 500108"),
        ("重庆大学城送外卖", "500106"),
    ],
)
def test_short_and_old_names_mean_the_present_unit(text: str, codes: str) -> None:
    assert counties(text) == codes.split()


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("广汉市小汉镇机械厂", "510681106"),
        ("中江仓山超市招收银员", "510623117"),
        ("中江县的仓山,离屋近点", "510623117"),
        ("罗江金山电子厂", "510604102"),
        ("绵竹汉旺工地", "510683106"),
        ("江津双福快递分检", "500116004"),
        ("在孝泉街上找个超市", "510603101"),
        ("渝北人和小区做保洁", "500112009"),
        ("渝北回兴小区请保安", "500112004"),
        ("东莞长安镇的模具厂", "441900119"),
        ("东莞长安招注塑", "441900119"),
        ("长安镇的五金厂", "441900119"),
        ("虎门服装厂", "441900121"),
        ("厚街做家具的", "441900122"),
        ("深圳宝安沙井", "440306022"),
        ("中山小榄 古镇灯饰厂", "442000105"),
        ("晋江陈埭鞋厂", "350582103"),
        ("吴江盛泽的纺织厂", "320509105"),
        ("武进区洛阳机械厂", "320412103"),
        ("旌阳区孝感街道", "510603011"),
        ("大足龙水五金", "500111100"),
        ("石柱黄水的民宿", "500240105"),
        ("奉节永安", "500236001"),
        ("南坪找个服务员", "500108003"),
        ("我在郫都区犀浦", "510117006"),
        ("成都双流区九江街道", "510116005"),
        ("中江建设", None),
        ("中江建设工地要人", None),
        ("重庆人和街那家店", None),
        ("木工 保安 建筑", None),
        ("我要老实和平点的老板", None),
        ("凯利店招聘服务员", None),
        ("在德阳县级医院", None),
        ("桃花乡村酒店", None),
        ("太平洋保险公司", None),
        ("东北那边太冷", None),
    ],
)
def test_towns_are_read_behind_their_county_or_by_a_name_all_their_own(
    text: str, town: str | None
) -> None:
    codes = [one.code for one in FINDER.find(fold(text)) if len(one.code) == 9]

    assert codes[-1:] == ([town] if town else [])


@pytest.mark.parametrize(
    ("text", "home", "codes"),
    [
        ("去鼓楼区做保洁", "350100", "350102"),
        ("南京那边,鼓楼附近", None, "320106"),
        ("徐州鼓楼区", DEYANG, "320302"),
        ("长春朝阳区打扫", None, "220104"),
        ("北京的朝阳", DEYANG, "110105"),
        ("朝阳区招保洁", None, "110105"),
        ("辽宁朝阳", None, "211300"),
        ("江北观音桥", None, "500105"),
        ("想去江北上班", SHIZHU, "500105"),
        ("想去江北上班", ZHONGJIANG, "500105"),
        ("宁波江北", SHIZHU, "330205"),
        ("通州湾的船厂,在南通通州区", None, "320612"),
        ("去通州区", "320600", "320612"),
        ("在宝山", ZHONGJIANG, "310113"),
        ("永川 永州 南川 南充", None, "500118 431100 500119 511300"),
        ("长沙", None, "430100"),
        ("湖南长沙县", None, "430121"),
        ("吉林省吉林市", None, "220200"),
        ("吉林", None, "220000"),
        ("青海海南", None, "632500"),
        ("海南", None, "460000"),
        ("贵阳白云区", None, "520113"),
        ("白云机场", None, "440111"),
        ("南昌西湖区", None, "360103"),
        ("西湖边的酒店", None, "330106"),
        ("兰州城关区", None, "620102"),
        ("沈阳和平", None, "210102"),
        ("沈阳铁西", None, "210106"),
        ("南山科技园", None, "440305"),
        ("鹤岗南山", None, "230404"),
        ("湖北孝感", DEYANG, "420900"),
        ("旌阳孝感", DEYANG, "510603"),
        ("想在仓山找活", ZHONGJIANG, "510623"),
        ("福州仓山", ZHONGJIANG, "350104"),
        ("去主城上班", SHIZHU, "500000"),
        ("去主城上班", ZHONGJIANG, ""),
        ("成都主城区", None, "510100"),
        ("渝北,就是主城", ZHONGJIANG, "500112"),
        ("去南部打工", DEYANG, "511321"),
        ("遂宁安居", None, "510904"),
        ("安居", "510900", "510904"),
        ("九龙镇", "510683", "510683"),
        ("去回龙", ZHONGJIANG, "510623"),
        ("南华镇", ZHONGJIANG, "510623"),
        ("在太安找个活", ZHONGJIANG, "510623"),
        ("西安长安", None, "610116"),
        ("在长安", "610100", "610116"),
        ("在石棉打工", None, "511824"),
        ("湖北公安", None, "421022"),
        ("公安县", None, "421022"),
    ],
)
def test_a_shared_name_means_the_place_near_what_is_said_or_near_home(
    text: str, home: str | None, codes: str
) -> None:
    assert counties(text, home) == codes.split()


@pytest.mark.parametrize(
    ("text", "home", "likely"),
    [
        ("朝阳", None, {"110105", "211300"}),
        ("鼓楼", ZHONGJIANG, {"320106", "350102"}),
        ("通州", None, {"110112", "320612"}),
        ("新华", None, {"130105"}),
        ("城关区", None, {"540102", "620102"}),
        ("河东区", None, {"120102", "371312"}),
        ("太平镇", ZHONGJIANG, {"510781101", "511025114"}),
        ("城关镇", None, {"120114110"}),
        ("和平区", None, {"120101", "210102"}),
        ("普陀", None, {"310107", "330903"}),
    ],
)
def test_what_stays_ambiguous_is_left_open_with_its_candidates(
    text: str, home: str | None, likely: set[str]
) -> None:
    reading = FINDER.read(fold(text), home=home)

    assert reading.mentions == ()
    assert likely <= set(reading.open[0].codes)
    assert text.startswith(reading.open[0].name, reading.open[0].start)


@pytest.mark.parametrize(
    "text",
    [
        "前天全都没干",
        "今天河边风大",
        "半天津贴一百",
        "明天全部放假",
        "工资和平均数差不多",
        "工资中等就行",
        "他会理发",
        "我学习水电",
        "提成都没得",
        "不要再发短信都停了",
        "长白班",
        "公安局招辅警",
        "去公安上班",
        "方便面厂",
        "长沙发厂招木工",
        "海南鸡饭",
        "兰州拉面招人",
        "沙县小吃店洗碗",
        "在沙县小吃打杂",
        "重庆小面店要人",
        "成都串串店招洗碗",
        "重庆火锅店",
        "广州酒家招服务员",
        "中江挂面",
        "上海路超市",
        "南京东路",
        "中山北路",
        "天津街",
        "北京时间八点",
        "广东话我听不懂",
        "大理石切割工",
        "三明治店",
        "朝天椒",
        "石棉瓦",
        "大连锁店",
        "新华书店招营业员",
        "和平路招人",
        "大方点的老板",
        "合作社要人",
        "我叫李秀山",
        "我叫张中江,男",
        "姓名:李海南",
        "联系人:王成都",
        "何石柱师傅",
        "我是何江津",
        "龙门吊司机",
        "平安保险",
        "郊区",
        "开发区",
    ],
)
def test_words_that_only_look_like_a_place_name_none(text: str) -> None:
    reading = FINDER.read(fold(text), home=DEYANG)

    assert not reading.mentions
    assert not reading.open


@pytest.mark.parametrize(
    ("text", "origin", "codes"),
    [
        ("四川人在广东打工", "510000", "440000"),
        ("我是石柱人 想去渝北", "500240", "500112"),
        ("温州老板的厂", "330300", ""),
        ("河南老乡介绍的", "410000", ""),
        ("湖南人不要", "430000", ""),
    ],
)
def test_where_people_come_from_is_no_workplace(text: str, origin: str, codes: str) -> None:
    reading = FINDER.read(text)

    assert [one.code for one in reading.origins] == [origin]
    assert [one.code for one in reading.mentions] == codes.split()


@pytest.mark.parametrize(
    "text",
    ["中江人民医院", "德阳人社局", "重庆人才市场", "成都路边店", "去成都市场卖菜", "长沙发货员"],
)
def test_a_place_in_front_of_a_longer_word_stays_a_place(text: str) -> None:
    assert counties(text)


def test_a_town_counts_as_its_county_and_in_dongguan_as_the_city() -> None:
    assert FINDER.adcode("510623117") == "510623"
    assert FINDER.adcode("441900121") == "441900"
    assert FINDER.adcode("620201100") == "620200"


def test_the_finest_of_nested_places_stay_in_order() -> None:
    assert FINDER.finest(["510000", "500240", "510623", "510623117"]) == ("500240", "510623117")
