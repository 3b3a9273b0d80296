"""What is counted of showings, decisions, spells and grievances, and how it reaches the ranking."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from bot.scheduler import chances_counted
from bot.scheduler.ticks import Tick
from bot.services.ranking import chances
from bot.services.ranking.chances import Figures
from bot.services.ranking.standing import FIRM, TRADE
from bot.services.ranking.vacancy_board import VacancyBoard
from content.catalogue import Catalogue
from storage.models import (
    Application,
    Case,
    ContactAddress,
    Employment,
    Recommendation,
    Vacancy,
)
from storage.states import (
    ApplicationStatus,
    CaseStatus,
    EndReason,
    Matter,
    Response,
    Source,
    VacancyStatus,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import (
    BUREAU,
    LABOUR,
    SEWING,
    add_address,
    add_firm,
    add_vacancy,
    add_worker,
)


class Market:
    """A firm with a post, and another trade's post elsewhere, in one city."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.number = 0
        self.sewing, self.labour = city.run(self._posts)

    def _posts(self, uow: UnitOfWork) -> tuple[Vacancy, Vacancy]:
        now = self.city.clock.now()
        published = VacancyStatus.PUBLISHED
        sewing = add_vacancy(uow, now, add_firm(uow, now), status=published)
        other = add_firm(uow, now, name="大发")
        return sewing, add_vacancy(uow, now, other, trade=LABOUR, status=published)

    def shows(
        self,
        *,
        response: Response | None = None,
        applied: ApplicationStatus | None = None,
        worked: tuple[int, int | None] | None = None,
        end: EndReason | None = None,
        days_ago: int = 60,
    ) -> None:
        """Show the sewing post to a new worker; `worked` is days ago begun and ended."""

        def work(uow: UnitOfWork) -> None:
            self.number += 1
            at = self.city.clock.now() - timedelta(days=days_ago)
            worker = add_worker(uow, at, phone=f"139{self.number:08d}")
            uow.session.add(
                Recommendation(
                    worker_id=worker.id,
                    vacancy_id=self.sewing.id,
                    score=0.5,
                    first_shown_at=at,
                    last_shown_at=at,
                    response=response,
                    responded_at=at if response else None,
                )
            )
            page = add_address(uow, self.city.account_id, at, f"worker {self.number}")
            if applied is not None:
                self._apply(uow, worker.id, page, applied, days_ago)
            if worked is not None:
                self._work(uow, worker.id, worked, end)

        self.city.run(work)

    def _apply(
        self,
        uow: UnitOfWork,
        worker_id: uuid.UUID,
        page: ContactAddress,
        status: ApplicationStatus,
        days_ago: int,
    ) -> None:
        at = self.city.clock.now() - timedelta(days=days_ago)
        uow.session.add(
            Application(
                worker_id=worker_id,
                vacancy_id=self.sewing.id,
                address_id=page.id,
                status=status,
                created_at=at,
                changed_at=at,
            )
        )

    def _work(
        self,
        uow: UnitOfWork,
        worker_id: uuid.UUID,
        worked: tuple[int, int | None],
        end: EndReason | None,
    ) -> None:
        today = self.city.clock.today()
        began, ended = worked
        uow.session.add(
            Employment(
                worker_id=worker_id,
                enterprise_id=self.sewing.enterprise_id,
                vacancy_id=self.sewing.id,
                started_on=today - timedelta(days=began),
                ended_on=None if ended is None else today - timedelta(days=ended),
                end_reason=end,
                source=Source.WORKER,
                last_confirmed_on=today,
                recorded_at=self.city.clock.now(),
            )
        )

    def complains(
        self,
        *,
        matters: tuple[Matter, ...] = (Matter.GRIEVANCE,),
        status: CaseStatus = CaseStatus.OPEN,
        days_ago: int = 10,
    ) -> None:
        """Open a case against the sewing firm."""
        self.city.officer(f"干部{self.number}")
        self.number += 1

        def work(uow: UnitOfWork) -> None:
            now = self.city.clock.now()
            officer = uow.officers.covering("510623")[0]
            uow.session.add(
                Case(
                    bureau_adcode=BUREAU,
                    number=self.number,
                    address_id=officer.address_id,
                    enterprise_id=self.sewing.enterprise_id,
                    officer_id=officer.id,
                    matters=[one.value for one in matters],
                    status=status,
                    opened_at=now - timedelta(days=days_ago),
                )
            )

        self.city.run(work)

    def figures(self) -> tuple[Figures, Figures]:
        """What is counted of the trade and of the firm."""
        found = self.city.database.read(lambda uow: chances.count(uow, self.city.deployment))
        firm = (FIRM, self.sewing.enterprise_id.hex)
        return found.get((TRADE, SEWING), Figures()), found.get(firm, Figures())

    def counts_now(self) -> int:
        """Run the daily job."""
        city = self.city
        return chances_counted.count(Tick(city.database, city.app.engine, [city.account_id]))


