"""The readers that the rest of the product calls, over one catalogue."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bot.understanding.courses.course_texts import CourseTexts
from bot.understanding.intents.deciding import IntentReader
from bot.understanding.messages.skills import SkillReader
from bot.understanding.messages.worker_texts import WorkerTexts
from bot.understanding.occupations.trades import TradeFinder
from bot.understanding.places.finder import PlaceFinder, PlacesRead
from bot.understanding.policy_questions import PolicyQuestions
from bot.understanding.posts.corrections import Corrections
from bot.understanding.posts.vacancy_posts import VacancyPosts
from bot.understanding.values import Context, Correction, PostPart, PostReading, WorkerReading
from bot.understanding.writing.folding import fold
from content.catalogue import Catalogue
from content.reader import read_catalogue

if TYPE_CHECKING:
    from bot.understanding.occupations.linker import OccupationLinker, RankedOccupation


class TextReader:
    """Reads messages and posts with the places, trades and minimum wages of a catalogue.

    Building it costs some milliseconds; build one for each catalogue and share it. It is
    safe to use from several threads. The large tables (towns, occupations, the learnt model)
    are read when first needed, or by `warm`.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._places = places = PlaceFinder(catalogue.places)
        self._intents = IntentReader(catalogue.intents)
        trades = TradeFinder(catalogue.trades)
        self._worker_texts = WorkerTexts(places, catalogue.spoken_trades, self._intents)
        self._posts = VacancyPosts(places, trades, catalogue.minimum_wages, code_of=self._code_of)
        self._corrections = Corrections(places, trades)

    @cached_property
    def _linker(self) -> OccupationLinker:
        # numpy takes a tenth of a second to load: the first post pays it, not the start.
        from bot.understanding.occupations.linker import OccupationLinker

        return OccupationLinker(self._catalogue.classification.get)

    def warm(self) -> None:
        """Read the large tables now: off the event loop, about two seconds of work."""
        self._places.warm()
        self._intents.warm()
        self._linker.warm()

    def rank_occupations(self, title: str, *, limit: int = 10) -> list[RankedOccupation]:
        """Return the codes of the 2022 classification that a free title may mean, best first."""
        return self._linker.rank(title, limit=limit)

    def _code_of(self, title_raw: str, trade: str | None) -> str | None:
        return self._linker.code_of(title_raw, trade)

    def read_worker_text(self, text: str, context: Context | None = None) -> WorkerReading:
        """Read one message of a worker; `context` is what the bot asked last. Never raises."""
        return self._worker_texts.read(text, context or Context())

    def intent_features(self, text: str, context: Context | None = None) -> list[str]:
        """Return what the intent model sees of a message; learning needs it."""
        return self._worker_texts.intent_features(text, context or Context())

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

    def read_posts(
        self, text: str, *, home: str | None = None, today: date | None = None
    ) -> tuple[PostPart, ...]:
        """Read a message of one or several posts, each by itself. Never raises.

        The arguments are those of `read_post`; the parts stand in the order of the message,
        at least one.
        """
        return self._posts.read_all(text, home=home, today=today)

    def read_places(self, text: str, *, home: str | None = None) -> PlacesRead:
        """Return the places that words name, and the names that stay ambiguous. Never raises.

        Positions count in the folded text; `home` settles ambiguous names.
        """
        return self._places.read(fold(text), home=home)

    @cached_property
    def policy_questions(self) -> PolicyQuestions:
        """Finds the clauses that answer a question; the index is made with the first one."""
        return PolicyQuestions(self._catalogue.policies, self._catalogue.question_words)

    @cached_property
    def courses(self) -> CourseTexts:
        """Reads announcements of courses, and what somebody wants to learn."""
        trades = TradeFinder(self._catalogue.trades)
        return CourseTexts(self._places, trades, SkillReader(self._catalogue.spoken_trades))

    def read_correction(
        self, line: str, *, home: str | None = None, today: date | None = None
    ) -> Correction | None:
        """Read one line such as 工资 4500-5500; None if no field or no value is recognised.

        Days by which one must begin are only read where `today` is given.
        """
        return self._corrections.read(line, home=home, today=today)


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
