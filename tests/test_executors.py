"""Where the register is ranked: every executor that can be set runs the same work."""

from __future__ import annotations

import importlib.util
import operator
from concurrent.futures import Executor
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.app.executors import nightly_of, power_of
from bot.errors import SettingsError
from bot.services.ranking.nightly import Nightly
from bot.services.serial_executor import SerialExecutor
from bot.settings import Settings, read_settings
from tests.clusters import cluster

SHANGHAI = ZoneInfo("Asia/Shanghai")


def squares(executor: Executor) -> list[int]:
    return [work.result() for work in [executor.submit(operator.pow, n, 2) for n in range(5)]]


@pytest.mark.parametrize(("value", "at_once"), [("", 1), ("processes:2", 2)])
def test_work_is_done_in_this_process_or_in_others(value: str, at_once: int) -> None:
    with power_of(value)() as power:
        assert power.at_once == at_once
        assert squares(power.executor) == [0, 1, 4, 9, 16]


def test_work_is_done_on_a_cluster() -> None:
    with cluster() as address, power_of(f"dask://{address}")() as power:
        assert power.at_once >= 1
        assert squares(power.executor) == [0, 1, 4, 9, 16]


def test_what_fails_fails_where_the_result_is_asked_for() -> None:
    executor = SerialExecutor()
    failed = executor.submit(operator.truediv, 1, 0)
    assert isinstance(failed.exception(), ZeroDivisionError)
    assert executor.submit(operator.add, 1, 2).result() == 3


def test_an_executor_that_was_shut_down_takes_no_work() -> None:
    with SerialExecutor() as executor:
        assert list(executor.map(abs, [-1, 2])) == [1, 2]
    with pytest.raises(RuntimeError, match="shut down"):
        executor.submit(abs, -1)


@pytest.mark.parametrize("value", ["threads", "processes:0", "processes:x", "dask://host", "dask:"])
def test_an_unknown_executor_stops_the_start_with_a_remedy(value: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings(executor=value)
    remedy = "leave it empty, or write processes, processes:4 or dask://host:port"
    assert refusal.value.problems == [f"WENGONG_EXECUTOR: {remedy}"]
    with pytest.raises(SettingsError, match="leave it empty"):
        power_of(value)


def test_a_cluster_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match=r"wengong\[cluster\]"):
        power_of("dask://127.0.0.1:8786")


@pytest.mark.parametrize("value", ["2:30", "24:00", "02.30", "night"])
def test_a_time_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="WENGONG_NIGHTLY_AT: write hours and minutes"):
        read_settings(nightly_at=value)


def test_the_register_is_ranked_at_half_past_two_unless_set_otherwise() -> None:
    assert nightly_of(Settings()).at == time(2, 30)
    assert nightly_of(Settings(nightly_at="23:45")).at == time(23, 45)
    assert nightly_of(Settings(nightly_at="off")).at is None
    assert nightly_of(Settings(nightly_at="")).at is None


@pytest.mark.parametrize(
    ("at", "now", "expected"),
    [
        (time(2, 30), "2026-11-23 02:29", None),
        (time(2, 30), "2026-11-23 02:30", date(2026, 11, 23)),
        (time(2, 30), "2026-11-23 08:29", date(2026, 11, 23)),
        (time(2, 30), "2026-11-23 08:30", None),
        (time(23, 0), "2026-11-23 23:30", date(2026, 11, 23)),
        (time(23, 0), "2026-11-24 04:59", date(2026, 11, 23)),
        (time(23, 0), "2026-11-24 05:00", None),
        (None, "2026-11-23 02:30", None),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(
    at: time | None, now: str, expected: date | None
) -> None:
    local = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    assert Nightly(at=at).day_due(local.astimezone(UTC), SHANGHAI) == expected
