"""Which trades of a post are offered: not the firm's, not the refused, not a duty."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.occupations.trades import GENERAL, TradeFinder, TradeMention
from bot.understanding.posts.duties import TITLE_ENDINGS, is_title, with_duties, without_tasks
from bot.understanding.posts.settled_titles import settle

_HAN = "一二两三四五六七八九十百"
COUNT = rf"(?:\d{{1,4}}|[{_HAN}壹贰叁肆伍陆柒捌玖拾]{{1,4}})"
PEOPLE = "(?:名|个|人|位)"
# What makes of a trade's word the name of a firm, a room, a product or a licence.
_FIRM = re.compile(
    r"间|厂|店|场|(?:有限)?公司|集团|站|车间|行业|行(?!政)|业(?!务)|部(?!分)|队(?!长)|院|学校|学院|铺|(?:操作|作业|上岗|特种作业|驾驶员?|从业资格|资格)?证|馆|园|"
    r"基地|合作社|社区|作坊|工坊|[分转配]?[拨运送]?中心|网点|驿站|市场|仓(?!管)|设备|机械|产品|用品|材料|制品|配件|类|班(?:第|开)|"
    r"本(?!人|地)|平台|资格|专业|经验|技能|机(?![修长动])|(?:的)?(?:活儿?|活路)都|\d+(?:小时|个钟)|包厢|楼"
)
_FIRM_ENDINGS = ("厂", "场", "店", "院", "馆", "公司", "站")
_REFUSED_BEHIND = re.compile(
    r"(?:组|班组|师傅|的|岗位?|这个|们)?[^,。;!\n\d]{0,4}(?:不再?招|不缺|不要(?![求经学证押任中])|不收(?![押费钱任中培介学会报份])|"
    r"不需要|满员|满了|已满|招满|招齐|招够|够了|停招|不用了|暂停)|[^。;!\n\d]{0,14}没有名额"
)
_REFUSED_BEFORE = re.compile(
    r"(?:不招|不要|不缺|不收|暂不招|停招|不是|并非|除|除了|勿|谢绝|冒充|[不没莫未])(?:了)?$"
)
_WISHED = re.compile(
    r"(?:有|会|懂|具备?|干过|做过|从事过?|当过|无需|不需|需要?有|学过)[^,。;\n]{0,4}$"
)
_EXPERIENCE = re.compile(
    r"[^,。;\n]{0,6}(?:经验|经历|优先|基础|工作者|者|从业|以上|的最好|更好|也行|来)"
)
_RECRUITS = re.compile(
    r"(?:招聘?|聘请?|诚聘|急聘|请|找|要|需求?|缺|差|收|寻|来)(?:个|位|几个|一?名)?(?:的是)?[^,。;!\n招聘]{0,9}$"
)
_LABEL = re.compile(r"(?:岗位|职位|工种|职务|招聘岗位|招工|需求|招聘|名称)(?:名称)?[ :：\d]*$")
_COUNTED_BEFORE = re.compile(rf"{COUNT} ?{PEOPLE}(?:\w{{0,4}}?的)?\w{{0,3}}$")
_FIGURE_BEHIND = re.compile(
    rf"[^,。;\n\d{_HAN}]{{0,5}}?(?:\([^()\n]{{0,20}}\)(?:[月日]?[入薪]"
    rf"|工资)?)?[ :|(/-]{{0,3}}(?:\d|[{_HAN}]|"
    rf"若干|多名|数名)"
)
_CLAUSE_START = re.compile(
    r"(?:^|[\n,:;。|①-⑳】】\]])[^\w\n]*(?:\d{1,2} ?[.、)]|"
    r"[(]?[一二三四五六七八九十]{1,2}[、.)])?[ ]*$"
)
_TITLE_END = re.compile(r" *(?:[:,\n|(]|$)")
_JOINS = re.compile(r"[ 、,/&+和及与或]{0,3}$")
_LISTED = re.compile(r"[ 、/&和及与]{1,2}(?:食堂|厨房|车间|仓库|门店|前厅|后厨|[男女])?$")
_OF = re.compile(r"[^,。;、\n\d]{0,6}的$")
_SIDE_JOB = re.compile(r"[^,。;、\n]{0,2}[兼倒][^,。;、\n]{0,6}$|[+]$")
_HANDS = re.compile(r"(?:个人|[请要找招]人|人手)[ ,:来去]{0,2}$")
_BRACKET = re.compile(r"(?:师傅|工|员)?\(")
_CIRCLED = re.compile("[①-⑳]")
_ABSORBED = frozenset({GENERAL, "文员", "安装工"})
_BY_THE_HOUR = frozenset({"钟点工", "小时工", "计时工"})
_SAME_TITLE = re.compile(r"各|均|都|分别")
_BEFORE = 16
_HANZI = "(?:(?![招聘请需缺找要急现收])[\u4e00-\u9fff])"
_WANTED = (
    rf"(?=(?:\([^()\n]{{0,20}}\))?[ :(]?{COUNT} ?{PEOPLE}(?!月|小时)|[ :(]?(?:若干|多名|数名)|"
    r"[ /|,\n]{1,2}(?:招聘)?(?:人数|名额)[:| ])"
)
_UNKNOWN = re.compile(
    rf"(?:^|[\n,。;、:| )招聘请需缺找要收]|\d[.、]|[abc]\d)(?P<title>{_HANZI}{{0,6}}?"
    rf"(?:工|员|师傅?|司机|手|匠|技师|店长|班长|主管|经理|助理|老师|专员|厨|学徒)){_WANTED}"
    rf"|(?:[①-⑳]|\d[.、)]|[一二三四五六七八九]、) ?(?P<listed>{_HANZI}{{2,6}}?){_WANTED}"
    rf"|[\n,;、:](?P<bracketed>{_HANZI}{{2,5}})(?=\({COUNT} ?{PEOPLE})"
)
_HELPER = re.compile(
    r"(?:招聘?|缺|找|要|请|差)[^,。;!\n]{0,4}?(?P<raw>学徒工?|夫妻工?|帮手|帮工|工人|人手|伙计|"
    r"个人|[名位]|人(?=[ ,。;:]|$))"
)
_BILLS = re.compile(r"[卡费表平气全自免]|均摊|平摊|分摊|[^,。;]{0,3}(?:免|包)")
_ENOUGH = re.compile(r"就行|即可|就可以|就要得")
_ONES_OWN = re.compile(r"(?:自己|各人|自个|自行|交到?|交给|(?<!送)到)$")
_NOT_A_TITLE = re.compile(
    r"员工|人员|职工|民工|招工|打工|开工|女工|男工|用工|临时工|长期工|复工|施工|老师傅|高手|熟练工|熟手|技术工|^(?:工|员|师|手|匠|厨|师傅)$|名额|^大[概约]"
)


def find_offers(text: str, trades: TradeFinder) -> list[TradeMention]:
    """Return the mentions of folded text that speak of offered work, in order.

    A title in no lexicon counts where a headcount stands behind it; its word is empty. A
    post that names a trade only as the firm's (理发店招学徒) offers that trade.
    """
    named = [one for one in trades.find(text) if not _is_no_trade(text, one)]
    known = with_duties(text, named)
    mentions = _as_titles(text, known)
    firms = [mention for mention in mentions if _is_firm(text, mention)]
    kept = [one for one in mentions if one not in firms and not _is_refused(text, one)]
    kept = sorted([*kept, *_unknown_titles(text, known)], key=lambda mention: mention.start)
    kept = settle(text, without_tasks(text, kept, named), firms)
    kept = _with_references(text, kept)
    for is_sure in (_is_counted, _is_offered):
        sure = [is_sure(text, mention) for mention in kept]
        if any(sure):
            return _with_kin(text, kept, sure)
    return kept or _helpers(text, firms)


def _is_no_trade(text: str, mention: TradeMention) -> bool:
    """Tell light bills, a reception desk one goes to, and one's own cooking from trades."""
    if mention.raw == "水电":
        return _BILLS.match(text, mention.end) is not None
    if _ENOUGH.match(text, mention.end):
        return True
    before = text[max(0, mention.start - 3) : mention.start]
    return _ONES_OWN.search(before) is not None


