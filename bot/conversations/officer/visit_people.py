"""About whom an officer writes something down: found by name or number, in one's own area."""

from __future__ import annotations

import uuid

from bot.conversations.officer.cases import my_officer
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.people import officers
from bot.services.people.officer_views import audit_refusal
from bot.understanding.writing.phones import find_phones
from storage.models import Officer, Worker

MOST_PEOPLE = 8


def find(turn: Turn, words: str) -> bool:
    """Begin with the person whom the words name; False where nobody here is called so."""
    officer = my_officer(turn)
    if officer is None:
        return True
    bureau = turn.deployment.bureau_adcode
    numbers = find_phones(words)
    if numbers:
        people = turn.uow.phone_tasks.people_of_number(numbers[0].digits, bureau_adcode=bureau)
        own = [one for one in people if _is_own(turn, officer, one)]
    else:
        own = list(
            turn.uow.home_visits.people_called(
                words.strip(), bureau, scope=officer.scope, limit=MOST_PEOPLE
            )
        )
    if len(own) > 1:
        turn.go("home_visit.which", found=[one.id.hex for one in own[:MOST_PEOPLE]])
    elif own:
        begin(turn, own[0])
    return bool(own)


def begin(turn: Turn, worker: Worker) -> None:
    """Ask the first question about a person."""
    turn.answers = {}
    turn.go("home_visit.kind", worker=worker.id.hex)


def _is_own(turn: Turn, officer: Officer, worker: Worker) -> bool:
    return officers.is_in_scope(
        officer, officers.code_of_worker(worker, turn.deployment.bureau_adcode)
    )


def worker_of(turn: Turn, key: str | None = None) -> Worker:
    """Return the person, while this officer may see them.

    Raises:
        UserError: The person is outside the officer's area or has gone.
    """
    worker = turn.uow.workers.get(uuid.UUID(key or str(turn.answers.get("worker"))))
    officer = turn.officer
    if worker is None or officer is None:
        raise UserError("home_visit.refused.gone")
    if not _is_own(turn, officer, worker):
        audit_refusal(
            turn.uow, turn.deployment, officer, subject_kind="worker", subject_id=worker.id
        )
        raise UserError("home_visit.refused.gone")
    turn.about = worker.id
    return worker
