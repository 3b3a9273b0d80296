"""Who of an audience gets a broadcast, by which way, and the one reason why others do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.services.broadcasts.audiences import WORKING, Audience
from bot.services.broadcasts.broadcast_calls import PhoneRoom
from bot.services.broadcasts.broadcast_timing import earliest_for
from bot.services.deployment import Deployment
from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.people.workers import profile_of_worker
from bot.services.ranking.matching_views import judge_vacancy
from bot.services.sending import ways
from bot.services.sending.attention import used_up
from bot.services.sending.deliveries import Recipient
from bot.understanding.writing.phones import find_phones
from matching.spreading.allocation import LeftOut, left_out_code
from matching.types import Match
from storage.models import Vacancy
from storage.repositories.audiences import Member, TextAddress
from storage.repositories.spreads import Reach
from storage.states import VacancyStatus, Way, WorkerStatus
from storage.unit_of_work import UnitOfWork

# One transaction and one run of statements; PostgreSQL and SQLite both take as many parameters.
STRETCH = 1_000
VACANCY_CLOSED, UNREACHABLE = "vacancy_closed", "unreachable"
SHARED, PHONE_FULL = "shared", "phone_full"
AT_WORK = WORKING | {WorkerStatus.TRAINING}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A worker who gets the broadcast.

    Attributes:
        member: Who.
        way: How.
        recipient: The address; None for a text message or a call whose address is still to make.
        language: What is read there.
        number: The phone number where the way needs it.
        match: Why the vacancy fits; None for a text.
    """

    member: Member
    way: Way
    recipient: Recipient | None
    language: str
    number: str | None
    match: Match | None


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of an audience; every worker of it stands in exactly one of the two."""

    chosen: tuple[Chosen, ...]
    left_out: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a stretch beside its workers' own rows."""

    withdrawn: Collection[UUID]
    told: Collection[UUID]
    used_up: Collection[UUID]
    reaches: Mapping[UUID, Sequence[Reach]]


