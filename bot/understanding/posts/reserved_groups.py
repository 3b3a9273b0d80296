"""Groups of people for whom alone a post is meant: 限脱贫户, 低保户、脱贫户可报."""

from __future__ import annotations

import re

_GROUPS: tuple[tuple[str, str], ...] = (
    (
        "边缘易致贫户",
        r"(?:脱贫(?:户)?(?:边缘|不稳定)户?|边缘易致贫(?:户|家庭|人口|人员)?|边缘户|易致贫户|监测户|"
        r"(?:防(?:止)?返贫)?监测(?:对象|帮扶户|人口)|三类(?:户|人员|人群|对象))",
    ),
    ("零就业家庭", r"零就业(?:家庭)?(?:成员|人员)?"),
    ("脱贫户", r"脱贫(?:户|人口|劳动力|家庭|群众|人员|劳力)(?:劳动力|家庭|成员|人员)?|已脱贫户?"),
    (
        "建档立卡",
        r"建档立卡(?:的)?(?:贫困)?(?:户|人员|劳动力|家庭|人口|群众)?|建卡(?:贫困)?户|"
        r"贫困(?:户|劳动力|人口|家庭|人员|群众|劳力)(?:家庭|劳动力|人员|成员)?",
    ),
    (
        "低保",
        r"(?:农村|城乡)?低保(?:边缘)?(?:户|对象|家庭|人员|群众|人口)(?:成员|劳动力)?|"
        r"低保(?=[、,和及与或/])|吃低保的?",
    ),
    ("特困", r"特困(?:供养)?(?:人员|户|家庭|对象|群众|职工)|特困(?=[、,和及与或/])|五保户"),
    (
        "残疾",
        r"残疾(?:人士|人员|人|家庭|职工|劳动力)|残疾(?=[、,和及与或/])|残障(?:人士|人员|人)?|"
        r"(?:持有?)?(?:第?二代|有效)?残疾人?证的?",
    ),
    (
        "易迁",
        r"易地(?:扶贫)?搬迁(?:户|群众|人员|家庭|劳动力|点群众)?|"
        r"(?:易迁|搬迁)(?:户|群众|人员|劳动力)",
    ),
    (
        "就业困难人员",
        r"就业困难(?:人员|群体|对象|群众)?|困难就业人员|(?:大龄)?4050(?:人员)?|四零五零人员|大龄失业人员|长期失业人员",
    ),
    ("退役军人", r"退(?:役|伍)(?:军人|士兵|老兵|兵|军属)|复员军人"),
    (
        "高校毕业生",
        r"(?:应届|往届|离校未就业|未就业|高校|大学|大专|本科|20\d\d届|近[两三]年)(?:的)?(?:高校|大学|大专|本科|专科)?"
        r"(?:应届|未就业)?毕业生|应届(?:大学|高校)?生|高校毕业学生",
    ),
)  # fmt: skip
_LITERALS = (
    "贫", "低保", "特困", "残", "搬迁", "易迁", "零就业", "困难", "4050", "四零五零", "退役",
    "退伍", "复员", "应届", "毕业生", "五保", "三类", "失业", "监测", "建卡", "建档", "边缘户",
)  # fmt: skip
_ANY = re.compile("|".join(f"(?P<g{place}>{words})" for place, (_, words) in enumerate(_GROUPS)))
# Commas inside a list of groups do not end the clause.
_BETWEEN = re.compile(
    r"(?:户|家庭|人员|对象|劳动力|子女|中的?|里的?|等|及其|\([^()\n]{0,12}\)|[ 、,和及与或/;]|"
    r"以及|还有|或者|\d[.)、]){0,5}"
)
_EDGE = re.compile(r"[,。;!?\n|①-⑳]|(?<![限仅向象:]) ")
_DENIED = re.compile(
    r"(?:不限(?:于|定|制)?|不仅限?|不只|不论|无论|不管|不(?:必|用|需|要求)(?:是|为)?|并非|无需是?)[^,。;\n]{0,5}$"
)
_NOT_THEM = re.compile(r"(?:非|不是|不属于|没有|无)$")
_REFUSED = re.compile(
    r"[^,。;\n]{0,6}?(?:勿|莫|别|不(?!限|仅|符)(?:要|收|招|予|得|能|可|用|录|行|接受)|免|请绕)"
)
_PREFERRED = re.compile(
    r"优先|优待|优选|先录|先考虑|照顾|倾斜|欢迎|加分|补贴|奖励|免费|享受|政策|同等|税|也|亦|一视同仁|不限|无关|都(?!可以?申请|可以?报)|带动|帮扶了?|吸纳了"
)
_OPEN_TO_ALL = re.compile(r"[、,和与或及]?(?:以及|还是)?非")
_NOT_PEOPLE = re.compile(
    r"(?:人|军人|人员)?(?:服务(?!对象)|托养|康复|联合会|联|之家|学校|供养|福利|事务|就业服务|保障金|辅具|中心|专用|车|公寓|食堂|补助|职工家)"
)
_CARED_FOR = re.compile(
    r"(?:照顾|护理|服侍|陪护|照看|帮助|看护|关爱|伺候|照护)(?:一?[名个位])?[^,。;\n]{0,4}$"
)
_LIMIT_BEFORE = re.compile(
    r"(?:限|仅|只(?!要是|有)(?:限|招|要|收|面向|给|接收)|专(?:门|项|设|岗|招|为|供|向)|面向|针对|定向|对象|限定|须(?:是|为)?|必须|"
    r"要求|条件|属于|应(?:是|为)|(?<!不)[招聘要收找](?:聘|用|收|录|募)?)"
)
_LIMIT_BEHIND = re.compile(
    r"[^,。;\n]{0,8}?(?:专岗|专场|专用岗|方可|才(?:能|可|行|要|收|招)|(?:里头?|中|里面|当中|头)[选挑招找要]|专享|专属|的来|限定)|"
    r"岗位?(?:$|[ ,。;:)\d])"
)
_OPEN_TO = re.compile(
    r"[^,。;\n不非]{0,8}?(?:可(?!优先)(?:以)?(?:报|申请|申报|参加|应聘|来|联系|上岗|登记)|均可|都可(?:以)?(?:报|申请)|来报|申请|请报|报名)"
)
# These two are asked for in ordinary posts too: only a plain limit reserves a post for them.
_OFTEN_WELCOME = frozenset({"退役军人", "高校毕业生"})
_STRICT_BEFORE = re.compile(
    r"(?:限|仅|只(?:限|招|要|收|面向)|专(?:门|项|设|岗|招|为)|面向|针对|定向|招聘?对象|须(?:是|为)|必须(?:是|为)|(?<!不)招(?:聘|收|募)?(?:\d+名|[一二两三四五六七八九十]+[名个])?$)"
)
_STRICT_BEHIND = re.compile(r"(?:就业)?(?:见习)?(?:专场|专岗|专项|专属|见习岗|方可|才(?:能|可|要))")
_PUBLIC = re.compile(r"公益|帮扶(?:岗|车间)|扶贫(?:岗|车间)|安置岗|以工代赈|乡村振兴岗")


