"""How far from home the person to be placed would go."""

from __future__ import annotations

import re

from bot.understanding.messages.found import Found
from bot.understanding.messages.polarity import Clause, clause_at
from bot.understanding.values import Context, Intent, Migration

# Only in these does a distance speak of the wish; a rule or a complaint names places otherwise.
_WISHING: frozenset[Intent] = frozenset(
    ("find_job", "register", "update_profile", "report_unemployed", "other")
)
_ANY = (
    "(?:哪(?:里|儿|点|块|边|方|哈儿|一?个(?:地方|塌塌|城市|省|坨|凼凼|县))|随便(?:哪|"
    "什么地方)[里儿点个]?|啥子?地方|什么地方|任何(?:一个)?(?:地方|城市|省份?))"
)
_SHORT_RIDE = (
    "(?:骑|坐|走|踩)(?:个|自己的|我的)?(?:车|电瓶车?|电动车|摩托车?|自行车|单车|路|"
    "三轮车?|公交车?|班车)[^,。;!?]{0,8}"
    "(?:分钟|能到|就到|得到|拢|(?:之内|以内)|来回|刻钟)"
    "|开(?:个|自己的|我的)?(?:车|摩托车?)[^,。;!?]{0,8}(?:分钟|(?:之内|以内)|来回|刻钟)"
)
_TIERS = re.compile(
    "(?P<near_home>"
    "(?:家|屋|娘屋|院子?)(?:头)?门口|门口(?:附近|上班|就|有)|(?<![\u4e00-\u9fff])附近|"
    "(?<=[在家屋头就近这我村们想找有住的回处])附近|家(?:里)?周(?:围|边)|(?:家|屋)跟前|"
    "屋周围|周围(?:有|团转)|"
    "(?:离|隔|挨|靠)(?:到|着|我)?(?:家|屋|娃|学校|老人)(?:头|里|屋)?(?:不?要?太?|莫太?|"
    "别太?|不|要)?(?:近|远)|离家[^,。;]{0,3}(?:近|远)|"
    "近(?:一?点|些|便|处|边)|(?:个|点|家|找)近的|(?:就|最)近|挨到屋|挨近屋|"
    "本村|本镇|本乡|邻村|(?:我们?|咱们?|俺们?)?(?:村|寨|湾)(?:口|子口|头口)(?!音)|"
    "(?:我们?|咱们?|俺们?)院坝(?:里|头|附近)?|(?:(?<![住睡])在|就|回|只)(?:我们?|本|咱们?|自己|自家|俺们?|隔壁|"
    "屋头)?(?:村|镇|乡|场|街)(?:头|里|上|子|口)?(?!干部|支书|主任|长|那|代|边|委)"
    "|(?<=[\u4e00-\u9fff])(?:镇上|村上|村里|村头|乡头|场上)头?(?=[,。;!?\\s]|$|就|都|也|找|做)"
    "|(?:我们|咱们?|俺们?)(?:村|镇|乡)(?:头|里|上)?(?:有没|上有|的活|找|附近)|(?:镇|村|"
    "乡|场)(?:头|里|上)(?:的?活|有没|上班|做|干(?!部)|找|就行|最好|也行|都行)|"
    f"{_SHORT_RIDE}|(?:在|搁)(?:自己)?(?:家|屋)(?:里头|里|头)?(?:就)?(?:能|可以)?(?:做|"
    f"干|弄|搞)|拿回(?:家|屋)|"
    "顾(?:到|得到|得上|着)?(?:家|屋)(?:头|里)?|回本地|本地(?:做|干|找|的活|就|上班|有)"
    ")|(?P<not_far>不(?:想|愿意?|能|敢)?出远门|出不(?:得|了)远门|(?:走|跑)不(?:远|"
    "了远)|不(?:想|愿|能)(?:走|跑|去)(?:太|得)?远|"
    "(?:不要|莫要?|别|不能|不想)(?:太|离家太|跑太|走太|去太)远|(?<![么多再])(?:远|走远|"
    "太远)了?(?:的)?(?:我)?(?:不|莫|去不|就?没人|家里)[去干要考行成得]?)"
    "|(?P<stuck>(?:走|跑)不(?:脱|开|到哪)|走不得|脱不(?:开|了)身|丢不(?:开|下)|"
    "离不(?:开|得|了)(?:家|屋|人|娃|妈|老|我)?|哪(?:里|儿|点)(?:也|都)去不)"
    "|(?P<daily>(?:当天|当日|每天|天天|天黑前|晚上)(?:都)?(?:要|能|可以|得|必须|"
    "就)*(?:来回|往返|回(?!南|北|广|成|重))(?:家|屋|来|去|得)?(?!住|睡|吃)|早[上]?(?:出|"
    "去)晚(?:上)?[归回]|早上去[,]?晚上回|一早去)"
    "|(?P<care>(?:屋头|屋里|家里|家头|家中|屋)(?:还|也|都|的|里|头)*(?:有|剩)(?:个|"
    "两个|几个|三个|俩|一个)?(?:还|都)?(?:瘫|小|老|七八十岁|八十岁|生病|吃奶|"
    "读书)?(?:的)?"
    "(?:老人|老的|小的|娃|孩子|细娃|小孩|病人|老母|老父|孙|老娘|爹妈|爸妈|两个老|老汉|"
    "婆婆|老妈)(?![^,。;!?]{0,6}(?:读|上大学|上高中|贷))"
    "|(?:要|得|须|回来|回家|在家|回屋|只能|天天|还要)(?:照顾|服侍|照看|照料|看顾|管|"
    "伺候|经佑|守)(?:到|着|起)?(?:家|屋|老|小|爸|妈|爹|娘|父|母|婆|病|娃|孩|孙|他|她|"
    "我|公|两)"
    "|(?:要|得|在家|天天|还要|回来|回家|帮忙|帮)(?:带|看|引)(?:孙|娃|孩|小孩|细娃|"
    "外孙)|接送(?:娃|孩|细|孙|学|上)|(?:娃|孩|孙)[^,。;!?]{0,10}接送|要接送|接娃|接孩|"
    "(?:没|冇)(?:得)?人(?:照|看|带|管)|离不得人)"
    "|(?P<in_county>本县|县城|县(?:里|内|头|上)(?!面)|(?:不|莫|别)(?:想|愿意?|得|"
    "能)?(?:再)?出县|本区|区(?:里|内)(?=[,。;!?\\s找就做干都也]|头|$)|出不(?:了|得)县|(?:不|莫|别)(?:要|想|愿意?|得|能|用)?"
    "(?:喊我|叫我|让我|安排我?)?(?:们)?(?:再)?(?:去|到|跑|克|切)(?:外头|外|别的?|其他|旁边的?|隔壁)县)"
    "|(?P<in_province>省(?:内(?!蒙)|里)|本省|川内|渝内|(?:不|莫|别)(?:想|愿意?|得|能|"
    "要)?(?:再)?(?:出|离开?|跑出)(?:省|川|渝|四川|重庆|贵州|湖北|湖南|河南|云南|陕西|"
    "市)"
    "|四川(?:境|范围)?(?:内|以内|里头)|重庆(?:境|范围|市)?(?:内|以内|里头)|出不(?:了|"
    "得)(?:省|川)|(?<![\u4e00-\u9fff])(?:就在|只在|在)?市内|本市|"
    "外省[^,。;!?]{0,3}(?:不|莫|别)|省外[^,。;!?]{0,3}(?:不|莫|别)"
    "|(?:不|莫|别)(?:想|愿意?|得|能|要)?(?:再)?(?:去|到|跑|克|切)(?:外省|省外|外地))"
    "|(?P<out_of_province>出省|省外|外省|沿海|出川|出去闯|(?:去|到|跑)外地|外地(?:都|"
    "也)(?:行|可|得|要)|(?:可以|能|愿意|想)出远门|出远门(?:都|也)?(?:可以|行|得行|没得|"
    "没问题|不怕|要得))"
    f"|(?P<anywhere>{_ANY}[^,。;!?]{{0,4}}?(?:都|也|就|皆)(?!不|没|莫|难|找不|去不|"
    f"要不)(?:是|能|肯)?(?:得|可|行|去|要|愿|没|无|中|好|成|跑|敢|ok|接|能|干|做|想|走)"
    "|(?:去|到|在)哪(?:里|儿|点|块|个地方)(?:都|也)(?!不|没)|到处(?:都|可|跑)|"
    "(?<![个些])(?:地方|地点|地区|区域|地域|城市|省份|去哪里?)[^,。;!?]{0,3}(?:不限|"
    "不论|不挑|无所谓|不讲究|随便|没(?:得)?要求|没(?:得)?关系|没(?:得)?所谓|没讲究|"
    "都行|都可以|都要得)"
    "|(?:不限|不挑|不管|不论)(?:制)?(?:地方|地点|地区|区域|哪里|哪儿|在哪|省份|远近)|"
    "天南海北|天南地北|四海为家|(?:全国|全中国)(?:各地|到处|哪|都|范围|任|随便|乱跑|跑)|五湖四海|"
    "远近(?:都|不|无|没)"
    f"|(?:远|再远|多远)(?:点|些)?(?:都|也)(?:行|可|去|要|得|不怕|没|无|愿)|不(?:怕|嫌|"
    f"在乎)远|哪(?:里|儿|点)(?:有活|钱多|工资高|要人|有钱)[^,。;!?]{{0,6}}(?:去|跑|"
    f"走)哪"
    ")|(?P<rest>除(?:了|开|脱|去)[^,。;!?]{1,12}[, ]?(?:其[他它]|别的)?(?:地方|省|"
    "的)?(?:份)?(?:都|全)(?:可|行|得|要|去|能|愿|中|没|好)"
    "|(?:其[他它]|别的|别)(?:的|任何|随便)?(?:地方|省份?|城市|哪里|哪儿|哪点|"
    "省市)?(?:都|也|随便|全)(?:可|行|得|要|去|能|愿|中|好|没|无))"
)
_ORDER: tuple[Migration, ...] = (
    "near_home",
    "in_county",
    "in_province",
    "out_of_province",
    "anywhere",
)
_REFUSED_BEFORE = re.compile(
    "(?:不|莫|别)(?:想|愿意?|得|能|肯|要|打算|准备|敢)*(?:再)?(?:去|到|跑|往|克|切|回)?$"
)
_REFUSED_AFTER = re.compile(
    "(?:那边|那些地方|的|我|就|都|也|工价好)*(?:不|莫|别)(?:想|愿意?|得|能|肯|要|打算|"
    "考虑|再)*(?:去|到|跑|克|切|行|推|发)?"
)
_NOT_WRITTEN = re.compile("(?:不|莫|别)要?写(?:成|只|在|只在)*$")
_CHANGED = re.compile("改成|改为|改到|换成|改一|现在|如今|就改")
_OLD = re.compile(
    "(?:登|写|填|存|报|选)的?(?:是|了|起|成)?[^,。;!?]{0,6}$|(?:以前|原来|之前|当初|"
    "上回|原先|那时)[^,。;!?]{0,10}$"
)
_NOT_A_LIMIT = re.compile("医院|学校|一中|中学|政府|人社|派出所")
_MANY_PLACES = 2


