"""Which trades the person to be placed has or asks for, and which are refused or given up."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.understanding.messages.housekeeping import HOUSEKEEPER, cooks_at_home
from bot.understanding.messages.polarity import Clause, asks_for_work, clause_at, index_at
from bot.understanding.messages.stances import Stance, stances
from bot.understanding.occupations.trades import GENERAL, TradeMention
from bot.understanding.values import Intent
from bot.understanding.writing.folding import fold
from bot.understanding.writing.lexicon import Lexicon
from content.spoken_trades import SpokenTrades

# What a message of these kinds names is somebody's present or former work, or a rule's subject.
_NAMES_NO_TRADE: frozenset[Intent] = frozenset(
    (
        "complain_wages",
        "policy_question",
        "unsubscribe",
        "delete_my_data",
        "talk_to_human",
        "training",
        "greeting",
    )
)
# 我是架子工, 我打灰的, 还是踩缝纫机: what somebody is, whatever the message is about.
_IS_ONE = re.compile(
    "(?:我|俺|本人|她|他|咱)(?:们)?(?P<sure>(?:是|就是|这个|原来|原来是|本来是|一个|"
    "有)*(?:个|搞|做|干|开|跑|当|在?车间)?)$|"
    "(?P<still>(?:还是|还在)(?:个|搞|做|干|开|跑|当|当个)?)$"
)
_LEADS_CLAUSE = re.compile("的(?!活路?|工作|岗|厂|店|班|课|钱|工钱)")
_PEOPLE = "[一二两三四五六七八九十几半多好\\d]"
# 养过猪, 开了三年挖机: what stands between the verb and its object.
_ASPECT = re.compile(
    "(?<=[养喂种栽摘采开跑做打扫洗带看守修装送端切炒煮蒸搭扎砌贴刷粉刮编剥杀搬卸踩烧拉护缝理剪拖])"
    rf"(?:(?:过|了|起|个|哈|下|惯|得来)(?:{_PEOPLE}{{1,3}}(?:年|个月|辈子))?|"
    rf"{_PEOPLE}{{1,3}}(?:年|个月|辈子))"
    "(?:的|了)?(?=[\u4e00-\u9fffa-z])"
)
# 砖也砌得: the thing stands before its verb.
_TURNED_ROUND = re.compile(
    "(?:我|还)?[也都](?:还|能|会|可以)?"
    "(?P<verb>[砌粉刮刷贴扎绑搭喂养种栽摘采扫洗焊开切炒煮蒸带守修装安缝剪编杀搬卸踩])"
    "(?=得|过|会|了|起|来|[,。;!? ]|$)"
)
_LONGEST_THING = 3
_FEE_BEFORE = re.compile("(?:要|不|莫|乱|先|敢|又|还|喊|没|来)$")
_FEE_AFTER = re.compile("不(?!少)|吗|没|才|的(?:哦|吧|啊)")
_MOVED = re.compile("到|了|去|来|回")
_TYPES = re.compile("(?:会|能|做|当|干|招|学)(?:点)?$")
_FOR_A_PERSON = re.compile("(?:人工|找|转|叫|喊|要|接)个?$")
_ACTS = re.compile("(?:说|不让|喊|拦|讲|骂|不准|把我|叫我|跟我)")
_HOUSEHOLD = re.compile(
    "做饭|煮饭|弄饭|带(?:娃|孩|小孩|老人)|看(?:娃|孩)|(?:照顾|照料|照看|服侍|伺候|护理|"
    "陪|守|看)(?:老|病人)|"
    "家务|炒菜|喂|农活|种地|种田|打谷|插秧|栽秧"
)
# What a housekeeper does is no trade beside it.
_CHORES = re.compile("做饭|煮饭|打扫|拖地|洗碗|扫地|做清洁|做卫生")
_AT_HOME = re.compile(
    "(?:回(?:家|来|屋|去)|家[里头]|屋[头里]|给(?:他|她|老|娃|孩|家|屋|孙|我|"
    "儿)[^,。]{0,4}|要|得|天天|每天|各人|在家|没人|没得人|等)$"
)
_RIDES = re.compile("(?:坐|搭|乘|赶|挤|打|叫|有)(?:个|辆|起)?$")
_IN_A_FIRM = re.compile("[司里园家分交益路安]")


@dataclass(frozen=True, slots=True)
class Skills:
    """Canonical words wanted and refused, in the order said, and where anything was named."""

    wanted: tuple[str, ...]
    refused: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


class SkillReader:
    """Reads the trades of messages: the trades' own words, spoken ones and misspelt ones."""

    def __init__(self, spoken: SpokenTrades) -> None:
        self._said = {fold(said): word for said, word in spoken.words.items()}
        self._lexicon = Lexicon(self._said)
        self._workplaces = spoken.workplaces

    def named(self, text: str) -> list[TradeMention]:
        """Find the trades of folded text without phones, wanted or not."""
        # 公 in 公司 must not make a misspelt 工 of the word before: 搬家公司.
        searched = text.replace("公司", "  ")
        found = cooks_at_home(
            text, [one for one in self.find(searched) if not _is_no_trade(text, one)]
        )
        turned = [
            one
            for one in self._turned_round(text)
            if all(one.end <= other.start or other.end <= one.start for other in found)
        ]
        return sorted((*found, *turned), key=lambda one: one.start) if turned else found

    def read(
        self, text: str, clauses: list[Clause], intent: Intent, mentions: list[TradeMention]
    ) -> Skills:
        """Judge what `named` found."""
        if not mentions:
            return Skills((), (), ())
        spans = tuple((one.start, one.end) for one in mentions)
        judged = _give_up(list(zip(mentions, stances(text, mentions), strict=True)), clauses)
        kept = [
            (one, stance)
            for one, stance in judged
            if _counts(intent, one) or _tells_of_self(text, clauses, one)
        ]
        wanted = self._without_workplaces(
            text, [one for one, stance in kept if stance in (Stance.named, Stance.welcome)], clauses
        )
        latest = {one.word: stance for one, stance in judged}
        wanted = [word for word in wanted if latest[word] in (Stance.named, Stance.welcome)]
        refused = [one.word for one, stance in kept if stance is Stance.refused]
        return Skills(
            tuple(dict.fromkeys(wanted)),
            tuple(dict.fromkeys(word for word in refused if word not in wanted)),
            spans,
        )

    def find(self, text: str) -> list[TradeMention]:
        """Find every trade of folded text in order; 养过猪 is found as 养猪."""
        if _ASPECT.search(text) is None:
            return self._find_plain(text)
        kept: list[int] = []
        last = 0
        for aspect in _ASPECT.finditer(text):
            kept.extend(range(last, aspect.start()))
            last = aspect.end()
        kept.extend(range(last, len(text)))
        squeezed = "".join(text[place] for place in kept)
        return [
            replace(one, start=kept[one.start], end=kept[one.end - 1] + 1)
            for one in self._find_plain(squeezed)
        ]

    def _turned_round(self, text: str) -> list[TradeMention]:
        """Find what is said with the thing first: 墙也粉得 is 粉墙."""
        found = []
        for match in _TURNED_ROUND.finditer(text):
            start = max(0, match.start() - _LONGEST_THING)
            thing = text[start : match.start()]
            names = ((match["verb"] + thing[skip:], skip) for skip in range(len(thing)))
            named = next(((name, skip) for name, skip in names if name in self._said), None)
            if named is not None:
                name, skip = named
                found.append(TradeMention(self._said[name], name, start + skip, match.end()))
        return found

    def _find_plain(self, text: str) -> list[TradeMention]:
        return [
            TradeMention(self._said[one.name], one.name, one.start, one.end)
            for one in self._lexicon.find(text)
        ]

    def _without_workplaces(
        self, text: str, mentions: list[TradeMention], clauses: list[Clause]
    ) -> list[str]:
        """Drop a workplace (养老院, 进厂) beside a trade proper, and a former one."""
        proper = {one.word for one in mentions if one.raw not in self._workplaces}
        at_elders = any(one.word == "养老护理员" for one in mentions)
        words = []
        for one in mentions:
            if one.word != HOUSEKEEPER and HOUSEKEEPER in proper and _CHORES.match(one.raw):
                continue
            rest = text[one.end : one.end + 2]
            is_workplace = one.raw in self._workplaces and not rest.startswith(("都", "也"))
            if is_workplace and (proper - {one.word} or clause_at(clauses, one.start).past):
                continue
            if one.raw == "护理员" and at_elders:
                words.append("养老护理员")
                continue
            if one.word == GENERAL and clause_at(clauses, one.start).past:
                continue
            words.append(one.word)
        return words


