"""Work that a post names by what is done (搬砖码垛, 栽党参苗, 喂猪), not by a trade's word."""

from __future__ import annotations

import re

from bot.understanding.occupations.trades import TradeMention

_CROPS = (
    "果|柑|橘|橙|柚|桃|李子|梨|苹果|葡萄|草莓|蓝莓|猕猴桃|枇杷|樱桃|杨梅|枸杞|茶|菌|菇|蘑菇|香菇|木耳|花椒|"
    "辣椒|海椒|番茄|黄瓜|红苕|红薯|土豆|洋芋|藕|莲|萝卜|玉米|苞谷|稻|麦|花生|棉|豆|笋|药材|烟叶|核桃|板栗|枣"
)
_BEASTS = "猪|牛|羊|鸡|鸭|鹅|鱼|虾|兔|蚕|蜂|鸽|马|牲口"
_LOADS = (
    "砖|瓷砖|瓦|货|水泥|筐|箱子|麻袋|家具|柜|材料|石|粮|米|饲料|化肥|沙|钢材|木料|桶装水|酒水|包裹"
)
_DUTIES: tuple[tuple[str, str], ...] = (
    (
        "搬运工",
        rf"(?:搬|码|扛|背|抬|卸|装卸|挑)(?:运|卸|下)?(?:{_LOADS})|码垛|装车(?!间|厂|站)|卸车|上下货|跟车装卸",
    ),
    (
        "采摘工",
        rf"(?:采|摘|剪|掰|捡|割|挖|拔|抓|采收|采摘|打(?=花椒|核桃|板栗|枣))(?:{_CROPS})(?:子|叶|花)?(?!市|园|馆|山)|[摘割]菜",
    ),
    (
        "种植工",
        r"[栽种插](?:[\u4e00-\u9fff]{1,3}苗|秧|树|菜(?!籽)|药材|烟|茶|水稻|玉米|土豆)|打药|喷药|施肥|疏[花果]|套袋|打田|犁田|翻地|"
        r"嫁接|育苗|管(?:大?棚子?|果园|田)",
    ),
    ("绿化工", r"[除锄薅扯拔割](?:杂)?草|浇水|修枝|剪枝|修剪"),
    ("养殖工", rf"(?:喂|养|放)(?:{_BEASTS})(?!肉|杂|场|店|棚|殖|馆)"),
    (
        "配菜工",
        r"[择切洗砍](?:菜|肉)|灌香肠|厨房(?:里)?(?:帮忙|帮工|帮切菜|打杂|杂工|帮手)",
    ),
    ("厨师", r"(?:开|掌)(?:食堂)?大灶|掌勺|炒大锅菜?|煮大锅饭"),
    ("保洁员", r"打扫(?:卫生|房间|清洁|厕所|楼道)|冲洗(?:打杂|场地|车间)|搞卫生|扫地拖地|擦玻璃"),
    ("服务员", r"前厅(?:接待|服务员?)|倒茶水?|端茶(?:倒水)?|跑堂|端盘子?"),
    ("分拣员", r"分级|分选|选果|挑果|分货"),
    ("包装工", r"装(?:箱|盒|袋|坛子?|罐)(?!机|车|货)|贴标签?"),
    (
        "电子装配工",
        r"(?:电子(?:厂)?|家电|灯具|手机|耳机|主板)(?:组装|装配)(?:工|员)?|(?:组装|装配)(?:手机|耳机|充电器|灯具|小家电)",
    ),
    (
        "普工",
        r"抛光(?:工)?|晾(?:粉|晒|面)|剥皮工?|(?:车间|机台)操作(?:工|员)?|开机员|挡车工?|细纱工?|上下料",
    ),
    ("裁剪工", r"(?:鞋面|面料|皮料|布料)?裁断工?|拉布"),
    (
        "货车司机",
        r"(?:集卡|拖车|挂车|罐车|泥头车|自卸车|拖拉机|收割机|农机|厢货|大货|大车)(?:司机|驾驶员|师傅|手)|"
        r"开(?:收割机|拖拉机|旋耕机|农机|大车|半挂|罐车|渣土车)",
    ),
    ("美容美发师", r"剪发(?:师傅?)?|洗头(?:学员|小妹|妹|小弟)|洗剪吹|发型师|美[发容]学徒"),
    ("司炉工", r"烧锅炉?|烧炉子|烧火的"),
    ("屠宰工", r"劁边|剔骨|[杀宰](?:猪|牛|羊|鸡|鸭)(?!场|车)"),
    ("育婴员", r"生活老师|保育老师|托育老师"),
    ("家电维修工", r"(?:修|维修)(?:家电|冰箱|空调|洗衣机|电视|热水器)|(?:家电|空调|冰箱)维修"),
    (
        "养老护理员",
        r"(?:护理|照顾|照看|服侍|照护)老人|"
        r"(?:[白夜]班)?护理(?=[ :]?\d|[一二两三四五六七八九十]{1,2}[名个人位])",
    ),
    ("仓库管理员", r"(?:收拾|打理|管|守|看)仓库"),
)
_SIGNS = re.compile("|".join(f"(?P<t{place}>{words})" for place, (_, words) in enumerate(_DUTIES)))
# Work of a firm: 成型 makes shoes in a shoe factory only.
_OF_A_FIRM: tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...] = (
    (re.compile("鞋"), "制鞋工", re.compile("(?:鞋底|底部)?成型(?!普|操)工?|[绷夹攀]帮|贴底|刷胶")),
    (re.compile("印刷"), "印刷工", re.compile("(?:开)?机长")),
    (re.compile("家电|冰箱|空调"), "家电维修工", re.compile("维修(?:技工|工|师傅|员)")),
    (
        re.compile("货车|大货|半挂|挂车|b2|a2"),
        "货车司机",
        re.compile("(?:驾照|驾驶证|证)的?(?=司机)司机"),
    ),
)
_WEEDS = re.compile(r"(?:[除锄薅扯拔割]杂?草|浇水|修枝|剪枝|修剪)")
_GARDENS = re.compile("苗圃|园林|绿化|公园|小区|景区|花木|物业|市政|厂区|校园")
_FIELDS = re.compile(
    "合作社|\\d亩|[一二两三四五六七八九十百千]亩|果园|基地|种植|药材|大?棚|地里|田里|打药|茶园|黄连"
)
# Words in front that make it somebody's own chore, a former life, or a duty denied.
TITLE_ENDINGS = (
    "工",
    "员",
    "师",
    "师傅",
    "司机",
    "嫂",
    "嫂子",
    "保姆",
    "保安",
    "主播",
    "客服",
    "阿姨",
    "匠",
    "嬢嬢",
)
_HAN = "一二两三四五六七八九十百"
_NEW_OFFER = re.compile(rf"^[、/]|[也还]要|另|[\d\n;。①-⑳]|[{_HAN}](?:[名个人位]|[千百])")
_OWN_COUNT = re.compile(rf"的?[ :(]?(?:\d{{1,4}}|[{_HAN}]{{1,4}}) ?[名个人位]")
_OWN_CHORE = re.compile(r"(?:自己|各人|自个|一起|[不别莫免]用?|无需|会|人家)$")


