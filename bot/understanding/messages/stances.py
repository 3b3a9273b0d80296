"""What the words around a named place or trade do with it: refuse it, take it out, allow it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Protocol


class Stance(Enum):
    """How a message takes something it names."""

    named = "named"
    welcome = "welcome"
    refused = "refused"
    taken_out = "taken_out"  # an old value that is replaced or struck: neither wanted nor refused


class Named(Protocol):
    """Something at a stretch of the text."""

    @property
    def start(self) -> int:
        """The first position."""
        ...

    @property
    def end(self) -> int:
        """The position behind the last."""
        ...


_REACH = 14
_NOT = r"(?:(?<![能是要去做想会有可得找收招问包管上懂跑开干打])不|莫|别(?![人个的])|甭|懒得|不消)"
_LINK = (
    r"(?:想|愿意?|得|能|肯|考虑|打算|准备|敢|喜欢|爱|再|要|用|给我|给|跟我|帮我|往我|"
    r"(?:喊|叫|让|派|安排|把|整|弄|拉|哄)(?:我|俺|咱)们?|(?:我|俺|咱)们?|(?:弄|整|送|安|塞|分|"
    r"派|拉|支|哄|推|发)(?:到|去|起去|往)|"
    r"去|切|克|到|回|来|在|推荐?|发|介绍|做|干|搞|当|跑|开|打|找|上|学|整|懂|会|安排|"
    r"派|选|接|踩|扫|洗|守|看|喂|端|送|"
    r"进厂|进场|进工地|进|往|沾|碰|那些|那种|那个|以前的?|原来的?|什么|啥子?|任何|这种|的|过|"
    r"[^,。;!? 想要找]{1,6}(?:在|住|待|呆|干过|去过|做过|过)的)"
)
_BEFORE = re.compile(
    rf"(?P<refused>只要不(?:是|在|去)|{_NOT}{_LINK}{{0,7}}|(?:做|干|搞|爬|跑|扛|踩|焊|打|开)不(?:动|得|起|"
    rf"来|了|成)|(?<!写)(?:除了|除开|除脱|除却|除去|除)(?:去|在|到|做|当|开)?)$"
    r"|(?P<taken_out>(?:(?:删掉|删了|删除|去掉|划掉|撤掉|勾掉|取消)(?:(?:上头|前头|"
    r"前面|原来|以前|里头|那个|那条)的?)?|(?<!自)由|从|不在|不住|(?<!只要)不是|离开|没在|搬离|"
    r"(?:没|冇|没有)(?:[^,。;!? ]{0,6}(?:去|到)|[^,。;!? ]?(?:做|干|搞|学|开|打|当)过?)))$"
)
_TAKES_OUT = re.compile(r"(?<!只要)不(?:在|住|是)$")
_FILL = (
    r"(?:省|市|县|区|那边|那里|那些|这些|这边|那块|那种|地方|里头|头|的话|的活路?|"
    r"的工作|的岗位|的|工|师傅|"
    r"[\u4e00-\u9fff]{1,3}那(?:边|家|个|里)|线|片|那个[\u4e00-\u9fff]{1,4}的|"
    r"[\u4e00-\u9fff]{1,3}的(?=就?(?:算了|免))|"
    r"去过(?:[一两几]?(?:次|回|趟|年))?[ ,]?(?=再?也?(?:不|莫))|"
    r"是|就|都|也|更|我|反正|暂时|以后|坚决|绝对|肯定|实在|再|这?[几两些三四]个?|全|一律|"
    r"[ ,](?=都|也|就|我?(?:不|莫|别)(?:想|得|愿意?|再|去|要|考虑|行|切|来|能|敢|回|做|"
    r"干|打算|会)*(?:了|$|[,。;!? ]))|[\"”」]|"
    r"太[\u4e00-\u9fff]{1,2}了?,?(?=我?(?:不|莫|别|免|除外|算了|就算|跳过|排除)))*"
)
_STOP = r"(?=[了的头过那这我太想就也都再起嘛哈哦噻呀现换改给帮它]|$|[,。;!?\s])"
_AFTER = re.compile(
    rf"(?P<fill>{_FILL})(?:"
    r"(?P<refused>(?:不|莫|别|甭|懒得)(?:想|愿意?|得|能|肯|打算|准备|敢|要|用|再|给我|跟我|往我)*"
    rf"(?:(?:去|切|克|来|考虑|推|发|介绍|回|到|喜欢|喊|叫|派|安排|提|谈|说|往|想(?!到|起))(?!不|人)|(?:做|干|搞|当|跑|"
    rf"开|打|找|整|弄|会|懂|接|行|要){_STOP})"
    r"|写到不去|放到不去|(?:做|干|搞|跑|开|打|焊|踩|当|爬|扛|弄)不(?:动|得|起|来|下去|"
    r"了|成)|去不(?:得|了|起|成)|算了| ?我?哪里?会|除外|免谈|免了|排除|跳过|拉倒|不在内|"
    r"不算在内|不作?数|"
    r"不(?=,)|打死不|莫得兴趣|没(?:得)?兴趣|死都不)"
    r"|(?P<taken_out>(?:那|这)?一?(?:项|个|条|样)?(?:念头|手艺|工种|资料)?(?:给我|帮我|我|麻烦)?"
    r"(?:删|去掉|划掉|勾掉|写成|划脱|取消|拿掉|作废|换成|改成|改为|换到|改到|转到|→|->|"
    r"是我?(?:瞎|乱)?(?:写|填|登)|(?:写|填|登)错|"
    r"(?:都|全)?(?:待|呆|去)过))"
    r"|(?P<welcome>优先|更好|最好|可以|要得|行|得行|愿意|能去|ok|无所谓|做得来|"
    r"(?<=[都也就])(?:中|得|好|去|跑|接|留|会|做过|干过|能|摸过|成|写)))"
)
_TIGHT = re.compile(
    r"(?:省|市|县|区|线|那边|这边)?(?:、|/|和|跟|与|或者?|还有|及|以及|、?或者?|还是)*"
)
_LOOSE = re.compile(r"(?:那边|这边)?[ ,、]{1,3}(?:或者?|还有|和)?")
# 早前报的普工,换成焊工: what was stored gives way to what is said behind it.
_WRITTEN = re.compile(
    "(?:写|填|登|报|存|选|录|说)(?:的|成|了|起)+(?:是|想|要|去|在|到|做)*$"
    "|(?:电脑上|系统[里头上]+|资料[里头上]+)[^,。;!?]{0,6}$"
)
_CHANGED = re.compile("改|换|变成|取消|作废|不去|不要|划掉|删掉")
_EXCEPT = re.compile("除[了开脱却去]?[去在到做当开]?$")
_ALL = re.compile("都|全|一律|两[个样]|这[几两些]")
_BESIDES = re.compile(r"[^,。;!?]{0,8}[ ,]?[^,。;!?]{0,4}(?:还|也)")
_REST = re.compile("其他|其它|别的|哪|任何|随便|到处|都")


def stances(text: str, mentions: Sequence[Named]) -> list[Stance]:
    """Judge each of the mentions, which stand in the order of the text and do not overlap.

    A list (广东、福建 and 云南 贵州) shares the words before and behind it.
    """
    found: list[Stance] = []
    for run in _runs(text, mentions):
        found.extend(_of_run(text, run))
    return found


def _runs(text: str, mentions: Sequence[Named]) -> list[list[list[Named]]]:
    """Put neighbours together: lists of blank-parted groups of what 、 or 和 joins."""
    runs: list[list[list[Named]]] = []
    last: Named | None = None
    for mention in mentions:
        gap = "。" if last is None else text[last.end : mention.start]
        if _TIGHT.fullmatch(gap):
            runs[-1][-1].append(mention)
        elif _LOOSE.fullmatch(gap):
            runs[-1].append([mention])
        else:
            runs.append([[mention]])
        last = mention
    return runs


def _of_run(text: str, run: list[list[Named]]) -> list[Stance]:
    before = _before(text, run[0][0].start, run[0][-1].end)
    after, covers_all = _after(text, run[-1][-1].end)
    excepts = bool(_EXCEPT.search(text[: run[0][0].start]))
    result: list[Stance] = []
    for place, group in enumerate(run):
        stance = Stance.named
        is_last = place == len(run) - 1
        if after is not Stance.named and (is_last or covers_all):
            stance = after
        # 不去广东,福建石狮 refuses the first alone; 除了西藏 青海 leaves both out.
        if before is not Stance.named and (place == 0 or (excepts and after is not Stance.refused)):
            stance = before
        result.extend([stance] * len(group))
    return result


def _before(text: str, start: int, end: int) -> Stance:
    head = text[max(0, start - _REACH) : start]
    match = _BEFORE.search(head)
    if match is None:
        is_old = _WRITTEN.search(head) and _CHANGED.search(text, end)
        return Stance.taken_out if is_old else Stance.named
    if match["taken_out"]:
        return Stance.taken_out
    if match["refused"].startswith("除"):
        besides = _BESIDES.match(text, end) and not _REST.match(
            text[end : end + 4].lstrip(" ,那边以外之的")
        )
        return Stance.welcome if besides else Stance.refused
    if _TAKES_OUT.search(head):
        return Stance.taken_out
    return Stance.refused


def _after(text: str, end: int) -> tuple[Stance, bool]:
    match = _AFTER.match(text, end, end + 2 * _REACH)
    if match is None:
        return Stance.named, False
    stance = Stance(match.lastgroup) if match.lastgroup != "fill" else Stance.named
    return stance, bool(_ALL.search(match["fill"]))
