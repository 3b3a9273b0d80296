"""A broadcast to a whole county, made by the product's own services, with a clock beside it."""

from __future__ import annotations

import functools
import time
import uuid
from dataclasses import dataclass

from bot.app import build
from bot.clock import SystemClock
from bot.services.broadcasts import broadcasts
from bot.services.broadcasts.audiences import Audience
from bot.services.broadcasts.broadcast_batches import make_batch
from bot.services.deployment import Deployment
from bot.settings import Settings
from content.reader import read_catalogue
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.far_end_process import BULK_MARK
from tests.benchmarks.served import zone_at_noon
from tests.benchmarks.telegram_town import OFFICER_CHAT, TOKEN
from tests.services.job_world import BUREAU, ZHONGJIANG

WORDS = BULK_MARK + "{姓}师傅您好，{局}{干部}：{县}{镇}周五上午有招聘会，管午饭，不收钱。"


@dataclass(frozen=True, slots=True)
class Generated:
    """A broadcast whose messages wait.

    Attributes:
        key: The broadcast.
        count: How many messages were made.
        seconds: How long that took.
        work: Seconds of CPU of this process in that time; what else runs is not in it.
        longest: Seconds of the longest of its transactions.
    """

    key: uuid.UUID
    count: int
    seconds: float
    work: float
    longest: float


def generate(database: Database, people: int) -> Generated:
    """Draft, approve and make a broadcast for everybody in the county.

    Raises:
        RuntimeError: Not everybody got a message.
    """
    deployment = _deployment(database)
    began, work = time.perf_counter(), time.process_time()
    key = database.run(functools.partial(_approve, deployment=deployment))
    longest, is_more = 0.0, True
    while is_more:
        batch_began = time.perf_counter()
        is_more = database.run(lambda uow: make_batch(uow, deployment, key)).is_more
        longest = max(longest, time.perf_counter() - batch_began)
    seconds, work = time.perf_counter() - began, time.process_time() - work
    count = database.read(lambda uow: uow.broadcasts.need(key).chosen)
    if count != people:
        raise RuntimeError(f"{count} messages for {people} people")
    return Generated(key, count, seconds, work, longest)


def _deployment(database: Database) -> Deployment:
    settings = Settings(
        bureau_adcode=BUREAU,
        bureau_name="德阳市人社局",
        telegram_token=TOKEN,
        tz=zone_at_noon(),
        port=8000,
    )
    clock = SystemClock(settings.timezone)
    return build(
        settings, catalogue=read_catalogue(), clock=clock, database=database, is_demo=False
    ).deployment


def _approve(uow: UnitOfWork, *, deployment: Deployment) -> uuid.UUID:
    account = uow.accounts.find_or_add("telegram", BUREAU)
    address = uow.addresses.find(account.id, str(OFFICER_CHAT))
    officer = uow.officers.at(address.id) if address is not None else None
    if officer is None:
        raise RuntimeError("the town has no officer")
    broadcast = broadcasts.draft(uow, deployment, officer, words=WORDS)
    audience = Audience(places=(ZHONGJIANG,), trades=(), standings=("everybody",))
    broadcasts.change_audience(broadcast, audience)
    uow.session.flush()
    return broadcasts.approve(uow, deployment, officer, broadcast.id).id
