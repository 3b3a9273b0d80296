"""Act 5: work begins, is asked after and is lost."""

from __future__ import annotations

import asyncio
import time

from bot.app.demo.tour.playing import Tour
from storage.unit_of_work import UnitOfWork

CALL, START, STILL_THERE = (
    "check_in.firm_called.question",
    "check_in.started_work.question",
    "check_in.still_there.day3",
)
LOST_AFTER_DAYS = 2
LONGEST_WAIT_DAYS = 9


async def work(tour: Tour) -> None:
    """Let days pass: asked after twice, at work by her own word, asked again, then lost."""
    tour.act("working")
    await _leave_to_herself(tour)
    await tour.worker.skips()
    await tour.firm.skips()
    await _asked(tour, CALL)
    await tour.say("worker", tour.worker, "called")
    await _asked(tour, START)
    tour.expect(await tour.say("worker", tour.worker, "started"), "check_in.thanks.started")
    await _asked(tour, STILL_THERE)
    tour.expect(await tour.choose("worker", tour.worker, 1), "check_in.thanks.same")
    for _ in range(LOST_AFTER_DAYS):
        await a_day(tour)
    _say_day(tour)
    await _lose(tour)


async def a_day(tour: Tour) -> None:
    """Let a day pass: the county answers, and the officer calls whom he promised to call."""
    tour.answers += await tour.crowd.live_a_day()
    for key in await tour.count(lambda figures: figures.cases_to_call()):
        await tour.officer.sends(button=f"a:case_contacted:{key.hex}")
        tour.answers += 1
    await tour.officer.skips()


async def _leave_to_herself(tour: Tour) -> None:
    """Keep the crowd from answering for Guifang's application."""

    def read(uow: UnitOfWork) -> str:
        address = uow.addresses.find(tour.stage.account_id, tour.worker.address)
        workers = uow.addresses.workers_at(address.id) if address is not None else []
        return workers[0].id.hex if workers else ""

    key = await asyncio.wrap_future(tour.app.database.submit_read(read))
    tour.crowd.leave_alone(key)


async def _asked(tour: Tour, key: str) -> None:
    """Let days pass until Guifang is asked this question."""
    for _ in range(LONGEST_WAIT_DAYS):
        await a_day(tour)
        heard = await tour.worker.listens()
        if any(each.key == key for each in heard):
            _say_day(tour)
            tour.bot([each for each in heard if each.key == key])
            return
    tour.expect([], key)


def _say_day(tour: Tour) -> None:
    local = tour.clock.now().astimezone(tour.clock.timezone)
    days = (local.date() - tour.began.astimezone(tour.clock.timezone).date()).days
    tour.note("working.day", days=days, date=f"{local:%m-%d}", time=f"{local:%H:%M}")


async def _lose(tour: Tour) -> None:
    """Lose the work; measure how long the officer's screen takes."""
    await tour.worker.skips()
    began = time.monotonic()
    heard = await tour.say("worker", tour.worker, "lost")
    await tour.stage.publish()
    told = await tour.officer.listens()
    seconds = time.monotonic() - began
    tour.expect(heard, "loss.recorded.both")
    tour.expect(told, "cases.line.urgent")
    tour.bot(told, to="officer")
    tour.note("working.measured", seconds=f"{seconds:.1f}")
