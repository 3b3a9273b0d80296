"""A cluster of one process on this machine, for tests of what runs on clusters."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yield host and port of a scheduler with one worker, both in this process."""
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]  # it ships without types
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
        silence_logs=False,
    ) as running:
        yield str(running.scheduler_address).removeprefix("tcp://")
