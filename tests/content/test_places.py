from __future__ import annotations

import csv
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from content.catalogue import Catalogue
from content.data_files import PACKAGE_DATA, DataFolder
from content.places import Nearness, Places
from content.places_reader import read_places
from content.reader import read_catalogue

PLACES = read_catalogue().places
with (PACKAGE_DATA / "places.csv").open(encoding="utf-8") as register:
    CODES = [row["code"] for row in csv.DictReader(register)]
with (PACKAGE_DATA / "towns.csv").open(encoding="utf-8") as register:
    TOWNS = [row["code"] for row in csv.DictReader(register)]
any_code = st.sampled_from(CODES + TOWNS)

HEADING = "code,name,level,parent,lat,lon,coordinate_of\n"
TOWN_HEADING = "code,name,county\n"
NO_NAMES = "[former_codes]\n[aliases]\n[settled]\n[spoken]\n"
ONE_PROVINCE = HEADING + "510000,四川省,province,,30.65,104.07,own\n"


def found(places: Places, text: str) -> list[str]:
    return [place.code for place in places.find(text)]


def test_every_place_and_every_town_of_the_country_is_held() -> None:
    assert len(CODES) == 3338
    assert len(TOWNS) == 41352
    assert all(PLACES.get(code) is not None for code in CODES + TOWNS)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("中江县", ["510623"]),
        ("中江", ["510623"]),
        (" 德 阳 ", ["510600"]),
        ("石柱", ["500240"]),
        ("彭水", ["500243"]),
        ("秀山", ["500241"]),
        ("酉阳", ["500242"]),
        ("重庆主城", ["500000"]),
        ("罗江县", ["510604"]),
        ("开县", ["500154"]),
        ("万盛", ["500110"]),
        ("两江新区", ["500105", "500109", "500112"]),
        ("南华镇", ["510623101", "620724102"]),
        ("孝泉", ["510603101"]),
        ("双流县", ["510116"]),
        ("武进市", ["320412"]),
        ("合肥高新区", ["340176"]),
        ("襄樊", ["420600"]),
        ("吴县", ["320506", "320507"]),
        ("忠县", ["500233"]),
        ("延边", ["222400"]),
        ("浦东", ["310115"]),
        ("东莞", ["441900"]),
        ("月球", []),
    ],
)
def test_a_place_is_found_by_what_people_call_it(text: str, codes: list[str]) -> None:
    assert found(PLACES, text) == codes


def test_a_bare_name_means_the_largest_place_of_that_name() -> None:
    assert found(PLACES, "长沙") == ["430100"]
    assert found(PLACES, "河南") == ["410000"]
    assert found(PLACES, "西安") == ["610100"]


def test_an_ambiguous_name_gives_every_place() -> None:
    assert found(PLACES, "江北") == ["330205", "500105"]
    assert "110105" in found(PLACES, "朝阳")


def test_a_bare_town_name_is_found_only_when_asked_for_as_a_whole() -> None:
    assert "510623102" in [place.code for place in PLACES.find("回龙")]
    assert "回龙" not in PLACES.names()
    assert PLACES.called("回龙") == ()
    assert "510623102" in PLACES.called("回龙镇")


def test_ordinary_words_and_single_characters_are_not_searched_in_sentences() -> None:
    names = PLACES.names()
    assert not {"公安", "大厂", "三元", "郊区", "合作"} & names.keys()
    assert min(len(name) for name in names) > 1
    assert names["石柱"] == ("500240",)
    assert names["合作市"] == ("623001",)


@given(st.sampled_from(sorted(PLACES.names())))
def test_every_searchable_name_is_found(name: str) -> None:
    assert set(found(PLACES, name)) == set(PLACES.names()[name])


def test_an_abolished_code_leads_to_the_one_in_force() -> None:
    assert PLACES.current_code("510626") == "510604"
    assert PLACES.current_code("500234") == "500154"
    assert PLACES.current_code("510623") == "510623"
    assert PLACES.current_code("510626999") == "510604"


def test_a_town_knows_its_county_city_and_province() -> None:
    assert PLACES.county_of("510623101") == "510623"
    assert PLACES.city_of("510623101") == "510600"
    assert PLACES.province_of("510623101") == "510000"


def test_a_municipality_is_a_province_without_cities() -> None:
    assert PLACES.county_of("500240") == "500240"
    assert PLACES.city_of("500240") is None
    assert PLACES.province_of("500240") == "500000"


def test_dongguan_has_no_counties_but_its_towns_lie_in_the_city() -> None:
    assert PLACES.county_of("441900003") is None
    assert PLACES.city_of("441900003") == "441900"
    assert PLACES.county_of("441900") is None


def test_a_code_of_nowhere_lies_nowhere() -> None:
    assert PLACES.province_of("999999") is None
    assert PLACES.nearness("999999", "999999") is Nearness.other_province


@given(any_code)
def test_the_county_of_a_county_is_itself(code: str) -> None:
    county = PLACES.county_of(code)
    assert county is None or PLACES.county_of(county) == county


@given(any_code)
def test_every_place_lies_in_a_province(code: str) -> None:
    province = PLACES.get(PLACES.province_of(code) or "")
    assert province is not None
    assert province.level == "province"


@pytest.mark.parametrize(
    ("home", "work", "nearness"),
    [
        ("510623101", "510623101", Nearness.same_town),
        ("510623101", "510623102", Nearness.same_county),
        ("510623101", "510623", Nearness.same_county),
        ("510623", "510681", Nearness.same_city),
        ("510626", "510604", Nearness.same_county),
        ("510623", "510100", Nearness.same_province),
        ("500240", "500112", Nearness.same_province),
        ("441900", "441900", Nearness.same_city),
        ("500240", "510623", Nearness.other_province),
    ],
)
def test_nearness_is_told_in_true_steps(home: str, work: str, nearness: Nearness) -> None:
    assert PLACES.nearness(home, work) is nearness


