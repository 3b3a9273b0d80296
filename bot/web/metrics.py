"""Counts as a monitor reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


@dataclass(frozen=True, eq=False, slots=True)
class _Counted(Collector):
    families: Sequence[Metric]

    def collect(self) -> Iterator[Metric]:
        yield from self.families


def metrics_text(*, deliveries: Mapping[str, int], lines: Mapping[str, Mapping[str, int]]) -> str:
    """Return Prometheus text.

    Args:
        deliveries: State of an outbox row → how many there are.
        lines: Name of a bot or gateway → event → how often it happened since the start.
    """
    rows = GaugeMetricFamily("wengong_deliveries", "Outbox rows", labels=["status"])
    for status, count in sorted(deliveries.items()):
        rows.add_metric([status], count)
    events = CounterMetricFamily(
        "wengong_line_events", "What bots and gateways told us", labels=["line", "event"]
    )
    for line, counts in sorted(lines.items()):
        for event, count in sorted(counts.items()):
            events.add_metric([line, event], count)
    registry = CollectorRegistry()
    registry.register(_Counted((rows, events)))
    return generate_latest(registry).decode()
