"""The bot's last message, where only its words are known: what it asked and offered."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.option_lists import read_options
from bot.understanding.values import Context
from bot.understanding.writing.folding import fold

LONGEST = 2_000
_FEWEST_CHOICES = 2
_BLANKS = re.compile(r"[ \n]{3,}")
_IN = r"[^,。;?!]"
# What a message is about; the first whose words stand in it wins.
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "delete",
        re.compile(
            rf"(?:删除?|清除|注销){_IN}{{0,12}}(?:吗|没有了|确认|确定)|"
            rf"(?:确定|确认|申请){_IN}{{0,6}}(?:删|清除|注销)|信息怎么处理"
        ),
    ),
    (
        "subscription",
        re.compile(rf"接收消息|收{_IN}{{0,6}}提醒|怎么接收|继续{_IN}{{0,6}}(?:推送|发送|收到)"),
    ),
    (
        "check_in",
        re.compile(
            rf"回访|还在{_IN}{{0,14}}(?:吗|没有|不|做|干|上班|\?)|没做了|没上班|"
            rf"(?:还|工作){_IN}{{0,4}}(?:顺利|稳定|稳当|习惯)|情况咋样|上班没有|在岗|离职|"
            rf"就业状态|原单位|复工了|离开{_IN}{{0,10}}(?:厂|店|工地|没有|是吗)|您的工作:|"
            rf"(?:工作|现在|目前|近期|上个?月){_IN}{{0,8}}(?:情况|变化|变动|近况|状态)|"
            rf"干得(?:咋样|怎么样|惯|习惯)|有(?:活干|班上)吗|(?:还|那份工){_IN}{{0,4}}做[着起]|"
            r"没在(?:厂|岗)|新的?工作\?|在做什么\?|近况"
        ),
    ),
    ("change", re.compile(r"修改|改成|改哪|改什么|要改|换成|已改|更改|最低工资是")),
    ("register", re.compile(r"登记(?!的)|注册|建档|同意我们(?:保存|记)")),
    (
        "course",
        re.compile(r"课(?:程|表)|培训|想学|报课|免费课|免费[^,。;]{0,6}班|[^上]班,?(?:您)?想报名"),
    ),
    (
        "offers",
        re.compile(
            "(?:岗位|的活|几家|两家|几个|新到|推荐|匹配|找到|合适的?|挑了)[^?]{0,14}:|"
            "想去哪[个家]|个岗位|哪个(?:活|岗位|合适)|(?:看中|点)哪个|要不要帮您联系|要报名吗|"
            r"报名的?岗位|(?:回复?(?:数字|序号))?报名$|招[^,。;:]{2,8}\d{4}"
        ),
    ),
    (
        "change",
        re.compile(r"(?:电话|号码|资料)[^。?]{0,16}(?:哪个号|空号)|核对|对不对"),
    ),
    ("policy", re.compile(r"补贴|社保|低保|政策")),
    (
        "search",
        re.compile(
            r"找(?:活|工作|事|厂)|找[^,。;]{0,4}活|筛岗位|挑厂|岗位|哪里上班|最少要|干活|上班"
        ),
    ),
)
# What is asked for, when a fact is asked for.
_FACTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "phone",
        re.compile(
            r"(?:电话|手机|号码)[^,。;]{0,8}(?:好多|多少|几号|哪个号|新号)|"
            r"留个?(?:电话|手机)|新号码|换手机号"
        ),
    ),
    ("birth_year", re.compile(r"哪年(?:生|出生)|出生年")),
    ("age", re.compile(r"多大|(?:好多|多少|几)岁|年纪|您的?年龄|现在的年龄|岁,?对不对")),
    (
        "wage",
        re.compile(
            rf"(?:最少|至少|最低|想要|工资|工钱|每个?月|一个月){_IN}{{0,14}}"
            r"(?:多少|好多|改成|有什么要求)|工资[^,。]{0,4}要求|最低工资"
        ),
    ),
    ("home", re.compile(r"老家|家在哪|户口在|哪里人|哪儿人")),
    (
        "place",
        re.compile(r"哪里|哪儿|哪点|哪边|哪些地方|哪个地方|什么地方|啥地方|去哪|外省|地点"),
    ),
    ("room_board", re.compile(r"(?:包吃|包住|吃住|管吃|管住)")),
    ("trade", re.compile(r"会(?:做|干)?(?:啥|什么|哪)|手艺|想找(?:啥|什么)|做什么活|会什么")),
)
_ASKS_FACTS = frozenset(("change", "register", "search"))
_OFTEN_WITH_CHOICES = frozenset(("place", "room_board"))
_FIRST_STEP = {"check_in": "check_in.status", "delete": "delete.confirm"}
_MENU_ENTRIES = (
    re.compile(r"找(?:工作|活|事|岗位)|看(?:岗位|招工)|介绍工作|收岗位|岗位$"),
    re.compile(r"登记|录入"),
    re.compile(r"补贴|政策|社保"),
    re.compile(r"学|培训|课程"),
    re.compile(r"改|更新资料"),
    re.compile(r"不再|停止|退订|不想再收"),
    re.compile(r"删除?(?:我|资料|信息)"),
    re.compile(r"欠薪|投诉|反映|拿到"),
)
_OFFERED = re.compile(r"\d{3,5}|\d+元|/天|计件|包吃|包住|面议")
_FIELD = re.compile(r"(?:工作)?(?:电话|工资|地点|地方|年龄|手艺|想去的地方)")
_STATUS = re.compile(
    r"还在|还上班|离开了|不在|换了?(?:单位|地方|了)|没有?(?:工作|班)|待业|失业|离职|在岗"
)


def read_context(
    message: str | None, *, home: str | None = None, today: date | None = None
) -> Context:
    """Rebuild what was asked from a message of the bot: its subject, fact and choices.

    For exchanges that were not held by this bot, such as sample sets. `question` is
    subject.fact (`register.age`, `search.place`), `check_in.status`, `offers.choice`,
    `course.choice`, `delete.confirm`, `subscription.choice` or `menu.choice`; None for an
    empty message and for one that asks nothing known.
    """
    if not message:
        return Context(home=home, today=today)
    text = _BLANKS.sub(_first_sign, fold(message[:LONGEST]))
    options = read_options(text)
    return Context(
        question=_question(text, [label for _, label in options]),
        options=options,
        home=home,
        today=today,
        asked=text,
    )


def _first_sign(blanks: re.Match[str]) -> str:
    return "\n" if "\n" in blanks.group() else " "


def _question(text: str, labels: list[str]) -> str | None:
    if _is_menu(labels):
        return "menu.choice"
    subject = _subject(text, labels)
    fact = _fact(text, labels, subject)
    if _are_offers(labels) and subject not in {"check_in", "course"}:
        return "offers.choice"
    if subject is None:
        return f"search.{fact}" if fact else "menu.choice" if labels else None
    if subject in _ASKS_FACTS:
        return f"{subject}.{fact or 'choice'}"
    return _FIRST_STEP.get(subject, f"{subject}.choice")


def _subject(text: str, labels: list[str]) -> str | None:
    if sum(bool(_STATUS.search(label)) for label in labels) >= _FEWEST_CHOICES:
        return "check_in"
    return next((name for name, words in _SUBJECTS if words.search(text)), None)


def _fact(text: str, labels: list[str], subject: str | None) -> str | None:
    found = next((name for name, words in _FACTS if words.search(text)), None)
    if labels and found not in _OFTEN_WITH_CHOICES:
        return None
    if subject == "change" and any(_FIELD.fullmatch(label) for label in labels):
        return None
    return found


def _is_menu(labels: list[str]) -> bool:
    kinds = {
        place
        for place, words in enumerate(_MENU_ENTRIES)
        if any(words.search(label) for label in labels)
    }
    return len(kinds) >= _FEWEST_CHOICES


def _are_offers(labels: list[str]) -> bool:
    return sum(bool(_OFFERED.search(label)) for label in labels) >= _FEWEST_CHOICES