class Selector:
    """Chooses stretch after stretch; what earlier stretches took is gone for later ones."""

    def __init__(
        self, uow: UnitOfWork, deployment: Deployment, *, key: UUID, vacancy: Vacancy | None
    ) -> None:
        """Make a selector.

        Args:
            uow: The transaction.
            deployment: The bureau.
            key: The broadcast; an address that a row of it was made for is not written to again.
            vacancy: What is sent, or None for a text.
        """
        self._uow = uow
        self._deployment = deployment
        self._key = key
        self._vacancy = vacancy
        self._room = PhoneRoom(uow, deployment)
        self._taken: set[UUID | str] = set()
        self._begins_at: datetime = earliest_for(deployment, works_nights=False)
        self._text_account = uow.broadcasts.account_of(Way.SMS.value, deployment.bureau_adcode)

    def stretch(
        self, audience: Audience, after: UUID | None, *, limit: int = STRETCH
    ) -> tuple[list[Member], UUID | None]:
        """Return the next workers of an audience, and behind whom to go on; None at its end.

        The workers may be fewer than the stretch, or none, while it is not the end yet: trades
        are compared here and not in the database.
        """
        rows = self._uow.broadcasts.members(
            self._deployment.bureau_adcode,
            places=audience.places or (),
            statuses=audience.statuses,
            after=after,
            limit=limit,
        )
        wanted = frozenset(audience.trades or ())
        fitting = [row for row in rows if not wanted or wanted.intersection(row.trades)]
        return fitting, rows[-1].id if len(rows) == limit else None

    def select(self, members: Sequence[Member]) -> Selection:
        """Give every one of these workers one place; ascending by id, at most a stretch."""
        if not members:
            return Selection((), {})
        if self._vacancy is not None and self._vacancy.status is not VacancyStatus.PUBLISHED:
            return Selection((), {member.id: VACANCY_CLOSED for member in members})
        facts = self._facts(members)
        matches, left_out = self._matched(members)
        found: list[Chosen] = []
        for member in members:
            reason = self._barred(member, facts, left_out.get(member.id))
            if reason is None:
                one = self._way(member, facts.reaches.get(member.id, ()), matches.get(member.id))
                if isinstance(one, Chosen):
                    found.append(one)
                    continue
                reason = one
            left_out[member.id] = reason
        chosen = self._without_repeats(self._with_text_addresses(found, left_out), left_out)
        return Selection(tuple(chosen), left_out)

    def _facts(self, members: Sequence[Member]) -> _Facts:
        first, last = members[0].id, members[-1].id
        broadcasts, vacancy = self._uow.broadcasts, self._vacancy
        ids = [member.id for member in members]
        return _Facts(
            withdrawn=broadcasts.withdrawn(first, last),
            told=broadcasts.told_of(vacancy.id, first, last) if vacancy is not None else (),
            used_up=used_up(self._uow, at=self._begins_at, deployment=self._deployment, among=ids),
            reaches=ways.reaches(self._uow, self._deployment, among=ids),
        )

    def _matched(self, members: Sequence[Member]) -> tuple[dict[UUID, Match], dict[UUID, str]]:
        """Return why the vacancy fits, and for whom it is impossible; both empty for a text."""
        if self._vacancy is None:
            return {}, {}
        today = self._deployment.today
        profiles = [profile_of_worker(member, today=today) for member in members]
        judged = judge_vacancy(self._deployment, self._vacancy, profiles)
        matches, excluded = judged.matches(), judged.excluded_workers()
        impossible = {UUID(key): left_out_code(found).value for key, found in excluded.items()}
        return {UUID(match.worker_id): match for match in matches}, impossible

    def _barred(self, member: Member, facts: _Facts, impossible: str | None) -> str | None:
        """Return the first reason against a worker that needs no address."""
        if member.id in facts.withdrawn:
            return LeftOut.NO_CONSENT.value
        if member.id in facts.told:
            return LeftOut.ALREADY_SENT.value
        if impossible is not None:
            return impossible
        if member.status is WorkerStatus.UNREACHABLE:
            return UNREACHABLE
        if self._is_not_looking(member):
            is_for_good = member.paused_until == FOR_GOOD
            return (LeftOut.UNSUBSCRIBED if is_for_good else LeftOut.PAUSED).value
        if self._vacancy is not None and member.status in AT_WORK:
            return LeftOut.EMPLOYED.value
        if ways.is_unsubscribed(facts.reaches.get(member.id, ())):
            return LeftOut.UNSUBSCRIBED.value
        return LeftOut.BUDGET.value if member.id in facts.used_up else None

    def _is_not_looking(self, member: Member) -> bool:
        """Tell whether somebody wants to be left alone, or wants no work; news reaches these."""
        if member.paused_until is not None and member.paused_until >= self._deployment.today:
            return True
        return self._vacancy is not None and member.status is WorkerStatus.NOT_LOOKING

    def _way(self, member: Member, found: Sequence[Reach], match: Match | None) -> Chosen | str:
        """Return how a worker is reached, or why not at all."""
        now = self._deployment.now
        way = ways.choose(found, can_sms=False, can_phone=False, now=now)
        number = None
        is_at_hand = way.way is Way.TELEGRAM or (
            way.reach is not None and way.way is Way.PAGE and ways.is_open_page(way.reach, now=now)
        )
        if not is_at_hand:
            number = self._number(member)
            can_sms = ways.can_sms(self._deployment, number)
            way = ways.choose(found, can_sms=can_sms, can_phone=number is not None, now=now)
        if way.way is Way.PHONE:
            is_refused = any(ways.way_of(one) is Way.PHONE for one in found) and way.reach is None
            if number is None or is_refused:
                is_blocked = is_refused or any(one.is_unreachable for one in found)
                return UNREACHABLE if is_blocked else LeftOut.NO_ADDRESS.value
        language = found[0].language if found else "zh"
        # An older number may have an address of its own; the present one counts.
        if way.reach is None or way.way in {Way.SMS, Way.PHONE}:
            return Chosen(member, way.way, None, language, number, match)
        recipient = Recipient(way.reach.address_id, way.reach.account_id)
        return Chosen(member, way.way, recipient, way.reach.language, number, match)

    def _number(self, member: Member) -> str | None:
        phone = self._uow.broadcasts.unseal(member.sealed_phone, column="worker.phone")
        numbers = find_phones(phone or "")
        return numbers[0].digits if numbers else None

    def _with_text_addresses(
        self, found: Sequence[Chosen], left_out: dict[UUID, str]
    ) -> list[Chosen]:
        """Find the addresses of numbers that were written to before, for whomever."""
        numbers = {one.number for one in found if one.way is Way.SMS and one.number is not None}
        account_id = self._text_account
        if not numbers or account_id is None:
            return list(found)
        known = self._uow.broadcasts.text_addresses(account_id, numbers)
        result: list[Chosen] = []
        for one in found:
            address = known.get(one.number or "") if one.way is Way.SMS else None
            if address is None:
                result.append(one)
            elif address.is_unsubscribed or address.is_unreachable:
                left_out[one.member.id] = _refusal(address)
            else:
                result.append(_at(one, Recipient(address.id, account_id), address.language))
        return result

    def _without_repeats(self, found: Sequence[Chosen], left_out: dict[UUID, str]) -> list[Chosen]:
        """Keep one worker an address, and as many calls as officers can make."""
        keys = [dedupe_key(self._key, one.recipient.id) for one in found if one.recipient]
        self._taken |= self._uow.broadcasts.written_to(keys) if keys else set()
        kept: list[Chosen] = []
        for one in found:
            where = one.recipient.id if one.recipient is not None else one.number or ""
            if where in self._taken:
                left_out[one.member.id] = SHARED
            elif one.way is Way.PHONE and not self._room.take(one.member.id, home=one.member.home):
                left_out[one.member.id] = PHONE_FULL
            else:
                self._taken.add(where)
                kept.append(one)
        return kept


def dedupe_key(broadcast_id: UUID, address_id: UUID) -> str:
    """Return the key that lets a broadcast write to an address once."""
    return f"broadcast:{broadcast_id.hex}:{address_id.hex}"


def _refusal(address: TextAddress) -> str:
    return LeftOut.UNSUBSCRIBED.value if address.is_unsubscribed else UNREACHABLE


def _at(one: Chosen, recipient: Recipient, language: str) -> Chosen:
    return Chosen(one.member, one.way, recipient, language, one.number, one.match)
