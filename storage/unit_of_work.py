"""One transaction's view of all repositories."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property

from sqlalchemy.orm import Session

from storage.repositories.accounts import Accounts
from storage.repositories.addresses import Addresses
from storage.repositories.applications import Applications
from storage.repositories.attachments import Attachments
from storage.repositories.benefit_applications import BenefitApplications
from storage.repositories.broadcasts import Broadcasts
from storage.repositories.cases import Cases
from storage.repositories.check_ins import CheckIns
from storage.repositories.consents import Consents
from storage.repositories.courses import Courses
from storage.repositories.deliveries import Deliveries
from storage.repositories.document_links import DocumentLinks
from storage.repositories.employments import Employments
from storage.repositories.enrolments import Enrolments
from storage.repositories.enterprises import Enterprises
from storage.repositories.home_visits import HomeVisits
from storage.repositories.households import Households
from storage.repositories.import_batches import ImportBatches
from storage.repositories.impressions import Impressions
from storage.repositories.join_codes import JoinCodes
from storage.repositories.officers import Officers
from storage.repositories.phone_tasks import PhoneTasks
from storage.repositories.policy_notices import PolicyNotices
from storage.repositories.promises import Promises
from storage.repositories.ranking_runs import RankingRuns
from storage.repositories.ranking_weights import LearnedWeights
from storage.repositories.receipts import Receipts
from storage.repositories.recommendations import Recommendations
from storage.repositories.records import Records
from storage.repositories.register_entries import RegisterEntries
from storage.repositories.registers import Registers
from storage.repositories.return_links import ReturnLinks
from storage.repositories.reviews import Reviews
from storage.repositories.saved_wishes import SavedWishes
from storage.repositories.statistics import Statistics
from storage.repositories.success_figures import SuccessFigures
from storage.repositories.training_figures import TrainingFigures
from storage.repositories.vacancies import Vacancies
from storage.repositories.workers import Workers
from storage.secrets import Secrets


class UnitOfWork:
    """Everything one transaction may read and change; whoever began it commits it."""

    def __init__(self, session: Session, secrets: Secrets) -> None:
        self.session = session
        self.secrets = secrets

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo only what happened inside when an error leaves the block."""
        with self.session.begin_nested():
            yield

    @cached_property
    def accounts(self) -> Accounts:
        """Channel accounts and their sending allowance."""
        return Accounts(self.session, self.secrets)

    @cached_property
    def workers(self) -> Workers:
        """Workers and who is reached where."""
        return Workers(self.session, self.secrets)

    @cached_property
    def consents(self) -> Consents:
        """Answers to consent questions."""
        return Consents(self.session, self.secrets)

    @cached_property
    def officers(self) -> Officers:
        """Officers, their scopes and invitations."""
        return Officers(self.session, self.secrets)

    @cached_property
    def enterprises(self) -> Enterprises:
        """Enterprises and the addresses that speak for them."""
        return Enterprises(self.session, self.secrets)

    @cached_property
    def vacancies(self) -> Vacancies:
        """Vacancies, their reviews and changes."""
        return Vacancies(self.session, self.secrets)

    @cached_property
    def reviews(self) -> Reviews:
        """Officers' decisions about vacancies, and what waits for one."""
        return Reviews(self.session, self.secrets)

    @cached_property
    def recommendations(self) -> Recommendations:
        """What was shown to whom, and who was left out."""
        return Recommendations(self.session, self.secrets)

    @cached_property
    def applications(self) -> Applications:
        """Applications."""
        return Applications(self.session, self.secrets)

    @cached_property
    def employments(self) -> Employments:
        """Spells of work."""
        return Employments(self.session, self.secrets)

    @cached_property
    def check_ins(self) -> CheckIns:
        """Check-ins that are due or open."""
        return CheckIns(self.session, self.secrets)

    @cached_property
    def cases(self) -> Cases:
        """Cases and their history."""
        return Cases(self.session, self.secrets)

    @cached_property
    def promises(self) -> Promises:
        """Deadlines that people were told."""
        return Promises(self.session, self.secrets)

    @cached_property
    def addresses(self) -> Addresses:
        """Contact addresses and their conversations."""
        return Addresses(self.session, self.secrets)

    @cached_property
    def receipts(self) -> Receipts:
        """Inbound messages."""
        return Receipts(self.session, self.secrets)

    @cached_property
    def deliveries(self) -> Deliveries:
        """The outbox."""
        return Deliveries(self.session, self.secrets)

    @cached_property
    def records(self) -> Records:
        """Audit, counters, settings and ticks."""
        return Records(self.session, self.secrets)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        """Broadcasts, their audience and what became of each message."""
        return Broadcasts(self.session, self.secrets)

    @cached_property
    def return_links(self) -> ReturnLinks:
        """Signed links that open another channel as one worker."""
        return ReturnLinks(self.session, self.secrets)

    @cached_property
    def join_codes(self) -> JoinCodes:
        """Six digits that join a second channel."""
        return JoinCodes(self.session, self.secrets)

    @cached_property
    def phone_tasks(self) -> PhoneTasks:
        """Calls that officers have to make."""
        return PhoneTasks(self.session, self.secrets)

    @cached_property
    def attachments(self) -> Attachments:
        """What people sent besides words."""
        return Attachments(self.session, self.secrets)

    @cached_property
    def saved_wishes(self) -> SavedWishes:
        """What people without a suitable vacancy wait for."""
        return SavedWishes(self.session, self.secrets)

    @cached_property
    def document_links(self) -> DocumentLinks:
        """Addresses of sheets and printed pages."""
        return DocumentLinks(self.session, self.secrets)

    @cached_property
    def ranking_runs(self) -> RankingRuns:
        """Nightly runs, their chunks and lists."""
        return RankingRuns(self.session, self.secrets)

    @cached_property
    def registers(self) -> Registers:
        """The whole register and all open vacancies as plain columns."""
        return Registers(self.session, self.secrets)

    @cached_property
    def impressions(self) -> Impressions:
        """Every showing of a vacancy to a worker."""
        return Impressions(self.session, self.secrets)

    @cached_property
    def learned_weights(self) -> LearnedWeights:
        """Weights that were learnt from answers."""
        return LearnedWeights(self.session, self.secrets)

    @cached_property
    def success_figures(self) -> SuccessFigures:
        """How often showings led on to kept jobs."""
        return SuccessFigures(self.session, self.secrets)

    @cached_property
    def register_entries(self) -> RegisterEntries:
        """What the register says of each worker, and of their households."""
        return RegisterEntries(self.session, self.secrets)

    @cached_property
    def home_visits(self) -> HomeVisits:
        """Visits and calls of officers, and the categories they confirmed."""
        return HomeVisits(self.session, self.secrets)

    @cached_property
    def import_batches(self) -> ImportBatches:
        """Sheets that were read, what they changed, and what they left open."""
        return ImportBatches(self.session, self.secrets)

    @cached_property
    def courses(self) -> Courses:
        """Courses and the vacancies they lead to."""
        return Courses(self.session, self.secrets)

    @cached_property
    def enrolments(self) -> Enrolments:
        """Who has a seat, who came, and who would rather not."""
        return Enrolments(self.session, self.secrets)

    @cached_property
    def training_figures(self) -> TrainingFigures:
        """Persons and person-times of courses, reasons, and who wishes in vain."""
        return TrainingFigures(self.session, self.secrets)

    @cached_property
    def benefit_applications(self) -> BenefitApplications:
        """Applications for benefits, and what others paid."""
        return BenefitApplications(self.session, self.secrets)

    @cached_property
    def policy_notices(self) -> PolicyNotices:
        """Who heard of which policy, and what officers decided about the cards."""
        return PolicyNotices(self.session, self.secrets)

    @cached_property
    def statistics(self) -> Statistics:
        """Where everybody of a register works, for the tables."""
        return Statistics(self.session, self.secrets)

    @cached_property
    def households(self) -> Households:
        """Households in which nobody works, and what officers were told of them."""
        return Households(self.session, self.secrets)
