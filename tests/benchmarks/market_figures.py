"""What the invented city of the ranking benchmarks is made of: survey figures and assumptions.

Surveyed: where the workers go (Deyang bureau report of 2021-06-28), branches and their pay
(National Bureau of Statistics, monitoring survey of migrant workers 2024), and, from the same
survey, that who leaves is younger and earns more. Everything else is assumed; where the bureau
only says that its workers are older, less schooled and lower paid than the survey's, the figure
is shifted that way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matching.types import Education

TODAY = date(2026, 11, 20)

# Deyang 2021: at work in the home county, elsewhere in the province, and beyond it.
IN_COUNTY, IN_PROVINCE, OUT_OF_PROVINCE = 31_595, 17_765, 10_307
WORKERS = IN_COUNTY + IN_PROVINCE + OUT_OF_PROVINCE
# Assumed: half of the first third stays at its own door, two fifths of the last go anywhere.
NEAR_HOME_SHARE, ANYWHERE_SHARE = 0.5, 0.4

# Assumed, by where almost all resettled workers of the report live (5,874 of 5,880 in Zhongjiang).
HOME_COUNTIES = {
    "510623": 0.62, "510604": 0.10, "510603": 0.08, "510683": 0.07, "510681": 0.07, "510682": 0.06,
}  # fmt: skip
TOWN_KNOWN_SHARE = 0.8

# Survey: mean age 46.8 near home and 39.0 away; assumed: two years older, and the spread.
AGE_BY_TIER = (48.8, 42.0, 41.0)
AGE_SPREAD, YOUNGEST, OLDEST = 9.5, 17, 66

# Assumed shift from the survey's 0.8 / 13.8 / 52.1 / 17.5 / 15.8.
SCHOOLING = {
    Education.NONE: 0.03, Education.PRIMARY: 0.30, Education.JUNIOR_HIGH: 0.50,
    Education.SENIOR_HIGH: 0.08, Education.VOCATIONAL: 0.04, Education.COLLEGE: 0.05,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch: share of the workers, yuan a month, and its trades, the commoner ones first."""

    share: float
    yuan: int
    trades: tuple[str, ...]


# Survey: shares and pay of 2024; the last one takes the rest of the shares, its pay is assumed.
# Assumed: trades halve in frequency about every third, so that those without skill are half of all.
BRANCHES = (
    Branch(0.279, 4978, (
        "普工", "包装工", "缝纫工", "电子装配工", "质检员", "电焊工", "注塑工", "冲压工", "制鞋工",
        "机修工", "数控车工", "钳工", "车工", "水产加工工", "裁剪工", "木器工", "印刷工",
    )),
    Branch(0.143, 5743, (
        "建筑小工", "砌筑工", "钢筋工", "木工", "混凝土工", "抹灰工", "油漆工", "电工", "架子工",
        "安装工", "管道工", "挖掘机司机", "塔吊司机",
    )),
    Branch(0.136, 4362, (
        "营业员", "理货员", "收银员", "搬运工", "客服", "电商客服", "文员", "电商主播",
    )),
    Branch(0.123, 4023, (
        "保洁员", "保安", "家政服务员", "养老护理员", "医院护工", "环卫工", "绿化工", "洗车工",
        "月嫂", "育婴员", "美容美发师", "家电维修工", "汽车修理工",
    )),
    Branch(0.072, 5635, (
        "搬运工", "分拣员", "快递员", "网约配送员", "货车司机", "仓库管理员", "叉车工",
        "网约车司机", "公交车司机",
    )),
    Branch(0.071, 4141, ("服务员", "洗碗工", "配菜工", "厨师", "面点师")),
    Branch(0.176, 3900, (
        "种植工", "采摘工", "普工", "养殖工", "绿化工", "护林员", "编织工", "屠宰工",
    )),
)  # fmt: skip
TRADE_DECAY = 0.8
# Assumed: how many trades a worker names (none, one, two, three), and how often one is refused.
TRADES_NAMED, REFUSED_TRADE_SHARE = (0.06, 0.62, 0.25, 0.07), 0.06

