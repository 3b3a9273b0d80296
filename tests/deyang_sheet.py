"""The invented city as a sheet in the national system's columns, to be read in like a bureau's."""

from __future__ import annotations

from content.places import Places
from storage.register_states import Category, EmploymentChannel
from tests.deyang_2021 import Resident

CHANNELS = {
    EmploymentChannel.PUBLIC_POST: "公益岗位",
    EmploymentChannel.TRANSFER: "外出务工",
    EmploymentChannel.ENTERPRISE: "企业吸纳",
    EmploymentChannel.FLEXIBLE: "灵活就业",
    EmploymentChannel.PLATFORM: "基层服务平台帮扶",
}
HOUSEHOLDS = {Category.OUT_OF_POVERTY: "脱贫户", Category.AT_RISK: "边缘易致贫户"}
YES, NO = "是", "否"


def row_of(one: Resident, places: Places) -> dict[str, object]:
    """Return somebody's row; who has no work has none of its columns."""
    town = places.get(one.town)
    assert town is not None
    row: dict[str, object] = {
        "县": full_name(places, one.block.county),
        "乡": town.name,
        "户编号": f"{one.household:010d}",
        "人口编号": f"{one.number:012d}",
        "姓名": one.name,
        "证件号码": one.id_number,
        "与户主关系": "户主",
        "文化程度": "初中",
        "劳动技能": "普通劳动力",
        "户类型": HOUSEHOLDS[one.block.category],
        "是否易地扶贫搬迁": YES if one.block.relocated else NO,
        "务工所在地": None,
        "务工企业名称": None,
        "务工开始时间": None,
        "务工月收入": None,
        "就业渠道": None,
    }
    if one.workplace is not None:
        row |= {
            "务工所在地": full_name(places, one.workplace),
            "务工企业名称": f"第{one.number % 300}厂",
            "务工开始时间": "2021-03-01",
            "务工月收入": 3500,
            "就业渠道": CHANNELS[one.channel],
        }
    return row


def full_name(places: Places, code: str) -> str:
    """Return a place with everything above it: 四川省德阳市中江县南华镇."""
    place = places.get(code)
    assert place is not None
    return (full_name(places, place.parent) if place.parent else "") + place.name
