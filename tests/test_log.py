"""Log lines tell of events and ids, never of people."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from bot.log import SAFE_FIELDS, configure, describe, logger, short_code

NAME, PHONE = "陈桂芳", "13900001234"


def test_a_field_outside_the_safe_list_does_not_leave(log_lines: io.StringIO) -> None:
    logger().info("turn.done", worker="ab12", name=NAME, phone=PHONE, text=f"我是{NAME}")
    line = log_lines.getvalue()
    assert "event='turn.done'" in line
    assert "worker='ab12'" in line
    assert NAME not in line
    assert PHONE not in line
    assert "phone" not in line


def test_a_traceback_does_not_leave(log_lines: io.StringIO) -> None:
    try:
        _refuse()
    except LookupError:
        logger().exception("turn.failed", code="ABCDEF")
    assert "ABCDEF" in log_lines.getvalue()
    assert NAME not in log_lines.getvalue()


def test_fields_bound_to_a_logger_are_sifted_too(log_lines: io.StringIO) -> None:
    logger().bind(name=NAME, address="cd34").warning("sender.failed")
    assert "address='cd34'" in log_lines.getvalue()
    assert NAME not in log_lines.getvalue()


def test_no_safe_field_is_one_for_what_people_say_or_are() -> None:
    private = {"name", "phone", "text", "body", "message", "payload", "answers", "id_number"}
    assert not SAFE_FIELDS & private


def test_lines_below_the_level_are_left_out() -> None:
    stream = io.StringIO()
    configure("WARNING", stream=stream)
    logger().info("quiet")
    logger().warning("loud")
    assert "quiet" not in stream.getvalue()
    assert "loud" in stream.getvalue()


def test_a_line_tells_when_and_how_serious(log_lines: io.StringIO) -> None:
    logger().error("job.failed")
    line = log_lines.getvalue()
    assert line.startswith("timestamp='20")
    assert "level='error'" in line
    assert line.count("\n") == 1


def _refuse() -> None:
    raise LookupError(f"nobody is called {NAME}")


def _refuse_of_another() -> None:
    try:
        _refuse()
    except LookupError as error:
        raise RuntimeError(f"no {NAME}") from error


@pytest.mark.parametrize(
    ("raises", "kind"), [(_refuse, LookupError), (_refuse_of_another, RuntimeError)]
)
def test_an_error_is_described_by_its_place_and_not_by_its_message(
    raises: Callable[[], None], kind: type[Exception]
) -> None:
    with pytest.raises(kind) as caught:
        raises()
    described = describe(caught.value)
    assert described.startswith(f"{kind.__name__}@{raises.__name__}:")
    assert NAME not in described


def test_an_error_that_was_never_raised_is_described_too() -> None:
    assert describe(ValueError(NAME)) == "ValueError@?"


def test_a_short_code_is_easy_to_read_aloud() -> None:
    codes = {short_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(len(code) == 6 and code.isalpha() and code.isupper() for code in codes)
    assert not set("".join(codes)) & set("IO")