# Survey: 4,291 yuan near home and 5,634 away, of 4,961 in all; assumed: the wish is a tenth lower.
PAY_BY_TIER = (0.865, 1.0, 1.135)
WISH_FACTOR, WISH_SPREAD, WISH_SAID_SHARE = 0.9, 0.18, 0.8

# Assumed, by tier: wants room and board; names wanted places; and for all: refuses a place.
ROOM_BY_TIER, WANTED_BY_TIER, REFUSED_PLACE_SHARE = (0.05, 0.4, 0.7), (0.3, 0.4, 0.6), 0.06
WANTED_IN_PROVINCE = ("510100", "510600", "510700", "511000", "510107", "510116", "510112")
WANTED_BEYOND = (
    "440000", "330000", "320000", "350000", "440300", "441900", "440600", "330200", "320500",
    "500000", "310000", "110000",
)  # fmt: skip
REFUSED = ("440000", "650000", "110000", "310000", "540000", "510100")

# Assumed: never asked; and of those whose trade has a licence, who holds it.
LICENCE_OF = {
    "电焊工": "焊工证", "电工": "低压电工证", "叉车工": "叉车证", "架子工": "架子工证",
    "塔吊司机": "塔吊证", "货车司机": "B2", "公交车司机": "A1", "网约车司机": "C1",
    "挖掘机司机": "挖掘机证", "保安": "保安员证", "养老护理员": "养老护理员证",
    "厨师": "中式烹调师", "育婴员": "育婴员证",
}  # fmt: skip
LICENCES_UNASKED_SHARE, LICENCE_HELD_SHARE = 0.3, 0.6
GROUPS = {"脱贫户": 0.8, "低保": 0.12, "易地搬迁": 0.1, "残疾": 0.05}
YEARS_UNASKED_SHARE, MEAN_YEARS, LONGEST_YEARS = 0.2, 6.0, 40
LATER_SHARE, LATEST_DAYS = 0.12, 75

# Vacancies, all assumed. Where they lie, and pay by region.
VACANCY_REGIONS = (
    ("5106", 0.40, 0.88), ("5101", 0.20, 1.0), ("51", 0.12, 0.9), ("44", 0.11, 1.15),
    ("33", 0.07, 1.15), ("32", 0.05, 1.12), ("35", 0.03, 1.08), ("50", 0.02, 1.0),
)  # fmt: skip
VACANCY_TOWN_SHARE, CITY_ONLY_SHARE = 0.5, 0.08
PAY_SPREAD, PAY_UNSAID_SHARE, RANGE_WIDTHS = 0.16, 0.08, (1.0, 1.1, 1.2, 1.35)
AGE_LIMITS = {None: 0.30, 45: 0.14, 50: 0.22, 55: 0.20, 60: 0.14}
YOUNGEST_SAID_SHARE = 0.7
SCHOOLING_ASKED = {
    None: 0.80, Education.PRIMARY: 0.04, Education.JUNIOR_HIGH: 0.11,
    Education.SENIOR_HIGH: 0.03, Education.COLLEGE: 0.02,
}  # fmt: skip
LICENCE_ASKED_SHARE, YEARS_ASKED_SHARE, NIGHT_SHARE = 0.6, 0.1, 0.12
SKILL_SAID = {None: 0.7, True: 0.12, False: 0.18}
LODGING = {True: 0.42, False: 0.13, None: 0.45}
BOARD = {True: 0.35, False: 0.10, None: 0.55}
RESERVED_SHARE, NEARBY_SHARE, SHORT_SHARE, STARTS_SHARE = 0.02, 0.03, 0.05, 0.08
ENDS_SAID_SHARE, LONGEST_OPEN, OLDEST_POST = 0.85, 60, 45
VACANCIES_A_FIRM, MEAN_HEADCOUNT = 4, 5.0
# Before anything was learnt every vacancy has the same chance; afterwards firms differ.
CHANCES = (0.25, 0.6)
