"""What a question about a policy can want, beside the clause itself: one list for all."""

from __future__ import annotations

# A clause may leave these unsaid; a question for one that it leaves out goes to a person. The
# order is that in which an answer tells of them.
MAY_BE_LEFT_OUT = ("amount", "place", "time", "papers")
# These stand in no clause: a person's own case, and a wrong that somebody has suffered.
NEVER_IN_CLAUSES = ("decision", "own_status", "grievance")
ASKS = (*MAY_BE_LEFT_OUT, *NEVER_IN_CLAUSES)
