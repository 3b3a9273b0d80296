"""Money that goes from the worker to the firm, under whatever name and verb.

A charge is a thing firms charge for, a verb that takes money from the worker (with a sum) or
words by which the worker bears the cost; what the firm pays, forbids or sells clears it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.law.clauses import WARNING, clause_of, sentence_of

SUM = (
    r"(?<![\d.])(?:\d{1,5}(?:\.\d)?(?![\d号点岁天名人年月日.:-]|个月|小时|分钟)|"
    r"[一二两三四五六七八九几壹贰叁伍][百千佰仟](?:[零一二三四五六七八九]十?)*|"
    r"[二三四五六七八九]?十[一二三四五六七八九]?(?=元|块|个|$|[,。;!? ]))(?:元|块|个)?钱?"
)
_SUM = re.compile(SUM)
_THING = re.compile(
    "体检|工装|工衣|工服|工作服|制服|服装|工鞋|劳保|工牌|厂牌|工卡|进场卡|办卡|办证|(?:健康|上岗|操作|叉车|电工|"
    "网约车|保安|驾驶|工作|资格|从业|暂住)证|证件照|代办|报名|资料|培训|课|学费|学手艺|学技术|学习期间|教材|教育费|考试|"
    "考证|中介|介绍|好处费|茶水|跑腿|辛苦费|手续|信息费|服务费|(?<!物业)(?<!水电)(?<!宿舍)管理费|登记|建档|照相|"
    "工本费?|考核费|开户|员工卡|排号|报上|名字报|车马|押号|衣裳|"
    "占位|车位|名额|定岗|安排|上岗|入场|进场|面试|会员|vip|激活|账号|资格|软件|合同费|意外险|保险|材料|化妆品|设备费|押证"
)
# Named one clause before the money: 健康证在厂里办,从工资扣130.
_KIT = re.compile("(?:健康|上岗|操作|工作)证|工装|工衣|工服|工作服|厂牌|工牌|体检|办证")
_BEDDING = re.compile("床位|被褥|行李|床上用品|被子")
_BEARS = re.compile(
    "自费|自理|自付|自购|自掏|(?:自己|个人|本人|员工|工人|新人|求职者|学员)(?:先)?(?:出(?!门|去|行|差)|掏|付|给(?!自)|承担|负担|负责|花钱|买单|"
    "垫钱|买(?!社保|菜))"
)
_TAKES = re.compile(
    "交(?!通|班|给你|接|房|货|警|友|流|社保|养老|保险|五险)|缴(?!纳?五险|纳?社保|纳?公积金)|(?<![招录接签回吸验税])收"
    "(?!银|货|费员|到|入|购|割|发|藏|据|件|工|纳箱|拾|人|了?工|起)|扣(?!除社保|子)|掏|充(?!电|场)|转(?!正|岗|运|让)|"
    "垫|付(?!给你|工资|薪)|抽(?!烟|血|查|奖|空)|(?:给|拿[^,。;]{0,6})我(?!们)|(?:拿|给)[^,。;]{0,6}(?=给带队|给介绍|给中介|给领班)|(?<!卖)出(?=[一二两三四五六七八九\\d])|(?:必须|统一|得|要|须|先|自己)[^,。;]{0,6}[买购]|购买|"
    "(?:要|需|须|共|一共|得)(?=\\d)|每人(?=\\d)|(?<=费)(?=[二两三四五六七八九]?[百十])|一身|"
    "(?<=培训)(?=\\d{3,4}元)|(?<=费)(?=\\d{2,4}(?:元|块|"
    "一个?人|每人|当天|付|从|/人|$|[,。;!? ]))"
)
_MOVES = re.compile(f"{_BEARS.pattern}|{_TAKES.pattern}")
_NOT_PAID = re.compile(
    "不(?:收|交|缴|用|需|要|扣|得|准|许|会|存在|抽|垫|付|花|出钱|另|让|必|再)|无(?:需|须|任何)|免(?!费员)|没(?:有|得)?(?!有?经验|基础|证)|莫得|零"
    "|(?<!\\d)0(?:元|费|收)|拒|严禁|禁止|杜绝|莫|别|勿|未|谢绝|从不|绝不|概不|取消|报销|可报|厂报|补[贴助给]|奖|返(?:现|费|还|利)|"
    "发放|退还?以前|(?:公司|(?<!进)厂里?|厂方|单位|企业|老板|我们|我司|店里|雇主|政府|财政|平台|学校|工会)(?:(?!自己|个人|本人|员工)[^,。;]){0,4}(?:出钱?(?!售)|付|承担|报|垫|负责|买单|掏|包|给买|"
    "买(?!的))|(?:(?<!在)(?<!进)(?:公司|厂里?|老板|单位)|给你|给您|给大家|为你|为员工|帮)[^,。;代,]{0,6}(?:[买购缴]|交(?!钱|费)|发)|带薪|推荐费|介绍费$"
)
_TRADE = re.compile(
    "押金|保证金|定金|订金|[先要须交]押|客户|顾客|租客|租户|住户|房客|业主|家长|客人|收银|(?:负责|向)[^,。;]{0,6}收|催|投标|贷款|理财|银行|信贷|典当|共享|房租|顾问|推销|"
    "前台|岗位职责|工作内容|专员|推广|充值卡|话费|社保|社会保险|养老保险|医保|工伤|五险|公积金|迟到|早退|旷工|请假|罚|损坏|丢失|遗失|超出|产值|"
    "话费|工资(?:交|付)|合格率|孩子|子女|礼金|一件|提成点|流水"
)
_LIVING = re.compile(
    "伙食|吃饭|餐|饭|路费|车费|车票|机票|油费|过路|水电|住宿|房租|食宿|生活|工具|电动车|电瓶车|手机"
)
_PER_MONTH = re.compile("每个?月|一个?月|/月|住宿")
_FREED_NEXT = re.compile(
    "^,?[^,。;!?]{0,8}(?:报销|全免|(?:公司|厂里?|老板|财政|单位|我们)(?:出|付|承担|给?报|垫|掏|包)|不收|不要钱|免费|补贴)"
)
# What comes back on leaving is a deposit, found as such.
_COMES_BACK = re.compile(
    r"^押|^[^。;!?\n]{0,18}?(?<!不)(?:退(?!休|款率)[^,。;]{0,3}(?:$|钱|你|[,。;!?\n ])|"
    r"还(?:你|给你|清)|返还|拿回|才发)"
)
_WARNED = re.compile(WARNING)
_ALWAYS = re.compile(
    # Penalties, shares of the pay and paid access to the work itself name no further thing.
    rf"(?<!有)(?<!签)(?<!无)违约金[^,。;!?不没无]{{0,3}}{SUM}|"
    rf"[干做]不(?:满|够|到)[^,。;!?]{{0,8}}?(?:,[^,。;!?]{{0,4}})?(?:扣|赔|交|退|补)[^,。;!?不]{{0,4}}(?:费|衣|服|体检)[^,。;!?]{{0,6}}|"
    rf"[干做]不(?:满|够|到)[^,。;!?]{{0,8}}?(?:体检|培训|工装|工衣)[^,。;!?不]{{0,4}}(?:自己|自理|自付|自费)[^,。;!?]{{0,3}}|"
    rf"(?:中介|劳务公司|带队的?|介绍人)[^,。;!?不]{{0,4}}(?:抽|提成?|拿|收)[^,。;!?不]{{0,6}}(?:{SUM}|工资|\d块)|"
    rf"(?:拿|给|交)[^,。;!?不]{{0,4}}{SUM}[^,。;!?]{{0,3}}给(?:带队|介绍|中介|领班|工头)[^,。;!?]{{0,3}}|"
    r"工资[^,。;!?不没]{0,3}(?:抽|提)[^,。;!?不]{0,6}给(?:中介|介绍|带队|劳务)[^,。;!?]{0,3}|"
    r"(?:每(?:小时|天|月|人)|时薪里)[^,。;!?不]{0,3}(?:抽|扣)[^,。;!?]{0,4}(?:介绍|中介|管理|平台|劳务)费|"
    r"(?:介绍|中介|平台|劳务)?管理费[^,。;!?不免]{0,3}每[月天人]\d+|"
    r"(?:要|需|先|得)充(?:值|会员|钱)[^,。;!?]{0,4}|(?:加|开|买|入)(?:个)?会员(?:才|后|方可)[^,。;!?]{0,6}|"
    r"(?:缴费|交费|付费)(?:完|了)?\d{0,5}(?:元|块)?(?:才|再|以?后)(?:能|给|可以)?(?:安排|上岗|上班|面试|派|介绍|入职|进厂)[^,。;!?]{0,4}|"
    rf"(?:先|要|得)(?:上|学|报)[^,。;!?不]{{0,6}}(?:课程?|培训班)"
    rf"(?:,[^,。;!?\d补薪]{{1,4}})?,?{SUM}(?=[,。;!? ]|$)"
)


def charges(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of charges in a folded text; some may lie in one another."""
    for match in _ALWAYS.finditer(text):
        if not _is_spoken_of(text, *match.span()):
            yield match.span()
    last = 0
    for move in _MOVES.finditer(text):
        if move.start() < last:
            continue
        first, last = clause_of(text, *move.span())
        found = _charge(text, first, last)
        if found is not None and not _is_spoken_of(text, *found):
            yield found


