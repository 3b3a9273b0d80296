"""Where `wengong` starts: loads nothing until it runs.

A process that helps with the nightly ranking imports the module that started it; this one costs
it nothing, all commands together would cost a hundred megabytes.
"""

from __future__ import annotations


def run() -> None:
    """Run the command line."""
    from bot.cli.main import run as run_commands

    run_commands()