def read_reserved_for(text: str) -> tuple[str, ...]:
    """Return the groups for whom alone folded text means the post, in the order said.

    Any one of them is enough. Groups that are merely preferred or welcome are none; in a
    post for public welfare a group that is named stands for the limit.
    """
    if not any(sign in text for sign in _LITERALS):
        return ()
    found: list[str] = []
    is_public = _PUBLIC.search(text) is not None
    for run in _runs(text):
        if _is_meant(text, run, is_public=is_public):
            found.extend(_GROUPS[int(str(one.lastgroup)[1:])][0] for one in run)
    return tuple(dict.fromkeys(found))


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Return the groups that are named in one breath."""
    runs: list[list[re.Match[str]]] = []
    for one in _ANY.finditer(text):
        if _NOT_PEOPLE.match(text, one.end()):
            continue
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end(), one.start()):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _is_meant(text: str, run: list[re.Match[str]], *, is_public: bool) -> bool:
    before, behind = _around(text, run[0].start(), run[-1].end())
    refused = _REFUSED.match(behind) is not None
    if _OPEN_TO_ALL.match(behind):
        return False
    if _NOT_THEM.search(before):
        return refused
    if refused or _DENIED.search(before) or _CARED_FOR.search(before):
        return False
    if _PREFERRED.search(before) or _PREFERRED.search(behind):
        return False
    names = {_GROUPS[int(str(one.lastgroup)[1:])][0] for one in run}
    if names <= _OFTEN_WELCOME:
        return bool(_STRICT_BEFORE.search(before) or _STRICT_BEHIND.match(behind))
    holds = run[0].group().startswith("持")
    limits = holds or _LIMIT_BEFORE.search(before) or _LIMIT_BEHIND.match(behind)
    return bool(limits or _OPEN_TO.match(behind)) or is_public


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words of the clause in front of and behind a stretch."""
    edge = 0
    for stop in _EDGE.finditer(text, 0, start):
        edge = stop.end()
    behind = _EDGE.search(text, end)
    # 脱贫户,优先: the comma does not make it a limit.
    stop_at = behind.start() if behind else len(text)
    if behind and re.match(r"[ ,]者?(?:优先|均?可|也|都|可以)", text[behind.start() :]):
        following = _EDGE.search(text, behind.end())
        stop_at = following.start() if following else len(text)
    return text[max(edge, start - 24) : start], text[end : min(stop_at, end + 24)].replace(",", "")
