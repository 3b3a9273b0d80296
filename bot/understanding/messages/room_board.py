"""Whether food or lodging is required or declined."""

from __future__ import annotations

import re

from bot.understanding.choices import read_yes_no
from bot.understanding.messages.found import Found
from bot.understanding.messages.polarity import Clause, clause_at
from bot.understanding.values import Context, Intent

_WISHING: frozenset[Intent] = frozenset(
    ("find_job", "register", "update_profile", "report_unemployed", "other")
)
_GOODS = (
    "(?:吃喝|吃住|吃|住宿|住|饭|伙食|食宿|三餐|[一二两三]?顿饭|中午饭?|中饭|午饭|早饭|晚饭|"
    "工作餐|餐饭|餐|宿)"
)
_GIVES = "(?:包|管|供|提供|安排|解决|负责|给)"
_SELF = "(?:各人|自己|个人|自家)"
_LODGING = "(?:住宿|宿舍|食宿|吃住|吃喝|住处|住的地方|住房|住|伙食|铺盖)"
_THEIRS = (
    "(?:我|他|她|我们|他们|俺|自己|各人|个人|亲戚)"
    "(?:哥|姐|弟|妹|爸|妈|儿|女儿|舅|姨|姑|叔|老表|老公|婆娘|老婆)?"
)
_HOUSEHOLD = (
    "(?:(?:我们?|他们?|她们?)?(?:爸妈|父母|儿子|女儿|娃儿?|孙|老人|屋头|家里人|屋里人|"
    "他哥|她姐|我哥|我姐|儿媳妇?|女婿)|我们|我)"
)
_OWN_HOME = "(?:自己|各人|个人|自家|我)的?(?:家|屋)"
_ANY_WAY = (
    "(?:包不包|管不管|要不要包|包(?:吃|住)?不包)[^,。;!?]{0,4}|(?:住不住|"
    "吃不吃)[^,。;!?]{0,4}|住家不住家"
)
_MUST = (
    f"(?:不|没|没得|莫得)(?:{_GIVES}|有){_GOODS}{{1,2}}(?:的)?(?:我|就|都|的话)*"
    "(?:不|免谈|莫)(?:去|干|做|来|考虑|要|谈|行|喊|找|推)?"
)
_NO = (
    f"(?:不|莫)(?:用|要|需要|消|得)(?:你们?|他们|厂里|厂头)?{_GIVES}(?:{_GOODS}{{1,2}})?"
    f"|不{_GIVES}{_GOODS}(?:也|都|无所谓|没关系|没得|可以)"
    "|不(?:用|要|得|想|愿意?|能|在)?住(?:在)?(?:厂|校|宿舍|集体|那|公司|工地|店)"
    "|不(?:要|用)(?:宿舍|住宿|住了|住处)|不住家"
    f"|{_LODGING}(?:这块|的话|那些)?(?:你们|就|也|都|我)*"
    "(?:不|莫)(?:要|用|需要|消|得要|必)(?:管|操心|包|考虑|愁|安排|麻烦|给|你|了|[,。;!? ]|$)"
    f"|(?:不用|不要|不消|莫|别)(?:你们?|厂里|老板)?(?:管|操心|考虑|负责|愁|安排){_LODGING}"
    f"|有地方(?:可以|能)?(?:住|睡|歇)(?:的|了|,)*(?:不|莫)(?:用|要|消|需要|必)"
    f"|(?:住|睡|歇)(?:在|到)?{_THEIRS}(?:的)?(?:这(?:里|儿|边|点)|那(?:里|儿|边|点)|家|屋|哪儿|楼上)"
    f"|(?:住|睡|歇)(?:在|到)?(?:亲戚|老表|姐姐|哥哥|妹妹|儿子|女儿|姑娘|学校|出租屋|租的|自建)"
    f"|(?:跟|和|挨到|跟到){_HOUSEHOLD}(?:一起|一路|一块)?(?:住|歇)(?!一|宿|夫)"
    f"|{_OWN_HOME}(?:里头|里|头)?(?:吃|住|睡|歇)"
    "|(?:回|拢)(?:家|屋|去|来|自己家|各人屋)(?:头|里)?(?:去|来)?(?:吃|住|睡|歇)"
    "|(?:住|睡|吃)(?:在)?(?:自己|各人|个人|我)?(?:的)?(?:家|屋)(?:里|头)"
    "|(?:住|吃)(?:自己|各人|个人|我)(?:的)?(?:家|屋)"
    f"|{_SELF}(?:有|租)(?:得)?(?:了|的|有|着|起)?(?:个|间|套)?(?:房子?|住处|屋|"
    f"单间)(?!贷|租|东)|买了房"
    f"|(?:食宿|{_GOODS}{{1,2}})(?:都|的话|的|是|由|我|可以|就|全)*"
    f"(?:自理|{_SELF}(?:管|解决|弄|想|负责|找|搞|来|安排|掏|的|整|煮|做|租|出)?)"
    f"|{_SELF}(?:解决|安排|管|负责|弄|找|租)(?:吃|住|饭|食宿|房)[吃住宿]?"
)
# 住在主人家里头, 住场里: one lives where one works.
_AT_WORK = (
    "(?<![不没莫])(?:住|吃|睡|歇)(?:在|到|进)?(?:(?:主人|雇主|东家|老板|主家|人家|客户|老人|"
    "产妇)(?:的)?(?:家|屋|那里|那儿)|(?:厂|场|店|校|工地|公司|单位|矿|酒店|饭店|宾馆|车间|山|"
    "基地|园区|猪场|鸡场|农场|工棚|医院|养老院|敬老院)(?:子|区|上)?"
    "(?:里头|里|头|内|(?=[,。;!? ]|$)))"
)
_PROVIDER = "(?:老板|厂里|厂头|厂|公司|店里|你们?|东家)"
_YES = (
    f"{_GIVES}(?:我|个|一|两|三|我们|点|起|顿|餐)*(?:{_GOODS}|中午|早晚)"
    f"|{_GOODS}{{1,2}}(?:都|全|要|得|也|必须|倒是|最好|能|一起|一定|可以|这块|"
    f"的地方)*(?:{_GIVES}|包)(?!子)"
    f"|{_GOODS}{{1,2}}(?:都|全)*(?:算|归|由|该)?{_PROVIDER}(?:的|管|包|出|负责|安排|供)"
    "|夫妻房|夫妻间|(?<!不)住家(?!里|附近|门|的?近)|免费?(?:吃|住|食宿)|带住宿|住雇主|"
    "吃住在(?:厂|店|雇主|主人)"
    f"|{_AT_WORK}|(?:要|想|能|得|必须|可以)(?:住|睡)(?:在|到)?(?:一起|一间|一块|一屋)"
    "|(?:要有|得有|必须有|要给|要带)[^,。;!? 不没]{1,5}(?:宿舍|住处|住宿|房间|寝室|铺位)"
    "|(?:要|有|给|提供|得|必须|能)(?:个|间|张|得|安排|一间|几人的)*"
    "(?:宿舍|住处|住宿|住的(?:地方)?|铺|床|工棚)|(?:找|安)(?:张|个)?(?:床|铺)"
    "|(?:宿舍|住处|住的地方|住宿|工棚|床铺?|铺位)(?:要|得|必须|一定)?(?:要)?有"
    "|(?:一定|要|必须|得|给|提供|能)+有?(?:个|得|安排)*地方(?:住|睡)"
    "|(?:能|可以|要|想|得|必须|要求|都)住(?:宿|厂|宿舍|在厂|店|下|单位|公司|工地|里头|一间|到厂)"
    "|(?:住|要|给|有)(?:个|一个|一间|一|同一|间)+(?:宿舍|房(?!贷|租|东)|间|屋)"
)
_SAID = re.compile(
    f"(?P<either>{_ANY_WAY})|(?P<must>{_MUST})|(?P<no>{_NO})|(?P<yes>{_YES})"
    "|(?P<have>有(?:个|得)?地方(?:可以|能|给我?)?(?:住|睡))"
)
_NEVER_MIND = re.compile(
    "[^,。;!?]{0,3}(?:无所谓|没(?:得|有)?(?:关系|所谓)|[都也](?:行|可以|要得|得行)|随便)"
)
_REFUSES = re.compile(
    "(?:不|莫|别|没|懒得)(?:想|愿意?|喊|叫|让|要|得|用|肯|安排|打算|准备|[我她他你]们?|去|能|必|喜欢)*$"
)
_ASKS = re.compile("(?:有没有?|有不|包不|是不是)$")
_OLD = re.compile(
    "(?:登|写|填|存|报|选|录)(?:的|了)?(?:是|要|起|成)*[^,。;!?]{0,4}$|(?:以前|原来|"
    "之前|当初|上回|原先)[^,。;!?]{0,6}$"
)
_STRUCK = re.compile(
    "不(?:用|要|需要|消)(?:了|咯|再)|去掉|划(?:掉|了|脱)|删(?:掉|了|除)|取消|不要住|改成不|"
    "用不(?:到|着)|不(?:需要|住)了"
)
_ASKED = re.compile("(?:要|需要)[^,。;?]{0,4}(?:包吃|包住|吃住|管吃)[^,。;]{0,5}[?？吗]")
_OWN = re.compile("我|租|自己|各人|屋头|亲戚|那边")
_NUMBERED = re.compile(r"\s*(?P<number>[1-9一二三])(?=[\s,。.、]|$)")
_NOT_REQUIRED = re.compile(
    r"\s*(?:不(?:用|要|需要|消|必|包)|莫|没必要|算了|免了|不住|各人|自己|"
    r"[^,。]{0,6}(?:家|屋)(?:里|头)?(?:就|住得|离得|隔得)?(?:很|好)?近)"
)
_REQUIRED = re.compile(
    r"\s*(?:要|必须|肯定|当然|得要|需要|最好|包|管|能包|吃住|都要|两样|两个都|有最好|"
    r"那肯定|要要|住|吃)"
)


