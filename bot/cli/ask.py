"""`wengong ask`: questions about policies, answered from the documents of the worker's city."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.cli.opening import settings_or_fail
from bot.cli.pipes import Answer, LineError, Record, run_pipe, text_in, text_or_none
from bot.clock import SystemClock
from bot.log import configure
from bot.understanding.policy_questions import FoundPolicies, PolicyQuestions
from content.benefits.fact_values import day_of
from content.benefits.facts import Problem
from content.benefits.profile_reading import ProfileReader
from content.benefits.unsaid_facts import with_unsaid_unknown
from content.benefits.verdicts import Verdict, assess
from content.catalogue import Catalogue
from content.policies.answer_lines import AnswerWriter, Asked
from content.reader import read_catalogue


def ask() -> None:
    """Answer {"id", "text", "jurisdiction", "profile"?, "as_of"?} from the city's documents."""
    settings = settings_or_fail()
    configure(settings.log_level)  # to standard error: nothing may stand between the answers
    asking = Asking(read_catalogue(settings.content), today=SystemClock(settings.timezone).today())
    run_pipe(asking.answer)


class Asking:
    """Answers the objects of lines.

    Args:
        catalogue: Holds cards, rules and words.
        today: The day of questions that name none.
    """

    def __init__(self, catalogue: Catalogue, *, today: date) -> None:
        self._catalogue = catalogue
        self._today = today
        self._questions = PolicyQuestions(catalogue.policies, catalogue.question_words)
        self._profiles = ProfileReader(catalogue.places)
        # A card that nobody has reviewed says 可能符合 in the demo only, and this is none.
        self._writer = AnswerWriter(catalogue.policies, catalogue.texts)

    def answer(self, record: Record) -> Answer:
        """Return mechanisms, answer and handoff.

        Raises:
            LineError: A field is wrong, the city is unknown, or the profile is of another one or
                of another day.
        """
        text = text_in(record, "text")
        profile = _profile(record)
        jurisdiction = self._jurisdiction(record, profile)
        on = self._day(record, profile)
        found = self._questions.find(text, jurisdiction, on)
        verdicts = {}
        if profile is not None:
            # A wrong day of the profile's own is asked for; the clause is told all the same.
            own_day = self._own_day(profile) if profile.get("as_of") is not None else on
            verdicts = self._verdicts(profile, found, jurisdiction=jurisdiction, on=own_day)
        asked = Asked(
            question=text,
            jurisdiction=jurisdiction,
            on=on,
            cards=found.cards,
            asks=found.asks,
            handoff=found.handoff,
            reason=found.reason.value,
            item=found.item,
            verdicts=verdicts,
        )
        return {
            "mechanisms": list(found.mechanisms),
            "answer": "\n".join(self._writer.lines(asked)),
            "handoff": found.handoff,
        }

    def _jurisdiction(self, record: Record, profile: Mapping[str, object] | None) -> str | None:
        said = text_or_none(record, "jurisdiction")
        of_profile = None if profile is None else text_or_none(profile, "jurisdiction")
        if said is not None and of_profile is not None and said != of_profile:
            raise LineError("wrong_field", '"profile" is of another city than "jurisdiction"')
        jurisdiction = said or of_profile
        known = [city.id for city in self._catalogue.policies.jurisdictions]
        if jurisdiction is not None and jurisdiction not in known:
            message = f'"jurisdiction" has to be one of {", ".join(known)}, or null'
            raise LineError("unknown_jurisdiction", message)
        return jurisdiction

    def _day(self, record: Record, profile: Mapping[str, object] | None) -> date:
        on = day_of(record, "as_of")
        if isinstance(on, Problem):
            raise LineError("wrong_field", '"as_of" has to be a day: YYYY-MM-DD')
        if on is not None and on > self._today:
            raise LineError("wrong_field", '"as_of" is in the future')
        of_profile = None if profile is None else self._own_day(profile)
        if on is not None and of_profile is not None and on != of_profile:
            raise LineError("wrong_field", '"profile" is of another day than "as_of"')
        return on or of_profile or self._today

    def _own_day(self, profile: Mapping[str, object]) -> date | None:
        """Return a profile's day; None where it has none or a wrong one, as `benefits` does."""
        day = day_of(profile, "as_of")
        return None if day is None or isinstance(day, Problem) or day > self._today else day

    def _verdicts(
        self,
        profile: Mapping[str, object],
        found: FoundPolicies,
        *,
        jurisdiction: str | None,
        on: date | None,
    ) -> dict[str, Verdict]:
        """Judge by what the profile says and no more: an unsaid fact is asked, never taken."""
        day = None if on is None else on.isoformat()
        row = {**with_unsaid_unknown(profile), "jurisdiction": jurisdiction, "as_of": day}
        read = self._profiles.read(row, today=self._today)
        verdicts = assess(read, self._catalogue.benefits).verdicts
        return {it.rule.mechanism: it for it in verdicts if it.rule.mechanism in found.mechanisms}


def _profile(record: Record) -> Mapping[str, object] | None:
    profile = record.get("profile")
    if profile is not None and not isinstance(profile, Mapping):
        raise LineError("wrong_field", '"profile" has to be an object')
    return profile
