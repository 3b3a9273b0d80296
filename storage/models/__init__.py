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
from storage.models.reaching import (
    Attachment,
    Broadcast,
    BroadcastLeftOut,
    DocumentLink,
    JoinCode,
    PhoneCall,
    PhoneTask,
    ReturnLink,
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
    "Attachment",
    "AuditEntry",
    "Base",
    "Broadcast",
    "BroadcastLeftOut",
    "Case",
    "CaseEvent",
    "ChannelAccount",
    "CheckIn",
    "Consent",
    "ContactAddress",
    "Counter",
    "Delivery",
    "DocumentLink",
    "Employment",
    "EmploymentVersion",
    "Enterprise",
    "EnterpriseAddress",
    "InboundReceipt",
    "JobSlot",
    "JoinCode",
    "LeftOutWorker",
    "Officer",
    "OfficerInvitation",
    "PhoneCall",
    "PhoneTask",
    "Promise",
    "Recommendation",
    "ReturnLink",
    "StoredSetting",
    "Vacancy",
    "VacancyChange",
    "VacancyQuestion",
    "VacancyReview",
    "Worker",
    "WorkerStatusChange",
]
