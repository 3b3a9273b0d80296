"""Who looks after which place, how they are invited, and how they are told of work."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.errors import UserError
from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import Draft, push
from storage.models import ContactAddress, Enterprise, Officer, OfficerInvitation, Vacancy, Worker
from storage.states import DeliveryKind, Role
from storage.unit_of_work import UnitOfWork

INVITATION_LIFE = timedelta(hours=72)
TOKEN_BYTES = 24
PREFIX = 2
COUNTY = 6
COMPOUND_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯")
)
TITLE = "干部"


def new_token() -> str:
    """Return 32 characters of `[A-Za-z0-9_-]` that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def scope_of(code: str) -> str:
    """Return a place code as a scope: 510600 → 5106, 510623 → 510623, a town in full."""
    if len(code) > COUNTY:
        return code if code[COUNTY:].strip("0") else scope_of(code[:COUNTY])
    while len(code) > PREFIX and code.endswith("00"):
        code = code[:-PREFIX]
    return code


def is_in_scope(officer: Officer, code: str) -> bool:
    """Tell whether a place lies in what this officer looks after."""
    return code.startswith(officer.scope)


def code_of_worker(worker: Worker | None, bureau_adcode: str) -> str:
    """Return the place by which a person's officer is found: home, else the bureau."""
    return (worker.home if worker is not None else None) or bureau_adcode


def code_of_enterprise(enterprise: Enterprise) -> str:
    """Return the place by which a firm's officer is found.

    Its own county where that lies in the accepting bureau's area, else the bureau: a firm
    from elsewhere belongs to the bureau that accepted it.
    """
    return code_of_workplace(enterprise.adcode, enterprise.bureau_adcode)


def code_of_workplace(adcode: str, bureau_adcode: str) -> str:
    """Return the place by which the officer of a firm in `adcode` is found."""
    return adcode if adcode.startswith(scope_of(bureau_adcode)) else bureau_adcode


class NoOfficerError(UserError, LookupError):
    """Nobody looks after a place: a refusal people can read, and a start-up warning."""

    def __init__(self, code: str) -> None:
        super().__init__("common.apology.no_officer")
        self.code = code

    def __str__(self) -> str:
        """Name the command that invites somebody."""
        return f"no officer covers {self.code}; invite one: {invite_command(self.code)}"


def owner_for(
    uow: UnitOfWork, code: str, *, person: uuid.UUID | None = None, bureau: str | None = None
) -> Officer:
    """Return the officer of a place: the narrowest scope that holds it, else a wider one.

    Args:
        uow: The transaction.
        code: Place code of 6 or 9 digits.
        person: Address of whom it is about; where several officers share a scope, the same
            person always gets the same one. Without it the first of them is returned.
        bureau: Only officers of this bureau, wherever the person comes from.

    Raises:
        NoOfficerError: No officer covers the place.
    """
    covering = uow.officers.covering(code, bureau=bureau)
    if not covering:
        raise NoOfficerError(code)
    nearest = [officer for officer in covering if officer.scope == covering[0].scope]
    return nearest[person.int % len(nearest)] if person is not None else nearest[0]


def of_vacancy(uow: UnitOfWork, vacancy: Vacancy) -> Officer:
    """Return who speaks for a firm that is not in the chat: who posted, else its officer.

    Raises:
        NoOfficerError: Nobody covers the firm's place.
    """
    code = code_of_enterprise(uow.enterprises.need(vacancy.enterprise_id))
    posted_by = vacancy.posted_by_officer
    poster = uow.officers.get(posted_by) if posted_by is not None else None
    if poster is not None and poster.retired_at is None and is_in_scope(poster, code):
        return poster
    return owner_for(uow, code)


def bureau_of(uow: UnitOfWork, officer: Officer) -> str:
    """Return the bureau for which an officer speaks: that of the bot or page."""
    address = uow.addresses.need(officer.address_id)
    return uow.accounts.need(address.account_id).bureau_adcode


def wider_than(uow: UnitOfWork, officer: Officer) -> Officer | None:
    """Return the officer of the next wider scope above this one, or None."""
    wider = [
        other
        for other in uow.officers.covering(officer.scope, bureau=bureau_of(uow, officer))
        if len(other.scope) < len(officer.scope)
    ]
    return wider[0] if wider else None


def check_coverage(uow: UnitOfWork, bureau_adcode: str) -> None:
    """Make sure that somebody looks after the bureau's area.

    Raises:
        NoOfficerError: Nobody does; the message names the command that invites somebody.
    """
    owner_for(uow, bureau_adcode)