@pytest.fixture
def market(city_on_both: City) -> Market:
    return Market(city_on_both)


def test_showings_and_answers_are_counted_by_trade_and_firm(market: Market) -> None:
    market.shows()
    market.shows(response=Response.TOO_FAR)
    market.shows(response=Response.APPLIED)
    trade, firm = market.figures()
    assert trade == firm
    assert (firm.shown, firm.answered, firm.applied) == (3, 2, 1)


def test_who_was_shown_something_today_may_still_answer(market: Market) -> None:
    market.shows(days_ago=2)
    market.shows(days_ago=4)
    assert market.figures()[1].shown == 1


def test_only_the_last_year_counts(market: Market) -> None:
    market.shows(days_ago=366, applied=ApplicationStatus.HIRED, worked=(366, None))
    assert market.figures() == (Figures(), Figures())


def test_a_firm_that_never_answers_has_decided_against(market: Market) -> None:
    for status in ApplicationStatus:
        market.shows(applied=status)
    firm = market.figures()[1]
    assert (firm.decided, firm.hired) == (4, 1)


def test_who_is_there_after_thirty_days_has_stayed(market: Market) -> None:
    market.shows(worked=(40, None))
    market.shows(worked=(40, 10))
    market.shows(worked=(40, 11), end=EndReason.QUIT)
    market.shows(worked=(29, None))
    market.shows(worked=(20, 5))
    market.shows(worked=(40, 39), end=EndReason.CORRECTED)
    firm = market.figures()[1]
    assert (firm.stay_known, firm.stayed) == (3, 2)


def test_grievances_count_against_the_firm_alone(market: Market) -> None:
    market.complains()
    market.complains(matters=(Matter.UNEMPLOYMENT,))
    market.complains(status=CaseStatus.FALSE_ALARM)
    market.complains(days_ago=400)
    trade, firm = market.figures()
    assert (trade.complaints, firm.complaints) == (0, 1)


def test_unchanged_figures_are_not_written_again(market: Market) -> None:
    market.shows(response=Response.APPLIED)
    assert market.counts_now() == 1
    assert market.counts_now() == 0
    market.shows()
    assert market.counts_now() == 1


def test_figures_that_nothing_stands_behind_any_more_are_gone(market: Market) -> None:
    market.shows()
    market.counts_now()
    market.city.clock.advance(timedelta(days=400))
    market.counts_now()
    assert market.city.run(lambda uow: uow.success_figures.of_bureau(BUREAU)) == []


def test_without_figures_every_vacancy_has_the_same_chance(market: Market) -> None:
    board = market.city.deployment.board
    market.city.app.refresh_board()
    assert board.chance_of(market.sewing) == board.chance_of(market.labour)


def test_every_replica_ranks_by_new_figures_after_its_next_refresh(
    market: Market, catalogue: Catalogue
) -> None:
    for _ in range(30):
        market.shows(applied=ApplicationStatus.NO_ANSWER)
    replicas = [VacancyBoard(catalogue), market.city.deployment.board]
    for board in replicas:
        market.city.database.read(board.refresh)
    market.counts_now()
    for board in replicas:
        before = board.table.columns.chance[board.table.rows([market.sewing.id.hex])]
        market.city.database.read(board.refresh)
        rows = board.table.rows([market.sewing.id.hex, market.labour.id.hex])
        sewing, labour = board.table.columns.chance[rows]
        assert sewing < labour
        assert sewing < before[0]


def test_a_complaint_lowers_a_vacancy_in_the_ranking(market: Market) -> None:
    board = market.city.deployment.board
    market.shows(response=Response.APPLIED, applied=ApplicationStatus.HIRED)
    market.counts_now()
    market.city.app.refresh_board()
    before = board.chance_of(market.sewing)
    market.complains()
    market.counts_now()
    market.city.app.refresh_board()
    assert board.chance_of(market.sewing) < before