@given(any_code, any_code)
def test_nearness_and_distance_are_the_same_both_ways(a: str, b: str) -> None:
    assert PLACES.nearness(a, b) is PLACES.nearness(b, a)
    assert PLACES.seat_distance_km(a, b) == pytest.approx(PLACES.seat_distance_km(b, a))


def test_the_distance_between_two_seats_is_right_to_a_few_kilometres() -> None:
    # 石柱 and 万州 lie about 95 km apart, 成都 and 北京 about 1,520 km.
    near = PLACES.seat_distance_km("500240", "500101")
    far = PLACES.seat_distance_km("510100", "110000")
    assert near is not None
    assert far is not None
    assert 80 < near < 110
    assert 1480 < far < 1550
    assert PLACES.seat_distance_km("500240", "500240") == 0.0


def test_no_distance_is_invented_where_only_the_city_is_known() -> None:
    assert PLACES.seat_distance_km("659005", "510623") is None
    assert PLACES.seat_distance_km("999999", "510623") is None


def test_a_town_is_as_far_as_its_county_seat() -> None:
    assert PLACES.seat("510623101") == PLACES.seat("510623")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("510623", "中江"),
        ("510623101", "南华镇"),
        ("500243", "彭水"),
        ("500233", "忠县"),
        ("150000", "内蒙古"),
        ("510626", "罗江"),
        ("310115", "浦东"),
        ("520203", "六枝"),
        ("610103", "碑林"),
        ("429021", "神农架"),
        ("500154", "开州"),
        ("510604", "罗江"),
        ("130171", "石家庄高新技术产业开发区"),
    ],
)
def test_a_place_is_called_as_people_say_it(code: str, name: str) -> None:
    assert PLACES.short_name(code) == name


def test_an_unknown_place_has_no_name() -> None:
    with pytest.raises(LookupError, match="999999"):
        PLACES.short_name("999999")


def test_a_town_is_told_from_no_town() -> None:
    town = PLACES.get("441900121")
    assert town is not None
    assert (town.name, town.level, town.parent) == ("虎门镇", "town", "441900")
    assert PLACES.get("441900999") is None
    assert PLACES.get("44190012x") is None
    assert PLACES.county_of("620201100") is None
    assert PLACES.city_of("620201100") == "620200"


def test_the_well_known_towns_and_the_served_areas_exist() -> None:
    for name, code in PLACES.rules.known_towns.items():
        town = PLACES.get(code)
        assert town is not None
        assert town.name.startswith(name)
    assert all(PLACES.get(code) is not None for code in PLACES.rules.served)


def test_the_towns_of_a_county_come_in_order(catalogue: Catalogue) -> None:
    towns = catalogue.places.towns_in("500240")
    assert [town.name for town in towns[:2]] == ["南宾街道", "万安街道"]
    assert len(towns) == 33
    assert len(catalogue.places.towns_in("110105")) == 43
    assert len(catalogue.places.towns_in("441900")) == 36
    assert len(catalogue.places.towns_in("620200")) == 5


@pytest.mark.parametrize(
    ("places", "towns", "names", "where"),
    [
        ("code,name\n", TOWN_HEADING, NO_NAMES, "places.csv:1"),
        (HEADING + "51,四川\n", TOWN_HEADING, NO_NAMES, "places.csv:2"),
        (ONE_PROVINCE.replace("30.65", "北"), TOWN_HEADING, NO_NAMES, "places.csv:2"),
        (ONE_PROVINCE.replace("province", "state"), TOWN_HEADING, NO_NAMES, "places.csv:2"),
        (ONE_PROVINCE, TOWN_HEADING + "510623101,南华镇,510623\n", NO_NAMES, "towns.csv:2"),
        (ONE_PROVINCE, TOWN_HEADING + "5106,南华镇,510000\n", NO_NAMES, "towns.csv:2"),
        (ONE_PROVINCE, TOWN_HEADING + "510623101,南华镇\n", NO_NAMES, "towns.csv:2"),
        (ONE_PROVINCE + ONE_PROVINCE[len(HEADING) :], TOWN_HEADING, NO_NAMES, "places.csv:3"),
        (
            ONE_PROVINCE,
            TOWN_HEADING,
            NO_NAMES.replace("[aliases]\n", '[aliases]\n"天府" = "510001"\n'),
            "place_names.toml:3",
        ),
        (ONE_PROVINCE, TOWN_HEADING, "[aliases]\n", "place_names.toml:1"),
    ],
)
def test_a_wrong_register_is_refused_with_its_line(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
    places: str,
    towns: str,
    names: str,
    where: str,
) -> None:
    files = {"places.csv": places, "towns.csv": towns, "place_names.toml": names}
    folder = folder_of({**files, "town_words.txt": "# no words\n"})
    with pytest.raises(ContentError, match=where):
        read_places(folder).warm()


def test_the_towns_are_read_at_the_first_need_and_a_bureaus_own_at_once(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    wrong = TOWN_HEADING + "510623101,南华镇,nowhere\n"
    files = {"places.csv": ONE_PROVINCE, "towns.csv": wrong, "place_names.toml": NO_NAMES}
    folder = folder_of({**files, "town_words.txt": ""})

    places = read_places(folder)

    assert places.county_of("510000101") is None
    assert places.find("四川") != []
    with pytest.raises(ContentError, match=r"towns\.csv:2"):
        places.find("南华")
    with pytest.raises(ContentError, match=r"overlay towns\.csv:2"):
        read_places(DataFolder(overlay=folder.package, package=folder.package))
