"""Who is to be placed: the writer, or a relative or friend."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.messages.found import Found
from bot.understanding.messages.kin_words import NOT_BEHIND, PARENTS, SEX
from bot.understanding.values import Gender, Intent


def _one_of(words: list[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        word + (f"(?!{NOT_BEHIND[word]})" if word in NOT_BEHIND else "") for word in longest_first
    )


_SURNAME = "[李王张陈刘杨赵黄周吴徐孙胡朱高林何郭马罗邓谢唐冯曾彭]"
_RANK = f"(?:[大二三四五六幺小老表堂干亲]|隔壁|邻居|{_SURNAME})"
_MINE = (
    "(?:我们?屋?(?:头|里|家)?|俺们?家?|咱们?家?|你们?|屋头|屋里|家里|家头|隔壁|他|她)(?:的|"
    "那个?|这个?)?"
)
_LONG = _one_of([word for word in SEX if len(word) > 1])
_SHORT = _one_of([word for word in SEX if len(word) == 1])
_KIN = re.compile(
    "(?P<help>(?:帮|给|替|为|把|问|托|让|送|叫|喊)(?:[下一到]|哈)*)?"
    rf"(?P<mine>{_MINE})?(?:(?:{_LONG})的)?"
    f"(?:(?:娃儿?|孩子|细娃|娃娃)[他她的]?(?P<parent>{_one_of(list(PARENTS))})"
    f"|{_RANK}{{0,2}}(?P<long>{_LONG})"
    f"|{_RANK}{{1,2}}(?P<ranked>{_SHORT})"
    f"|(?<=[我俺咱他她家屋头给帮])(?P<short>{_SHORT}))"
)
_MAY_BE_KIN = re.compile(
    "[妈爸爹娘公婆媳嫂姐妹哥弟姑姨嬢孃舅叔伯婶侄甥儿女男崽伢孙友乡戚居伴口当丫闺堂岳父"
    "母娃汉头表子老伙]"
)
# What the helper does for the person.
_HELPED = re.compile(
    "(?:的|也|先|都|来|去|他|她|在|一起|也要|再|把|这个?|那个?)*(?:问|找|登|看|报|录|"
    "选|介绍|瞅|瞄|瞧|留意|写|填|寻|打听|挂|注册|整|弄|办|入|安排|推荐|投|建|加|改|"
    "变更|更新|信息|资料|名字|年龄|工资|电话(?!改)|岁数|学|谋|讨|求|[:,]|$|\\s)"
)
_ASKED_ME = re.compile("(?:喊|叫|让|托|请)(?:我|俺)(?:帮|给|替|来|问|登|报)?")
_AGED = re.compile(
    "(?:也|都|呢|她|他|是|今年|已经|才|满|刚满|快|虚岁|岁数|年纪|今年都|大专|初中|高中|[, ])*"
    "(?:\\d{2}(?!\\d|[块元年天])|[二三四五六七八]?十[一二三四五六七八九]?(?:岁|了|出头|"
    "多|几|[,。 女男]|$|今年))"
)
_ABLE = re.compile(
    "(?:(?:才|刚|刚刚|前天|昨天|上个月)*从[^,。 ]{1,10}(?:回|来|转|出)[来屋家去了]*"
    "(?:投靠我|跟我住)?[, ]?"
    "(?=[^我俺]*$|[^我俺]{4})|"
    "来(?:做|干|上班|应聘|报名|找|学)|去(?:做|干|上班|应聘|报名|学)(?!过)|"
    "(?:也|都|她|他|呢|就|一直|现在|今年|以前|原来|之前|前年|去年|刚|还|从小|人|老实|"
    "[, ]|[在是][^,。 ]{1,8}|个|的|这么多年)*"
    "(?:,?不是我|的(?:年龄|岁数|工资|名字|资料|信息|技能|地址|要求)|是[^,。]{1,12}的|[^,。 "
    "我]{0,9}(?:毕业|失业|退伍|下岗|丢了|没(?:得)?做|遭裁|裁|辞|停工|不干了|没上班|没考|不读|"
    "大专|中专|职高|技校|想(?!起|来看)|会(?!儿|员)|打算|愿意)|想|要(?!照|管|我|结|生|"
    "换|开刀|做手术)|会(?!不)|能(?!不)|做[过得的了]?|干[过得的]?|养过|开过?|跑过?|"
    "当过?|学(?!校)|愿意|打算|找|没得?事|没活|失业|下岗|退伍|"
    "毕业|不读书|没读书|搞|踩|扎|砌|打(?!来|给|电话)|属|[^,。 ]{0,6}证|腰|耳朵|"
    "不会(?:用|整)|坐不住|登|肯出力|身体(?:好|壮|还行|硬)|闲不住))"
)
_MENTIONED = re.compile(
    "(?:他们|们)?(?:说(?!想)|讲|喊我(?!帮|问|给|替|来)|天天(?!说闲)|劝|骂|开店|在读|"
    "读(?!书少)|上学|上幼儿园|结婚|生病|病|瘫|中风|住院|走了|过世|去世|死|没人|"
    "还小|要照|要人|要管|要接|带(?!过|人)|在家带|一路|一起|去年在|身体(?!好|壮|还|硬)|"
    "在那边|那里|的电话|的号|乱登|都大|都在|打(?:来|给|电话)|在外|不让我|按的|"
    "年纪大|老了|岁数大|"
    "的手机|[^,。 ]{0,6}(?:念我|(?<![不没冇])(?<!不想)读书|读大学|读高中|读初中|上大学|上小学|"
    "在部队|中考|高考|照顾))"
)
_WITH = re.compile(
    "(?:和|跟|同|与|陪|照顾|照看|服侍|跟到|跟着|带|管|养|离|靠|遭|像|找|住|接送|接|"
    "伺候|有)(?:我|俺|他|她)?$"
)
_PRONOUN = re.compile("[他她]")
_FIRST_PERSON = re.compile(
    "(?<!不是)(?<![靠跟住离])(?:我|俺|本人)(?!们|家|屋|的|帮|替|给|想(?:帮|给|替)|问|托)"
)
_BESIDE_ME = re.compile("[我俺](?:和|跟|同|与)$")
_GROUP = frozenset(("两口子", "夫妻"))
_HELPER, _ASKER, _SUBJECT, _TOLD, _ALONE = 6, 5, 4, 3, 2

# Here a relative of whom nothing more is told is the one it is about.
_BEFALLS: frozenset[Intent] = frozenset(("complain_wages", "report_unemployed"))
_NO_PERSON: frozenset[Intent] = frozenset(("greeting", "other"))


@dataclass(frozen=True, slots=True)
class Kin:
    """A relative or friend named at a stretch; `weight` tells how surely to be placed."""

    word: str
    gender: Gender | None
    start: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The person to be placed.

    Attributes:
        kin: The word for somebody else who is to be placed; None for the writer.
        gender: The sex that the word tells.
        named: Every relative or friend named, the placed one included, in order.
    """

    kin: Found[str] | None = None
    gender: Gender | None = None
    named: tuple[Kin, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether enough is told of the one named to take them for the person to be placed."""
        return any(kin.weight >= _TOLD for kin in self.named)


def find_placed(text: str) -> Placed:
    """Tell from folded text whether the writer or somebody else is to be placed."""
    if _MAY_BE_KIN.search(text) is None:
        return Placed()
    named = tuple(_kin_of(text, match) for match in _KIN.finditer(text))
    best = max(named, key=lambda kin: kin.weight, default=None)
    if best is None or best.weight < _ALONE:
        return Placed(named=named)
    several = best.word in _GROUP or bool(
        _BESIDE_ME.search(text[max(0, best.start - 3) : best.start])
    )
    return Placed(Found(best.word, best.start, best.end), None if several else best.gender, named)


def sex_of_kin(placed: Placed, intent: Intent) -> Gender | None:
    """Return the sex that the word for the person tells, if the message is about placing them."""
    if placed.kin is None or intent in _NO_PERSON:
        return None
    return placed.gender if placed.is_sure or intent in _BEFALLS else None


def _kin_of(text: str, match: re.Match[str]) -> Kin:
    name = match.lastgroup or "long"
    base = match[name]
    gender = PARENTS[base] if name == "parent" else SEX[base]
    head = match.end("mine") if match["mine"] else match.end("help") if match["help"] else -1
    word = text[max(head, match.start()) : match.end()]
    return Kin(word, gender, match.start(), match.end(), _weight(text, match))


def _weight(text: str, match: re.Match[str]) -> int:
    """Weigh how surely the one named is to be placed; nothing means: only mentioned."""
    before = text[max(0, match.start() - 4) : match.start()]
    after = text[match.end() : match.end() + 18]
    if _WITH.search(before) or _MENTIONED.match(after):
        return 0
    if match["help"]:
        helped = (
            _HELPED.match(after)
            or _AGED.match(after)
            or re.match("[^,。 ]{0,3}(?:想|找)|去(?!了|年)", after)
        )
        return _HELPER if helped else 0
    if not _is_subject(text, match, before[-1:]):
        return 0
    asked = _ASKED_ME.match(after)
    if asked is not None:
        return 0 if _speaks_of_self(text[match.end() + asked.end() :]) else _ASKER
    if before.endswith("是") and after[:1] in ("", " ", ",", "。"):
        return _SUBJECT
    tells = bool(_AGED.match(after)) or bool(_ABLE.match(after))
    rest = text[match.end() :]
    if _PRONOUN.search(rest):
        return _SUBJECT if tells else _TOLD
    if tells and not _speaks_of_self(rest):
        return _TOLD
    return _ALONE if match["mine"] and not _speaks_of_self(rest) else 0


def _speaks_of_self(rest: str) -> bool:
    return any(_KIN.match(rest, found.start()) is None for found in _FIRST_PERSON.finditer(rest))


def _is_subject(text: str, match: re.Match[str], before: str) -> bool:
    """Tell whether the word stands at the head of a thought."""
    if match["mine"] and match["mine"][0] in "我俺咱":
        return True
    return before in ("", " ", ",", "。", ";", "!", "?", "是", "、")
