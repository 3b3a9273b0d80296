"""The order of the acts."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.app.build import App
from bot.app.demo.figures import Figures
from bot.app.demo.stage import Stage
from bot.app.demo.tour import asking, meeting, month, restarting, working
from bot.app.demo.tour.playing import Line, Tour
from bot.clock import FixedClock
from storage.repositories.demo_figures import DemoFigures


async def play(
    app: App,
    clock: FixedClock,
    figures: Figures,
    *,
    language: str,
    show: Callable[[Line], None],
    began: float | None = None,
) -> None:
    """Play the whole tour in a database that holds a fresh county and nothing else.

    Args:
        app: A demo's process; nobody else may serve its database.
        clock: Its clock, which the tour moves.
        figures: What the county was drawn from.
        language: In which language the assistant answers.
        show: Gets every line as it happens.
        began: Monotonic second at which the visitor started it; now when None.

    Raises:
        TourError: Something that was counted does not close.
    """
    started = time.monotonic() if began is None else began
    app.refresh_board()
    async with Stage(app, clock) as stage:
        tour = Tour(app, stage, clock, figures, language, show, clock.now())
        _introduce(tour)
        for act in (
            meeting.post,
            meeting.review,
            meeting.arrive,
            restarting.restart,
            working.work,
            asking.ask_about_policy,
            month.live_out,
            month.count,
        ):
            await act(tour)
        await month.check(tour, seconds=time.monotonic() - started)


def _introduce(tour: Tour) -> None:
    workers, vacancies = tour.app.database.read(lambda uow: DemoFigures(uow.session).size())
    county = tour.figures.city.word("county")
    name = tour.app.deployment.catalogue.places.short_name(county)
    tour.note("intro.line", county=name, workers=workers, vacancies=vacancies)
