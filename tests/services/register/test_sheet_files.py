"""Files as they come: titles above headings, odd encodings, bombs, and what is no sheet."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.errors import UserError
from bot.services.register import sheet_files
from bot.services.register.intakes import open_sheet
from content.register_columns import Sheet
from tests.chat import City
from tests.services.register.register_world import person, read, xlsx

LINES = "姓名,证件号码,联系电话\n王秀芳,,13800138000\n"


def refused(city: City, content: bytes, kind: Sheet = Sheet.WORKERS) -> UserError:
    """Return why a file is refused."""
    with pytest.raises(UserError) as caught:
        open_sheet(city.deployment, city.database.secrets, kind, content)
    words = city.deployment.text(caught.value.text_key, "zh", **caught.value.values)
    assert "{" not in words
    return caught.value


def test_a_title_and_two_lines_of_headings_are_passed_over(city: City) -> None:
    above: list[list[object]] = [
        ["2026年脱贫劳动力名册"],
        ["填表单位：中江县", None, None, "2026-03"],
        ["基本情况", None],
    ]
    (row,) = read(city, xlsx([person(3)], above=above)).rows
    assert row.row.line == 5
    assert row.row.cells["name"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_text_is_read_in_any_usual_encoding(city: City, encoding: str, sign: str) -> None:
    (row,) = read(city, LINES.replace(",", sign).encode(encoding)).rows
    assert row.row.cells == {"name": "王秀芳", "phone": "13800138000"}


def test_numbers_that_a_program_made_of_phones_are_read(city: City) -> None:
    (row,) = read(city, xlsx([person(3, 联系电话=13800138000.0)])).rows
    assert row.row.cells["phone"] == "13800138000"


def test_other_spellings_of_headings_are_known(city: City) -> None:
    (row,) = read(
        city, xlsx([{"姓 名": "王秀芳", "身份证号": "", "手机号码 ": "13800138000"}])
    ).rows
    assert row.row.cells["phone"] == "13800138000"


def test_a_missing_column_is_named_with_the_nearest_heading(city: City) -> None:
    error = refused(city, xlsx([{"姓名字": "王秀芳", "联系电话": "13800138000", "县": "中江县"}]))
    assert error.text_key == "register.refused.missing_near"
    assert error.values == {"missing": "姓名", "near": "姓名字"}


def test_columns_nobody_needs_are_left_where_they_are(city: City) -> None:
    sheet = read(city, xlsx([person(3, 民族="汉", 政治面貌="群众")]))
    assert sheet.table.ignored == ("民族", "政治面貌")
    assert "汉" not in sheet.rows[0].row.cells.values()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        (b"PK\x03\x04broken", "no_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "no_sheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no_sheet"),
        ("你好，这是一封信".encode(), "no_headings"),
    ],
)
def test_what_is_no_sheet_is_refused_in_plain_words(city: City, content: bytes, key: str) -> None:
    assert refused(city, content).text_key == f"register.refused.{key}"


def test_a_book_without_cells_is_empty(city: City) -> None:
    assert refused(city, xlsx([{}])).text_key == "register.refused.empty"


def test_a_file_that_unpacks_without_end_is_refused(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_files, "MOST_UNPACKED", 5_000_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 6_000_000)
    assert len(file.getvalue()) < 20_000
    assert refused(city, file.getvalue()).text_key == "register.refused.too_big"


@pytest.mark.parametrize("place", [60, 200, 300, 500, 900, 1_500, 2_500])
def test_a_damaged_book_is_refused_in_plain_words(city: City, place: int) -> None:
    content = bytearray(xlsx([person(number) for number in range(50)]))
    for one in range(place, place + 8):
        content[one] ^= 0x5A
    assert refused(city, bytes(content)).text_key == "register.refused.no_sheet"


def test_too_many_lines_are_refused_before_they_are_read(city: City) -> None:
    content = "姓名\n" + "王秀芳\n" * 300_000
    assert refused(city, content.encode()).text_key == "register.refused.too_long"


def test_courses_need_what_courses_need(city: City) -> None:
    error = refused(city, xlsx([{"名称": "电工班"}]), Sheet.COURSES)
    assert error.text_key == "register.refused.no_headings"


def test_a_formula_written_as_text_is_no_value(city: City) -> None:
    (row,) = read(city, "姓名,联系电话\n=1+1,13800138000\n".encode()).rows
    assert [(one.code, one.refuses) for one in row.row.findings] == [("formula", True)]
