"""The quality rules of the national system, each alone, on the day a birthday falls and before."""

from __future__ import annotations

from datetime import date

import pytest

from tests.chat import City
from tests.services.register.register_world import id_number, person, read, xlsx

AWAY = {"务工所在地": "广东省深圳市龙岗区", "就业渠道": "外出务工"}
HOME = {"务工所在地": "中江县", "就业渠道": "企业吸纳"}
# Code, what the row says, whether it is refused.
CASES = (
    ("2_01_013", {"联系电话": "0838-1234567"}, False),
    ("2_01_013", {"联系电话": "1280013800"}, False),
    ("4_01_006", {"在校生状况": "普通高中二年级", "文化程度": "高中"}, True),
    ("5_01_004", {"是否特困供养人员": "是", **AWAY}, True),
    ("5_01_005", {"务工所在地": "广东省深圳市"}, False),
    ("5_01_007", {"务工月收入": ""}, False),
    ("5_12_002", {**AWAY, "就业渠道": "公益岗位"}, True),
    ("5_12_002", {**AWAY, "就业渠道": "帮扶车间"}, True),
    ("5_15_008", {"是否计划外出务工": "是", "外出务工需求": ""}, False),
    ("5_16_001", {"务工月收入": 30001}, False),
    ("5_16_002", {"务工月收入": 99}, False),
    ("1111_12", {"务工月收入": 399}, False),
    ("months_no_place", {"务工所在地": ""}, False),
    ("months_no_employer", {"务工企业名称": ""}, False),
    ("id_check_digit", {"证件号码": "510623198501010011"}, True),
    ("id_length", {"证件号码": "51062319850101001"}, True),
    ("id_sex", {"性别": "女"}, True),
    ("id_born", {"出生日期": "1970-05-06"}, True),
    ("digits_lost", {"证件号码": 510623198501010012.0}, True),
    ("outside_area", {"县": "成都市金牛区"}, True),
    ("unknown_place", {"县": "乌有县"}, False),
    ("unknown_town", {"乡": "乌有镇"}, False),
    ("unknown_workplace", {"务工所在地": "乌有国桃源"}, False),
    ("name", {"姓名": "王12"}, True),
    ("missing", {"姓名": ""}, True),
    ("yes_no", {"是否享受低保": "也许"}, False),
    ("education", {"文化程度": "很高"}, False),
    ("day", {"可上岗时间": "猴年马月"}, False),
    ("day", {"出生日期": "1" * 5_000}, False),
    ("figure", {"务工月收入": "9" * 400}, False),
)
FINE = (
    {"在校生状况": "本科二年级", "文化程度": "大专"},
    {"是否特困供养人员": "是", **HOME},
    {"务工所在地": "广东省东莞市"},
    {"务工月收入": 30000},
    {"务工月收入": 400},
    {"是否计划外出务工": "是", "外出务工需求": "介绍工作"},
    {**HOME, "就业渠道": "帮扶车间"},
    {"联系电话": "+86 138-0013-8000"},
)


def findings(city: City, **cells: object) -> dict[str, bool]:
    """Return what is found in one row: code, and whether it refuses."""
    row = person(3, **{"所属行业": "制造业", "是否点对点输送": "否", **cells})
    (found,) = read(city, xlsx([row])).rows
    return {one.code: one.refuses for one in found.row.findings}


@pytest.mark.parametrize(("code", "cells", "refuses"), CASES)
def test_a_rule_finds_its_row(
    city: City, code: str, cells: dict[str, object], refuses: bool
) -> None:
    assert findings(city, **cells).get(code) is refuses


@pytest.mark.parametrize("cells", FINE)
def test_what_is_lawful_is_not_found(city: City, cells: dict[str, object]) -> None:
    assert findings(city, **cells) == {}


@pytest.mark.parametrize(
    ("born", "is_found"), [(date(1956, 11, 23), True), (date(1956, 11, 24), False)]
)
def test_a_public_post_ends_on_the_seventieth_birthday(
    city: City, born: date, is_found: bool
) -> None:
    row = {"证件号码": id_number(born, 3), **HOME, "就业渠道": "公益岗位"}
    assert ("5_01_006" in findings(city, **row)) is is_found


@pytest.mark.parametrize(
    ("born", "is_kept"), [(date(2010, 11, 23), True), (date(2010, 11, 24), False)]
)
def test_nothing_is_kept_of_who_is_not_sixteen(city: City, born: date, is_kept: bool) -> None:
    assert ("under_age" not in findings(city, 证件号码=id_number(born, 3))) is is_kept


def test_one_phone_in_one_household_at_two_places_is_told(city: City) -> None:
    first = person(2, 联系电话="13800138000", 户编号="1", **AWAY)
    second = person(4, 联系电话="13800138000", 户编号="1", 务工所在地="浙江省宁波市鄞州区")
    rows = read(city, xlsx([first, second])).rows
    assert [one.code for one in rows[0].row.findings] == []
    assert "5_15_021" in [one.code for one in rows[1].row.findings]


def test_of_two_alike_in_a_sheet_the_first_counts(city: City) -> None:
    rows = read(city, xlsx([person(3), person(3, 姓名="李四")])).rows
    assert [one.row.is_refused for one in rows] == [False, True]
    assert rows[1].row.findings[0].code == "duplicate_id"


def test_an_old_number_of_fifteen_digits_becomes_the_new_one(city: City) -> None:
    (row,) = read(city, xlsx([person(3, 证件号码="510623630404003")])).rows
    assert row.row.cells["id_number"] == id_number(date(1963, 4, 4), 3)


def test_a_small_x_and_full_width_signs_are_read(city: City) -> None:
    number = next(
        found
        for order in range(1, 999, 2)
        if (found := id_number(date(1963, 4, 4), order)).endswith("X")
    )
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number.lower())
    (row,) = read(city, xlsx([person(3, 证件号码=wide)])).rows
    assert row.row.cells["id_number"] == number
    assert row.meaning.born == date(1963, 4, 4)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (45292, "2024-01-01"),
        ("2024.1.1", "2024-01-01"),
        ("20240101", "2024-01-01"),
        ("2024年1月", "2024-01-01"),
        ("2024/01/01", "2024-01-01"),
    ],
)
def test_days_are_read_as_programs_and_people_write_them(
    city: City, cell: object, day: str
) -> None:
    (row,) = read(city, xlsx([person(3, 可上岗时间=cell)])).rows
    assert row.row.cells["available_from"] == day