def with_duties(text: str, named: list[TradeMention]) -> list[TradeMention]:
    """Add the duties of folded text to the trades named in it, in order.

    Duties said in one breath (择菜切菜, 浇水拔草修枝) are one mention; longer words for a
    trade (洗头学员) take the place of shorter ones.
    """
    found = [
        TradeMention(_DUTIES[int(str(match.lastgroup)[1:])][0], match.group(), *match.span())
        for match in _SIGNS.finditer(text)
    ]
    for firm, word, pattern in _OF_A_FIRM:
        if firm.search(text):
            found += [
                TradeMention(word, match.group(), *match.span()) for match in pattern.finditer(text)
            ]
    known = [one for one in named if not any(_is_part(one, longer) for longer in found)]
    free = [one for one in found if not _is_taken(one, known) and not _is_chore(text, one)]
    duties = _in_one_breath(text, sorted(free, key=lambda one: one.start))
    return sorted([*known, *duties], key=lambda one: one.start)


def field_or_garden(text: str, mention: TradeMention) -> str:
    """Return the trade of weeding and watering: in a field it is farming."""
    if not _WEEDS.search(mention.raw) or _GARDENS.search(text):
        return mention.word
    return "种植工" if _FIELDS.search(text) else mention.word


def _is_part(one: TradeMention, longer: TradeMention) -> bool:
    inside = longer.start <= one.start and one.end <= longer.end
    return inside and one.word == longer.word and len(one.raw) < len(longer.raw)


def _is_taken(one: TradeMention, known: list[TradeMention]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in known)


def _is_chore(text: str, one: TradeMention) -> bool:
    return _OWN_CHORE.search(text[max(0, one.start - 3) : one.start]) is not None


def _in_one_breath(text: str, found: list[TradeMention]) -> list[TradeMention]:
    joined: list[TradeMention] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is None or one.start > last.end:
            joined.append(one)
        elif one.start == last.end:
            joined[-1] = TradeMention(last.word, text[last.start : one.end], last.start, one.end)
    return joined


def without_tasks(
    text: str, mentions: list[TradeMention], named: list[TradeMention]
) -> list[TradeMention]:
    """Leave out what only tells the work of the title beside it: 普工,组装充电器,5500."""
    ends = {one.end for one in named} | {one.start for one in named}
    is_named = [not one.word or one.end in ends or one.start in ends for one in mentions]
    titled = [
        known and (not one.word or is_title(one))
        for known, one in zip(is_named, mentions, strict=True)
    ]
    return [
        one
        for place, one in enumerate(mentions)
        if is_named[place] or not _is_task(text, mentions, titled, place)
    ]


def _is_task(text: str, mentions: list[TradeMention], titled: list[bool], place: int) -> bool:
    one = mentions[place]
    if _OWN_COUNT.match(text, one.end):
        return False
    before = place and titled[place - 1] and text[mentions[place - 1].end : one.start]
    if before and not _NEW_OFFER.search(before):
        return True
    last = place + 1 == len(mentions)
    behind = None if last or not titled[place + 1] else text[one.end : mentions[place + 1].start]
    return behind is not None and not _NEW_OFFER.search(behind)


def is_title(mention: TradeMention) -> bool:
    """Tell a title (保洁, 车工) from a duty (打字, 修枝除草)."""
    return mention.raw.endswith(TITLE_ENDINGS) or mention.word.startswith(mention.raw)
