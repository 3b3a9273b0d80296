"""What other departments paid: a small sheet, each line once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select

from bot.errors import UserError
from bot.services.benefits import outside_payments
from bot.services.benefits.outside_payments import Loaded, Refused, pasted
from bot.services.register.sheet_files import RawRow
from storage.models import OutsidePayment
from storage.unit_of_work import UnitOfWork
from tests.benefit_world import GUIFANG_ID, OTHER_ID
from tests.chat import City
from tests.services.benefits.fund_books import number_of

HEAD: RawRow = ["证件号码", "项目", "部门", "金额", "日期"]
LINE: RawRow = [GUIFANG_ID, "打工车票补贴", "区乡村振兴局", 198.5, "2026-11-01"]


def load(city: City, *rows: RawRow) -> Loaded:
    return city.run(lambda uow: outside_payments.load(uow, city.deployment, rows))


def stored(city: City) -> list[OutsidePayment]:
    def work(uow: UnitOfWork) -> list[OutsidePayment]:
        return list(uow.session.scalars(select(OutsidePayment)))

    return city.run(work)


def test_a_second_load_of_the_same_sheet_changes_nothing(cq: City) -> None:
    assert load(cq, HEAD, LINE) == Loaded(1, 0, ())
    assert load(cq, HEAD, LINE) == Loaded(0, 1, ())
    (row,) = stored(cq)
    assert (row.code, row.amount_fen, row.paid_on) == (
        "transport_subsidy",
        19850,
        date(2026, 11, 1),
    )


def test_a_second_payment_of_the_day_or_a_corrected_sum_is_no_known_one(cq: City) -> None:
    more: RawRow = [*LINE[:3], 250, LINE[4]]
    unsaid: RawRow = [*LINE[:3], None, LINE[4]]
    assert load(cq, HEAD, LINE, more, LINE, unsaid) == Loaded(2, 2, ())
    assert load(cq, HEAD, more, unsaid) == Loaded(0, 2, ())
    assert sorted(row.amount_fen or 0 for row in stored(cq)) == [19850, 25000]


@pytest.mark.parametrize("cell", [float(GUIFANG_ID), float("inf"), float("nan"), 5e17])
def test_a_number_cell_that_lost_digits_is_nobodys_number(cq: City, cell: float) -> None:
    assert load(cq, HEAD, [cell, *LINE[1:]]) == Loaded(0, 0, (Refused(2, "number"),))


def test_boundless_cells_are_named_and_not_stumbled_over(cq: City) -> None:
    wrong: RawRow = [GUIFANG_ID, float("inf"), *LINE[2:]]
    boundless: RawRow = [*LINE[:3], float("inf"), LINE[4]]
    found = load(cq, HEAD, wrong, boundless)
    assert found.refused == (Refused(2, "benefit"), Refused(3, "amount"))


def test_a_thousand_lines_cost_few_questions(cq: City) -> None:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    rows: list[RawRow] = [[number_of(person), *LINE[1:]] for person in range(1, 999)]

    def work(uow: UnitOfWork) -> Loaded:
        connection = uow.session.connection()
        event.listen(connection, "before_cursor_execute", count)
        found = outside_payments.load(uow, cq.deployment, [HEAD, *rows])
        event.remove(connection, "before_cursor_execute", count)
        return found

    assert cq.run(work) == Loaded(998, 0, ())
    assert statements < 10


@pytest.mark.parametrize(
    "day", ["2026年11月1日", "20261101", date(2026, 11, 1), datetime(2026, 11, 1, 8, tzinfo=UTC)]
)
def test_a_day_is_read_however_the_sheet_has_it(cq: City, day: str | date | datetime) -> None:
    assert load(cq, HEAD, [*LINE[:4], day]).added == 1


def test_other_headings_and_orders_are_understood(cq: City) -> None:
    head = ["发放日期", "发放单位", "身份证号", "备注", "补贴项目"]
    row = ["2026-11-01", "区局", GUIFANG_ID, "x", "transport_subsidy"]
    assert load(cq, ["2026年补贴"], head, row).added == 1
    assert stored(cq)[0].amount_fen is None


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (0, "500240197403050022", "number"),
        (0, None, "number"),
        (1, "没有的补贴", "benefit"),
        (2, "", "department"),
        (3, "两百", "amount"),
        (3, "-1", "amount"),
        (3, "1.234", "amount"),
        (4, "2026-13-01", "day"),
        (4, "2027-01-01", "day"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_taken(
    cq: City, place: int, value: str | None, problem: str
) -> None:
    wrong = [value if index == place else cell for index, cell in enumerate(LINE)]
    right = [OTHER_ID, *LINE[1:]]
    assert load(cq, HEAD, wrong, [], right) == Loaded(1, 0, (Refused(2, problem),))


def test_a_sheet_without_headings_is_refused_with_what_is_needed(cq: City) -> None:
    with pytest.raises(UserError) as refused:
        load(cq, LINE)
    assert refused.value.values == {"needed": "证件号码、项目、部门、日期"}


def test_no_number_is_kept_in_the_clear(cq: City) -> None:
    load(cq, HEAD, LINE)
    (row,) = stored(cq)
    assert GUIFANG_ID.encode() not in row.id_index


def test_pasted_lines_need_no_headings() -> None:
    rows = pasted(
        f"{GUIFANG_ID} 打工车票补贴 区局 198.5 2026-11-01\n\n{OTHER_ID},补贴,区局,1,2026-1-1"
    )
    assert [len(row) for row in rows] == [5, 5, 5]
    assert pasted("身份证号\t项目\t部门\t日期\n1\t2\t3\t4")[0][0] == "身份证号"
