"""How fast a broadcast goes out, and who waits for it: `python -m tests.benchmarks.broadcast`.

Each run makes an officer's broadcast with the product's own services, lets one replica or three of
`wengong run` send it to a stand-in whose limits are lifted, and has people tap buttons meanwhile.
Where there are several replicas, one is killed in the middle. The peer is a bare loop around
`telegram.Bot`: nothing in it is durable, nobody is checked and nobody taps. `--quick` sends fewer.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from bot.log import configure
from tests.benchmarks.broadcast_generation import generate
from tests.benchmarks.broadcast_outcome import Outcome, Sent
from tests.benchmarks.broadcast_sending import TAPPERS, Sending
from tests.benchmarks.far_end import far_end
from tests.benchmarks.processes import Child, free_port, machine
from tests.benchmarks.served import Stores
from tests.benchmarks.telegram_town import TOKEN


@dataclass(frozen=True, slots=True)
class Plan:
    """One run.

    Attributes:
        title: What is printed.
        kind: `sqlite` or `postgresql`.
        people: How many get the broadcast.
        per_second: The account's rate.
        replicas: How many processes send; of several the last is killed in the middle.
        peer: How many messages the bare loop sends at the same rate; 0: it does not run.
    """

    title: str
    kind: str
    people: int
    per_second: float
    replicas: int
    peer: int = 0


PLANS = (
    Plan("SQLite, one process, 25/s", "sqlite", 3_000, 25.0, 1, 500),
    Plan("PostgreSQL, three replicas, 25/s", "postgresql", 3_000, 25.0, 3),
    Plan("SQLite, one process, 1,000/s", "sqlite", 60_000, 1_000.0, 1, 6_000),
    Plan("PostgreSQL, three replicas, 1,000/s", "postgresql", 60_000, 1_000.0, 3),
)
QUICK = 10


def run(stores: Stores, folder: Path, plan: Plan) -> Outcome:
    """Make and send one broadcast; return what became of it."""
    with (
        far_end(folder) as end,
        stores.fresh(plan.kind, people=plan.people, beside=TAPPERS) as store,
    ):
        sending = Sending(store, end, per_second=plan.per_second, replicas=plan.replicas)
        sending.meet_those_who_tap()
        with store.opened() as database:
            generated = generate(database, plan.people)
            return sending.send(database, generated)


def run_peer(folder: Path, *, count: int, per_second: float) -> Sent:
    """Let the bare loop send to a stand-in of its own."""
    with far_end(folder) as end:
        words = ("tests.benchmarks.broadcast_peer", end.url, TOKEN, str(count), str(per_second))
        child = Child(*words, folder=folder, port=free_port())
        status = child.wait()
        if status:
            raise RuntimeError(child.printed)
        return Sent.of(end.arrivals(), per_second)


def main() -> None:
    """Run every plan and print."""
    configure("ERROR")
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.broadcast")
    parser.add_argument("--quick", action="store_true", help="a tenth of the messages")
    parser.add_argument("--only", default="", help="runs whose title holds these words")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name, Stores.open(Path(name)) as stores:
        for plan in (each for each in PLANS if options.only in each.title):
            share = QUICK if options.quick else 1
            chosen = replace(plan, people=math.ceil(plan.people / share))
            print(f"{chosen.title}, {chosen.people} people")
            print("\n".join(f"  {line}" for line in run(stores, Path(name), chosen).lines()))
            if chosen.peer:
                sent = run_peer(Path(name), count=chosen.peer, per_second=chosen.per_second)
                print(f"  bare loop of telegram.Bot, {chosen.peer} people: {sent.line()}")
            print(flush=True)


if __name__ == "__main__":
    main()
