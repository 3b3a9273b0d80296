"""Sheets of invented people in the national system's columns, and what is done with them."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter

from bot.services.register import importing, undoing
from bot.services.register.deciding import Outcome
from bot.services.register.importing import Preview
from bot.services.register.sheet_reading import WorkerSheet, read_workers
from storage.models import ImportBatch
from tests.chat import City

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
GIVEN = "秀芳建国明华德军丽敏勇强玉兰桂英志平小红天成永福"
TOWNS = ("南华镇", "回龙镇", "通济镇", "永太镇", "黄鹿镇")
PLACES = (
    "广东省深圳市龙岗区",
    "四川省德阳市中江县",
    "浙江省宁波市鄞州区",
    "四川省成都市金牛区",
    "510623",
)
CHANNELS = ("外出务工", "企业吸纳", "外出务工", "外出务工", "企业吸纳")
TRADES = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")


def id_number(born: date, order: int, *, place: str = "510623") -> str:
    """Return a well-formed number; an odd `order` is a man's."""
    seventeen = f"{place}{born:%Y%m%d}{order % 1000:03d}"
    total = sum(int(one) * weight for one, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]


def person(number: int = 1, **cells: object) -> dict[str, object]:
    """Return the row of one invented person; `cells` replace or add columns."""
    draw = random.Random(number)  # noqa: S311 - invented people
    born = date(1960 + number % 40, 1 + number % 12, 1 + number % 28)
    place = number % len(PLACES)
    row: dict[str, object] = {
        "县": "中江县",
        "乡": draw.choice(TOWNS),
        "村": "红旗村",
        "户编号": f"5106231{number // 2:08d}",
        "人口编号": f"51062319{number:010d}",
        "姓名": draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN),
        "证件号码": id_number(born, number),
        "与户主关系": "户主" if number % 2 else "配偶",
        "文化程度": draw.choice(("小学", "初中", "高中")),
        "联系电话": f"13{number:09d}",
        "户类型": "脱贫户",
        "是否享受低保": "否",
        "劳动技能": draw.choice(TRADES),
        "务工所在地": PLACES[place],
        "务工企业名称": f"第{number % 500}电子厂",
        "务工时间（月）": 5,
        "就业渠道": CHANNELS[place],
        "务工月收入": 4200,
    }
    return row | cells


def xlsx(
    rows: Sequence[Mapping[str, object]],
    *,
    headings: Sequence[str] | None = None,
    above: Sequence[Sequence[object]] = (),
) -> bytes:
    """Return rows as an Excel file; numbers stay numbers."""
    heads = list(headings or dict.fromkeys(name for row in rows for name in row))
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    lines = [*above, heads, *([row.get(name) for name in heads] for row in rows)]
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            if cell is not None:
                sheet.write(number, place, cell)
    book.close()
    return file.getvalue()


def read(city: City, content: bytes) -> WorkerSheet:
    """Return a sheet as it is read."""
    return read_workers(city.deployment, city.database.secrets, content)


def look(city: City, content: bytes) -> Preview:
    """Return what a sheet would do."""
    sheet = read(city, content)
    counts: Counter[Outcome] = Counter()
    for step in importing.preview_steps(city.deployment, sheet, counts):
        city.database.read(step)
    return importing.preview_of(sheet, counts)


def bring_in(city: City, content: bytes) -> ImportBatch:
    """Take a sheet over; return what came of it."""
    sheet = read(city, content)
    batch = city.run(
        lambda uow: importing.begin(
            uow,
            city.deployment,
            kind="workers",
            content=content,
            rows=len(sheet.rows),
            officer=None,
        )
    )
    for step in importing.apply_steps(city.deployment, sheet, batch.id):
        city.run(step)
    return city.run(lambda uow: uow.import_batches.need(batch.id))


def take_back(city: City, batch: ImportBatch) -> None:
    """Take a sheet back."""
    city.run(lambda uow: undoing.check_undo(uow, city.deployment, batch.id, scope=""))
    while city.run(lambda uow: undoing.undo_some(uow, city.deployment, batch.id)):
        pass


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    """Return how many rows were added, changed, unchanged and refused."""
    return batch.added, batch.changed, batch.unchanged, batch.refused
