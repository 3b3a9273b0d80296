"""What is checked once more in the moment before something is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import ContactAddress, Enterprise, Vacancy
from storage.states import DeliveryKind, DeliveryStatus, VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.channels.remote import Post
from tests.channels.small_town import SmallTown

LATE_EVENING = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 22:00 in Deyang
TWELVE_HOURS = timedelta(hours=12)


@pytest.fixture
def post(database: Database, catalogue: Catalogue, clock: FixedClock) -> Post:
    return Post(SmallTown(database, catalogue, clock))


def vacancy_in_state(post: Post, status: VacancyStatus) -> UUID:
    """Return the id of a vacancy in `status`."""

    def add(uow: UnitOfWork) -> UUID:
        firm = Enterprise(
            id=uuid4(),
            bureau_adcode="510600",
            credit_code=uuid4().hex[:18],
            name="厂",
            adcode="510623",
            created_at=post.clock.now(),
        )
        uow.session.add(firm)
        uow.session.flush()
        vacancy = Vacancy(
            id=uuid4(),
            bureau_adcode="510600",
            number=uow.records.next_number("V:test"),
            enterprise_id=firm.id,
            trade="平车工",
            title="平车工",
            status=status,
            created_at=post.clock.now(),
        )
        uow.session.add(vacancy)
        return vacancy.id

    return post.run(add)


@pytest.mark.parametrize("kind", [DeliveryKind.VACANCY, DeliveryKind.CHECK_IN])
def test_the_night_postpones_what_nobody_waits_for(post: Post, kind: DeliveryKind) -> None:
    post.clock.instant = LATE_EVENING
    if kind is DeliveryKind.CHECK_IN:
        post.reply("quiet", kind=kind)
    else:
        post.push("quiet", kind=kind)
    post.send_all()
    assert post.remote.texts() == []
    assert post.row("quiet").not_before == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    post.clock.advance(TWELVE_HOURS)
    post.send_all()
    assert post.remote.texts() == ["quiet"]


def test_a_reply_goes_at_night_even_behind_a_check_in_that_waits_for_morning(post: Post) -> None:
    post.clock.instant = LATE_EVENING
    post.reply("check-in", kind=DeliveryKind.CHECK_IN)
    post.send_all()
    post.reply("reply")
    post.send_all()
    assert post.remote.texts() == ["reply"]


def _unsubscribe(address: ContactAddress) -> None:
    address.unsubscribed_at = LATE_EVENING


def _hand_over(address: ContactAddress) -> None:
    address.handed_over_to = uuid4()


def _give_back(address: ContactAddress) -> None:
    address.handed_over_to = None


def test_whoever_unsubscribed_gets_no_vacancy_and_the_reason_is_kept(post: Post) -> None:
    post.push("push")
    post.change_address(_unsubscribe)
    post.send_all()
    assert post.remote.texts() == []
    assert post.row("push").reason == "unsubscribed"


def test_a_vacancy_that_closed_meanwhile_is_not_sent(post: Post) -> None:
    post.push("open", subject_id=vacancy_in_state(post, VacancyStatus.PUBLISHED))
    post.push("closed", subject_id=vacancy_in_state(post, VacancyStatus.FILLED))
    post.send_all()
    assert post.remote.texts() == ["open"]
    assert post.row("closed").status is DeliveryStatus.SKIPPED
    assert post.row("closed").reason == "vacancy_closed"


def test_a_push_that_comes_too_late_is_skipped(post: Post) -> None:
    post.push("push", expires_at=post.clock.now() + timedelta(minutes=1))
    post.clock.advance(timedelta(minutes=2))
    post.send_all()
    assert post.row("push").reason == "expired"


def test_an_officer_who_talks_is_not_interrupted_by_a_check_in(post: Post) -> None:
    post.reply("check-in", kind=DeliveryKind.CHECK_IN)
    post.change_address(_hand_over)
    post.send_all()
    assert post.remote.texts() == []
    post.change_address(_give_back)
    post.clock.advance(timedelta(hours=2))
    post.send_all()
    assert post.remote.texts() == ["check-in"]
