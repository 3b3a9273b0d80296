"""All tables, imported once so that their metadata is whole."""

from storage.models.base import Base
from storage.models.channels import ChannelAccount, ContactAddress, InboundReceipt
from storage.models.outbox import Delivery
from storage.models.people import (
    AddressLink,
    Consent,
    Officer,
    OfficerInvitation,
    Worker,
    WorkerStatusChange,
)
from storage.models.records import AuditEntry, Counter, JobSlot, StoredSetting
from storage.models.vacancies import (
    Enterprise,
    EnterpriseAddress,
    LeftOutWorker,
    Recommendation,
    Vacancy,
    VacancyChange,
    VacancyQuestion,
    VacancyReview,
)
from storage.models.work import (
    Application,
    Case,
    CaseEvent,
    CheckIn,
    Employment,
    EmploymentVersion,
    Promise,
)

__all__ = [
    "AddressLink",
    "Application",
    "AuditEntry",
    "Base",
    "Case",
    "CaseEvent",
    "ChannelAccount",
    "CheckIn",
    "Consent",
    "ContactAddress",
    "Counter",
    "Delivery",
    "Employment",
    "EmploymentVersion",
    "Enterprise",
    "EnterpriseAddress",
    "InboundReceipt",
    "JobSlot",
    "LeftOutWorker",
    "Officer",
    "OfficerInvitation",
    "Promise",
    "Recommendation",
    "StoredSetting",
    "Vacancy",
    "VacancyChange",
    "VacancyQuestion",
    "VacancyReview",
    "Worker",
    "WorkerStatusChange",
]
