"""Work that is kept for one sex, or paid by sex."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.law.clauses import Concern, clause_of, rule, sentence_of, spans_of
from bot.understanding.writing.numerals import read_number

_ROLE = (
    "服务员|营业员|收银员?|文员|主播|员工|普工|保洁|客服|助理|厨师|司机|学徒工?|技师|导购|销售|前台|主管|"
    "护[工理]员?|保安|门卫|会计|仓管|库管|内勤|质检员?|操作[工员]|车工|领班|保姆|按摩师|足疗师|陪护|师傅|"
    "(?![装鞋裤袜衣包帽裙男女宿浴宾])[\u4e00-\u9fff]{1,3}工(?!资|厂|种|作|服|装)|同志|职工|工人|青年|临时工|小工|杂工|迎宾|店员|分拣员?|搬运工?|包装工?|电工|焊工|劳力|劳动力|工|士|性|生|孩"
)
# What women and men wear, where they live and who is served is not who is hired.
_NOT_HIRED = (
    "(?!宿舍|寝室|公寓|澡堂|浴|厕|卫生间|更衣|用品|内[衣裤]|[装鞋包裤袜帽表]|衣|服装|宾|客|顾客|病|老人|患者|"
    "权益|保护|劳动保护|特殊保护|禁忌|委员|之家|节|健康|科|护肤|理发|美[容发]|朋友|会员|楼|区|主[人义]|儿|洗手|"
    "就业|创业|专场|友好|休息室|工友之家|装[\u4e00-\u9fff]|皮[鞋带具]|士皮|香水|医院|养生|关怀|特别|代表)"
)
_ONE = "(?<![男子妇儿美少孕熟孙母处仔侄])女|(?<![女猛型美俊渣])男"
_ANY_SEX = (
    "男女(?:老少|老幼)?(?:不限|均|都|皆|各|不论|搭配|同|通|也|平等|不分|一样|全)|不(?:限|分|论|管|问|看)(?:是)?男(?:的)?女|"
    "无论男女|性别不限|不限性别|不(?:问|看|分|管|论)性别|男女(?:工|生|员工)(?:都|均|皆|不限)|"
    "(?:男|女)(?:的|工|生|士|性)?[、,和跟或]?(?:男|女)(?:的|工|生|士|性)?[^,。;优]{0,6}(?:都|均|皆|不限|不管)|"
    "同工同酬|一视同仁|(?:均|皆)可|都(?:可|要|招|行|收|欢迎|能|得行)(?!男|女)|也(?:要|可|行|招|收|欢迎|能)|不限男|不限女"
)
_SERVED = (
    "(?:照顾|护理|陪护|服侍|伺候|看护|接送|服务|面向|针对|生产|销售|卖|做|加工|经营|主营)[^,。;]{0,8}$|"
    "(?:老人|病人|患者|雇主|老板|店长|客户|宝宝|娃儿?|孩子)(?:是|为)[^,。;]{0,4}$"
)
# What women are owed, ages that differ by sex, and dormitories are no limits.
_STATED = (
    r"^(?:不得|禁止|不能)从事|"
    r"^[^,。;]{0,4}(?:产检|产假|三期|有产|有陪|陪产|享|按国家|按规定|休)|"
    r"^\d{2}(?:周?岁)?[^。;]{0,6}[,、和]?[男女]|^[男女]生?(?:宿舍|寝室)"
)
_FORM = "(?:性|士|工|生|职工|孩子?|同志|的|员工|青年|服务员|师傅|同胞|朋友|保安|普工)?"
SLANG = (
    "妇女(?:同志)?|男人家?|女人家?|男子汉|汉子|大老爷们|爷们|婆娘|男同志|女同志|"
    "小姐姐|小哥哥|小妹妹?|妹子|妹儿|美女|帅哥|靓[女仔妹]|(?<!合)(?<!小)小伙(?!伴)(?:子|"
    "儿)?|学生妹|小姑娘|姑娘|(?<![张王李刘陈杨赵黄周吴])小姐|男娃(?:儿|子|娃)?|女娃(?:儿|子|娃)?|女将"
)
ELDERS = "嬢嬢|阿姨|大姐|大妈|大娘|大婶|大嫂|大哥|大叔|大爷|宝爸"
_REFUSAL = (
    "(?:来了?|就|都|一律|者|们|些|暂时?|请|也)*(?:优先(?!照顾)|"
    "先(?:考虑|要|来|招|用|(?=[,。;!? ]|$))|"
    "首选|算了|[莫勿别]进|就免了|家?莫来|不得要|莫得|不接受|不安排|多要|少要|"
    "勿扰|勿投|勿来|免谈|免问|不要来?|莫来|莫|别来|别|"
    "不招|不收|不用|不考虑|除外|为佳|最好|为主|最佳|佳|绕道|请绕|不得行|不行)(?!问题|紧)"
)
_GREETED = "(?<!不)(?:招|要(?!得|是)|找|聘|缺|需|求|限|适合|合适)"
_ONLY = (
    "(?:只|仅|限|必须|专|优先|最好|首选)(?:考虑|录用)?"
    "(?:招聘?|要|收|找|聘|请|用)?(?:是|为)?(?:一?[个名位])?"
)
_NOT_SHOP = (
    "(?!的?[店馆]|家政|[面饭粉餐鱼菜鞋装]|火锅|奶茶|烧烤|串串|品牌|之家|"
    "权益|联系|电话|咨询|老板|主任|委员|节|病|医|保健|用品|保护)"
)

_RULES = (
    # Restrictions: 限女性, 只招男工, 必须男的, 性别:男.
    rule(
        rf"(?<!不)(?<!不只)(?<!不仅)(?:仅|只|专|全|统一)?(?:限|招|要|收|聘|找|选|需|求|用|考虑|缺|差|请(?=[一两几个\d]))(?:聘|用|收|招|录|要)?(?:的|是|为)?"
        rf"[: ]?(?:\d+[名个位]?|[一二两三四五六七八九十几]*[名个位]|会[^,。;!?男女、]{{1,6}}的|"
        rf"年轻|本地|"
        rf"熟练)?(?:{_ONE})(?!女)(?![方友朋款童团]){_NOT_HIRED}"
        rf"(?:(?:{_ROLE}){_NOT_HIRED})?(?![\d万千]*米)",
        unless=_ANY_SEX,
        before=_SERVED,
    ),
    rule(
        rf"(?:必须|须|得|要求|应)(?:是|为|要)?(?:{_ONE})(?!女)(?:性|的|生|士|工){_NOT_HIRED}|"
        rf"性别(?:要求|限制)?[:： 为是]*(?:限|仅限|要求)?(?:{_ONE})(?![女均都不皆])(?:性|"
        rf"士|工|生)?|"
        r"(?<![经总老主姐师系]理)(?<!人)(?<!老师)(?<![王李张刘陈杨赵黄周吴姐哥总])[(](?:限|仅限)?[男女](?:性|士|生|工)?[)]|"
        rf"(?<![^,。;!?\n /|(])(?:限|要|是|须)?(?:{_ONE})(?:的|性|生|士)?(?![^,。;!?\n /|)])",
        unless=_ANY_SEX,
        before=_SERVED,
    ),
    # A sexed name of the work: 女服务员, 男保安.
    rule(
        rf"(?<!不要)(?<!不限)(?:{_ONE})性?(?:(?:{_ROLE}){_NOT_HIRED})(?<!士)(?![姓的]?老板)",
        unless=_ANY_SEX,
        before=_SERVED,
        after=_STATED,
    ),
    rule(
        r"(?<![^,。;:、\n (])(?:[男女]士)(?=\d|[一二两三四五六七八九十]名|若干)|"
        r"(?<![男\d])[男女](?:性|工|生)?\d{1,3}(?:名|个|人(?!间)|位)",
        unless=f"{_ANY_SEX}|现有|目前|宿舍|间",
    ),
    # Preferences and refusals: 男士优先, 女的就不要来问了, 最好是女的.
    rule(
        rf"(?<![男子妇儿])女{_FORM}(?:{_REFUSAL})|(?<!女)男{_FORM}(?:{_REFUSAL})|"
        rf"(?:最好|优先(?:考虑|录用|录取|招聘|安排|选用|招)?|适合|谢绝|拒绝|偏向|倾向|尽量)(?:是|找|要|招|年轻)*(?:{_ONE})(?!女)"
        rf"(?![友方朋]){_NOT_HIRED}(?:性|生|士|孩|的|工)?{_NOT_HIRED}|"
        rf"不(?:要|招|收|用|考虑)(?:{_ONE})(?!女){_NOT_HIRED}{_FORM}|(?:{ELDERS}|{SLANG})[们些]?{_REFUSAL}|{_ONLY}[^,。;!?男女]{{0,4}}(?:{ELDERS}|{SLANG}){_NOT_SHOP}|"
        rf"(?:岗位?|招聘|仅|只|职位)[^,。;]{{0,4}}面向[男女][性士生工]|"
        r"(?<!男)[男女](?:的|工|性)(?:工资|每月|一天|日薪)?(?:低|少|高|多)(?:拿|给|发)?[\d一二两三四五几]|"
        r"(?<![^,。;!?\n ])[男女](?:性|生|士)?(?=身高|年龄)",
        unless="不限男女.{0,2}$|没有[^,]{0,4}优先|不[^,]{0,3}优先",
        before=_SERVED,
    ),
    rule(
        rf"{_GREETED}[^,。;!?]{{0,8}}(?:{SLANG}){_NOT_SHOP}|(?:有力气|力气大|身强力壮|勤快)的?(?:{SLANG})|(?:{SLANG})(?:们)?(?:\d+[名个]|[一二两三四五六七八九十几]{{1,2}}[名个]|若干|优先|"
        rf"即可|勿扰|最好|为佳|加|{_ROLE})|(?:五官端正|形象好|漂亮|年轻)的?(?:女|男)(?:生|孩|性|的)",
        unless=f"{_ANY_SEX}|联系|咨询|老板|报名$",
    ),
)
_PAY = (
    r"(?P<{0}>\d{{2,5}}(?:\.\d)?[k千]?|\d\.\d[k千]|\d[k千]\d?|"
    r"[一二两三四五六七八九][千百][一二三四五六七八九]?)"
)
_SEXED = r"(?:性|工|生|士|的|师傅|职工|员工)?[^,。;!?\d男女]{0,5}?"
_TAIL = r"(?:-\d{2,5})?[^。;!?\d女男]{0,8}"
_PAY_BY_SEX = re.compile(
    rf"男{_SEXED}{_PAY.format('a')}{_TAIL}女{_SEXED}{_PAY.format('b')}|"
    rf"女{_SEXED}{_PAY.format('c')}{_TAIL}男{_SEXED}{_PAY.format('d')}"
)
_NO_PAY = re.compile(r"身高|cm|厘米|公分|体重|斤|公斤|[男女]\d{3}以上|岁|编号|电话")
_LEAST_PAY = 75
# Annex of the rules on the protection of women workers: underground mining, the fourth grade of
# labour intensity, loads above 25 kg.
_BARRED = re.compile(
    r"井下|矿井|下井|掘进|采掘|采煤|[第四4]级体力|女职工禁忌|(?:法定|依法|国家规定)[^。;]{0,12}(?:禁忌|限制|男)"
)
_LOAD = re.compile(r"(?P<load>\d{2,3}) ?(?P<unit>公斤|kg|千克|斤)")
_HEAVIEST_KG = 25
_TOLD = re.compile("(?:以前|原来|曾经?|之前)[^。;!?]{0,8}写|写过|(?:指出|整改)[^。;!?]{0,6}改")


def _pay_by_sex(text: str) -> Iterator[tuple[int, int]]:
    for match in _PAY_BY_SEX.finditer(text):
        low, high = (_figure(part) for part in match.groups() if part is not None)
        left, right = clause_of(text, *match.span())
        if low == high or min(low, high) < _LEAST_PAY or _NO_PAY.search(text, left, right):
            continue
        yield match.span()


def _figure(words: str) -> float:
    amount = read_number(words.removesuffix("k").removesuffix("千"))
    scale = 1_000 if words.endswith(("k", "千")) else 1
    return (amount or 0.0) * scale


def _is_barred_to_women(text: str, start: int, end: int) -> bool:
    first, last = sentence_of(text, start, end)
    before = sentence_of(text, max(0, first - 2), max(0, first - 1))[0]
    near = text[before:last]
    if _BARRED.search(near):
        return True
    heaviest = 0.0
    for load in _LOAD.finditer(near):
        heaviest = max(heaviest, int(load["load"]) * (0.5 if load["unit"] == "斤" else 1))
    return heaviest > _HEAVIEST_KG


def _is_told(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence only tells of words that stood in an older post."""
    return _TOLD.search(text, *sentence_of(text, start, end)) is not None


def _find(text: str) -> Iterator[tuple[int, int]]:
    yield from _pay_by_sex(text)
    for start, end in spans_of(text, _RULES):
        keeps_women_out = ("女" in text[start:end]) == bool(
            re.search("不|勿|莫|别|免|拒", text[max(0, start - 2) : end])
        )
        if _is_told(text, start, end):
            continue
        if not (keeps_women_out and _is_barred_to_women(text, start, end)):
            yield start, end


GENDER = Concern(
    "gender_discrimination",
    (
        *"男女姐妹靓帅嬢姨婆",
        "小伙",
        "姑娘",
        "哥",
        "大妈",
        "大娘",
        "大婶",
        "大嫂",
        "大叔",
        "大爷",
        "汉子",
        "爷们",
    ),
    _RULES,
    _find,
)