def find_room_board(
    text: str, clauses: list[Clause], intent: Intent, context: Context
) -> Found[bool] | None:
    """Read whether food or lodging is required (True) or declined (False).

    One that is required counts before the other that is declined. What was stored before and
    is struck now is declined. A bare yes or no answers the question about it.
    """
    if intent == "apply" or (intent not in _WISHING and not _is_asked(context)):
        return None
    found: dict[bool, Found[bool]] = {}
    for match in _SAID.finditer(text):
        value = _value_of(text, clauses, match)
        if value is not None:
            found.setdefault(value, Found(value, match.start(), match.end()))
    if True in found:
        return found[True]
    if False in found:
        return found[False]
    return _answer(text, context) if _is_asked(context) else None


def _value_of(text: str, clauses: list[Clause], match: re.Match[str]) -> bool | None:
    kind = match.lastgroup
    if kind == "either":
        return None
    if kind == "must":
        return True
    if kind == "no":
        return False
    if kind == "have":
        return not _OWN.search(text[max(0, match.start() - _NEAR) : match.start()])
    clause = clause_at(clauses, match.start())
    if match[0][0] in "住睡吃歇" and _REFUSES.search(text[clause.start : match.start()]):
        return False
    if _NEVER_MIND.match(text, match.end()) and match.group().startswith(("住", "吃", "宿")):
        return None
    is_old = clause.past or bool(_OLD.search(text[clause.start : match.start()]))
    struck = _STRUCK.search(text, match.end())
    if struck is not None and (is_old or struck.start() - match.end() <= _NEAR):
        return False
    return None if clause.past and struck is None and not clause.wishes else True


_NEAR = 6


def _is_asked(context: Context) -> bool:
    # Where choices are shown, the question's own words tell it.
    return (context.question or "").endswith("room_board") or bool(_ASKED.search(context.asked))


def _answer(text: str, context: Context) -> Found[bool] | None:
    chosen = _NUMBERED.match(text)
    label = dict(context.options).get(_count(chosen["number"])) if chosen else None
    if chosen is not None and label is not None:
        meant = _words(label)
        return None if meant is None else Found(meant.value, chosen.start(), chosen.end())
    return _words(text)


def _count(number: str) -> int:
    return int(number) if number.isdigit() else 1 + "一二三".index(number)


def _words(text: str) -> Found[bool] | None:
    for value, pattern in ((False, _NOT_REQUIRED), (True, _REQUIRED)):
        match = pattern.match(text)
        if match is not None:
            return Found(value, match.start(), match.end())
    said = read_yes_no(text)
    return None if said is None else Found(said, 0, len(text))
