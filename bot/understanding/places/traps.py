"""Where a place's name names something else: people, roads, dishes, persons."""

from __future__ import annotations

import re
from typing import Literal

from bot.understanding.places.gazetteer import Hit

Reading = Literal["place", "origin", "nothing"]

_PEOPLE = re.compile(
    r"(?:本地|本土)?人(?!民|才|力|社|事|家|和|均|手|多|少|口|气|流|工|行)"
    r"|老乡|籍|口音|老板|老表|妹[子儿]|佬|女婿|媳妇|崽儿?|帮(?=派|的)|同乡|包工头|客商"
)
_THINGS = re.compile(
    r"话(?!务|吧)|方言|腔|菜(?!市|场|籽|园|花|地|农|鸟|板)|味(?!精)|时间(?!长|短)|牌(?!坊)|特产"
    r"|[东西南北中]?[一二三四五六]?(?:路(?!上|费|边|过|程|途|远|线|况|口|灯|桥|子|段)|大道|大街)"
    r"|[东西南北中]街(?!道|上|头|边|面|坊|办|口)|巷(?!道)"
)
# Single streets, for larger places only: 上海街 is a street, 孝泉街 a place.
_STREET = re.compile(r"街(?!道|上|头|边|面|坊|办|口|子|村)")
# 今天河边: the day is over before the river begins.
_DAYS = "今昨前明后每半整当些几两二三四五六七八九十白聊"
_AFTER_NAMES = {
    "长沙": re.compile(r"发(?!货|展|往|车|来|布|生|工|的|过)"),
    "海口": re.compile(r"味"),
    "大同": re.compile(r"事|学(?!院|校)|行|志"),
    "大连": re.compile(r"锁|环"),
    "中山": re.compile(r"装|陵"),
    "海南": re.compile(r"鸡"),
    "保定": re.compile(r"金|期"),
    "合作": re.compile(r"社|医|办|协|关|单位|方"),
    "东方": re.compile(r"红|航|明珠"),
}
# A county's name whose last character begins an everyday word: 司机都安排好, 不交城乡医保,
# 抗原阳性. What stands in the second group keeps its own first character: 瑞安装修.
_BROKEN = re.compile(
    r"(?:安(?:全|排|装|置|顿|心|静|慰|放|逸|家|检)|水(?:平|渠|库|电|管|果|泥|利|费|稻|沟|槽|井|质|池|塘)"
    r"|阳(?:性|光|台)|平(?:台|均|时|常|等|方|安|米|整)|城(?:乡|市|镇)|口(?:罩|头|袋|味)"
    r"|资(?:金|料|格|质|本|源)|乡(?:亲|镇|村)|头(?:发|痛|疼)|明(?:天|年|白|显|确)|定(?:金|期|时)"
    r"|通(?:知|过|常)|化(?:肥|妆|验)|信(?:息|心|用)|东(?:西)|合(?:同|作|适)|保(?:险|证|安|洁)"
    r"|会(?:议|计)|容(?:易)|山(?:坡)|原(?:因|来|则)|成(?:功|本)|利(?:息|润)|平(?:车))"
)
_UNBROKEN = re.compile(
    r".(?:装[修配卸饰]|全职|全天|排班|电子|电器|果园|泥[工厂]|管理|光[伏电]|台资|乡下|镇上|市场"
    r"|发[货展]|作业|金属|源[头泉]|质检|安[保检全装])"
)
_FAMILIAR = re.compile(r"[姐哥嫂嬢](?![姐哥嫂])|女士|先生|小姐")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_CALLED = re.compile(
    rf"(?:[我她他]叫|名叫|叫做|姓名[:是为]?|名字[是叫:]?|联系人[:是]?|经办人[:是]?) ?"
    rf"(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
)
_INTRODUCED = re.compile(r"叫|名|系人|办人|我是")
_SELF = re.compile(rf"我是(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{2}})(?=[,。;!?、\s]|$)")
_TITLED = re.compile(
    r"(?:女士|先生|小姐|经理|老师|师傅|同志|主任|队长|厂长|工头|主管|总(?!部|厂|公)|姐|哥|嫂|嬢)"
)
_SHORT_NAME = 2
_CITY_LENGTH = 6
_NAME_MAY_START = re.compile(r"[^\u4e00-\u9fff]|[系找询话问给加人请到我]")


def reading_of(text: str, hit: Hit) -> Reading:
    """Tell what the words behind a hit make of it: 四川人 is an origin, 上海路 nothing."""
    if hit.name[0] == "天" and text[hit.start - 1 : hit.start] in _DAYS and hit.start:
        return "nothing"
    own = _AFTER_NAMES.get(hit.name)
    if own is not None and hit.end - hit.start == len(hit.name) and own.match(text, hit.end):
        return "nothing"
    if _PEOPLE.match(text, hit.end):
        return "origin"
    if _THINGS.match(text, hit.end):
        return "nothing"
    larger = hit.kind not in ("town", "bare")
    return "nothing" if larger and _STREET.match(text, hit.end) else "place"


def is_broken(text: str, hit: Hit) -> bool:
    """Tell whether a short county or town name ends inside an everyday word: 都|安排."""
    if hit.end - hit.start != _SHORT_NAME or any(_is_city(code) for code in hit.codes):
        return False
    last = hit.end - 1
    return bool(_BROKEN.match(text, last)) and not _UNBROKEN.match(text, last)


def _is_city(code: str) -> bool:
    return len(code) == _CITY_LENGTH and code.endswith("00")


def find_person_names(text: str) -> list[tuple[int, int]]:
    """Return the spans of persons' names that the text introduces: 我叫李秀山."""
    if not _INTRODUCED.search(text):
        return []
    spans = [match.span("name") for match in _CALLED.finditer(text)]
    return spans + [match.span("name") for match in _SELF.finditer(text)]


def is_person(text: str, hit: Hit, names: list[tuple[int, int]]) -> bool:
    """Tell whether a hit lies in a person's name: in `names`, or 何石柱师傅."""
    # 我是江津区的 begins with a surname too, but the place begins there as well.
    if any(start < hit.start < end for start, end in names):
        return True
    before = text[hit.start - 1 : hit.start] if hit.start else ""
    if hit.name[0] in _SURNAMES and len(hit.name) == _SHORT_NAME and not hit.start:
        # 钟祥姐 opens with a surname of her own.
        return bool(_FAMILIAR.match(text, hit.end))
    if not before or before not in _SURNAMES or not _TITLED.match(text, hit.end):
        return False
    return hit.start == 1 or bool(_NAME_MAY_START.match(text, hit.start - 2))
