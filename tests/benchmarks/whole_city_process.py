"""Where a city run of its own process starts: loads nothing until it runs.

Its helping processes import the module that started it; like the product's own entry, this one
costs them nothing.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run one city and print it as JSON."""
    from tests.benchmarks.whole_city_run import main as run

    run(sys.argv[1:])


if __name__ == "__main__":
    main()