def find_migration(
    text: str, clauses: list[Clause], intent: Intent, context: Context, *, wanted: int, refused: int
) -> Found[Migration] | None:
    """Read how far the person would go; of several tiers the nearest one counts.

    What was stored before or is refused does not count. Care for a family, or the wish to be
    back each day, sets `near_home` only where nothing else is said. `wanted` and `refused` are
    how many places the message names of either kind; 其他都行 means all the others.
    """
    asked = (context.question or "").rpartition(".")[2]
    if intent not in _WISHING or asked in ("room_board", "home"):
        return None
    found = _said(text, clauses, refused=refused)
    stated = _stated(found)
    if stated is not None:
        return stated
    if intent == "report_unemployed" and not any(clause.wishes for clause in clauses):
        return None
    return _inferred(found, wanted) or _answered(text, context)


def _said(text: str, clauses: list[Clause], *, refused: int) -> dict[str, Found[Migration]]:
    """Return the first words of each kind that count; far places refused are `not_out`."""
    found: dict[str, Found[Migration]] = {}
    for match in _TIERS.finditer(text):
        kind = match.lastgroup or ""
        if _is_old(text, clauses, match) or (kind == "rest" and not refused):
            continue
        if kind == "in_county" and _NOT_A_LIMIT.match(text, match.end()):
            continue
        if _is_refused(text, match, kind):
            kind = "not_out" if kind == "out_of_province" else ""
        if kind:
            found.setdefault(kind, Found(_tier(kind), match.start(), match.end()))
    return found


