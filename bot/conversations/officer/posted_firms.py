"""For which registered firm something is posted: who speaks, or whom an officer names."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from bot.conversations.turn import Turn
from bot.conversations.worker.check_in_questions import spoken_firm
from bot.errors import UserError
from bot.services.people import officers
from storage.models import Enterprise, Officer

# Firms of one officer's area that are looked through, the newest first.
MOST_FIRMS = 5_000
SHORTEST_NAME = 3


def firms_in(turn: Turn, officer: Officer, texts: Sequence[str]) -> list[Enterprise | None]:
    """Return for each text the one firm of the officer's area that it names, or None.

    The full name counts, and the name as people say it (宏达制衣); the longest name wins, and
    two firms of one name are nobody's guess.
    """
    firms = turn.uow.enterprises.newest(scope=officer.scope, limit=MOST_FIRMS)
    own = [one for one in firms if officers.is_in_scope(officer, officers.code_of_enterprise(one))]
    names = [(name, firm) for firm in own for name in {firm.name, spoken_firm(firm.name)}]
    return [_named_in(text, names) for text in texts]


def posting_firm(turn: Turn) -> Enterprise:
    """Return the firm for which something is posted here.

    Raises:
        UserError: Nobody has said which, or the officer does not look after that firm.
    """
    key = turn.answers.get("firm")
    if key is not None:
        firm = turn.uow.enterprises.need(uuid.UUID(str(key)))
        if turn.enterprise is None or turn.enterprise.id != firm.id:
            _need_in_charge(turn, firm)
        return firm
    if turn.enterprise is None:
        raise UserError("vacancy_posting.refused.no_firm")
    return turn.enterprise


def _need_in_charge(turn: Turn, firm: Enterprise) -> None:
    if not is_own(turn, firm):
        raise UserError("enterprise_registration.code.elsewhere")


def is_own(turn: Turn, firm: Enterprise) -> bool:
    """Tell whether this officer looks after the firm."""
    officer = need_officer(turn)
    return officers.is_in_scope(officer, officers.code_of_enterprise(firm))


def need_officer(turn: Turn) -> Officer:
    """Return the officer who speaks here.

    Raises:
        UserError: Somebody else does.
    """
    if turn.officer is None:
        raise UserError("vacancy_posting.refused.officers_only")
    return turn.officer


def _named_in(text: str, names: Sequence[tuple[str, Enterprise]]) -> Enterprise | None:
    words = "".join(text.split())
    found = [
        (len(name), firm) for name, firm in names if len(name) >= SHORTEST_NAME and name in words
    ]
    longest = max((length for length, _ in found), default=0)
    firms = {firm.id: firm for length, firm in found if length == longest}
    return next(iter(firms.values())) if len(firms) == 1 else None
