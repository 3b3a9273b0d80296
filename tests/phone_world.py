"""Officers with a phone list, and workers who can only be phoned."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from bot.messages import Body
from bot.services.follow_up.check_in_rounds import mark_sent
from bot.services.follow_up.employments import open_spell
from bot.services.phoning import phone_list
from bot.services.phoning.call_reasons import BROADCAST, VACANCY
from bot.services.sending.deliveries import Draft, push
from storage.models import (
    CheckIn,
    ContactAddress,
    Delivery,
    Employment,
    PhoneTask,
    Worker,
)
from storage.states import DeliveryKind, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import ZHONGJIANG
from tests.services import job_world

NUMBER = "13900001234"


def add_worker(
    city: City, name: str = "陈桂芳", *, phone: str = NUMBER, home: str = ZHONGJIANG
) -> UUID:
    """Register somebody whom no message reaches; no address but the phone will be found."""

    def add(uow: UnitOfWork) -> UUID:
        now = city.clock.now()
        worker = Worker(
            bureau_adcode=city.deployment.bureau_adcode,
            name=name,
            phone=phone,
            phone_index=uow.secrets.blind_index(phone, kind="phone"),
            home=home,
            trades=["缝纫工"],
            locations=[ZHONGJIANG],
            migration="near_home",
            birth_year=1974,
            status=WorkerStatus.SEEKING,
            created_at=now,
            changed_at=now,
        )
        return uow.workers.add(worker).id

    return city.run(add)


def is_asked(city: City, worker_id: UUID, *, day: int = 3, risk: int | None = None) -> CheckIn:
    """Let somebody work for `day` days, and put the check-in of that day on the phone list."""

    def ask(uow: UnitOfWork) -> CheckIn:
        worker = uow.workers.need(worker_id)
        spell = uow.employments.open_of(worker_id) or _spell(uow, city, worker, day)
        row = next(one for one in uow.check_ins.of_employment(spell.id) if one.day == day)
        address = phone_address(uow, city, worker)
        city.app.engine.begin(
            uow,
            address,
            "check_in.still_there",
            origin=f"checkin:{row.id.hex}:{row.attempt + 1}",
            kind=DeliveryKind.CHECK_IN,
            subject_id=row.id,
            check_in=row.id.hex,
        )
        mark_sent(city.deployment, row, address)
        delivery = uow.session.scalars(
            select(Delivery).where(Delivery.subject_id == row.id)
        ).first()
        assert delivery is not None
        phone_list.add(
            uow,
            city.deployment,
            worker,
            kind=DeliveryKind.CHECK_IN,
            subject_id=row.id,
            delivery_id=delivery.id,
            address_id=address.id,
            dedupe=f"call:{row.id.hex}:{row.attempt}",
            risk=risk,
        )
        return row

    return city.run(ask)


def is_told(
    city: City, worker_id: UUID, *, vacancy_id: UUID | None = None, words: str = "明天有招聘会"
) -> UUID | None:
    """Put a vacancy or a broadcast's words on the phone list; return the task's id."""

    def tell(uow: UnitOfWork) -> UUID | None:
        worker = uow.workers.need(worker_id)
        address = phone_address(uow, city, worker)
        kind = DeliveryKind.BROADCAST if vacancy_id is None else DeliveryKind.VACANCY
        draft = Draft(
            key="vacancy_lines.push.new",
            body=Body(words),
            dedupe_key=f"{kind}:{vacancy_id}:{words}:{worker_id.hex}",
            kind=kind,
            subject_id=vacancy_id,
            worker_id=worker_id,
        )
        delivery = push(uow, address, draft, now=city.clock.now())
        assert delivery is not None
        task = phone_list.add(
            uow,
            city.deployment,
            worker,
            kind=BROADCAST if vacancy_id is None else VACANCY,
            subject_id=vacancy_id,
            delivery_id=delivery.id,
            dedupe=f"call:{draft.dedupe_key}",
        )
        return task.id if task is not None else None

    return city.run(tell)


def vacancy(city: City) -> UUID:
    """Publish a vacancy for a seamstress."""

    def add(uow: UnitOfWork) -> UUID:
        now = city.clock.now()
        return job_world.add_vacancy(uow, now, job_world.add_firm(uow, now, name="红星厂")).id

    found = city.run(add)
    city.app.refresh_board()
    return found


def has_page(city: City, person: Person, worker_id: UUID) -> None:
    """Let a worker be reached on a page as well."""

    def link(uow: UnitOfWork) -> None:
        now = city.clock.now()
        row = uow.addresses.find_or_add(city.account_id, person.address, language="zh", now=now)
        uow.session.flush()
        uow.workers.link(worker_id, row.id, relation="self", since=now)

    city.run(link)


def is_written_to(city: City, person: Person, worker_id: UUID) -> None:
    """Push a line to a worker's page."""

    def write(uow: UnitOfWork) -> None:
        row = uow.addresses.find(city.account_id, person.address)
        assert row is not None
        draft = Draft(
            key="vacancy_lines.push.new",
            body=Body("明天有招聘会"),
            dedupe_key=f"page:{city.next_id()}",
            kind=DeliveryKind.TASK,
            worker_id=worker_id,
        )
        push(uow, row, draft, now=city.clock.now())

    city.run(write)
    city.publish()


def phone_address(uow: UnitOfWork, city: City, worker: Worker) -> ContactAddress:
    """Return where a worker is phoned."""
    address = phone_list.phone_address(uow, city.deployment, worker)
    assert address is not None
    return address


def tasks_of(city: City, worker_id: UUID) -> list[PhoneTask]:
    """Return every call about a worker, oldest first."""

    def read(uow: UnitOfWork) -> list[PhoneTask]:
        question = select(PhoneTask).where(PhoneTask.worker_id == worker_id)
        return list(uow.session.scalars(question.order_by(PhoneTask.created_at, PhoneTask.id)))

    return city.run(read)


def deliveries_of(city: City, worker_id: UUID) -> list[Delivery]:
    """Return the messages that stand at a worker's phone number."""

    def read(uow: UnitOfWork) -> list[Delivery]:
        address = phone_address(uow, city, uow.workers.need(worker_id))
        question = select(Delivery).where(Delivery.address_id == address.id)
        return list(uow.session.scalars(question.order_by(Delivery.created_at, Delivery.seq)))

    return city.run(read)


def number_of(city: City, worker_id: UUID) -> ContactAddress:
    """Return the phone address as it is stored."""
    return city.run(lambda uow: phone_address(uow, city, uow.workers.need(worker_id)))


def check_in(city: City, row: CheckIn) -> CheckIn:
    """Return a check-in as it is stored."""
    return city.run(lambda uow: uow.check_ins.need(row.id))


def next_workday(city: City) -> date:
    """Return the next working day."""
    return phone_list.next_workday(city.clock.today())


def _spell(uow: UnitOfWork, city: City, worker: Worker, day: int) -> Employment:
    enterprise = job_world.add_firm(uow, city.clock.now(), name="宏达制衣")
    return open_spell(
        uow,
        city.deployment,
        worker=worker,
        started_on=city.clock.today() - timedelta(days=day),
        source=Source.WORKER,
        enterprise_id=enterprise.id,
    )


def hours(count: float) -> timedelta:
    """Return a length of time."""
    return timedelta(hours=count)
