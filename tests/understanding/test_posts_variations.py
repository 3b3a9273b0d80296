"""The same post written otherwise says the same."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bot.understanding import PostReading, TextReader
from tests.understanding.post_variations import VARIATIONS

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "vacancy_posts.jsonl"
OWN = (
    "中江凯江镇超市招收银员2名，3000元/月，理货员4名，2800元/月，包午饭，社保，电话13900000011",
    "绵竹汉旺工地：木工12人400元/天，钢筋工3人380元/天，包吃住，老王13900000012",
    "广汉机械厂招电焊工3名，8000-10000元，五险，18-50岁，男女不限，电话13900000013",
    "什邡食品厂\n包装工10名 4300元/月\n质检员2名 4600元/月\n包吃住\n电话13900000014",
    "旌阳区小区请保安4名，月薪3200元，60岁以内，包住，0838-5550015",
    "罗江鞋厂招针车工20人，计件5000-8000，有叉车证的叉车司机1人6500元/月，管吃管住，买五险",
    "昆山电子厂，普工60名，22元/小时，每天10小时，包住，餐补，18-45岁，长白班，13900000016",
    "孝泉镇果园采摘工15名，130元/天，中午管饭，65岁以下，报名在村委会，13900000017",
)
GIST = [
    "title",
    "headcount",
    "wage_min",
    "wage_max",
    "wage_unit",
    "age_min",
    "age_max",
    "gender",
    "board",
    "lodging",
    "insurance",
    "adcode",
    "town",
    "education",
    "certificates",
    "shifts",
]


def _gist(reading: PostReading) -> tuple[str | None, list[list[object]]]:
    return reading.contact, [[getattr(job, name) for name in GIST] for job in reading.jobs]


def _posts() -> tuple[str, ...]:
    if not SAMPLES.is_file():
        sys.stdout.write("the samples do not lie beside the checkout: own posts are varied\n")
        return OWN
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    return (*OWN, *(str(json.loads(line)["text"]) for line in lines if line))


@pytest.mark.parametrize("name", VARIATIONS)
def test_a_post_written_otherwise_says_the_same(reader: TextReader, name: str) -> None:
    changed = [
        post
        for post in _posts()
        if _gist(reader.read_post(VARIATIONS[name](post))) != _gist(reader.read_post(post))
    ]

    assert changed == []


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_variation_changes_some_post(name: str) -> None:
    assert any(VARIATIONS[name](post) != post for post in OWN)
