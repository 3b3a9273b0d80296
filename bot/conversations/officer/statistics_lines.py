"""What officers read of the tables: lines of numbers, and of people behind them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.deployment import Deployment
from bot.services.people.workers import short_name
from bot.services.register.anti_return import STATES, TOGETHER, StatusTable
from bot.services.register.location_counts import NOWHERE, LocationCounts, Placed
from bot.services.register.public_posts import PostCounts
from bot.services.register.statistics import GROUPS, Counting
from bot.services.register.statistics_sheets import area_name, class_name
from storage.models import Worker
from storage.register_states import EmploymentChannel

MOST_AREAS = 30


def table_lines(deployment: Deployment, counting: Counting, language: str) -> str:
    """Return a table in lines: all together first, then each area; what is nobody is left out."""
    counts, question = counting.counts, counting.question

    def say(name: str, **values: object) -> str:
        return deployment.text(f"statistics.table.{name}", language, **values)

    group = deployment.text(f"statistics.group.{question.group}", language)
    lines = [
        say("head", day=question.day.isoformat(), group=group, total=counts.total),
        _classes(deployment, counts, None, language),
    ]
    if not counts.total:
        return "\n".join([lines[0], say("nobody")])
    if len(counts.areas) > 1:
        lines += [
            say(
                "area",
                area=area_name(deployment, area, language),
                total=counts.of_area(area),
                classes=_classes(deployment, counts, area, language),
            )
            for area in counts.areas[:MOST_AREAS]
        ]
    if len(counts.areas) > MOST_AREAS:
        lines.append(say("more", count=len(counts.areas) - MOST_AREAS))
    if counts.doubled:
        lines.append(say("doubled", count=counts.doubled))
    return "\n".join(lines)


def _classes(
    deployment: Deployment, counts: LocationCounts, area: str | None, language: str
) -> str:
    comma = deployment.text("statistics.table.comma", language)
    numbers = [
        (one, counts.of_class(one) if area is None else counts.cells.get((area, one), 0))
        for one in counts.classes
    ]
    return comma.join(
        f"{class_name(deployment, one, language)} {number}" for one, number in numbers if number
    )


def status_lines(deployment: Deployment, table: StatusTable, language: str) -> str:
    """Return who works and who does not, a line a group and one for all of them once."""
    comma = deployment.text("statistics.table.comma", language)
    lines = [deployment.text("statistics.status.head", language, day=table.day.isoformat())]
    for group in (*GROUPS, TOGETHER):
        states = comma.join(
            f"{deployment.text(f'statistics.state.{state}', language)} {table.rows[group][state]}"
            for state in STATES
        )
        lines.append(
            deployment.text(
                "statistics.status.line",
                language,
                group=deployment.text(f"statistics.group.{group}", language),
                total=table.total(group),
                states=states,
            )
        )
    return "\n".join(lines)


def channel_lines(
    deployment: Deployment, counts: LocationCounts, posts: PostCounts, misplaced: int, language: str
) -> str:
    """Return how people came to their work, a line a way, and what contradicts itself."""

    def say(name: str, **values: object) -> str:
        return deployment.text(f"statistics.channels.{name}", language, **values)

    lines = [say("head", total=counts.total)]
    lines += [
        say(
            "line",
            channel=deployment.text(f"statistics.channel.{channel}", language),
            count=counts.channels.get(channel, 0),
        )
        for channel in EmploymentChannel
    ]
    lines.append(say("posts", count=posts.total))
    if misplaced:
        lines.append(say("misplaced", count=misplaced))
    return "\n".join(lines)


def people_lines(
    deployment: Deployment, people: Sequence[tuple[Worker, Placed]], *, language: str
) -> list[str]:
    """Return a line a person: masked name, home, where they work and how."""
    return [
        deployment.text(
            "statistics.people.line",
            language,
            name=masked(deployment, worker, language),
            home=area_name(deployment, worker.home or NOWHERE, language),
            work=area_name(deployment, place.work.workplace or NOWHERE, language),
            channel=deployment.text(f"statistics.channel.{place.work.channel}", language),
        )
        for worker, place in people
    ]


def masked(deployment: Deployment, worker: Worker, language: str) -> str:
    """Return a worker's name as a list shows it; one person's card and sheets show it whole."""
    return short_name(worker.name) or deployment.text("cases.person.nameless", language)
