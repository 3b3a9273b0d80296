"""Whether a post wants a practised hand (熟手, 要做过) or takes beginners (新手可教)."""

from __future__ import annotations

import re

from bot.understanding.posts.experience import (
    SPEAKS_OF_FIRM,
    clause_before,
    clause_behind,
    read_experience_years,
)

_SKILL_LITERALS = (
    "手", "熟", "经验", "会", "过", "懂", "学", "带", "教", "师傅", "小白", "基础", "技术",
    "独立", "容易", "简单", "手艺", "年", "培训", "从事",
)  # fmt: skip
_TRADE_VERBS = (
    r"(?:看图|看得懂|识图|编|做(?!人|体)|开(?!会)|焊|修|炒|踩|照顾|护理|操作|车|裁|切|砌|贴|抹|扎|支模|电脑|用电脑|办公|五笔"
    r"|驾驶|打(?:版|样|胶|边|磨|单)|绣|剪|理发|推拿|按摩|烧|雕|装|拆|养|喂|种|嫁接|缝|织|调|编程|带(?:娃|小孩|孩子|宝宝)|煮|烙|揉面|拉面|配菜|cad|excel|氩弧|二保|盖|扎钢筋|拼版)"
)
_DENIES_NOVICES = (
    r"(?:新手|生手|小白|学徒工?|没(?:得|有)?经验的?|无经验(?:者|的)?|零基础的?|不会的|没(?:有)?(?:做|干|搞)过的|不熟练的?|不熟的?)"
    r"[^,。;\n]{0,4}?(?:勿|莫(?!关)|别(?!担|怕)|不(?:要|收|招|用|考虑|得行|带|行)|免|请绕|靠边)"
    r"|(?:不(?:要|收|招|带|考虑))(?:新手|生手|小白|学徒)|不(?:带|收)徒|非熟(?:手|练)[^,。;\n]{0,3}(?:勿|莫|别|不)|不是熟手"
)
_NOVICES = re.compile(
    r"生手|新手|小白|(?:零|0)基础|(?:零|0)经验|无(?:需|须|要求)?(?:任何|工作|相关)*经验|[没莫](?:得|有)?(?:任何|相关|工作)*经验|"
    r"不(?:要求|需要?|用|要|限|看|问|讲)(?:有|任何|相关|工作)*经验|经验(?:不限|不要求|不重要|无要求|没有?要求|不拘)|有没有经验|有无经验|会不会(?:都|也|没)|"
    r"包教|包会|学得会(?:的)?(?:就|都|便)?(?:要|行|可|得行|成|来|收|做)|包学|教会|教到会|可教|能教|会教|现教|有人教|师傅教|免费教|负责教|手把手|(?<!不)带徒|"
    r"师傅带|有人带(?!路|队)|老(?:员工|师傅|工人|手)带|一带一|传帮带|学徒|学员|生熟手|新老(?:手|员工)|(?:不(?:要|需要?|讲|看)|无需|没有?|不用)(?:任何)?(?:技术|手艺)(?:要求)?|"
    r"(?:学|教|培训|看|练)(?:个|上|习)?(?:[一二两三四五六七八九十\d半几]{1,3}(?:来)?[个]?(?:天|周|星期|礼拜|小时|月|下|遍|哈))(?:[就便能可都]|包|上手)*(?:会|上手|上岗|懂|做|能干)|"
    r"[一二两三四五六七八九十\d半几]{1,2}个?(?:天|小时|星期)(?:就能|就可以?|包|就|能)(?:学会|上手|会)|"
    r"(?:一学|一看|一教|一说|看看|看一?哈)就(?:会|懂|能)|易学|好学|容易学|易上手|上手(?:快|容易|简单)|好上手|容易上手|"
    r"(?:不会|不懂|没(?:有)?(?:做|干|搞)过|没学过|没(?:有|得)?[打焊炒踩跑修带养种摘砌粉装拆缝剪洗包切扎钉刷]过)的?[^,。;\n不莫勿]{0,6}?(?:也)?(?:可以?|能|都|没关系|没得事|没事|不要紧|不怕|也行|也可|我们|来了|公司|厂里|师傅|有人|现|慢慢){1,2}(?:学|教|培训|行|要|来|收|带)?|"
    r"(?:可以?|能|愿意?|肯|边做边|边干边|慢慢|来了?再|进厂|现)学(?!历|校)|愿学|肯学|不懂(?:的)?可"
)
# 会炒菜的肯学也行, 有焊接基础的带: who already has some practice may come; of others nothing is
# said. What everybody knows (会说普通话, 会骑车) and what the firm does (会教) is no practice.
_LET_IN = (
    r"(?:(?:也|都|就|便)?(?:可以?|能|肯|愿意?|想|边做边|边干边|慢慢|有意愿)学(?!历|校)|(?:也)?(?:可以?|能)教"
    r"|也(?:行|可以?|要|收|来|得行|成|能来)|上手(?:更|很|比较|也)?快|(?:有人|师傅|老师傅)带"
    r"|(?:可以?|经|免费|统一)?培训(?:后)?(?:即可)?上岗)的?"
)
_SOME_PRACTICE = re.compile(
    r"(?:(?<![得机社协聚开学教包就都不没议宴年晚展董工员将厂里们司傅])会(?!有|教|安排|派|让|给|请|帮|组织|培训|提供|专|慢慢|很快|越|"
    r"带(?!娃|小孩|孩子|宝宝|老人)|说|讲|听|认|识字|写|骑|用?(?:智能)?手机|用?微信|普通话|吃苦|计|来事|做人)"
    r"|懂(?!事|礼|得|法|[^,。;\n]{0,4}普通话)|[做干搞弄学打开踩焊炒修养管带用]过(?!年|节|来|去|敏|头)"
    r"|有(?=[^,。;\n]{0,8}(?:基础|底子|功底|经验|手艺|技术)))"
    rf"[^,。;\n\s没不无未优最更会]{{0,9}}?(?:的|者|的人|(?:基础|底子)(?:的|者)?,)?(?!的)(?:{_LET_IN}){{1,3}}"
    r"|有[^,。;\n\s没不无未优最更]{0,6}(?:基础|底子|功底)(?:的|者|的人)?(?:都|就|便)?(?:可以?来?|能来|来|带|教|要|收)(?=[,。;!\s]|$)"
)
_NOT_OF_IT = re.compile(
    r"(?:[没未](?:有|得|怎么)?[^,。;\n]{0,3}|不(?:一定|非)?(?:用|要求?|需要?|得|须)?|无需|[零0无])$"
)
_TRAINED = re.compile(
    r"(?:岗前|带薪|入职|上岗前|免费|进厂|统一|公司|厂里|提供)(?:免费|技能|统一)?培训(?!费)|培训(?:后|合格后?|期)?(?:即可)?上岗|培训合格|可以?培训(?!考)"
)
_PRACTISED = re.compile(
    rf"{_DENIES_NOVICES}|(?<!非)(?<!不用)(?<!不是)(?<!不要求)(?<!无需)(?:熟手|老手|熟练(?:工|掌握|操作|使用|技工|的|[\u4e00-\u9fff]{{0,6}}(?:工|手|师傅))?)"
    r"|(?:持|带|有)证(?:的)?(?:老)?师傅|老师傅|(?<!没)(?<!没得)(?<!有没)有[^,。;\n没无]{0,8}?(?:经验|工作经历|从业经历)|(?:要(?!求)|需|须|得)(?:要|有)?[^,。;\n不无没]{0,6}经验|(?:要|须|必须)会(?=[,。;\s]|$)|经验丰富|经验要足"
    r"|(?<!没)(?<!没有)(?<!没得)(?<!有没有)(?<!不)(?:做|干|搞|整|弄|开|踩|焊|炒|跑|修|带|照顾|护理|从事|用|管|养|打)过(?!敏|完|程|度|节|年|道|渡|磅|体检|检|来|去|核酸|早|晚|户|塑|滤|头|路|手术|[面砖沙车桥江河])"
    rf"|(?:要|须|需|得|必须|一定|需要)(?:要|得)?(?:会|懂|熟悉|掌握|独立|能独立)(?!计|说|讲|认字|写字|骑|用?(?:智能)?手机|微信|普通话|简单|吃苦|来事|做人)[\u4e00-\u9fffa-z]"
    rf"|(?<![机社协聚开学教包就都不议宴年晚展董工员])会{_TRADE_VERBS}|(?:嘴|手|眼)?(?<!不)懂(?!事|礼|得|法|[^,。;\n]{{0,4}}普通话)[\u4e00-\u9fff]"
    r"|(?:技术|手艺)(?:要)?(?:好|过硬|精|熟|到位|全面|在行|娴熟)|(?:能|会|可|要)(?:够)?(?:独立|单独)(?:操作|上岗|完成|带班|作业|施工|干活|上机|顶岗)?|独当一面|来了就能(?:上手|上机|干)|有(?:过硬|好)?(?:的)?(?:技术|手艺)"
)
_PAYS_MORE = re.compile(
    r"(?:工|的|者)?[^,。;\n]{0,3}(?:一般|平均|大概|多数|最高)?(?:能拿|可拿|能挣|可挣|可达|能达|拿到|上万|月入|挣|一天能|一天可|工资(?:面议|另|高|更|可|从优)|待遇(?:从优|另|更)|薪资(?:面|另|更)|可面议|面议|另议|价格?高|多拿|优厚|从优|加\d|高薪)"
)
_OPTIONAL = re.compile(
    r"优先|最好|更好|更佳|为佳|者佳|加分|优选|优考|先录|者优|也可|不限|不要求|不会也|不强求"
)


