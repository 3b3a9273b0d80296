"""The invented county lives: what was sent to its people and firms is answered, day by day."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.app.demo.behaviour import Behaviour, Move, Prompted
from bot.app.demo.city import invent
from bot.app.demo.figures import Figures
from bot.app.demo.rows import WORKER_ADDRESS
from bot.app.demo.stage import Person, Stage
from bot.services.sending.deliveries import body_of
from storage.models import ContactAddress, Delivery
from storage.repositories.demo_figures import DemoFigures
from storage.states import DeliveryKind, Role
from storage.unit_of_work import UnitOfWork

PEOPLE, FIRMS = "demo:crowd:", "demo:firm:"
MOST_ROUNDS = 4
OVERLAP = timedelta(seconds=1)
APPLYING = (Move(press="apply"), Move(text_key="applications.pass_contact.give"))


class Crowd:
    """Everybody whom the demo invented, but the three roles that a visitor plays."""

    def __init__(self, stage: Stage, figures: Figures, *, also: Collection[str] = ()) -> None:
        """Make a crowd.

        Args:
            stage: Where they talk.
            figures: How they behave.
            also: Further addresses that nobody else speaks for.
        """
        self._stage = stage
        self._behaviour = Behaviour(figures)
        self._also = frozenset(also)
        self._answered: set[uuid.UUID] = set()
        self._left_alone: set[str] = set()
        self._visitors = [
            WORKER_ADDRESS.format(number)
            for number, person in enumerate(invent(figures).workers, start=1)
            if person.standing == "looking"
        ]

    def leave_alone(self, person: str) -> None:
        """Let nobody of the crowd answer what concerns the worker with this key."""
        self._left_alone.add(person)

    async def some_apply(self, number: int, since: datetime, *, count: int) -> int:
        """Let the first `count` people who were sent vacancy `number` apply; return how many."""
        prompts = await self._prompts(since, vacancy=number, limit=count)
        for prompted, _ in prompts:
            person = self._stage.person(prompted.address)
            for move in APPLYING:
                await self._make(person, prompted, move)
        return len(prompts)

    async def live_a_day(self) -> int:
        """Let a day pass, and answer what came; return how many answers were given."""
        since = self._stage.clock.now()
        await self._stage.pass_day()
        return await self.drop_by() + await self.answer(since)

    async def drop_by(self) -> int:
        """Let those look for work whose day it is; return how many.

        Everybody who is looking comes every few weeks, so that nobody is forgotten as unused.
        """
        words = self._stage.app.deployment.text("menu.worker.search", "zh")
        today = self._stage.clock.today().toordinal()
        due = [name for name in self._visitors if self._behaviour.comes_by(name, today)]
        for name in due:
            await self._stage.person(name).sends(text=words)
        return len(due)

    async def answer(self, since: datetime) -> int:
        """Answer what was sent from `since` on, and what is asked because of that."""
        count = 0
        for _ in range(MOST_ROUNDS):
            prompts = await self._prompts(since)
            if not prompts:
                break
            for prompted, role in prompts:
                count += await self._react(prompted, role)
            await self._stage.publish()
        return count

    async def _prompts(
        self, since: datetime, *, vacancy: int | None = None, limit: int | None = None
    ) -> list[tuple[Prompted, Role]]:
        """Return what nobody has answered yet, in an order that the seed alone decides.

        Args:
            since: From when on.
            vacancy: Only pushes of the vacancy with this number.
            limit: Most; the rest can still be answered later.
        """

        def read(uow: UnitOfWork) -> list[tuple[Prompted, Role]]:
            found = DemoFigures(uow.session).heard_since(self._stage.account_id, since - OVERLAP)
            new = [pair for pair in found if pair[0].id not in self._answered]
            return [
                (prompted, address.role)
                for delivery, address in self._ours(new)
                if (prompted := _prompted(uow, delivery, address)) is not None
            ]

        prompts = [
            pair
            for pair in await asyncio.wrap_future(self._stage.app.database.submit_read(read))
            if pair[0].person not in self._left_alone
            and (vacancy is None or (pair[0].vacancy, pair[0].question) == (vacancy, None))
        ]
        prompts.sort(key=lambda pair: (pair[0].address, pair[0].vacancy, pair[0].day))
        self._answered.update(prompted.delivery for prompted, _ in prompts[:limit])
        return prompts[:limit]

    def _ours(
        self, rows: Sequence[tuple[Delivery, ContactAddress]]
    ) -> list[tuple[Delivery, ContactAddress]]:
        return [
            (delivery, address)
            for delivery, address in rows
            if address.address.startswith((PEOPLE, FIRMS)) or address.address in self._also
        ]

    async def _react(self, prompted: Prompted, role: Role) -> int:
        is_firm = role is Role.ENTERPRISE
        behaviour = self._behaviour
        moves = behaviour.of_firm(prompted) if is_firm else behaviour.of_worker(prompted)
        person = self._stage.person(prompted.address)
        for move in moves:
            await self._make(person, prompted, move)
        return len(moves)

    async def _make(self, person: Person, prompted: Prompted, move: Move) -> None:
        if move.press:
            data = prompted.buttons.get(move.press)
            if data is not None:
                await person.sends(button=data)
            return
        texts = self._stage.app.deployment
        await person.sends(text=move.words or texts.text(move.text_key, person.language))


def _prompted(uow: UnitOfWork, delivery: Delivery, address: ContactAddress) -> Prompted | None:
    """Return what a delivery asks; None for what needs no answer."""
    buttons = {}
    for option in body_of(delivery).options:
        kind, _, rest = option.data.partition(":")
        if kind == "a":
            buttons[rest.partition(":")[0]] = option.data
    if delivery.subject_id is None:
        return None
    if delivery.kind is DeliveryKind.VACANCY:
        number = uow.vacancies.need(delivery.subject_id).number
        told = delivery.worker_id or address.acting_for
        person = told.hex if told else ""
        return Prompted(delivery.id, address.address, person, number, None, 0, 0, buttons)
    if delivery.kind is not DeliveryKind.CHECK_IN:
        return None
    row = uow.check_ins.need(delivery.subject_id)
    application = uow.applications.get(row.application_id) if row.application_id else None
    number = uow.vacancies.need(application.vacancy_id).number if application else 0
    return Prompted(
        delivery.id,
        address.address,
        row.worker_id.hex,
        number,
        row.kind,
        row.day,
        row.attempt,
        buttons,
    )
