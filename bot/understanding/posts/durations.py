"""How long a short job lasts: 干三天, 短工7天, 工期十天, 做到月底, 一天活."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.posts.spoken_days import LOOSE_DAY, read_day
from bot.understanding.posts.starts import read_start
from bot.understanding.posts.work_spans import LONGEST, find_span
from bot.understanding.writing.numerals import read_number

_SPOKEN = "[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_COUNT = (
    rf"(?:(?:\d{{1,2}}|{_SPOKEN})(?:-|到|至|、)(?P<high{{n}}>\d{{1,2}}|{_SPOKEN})"
    r"|(?P<pair{n}>[一二两三四五六七八][二两三四五六七八九])|(?P<some{n}>十来|十几|十把|10来|10几|个把)"
    rf"|(?P<one{{n}}>\d{{1,2}}|{_SPOKEN}|半))"
)
_UNIT = r" ?(?P<unit{n}>天|个?星期|个?礼拜|周(?![六日末一岁])|(?:个|(?<=半))月(?!薪|入|休|结))"
# The long pattern is tried only around a count of days.
_COUNTED = re.compile(
    r"(?:(?<![\d元块每])一|[\d二两三四五六七八九十来几把半]) ?(?:天|个?(?:星期|礼拜)|周|个?月)"
)
_AROUND = 14
_WORK = (
    r"(?:干活|打杂|帮厨|打扫|保洁|开荒|盘点|监考|会展|站台|地推|群演|拍戏|搬运|搬家|搬货|装卸|装车|卸货|卸车|上货|理货|"
    r"打包|包装|值守|拆除|清运|清理|插秧|割稻|收谷子?|种树|栽树|挖沟|除草|扯草|办|干|做|忙|摘果子?|采摘|采|摘|收|搬|帮忙|帮工|帮|打|修|栽|挖|装|卸|守|顶班|替班|代班|值班|"
    r"顶|替|搞|整|砍|割|剪|掰|捡|铺|刷|拆|扎|分拣|上班|工作|活路|搭建|促销|发传单|(?<!生)活儿?|照顾(?:老人|病人|孩子|小孩|娃娃?)?|陪护|看店|看娃|(?:顶班|替班|代班)[\u4e00-\u9fff]{1,4})"
)
_LABEL = r"(?:短工|短期工?|临时工?|临工|零工|工期|为期|周期|用工(?:时间|期)?|工时|时长|突击|活期)"
_ABOUT = (
    r"(?:大概|大约|短|约|也就|就|只|仅|明天|今天|后天|这|差不多|预计|一共|总共|共|需要?|要|"
    r"用|干|做|时间|个|是|为|期限?|[ :,、(])"
)
_N1 = (_COUNT + _UNIT).replace("{n}", "1")
_N2 = (_COUNT + _UNIT).replace("{n}", "2")
_N3 = (_COUNT + _UNIT).replace("{n}", "3")
_N4 = (_COUNT + _UNIT).replace("{n}", "4")
_N5 = (_COUNT + _UNIT).replace("{n}", "5")
_FOR_DAYS = re.compile(
    rf"(?P<work>{_WORK})(?:个|过|(?P<done>完))?"
    rf"(?:大概|大约|约|也就|就|只|仅|差不多|满打满算|[ ])?{_N1}"
    rf"|(?P<label>{_LABEL}){_ABOUT}{{0,4}}{_N2}"
    rf"|(?P<only>要[个干做]|只有|只要|只需|只用|只干|只做|就干|就做|就要|就|只|仅|一共|总共|共|大概|大约|连续|周末|周日|星期[天日]|礼拜[天日]|双休日|国庆|五一|元旦){_ABOUT}?{_N3}"
    rf"|{_N4}(?:左右|时间|以内|之内|内)?的?(?:活路|席|酒席|坝坝宴|活(?!动)|零活|短工|短期工|临时工|零工|临工|工期|兼职|用工|(?:就|能|可以?|得)?(?:打|做|干|搞|搬|弄|摘|收|采|栽|卸|装)(?:得)?(?:完|好|起)|(?:就|能|可以?|得|要|必须|全部){{0,2}}(?:完工|收工|完活|竣工|交工|收尾|结束(?!后)|完成(?!入|办|面|体|培))(?!后|之后|[^,。;\n]{{0,3}}(?:付|结|给)))"
    rf"|(?:^|(?<=[ ,。;(|\n])){_N5}(?:左右)?(?=[ ,。;)|\n]|$)"
)
_NOT_LONG = re.compile(
    r"(?:左右|时间)?[^\S\n]?(?:以上|休|歇|假|试|以后|之后|后|前|内|起(?!码)|一?结|轮|倒|半|无薪|"
    r"培训|一[结休发付轮班换]|付|发工资|制|就会|包会|学会|上岗|出师|转正|不满意|不合适|算|能(?!完工|收工|完成|结束|竣工|[干做打搞搬弄摘收采栽卸装]完)|可以?拿|"
    r"工资|押|包吃|多[块元]|[左右]*(?:就能|可)(?:挣|拿)|没|白班|夜班|白|夜|上|班)"
)
_BEFORE = re.compile(
    r"(?:每|一|每个)(?:周|月|星期|礼拜|年)[^,。;\n]{0,4}$|每[^,。;\n]{0,4}$|"
    r"(?:可以?|能够?|长期|请假|月(?![底末初])|轮|年|公|双|调|试|带薪|学|培训|休息?|放假|压|满|提前|合同|至少|最少|起码|签|一人|能|最多)[^,。;\n\d]{0,2}$"
)
_PAID = re.compile("(?:就|便)?(?:结[账清工算钱]|付|发工资)")  # 干完3天结账
_PAY_BY_DAY = re.compile(r"(?:[\d百千十]|元|块|钱)(?:钱)?[^,。;\n]{0,1}$")
_ONE_IS_ALL = re.compile(
    r"的?(?:活|零?工(?!资|人)|家(?![^,。;\n]{0,2}\d)|忙|货|事)|就(?:完|结束|走|好)|[。;!)\n]|$"
    r"|[, ](?!\d+/|\d*[块元])|左右"
)
_UNTIL = re.compile(
    rf"(?:干|做|忙|采摘|采|摘|搬|收|打|上班|用工|工期|工作|栽|卖|守|顶|替|临时工?|短工|[)])"
    rf"[^,。;\n\d到]{{0,3}}(?:到|至) ?(?P<end>{LOOSE_DAY})(?![^,。;\n]{{0,2}}(?:报名|面试|发工资|"
    rf"结账|加薪))"
)
_SCALE = {"天": 1, "星": 7, "礼": 7, "周": 7, "月": 30}
_SOME = {"十来": 10, "十把": 10, "10来": 10, "十几": 15, "10几": 15, "个把": 1}
_HALF_MONTH = 15


def read_days(text: str, today: date | None) -> int | None:
    """Read how many days a short job of folded text lasts; None beyond two months.

    Of a range (七到十天) the upper end counts. Until a named day, the days from the first
    one that is named, the day itself included, else from `today`.
    """
    for count in _COUNTED.finditer(text):
        first, last = max(0, count.start() - _AROUND), count.end() + _AROUND
        for match in _FOR_DAYS.finditer(text, first, last):
            days = _days_of(match) if _is_length(text, match) else None
            if days is not None:
                return days if days <= LONGEST else None
    return None if today is None else _until(text, today)


def _days_of(match: re.Match[str]) -> int | None:
    """Return the days of a count with its unit."""
    which = next(number for number in "12345" if match[f"unit{number}"])
    scale = _SCALE[match[f"unit{which}"].removeprefix("个")[0]]
    high, pair, some, one = (match[f"{name}{which}"] for name in ("high", "pair", "some", "one"))
    if one == "半":
        return _HALF_MONTH if scale == _SCALE["月"] else None
    if some:
        return _SOME[some] * scale
    number = read_number(pair[1] if pair else high or one)
    return None if number is None else int(number) * scale


def _is_length(text: str, match: re.Match[str]) -> bool:
    """Tell whether a count of days is the length of the job and no pay, rest or training."""
    is_paid_at_end = match["done"] and _PAID.match(text, match.end())
    if not is_paid_at_end and _NOT_LONG.match(text, match.end()):
        return False
    before = text[max(0, match.start() - 6) : match.start()]
    if _BEFORE.search(before):
        return False
    which = next(number for number in "12345" if match[f"unit{number}"])
    unit, one = match[f"unit{which}"], match[f"one{which}"]
    if "月" in unit and one != "半" and which in "15":
        return False  # 干一个月 tells of pay more often than of the end
    if one not in ("1", "一") or unit != "天":
        return True
    if which == "5":
        return False  # 200 一天 is pay
    if which == "4":
        return not re.search(r"(?:[每\d百千元块钱])[^,。;\n]{0,1}$", before)
    return which != "2" and _ONE_IS_ALL.match(text, match.end()) is not None


def _until(text: str, today: date) -> int | None:
    for match in _UNTIL.finditer(text):
        end = read_day(match["end"], today, at_end=True)
        if end is not None and not _BEFORE.search(text[max(0, match.start() - 4) : match.start()]):
            return _between(read_start(text, today), end, today)
    span = find_span(text, today)
    return span and (span[1] - span[0]).days + 1


def _between(begins: date | None, end: date, today: date) -> int | None:
    if begins is not None and begins > today:
        days = (end - begins).days + 1
    else:
        days = max(1, (end - today).days)
    return days if 0 < days <= LONGEST and end >= today else None
