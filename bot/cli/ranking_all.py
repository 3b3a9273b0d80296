"""`wengong rank-all`: what a night does, now, after a look at whom it would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.app import App
from bot.cli.opening import is_demo, open_app, settings_or_fail
from bot.cli.speaking import LanguageOption, Speech, progress_bar
from bot.services.deployment import Deployment
from bot.services.ranking import nightly_ranking
from content.data_files import DataFolder
from content.texts import read_texts

if TYPE_CHECKING:
    from bot.services.ranking.nightly_plan import Figures
    from storage.models import RankingRun


def rank_all(
    *,
    bureau: Annotated[
        str | None, typer.Option("--bureau", help="Adcode; the main one if not named.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show whom it would tell.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    lang: LanguageOption = None,
) -> None:
    """Rank the whole register and spread pushes over all vacancies, now."""
    settings = settings_or_fail()
    speech = Speech(read_texts(DataFolder(settings.content)), lang or settings.language)
    with open_app(settings, demo=is_demo(settings)) as opened:
        work = _Command(opened.app, _bureau(opened.app, bureau, speech), speech)
        pushes = work.preview()
        if dry_run:
            speech.say("rank_all.dry")
        elif not pushes:
            speech.say("rank_all.nobody")
        elif yes or typer.confirm(speech.text("rank_all.sure")):
            work.send()
        else:
            speech.say("rank_all.stopped")


def _bureau(app: App, adcode: str | None, speech: Speech) -> Deployment:
    bureaus = {deployment.bureau_adcode: deployment for deployment in app.deployment.every()}
    wanted = adcode or app.deployment.bureau_adcode
    if wanted not in bureaus:
        speech.refuse("rank_all.unknown_bureau", bureau=wanted)
    return bureaus[wanted]


class _Command:
    """The command on one bureau."""

    def __init__(self, app: App, deployment: Deployment, speech: Speech) -> None:
        self._database = app.database
        self._deployment = deployment
        self._speech = speech
        self._day = deployment.today

    def preview(self) -> int:
        """Show in counts whom a run would tell; return how many pushes there would be."""
        from bot.scheduler.register_ranking import RegisterRanking  # slow to import

        with (
            self._deployment.nightly.power() as power,
            progress_bar(self._speech.text("rank_all.ranking")) as progress,
        ):
            work = RegisterRanking(self._database, self._deployment, self._day, progress=progress)
            figures = work.preview(power).figures
        self._show(figures)
        return figures.pushes

    def send(self) -> None:
        """Rank, store and queue; say what came of it."""
        from bot.scheduler.register_ranking import RegisterRanking

        deployment, day = self._deployment, self._day
        run_id = self._database.run(lambda uow: nightly_ranking.begin_again(uow, deployment, day))
        with (
            deployment.nightly.power() as power,
            progress_bar(self._speech.text("rank_all.pushing")) as progress,
        ):
            work = RegisterRanking(self._database, deployment, day, progress=progress)
            while work.rank(run_id, power):
                pass
            is_mine = work.allocate(run_id) is not None
        run = self._database.read(lambda uow: uow.ranking_runs.need(run_id))
        if is_mine:
            self._show_ended(run)
        else:
            self._speech.say("rank_all.taken_over")

    def _show(self, figures: Figures) -> None:
        self._speech.say(
            "rank_all.size",
            workers=figures.workers,
            vacancies=figures.vacancies,
            openings=figures.openings,
        )
        self._speech.say(
            "rank_all.told",
            pushes=figures.pushes,
            people=figures.people,
            covered=figures.covered,
        )
        if figures.pushes:
            self._speech.say("rank_all.crowd", crowded=figures.crowded)
            self._speech.say("rank_all.worth", loss=f"{figures.loss:.1%}", gap=f"{figures.gap:.1%}")
        if figures.barred:
            comma = self._speech.text("rank_all.comma")
            reasons = comma.join(
                self._deployment.text(
                    f"review.left_out.{reason}", self._speech.language, count=count
                )
                for reason, count in figures.barred.items()
            )
            self._speech.say("rank_all.barred", reasons=reasons)

    def _show_ended(self, run: RankingRun) -> None:
        figures = run.figures
        self._speech.say("rank_all.done", queued=figures["queued"], seconds=figures["seconds"])
        if figures["given_up"]:
            self._speech.say("rank_all.given_up", count=figures["given_up"])
