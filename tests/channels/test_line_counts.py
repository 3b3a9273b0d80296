"""What a gateway told us, counted for the monitor."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from bot.app import App
from bot.app.lines import Lines
from tests.chat import City


def test_a_gateways_line_counts_from_nought(city: City, tmp_path: Path) -> None:
    settings = city.app.settings.model_copy(update={"sms_file": tmp_path / "texts.jsonl"})
    app = App(settings, city.database, city.deployment, city.app.engine)

    async def counted() -> None:
        lines = Lines(app, jitter=random.Random(1))  # noqa: S311 - spreads retries
        assert lines.counts() == {
            "sms": {
                "reports": 0,
                "unknown_reports": 0,
                "texts": 0,
                "ignored_texts": 0,
                "refused": 0,
            }
        }
        await lines.close()

    asyncio.run(counted())
