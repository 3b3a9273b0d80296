"""How places are called: short names without 县, 市, 区 or the peoples in the full name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from content.data_files import DataFile, texts_of

# The 55 peoples as official names of autonomous places write them.
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|"
    "哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|"
    "达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族|"
    "鄂温克族|鄂伦春族|独龙族|保安族|裕固族|各族"
)
_AUTONOMOUS = re.compile(rf"^(?P<name>.+?)(?:{_PEOPLES})*自治(?:区|州|县|旗)$")
_SUFFIX = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|特区|省|市|县|区|盟|州|旗)$"
)
# A zone is never said without its last word: 石家庄高新技术产业开发 is nothing.
_ZONE = re.compile(r"开发区|示范区|实验区|管理区|产业园区|工业园区|化工园区|创意园区|聚集区|食品区")
_TOWN_SUFFIX = re.compile(rf"(?:(?:{_PEOPLES})*(?:民族)?乡|街道|镇)$")


def short_name(name: str) -> str:
    """Return how people say a province, city or county: 中江, 石柱, 内蒙古, 浦东.

    A name that would shrink to one character (忠县) stays whole.
    """
    if _ZONE.search(name):
        return name
    autonomous = _AUTONOMOUS.match(name)
    # 内蒙古 must not lose the people in its name.
    if autonomous and len(autonomous.group("name")) > 1:
        return autonomous.group("name")
    for short in (_SUFFIX.sub("", name), name[:-1]):
        if len(short) > 1:
            return short
    return name


def short_town_name(name: str) -> str:
    """Return a town's name without 镇, 乡, 街道 or 土家族乡; whole if one character is left."""
    short = _TOWN_SUFFIX.sub("", name)
    return short if len(short) > 1 else name


@dataclass(frozen=True, slots=True)
class NameRules:
    """What no rule derives: old names and codes, everyday names, names that mislead.

    Attributes:
        former_codes: Abolished code → the code that now holds its land.
        aliases: Old or everyday name → codes.
        settled: Short name that several places share → the codes that are meant.
        spoken: Code → short name, where the rule gives another one.
        unsearchable: Names that mean something else in a sentence (郊区, 和平).
    """

    former_codes: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    settled: Mapping[str, tuple[str, ...]]
    spoken: Mapping[str, str]
    unsearchable: frozenset[str]


def read_name_rules(file: DataFile, codes: frozenset[str]) -> NameRules:
    """Read `place_names.toml`; every code it points to must be in `codes`.

    Raises:
        ContentError: A table is missing or names an unknown code.
    """
    tables = file.toml()
    former = _code_lists(file, tables, "former_codes", codes)
    return NameRules(
        former_codes={old: new[0] for old, new in former.items()},
        aliases=_code_lists(file, tables, "aliases", codes),
        settled=_code_lists(file, tables, "settled", codes),
        spoken=_spoken(file, tables, codes),
        unsearchable=frozenset(texts_of(file, "", tables, "unsearchable")),
    )


def _table(file: DataFile, tables: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = tables.get(name)
    if not isinstance(table, dict):
        raise file.error(file.line_of(name), f"[{name}] is missing", f"Write the table [{name}].")
    return table


def _code_lists(
    file: DataFile, tables: Mapping[str, object], table: str, codes: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in _table(file, tables, table).items():
        listed = [value] if isinstance(value, str) else value
        unknown = "not a list" if not isinstance(listed, list) else _first_unknown(listed, codes)
        if unknown is not None or not isinstance(listed, list):
            raise file.error(
                file.line_of(table, key),
                f"[{table}] {key}: unknown code {unknown}",
                "Use codes that stand in places.csv.",
            )
        found[key] = tuple(str(code) for code in listed)
    return found


def _spoken(file: DataFile, tables: Mapping[str, object], codes: frozenset[str]) -> dict[str, str]:
    spoken: dict[str, str] = {}
    for code, name in _table(file, tables, "spoken").items():
        if code not in codes or not isinstance(name, str) or not name:
            raise file.error(
                file.line_of("spoken", code), f"[spoken] {code} is unknown", 'Write code = "name".'
            )
        spoken[code] = name
    return spoken


def _first_unknown(listed: list[object], codes: frozenset[str]) -> object | None:
    return next((code for code in listed if code not in codes), None if listed else "(none)")
