"""Rows of a sheet of vacancies: each becomes a draft that goes the way of every other post."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import UserError
from bot.services.people import enterprises
from bot.services.register.deciding import Outcome
from bot.services.register.row_context import RowContext
from bot.services.register.sheet_rows import SheetRow
from bot.services.vacancies import posts, vacancies
from storage.models import Enterprise
from storage.unit_of_work import UnitOfWork

# A row that was taken over so lately is the same vacancy.
SAME_WITHIN = timedelta(days=180)
# How a column is said in a post that a firm would paste.
SAID = (
    ("headcount", "人数：{}人"), ("pay", "工资：{}"), ("workplace", "地点：{}"),
    ("room_board", "{}"), ("hours", "工作时间：{}"), ("demands", "要求：{}"),
    ("valid_until", "有效期至{}"), ("note", "{}"), ("contact", "联系人：{}"),
    ("firm_phone", "电话：{}"),
)  # fmt: skip


def look(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Outcome:
    """Return what a row comes to; write nothing."""
    firm = _firm(uow, context, row)
    if firm is None:
        row.refuse("no_firm", "firm")
        return Outcome.REFUSED
    try:
        enterprises.need_may_post(firm)
    except UserError:
        row.refuse("firm_not_open", "firm")
        return Outcome.REFUSED
    words = post_words(row)
    since = context.deployment.now - SAME_WITHIN
    if any(one.post_text == words for one in uow.vacancies.created_since(firm.id, since)):
        return Outcome.UNCHANGED
    if not posts.read_post(context.deployment, words).jobs:
        row.refuse("unread", "title")
        return Outcome.REFUSED
    return Outcome.NEW


def take(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Outcome:
    """Make the draft of a row; nobody sees it before it is reviewed."""
    outcome = look(uow, context, row)
    firm = _firm(uow, context, row)
    if outcome is not Outcome.NEW or firm is None:
        return outcome
    words = post_words(row)
    drafts = vacancies.create_drafts(
        uow,
        context.deployment,
        firm,
        words,
        posts.read_post(context.deployment, words),
        officer_id=context.officer.id if context.officer is not None else None,
    )
    for draft in drafts[:1]:
        context.imported(uow, draft.id, None)
    return outcome


def post_words(row: SheetRow) -> str:
    """Return a row as the words of a post."""
    lines = [f"{row.cells['firm']}招{row.cells['title']}"]
    lines += [words.format(row.cells[name]) for name, words in SAID if name in row.cells]
    return "\n".join(lines)


def _firm(uow: UnitOfWork, context: RowContext, row: SheetRow) -> Enterprise | None:
    """Return the firm by its credit code, else by its whole name; None where that is not sure."""
    code = row.cells.get("credit_code")
    if code is not None:
        return enterprises.of_code(uow, context.deployment, code)
    name = row.cells["firm"]
    found = uow.enterprises.named_like(name, scope=context.scope)
    same = [one for one in found if one.name == name]
    return same[0] if len(same) == 1 else None
