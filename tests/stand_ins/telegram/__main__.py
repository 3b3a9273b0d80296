"""The stand-in as a process of its own, for benchmarks: see `control` for what it answers."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import replace

from tests.stand_ins import outgoing
from tests.stand_ins.telegram import Limits, TelegramStandIn


async def serve(options: argparse.Namespace) -> None:
    """Listen until the process is ended; say on which port."""
    limits = Limits().lifted() if options.lifted else Limits()
    if options.per_second is not None:
        limits = replace(limits, per_second=options.per_second)
    stand_in = TelegramStandIn(
        limits=limits,
        checks=() if options.unchecked else outgoing.checks(),
        keeps_requests=False,
    )
    for token in options.token:
        stand_in.bot(token, at_name=f"bot{token.partition(':')[0]}")
    await stand_in.line.open(options.port)
    sys.stdout.write(f"{stand_in.root}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.stand_ins.telegram")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--lifted", action="store_true", help="no limits of rate, anybody's chat")
    parser.add_argument("--per-second", type=int, help="the rate over all chats")
    parser.add_argument("--token", action="append", default=[], help="a bot that is there")
    parser.add_argument("--unchecked", action="store_true", help="check no request's shape twice")
    try:
        asyncio.run(serve(parser.parse_args()))
    except KeyboardInterrupt:
        sys.exit(0)


main()
