"""What is known of a worker, and how it is kept."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.people import workers
from bot.services.people.workers import ProfileDraft, merged, profile_of, short_name
from bot.understanding import Context, read_worker_text
from matching.types import Migration
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.worker_world import GUIFANG, address_of

TODAY = date(2026, 11, 23)


def said(text: str) -> ProfileDraft:
    return also_said(ProfileDraft(), text)


def also_said(draft: ProfileDraft, text: str) -> ProfileDraft:
    reading = read_worker_text(text, Context(home="510623", today=TODAY))
    return merged(draft, reading, today=TODAY)


def test_one_sentence_gives_trade_place_and_pay() -> None:
    known = said("踩平车 屋头有娃 只在中江 要四千")
    assert known.trades == ("缝纫工",)
    assert known.locations == ("510623",)
    assert known.wage_min == 4000


def test_near_home_in_one_county_tells_the_home_county() -> None:
    assert said("踩平车 屋头有娃 只在中江").home == "510623"


def test_a_wanted_city_tells_no_home() -> None:
    assert said("踩平车 想去成都").home is None


def test_a_place_that_is_refused_is_wanted_no_longer() -> None:
    known = also_said(said("电焊 想去成都"), "成都不去了")
    assert known.locations == ()
    assert known.excluded_locations == ("510100",)


def test_a_place_that_is_wanted_again_is_refused_no_longer() -> None:
    known = also_said(said("不去广东"), "去广东")
    assert known.locations == ("440000",)
    assert known.excluded_locations == ()


def test_newer_pay_replaces_older() -> None:
    assert also_said(said("要四千"), "要五千").wage_min == 5000


def test_at_most_five_trades_are_kept() -> None:
    assert len(said("会电焊、打灰、木工、油漆、架子工、保安、厨师").trades) == 5


def test_an_age_becomes_a_year_of_birth() -> None:
    assert said("会电焊 今年50岁").birth_year == 1976


def test_the_age_of_a_child_is_never_kept() -> None:
    assert said("屋头有娃15岁 踩平车").birth_year is None


def test_a_draft_survives_being_kept_as_json() -> None:
    memory: dict[str, object] = {}
    workers.keep_draft(memory, GUIFANG)
    assert workers.draft_of(None, memory) == GUIFANG


def test_the_ranking_sees_no_name_and_no_phone() -> None:
    seen = profile_of(GUIFANG, key="k", today=TODAY)
    assert "陈桂芳" not in repr(seen)
    assert "13900001234" not in repr(seen)
    assert seen.age == 52
    assert seen.migration is Migration.NEAR_HOME


def test_no_licence_on_record_means_never_asked() -> None:
    assert profile_of(GUIFANG, key="k", today=TODAY).certificates is None


def test_a_heavy_licence_holds_the_lighter_ones() -> None:
    held = profile_of(ProfileDraft(certificates=("B2",)), key="k", today=TODAY).certificates
    assert held is not None
    assert {"B2", "C1"} <= set(held)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("陈桂芳", "陈*芳"),
        ("周明", "周*"),
        ("婆娘", "婆娘"),
        ("嫂子", "嫂子"),
        (None, ""),
        ("王", "王"),
    ],
)
def test_a_short_name_tells_strangers_little(name: str | None, short: str) -> None:
    assert short_name(name) == short


def test_registering_keeps_the_draft_and_links_the_address(city_on_both: City) -> None:
    person = city_on_both.person("guifang")

    def work(uow: UnitOfWork) -> tuple[ProfileDraft, list[WorkerStatus], bool]:
        address = address_of(uow, person)
        worker = workers.register(uow, city_on_both.deployment, address, GUIFANG)
        uow.session.flush()
        linked = uow.addresses.workers_at(address.id)
        statuses = [step.status for step in uow.workers.history(worker.id)]
        return workers.draft_of(linked[0], {}), statuses, address.acting_for == worker.id

    assert city_on_both.run(work) == (GUIFANG, [WorkerStatus.REGISTERED], True)


def test_a_change_counts_up_the_version_and_no_change_does_not(city_on_both: City) -> None:
    person = city_on_both.person("guifang")

    def work(uow: UnitOfWork) -> tuple[int, int, int | None]:
        deployment = city_on_both.deployment
        worker = workers.register(uow, deployment, address_of(uow, person), GUIFANG)
        workers.change(uow, deployment, worker, GUIFANG)
        before = worker.version
        workers.change(uow, deployment, worker, also_said(GUIFANG, "要五千"))
        return before, worker.version, worker.wage_min

    assert city_on_both.run(work) == (1, 2, 5000)


def test_whoever_left_does_not_come_back_under_the_same_row(city: City) -> None:
    person = city.person("guifang")

    def work(uow: UnitOfWork) -> None:
        worker = workers.register(uow, city.deployment, address_of(uow, person), GUIFANG)
        workers.set_status(uow, worker, WorkerStatus.LEFT, now=city.clock.now())
        with pytest.raises(ValueError, match="left"):
            workers.set_status(uow, worker, WorkerStatus.SEEKING, now=city.clock.now())

    city.run(work)