def read_needs_skill(text: str) -> bool | None:
    """Read whether folded text wants a practised hand; False where beginners may come too.

    What is merely preferred, or only paid better, is not said, nor whether beginners may
    come where those with some practice are let in (会炒菜的肯学也行).
    """
    if not any(sign in text for sign in _SKILL_LITERALS):
        return None
    allowed = _DENIED_TO_NOVICES.sub(" ", text)
    kept = _SOME_PRACTICE.sub(_blank_if_practised, allowed)
    if _NOVICES.search(kept):
        return False
    if allowed != text or read_experience_years(text) is not None:
        return True
    said = text if kept == allowed else kept
    if any(_is_required(said, match) for match in _PRACTISED.finditer(said)):
        return True
    return False if _TRAINED.search(kept) else None


def _blank_if_practised(match: re.Match[str]) -> str:
    """Return a space for people with some practice, else the words themselves."""
    before = match.string[max(0, match.start() - 8) : match.start()]
    return match.group() if _NOT_OF_IT.search(before) else " "


_DENIED_TO_NOVICES = re.compile(_DENIES_NOVICES)


def _is_required(text: str, match: re.Match[str]) -> bool:
    before, behind = clause_before(text, match.start()), clause_behind(text, match.end())
    if SPEAKS_OF_FIRM.search(before) or _OPTIONAL.search(before + match.group() + behind):
        return False
    return _PAYS_MORE.match(behind) is None
