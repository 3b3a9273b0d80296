from __future__ import annotations

import io
import threading
import time

from bot.scheduler.runner import Runner
from bot.scheduler.ticks import Job, Tick
from tests.chat import City

LONGEST_WAIT = 10.0


def runner(city: City, *jobs: Job, wake: threading.Event | None = None) -> Runner:
    return Runner(
        city.database,
        city.app.engine,
        account_ids=[city.account_id],
        wake=wake.set if wake else None,
        jobs=jobs,
    )


def test_it_ticks_and_wakes_the_sender_when_something_was_due(city: City) -> None:
    ran, woken = threading.Event(), threading.Event()

    def work(_tick: Tick) -> int:
        ran.set()
        return 1

    ticking = runner(city, Job("quick", 1, work), wake=woken)
    ticking.start()
    try:
        assert ran.wait(LONGEST_WAIT)
        assert woken.wait(LONGEST_WAIT)
    finally:
        ticking.stop()


def test_a_job_that_fails_is_logged_and_the_others_go_on(
    city: City, log_lines: io.StringIO
) -> None:
    ran = threading.Event()

    def fail(_tick: Tick) -> int:
        raise ZeroDivisionError("陈桂芳")

    def work(_tick: Tick) -> int:
        ran.set()
        return 0

    ticking = runner(city, Job("broken", 1, fail), Job("sound", 1, work))
    ticking.start()
    try:
        assert ran.wait(LONGEST_WAIT)
        until = time.monotonic() + LONGEST_WAIT
        while "job.failed" not in log_lines.getvalue() and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        ticking.stop()
    assert "job.failed" in log_lines.getvalue()
    assert "陈桂芳" not in log_lines.getvalue()


def test_stopping_twice_is_harmless(city: City) -> None:
    ticking = runner(city, Job("idle", 60, lambda _tick: 0))
    ticking.start()
    ticking.stop()
    ticking.stop()
