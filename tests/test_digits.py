"""A figure is shown only with a source: a row, a rule, a text of ours, or the person's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from content.catalogue import Catalogue
from storage.models.base import Base
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.whole_loop import Loop

DIGITS = re.compile(r"\d+")
CHINESE = {"四千": "4000", "74年": "1974"}


def runs(words: Iterable[object]) -> set[str]:
    """Return every run of digits, without the zeros that only fill it up."""
    return {run.lstrip("0") or "0" for one in words for run in DIGITS.findall(str(one))}


def stored_values(uow: UnitOfWork) -> list[object]:
    """Return every value of every row but messages themselves, decrypted."""
    found: list[object] = []
    for mapper in Base.registry.mappers:
        if mapper.class_.__name__ in {"Delivery", "InboundReceipt", "ContactAddress"}:
            continue
        for row in uow.session.query(mapper.class_):
            found += [getattr(row, column.key) for column in mapper.column_attrs]
    return found


def as_said(city: City, values: list[object]) -> set[str]:
    """Return the digits of stored values in the forms in which people read them."""
    numbers = {str(value) for value in values if isinstance(value, int | float | str)}
    local = [
        value.astimezone(city.clock.timezone) for value in values if isinstance(value, datetime)
    ]
    days = [value for value in values if isinstance(value, date)] + [one.date() for one in local]
    parts = {str(part) for day in days for part in (day.year, day.month, day.day)}
    clock = {str(part) for one in local for part in (one.hour, one.minute)}
    counts = {str(value) for value in values if isinstance(value, int)}
    return runs(numbers | parts | clock | counts)


def literal_digits(catalogue: Catalogue) -> set[str]:
    """Return the digits that stand in our texts and the laws they name."""
    texts = catalogue.texts
    return runs(
        texts.render(key, "zh", **dict.fromkeys(texts.placeholders(key, "zh"), " "))
        for key in texts.keys("zh")
    )


def test_no_reply_holds_a_digit_without_a_source(city: City, catalogue: Catalogue) -> None:
    loop = Loop(city)
    loop.run()
    stored = city.run(stored_values)
    allowed = as_said(city, stored) | literal_digits(catalogue) | runs(loop.typed)
    allowed |= runs([city.deployment.bureau_phone, *CHINESE.values()])
    unfounded = {
        bubble: sorted(runs([bubble]) - allowed)
        for bubble in loop.heard
        if runs([bubble]) - allowed
    }
    assert unfounded == {}


def test_the_check_would_notice_an_invented_figure(city: City, catalogue: Catalogue) -> None:
    loop = Loop(city)
    loop.firm_posts()
    allowed = as_said(city, city.run(stored_values)) | literal_digits(catalogue) | runs(loop.typed)
    assert {"37", "4321"} - allowed == {"37", "4321"}
