"""Rankers side by side, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.cells import cell_len

from bot.cli.evaluation.rankers import Comparison
from bot.cli.evaluation.rows import KEYS, Row
from matching.evaluation.bootstrap import Interval
from matching.evaluation.exposure import FEWEST_WORKERS, GroupExposure

UNKNOWN = "n/a"
_NAME, _CELL, _GROUP, _RATIO = 18, 21, 26, 17
_MEANS = ("nDCG@3", "nDCG@10", "P@3", "infeasible@10")
_RATIOS: Mapping[str, Callable[[GroupExposure], float | None]] = {
    "nDCG@10": lambda found: found.ndcg,
    "utility (gain of the first ten)": lambda found: found.utility,
    "number of vacancies listed": lambda found: found.listed,
}


def report(found: Comparison) -> Iterator[str]:
    """Yield the lines: measures with their intervals, spread, groups over the whole, the lead."""
    yield _line("", *_MEANS)
    for row in found.rows:
        yield _line(row.name, *map(_interval, row.means))
    yield from _missing(found)
    yield "(mean over workers and 95 % bootstrap interval; infeasible: lower is better)"
    yield ""
    yield _line("", "coverage", "Gini", "applicants/opening", "most crowded")
    for row in found.rows:
        spread = (row.coverage, row.gini, row.crowding.mean, row.crowding.most)
        yield _line(row.name, *(f"{figure:.3f}" for figure in spread))
    yield from _missing(found)
    for title, ratio in _RATIOS.items():
        yield from ("", f"{title}, group over all (1 = the same)")
        yield from _ratios(found.rows, ratio)
    yield f"({UNKNOWN}: not given, or a small group of fewer than {FEWEST_WORKERS} workers)"
    lead = found.ahead
    yield ""
    yield (
        f"nDCG@10 above the best of the others ({found.best}), worker by worker: "
        f"{lead.mean:+.3f} [{lead.low:+.3f}, {lead.high:+.3f}]"
    )


def _missing(found: Comparison) -> Iterator[str]:
    for name, remedy in found.missing.items():
        yield f"{name:<{_NAME}}  not installed: {remedy}"


def _ratios(rows: Sequence[Row], ratio: Callable[[GroupExposure], float | None]) -> Iterator[str]:
    yield _padded("", _GROUP) + "".join(f"{row.name:>{_RATIO}}" for row in rows)
    for key in KEYS:
        columns = [row.groups[key] for row in rows]
        told = [row for row in zip(*columns, strict=True) if row[0].workers >= FEWEST_WORKERS]
        for groups in told:
            label = f"{key} {groups[0].group} ({groups[0].workers})"
            yield _ratio_line(label, [ratio(group) for group in groups])
        small = len(columns[0]) - len(told)
        if small or not columns[0]:
            label = f"{key}, {small} small groups" if small else key
            yield _ratio_line(label, [None] * len(rows))


def _ratio_line(label: str, figures: Sequence[float | None]) -> str:
    return _padded(label, _GROUP) + "".join(f"{_figure(figure):>{_RATIO}}" for figure in figures)


def _interval(found: Interval) -> str:
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _figure(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"


def _line(name: str, *cells: str) -> str:
    return f"{name:<{_NAME}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)


def _padded(words: str, width: int) -> str:
    return words + " " * max(1, width - cell_len(words))
