"""What an officer reads about one case."""

from __future__ import annotations

from datetime import timedelta

from bot.conversations.turn import Turn
from bot.services.cases import case_outcomes, cases
from bot.services.cases.case_messages import case_line
from bot.services.cases.office_hours import spoken_moment
from bot.services.people import officers
from storage.models import Case, CaseEvent

OFFERED_FROM = timedelta(hours=1)
EVENTS_SHOWN = 6


def case_lines(turn: Turn, case: Case) -> str:
    """Return a case as said, promised, offered and worked on, a line each."""
    due_at = cases.pending_deadline(turn.uow, case)
    owner = turn.uow.officers.need(case.officer_id)
    lines = [
        case_line(turn.uow, turn.deployment, case, due_at=due_at, language=turn.language),
        turn.text("cases.one.owner", officer=owner.name),
        turn.text("cases.line.words", words=case.words) if case.words else "",
        _offered(turn, case),
        turn.text("cases.one.closed", outcome=_outcome(turn, case)) if case.closed_at else "",
        *_history(turn, case),
        _calls(turn, case),
    ]
    return "\n".join(line for line in lines if line)


def _offered(turn: Turn, case: Case) -> str:
    if case.worker_id is None:
        return ""
    # The offer goes out in the very turn that opens the case, or shortly before it.
    since = case.opened_at - OFFERED_FROM
    vacancies = turn.uow.cases.offered_to(case.worker_id, since=since)
    if not vacancies:
        return ""
    comma = turn.text("common.list.comma")
    titles = [f"V-{one.number:04d} {one.title or one.trade}" for one in vacancies[-3:]]
    return turn.text("cases.one.offered", vacancies=comma.join(titles))


def _history(turn: Turn, case: Case) -> list[str]:
    events = turn.uow.cases.events(case.id)[1:]
    return [_event(turn, event) for event in events[-EVENTS_SHOWN:]]


def _event(turn: Turn, event: CaseEvent) -> str:
    officer = turn.uow.officers.get(event.officer_id) if event.officer_id is not None else None
    name = officers.spoken_name(turn.deployment, officer, turn.language) if officer else ""
    return turn.text(
        "cases.event.line",
        moment=spoken_moment(turn.deployment, event.at, turn.language),
        what=turn.text(f"cases.event.{event.action}", officer=name, note=event.note or ""),
    )


def _outcome(turn: Turn, case: Case) -> str:
    return turn.text(f"cases.outcome.{case.status.value}")


def _calls(turn: Turn, case: Case) -> str:
    count = len(case_outcomes.attempts(turn.uow, case))
    if count == 0 or case.closed_at is not None:
        return ""
    if case_outcomes.suggests_unreachable(turn.uow, case):
        return turn.text("cases.one.unreachable", count=count)
    return turn.text("cases.one.calls", count=count)
