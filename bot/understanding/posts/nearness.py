"""Whether a post is only for people who live near the workplace."""

from __future__ import annotations

import re

_NEAR = r"(?:附近|周边|周围|邻近|就近|近处|左近|附近几?个?(?:村|社区|小区))"
_HERE = r"(?:本(?:村|镇|乡|街道|社区|小区|组|队|社(?!会)|院子|乡镇|场镇)|同村|一个村)"
_LITERALS = (
    "附近",
    "周边",
    "周围",
    "近",
    "本",
    "远",
    "公里",
    "里路",
    "同村",
    "一个村",
    "里内",
    "分钟",
    "小时",
    "回家",
)
_LIMIT = (
    r"(?:(?<!不)限|仅(?!需)|只(?:限|招|要|收|找|考虑|用|请|面向|接)|就(?:要|找|招)|必须|须|要求(?=[^,。;!\n]{0,2}(?:住|家|居))|"
    r"面向|专招|对象(?:是|为|:))"
)
_ONLY = re.compile(
    rf"{_LIMIT}[^,。;!\n不]{{0,6}}?(?:住(?:在|得|的)?|家在|居住)?(?:在|于)?(?:{_NEAR}|{_HERE})(?!交通)"
    r"|(?:家住|(?<!不)住(?!宿)(?:在|家)?|家在|人在|居住(?:在|地)?)[^,。;!\n不]{0,6}?(?:附近|周边|周围|旁边|本村|本镇|本社区|本小区)(?!有)"
    r"|(?:(?<!不)住|(?<!离)家(?=离|住|近的)|屋)(?:得|的|在|头|住)?(?:离[^,。;!\n]{0,4})?(?:近|不远)(?:一?点)?的?(?:人)?(?:才|来|可|就|联系|(?=[,。;!\s)]|$))"
    r"|离(?:家|厂|店|工地|这里|我们|学校|公司|单位)[^,。;!\n]{0,3}(?:近|不远)(?:一?点)?的(?:来|联系|才|可|人|(?=[,。;!\s)]|$))"
    rf"|{_NEAR}(?:的)?(?:居民|村民|住户|老乡|邻居|嬢嬢|阿姨|宝妈|人|群众|乡亲)?(?:的)?(?:才|来(?!往)|可报|可来|可联系|报名)"
    rf"|[招找要请](?:聘|收|几个|些|\d+名)?{_NEAR}(?:村|社区)?的?(?:居民|村民|住户|老乡|嬢嬢|阿姨|宝妈|妇女|群众|乡亲|人员)"
    rf"|[招找要请]{_NEAR}[^,。;!\n ]{{0,7}}的(?=[,。;!\s)]|$)"
    r"|(?:离得?|隔得?|住得?|屋头)(?:不远|近)(?:一?点)?的?(?:人)?(?:才)?来(?!电)"
    rf"|(?:^|[ ,。;:(|①-⑳\n]){_HERE}(?:的)?(?:居民|村民|住户|人|群众)(?=[ ,。;)|\n]|$)"
    r"|(?:太远|路远|隔得远|住得?远|住远了?|离得远|远处|远|远了|远路)的?(?:人|朋友|老乡)?(?:请|就)?(?:勿|莫|别|谢绝|算了|免谈|不得(?:要|行)|不(?:要|招|收|考虑|方便)|免|请绕|不用来|不必来)"
    r"|(?:方圆|周边|附近|住在?)?[\d一二两三四五六七八九十]{1,3}(?:公里|里路?|km|千米)(?:以内|之内|内|范围内?)的?(?:人|居民|村民|住户)?(?:才|来|可|的|优?$|(?=[,。;!\s)]|$))"
    r"|(?:超过|超出|大于)[\d一二两三四五六七八九十]{1,3}(?:公里|里|km)的?[^,。;!\n]{0,4}(?:勿|莫|别|不要|不招|不收|免)"
    r"|(?:骑车|走路|步行|骑电动车|车程)?(?:[\d一二两三四五六七八九十]{1,3}分钟|半(?:个)?小时|一(?:个)?小时)(?:以内|之内|内)(?:能|可以?)?(?:到|来|赶到)(?:岗|店|厂)?的"
    r"|(?:能|可以?|要)(?:每天|天天|当天)(?:自己)?回(?:家|屋)的"
)
_SOFT = re.compile(
    r"优先|最好|更好|优待|优惠|更佳|优选|为佳|不限|欢迎|适合|都可|均可|也可|也行|接送"
)
_SOFT_BEFORE = re.compile("优先|最好|适合|不限|欢迎|优惠")
_DENIED = re.compile(r"(?:不限?|不只|不仅|无需|不用|不必|不要求)$")
_EDGE = re.compile(r"[,。;!?\n|①-⑳]| (?!优先)")


def read_nearby_only(text: str) -> bool:
    """Tell whether folded text wants only people who live near; a preference is no limit.

    Where somebody comes from (本地人, 户籍) is another matter: the law forbids it.
    """
    if not any(sign in text for sign in _LITERALS):
        return False
    return any(_is_limit(text, match) for match in _ONLY.finditer(text))


def _is_limit(text: str, match: re.Match[str]) -> bool:
    before = _EDGE.split(text[max(0, match.start() - 6) : match.start()])[-1]
    stop = _EDGE.search(text, match.end())
    behind = text[match.end() : min(stop.start() if stop else len(text), match.end() + 12)]
    if _DENIED.search(before):
        return False
    return not (_SOFT_BEFORE.search(before) or _SOFT.search(match.group() + behind))
