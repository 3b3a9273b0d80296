"""How much of people's time may be taken, as the bureau set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """What a bureau allows itself.

    Attributes:
        pushes_a_day: Most pushes to one worker a day, over all senders; replies are free.
        pushes_a_week: Most pushes to one worker within seven days.
        quiet_from: Hour of the evening from which nobody is written to unasked.
        quiet_until: Hour of the morning until which that holds.
        phone_tasks_a_day: Most calls on one officer's list of a day.
        link_life: How long a return link in a text message opens the chat.
        impressions_kept_months: How long it is kept what was shown to whom, and why.
    """

    pushes_a_day: int = 1
    pushes_a_week: int = 3
    quiet_from: int = 21
    quiet_until: int = 8
    phone_tasks_a_day: int = 20
    link_life: timedelta = timedelta(days=7)
    impressions_kept_months: int = 24