def _charge(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the charge in one clause, None where there is none."""
    bears = _BEARS.search(text, start, end)
    takes = _TAKES.search(text, start, end)
    if bears is None and takes is None:
        return None
    if _NOT_PAID.search(text, start, end) or _TRADE.search(text, start, end):
        return None
    if bears is not None:
        borne = _borne(text, start, bears, end)
        if borne is not None:
            return borne
    thing = (
        _THING.search(text, start, end)
        or _bedding(text, start, end)
        or _KIT.search(text, max(sentence_of(text, start, end)[0], start - 12), start)
    )
    sum_of_money = _SUM.search(text, start, end) or _sum_behind(text, end)
    if takes is None or thing is None or sum_of_money is None or _LIVING.search(text, start, end):
        return None
    parts = (takes, thing, sum_of_money)
    return max(start, min(part.start() for part in parts)), max(part.end() for part in parts)


def _borne(text: str, start: int, bears: re.Match[str], end: int) -> tuple[int, int] | None:
    if _LIVING.search(text, start, end):
        return None
    thing = _THING.search(text, start, end)
    if thing is not None:
        bare = thing.group().endswith("证") and not _SUM.search(text, start, end + 6)
        return None if bare else (min(thing.start(), bears.start()), max(thing.end(), bears.end()))
    # 一共680,公司代办,自己掏: what is paid stands in a clause before.
    first = max(sentence_of(text, start, end)[0], start - 24)
    earlier = _THING.search(text, first, start)
    paid = _SUM.search(text, first, start)
    named = earlier is not None and paid is not None and not _LIVING.search(text, first, start)
    return bears.span() if named and not _NOT_PAID.search(text, first, start) else None


def _bedding(text: str, start: int, end: int) -> re.Match[str] | None:
    return None if _PER_MONTH.search(text, start, end) else _BEDDING.search(text, start, end)


def _sum_behind(text: str, end: int) -> re.Match[str] | None:
    """Return a sum that opens the next clause: 行李必须在厂里买,280."""
    if text[end : end + 1] != ",":
        return None
    found = _SUM.match(text, end + 1)
    return found if found and text[found.end() : found.end() + 1] in ",。;!? 一" else None


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    first, last = sentence_of(text, start, end)
    if _WARNED.search(text, first, last) or _TRADE.search(text, start, end):
        return True
    if _COMES_BACK.search(text[end:last]):
        return True
    return _FREED_NEXT.search(text[end : min(last, end + 14)]) is not None