def _helpers(text: str, firms: list[TradeMention]) -> list[TradeMention]:
    """Read 招工, 缺个帮手 of a firm whose name tells its trade."""
    match = _HELPER.search(text) if firms else None
    if match is None:
        return []
    return [TradeMention(firms[0].word, match["raw"], match.start("raw"), match.end("raw"))]


def _with_kin(text: str, mentions: list[TradeMention], sure: list[bool]) -> list[TradeMention]:
    """Keep what is surely offered, what is listed beside it, and what names it again."""
    words = {mention.word for mention, is_sure in zip(mentions, sure, strict=True) if is_sure}
    return [
        mention
        for place, mention in enumerate(mentions)
        if sure[place]
        or mention.word in words
        or _is_listed(text, mentions, sure, place)
        or (is_title(mention) and _is_offered(text, mention))
    ]


def _with_references(text: str, mentions: list[TradeMention]) -> list[TradeMention]:
    """Add the places where a numbered title is named by its number: ①煮面师傅 … ①有住处."""
    numbered = {
        text[mention.start - 1]: mention
        for mention in mentions
        if mention.start and _CIRCLED.match(text, mention.start - 1)
    }
    if not numbered:
        return mentions
    titles = {mention.start - 1 for mention in numbered.values()}
    references = [
        replace(numbered[sign.group()], start=sign.start(), end=sign.end())
        for sign in _CIRCLED.finditer(text)
        if sign.group() in numbered and sign.start() not in titles
    ]
    return sorted([*mentions, *references], key=lambda mention: mention.start)


