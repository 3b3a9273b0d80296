"""The picture of a crowded market: a bar a vacancy, busiest first, on one scale for both ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, LEFT, TOP, PLOT = 860, 460, 64, 112, 250
GAP, INK, PALE = 44, "#1f2933", "#d5dbe1"
NAMES = {"unlimited": "各看各的前三 · own best three", "allocated": "统一分配 · allocated"}
COLOURS = {"unlimited": "#c2553f", "allocated": "#2b7a78"}
Series = tuple[str, NDArray[np.float64], float]


def draw(series: Sequence[Series], *, good: int) -> str:
    """Return an SVG of applicants per opening, one panel a way of sending.

    Args:
        series: Name, applicants per opening of every vacancy, share of vacancies reached.
        good: How many vacancies everybody likes; named in the title.
    """
    wide = (WIDTH - LEFT - 24 - GAP * (len(series) - 1)) / len(series)
    highest = max(float(per_opening.max()) for _, per_opening, _ in series)
    ticks = [tick for tick in (1, 3, 10, 30, 100, 300) if tick <= highest * 1.5]
    parts = [_head(good), *_grid(ticks, highest)]
    for number, one in enumerate(series):
        parts += _panel(one, left=LEFT + number * (wide + GAP), wide=wide, highest=highest)
    parts.append(
        _text(
            WIDTH / 2,
            HEIGHT - 22,
            "每根竖线是一个招工，从挤到空 · one bar a vacancy, busiest first",
        )
    )
    return "\n".join([*parts, "</svg>", ""])


def _head(good: int) -> str:
    title = f"2000人，{good}个好位子：每个位子几个人来 · 2,000 workers, {good} good places"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
            f' width="{WIDTH}" height="{HEIGHT}" font-family="Noto Sans CJK SC, Noto Sans SC,'
            ' PingFang SC, Microsoft YaHei, sans-serif">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            _text(LEFT, 32, title, size=18, anchor="start", weight=600),
            _text(
                LEFT, 54, "每个位子的人数（对数） · people per opening, log scale", anchor="start"
            ),
        ]
    )


def _grid(ticks: Sequence[int], highest: float) -> list[str]:
    lines = []
    for tick in ticks:
        y = TOP + PLOT - _height(tick, highest)
        lines.append(
            f'<line x1="{LEFT}" x2="{WIDTH - 24}" y1="{y:.1f}" y2="{y:.1f}" stroke="{PALE}"/>'
        )
        lines.append(_text(LEFT - 8, y + 4, str(tick), anchor="end"))
    return lines


def _panel(one: Series, *, left: float, wide: float, highest: float) -> list[str]:
    name, per_opening, reached = one
    ordered = np.sort(per_opening)[::-1]
    step = wide / len(ordered)
    outline = [f"M{left:.1f} {TOP + PLOT}"]
    for number, value in enumerate(ordered):
        y = TOP + PLOT - _height(float(value), highest)
        outline.append(f"V{y:.1f}H{left + (number + 1) * step:.2f}")
    outline.append(f"V{TOP + PLOT}Z")
    middle = left + wide / 2
    below = f"最挤 {ordered[0]:.0f}人 · 有人来的招工 {reached:.0%}"
    english = f"busiest {ordered[0]:.0f} · vacancies reached {reached:.0%}"
    return [
        f'<path d="{"".join(outline)}" fill="{COLOURS[name]}"/>',
        f'<line x1="{left:.1f}" x2="{left + wide:.1f}" y1="{TOP + PLOT}" y2="{TOP + PLOT}"'
        f' stroke="{INK}"/>',
        _text(middle, TOP - 14, NAMES[name], size=15, weight=600, colour=COLOURS[name]),
        _text(middle, TOP + PLOT + 26, below, size=14),
        _text(middle, TOP + PLOT + 46, english),
    ]


def _height(value: float, highest: float) -> float:
    """Height above the base; a tenth of a person per opening and less lies on it."""
    return PLOT * max(0.0, float(np.log(max(value, 0.1) / 0.1) / np.log(highest / 0.1)))


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    anchor: str = "middle",
    weight: int = 400,
    colour: str = INK,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
        f' font-weight="{weight}" fill="{colour}">{words}</text>'
    )
