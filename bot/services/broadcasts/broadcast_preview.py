"""What a broadcast would do, before anybody decides: counts that close, samples, minutes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from bot.messages import Body
from bot.services.broadcasts.audiences import audience_of
from bot.services.broadcasts.broadcast_messages import Writer
from bot.services.broadcasts.broadcast_selection import Chosen, Selector
from bot.services.broadcasts.broadcast_timing import Plan, plan
from bot.services.deployment import Deployment
from bot.services.people.workers import short_name
from bot.services.sending import sms_words
from bot.services.sending.return_links import path_of
from storage.models import Broadcast
from storage.states import Way
from storage.unit_of_work import UnitOfWork

SAMPLES = 3
# Stands where a personal token will stand; as long as one.
SAMPLE_TOKEN = "…"  # noqa: S105 - a sign, not a secret


@dataclass(frozen=True, slots=True)
class Sample:
    """One real reader's message, as it will be read there.

    Attributes:
        name: Masked, empty where no name is known.
        home: Code of the home, or None.
        way: How it gets there.
        text: The words.
        options: Labels of the choices below them, numbered from 1; empty in a text message,
            whose words hold them.
    """

    name: str
    home: str | None
    way: Way
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen; `total` is `chosen` and the sum of `left_out`.

    Attributes:
        total: Everybody in the place, trade and standing.
        chosen: Who would get it.
        left_out: Reason → how many, most first.
        ways: How many by each way, in the order of `Way`.
        samples: At most three different readers, rather on different ways.
        plan: When it begins and how long it takes.
    """

    total: int
    chosen: int
    left_out: dict[str, int]
    ways: dict[Way, int]
    samples: tuple[Sample, ...]
    plan: Plan


@dataclass
class _Tally:
    total: int = 0
    ways: Counter[Way] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    candidates: list[Chosen] = field(default_factory=list)

    def keep_candidates(self, chosen: tuple[Chosen, ...]) -> None:
        """Keep a few readers of each way to take the samples from."""
        for one in chosen:
            if sum(known.way is one.way for known in self.candidates) < SAMPLES:
                self.candidates.append(one)


def preview(uow: UnitOfWork, deployment: Deployment, broadcast: Broadcast) -> Preview:
    """Return what sending `broadcast` now would do; nothing is stored."""
    vacancy_id = broadcast.vacancy_id
    vacancy = uow.vacancies.need(vacancy_id) if vacancy_id is not None else None
    selector = Selector(uow, deployment, key=broadcast.id, vacancy=vacancy)
    audience = audience_of(broadcast)
    tally = _Tally()
    cursor: UUID | None = None
    while True:
        members, cursor = selector.stretch(audience, cursor)
        selection = selector.select(members)
        tally.total += len(members)
        tally.ways.update(one.way for one in selection.chosen)
        tally.left_out.update(selection.left_out.values())
        tally.keep_candidates(selection.chosen)
        if cursor is None:
            break
    officer = uow.officers.need(broadcast.officer_id)
    writer = Writer(uow, deployment, broadcast, vacancy=vacancy, officer=officer)
    counts = {way: tally.ways[way] for way in Way if tally.ways[way]}
    return Preview(
        total=tally.total,
        chosen=sum(counts.values()),
        left_out=dict(tally.left_out.most_common()),
        ways=counts,
        samples=tuple(_sample(uow, deployment, writer, one) for one in _spread(tally.candidates)),
        plan=plan(deployment, counts),
    )


def _spread(candidates: list[Chosen]) -> list[Chosen]:
    """Choose three readers: one of each way first, then whoever comes next."""
    first = list({one.way: one for one in reversed(candidates)}.values())
    others = [one for one in candidates if one not in first]
    order = {way: position for position, way in enumerate(Way)}
    return sorted([*first, *others][:SAMPLES], key=lambda one: order[one.way])


def _sample(uow: UnitOfWork, deployment: Deployment, writer: Writer, one: Chosen) -> Sample:
    body = writer.body_for(one)
    name = uow.broadcasts.unseal(one.member.sealed_name, column="worker.name")
    text, options = body.text, tuple(option.label for option in body.options)
    if one.way is Way.SMS:
        text, options = _as_text_message(deployment, writer, body, one.language), ()
    return Sample(short_name(name), one.member.home, one.way, text, options)


def _as_text_message(deployment: Deployment, writer: Writer, body: Body, language: str) -> str:
    return sms_words.text_of(
        deployment.catalogue.texts,
        body,
        kind=writer.kind.value,
        language=language,
        link=f"{deployment.public_url}{path_of(SAMPLE_TOKEN)}",
    )