def _as_titles(text: str, mentions: list[TradeMention]) -> list[TradeMention]:
    """Join mentions that make one title: CNC操作工, 安装工(门窗), 打扫兼倒水, 照顾老人的保姆."""
    titles: list[TradeMention] = []
    for mention in mentions:
        last = titles[-1] if titles else None
        if last is None or mention.start - last.end > _BEFORE:
            titles.append(mention)
            continue
        gap = text[last.end : mention.start]
        if gap == "" and not _is_two_titles(text, last, mention):
            duty = mention.word in _ABSORBED or (is_title(last) and not is_title(mention))
            titles[-1] = _joined(last, mention, last if duty else mention)
        elif _BRACKET.fullmatch(gap) and text.find(")", mention.end, mention.end + _BEFORE) > 0:
            continue
        elif _OF.match(gap):
            general = mention.word == GENERAL or mention.raw in _BY_THE_HOUR
            titles[-1] = _joined(last, mention, last) if general else mention
        elif _is_same_breath(text, last, mention):
            titles[-1] = _joined(last, mention, last)
        elif not _SIDE_JOB.match(gap):
            titles.append(mention)
    return titles


def _joined(last: TradeMention, mention: TradeMention, head: TradeMention) -> TradeMention:
    apart = mention.start > last.end
    raw = head.raw if apart else last.raw + mention.raw
    return replace(head, raw=raw, start=last.start, end=mention.end)


def _is_same_breath(text: str, last: TradeMention, mention: TradeMention) -> bool:
    """Tell duties of the same people: 要三个人 打药 摘果."""
    gap = text[last.end : mention.start]
    if gap.strip(" 、") or is_title(last) or is_title(mention):
        return False
    return _HANDS.search(text[max(0, last.start - 4) : last.start]) is not None


def _is_two_titles(text: str, last: TradeMention, mention: TradeMention) -> bool:
    if mention.word in _ABSORBED or last.word == mention.word:
        return False
    if not is_title(mention) and not _FIGURE_BEHIND.match(text, mention.end):
        return False
    complete = last.raw == last.word or last.raw.endswith(TITLE_ENDINGS)
    return complete or bool(_SAME_TITLE.match(text, mention.end))


def _is_firm(text: str, mention: TradeMention) -> bool:
    if mention.raw.endswith(_FIRM_ENDINGS):
        return True
    if _FIRM.match(text, mention.end):
        return True
    before = text[max(0, mention.start - 8) : mention.start]
    return bool(_WISHED.search(before) and _EXPERIENCE.match(text, mention.end))


def _is_refused(text: str, mention: TradeMention) -> bool:
    before = text[max(0, mention.start - 5) : mention.start]
    return bool(_REFUSED_BEFORE.search(before) or _REFUSED_BEHIND.match(text, mention.end))


def _is_counted(text: str, mention: TradeMention) -> bool:
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    behind = _FIGURE_BEHIND.match(text, mention.end)
    return bool(not mention.word or behind or _COUNTED_BEFORE.search(before))


def _is_offered(text: str, mention: TradeMention) -> bool:
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    if _RECRUITS.search(before) or _LABEL.search(before):
        return True
    ends = is_title(mention) or _TITLE_END.match(text, mention.end)
    return bool(ends and _CLAUSE_START.search(before))


def _is_listed(text: str, mentions: list[TradeMention], sure: list[bool], place: int) -> bool:
    """Tell whether a mention stands in one list with a sure one: 缝纫工、包装工."""
    for step in (-1, 1):
        here = place
        while 0 <= here + step < len(mentions):
            first, second = sorted((here, here + step))
            if not _LISTED.fullmatch(text[mentions[first].end : mentions[second].start]):
                break
            here += step
            if sure[here]:
                return True
    return False


def _unknown_titles(text: str, known: list[TradeMention]) -> list[TradeMention]:
    """Find titles in no lexicon by the headcount behind them, and where they are said again."""
    titles = []
    for match in _UNKNOWN.finditer(text):
        group = str(match.lastgroup)
        if not _NOT_A_TITLE.search(match[group]):
            titles.append((match[group], match.start(group)))
    again = [
        (title, found.start())
        for title in dict.fromkeys(title for title, _ in titles)
        for found in re.finditer(re.escape(title), text)
    ]
    places = dict.fromkeys((start, start + len(title)) for title, start in (*titles, *again))
    return [
        TradeMention("", text[start:end], start, end)
        for start, end in places
        if all(mention.end <= start or mention.start >= end for mention in known)
    ]