def _stated(found: dict[str, Found[Migration]]) -> Found[Migration] | None:
    """Return the nearest tier; 不想走远 yields to a county or a province that is named."""
    if "not_far" in found and not {"in_county", "in_province"} & set(found):
        return found.get("near_home", found["not_far"])
    nearest = next((found[tier] for tier in _ORDER if tier in found), None)
    return nearest or found.get("not_out") or found.get("rest")


def _inferred(found: dict[str, Found[Migration]], wanted: int) -> Found[Migration] | None:
    if "stuck" in found:
        return found["stuck"]
    if wanted >= _MANY_PLACES:
        return None
    return found.get("daily") or found.get("care")


def _answered(text: str, context: Context) -> Found[Migration] | None:
    """Read 不限 or 随便 as the answer to where one would work."""
    asked = (context.question or "").rpartition(".")[2]
    if asked not in ("place", "places", "migration", "location"):
        return None
    match = re.match(r"\s*(?:不限|随便|都行|都可以|都要得|无所谓|全国|外面|家|屋头|出去)", text)
    if match is None:
        return None
    word = match.group().strip()
    if word in ("家", "屋头"):
        return Found("near_home", match.start(), match.end())
    if word in ("外面", "出去"):
        return Found("out_of_province", match.start(), match.end())
    return Found("anywhere", match.start(), match.end())


def _tier(kind: str) -> Migration:
    if kind in ("rest", "not_out"):
        return "anywhere" if kind == "rest" else "in_province"
    return next((tier for tier in _ORDER if tier == kind), "near_home")


def _is_old(text: str, clauses: list[Clause], match: re.Match[str]) -> bool:
    clause = clause_at(clauses, match.start())
    if clause.past:
        return True
    return bool(_OLD.search(text[clause.start : match.start()])) and bool(
        _CHANGED.search(text, match.end())
    )


def _is_refused(text: str, match: re.Match[str], kind: str) -> bool:
    before = text[max(0, match.start() - 5) : match.start()]
    if _NOT_WRITTEN.search(before):
        return True
    if kind not in ("out_of_province", "anywhere", "in_county"):
        return False
    return bool(_REFUSED_BEFORE.search(before) or _REFUSED_AFTER.match(text, match.end()))
