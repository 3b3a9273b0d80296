"""`wengong benefits`: what a person's city may grant them, for officers to confirm."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cli.opening import settings_or_fail
from bot.cli.pipes import Answer, LineError, Record, run_pipe
from bot.clock import SystemClock
from bot.log import configure
from content.benefits.profile_reading import ProfileReader
from content.benefits.verdicts import Assessment, Verdict, assess
from content.catalogue import Catalogue
from content.reader import read_catalogue


def benefits() -> None:
    """Check benefit rules: {"id", "profile"} to eligible, amounts, problems, verdicts."""
    settings = settings_or_fail()
    configure(settings.log_level)  # to standard error: nothing may stand between the answers
    catalogue = read_catalogue(settings.content)
    reader = ProfileReader(catalogue.places)
    today = SystemClock(settings.timezone).today()

    def answer(record: Record) -> Answer:
        profile = record.get("profile")
        if not isinstance(profile, Mapping):
            raise LineError("wrong_field", '"profile" has to be an object')
        assessment = assess(reader.read(profile, today=today), catalogue.benefits)
        return benefits_answer(assessment, catalogue)

    run_pipe(answer)


def benefits_answer(assessment: Assessment, catalogue: Catalogue) -> Answer:
    """Return an assessment as JSON; sums are numbers of yuan with at most two decimals."""
    return {
        "eligible": list(assessment.eligible),
        # The nearest float of two decimals prints as just these: nothing is reckoned with it.
        "amounts": {code: float(amount) for code, amount in assessment.amounts.items()},
        "problems": [str(problem) for problem in assessment.problems],
        "verdicts": {verdict.code: _verdict(verdict, catalogue) for verdict in assessment.verdicts},
    }


def _verdict(verdict: Verdict, catalogue: Catalogue) -> Answer:
    document = catalogue.policies.documents.get(verdict.rule.document)
    name = document.name if document else verdict.rule.document
    return {
        "verdict": verdict.verdict.value,
        "reasons": list(verdict.reasons),
        "missing": list(verdict.missing),
        "clause": f"{name} {verdict.clause}",
    }