def invite_command(code: str) -> str:
    """Return the command line that invites an officer for a place."""
    return f"wengong officer invite --scope {scope_of(code)} --name NAME"


def inform(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    key: str,
    *,
    dedupe: str,
    subject_id: uuid.UUID | None = None,
    options: Sequence[Option] = (),
    **values: object,
) -> None:
    """Tell an officer of work: one TASK message, queued once for each `dedupe`.

    `options` are buttons that work at any time, labelled in `language_of` the officer.
    """
    words = deployment.text(key, language_of(uow, officer), **values)
    inform_words(
        uow,
        deployment,
        officer,
        words,
        key=key,
        dedupe=dedupe,
        subject_id=subject_id,
        options=options,
    )


def inform_words(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    words: str,
    *,
    key: str,
    dedupe: str,
    subject_id: uuid.UUID | None = None,
    options: Sequence[Option] = (),
) -> None:
    """As `inform`, with words that were put together from several texts."""
    address = uow.addresses.need(officer.address_id)
    draft = Draft(
        key=key,
        body=Body(words, tuple(options)),
        dedupe_key=f"{dedupe}:{officer.id.hex}",
        kind=DeliveryKind.TASK,
        subject_id=subject_id,
    )
    push(uow, address, draft, now=deployment.now)


def language_of(uow: UnitOfWork, officer: Officer) -> str:
    """Return the language this officer reads."""
    return uow.addresses.need(officer.address_id).language


def spoken_name(deployment: Deployment, officer: Officer, language: str) -> str:
    """Return how workers hear of an officer: 周干部."""
    name = officer.name.strip().removesuffix(TITLE) or officer.name.strip()
    is_chinese = all("\u4e00" <= character <= "\u9fff" for character in name)
    if is_chinese:
        name = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
    return deployment.text("officer_joining.name.spoken", language, name=name)


def actor_of(officer: Officer) -> str:
    """Return how an officer stands in the audit."""
    return f"officer:{officer.id.hex}"


def invite(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    scope: str,
    name: str,
    by: str = "bureau",
    token: Callable[[], str] = new_token,
) -> str:
    """Return the token of a new invitation: good for one address, for 72 hours.

    Args:
        uow: The transaction.
        deployment: The bureau.
        scope: Place code or prefix; kept without trailing zeros.
        name: Whom it is for.
        by: Who invites, as it stands in the audit.
        token: Where the token comes from.
    """
    made = token()
    invitation = uow.officers.add_invitation(
        made,
        name=name,
        scope=scope_of(scope),
        at=deployment.now,
        expires_at=deployment.now + INVITATION_LIFE,
    )
    uow.records.audit(
        by,
        "invite_officer",
        subject_kind="officer_invitation",
        subject_id=invitation.id,
        scope=invitation.scope,
        at=deployment.now,
    )
    return made


def open_invitation(uow: UnitOfWork, deployment: Deployment, token: str) -> OfficerInvitation:
    """Return the invitation behind a token while it can be accepted.

    Raises:
        UserError: It is unknown, was used, or is too old; each says so.
    """
    invitation = uow.officers.invitation(token)
    if invitation is None:
        raise UserError("officer_joining.refused.unknown")
    if invitation.accepted_at is not None:
        raise UserError("officer_joining.refused.used")
    if invitation.expires_at <= deployment.now:
        raise UserError("officer_joining.refused.expired")
    return invitation


def accept(uow: UnitOfWork, deployment: Deployment, token: str, address: ContactAddress) -> Officer:
    """Make an address an officer's, with the invitation's name and scope.

    Raises:
        UserError: The token is unknown, used or expired, or an officer speaks here already.
    """
    if uow.officers.at(address.id) is not None:
        raise UserError("officer_joining.refused.already")
    invitation = open_invitation(uow, deployment, token)
    invitation.accepted_at = deployment.now
    officer = uow.officers.ever_at(address.id)
    if officer is None:
        officer = uow.officers.add(
            Officer(
                address_id=address.id,
                name=invitation.name,
                scope=invitation.scope,
                created_at=deployment.now,
            )
        )
    officer.name, officer.scope, officer.retired_at = invitation.name, invitation.scope, None
    address.role = Role.OFFICER
    if Role.OFFICER.value not in address.roles:
        address.roles = [*address.roles, Role.OFFICER.value]
    uow.records.audit(
        actor_of(officer),
        "become_officer",
        subject_kind="officer",
        subject_id=officer.id,
        scope=officer.scope,
        at=deployment.now,
    )
    return officer
