"""A broadcast in words: what it would do, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from bot.conversations.turn import Turn
from bot.services.broadcasts import audiences, broadcasts
from bot.services.broadcasts.audiences import audience_of
from bot.services.broadcasts.broadcast_preview import Preview, Sample
from bot.services.broadcasts.broadcast_words import unlawful_words
from bot.services.deployment import Deployment
from bot.services.vacancies.vacancy_states import reference as vacancy_reference
from storage.models import Broadcast
from storage.states import BroadcastStatus, Way
from storage.unit_of_work import UnitOfWork

SHOWN_WORDS = 40


class Shown(TypedDict):
    """A preview in words, as it can lie among a conversation's answers."""

    samples: list[str]
    words: str
    chosen: int


@dataclass(frozen=True, slots=True)
class Lines:
    """For whom lines are put together: in a turn, or beside one.

    Attributes:
        language: What the officer reads.
    """

    uow: UnitOfWork
    deployment: Deployment
    language: str

    @classmethod
    def of(cls, turn: Turn) -> Lines:
        """Return the lines for whoever speaks in `turn`."""
        return cls(turn.uow, turn.deployment, turn.language)

    def text(self, key: str, **values: object) -> str:
        """Return a text in the officer's language."""
        return self.deployment.text(key, self.language, **values)


def shown(lines: Lines, broadcast: Broadcast, found: Preview) -> Shown:
    """Return what a preview shows, ready to be said later."""
    return {
        "samples": [sample_lines(lines, sample) for sample in found.samples],
        "words": preview_lines(lines, broadcast, found),
        "chosen": found.chosen,
    }


def preview_lines(lines: Lines, broadcast: Broadcast, found: Preview) -> str:
    """Return the counts, which close, who is left out and why, the ways, and when it goes."""
    said = [
        lines.text(
            "broadcasting.preview.head",
            number=broadcasts.reference(broadcast),
            content=content_line(lines, broadcast),
        ),
        lines.text(
            "broadcasting.preview.audience",
            audience=audiences.spoken(
                lines.deployment, audience_of(broadcast), language=lines.language
            ),
        ),
        lines.text(
            "broadcasting.preview.counts",
            total=found.total,
            chosen=found.chosen,
            left_out=found.total - found.chosen,
        ),
    ]
    if found.left_out:
        said.append(lines.text("broadcasting.preview.reasons", reasons=_reasons(lines, found)))
    if found.ways:
        said.append(lines.text("broadcasting.preview.ways", ways=_ways(lines, found)))
        said.append(_timing(lines, found))
    unlawful = unlawful_words(lines.deployment, broadcast.words) if broadcast.words else ()
    if unlawful:
        words = lines.text("common.list.comma").join(unlawful)
        said.append(lines.text("broadcasting.preview.unlawful", words=words))
    return "\n".join(said)


def sample_lines(lines: Lines, sample: Sample) -> str:
    """Return one reader's message with who reads it and where."""
    places = lines.deployment.catalogue.places
    known = sample.home if sample.home and places.get(sample.home) else None
    head = lines.text(
        "broadcasting.preview.sample",
        name=sample.name or lines.text("common.person.unnamed"),
        home=places.short_name(known) if known else "",
        way=lines.text(f"broadcasting.way.{sample.way.value}"),
    )
    options = "  ".join(f"{number} {label}" for number, label in enumerate(sample.options, 1))
    return "\n".join(part for part in (head, sample.text, options) if part)


def content_line(lines: Lines, broadcast: Broadcast) -> str:
    """Return what is sent, shortly: the vacancy's number and title, or how the words begin."""
    if broadcast.vacancy_id is not None:
        vacancy = lines.uow.vacancies.need(broadcast.vacancy_id)
        return f"{vacancy_reference(vacancy)} {vacancy.title or vacancy.trade}"
    words = " ".join((broadcast.words or "").split())
    return words if len(words) <= SHOWN_WORDS else f"{words[:SHOWN_WORDS]}…"


def list_line(lines: Lines, broadcast: Broadcast) -> str:
    """Return one line of the list: number, state, what was sent."""
    return lines.text(
        "broadcasting.list.line",
        number=broadcasts.reference(broadcast),
        state=lines.text(f"broadcasting.status.{broadcast.status.value}"),
        content=content_line(lines, broadcast),
    )


def can_be_stopped(broadcast: Broadcast) -> bool:
    """Tell whether messages of it are still made or sent."""
    return broadcast.status in {BroadcastStatus.APPROVED, BroadcastStatus.QUEUED}


def _reasons(lines: Lines, found: Preview) -> str:
    return _counted(lines, {f"reason.{reason}": n for reason, n in found.left_out.items()})


def _ways(lines: Lines, found: Preview) -> str:
    return _counted(lines, {f"way.{way.value}": n for way, n in found.ways.items()})


def _counted(lines: Lines, counts: Mapping[str, int]) -> str:
    """Return names, by the end of their keys, each with its number."""
    parts = [
        lines.text("broadcasting.preview.part", name=lines.text(f"broadcasting.{end}"), count=count)
        for end, count in counts.items()
    ]
    return lines.text("common.list.comma").join(parts)


def _timing(lines: Lines, found: Preview) -> str:
    timezone = lines.deployment.clock.timezone
    plan = found.plan
    if set(found.ways) == {Way.PHONE}:
        return lines.text("broadcasting.preview.calls_only")
    begins = plan.begins_at.astimezone(timezone)
    if plan.begins_at > lines.deployment.now:
        day = "today" if begins.date() == lines.deployment.today else "tomorrow"
        when = lines.text(f"broadcasting.progress.{day}", hour=begins.hour)
        said = lines.text("broadcasting.preview.later", when=when, minutes=max(1, plan.minutes))
    else:
        said = lines.text("broadcasting.preview.at_once", minutes=max(1, plan.minutes))
    if plan.goes_on_at is None:
        return said
    hour = plan.goes_on_at.astimezone(timezone).hour
    return said + lines.text("broadcasting.preview.goes_on", hour=hour)
