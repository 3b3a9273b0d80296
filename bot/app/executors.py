"""Where the whole register is ranked: in this process, in several, or on other machines."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import multiprocessing
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from datetime import time

from bot.errors import SettingsError
from bot.services.ranking.nightly import Nightly, Power, in_process
from bot.settings import EXECUTOR, OFF, PREFIX, Settings

LIBRARY = "distributed"
PATIENCE = "10s"
_FORM = re.compile(EXECUTOR)


def nightly_of(settings: Settings) -> Nightly:
    """Return when and on what the whole register is ranked.

    Raises:
        SettingsError: The executor cannot be had here.
    """
    at = None if settings.nightly_at in {"", OFF} else time.fromisoformat(settings.nightly_at)
    return Nightly(at=at, power=power_of(settings.executor))


def power_of(value: str) -> Callable[[], AbstractContextManager[Power]]:
    """Return what opens the executor that `WENGONG_EXECUTOR` names.

    Args:
        value: Empty, `processes`, `processes:N` or `dask://host:port`.

    Raises:
        SettingsError: It names none of these, or its library is not installed.
    """
    found = _FORM.fullmatch(value)
    if found is None:
        raise SettingsError(
            [
                f"{PREFIX}EXECUTOR: leave it empty, or write processes, processes:4 or dask://host:port"
            ]
        )
    if found["address"]:
        if importlib.util.find_spec(LIBRARY) is None:
            raise SettingsError(
                [f"{PREFIX}EXECUTOR: dask:// needs the extra: pip install 'wengong[cluster]'"]
            )
        return functools.partial(_cluster, f"tcp://{found['address']}")
    if value:
        return functools.partial(_processes, int(found["count"] or os.cpu_count() or 1))
    return in_process


@contextlib.contextmanager
def _processes(count: int) -> Iterator[Power]:
    # Spawned, not forked: this process has threads that hold locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context) as executor:
        yield Power(executor, count)


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[Power]:
    from distributed import Client

    client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # no types
    with client:
        # The same chunk may be ranked anew after a change, so no result is taken from before.
        executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        try:
            threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
            yield Power(executor, max(1, sum(threads.values())))
        finally:
            executor.shutdown()