def _counts(intent: Intent, mention: TradeMention) -> bool:
    """Tell whether a trade is the person's in every message of an intent."""
    if intent == "checkin_reply":
        is_general = mention.word == GENERAL and mention.raw != GENERAL
        return not is_general and not _HOUSEHOLD.match(mention.raw)
    return intent not in _NAMES_NO_TRADE


def _tells_of_self(text: str, clauses: list[Clause], mention: TradeMention) -> bool:
    """Tell whether a message about something else says what the writer is, or asks for work."""
    clause = clause_at(clauses, mention.start)
    if asks_for_work(text, clause):
        return True
    if mention.end - mention.start > len(mention.raw) + 1:
        return True  # years or 过 stand inside: 砌了二十年砖
    is_one = _IS_ONE.search(text[clause.start : mention.start])
    if is_one is not None and (is_one["sure"] or is_one["still"]):
        return True
    if is_one is not None:
        return mention.raw.endswith("证") or bool(_LEADS_CLAUSE.match(text, mention.end))
    return mention.start == clause.start and bool(_LEADS_CLAUSE.match(text, mention.end))


def _is_no_trade(text: str, mention: TradeMention) -> bool:
    """Tell whether the words mean something else here: 收不收钱, 搬家了, 回家煮饭, 门卫说."""
    before = text[max(0, mention.start - 8) : mention.start]
    after = text[mention.end : mention.end + 6]
    raw = mention.raw
    for words, is_other in _OTHER_MEANINGS:
        if words.match(raw) is not None:
            return is_other(before, after)
    if raw.endswith("公") and _IN_A_FIRM.match(after):
        return True
    return bool(_ACTS.match(after)) and raw.endswith(("卫", "安", "员", "师", "工"))


