"""Licences as they are held and asked for, in whatever words they are named."""

from __future__ import annotations

import pytest

from bot.services.people.licences import held, required

MEETS = [
    ("C1驾照", "驾照"),
    ("驾照", "C1"),
    ("C1驾驶证", "驾驶证"),
    ("A2", "驾照"),
    ("A2驾照", "B2"),
    ("A2", "C1"),
    ("A1", "A3"),
    ("A1照", "B1"),
    ("B2", "C1"),
    ("A1", "A1|A3"),
    ("A3", "A1或A3照"),
    ("挖掘机操作证", "挖机证"),
    ("挖机操作证", "挖掘机证"),
    ("叉车司机证", "叉车操作证"),
    ("N1证", "叉车证"),
    ("架子工证", "登高架设作业证"),
    ("登高架设作业证", "架子工证"),
    ("高处作业证", "架子工操作证"),
    ("低压电工证", "电工证"),
    ("低压电工作业证", "低压证"),
    ("高压电工证", "电工证"),
    ("低压电工证", "低压电工证或高压电工证"),
    ("焊接与热切割作业证", "焊工证"),
    ("中式烹调师证", "厨师证"),
    ("养老护理员证", "护理员证"),
    ("母婴护理师证", "母婴护理证或育婴员证"),
    ("育婴师证", "育婴员证"),
    ("塔机操作证", "塔吊证"),
    ("锅炉证", "司炉工证"),
    ("", "健康证"),
]
DOES_NOT = [
    ("低压电工证", "高压电工证"),
    ("高压电工证", "低压电工证"),
    ("电工证", "高压电工证"),
    ("C1驾照", "B2"),
    ("B2", "A2"),
    ("A2", "A1"),
    ("A3", "B1"),
    ("焊工证", "特种设备焊接作业证"),
    ("叉车证", "C1"),
    ("挖机证", "叉车证"),
    ("护理证", "养老护理员证"),
    ("", "驾照"),
]


def _is_met(has: str, asked: str) -> bool:
    own = held([has] if has else [])
    return all(any(part in own for part in one.split("|")) for one in required([asked]))


@pytest.mark.parametrize(("has", "asked"), MEETS)
def test_a_licence_meets_its_other_names_and_what_it_includes(has: str, asked: str) -> None:
    assert _is_met(has, asked)


@pytest.mark.parametrize(("has", "asked"), DOES_NOT)
def test_a_licence_meets_no_other(has: str, asked: str) -> None:
    assert not _is_met(has, asked)
