"""How places are called: short names without 县, 市, 区 or the peoples in the full name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
_HIGH_TECH = re.compile(r"高(?:新|技术)")
_ECONOMIC = re.compile(r"经济(?:技术)?开发区")
_PEOPLES_TOWN = re.compile(rf"(?:{_PEOPLES})*(?:民族)?乡$")


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
    # The peoples are sought only where they can stand: there are 41,352 names to shorten.
    if name.endswith("镇"):
        short = name[:-1]
    elif name.endswith("街道"):
        short = name[:-2]
    else:
        short = _PEOPLES_TOWN.sub("", name) if name.endswith("乡") else name
    return short if len(short) > 1 else name


def zone_names(name: str, city: str) -> tuple[str, ...]:
    """Return how a development zone of `city` (its short name) is said: 合肥高新区, 合肥经开区.

    Nothing for any other place, and for a zone that shares its kind with none.
    """
    if not _ZONE.search(name):
        return ()
    if _HIGH_TECH.search(name):
        return (f"{city}高新区", f"{city}市高新区")
    if _ECONOMIC.search(name):
        return (f"{city}经开区", f"{city}市经开区")
    return ()


@dataclass(frozen=True, slots=True)
class NameRules:
    """What no rule derives: old names and codes, everyday names, names that mislead.

    Attributes:
        former_codes: Abolished code → the code that now holds its land.
        aliases: Old or everyday name → codes; an area's name too.
        areas: Names of land in several counties (两江新区): all its codes are meant together.
        settled: Short name that several places share → the codes that are meant.
        spoken: Code → short name, where the rule gives another one.
        unsearchable: Names that mean something else in a sentence (郊区, 和平): places only
            beside a place they lie in.
        doubtful: Names that are words as well (石棉): places only behind 去 or 在, or beside a
            place they lie in.
        served: Codes of the areas where the product works, first the ones preferred.
        words: Longer words in which a name stands and names no place (兰州拉面).
        known_towns: Town's name → the town of nine digits that everybody means by it.
    """

    former_codes: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    areas: frozenset[str]
    settled: Mapping[str, tuple[str, ...]]
    spoken: Mapping[str, str]
    unsearchable: frozenset[str]
    doubtful: frozenset[str]
    served: tuple[str, ...]
    words: frozenset[str]
    known_towns: Mapping[str, str]
