"""The words for states, roles and kinds; the same words everywhere."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do at an address."""

    WORKER = "worker"
    ENTERPRISE = "enterprise"
    OFFICER = "officer"


class WorkerStatus(StrEnum):
    """Where a worker stands (domain A4.1)."""

    NEW = "new"
    REGISTERED = "registered"
    VERIFIED = "verified"
    SEEKING = "seeking"
    EMPLOYED = "employed"
    FLEXIBLE = "flexible"
    PUBLIC_POST = "public_post"
    TRAINING = "training"
    NOT_LOOKING = "not_looking"
    UNREACHABLE = "unreachable"
    LEFT = "left"


class Decision(StrEnum):
    """An answer to a consent question."""

    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class Purpose(StrEnum):
    """What a consent is for (domain A4.6)."""

    REGISTER_AND_MATCH = "register_and_match"
    PASS_CONTACT = "pass_contact"  # noqa: S105 - a purpose, not a password
    ID_NUMBER = "id_number"
    SENSITIVE_STATUS = "sensitive_status"


class EnterpriseStatus(StrEnum):
    """Whether a firm may publish."""

    PENDING = "pending"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


class VacancyStatus(StrEnum):
    """The way of a vacancy (domain A4.4)."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    NEEDS_FIX = "needs_fix"
    REJECTED = "rejected"
    FILLED = "filled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"


class ApplicationStatus(StrEnum):
    """The way of an application (domain A4.5)."""

    INTERESTED = "interested"
    CONSENTED = "consented"
    SENT = "sent"
    INTERVIEW = "interview"
    HIRED = "hired"
    NO_SHOW = "no_show"
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"
    WITHDRAWN = "withdrawn"


class Source(StrEnum):
    """Whose word a fact rests on."""

    WORKER = "worker"
    ENTERPRISE = "enterprise"
    OFFICER = "officer"
    IMPORT = "import"


class EndReason(StrEnum):
    """Why a spell of work ended."""

    LOST = "lost"
    CHANGED = "changed"
    QUIT = "quit"
    CORRECTED = "corrected"
    EMPLOYER_CLOSED = "employer_closed"


class CheckInKind(StrEnum):
    """What a check-in asks, and whom."""

    STILL_THERE = "still_there"
    FIRM_CALLED = "firm_called"
    STARTED_WORK = "started_work"
    APPLICANT_CALLED = "applicant_called"
    APPLICANT_STARTED = "applicant_started"


class CheckInStatus(StrEnum):
    """The way of a check-in (domain A4.2)."""

    SCHEDULED = "scheduled"
    SENT = "sent"
    SAME = "same"
    CHANGED = "changed"
    NOT_WORKING = "not_working"
    TEMP_LEAVE = "temp_leave"
    UNCLEAR = "unclear"
    NO_REPLY = "no_reply"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Matter(StrEnum):
    """What a case is about; one case may hold several."""

    UNEMPLOYMENT = "unemployment"
    GRIEVANCE = "grievance"
    LOST_CONTACT = "lost_contact"
    UNLAWFUL_POST = "unlawful_post"
    QUESTION = "question"


class CaseStatus(StrEnum):
    """The way of a case (domain A4.3)."""

    OPEN = "open"
    OFFERED = "offered"
    CONTACTED = "contacted"
    RE_EMPLOYED = "re_employed"
    TRAINING = "training"
    NOT_WILLING = "not_willing"
    UNREACHABLE = "unreachable"
    FALSE_ALARM = "false_alarm"


class ReceiptStatus(StrEnum):
    """How far an inbound message has come."""

    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"


class Stream(StrEnum):
    """Order holds within one stream of one address."""

    DIALOGUE = "dialogue"
    PUSH = "push"


class DeliveryKind(StrEnum):
    """Why something is sent."""

    REPLY = "reply"
    CHECK_IN = "check_in"
    VACANCY = "vacancy"
    BROADCAST = "broadcast"
    TASK = "task"
    POLICY = "policy"
    COURSE = "course"
    ENROLMENT = "enrolment"
    HAND_OVER = "hand_over"
    EDIT = "edit"


# What comes unasked: it takes of a worker's attention, says how it is stopped, and is sent at
# most once. A check-in and the news of one's own seat in a course are owed, and are no pushes.
PUSH_KINDS = frozenset(
    {DeliveryKind.VACANCY, DeliveryKind.BROADCAST, DeliveryKind.POLICY, DeliveryKind.COURSE}
)


class DeliveryStatus(StrEnum):
    """The way of an outbox row."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    RETRY = "retry"
    FAILED = "failed"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


class Operation(StrEnum):
    """A new message, or a change to one that was sent."""

    SEND = "send"
    EDIT = "edit"


class Response(StrEnum):
    """What a worker said to a vacancy that was shown."""

    APPLIED = "applied"
    TOO_FAR = "too_far"
    WAGE_LOW = "wage_low"
    CANNOT = "cannot"
    NOT_WANTED = "not_wanted"
    OTHER = "other"
    FILLED = "filled"


class Way(StrEnum):
    """How a message reaches somebody; the first that works, in this order."""

    TELEGRAM = "telegram"
    PAGE = "web"
    SMS = "sms"
    PHONE = "phone"


class BroadcastStatus(StrEnum):
    """The way of a broadcast; `approved` means that its rows are still being made."""

    DRAFT = "draft"
    APPROVED = "approved"
    QUEUED = "queued"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class LinkPurpose(StrEnum):
    """Where a return link stands: in a text message, or on a paper card."""

    SMS = "sms"
    CARD = "card"


class CallStatus(StrEnum):
    """The way of a call that an officer has to make."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let_go"


class CallOutcome(StrEnum):
    """What came of a call."""

    STILL_THERE = "still_there"
    NOT_WORKING = "not_working"
    CHANGED = "changed"
    TOLD = "told"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    NO_MORE_CALLS = "no_more_calls"
