"""What goes out can come in again, and people's newer words are in it."""

from __future__ import annotations

import csv
import io

from bot.services.people import privacy
from bot.services.register import importing
from bot.services.register.exporting import as_csv, export_table
from bot.services.register.intakes import open_sheet
from bot.services.tables import Table
from bot.web.sheets import xlsx as drawn
from content.register_columns import Sheet
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import add_firm
from tests.services.register.register_world import bring_in, counts, person, xlsx


def exported(city: City, *, as_text: bool = False) -> bytes:
    """Return the register of workers as a file."""

    def draw(uow: UnitOfWork) -> bytes:
        table = export_table(uow, city.deployment, Sheet.WORKERS, scope="5106", language="zh")
        return as_csv(table) if as_text else drawn(table)

    return city.database.read(draw)


def test_what_goes_out_comes_in_without_a_change(city_on_both: City) -> None:
    bring_in(city_on_both, xlsx([person(number) for number in range(1, 40)]))
    for as_text in (False, True):
        batch = bring_in(city_on_both, exported(city_on_both, as_text=as_text))
        assert counts(batch) == (0, 0, 39, 0)


def test_newer_words_go_out_and_come_back_without_a_question(city: City) -> None:
    bring_in(city, xlsx([person(3, 联系电话="13800138000", 文化程度="小学")]))
    (worker,) = city.run(lambda uow: uow.workers.registered("510600"))

    def told(uow: UnitOfWork) -> None:
        row = uow.workers.need(worker.id)
        row.phone, row.education, row.home = "13900139000", "junior_high", "510681100"
        row.phone_index = uow.secrets.blind_index("13900139000", kind="phone")

    city.run(told)
    content = exported(city, as_text=True)
    (line,) = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert (line["联系电话"], line["文化程度"], line["县"]) == ("13900139000", "初中", "广汉市")
    assert counts(bring_in(city, content)) == (0, 0, 1, 0)
    assert city.run(lambda uow: uow.import_batches.count_differences("510600", scope="51")) == 0


def test_a_text_that_would_run_as_a_formula_is_guarded_and_comes_back(city: City) -> None:
    bring_in(city, xlsx([person(3, 务工企业名称="'=HYPERLINK(1)", 健康状况="-健康")]))
    for as_text in (False, True):
        content = exported(city, as_text=as_text)
        if as_text:
            assert b",=HYPERLINK" not in content
            assert b",'=HYPERLINK" in content
        assert counts(bring_in(city, content)) == (0, 0, 1, 0)


def test_numbers_stay_texts(city: City) -> None:
    table = Table("t", ["a"], [["510623196304040031"]])
    assert as_csv(table).decode("utf-8-sig").splitlines() == ["a", "510623196304040031"]


def test_households_come_in_and_go_out(city: City) -> None:
    rows: list[dict[str, object]] = [
        {"县": "中江县", "户编号": "5106230001", "户主姓名": "王芳", "是否易地扶贫搬迁": "是"},
        {"县": "中江县", "户编号": "5106230002", "户主姓名": "李强", "家庭人口数": 3},
        {"县": "中江县", "户编号": "", "户主姓名": "张三"},
    ]
    assert take(city, Sheet.HOUSEHOLDS, xlsx(rows)) == (2, 0, 0, 1)
    assert take(city, Sheet.HOUSEHOLDS, xlsx(rows)) == (0, 0, 2, 1)

    def draw(uow: UnitOfWork) -> bytes:
        table = export_table(uow, city.deployment, Sheet.HOUSEHOLDS, scope="5106", language="zh")
        return drawn(table)

    assert take(city, Sheet.HOUSEHOLDS, city.database.read(draw)) == (0, 0, 2, 0)
    rows[1]["家庭人口数"] = 4
    assert take(city, Sheet.HOUSEHOLDS, xlsx(rows)) == (0, 1, 1, 1)


def take(city: City, kind: Sheet, content: bytes) -> tuple[int, int, int, int]:
    """Take a sheet of any kind over; return what came of it."""
    intake = open_sheet(city.deployment, city.database.secrets, kind, content)
    key = city.run(
        lambda uow: (
            importing.begin(
                uow, city.deployment, kind=kind, content=content, rows=0, officer=None
            ).id
        )
    )
    for step in intake.apply_steps(key):
        city.run(step)
    return counts(city.run(lambda uow: uow.import_batches.need(key)))


def test_courses_become_drafts_once(city: City) -> None:
    rows: list[dict[str, object]] = [
        {"培训名称": "电工班", "开班日期": "2026-12-01", "结束日期": "2026-12-20", "培训人数": 30,
         "培训地点": "中江县", "是否有生活费补贴": "是"},
        {"培训名称": "焊工班", "开班日期": "2026-12-20", "结束日期": "2026-12-01", "培训人数": 30},
    ]  # fmt: skip
    assert take(city, Sheet.COURSES, xlsx(rows)) == (1, 0, 0, 1)
    assert take(city, Sheet.COURSES, xlsx(rows)) == (0, 0, 1, 1)


def test_vacancies_become_drafts_of_their_firm_once(city: City) -> None:
    name = city.run(lambda uow: add_firm(uow, city.clock.now()).name)
    rows: list[dict[str, object]] = [
        {"企业名称": name, "招聘岗位": "缝纫工", "招聘人数": 5, "工资待遇": "4000-5000元/月",
         "工作地点": "中江县", "食宿情况": "包吃住"},
        {"企业名称": "没有的厂", "招聘岗位": "电工"},
    ]  # fmt: skip
    assert take(city, Sheet.VACANCIES, xlsx(rows)) == (1, 0, 0, 1)
    assert take(city, Sheet.VACANCIES, xlsx(rows)) == (0, 0, 1, 1)


def test_who_was_erased_is_not_brought_back(city: City) -> None:
    sheet = xlsx([person(3)])
    bring_in(city, sheet)
    (worker,) = city.run(lambda uow: uow.workers.registered("510600"))

    def erase(uow: UnitOfWork) -> None:
        address = uow.addresses.find_or_add(
            city.account_id, "somebody", language="zh", now=city.clock.now()
        )
        uow.session.flush()
        row = uow.workers.need(worker.id)
        uow.workers.link(row.id, address.id, relation="self", since=city.clock.now())
        privacy.erase(uow, city.deployment, address, row)

    city.run(erase)
    assert counts(bring_in(city, sheet)) == (0, 0, 0, 1)


def test_nothing_is_pushed_to_who_only_came_with_a_sheet(city: City) -> None:
    bring_in(city, xlsx([person(3)]))
    (worker,) = city.run(lambda uow: uow.workers.registered("510600"))
    assert city.run(lambda uow: uow.recommendations.without_consent()) == {worker.id}
