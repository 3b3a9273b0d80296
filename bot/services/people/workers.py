"""Workers: what is known of them, before and after they agreed to be remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import cast

from bot.services.deployment import Deployment
from bot.services.people import licences
from bot.understanding import WorkerReading
from matching.types import Education, Migration, WorkerProfile
from storage.models import ContactAddress, Worker
from storage.repositories.audiences import Member
from storage.repositories.registers import Profile
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork

DRAFT = "draft"
MOST_TRADES = 5
WORKING_AGE = 16
OLDEST_AGE = 100
COUNTY_DIGITS = 6

# The words by which relatives are registered until their name is said.
KINSHIP_WORDS = (
    "老公 男人 老汉 老汉儿 爸 爸爸 幺儿 儿子 哥 哥哥 兄弟 弟 弟弟 老表 舅 舅舅 叔 叔叔 伯伯 女婿 "
    "老丈人 爷爷 外公 孙子 侄儿 侄子 表哥 表弟 婆娘 老婆 媳妇 媳妇儿 堂客 妈 妈妈 老妈 嫂子 嫂嫂 "
    "姐 姐姐 妹 妹妹 妹儿 女儿 幺女 姑姑 嬢嬢 姨 姨妈 舅妈 婶婶 奶奶 外婆 孙女 侄女 表姐 表妹 "
    "儿媳 老乡 朋友 亲戚 邻居 娃 娃儿 两口子"
)
KINSHIP = frozenset(KINSHIP_WORDS.split())


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """What is known of a person who looks for work; None and empty mean "not said".

    Attributes:
        trades: Canonical words, five at most.
        migration: A word of `matching.types.Migration`.
        locations: Codes of wanted workplaces.
        wage_min: Yuan a month.
        home: Six digits of the county, nine of the town.
    """

    trades: tuple[str, ...] = ()
    refused_trades: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    migration: str | None = None
    locations: tuple[str, ...] = ()
    excluded_locations: tuple[str, ...] = ()
    wage_min: int | None = None
    wants_room_board: bool | None = None
    birth_year: int | None = None
    home: str | None = None
    name: str | None = None
    phone: str | None = None


FIELDS = tuple(field.name for field in fields(ProfileDraft))
# Never decrypted to rank somebody.
SEALED = frozenset({"name", "phone"})
LISTS = frozenset({"trades", "refused_trades", "certificates", "locations", "excluded_locations"})


def draft_of(worker: Worker | None, memory: Mapping[str, object]) -> ProfileDraft:
    """Return what is known: the stored worker, else the draft kept in `memory`."""
    if worker is not None:
        return _draft({name: getattr(worker, name) for name in FIELDS})
    stored = memory.get(DRAFT)
    return _draft(cast("Mapping[str, object]", stored) if isinstance(stored, dict) else {})


def keep_draft(memory: dict[str, object], draft: ProfileDraft) -> None:
    """Keep `draft` in an address's memory, where it lives until somebody agrees."""
    memory[DRAFT] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(draft).items()
        if value not in (None, ())
    }


def merged(
    draft: ProfileDraft, reading: WorkerReading, *, today: date | None = None
) -> ProfileDraft:
    """Return `draft` with everything that `reading` says; newer words win.

    An age becomes a year of birth when `today` is given. Years of children are left out:
    they are never kept. One wanted county together with "near home" tells the home county.
    """
    wanted = tuple(code for code in draft.locations if code not in reading.excluded_locations)
    trades = tuple(word for word in draft.trades if word not in reading.refused_skills)
    refused = tuple(word for word in draft.refused_trades if word not in reading.skills)
    excluded = tuple(code for code in draft.excluded_locations if code not in reading.locations)
    year = birth_year_in(reading, today=today)
    is_child = today is not None and is_under_age(reading, today=today)
    result = replace(
        draft,
        trades=_joined(reading.skills, trades)[:MOST_TRADES],
        refused_trades=_joined(refused, reading.refused_skills),
        locations=reading.locations or wanted,
        excluded_locations=_joined(excluded, reading.excluded_locations),
        migration=reading.migration or _migration_kept(draft, reading),
        wage_min=draft.wage_min if reading.wage_min is None else reading.wage_min,
        wants_room_board=(
            draft.wants_room_board if reading.wants_room_board is None else reading.wants_room_board
        ),
        birth_year=draft.birth_year if year is None or is_child else year,
        phone=reading.phone or draft.phone,
    )
    if reading.home is not None:
        result = with_home(result, reading.home)
    return replace(result, home=result.home or _home_implied(result))


def with_home(draft: ProfileDraft, home: str) -> ProfileDraft:
    """Return `draft` with this home; a town is kept when only its county is said again."""
    if draft.home is not None and draft.home.startswith(home):
        return draft
    return replace(draft, home=home)


def birth_year_in(reading: WorkerReading, *, today: date | None) -> int | None:
    """Return the year of birth that was said, or that an age said today leads to."""
    if reading.birth_year is not None:
        return reading.birth_year
    if reading.age is None or today is None:
        return None
    return today.year - reading.age