def _is_fee(before: str, after: str) -> bool:
    return bool(_FEE_BEFORE.search(before) or _FEE_AFTER.match(after))


def _is_ride(before: str, _: str) -> bool:
    return bool(_RIDES.search(before))


def _is_on_scaffold(before: str, after: str) -> bool:
    return after.startswith(("上", "高")) or before.endswith(("货", "从"))


def _is_leaving(_: str, after: str) -> bool:
    return after.startswith(("行李", "东西", "走", "回"))


def _is_moving(_: str, after: str) -> bool:
    return bool(_MOVED.match(after))


def _is_helper(before: str, after: str) -> bool:
    asks = _FOR_A_PERSON.search(before) or after.startswith("电话")
    return bool(asks) and not after.startswith(("的活", "工作", "岗"))


def _is_typing(before: str, _: str) -> bool:
    return not _TYPES.search(before)


def _is_housework(before: str, after: str) -> bool:
    is_asked_for = after.startswith(("的", "师傅", "阿姨"))
    at_home = bool(_AT_HOME.search(before)) and not is_asked_for
    return at_home or after.startswith(("带到", "带起"))


# Words of trades that mean something else in some surroundings, and what tells it.
_OTHER_MEANINGS: tuple[tuple[re.Pattern[str], Callable[[str, str], bool]], ...] = (
    (re.compile(r"收(?:钱|费)\Z"), _is_fee),
    (re.compile(r"(?:公交车?|客车|大客车|中巴|出租车|网约车|滴滴|货车|大货车?|大巴)\Z"), _is_ride),
    (re.compile(r"架子\Z"), _is_on_scaffold),
    (re.compile(r"打包\Z"), _is_leaving),
    (re.compile(r"搬家\Z"), _is_moving),
    (re.compile(r"客服\Z"), _is_helper),
    (re.compile(r"(?:打字|接电话)\Z"), _is_typing),
    (_HOUSEHOLD, _is_housework),
)


_Judged = list[tuple[TradeMention, Stance]]


def _give_up(judged: _Judged, clauses: list[Clause]) -> _Judged:
    """Refuse what a later clause gives up without naming it: 原来砌砖的, 早就搞不动了."""
    places = [index_at(clauses, one.start) for one, _ in judged]
    result = list(judged)
    for index, clause in enumerate(clauses):
        if not clause.gives_up:
            continue
        own = [number for number, place in enumerate(places) if place == index]
        earlier = [place for place in places if place is not None and place < index]
        if own or not earlier:
            continue
        nearest = max(earlier)
        for number, place in enumerate(places):
            if place == nearest:
                result[number] = (result[number][0], Stance.refused)
    return result
