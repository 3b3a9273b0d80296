"""What the law forbids in a post, found by its words; the codes are those of the posting checks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.values import Violation, ViolationCode

_FREE = r"不(?:收|交|用|需|要|押|扣)|无(?:需|须)?|免|没有?|没得|莫得|零|骗子|一分|拒绝|谢绝收"
_DENIAL = r"骗子|一分钱?(?:都|也)?不收|分文不收|(?:任何|所有)费用(?:都)?不收|不收(?:取)?任何费"
_SEX = r"(?:性|士|工|生|职工|孩|同志)?"
_WOMEN = r"(?:服务员|营业员|收银员|文员|主播|员工|工|士|性|生)(?!宿舍|寝室|优先)"
_MEN = r"(?:服务员|保安|营业员|普工|员工|工|士|性|生)(?!宿舍|寝室|优先)"
_NOT_GOODS = "(?![男女装鞋包裤袜式])"
_PEOPLE = r"(?:彝|藏|维吾尔|维|回|苗|土家|羌|蒙古?|满|壮|布依|侗|瑶|白|傣|黎|哈萨克|少数民)族"
_REFUSED = (
    r"(?:暂时|一律|都|也|就)?(?:不要|不招|不收|不录|不考虑|勿扰|勿|莫来|莫|免谈|除外|拒|别来|请绕)"
)
_FAITH = r"(?:信佛|信教|信其他教|佛教|基督|天主|伊斯兰|信仰|居士|教徒|信徒)"
_MARRIED = (
    r"(?:已婚|未婚|已育|未育|婚育|无孩|有孩|二胎|生育|怀孕|孕妇|备孕|单身|离异|结婚|生娃|带娃)"
)
_REGIONS = (
    "(?:河南|东北|安徽|湖北|湖南|广东|广西|云南|贵州|四川|重庆|新疆|西藏|甘肃|青海|内蒙|山东|"
    "山西|陕西|河北|江西|福建|浙江|江苏|海南|宁夏|凉山|外地|外省|本地以外)"
)


@dataclass(frozen=True, slots=True)
class _Check:
    """One kind of unlawful words.

    `lawful` words clear them in the same clause, `denied` words in the same sentence, where
    a denial may stand clauses away.
    """

    code: ViolationCode
    unlawful: re.Pattern[str]
    lawful: re.Pattern[str]
    denied: re.Pattern[str]


def _check(code: ViolationCode, unlawful: str, lawful: str, denied: str = r"(?!)") -> _Check:
    return _Check(code, re.compile(unlawful), re.compile(lawful), re.compile(denied))


_CHECKS = (
    _check(
        "deposit",
        "(?:工服|服装|入职|进厂|工牌|宿舍)?(?:押金|保证金|风险金|抵押金)(?:共|是|为|"
        r":)?(?:\d+(?:元|块)?|[一二两三四五六七八九]百(?:元|块)?)?|押(?:\d{2,5}|"
        "[一二两三四五六七八九]百)(?:元|块)?",
        _FREE,
        _DENIAL,
    ),
    _check(
        "fee",
        "(?:(?:交|收|付|先交|缴)[^,。;!?]{0,6})?(?:报名|资料|培训|中介|介绍|办证|会员|"
        r"建档|服装|工服|入会|手续|岗前|信息|押证|上岗)费(?:[^,。;!?]{0,6}?(?:\d+|"
        "[一二两三四五六七八九]百)(?:元|块)?)?",
        _FREE + r"|公司(?:出|承担|付)|厂里出",
        _DENIAL,
    ),
    _check(
        "id_retention",
        "(?:身份证|证件)[^。;!?]{0,10}?(?:保管|扣|押|收走|统一放|收起|交公司|交厂|存放|"
        "上交|代管|放公司|放厂)[^,。;!?]{0,4}|(?<!查)(?<!验)(?:扣留|扣押|抵押|收缴|收走|代管|保管|扣|押|收)"
        "(?!到)(?:取|了|起)?[^,。;!?]{0,4}?(?:身份证|证件)(?!复印)",
        r"(?:不|没|未|别|莫)(?:会|得|准|许|用|再|有)?(?:扣|押|收|代管|保管|存)|"
        r"(?:严禁|禁止|拒绝|不存在)(?:任何)?(?:人)?(?:扣|押|收)|"
        r"当面|看一(?:眼|下|哈)|看[下哈]|复印|查验|核对|核验|就还|即还|马上还|当场还",
    ),
    _check(
        "gender_discrimination",
        rf"(?<!不)(?:仅|只)?(?:限|招|要|收|聘)?(?<![男子妇儿])女{_WOMEN}|"
        rf"(?<!不)(?:仅|只)?(?:限|招|要|收|聘)?(?<!女)男{_MEN}|"
        rf"(?<!不)(?:仅|只)?(?:限|招|要|收|聘)(?:男|女){_NOT_GOODS}{_SEX}|"
        rf"不(?:要|招|收)(?:男|女){_NOT_GOODS}{_SEX}|"
        rf"(?:男|女){_SEX}(?:\d+名)?(?:优先|免谈|勿扰|不要)|适合(?:女|男|宝妈)",
        r"不限|均可|都可|都行|都要|都招|皆可|不分|同工同酬|一视同仁|男女",
    ),
    _check(
        "marital_fertility_discrimination",
        f"{_MARRIED}[^,。;!?]{{0,8}}(?:优先|{_REFUSED}|者(?:来|佳)|最好|为佳)|(?:限|只招|"
        f"只要|要求|必须|不招|不要|不收|最好)[^,。;!?]{{0,4}}{_MARRIED}[^,。;!?]{{0,4}}|"
        f"{_MARRIED}{_MARRIED}",
        r"不限|都可|均可|都行|不问|不影响",
    ),
    _check(
        "ethnic_discrimination",
        f"{_PEOPLE}[^。;!?]{{0,12}}?{_REFUSED}|(?:不要|不招|不收|仅限|只招|只要|"
        f"限)[^,。;!?]{{0,4}}(?:{_PEOPLE}|汉族)",
        r"欢迎|不限|一样|均可|都可",
    ),
    _check(
        "religion_discrimination",
        f"{_FAITH}[^,。;!?]{{0,8}}(?:优先|{_REFUSED})|(?:必须|只招|只要|限|要求|不招|不要|"
        f"不收|得)[^,。;!?]{{0,3}}{_FAITH}[^,。;!?]{{0,2}}",
        r"欢迎|不限|均可|都可|自由",
    ),
    _check(
        "hepatitis_discrimination",
        r"[^,。;!?\s]{0,5}(?:乙肝|大小三阳|大三阳|小三阳|两对半|肝炎)[^,。;!?\s]{0,6}",
        r"不影响|不(?:做|查|检|验|问|看|限|歧视|含|需)|一样|均可|都可|照常|无需|携带者也|都招|可以",
    ),
    _check(
        "region_discrimination",
        f"{_REGIONS}(?:籍|人|的)?[^,。;!?]{{0,2}}{_REFUSED}|(?:不招|不要|不收|"
        f"除){_REGIONS}(?:籍|人)?|(?:限|只招|只要|仅限|仅招)(?:本地|本县|本市|本区|"
        "本镇)(?:人|户口|户籍)?|(?:本地|本县|本市|本区)(?:人|户口|户籍)?优先|有?本地户口",
        r"脱贫|就业困难|边缘易致贫|低保|残疾|搬迁|不限|均可|都可",
    ),
    _check(
        "suspected_fraud",
        "(?:不用|无需|不要|不需要?|免)(?:护照|身份证|证件)|偷渡|带路过境|过境|(?:柬埔寨|"
        "缅甸|缅北|妙瓦底|金三角)[^。;!?]{0,8}|先(?:交|付|打|转)(?:钱|款|"
        "费)[^,。;!?]{0,6}|刷单|(?:海外|境外|出国)高薪|高薪(?:海外|境外|出国)",
        r"不要身份证(?:原件|复印件)|不需?先|骗子|谨防|都是骗",
    ),
)
_UNDERGROUND = re.compile(r"井下|矿井|下井")
_NEAR = 200
_OLDEST_CHILD = 15
_CHILD = re.compile(r"童工|(?<!\d)(?P<age>\d{1,2})周?岁(?:以上|起|就)")
_SENTENCE = re.compile(r"[^。;!?\n]+")
_CLAUSE = re.compile(r"[^,。;!?\n ]+")
_LEAVES_JOB = re.compile(r"离职|辞工|走(?:的)?时候?|干满|做满")


def find_violations(text: str) -> tuple[Violation, ...]:
    """Find unlawful words in folded text from which phones are blanked.

    One violation a code, in the order of the text, with the words as its excerpt. Denials
    and lawful look-alikes in the same clause or sentence clear the words.
    """
    found: dict[ViolationCode, str] = {}
    for check in _CHECKS:
        excerpt = _first_unlawful(text, check)
        if excerpt is not None:
            found[check.code] = excerpt
    child = _find_child_labour(text)
    if child is not None:
        found["underage"] = child
    in_order = sorted(found.items(), key=lambda entry: text.find(entry[1]))
    return tuple(Violation(code, excerpt) for code, excerpt in in_order)


def speaks_of_law(text: str) -> bool:
    """Tell whether folded text names what the checks look for, lawful or not: 不收押金."""
    return "身份证" in text or any(check.unlawful.search(text) for check in _CHECKS)


def _first_unlawful(text: str, check: _Check) -> str | None:
    for match in check.unlawful.finditer(text):
        clause = _around(_CLAUSE, text, match)
        sentence = _around(_SENTENCE, text, match)
        if check.lawful.search(clause) and not _is_kept_until_leaving(check, clause):
            continue
        if check.denied.search(sentence):
            continue
        if check.code == "gender_discrimination" and _UNDERGROUND.search(sentence):
            continue
        return match.group().strip(" ,")
    return None


def _is_kept_until_leaving(check: _Check, scope: str) -> bool:
    return check.code == "id_retention" and bool(_LEAVES_JOB.search(scope))


def _around(scope: re.Pattern[str], text: str, match: re.Match[str]) -> str:
    """Return the clauses or sentences that the match touches, within 200 characters of it."""
    first = max(0, match.start() - _NEAR)
    near = text[first : match.end() + _NEAR]
    start, end = match.start() - first, match.end() - first
    parts = (
        part.group() for part in scope.finditer(near) if part.start() < end and part.end() > start
    )
    return " ".join(parts)


def _find_child_labour(text: str) -> str | None:
    for match in _CHILD.finditer(text):
        age = match["age"]
        if age is None:
            if not re.search(rf"(?:{_FREE}|禁)[^,。;]{{0,6}}$", text[: match.start()]):
                return match.group()
        elif int(age) <= _OLDEST_CHILD and not re.search(r"[未不]满$", text[: match.start()]):
            return match.group()
    return None
