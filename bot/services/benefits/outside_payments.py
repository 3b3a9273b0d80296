"""What other departments paid: a small sheet or pasted lines, kept by keyed hash of the number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from bot.errors import UserError
from bot.services.benefits.identity import id_index
from bot.services.benefits.receipts import name_key
from bot.services.benefits.said_values import day_said
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.register.sheet_files import RawRow
from content.benefits.money import fen_of
from content.check_digits import folded, id_number_problem
from storage.models import Officer, OutsidePayment
from storage.unit_of_work import UnitOfWork

# Headings as departments write them; the first of each is the one that we ask for.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("证件号码", "身份证号", "身份证号码", "公民身份号码", "id_number"),
    "benefit": ("项目", "补贴项目", "补贴名称", "benefit"),
    "department": ("部门", "发放部门", "发放单位", "department"),
    "amount": ("金额", "发放金额", "金额（元）", "金额(元)", "amount"),
    "day": ("日期", "发放日期", "发放时间", "date"),
}
NEEDED = ("number", "benefit", "department", "day")
LONGEST_DEPARTMENT = 60
# From here on a number cell has lost digits: 18 of them can never be trusted.
MOST_IN_A_CELL = 1e15
HEADING_LINES = 5
OPERATOR = "bureau"
_PARTS = re.compile(r"[\t,，;；|]+|\s{2,}|(?<=\S) (?=\S)")
_SUM_ENDING = re.compile(r"元$")


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken: where, and the last part of `benefit_queue.payment_problem.*`."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a sheet: taken, known before, and the lines to mend."""

    added: int
    known: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    code: str
    department: str
    amount_fen: int | None
    day: date


class _LineError(Exception):
    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def load(
    uow: UnitOfWork,
    deployment: Deployment,
    rows: Sequence[RawRow],
    *,
    officer: Officer | None = None,
) -> Loaded:
    """Take a sheet over; the same line a second time changes nothing.

    Identity numbers are kept as keyed hashes only: what was paid to strangers tells nothing.

    Args:
        uow: The transaction.
        deployment: The bureau.
        rows: Lines with a heading among the first five.
        officer: Who brought it; None at the command line.

    Raises:
        UserError: No line looks like the headings.
    """
    columns, first = _columns(rows)
    codes = _codes(deployment)
    lines: list[_Line] = []
    refused: list[Refused] = []
    for index in range(first, len(rows)):
        cells = {name: _cell(rows[index], place) for name, place in columns.items()}
        if not any(cells.values()):
            continue
        try:
            lines.append(_read(cells, codes, today=deployment.today))
        except _LineError as error:
            refused.append(Refused(index + 1, error.problem))
    # Held until the end: of two loads at once the second one sees what the first one added.
    uow.records.next_number(f"outside_payments:{deployment.bureau_adcode}")
    payments = [_payment(uow, deployment, line) for line in lines]
    added = uow.benefit_applications.add_payments(deployment.bureau_adcode, payments)
    _audit(uow, deployment, officer)
    return Loaded(added, len(lines) - added, tuple(refused))


def pasted(text: str) -> list[RawRow]:
    """Return pasted lines as a sheet: number, benefit, department, amount, day, in this order.

    A heading of their own may stand above them.
    """
    rows: list[RawRow] = [
        [part.strip() for part in _PARTS.split(line.strip())]
        for line in text.splitlines()
        if line.strip()
    ]
    if rows and _recognised(rows[0]):
        return rows
    return [[names[0] for names in HEADINGS.values()], *rows]


def _columns(rows: Sequence[RawRow]) -> tuple[dict[str, int], int]:
    for index, row in enumerate(rows[:HEADING_LINES]):
        found = _recognised(row)
        if all(name in found for name in NEEDED):
            return found, index + 1
    needed = "、".join(HEADINGS[name][0] for name in NEEDED)
    raise UserError("benefit_queue.payment_problem.headings", needed=needed)


def _recognised(row: RawRow) -> dict[str, int]:
    texts = [str(cell or "").strip().lower() for cell in row]
    places = {
        name: next((place for place, text in enumerate(texts) if text in headings), None)
        for name, headings in HEADINGS.items()
    }
    return {name: place for name, place in places.items() if place is not None}


def _codes(deployment: Deployment) -> dict[str, str]:
    """Return the code behind every word by which a benefit is called."""
    texts = deployment.catalogue.texts
    found: dict[str, str] = {}
    for rule in deployment.catalogue.benefits.all():
        found[rule.code] = rule.code
        found[deployment.catalogue.policies.mechanisms.get(rule.mechanism, rule.code)] = rule.code
        for language in ("zh", "en"):
            found[texts.render(name_key(rule.code), language)] = rule.code
    return found


def _cell(row: RawRow, place: int) -> object:
    value = row[place] if place < len(row) else None
    return value.strip() if isinstance(value, str) else value


def _read(cells: Mapping[str, object], codes: Mapping[str, str], *, today: date) -> _Line:
    cell = cells.get("number")
    if isinstance(cell, float) and not cell < MOST_IN_A_CELL:
        raise _LineError("number")
    number = folded(_text(cell))
    problem = id_number_problem(number, today=today)
    if problem is not None:
        raise _LineError("number")
    code = codes.get(_text(cells.get("benefit")))
    if code is None:
        raise _LineError("benefit")
    department = _text(cells.get("department"))
    if not 0 < len(department) <= LONGEST_DEPARTMENT:
        raise _LineError("department")
    day = _day(cells.get("day"))
    if day is None or day > today:
        raise _LineError("day")
    return _Line(number, code, department, _fen(cells.get("amount")), day)


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) else ""
    return str(value or "")


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else day_said(_text(value))


def _fen(value: object) -> int | None:
    if value in (None, ""):
        return None
    try:
        amount = Decimal(_SUM_ENDING.sub("", str(value).replace(",", "").strip()))
    except InvalidOperation:
        raise _LineError("amount") from None
    fen = fen_of(amount)
    if fen is None:
        raise _LineError("amount")
    return fen


def _audit(uow: UnitOfWork, deployment: Deployment, officer: Officer | None) -> None:
    uow.records.audit(
        officers.actor_of(officer) if officer is not None else OPERATOR,
        "load_outside_payments",
        subject_kind="outside_payment",
        subject_id=None,
        scope=officers.scope_of(deployment.bureau_adcode),
        at=deployment.now,
    )


def _payment(uow: UnitOfWork, deployment: Deployment, line: _Line) -> OutsidePayment:
    return OutsidePayment(
        bureau_adcode=deployment.bureau_adcode,
        id_index=id_index(uow, line.number),
        code=line.code,
        department=line.department,
        amount_fen=line.amount_fen,
        paid_on=line.day,
    )


def lines_to_mend(refused: Iterable[Refused]) -> dict[str, list[int]]:
    """Return the line numbers by what is wrong with them, in the order found."""
    found: dict[str, list[int]] = {}
    for one in refused:
        found.setdefault(one.problem, []).append(one.line)
    return found
