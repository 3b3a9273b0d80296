"""The fixed parts of one bureau's deployment, handed to conversations and services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.clock import Clock
from bot.services.limits import Limits
from bot.services.ranking.counted_advice import CountedAdvice
from bot.services.ranking.nightly import Nightly
from bot.services.ranking.vacancy_board import VacancyBoard
from bot.services.ranking.wish_looks import WishLooks
from bot.understanding import TextReader
from content.catalogue import Catalogue

DEFAULT_RATES = {"telegram": 25.0, "sms": 20.0}


@dataclass(frozen=True, slots=True)
class Bureau:
    """A labour bureau that this deployment serves.

    Attributes:
        adcode: Six digits of its city or county.
        name: As workers know it.
        phone: Its landline, or empty.
    """

    adcode: str
    name: str
    phone: str = ""


@dataclass(frozen=True)
class Deployment:
    """One bureau: its words and tables, its clock, its board of open vacancies.

    Attributes:
        catalogue: Texts, places, trades and laws, with the bureau's overlay.
        clock: Business time.
        reader: Reads free text with the catalogue's words.
        board: The open vacancies, shared by all turns of this process.
        bureau_adcode: Six digits of the city or county.
        bureau_name: As workers know it.
        bureau_phone: Its landline, or empty.
        public_url: Where links and QR codes point to, without a slash at the end.
        is_demo: Invented people; the only officer may review what it posted.
        channels: The channels that this bureau has, beside the web site.
        limits: How much of people's time may be taken.
        rates: Messages a second by channel; a channel that is not named shows them at once.
        nightly: When the whole register is ranked, and on what.
        advised: What changes of vacancies would bring, counted today by this process.
        wish_looks: How far this process has looked at wishes.
        others: Further bureaus of this deployment by adcode; each has people of its own.
    """

    catalogue: Catalogue
    clock: Clock
    reader: TextReader
    board: VacancyBoard
    bureau_adcode: str
    bureau_name: str
    bureau_phone: str
    public_url: str
    is_demo: bool
    channels: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    rates: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_RATES))
    nightly: Nightly = field(default_factory=Nightly)
    advised: CountedAdvice = field(default_factory=CountedAdvice)
    wish_looks: WishLooks = field(default_factory=WishLooks)
    others: Mapping[str, Deployment] = field(default_factory=dict)

    def of(self, bureau_adcode: str) -> Deployment:
        """Return the deployment of one of its bureaus; itself for a bureau it does not know."""
        return self.others.get(bureau_adcode, self)

    def every(self) -> list[Deployment]:
        """Return one deployment for each bureau, this one first."""
        return [self, *self.others.values()]

    def for_bureau(self, bureau: Bureau, *, channels: frozenset[str]) -> Deployment:
        """Return the same deployment as another bureau has it."""
        return replace(
            self,
            bureau_adcode=bureau.adcode,
            bureau_name=bureau.name,
            bureau_phone=bureau.phone,
            channels=channels,
            others={},
        )

    @property
    def now(self) -> datetime:
        """The present instant of business time, in UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The present date in the city."""
        return self.clock.today()

    def text(self, key: str, language: str, **values: object) -> str:
        """Return a rendered text of the catalogue."""
        return self.catalogue.texts.render(key, language, **values)
