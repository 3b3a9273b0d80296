"""The readers that the rest of the product calls, over one catalogue."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bot.understanding.messages.worker_texts import WorkerTexts
from bot.understanding.occupations.trades import TradeFinder
from bot.understanding.places.finder import PlaceFinder
from bot.understanding.posts.corrections import Corrections
from bot.understanding.posts.vacancy_posts import VacancyPosts
from bot.understanding.values import Context, Correction, PostReading, WorkerReading
from content.catalogue import Catalogue
from content.reader import read_catalogue


class TextReader:
    """Reads messages and posts with the places, trades and minimum wages of a catalogue.

    Building it costs some milliseconds; build one for each catalogue and share it. It is
    safe to use from several threads.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        places = PlaceFinder(catalogue.places)
        trades = TradeFinder(catalogue.trades)
        self._worker_texts = WorkerTexts(places, trades)
        self._posts = VacancyPosts(places, trades, catalogue.minimum_wages)
        self._corrections = Corrections(places, trades)

    def read_worker_text(self, text: str, context: Context | None = None) -> WorkerReading:
        """Read one message of a worker; `context` is what the bot asked last. Never raises."""
        return self._worker_texts.read(text, context or Context())

    def read_post(
        self, text: str, *, home: str | None = None, today: date | None = None
    ) -> PostReading:
        """Read a recruitment post. Never raises.

        Args:
            text: The post as pasted.
            home: Adcode of the bureau, which settles ambiguous place names.
            today: Day whose minimum wage counts; without it only the floor that holds
                everywhere is checked.
        """
        return self._posts.read(text, home=home, today=today)

    def read_correction(self, line: str, *, home: str | None = None) -> Correction | None:
        """Read one line such as 工资 4500-5500; None if no field or no value is recognised."""
        return self._corrections.read(line, home=home)


@lru_cache(maxsize=1)
def default_reader() -> TextReader:
    """Return the shared reader over the package's own content."""
    return TextReader(read_catalogue())


def read_worker_text(text: str, context: Context | None = None) -> WorkerReading:
    """Read one message of a worker with the package's own content."""
    return default_reader().read_worker_text(text, context)


def read_post(text: str, *, home: str | None = None, today: date | None = None) -> PostReading:
    """Read a recruitment post with the package's own content."""
    return default_reader().read_post(text, home=home, today=today)


def read_correction(line: str, *, home: str | None = None) -> Correction | None:
    """Read an employer's one-line correction with the package's own content."""
    return default_reader().read_correction(line, home=home)
