"""What a firm and an officer read of what changes would bring: counts and pay, never who."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Body
from bot.services.deployment import Deployment
from bot.services.ranking.changes import FirmAdvice
from bot.services.sending.deliveries import Draft, push
from bot.services.vacancies.vacancy_states import reference
from matching.changes.vacancy_changes import Gain
from storage.models import Vacancy
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

# Below this a count could point to somebody: who fits is said as "fewer than", a gain not at all.
FEWEST_SAID = 3
# A firm reads small counts in steps, so that one person more or less does not show; all of them
# are counted once a day.
FEW, EXACT_FROM = 5, 10
MOST_GAINS = 4
PUBLISHED_KEY = "advice.firm.published"


def advice_lines(deployment: Deployment, found: FirmAdvice, *, language: str) -> list[str]:
    """Return who fits now, what changes would bring, and the pay beside others', a line each."""
    fitting = people(deployment, found.advice.fitting, language=language)
    gains = gain_words(deployment, found.advice.gains, language=language)
    return [
        deployment.text("advice.firm.fitting", language, people=fitting),
        gains or deployment.text("advice.firm.nothing", language),
        *_pay_line(deployment, found, language=language),
    ]


def gain_words(
    deployment: Deployment, gains: Sequence[Gain], *, language: str, exact: bool = False
) -> str:
    """Return the changes that bring most as one line; empty for none.

    Args:
        deployment: Whose texts.
        gains: What was counted, the most first.
        language: Of the reader.
        exact: For officers, who may see who it is: all counts are said as they are.
    """
    told = [gain for gain in gains if exact or gain.more >= FEWEST_SAID]
    words = [
        deployment.text(
            f"advice.gain.{gain.kind}",
            language,
            value=_value(deployment, gain, language=language),
            people=people(deployment, gain.more, language=language, exact=exact),
        )
        for gain in told[:MOST_GAINS]
    ]
    return deployment.text("advice.firm.between", language).join(words)


def people(deployment: Deployment, count: int, *, language: str, exact: bool = False) -> str:
    """Return how many people; small counts in steps unless `exact`, none below three."""
    if exact or count >= EXACT_FROM:
        return deployment.text("advice.people.count", language, count=count)
    if count < FEWEST_SAID:
        return deployment.text("advice.people.few", language)
    if count <= FEW:
        return deployment.text("advice.people.some", language)
    return deployment.text("advice.people.more", language)


def is_worth_telling(found: FirmAdvice) -> bool:
    """Tell whether a firm should read it unasked: it would win people, or pays below others."""
    wins = any(gain.more >= FEWEST_SAID for gain in found.advice.gains)
    pays_less = found.going is not None and found.pay is not None and found.pay < found.going.yuan
    return wins or pays_less


def tell_firm(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, found: FirmAdvice) -> None:
    """Queue what changes would bring to everybody who speaks for the firm, once a publishing."""
    for address in uow.enterprises.addresses_of(vacancy.enterprise_id):
        language = address.language
        head = deployment.text(PUBLISHED_KEY, language, number=reference(vacancy))
        lines = [head, *advice_lines(deployment, found, language=language)]
        draft = Draft(
            PUBLISHED_KEY,
            Body("\n".join(lines)),
            f"advice:{vacancy.id.hex}:{vacancy.version}:{address.id.hex}",
            kind=DeliveryKind.TASK,
            subject_id=vacancy.id,
        )
        push(uow, address, draft, now=deployment.now)


def _value(deployment: Deployment, gain: Gain, *, language: str) -> object:
    if gain.kind == "education":
        return deployment.text(f"advice.school.{gain.value}", language)
    return str(gain.value).replace("|", "/") if gain.kind == "certificate" else gain.value


def _pay_line(deployment: Deployment, found: FirmAdvice, *, language: str) -> list[str]:
    if found.going is None:
        return []
    values = {"posts": found.going.posts, "yuan": found.going.yuan}
    if found.pay is None:
        return [deployment.text("advice.pay.unsaid", language, **values)]
    return [deployment.text("advice.pay.beside", language, pay=found.pay, **values)]
