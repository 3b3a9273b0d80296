"""What the words around a place make of it: a wish, a home, or a place of the past."""

from __future__ import annotations

import re

from bot.understanding.messages.polarity import Clause, asks_for_work, clause_at
from bot.understanding.messages.stances import Stance
from bot.understanding.places.finder import OpenPlace, PlaceMention
from bot.understanding.values import Context, Intent

# Here a place tells where something happened, or what a rule or a course is about.
_SELDOM_WISHES: frozenset[Intent] = frozenset(
    (
        "complain_wages",
        "checkin_reply",
        "policy_question",
        "training",
        "unsubscribe",
        "delete_my_data",
        "talk_to_human",
        "greeting",
        "apply",
    )
)
_REACH = 12
_LIVES = re.compile(
    r"(?:(?:我|俺|咱|本人|他|她|人|家|我屋|屋|屋头|屋里|家里|老家|户口|娘家|娘屋|婆家|"
    r"亲家)(?:们|也|就|原本|本来|是|还|都|一家|屋头|现在)*"
    r"(?:在|住在?|是|来自|是从|搬到|搬来|搬回|嫁到|生在|待在|呆在)|(?:家|户口|老家|"
    r"祖籍|籍贯)[:：]?|来自|住在?|搬到|搬来|搬回(?:了)?|嫁到|出生在?|户籍)(?:是|在)?$"
)
_WORKS_THERE = re.compile(
    r"[^,。;!?\s]{0,8}(?:找|有没|有不|招|上班(?!过|了|的时候)|(?<!打)工作(?!过|了|"
    r"的时候)|活(?!干)|看看|看哈|看下|干活|做事|搞事|优先|更好|最好|也行|可以|都行)"
)
_FROM_THERE = re.compile(
    r"(?:省|市|县|区|镇|乡)?(?:本地)?(?:人|籍|户口|户籍|老家|的人|老乡)(?=[,。;!?\s]|$|"
    r"想|要|今年|男|女|\d|[一二三四五六七八九]十)"
    r"|(?:省|市|县|区|镇|乡|那边)?(?:过来|出来|上来|下来|搬来|嫁来|来|出身|土生土长|长大)的"
    r"(?=[,。;!?\s]|$|男|女|\d)"
)
_FROM_ITS_PEOPLE = re.compile(
    "(?:的)?(?:师傅|老板|老乡|凉菜|菜(?!市|场|厂|园|地|基地)|话(?!务)|口音|口味|小吃(?!店|街))"
)
_DISLIKED = re.compile(
    "太(?:卷|累|远|热|苦|贵|低|少|忙|乱|挤|冷)|划不来|不好(?:做|找|干)|工资低|没得?活|"
    "(?:厂|场|工地|店|那边)[^,。;!?]{0,4}(?:不开|没开|关了|关门|停|垮|倒闭|搬走|招满|不招)"
)
_BELONGING = re.compile(
    r"(?:这边|那边|那面|这里|本地|农村|乡下|乡头|[\u4e00-\u9fff]{2}(?:镇|乡|村))?(?:的|"
    r"嘞|哩)(?:哈|哦|嘛|噻)?(?=[,。;!?\s]|$)"
)
_BELONGING_TO_ME = re.compile(r"(?:的|嘞|哩)(?=[,。;!?\s想要今男女\d]|$|[二三四五六七八九]十)")
_SELF = re.compile(r"(?:我|俺|咱|他|她|本人|家)(?:们|屋头|家)?(?:也)?(?:是|就是)?$")
_WANTS = re.compile(
    r"(?:要|找|看|推|发|有没得?|有|去|到|在|回|想|给我|来|招|换|想要)[^,。;!?\s]{0,3}$"
)
_RELATIVE = re.compile(
    r"(?:妈|爸|爹|娘|哥|姐|弟|妹儿?|老表|老公|婆娘|老婆|男人|儿子?|女儿?|姑娘|娃儿?|"
    r"孩子|舅舅|叔叔|亲戚|亲家|朋友|老乡|同学|一个|有的)"
    r"(?:们|他们|都|也|现在|还|屋头|就|大学|去年|一家)*(?:在|去|到|嫁到|住在?)$"
)
_WAS_THERE = re.compile(
    r"(?:省|市|县|区|那边|那里|这边|[\u4e00-\u9fff]{0,4}?)(?:都|也|已经)?(?:打工|做工|"
    r"上班|做活|干活|进厂|干|做|待|呆|搞|住|打|跑|当|开|带|考|摸|修|踩|炒|把)"
    r"(?:[\u4e00-\u9fff]{0,4}?)(?:过|了|的时候|那阵|那年|好几年|多年)(?!才)"
)
_BEEN_THERE = re.compile(r"(?:那边|这边|省|市|也|都|全|已经)*(?:跑|做|干|打工|待|呆|去|住)过")
_LEFT = re.compile(
    r"[^,。;!?]{0,8}(?:拢头|完工|结束|停工|干完|做完|修完|(?<![不没])辞|倒闭|垮)|"
    r"(?:那边|那里|厂|工地|打工|上班|做活)*(?:才|刚|刚刚)?(?:回来|出来|搬回|转来|回到|"
    r"的活[^,。]{0,4}(?:辞|丢|干完|做完)|(?:车|火车|大巴|票|路费|车费))"
)
_GOES = re.compile(
    r"(?:想|要|打算|准备|改成|改到|换到|换成|就在|只在|去|到|回|克|切|给我找|帮我找)(?:的|个|"
    r"了)?(?:在|去|到|回|来|克|切)?$"
)
_GOES_OUT = re.compile(
    "(?:想|要|打算|准备|愿意|可以|能)(?:走|跑|去|出去?|到)(?:远|外面|外头|外地|外省|省外|沿海)|出省|沿海|省外"
)
_GOES_TOO = re.compile(
    "(?:我|俺)(?:也|就|都|还)*想(?:去|克|切|过去|跟起去|跟到去)(?![\u4e00-\u9fff])|"
    "收不收人|招不招人|要不要人|(?:还|在)(?:收|招|要)人"
)


