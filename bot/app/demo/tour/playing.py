"""What every act works with: the people on stage, the county, and where lines go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

from bot.app.build import App
from bot.app.demo.crowd import Crowd
from bot.app.demo.figures import Figures
from bot.app.demo.rows import DEMO_ENTERPRISE, DEMO_OFFICER, DEMO_WORKER
from bot.app.demo.stage import Heard, Person, Stage
from bot.clock import FixedClock
from bot.messages import Option
from storage.models import Vacancy
from storage.repositories.demo_figures import DemoFigures
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
Kind = Literal["act", "person", "bot", "note"]


class TourError(Exception):
    """A count of the tour does not close, or somebody was not answered as expected."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tour.

    Attributes:
        kind: A heading, a person's words, the assistant's, or a remark with figures.
        speaker: Whose line it is; empty for headings and remarks.
        text: What is said.
        key: Text the words come from; empty for what a person makes up.
        values: What stands in the placeholders of a heading or remark.
        options: Choices below the words.
    """

    kind: Kind
    speaker: str
    text: str
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    options: tuple[Option, ...] = ()


@dataclass
class Tour:
    """The tour as it is played.

    Attributes:
        show: Gets every line as it happens.
        began: Business time at which the first act began.
        vacancy: What the firm posted, once it is published.
        answers: How many answers the county has given so far.
    """

    app: App
    stage: Stage
    clock: FixedClock
    figures: Figures
    language: str
    show: Callable[[Line], None]
    began: datetime
    vacancy: Vacancy | None = None
    answers: int = 0

    def __post_init__(self) -> None:
        """Bring the people on stage."""
        self.worker = self.stage.person(DEMO_WORKER, language=self.language)
        self.firm = self.stage.person(DEMO_ENTERPRISE, language=self.language)
        self.officer = self.stage.person(DEMO_OFFICER, language=self.language)
        self.crowd = Crowd(self.stage, self.figures, also=(DEMO_ENTERPRISE,))

    def text(self, purpose: str, **values: object) -> str:
        """Return the text `demo.PURPOSE`."""
        return self.app.deployment.text(f"demo.{purpose}", self.language, **values)

    def act(self, name: str, **values: object) -> None:
        """Announce an act."""
        local = self.clock.now().astimezone(self.clock.timezone)
        self._tell("act", f"act.{name}", {"time": f"{local:%H:%M}", **values})

    def note(self, purpose: str, **values: object) -> None:
        """Show a remark with figures."""
        self._tell("note", purpose, values)

    async def say(self, who: str, person: Person, purpose: str) -> list[Heard]:
        """Let somebody write `demo.say.PURPOSE`, which is Chinese, and show what comes back."""
        words = self.app.deployment.text(f"demo.say.{purpose}", "zh")
        self.line(who, words, key=f"demo.say.{purpose}")
        return self.bot(await person.says(words))

    async def tap(self, who: str, person: Person, action: str) -> list[Heard]:
        """Let somebody press the newest button that does `action`; its label is shown."""
        label = next(
            f"{option.number} {option.label}"
            for each in reversed(person.heard)
            for option in each.body.options
            if option.data.startswith(f"a:{action}:")
        )
        self.line(who, label)
        return self.bot(await person.taps(action))

    async def choose(self, who: str, person: Person, number: int) -> list[Heard]:
        """Let somebody type the number of a choice."""
        self.line(who, str(number))
        return self.bot(await person.says(str(number)))

    def line(self, who: str, words: str, *, key: str = "") -> None:
        """Show what somebody wrote."""
        self.show(Line("person", self.text(f"who.{who}"), words, key))

    def bot(self, heard: Sequence[Heard], *, to: str = "") -> list[Heard]:
        """Show what the assistant said; `to` names who hears it, where that is not plain."""
        speaker = self.text("who.bot")
        if to:
            speaker = self.text("who.to", bot=speaker, name=self.text(f"who.{to}"))
        for each in heard:
            body = each.body
            self.show(Line("bot", speaker, body.text, each.key, options=body.options))
        return list(heard)

    async def count(self, question: Callable[[DemoFigures], T]) -> T:
        """Return what a question over the whole database answers."""

        def read(uow: UnitOfWork) -> T:
            return question(DemoFigures(uow.session))

        return await asyncio.wrap_future(self.app.database.submit_read(read))

    def expect(self, heard: Sequence[Heard], key: str) -> Heard:
        """Return the message of this key.

        Raises:
            TourError: It was not among what was heard.
        """
        for each in heard:
            if each.key == key:
                return each
        found = heard[-1].key if heard else ""
        raise TourError(self.text("broken.reply", expected=key, found=found))

    def need(self, condition: object, purpose: str, **values: object) -> None:
        """Stop the tour when something that was counted does not close.

        Raises:
            TourError: It does not; the message says what.
        """
        if not condition:
            raise TourError(self.text(f"broken.{purpose}", **values))

    def _tell(self, kind: Kind, purpose: str, values: Mapping[str, object]) -> None:
        key = f"demo.{purpose}"
        self.show(Line(kind, "", self.text(purpose, **values), key, values))
