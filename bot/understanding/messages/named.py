"""What stands in a message before anything is judged: phones, places, trades, pay."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.intents.features import Stretch
from bot.understanding.occupations.trades import TradeMention
from bot.understanding.pay.wages import find_wages
from bot.understanding.places.finder import PlacesRead
from bot.understanding.writing.phones import Phone


@dataclass(frozen=True, slots=True)
class Named:
    """One message, folded, its phones blanked.

    Attributes:
        text: Of the same length as what was written.
        phones: Telephones, in order.
        places: Settled and open places, and origins.
        trades: Trades in order, wanted or not.
    """

    text: str
    phones: list[Phone]
    places: PlacesRead
    trades: list[TradeMention]

    def stretches(self) -> list[Stretch]:
        """Return what is named as (start, end, kind), for the intent."""
        return [
            *((phone.start, phone.end, "phone") for phone in self.phones),
            *((wage.start, wage.end, "wage") for wage in find_wages(self.text)),
            *((place.start, place.end, "place") for place in self.places.mentions),
            *((trade.start, trade.end, "trade") for trade in self.trades),
        ]