class PlaceJudge:
    """Tells for each place of one text what the words around it make of it."""

    def __init__(
        self,
        text: str,
        clauses: list[Clause],
        mentions: list[PlaceMention],
        found: list[Stance],
        intent: Intent,
        context: Context,
    ) -> None:
        self._text = text
        self._clauses = clauses
        self._mentions = mentions
        asked = (context.question or "").rpartition(".")[2]
        self._only_wishes = intent in _SELDOM_WISHES or asked == "home"
        self._asked_home = asked == "home"
        self._registers = intent in ("register", "update_profile")
        self._asked_place = asked in ("place", "places", "location", "locations")
        self._goes_elsewhere = bool(_GOES_OUT.search(text)) or any(
            _GOES.search(text[max(0, one.start - _REACH) : one.start])
            for one, stance in zip(mentions, found, strict=True)
            if stance is not Stance.refused
        )

    def is_idle(self, one: PlaceMention | OpenPlace) -> bool:
        """Tell whether the message is of a kind in which this clause wishes nothing."""
        if not self._only_wishes:
            return False
        clause = clause_at(self._clauses, one.start)
        return not asks_for_work(self._text, clause)

    def wants(self, one: PlaceMention | OpenPlace, stance: Stance) -> bool:
        """Tell whether work is wanted there."""
        if stance in (Stance.refused, Stance.taken_out) or self.is_idle(one):
            return False
        clause = clause_at(self._clauses, one.start)
        start, end = self._chain(one)
        head = self._text[max(clause.start, start - _REACH) : start]
        rest = self._text[end : max(clause.end, end)]
        if self._is_origin(head, rest):
            return False
        goes = _GOES.search(head)
        if _BEEN_THERE.match(rest):
            return False
        if stance is Stance.welcome:
            return True
        if clause.past and not goes:
            return False
        return not self._is_elsewhere(head, rest, clause)

    def is_home(self, one: PlaceMention | OpenPlace) -> bool:
        """Tell whether the person comes from there or lives there: 我云阳的, 家住罗江."""
        clause = clause_at(self._clauses, one.start)
        start, end = self._chain(one)
        head = self._text[max(clause.start, start - _REACH) : start]
        rest = self._text[end : max(clause.end, end)]
        if self._asked_home:
            return True
        return self._is_origin(head, rest) or _LIVES.search(head) is not None

    def follows(self, one: PlaceMention, stance: Stance) -> bool:
        """Tell whether the only place named is where others are and the writer wants to go too."""
        alone = len(self._mentions) == 1 and stance in (Stance.named, Stance.welcome)
        return alone and not self._only_wishes and bool(_GOES_TOO.search(self._text, one.end))

    def _chain(self, one: PlaceMention | OpenPlace) -> tuple[int, int]:
        """Return the stretch of a place with those written right around it: 罗江略坪."""
        start, end = one.start, one.end
        for other in self._mentions:
            if other.start <= end <= other.end:
                end = other.end
        for other in reversed(self._mentions):
            if other.start <= start <= other.end:
                start = other.start
        return start, end

    def _is_elsewhere(self, head: str, rest: str, clause: Clause) -> bool:
        """Tell whether somebody only is, was or knows somebody there."""
        if _LEFT.match(rest) or _RELATIVE.search(head):
            return not (clause.wishes and _WORKS_THERE.match(rest))
        if _WAS_THERE.match(rest) and not clause.wishes:
            return True
        if _LIVES.search(head):
            return not _WORKS_THERE.match(rest)
        if self._goes_elsewhere and _DISLIKED.search(self._text, clause.start, clause.end):
            return True
        in_there = head.endswith("在") and not _GOES.search(head)
        return in_there and self._goes_elsewhere and not clause.wishes

    def _is_origin(self, head: str, rest: str) -> bool:
        if _FROM_THERE.match(rest) or _FROM_ITS_PEOPLE.match(rest):
            return True
        if _SELF.search(head) and _BELONGING_TO_ME.match(rest):
            return True
        if not _BELONGING.match(rest) or self._asked_place:
            return False
        if _SELF.search(head):
            return True
        if _WANTS.search(head) or rest.startswith(("那边", "那面", "本地")):
            return False
        return self._registers or self._goes_elsewhere
