"""What a message about lost work or a wrong says: which wrong, or only a holiday."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.understanding import WorkerReading
from bot.understanding.intents.words import ON_LEAVE
from bot.understanding.writing.folding import fold
from storage.states import Matter

FOR_GOOD = re.compile(
    r"垮|倒闭|关门|炒|辞|裁|开除|失业|散伙|丢了?工作|(?:没|不)(?:做|干|搞)(?:了|咯)"
)
TAKEN_BACK = re.compile(
    r"(?:只是|就是|其实是?|是)(?:厂里|公司|工地)?(?:放|请)[^,。;!?]{0,3}假|说错了.{0,4}还在"
)


class Wrong(StrEnum):
    """What was done to somebody; each has its words in the text catalogue."""

    HURT = "hurt"
    PAY = "pay"
    PAPERS = "papers"
    MONEY_TAKEN = "money_taken"
    DECEIVED = "deceived"
    OTHER = "other"


# The gravest first: only one of them is repeated back.
WRONGS: tuple[tuple[Wrong, re.Pattern[str]], ...] = (
    (
        Wrong.HURT,
        re.compile(
            r"受伤|工伤|骨折|压断|压伤|砸|断了|割|摔|烫|轧|打人|打我|医药费|伤了|(?:遭|被|挨)[^,。]{0,6}(?:压|夹|绞)"
        ),
    ),
    (Wrong.PAPERS, re.compile(r"身份证|证件|驾照|银行卡")),
    (
        Wrong.MONEY_TAKEN,
        re.compile(r"押金|保证金|风险金|介绍费|中介费|报名费|服装费|会员费|培训费"),
    ),
    (
        Wrong.PAY,
        re.compile(
            r"工钱|工资|薪|血汗钱|加班费|工程款|尾款|要不到钱|(?:欠|差|拖)[^,。]{0,8}[钱块元万千]"
        ),
    ),
    (Wrong.DECEIVED, re.compile(r"骗|哄人|假的|黑中介|黑厂")),
)


def matters_of(reading: WorkerReading) -> list[Matter]:
    """Return what a message is about, unemployment first."""
    said = {reading.intent, reading.also}
    is_lost = "report_unemployed" in said or reading.workplace_status == "not_working"
    matters = [Matter.UNEMPLOYMENT] if is_lost else []
    return [*matters, Matter.GRIEVANCE] if "complain_wages" in said else matters


def wrong_of(words: str) -> Wrong:
    """Return the gravest wrong a message names, `OTHER` when its words are none of ours."""
    text = fold(words)
    return next((wrong for wrong, pattern in WRONGS if pattern.search(text)), Wrong.OTHER)


def is_only_leave(words: str) -> bool:
    """Tell whether somebody is on leave and has lost nothing: 厂里放假没上班."""
    text = fold(words)
    return ON_LEAVE.search(text) is not None and FOR_GOOD.search(text) is None


def says_for_good(words: str) -> bool:
    """Tell whether work was lost for good: the factory closed, somebody was sent away."""
    return FOR_GOOD.search(fold(words)) is not None


def takes_back(words: str) -> bool:
    """Tell whether somebody says that what was recorded was only a holiday."""
    return TAKEN_BACK.search(fold(words)) is not None
