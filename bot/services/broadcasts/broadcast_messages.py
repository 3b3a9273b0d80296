"""What a broadcast says to one reader: the vacancy seen from home, or the words filled in."""

from __future__ import annotations

from bot.messages import Body, Option
from bot.services.broadcasts.broadcast_selection import Chosen
from bot.services.broadcasts.broadcast_words import (
    Reader,
    surname,
    template_of,
    values_for,
)
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.vacancies.vacancy_words import durable_options, vacancy_line, why_line
from matching.types import Match
from storage.models import Broadcast, Officer, Vacancy
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

VACANCY_KEY = "vacancy_lines.line.pushed"
WORDS_KEY = "broadcasting.message.words"


class Writer:
    """Writes one broadcast's messages; what many readers share is put together once."""

    def __init__(
        self,
        uow: UnitOfWork,
        deployment: Deployment,
        broadcast: Broadcast,
        *,
        vacancy: Vacancy | None,
        officer: Officer,
    ) -> None:
        self._uow = uow
        self._deployment = deployment
        self._vacancy = vacancy
        self._officer = officer
        self._template = None if vacancy is not None else template_of(broadcast.words or "")
        self._lines: dict[tuple[str | None, str], str] = {}
        self._whys: dict[tuple[object, ...], str] = {}
        self._options: dict[str, tuple[Option, ...]] = {}
        self._spoken: dict[str, str] = {}
        self._shared: dict[tuple[str | None, str, str], dict[str, str]] = {}

    @property
    def key(self) -> str:
        """The text that the messages are rendered from."""
        return WORDS_KEY if self._vacancy is None else VACANCY_KEY

    @property
    def kind(self) -> DeliveryKind:
        """Why they are sent."""
        return DeliveryKind.BROADCAST if self._vacancy is None else DeliveryKind.VACANCY

    def body_for(self, one: Chosen) -> Body:
        """Return the message for one reader, in full; a channel shortens it where it must."""
        if self._vacancy is None or one.match is None:
            return Body(self._words_for(one))
        return Body(
            self._deployment.text(
                VACANCY_KEY,
                one.language,
                line=self._line(self._vacancy, one.member.home, one.language),
                why=self._why(one.match, one.language),
            ),
            self._options_of(self._vacancy, one.language),
        )

    def _words_for(self, one: Chosen) -> str:
        template = self._template
        if template is None:
            return ""
        fields = template.fields
        values: dict[str, str] = {}
        if fields:
            name = None
            if "surname" in fields:
                name = self._uow.broadcasts.unseal(one.member.sealed_name, column="worker.name")
            values = self._values_for(one, name)
        return self._deployment.text(WORDS_KEY, one.language, words=template.filled(values))

    def _values_for(self, one: Chosen, name: str | None) -> dict[str, str]:
        """Return what fills the placeholders; all but the surname is shared by neighbours."""
        member = one.member
        trade = member.trades[0] if member.trades else ""
        key = (member.home, trade, one.language)
        if key not in self._shared:
            self._shared[key] = values_for(
                self._deployment,
                Reader(None, member.home, (trade,) if trade else ()),
                officer=self._officer_said(one.language),
                language=one.language,
            )
        return self._shared[key] | {"surname": surname(name)}

    def _officer_said(self, language: str) -> str:
        if language not in self._spoken:
            self._spoken[language] = officers.spoken_name(self._deployment, self._officer, language)
        return self._spoken[language]

    def _line(self, vacancy: Vacancy, home: str | None, language: str) -> str:
        if (home, language) not in self._lines:
            self._lines[home, language] = vacancy_line(
                self._deployment, vacancy, home=home, language=language
            )
        return self._lines[home, language]

    def _why(self, match: Match, language: str) -> str:
        key = (match.reasons, match.misses, language)
        if key not in self._whys:
            self._whys[key] = why_line(self._deployment, match, language=language)
        return self._whys[key]

    def _options_of(self, vacancy: Vacancy, language: str) -> tuple[Option, ...]:
        if language not in self._options:
            self._options[language] = durable_options(self._deployment, vacancy, language=language)
        return self._options[language]
