"""What an officer reads about a vacancy before and after the decision."""

from __future__ import annotations

from bot.conversations.firm.draft_lines import draft_line, gap_words
from bot.conversations.turn import Turn
from bot.services.cases.office_hours import spoken_moment
from bot.services.people import officers
from bot.services.ranking.advice_words import gain_words
from bot.services.vacancies import reviews
from bot.services.vacancies.publishing import Published
from bot.services.vacancies.vacancies import reference
from storage.models import Vacancy
from storage.repositories.reviews import WaitingVacancy
from storage.states import EnterpriseStatus, VacancyStatus, Way

MINUTES_AN_HOUR = 60
WAYS = (Way.PAGE, Way.SMS, Way.PHONE, Way.TELEGRAM)


def queue_line(turn: Turn, row: WaitingVacancy) -> str:
    """Return a waiting vacancy in one line, with the time left of the promise."""
    return turn.text(
        "review.queue.vacancy",
        number=reference(row.vacancy),
        title=row.vacancy.title or row.vacancy.trade,
        firm=row.firm.name,
        left=_time_left(turn, row),
    )


def _time_left(turn: Turn, row: WaitingVacancy) -> str:
    if row.due_at is None:
        return turn.text("review.left.open")
    seconds = (row.due_at - turn.deployment.now).total_seconds()
    minutes = abs(int(seconds // MINUTES_AN_HOUR))
    purpose = "late" if seconds < 0 else "left"
    if minutes < MINUTES_AN_HOUR:
        return turn.text(f"review.left.{purpose}_minutes", minutes=minutes)
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    return turn.text(f"review.left.{purpose}_hours", hours=hours, minutes=rest)


def vacancy_lines(turn: Turn, vacancy: Vacancy) -> str:
    """Return what was understood, what is missing, the law, the pay and the firm, a line each."""
    firm = turn.uow.enterprises.need(vacancy.enterprise_id)
    missing = gap_words(turn.deployment, vacancy, turn.language)
    lines = [
        turn.text("review.vacancy.head", number=reference(vacancy), firm=firm.name),
        draft_line(turn.deployment, vacancy, turn.language),
        turn.text("review.vacancy.missing", gaps=missing) if missing else "",
        *_law_lines(turn, vacancy),
        turn.text(f"review.wage.{reviews.wage_state(turn.deployment, vacancy)}"),
        _firm_line(turn, firm.status, verified=firm.verified_at is not None),
    ]
    return "\n".join(line for line in lines if line)


def _law_lines(turn: Turn, vacancy: Vacancy) -> list[str]:
    lines = []
    for code, words in vacancy.violations:
        purpose = "appealed" if vacancy.appeal else "standing"
        lines.append(turn.text(f"review.law.{purpose}", words=words, **_named(turn, code)))
    lines += [turn.text("review.law.rewritten", **_named(turn, code)) for code in vacancy.rewrites]
    if vacancy.appeal:
        lines.append(turn.text("review.law.appeal", words=vacancy.appeal))
    return lines or [turn.text("review.law.clean")]


def _named(turn: Turn, code: str) -> dict[str, str]:
    kind = turn.deployment.catalogue.violations.get(code)
    if kind is None:
        return {"name": code, "clause": ""}
    name = kind.name if turn.language == "zh" else kind.en
    return {"name": name, "clause": kind.citations[0] if kind.citations else ""}


def _firm_line(turn: Turn, status: EnterpriseStatus, *, verified: bool) -> str:
    word = "verified" if status == EnterpriseStatus.VERIFIED and verified else status.value
    return turn.text(f"review.firm_state.{word}")


def published_lines(turn: Turn, vacancy: Vacancy, published: Published) -> str:
    """Return who gets the vacancy, who not and why, and how; every count comes from the rows."""
    left_out = {reason: count for reason, count in published.left_out.items() if count}
    lines = [_headline(turn, vacancy, published.chosen, sum(left_out.values()))]
    if left_out:
        reasons = [
            turn.text(f"review.left_out.{reason}", count=count)
            for reason, count in sorted(left_out.items(), key=lambda entry: -entry[1])
        ]
        lines.append(" ".join(reasons))
    ways = [
        turn.text(f"review.way.{way.value}", count=published.ways[way])
        for way in WAYS
        if published.ways.get(way)
    ]
    if ways:
        lines.append(turn.text("review.published.ways", ways=" ".join(ways)))
    gains = gain_words(turn.deployment, published.advice.gains, language=turn.language, exact=True)
    if gains:
        lines.append(turn.text("advice.officer.vacancy", gains=gains))
    return "\n".join(lines)


def _headline(turn: Turn, vacancy: Vacancy, chosen: int, left_out: int) -> str:
    places = "places" if vacancy.headcount is not None else "no_places"
    words = turn.text(f"review.published.{places}", headcount=vacancy.headcount)
    words += turn.text(f"review.published.{'told' if chosen else 'nobody'}", chosen=chosen)
    return words + (turn.text("review.published.left_out", left_out=left_out) if left_out else "")


def decided_line(turn: Turn, vacancy: Vacancy) -> str:
    """Return who decided about a vacancy and when, or where it stands without a decision."""
    review = turn.uow.reviews.latest(vacancy.id)
    if review is None:
        state = turn.text(f"review.state.{vacancy.status.value}")
        return turn.text("review.decided.undecided", number=reference(vacancy), state=state)
    officer = turn.uow.officers.need(review.officer_id)
    return turn.text(
        "review.decided.line",
        number=reference(vacancy),
        officer=officers.spoken_name(turn.deployment, officer, turn.language),
        moment=spoken_moment(turn.deployment, review.at, turn.language),
        state=turn.text(f"review.state.{VacancyStatus(review.decision).value}"),
    )
