"""The invented county: its counts, its shares, and that the same seed makes the same people."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.app.demo.city import Invented, build_city, invent, is_built
from bot.app.demo.figures import Figures, quotas, read_figures
from bot.app.demo.population import sectors_of, trade_shares
from bot.errors import ContentError, SettingsError
from bot.services.cases.cases import SERIES
from bot.services.people import officers
from bot.services.register import households
from bot.services.register.statistics import OUT_OF_POVERTY, count, question_for
from content.check_digits import credit_code_problem
from content.data_files import PACKAGE_DATA, DataFolder
from storage.models import Course, RegisterEntry, Vacancy
from storage.repositories.demo_figures import DemoFigures
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City

# Cleaning, serving and general work.
SIMPLE = {
    "普工",
    "服务员",
    "保洁员",
    "包装工",
    "搬运工",
    "建筑小工",
    "洗碗工",
    "环卫工",
    "绿化工",
    "保安",
}


@pytest.fixture(scope="module")
def figures() -> Figures:
    return read_figures(DataFolder())


@pytest.fixture(scope="module")
def county(figures: Figures) -> Invented:
    return invent(figures)


def test_the_same_seed_makes_the_same_people(figures: Figures, county: Invented) -> None:
    assert invent(figures) == county


def test_there_are_as_many_people_and_vacancies_as_the_figures_say(county: Invented) -> None:
    assert (len(county.workers), len(county.vacancies), len(county.firms)) == (500, 200, 40)


def test_people_are_split_over_county_province_and_beyond_as_in_the_report(
    county: Invented,
) -> None:
    tiers = Counter(person.tier for person in county.workers)
    assert tiers == {"in_county": 265, "in_province": 149, "outside": 86}


def test_the_mean_age_is_forty_five(county: Invented) -> None:
    ages = [person.age for person in county.workers]
    assert 44 <= sum(ages) / len(ages) <= 46
    assert min(ages) >= 18


def test_half_of_the_people_clean_serve_or_do_general_work(county: Invented) -> None:
    simple = sum(person.trades[0] in SIMPLE for person in county.workers)
    assert simple >= len(county.workers) / 2


def test_every_trade_of_the_figures_is_one_that_the_product_knows(
    figures: Figures, city: City
) -> None:
    known = city.deployment.catalogue.trades
    assert all(known.get(trade) is not None for trade, _ in trade_shares(figures))
    assert set(sectors_of(figures)) == {trade for trade, _ in trade_shares(figures)}


def test_phones_are_unique_and_belong_to_nobody(county: Invented) -> None:
    phones = [person.phone for person in county.workers] + [firm.phone for firm in county.firms]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("1390000") and len(phone) == 11 for phone in phones)


def test_credit_codes_of_invented_firms_are_well_formed_and_unique(county: Invented) -> None:
    codes = [firm.credit_code for firm in county.firms]
    assert len(set(codes)) == len(codes)
    assert [credit_code_problem(code) for code in codes] == [None] * len(codes)


def test_quotas_close_whatever_the_shares_are() -> None:
    for total in (0, 1, 7, 500):
        parts = quotas(total, [("a", 31595), ("b", 17765), ("c", 10307)])
        assert sum(count for _, count in parts) == total


def test_a_built_city_continues_its_numbers(city: City, figures: Figures) -> None:
    build_city(city.app, figures)
    bureau = city.deployment.bureau_adcode
    vacancy, case = city.run(
        lambda uow: (
            uow.records.next_number(f"V:{bureau}"),
            uow.records.next_number(f"{SERIES}:{bureau}"),
        )
    )
    assert (vacancy, case) == (201, 7)


def test_a_built_city_says_so_and_holds_everybody(city: City, figures: Figures) -> None:
    assert not is_built(city.app)
    build_city(city.app, figures)
    assert is_built(city.app)
    assert city.run(lambda uow: DemoFigures(uow.session).size()) == (500, 200)


def test_a_built_city_has_an_officer_for_the_whole_bureau(city: City, figures: Figures) -> None:
    build_city(city.app, figures)
    officer = city.run(lambda uow: officers.owner_for(uow, "510623101"))
    assert officer.name == figures.city.word("officer")
    city.run(lambda uow: officers.check_coverage(uow, city.deployment.bureau_adcode))


def test_everybody_at_work_has_an_open_spell_and_nobody_else_has(
    city: City, figures: Figures
) -> None:
    build_city(city.app, figures)
    workers = city.run(lambda uow: uow.workers.registered(city.deployment.bureau_adcode))
    keys = [worker.id for worker in workers]
    spells = city.run(lambda uow: uow.employments.open_of_workers(keys))
    at_work = {worker.id for worker in workers if worker.status == "employed"}
    assert {spell.worker_id for spell in spells} == at_work
    assert len(spells) == len(at_work)


def test_four_in_five_stand_in_the_register_and_nobody_has_an_id_number(
    city: City, figures: Figures
) -> None:
    build_city(city.app, figures)
    entries = city.run(lambda uow: list(uow.session.query(RegisterEntry)))
    assert len(entries) == 400
    assert not any("id_number" in entry.facts for entry in entries)


def test_the_groups_of_a_worker_are_the_categories_that_an_officer_confirmed(
    city: City, figures: Figures
) -> None:
    build_city(city.app, figures)
    bureau = city.deployment.bureau_adcode

    def look(uow: UnitOfWork) -> list[tuple[list[str], list[str]]]:
        rows = uow.workers.registered(bureau)
        return [(row.groups or [], uow.register_entries.verified_of(row.id)) for row in rows]

    found = city.run(look)
    assert all(groups == verified for groups, verified in found)
    assert sum("脱贫户" in verified for _, verified in found) == 336


def test_the_relocated_households_without_work_are_as_many_as_the_figures_say(
    city: City, figures: Figures
) -> None:
    build_city(city.app, figures)
    table = figures.register["households"]
    deployment = city.deployment
    idle, every = city.run(
        lambda uow: (
            len(households.idle(uow, deployment, scope="5106")),
            uow.households.counted(deployment.bureau_adcode, scope="5106"),
        )
    )
    assert (idle, every) == (table.number("idle"), table.number("relocated"))


def test_the_statistics_count_those_at_work_whom_the_register_calls_out_of_poverty(
    city: City, figures: Figures
) -> None:
    build_city(city.app, figures)
    question = question_for(OUT_OF_POVERTY, city.deployment.today)

    def look(uow: UnitOfWork) -> tuple[int, int]:
        rows = uow.workers.registered(city.deployment.bureau_adcode)
        at_work = [
            row for row in rows if row.status == "employed" and "脱贫户" in (row.groups or ())
        ]
        return len(count(uow, city.deployment, question, scope="5106").people), len(at_work)

    counted, at_work = city.run(look)
    assert counted == at_work > 50


def test_each_open_course_has_seats_and_leads_to_open_vacancies_of_its_county(
    city: City, figures: Figures
) -> None:
    build_city(city.app, figures)
    bureau, today = city.deployment.bureau_adcode, city.deployment.today

    def look(uow: UnitOfWork) -> list[tuple[Course, list[Vacancy]]]:
        rows = uow.courses.upcoming(bureau, today)
        return [(row, uow.courses.vacancies_of(row.id)) for row in rows]

    courses = city.run(look)
    assert len(courses) == 2
    for course, vacancies in courses:
        assert course.seats > 0
        assert vacancies
        assert {row.trade for row in vacancies} == {course.trade}
        assert any(row.adcode == figures.city.word("county") for row in vacancies)
        assert {row.status for row in vacancies} == {VacancyStatus.PUBLISHED}


def test_another_bureau_is_refused_with_the_setting_named(city: City) -> None:
    wrong = read_figures(DataFolder())
    wrong.city.values["bureau"] = "500200"
    with pytest.raises(SettingsError, match="WENGONG_BUREAU_ADCODE"):
        build_city(city.app, wrong)


def test_a_wrong_figure_is_named_with_file_and_line(tmp_path: Path) -> None:
    good = (PACKAGE_DATA / "demo" / "population.toml").read_text(encoding="utf-8")
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "population.toml").write_text(
        good.replace("workers = 500", 'workers = "many"'), encoding="utf-8"
    )
    wrong = read_figures(DataFolder(tmp_path))
    with pytest.raises(ContentError, match=r"population\.toml.*workers"):
        invent(wrong)
