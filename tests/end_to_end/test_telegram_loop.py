"""The loop again over Telegram: a served process, a strict stand-in, by polling and by webhook."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select

from content.catalogue import Catalogue
from storage.models import Application, Case, CheckIn, Employment
from storage.states import ApplicationStatus, EndReason, Matter
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.end_to_end.telegram_city import (
    BY_WEBHOOK,
    TelegramCity,
    TelegramPerson,
    served_city,
    telegram_on_loopback,
)
from tests.whole_loop import Loop

BY_POLLING: dict[str, str] = {}
FIRM = "鸿蒙制衣厂"


def walk(city: TelegramCity) -> Loop:
    """Let officer, firm and worker go through the whole loop."""
    loop = Loop(cast("City", city))  # it asks of a city only what this one has as well
    loop.run()
    return loop


@pytest.mark.parametrize("settings", [BY_POLLING, BY_WEBHOOK], ids=["polling", "webhook"])
def test_three_people_walk_the_whole_loop_over_telegram(
    settings: dict[str, str], tmp_path: Path, catalogue: Catalogue
) -> None:
    with telegram_on_loopback() as telegram, served_city(tmp_path, telegram, **settings) as city:
        loop = walk(city)
        heard = "\n".join(loop.heard)
        for key in ("applications.sent.done", "applications.told.hired", "loss.recorded.both"):
            assert opening(catalogue, key) in heard, key
        _check_what_is_stored(city)
        assert "我记到了" in cast("TelegramPerson", loop.worker).heard
        asked = {"getUpdates"} & set(telegram.methods_got(city.account))
        assert bool(asked) is (settings is BY_POLLING)
        # They talk faster than people, so the platform may have told us to wait; no more than that.
        assert "level='error'" not in city.printed
        assert city.stop() == 0


def opening(catalogue: Catalogue, key: str) -> str:
    """Return how a text begins, up to the first thing that differs from person to person."""
    blanks = {"firm": FIRM, "title": "\0", "wrong": "\0"}
    return catalogue.texts.render(key, "zh", **blanks).split("\0")[0]


def _check_what_is_stored(city: TelegramCity) -> None:
    def read(uow: UnitOfWork) -> None:
        (application,) = uow.session.scalars(select(Application))
        assert application.status is ApplicationStatus.HIRED
        (spell,) = uow.session.scalars(select(Employment))
        assert spell.end_reason is EndReason.LOST
        assert uow.session.scalars(select(CheckIn)).all()
        (case,) = uow.session.scalars(select(Case))
        assert {Matter.UNEMPLOYMENT.value, Matter.GRIEVANCE.value} <= set(case.matters)

    city.database.read(read)