def is_under_age(reading: WorkerReading, *, today: date) -> bool:
    """Return whether somebody below the working age of 16 is spoken of."""
    year = birth_year_in(reading, today=today)
    return year is not None and today.year - year < WORKING_AGE


def profile_of(draft: ProfileDraft, *, key: str, today: date) -> WorkerProfile:
    """Return what the ranking may know of this person; no name, phone or sex.

    Args:
        draft: What is known.
        key: A stable key by which equal scores are ordered.
        today: The day on which the age is counted, by years of birth.
    """
    return WorkerProfile(
        id=key,
        home=draft.home,
        trades=draft.trades,
        refused_trades=draft.refused_trades,
        migration=Migration(draft.migration) if draft.migration else None,
        locations=draft.locations,
        excluded_locations=draft.excluded_locations,
        wage_min=draft.wage_min,
        age=None if draft.birth_year is None else today.year - draft.birth_year,
        wants_room_board=draft.wants_room_board,
        certificates=licences.held(draft.certificates) if draft.certificates else None,
        groups=None,
    )


def profile_of_worker(worker: Worker | Profile | Member, *, today: date) -> WorkerProfile:
    """Return a stored worker as the ranking sees one, whichever way the row was read.

    Every place that judges a registered worker starts here, so that all of them agree. Whose
    groups the register does not tell is in none: what is sent unasked is sent to those it is for.
    """
    known = _draft({name: getattr(worker, name, None) for name in FIELDS if name not in SEALED})
    years = worker.experience
    return replace(
        profile_of(known, key=worker.id.hex, today=today),
        education=Education(worker.education) if worker.education else None,
        experience=None if years is None else tuple(sorted(years.items())),
        available_from=worker.available_from,
        groups=frozenset(worker.groups or ()),
    )


def register(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    draft: ProfileDraft,
    *,
    relation: str = "self",
) -> Worker:
    """Keep `draft` as a worker reached at `address`; the consent is the caller's to record."""
    worker = Worker(
        bureau_adcode=deployment.bureau_adcode,
        status=WorkerStatus.REGISTERED,
        created_at=deployment.now,
        changed_at=deployment.now,
    )
    _write(uow, worker, draft)
    uow.workers.add(worker)
    uow.workers.note_status(worker.id, WorkerStatus.REGISTERED, at=deployment.now)
    uow.workers.link(worker.id, address.id, relation=relation, since=deployment.now)
    address.acting_for = worker.id
    return worker


def change(uow: UnitOfWork, deployment: Deployment, worker: Worker, draft: ProfileDraft) -> None:
    """Write what changed; two addresses of one worker meet on its version."""
    if draft_of(worker, {}) == draft:
        return
    _write(uow, worker, draft)
    worker.version += 1
    worker.changed_at = deployment.now


def set_status(uow: UnitOfWork, worker: Worker, status: WorkerStatus, *, now: datetime) -> None:
    """Move a worker to `status` and keep the step in the history.

    Raises:
        ValueError: The worker has left for good.
    """
    if worker.status == status:
        return
    if worker.status == WorkerStatus.LEFT:
        raise ValueError("a worker who has left stays away")
    worker.status = status
    worker.changed_at = now
    uow.workers.note_status(worker.id, status, at=now)


def short_name(name: str | None) -> str:
    """Return a name of which strangers learn little: 陈*芳, 陈*, 婆娘; empty when unknown."""
    said = (name or "").strip()
    if len(said) <= 1 or not is_full_name(said):
        return said
    return f"{said[0]}*{said[-1] if len(said) > 2 else ''}"  # noqa: PLR2004 - family and given name


def is_full_name(name: str) -> bool:
    """Return whether this is a name and not a word of kinship such as 婆娘 or 嫂子."""
    return name not in KINSHIP


def _draft(values: Mapping[str, object]) -> ProfileDraft:
    known: dict[str, object] = {}
    for name in FIELDS:
        value = values.get(name)
        if name in LISTS:
            known[name] = tuple(str(item) for item in cast("Sequence[object]", value or ()))
        else:
            known[name] = value
    return ProfileDraft(**known)  # type: ignore[arg-type]


def _write(uow: UnitOfWork, worker: Worker, draft: ProfileDraft) -> None:
    for name, value in asdict(draft).items():
        setattr(worker, name, list(value) if isinstance(value, tuple) else value)
    worker.phone_index = (
        None if draft.phone is None else uow.secrets.blind_index(draft.phone, kind="phone")
    )


def _joined(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _migration_kept(draft: ProfileDraft, reading: WorkerReading) -> str | None:
    # A place named without a limit replaces the limit said for another place.
    if reading.locations and set(reading.locations) != set(draft.locations):
        return None if draft.locations else draft.migration
    return draft.migration


def _home_implied(draft: ProfileDraft) -> str | None:
    if draft.migration not in (Migration.NEAR_HOME, Migration.IN_COUNTY):
        return None
    if len(draft.locations) != 1:
        return None
    code = draft.locations[0]
    is_county = len(code) == COUNTY_DIGITS and not code.endswith("00")
    return code if is_county else None
