"""Firms: registering, being verified by an officer, letting a second address in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import UserError
from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.sending.deliveries import Draft, action_data, push
from content.check_digits import folded
from storage.models import ContactAddress, Enterprise, EnterpriseAddress, Officer
from storage.states import DeliveryKind, EnterpriseStatus, Role
from storage.unit_of_work import UnitOfWork

# Posting accounts are verified again at least every six months (domain B4).
VERIFIED_FOR = timedelta(days=182)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseDetails:
    """What a firm tells when it registers.

    Attributes:
        name: As on its licence.
        credit_code: 统一社会信用代码 as typed, already checked.
        adcode: Six digits of its county, or nine of its town.
        contact_name: Whom an officer may ask for.
        contact_phone: Digits; a landline keeps its area code and `-`.
    """

    name: str
    credit_code: str
    adcode: str
    contact_name: str | None
    contact_phone: str | None


def of_code(uow: UnitOfWork, deployment: Deployment, credit_code: str) -> Enterprise | None:
    """Return the firm that registered with this code in this bureau, or None."""
    return uow.enterprises.of_code(deployment.bureau_adcode, folded(credit_code))


def register(
    uow: UnitOfWork,
    deployment: Deployment,
    details: EnterpriseDetails,
    *,
    address: ContactAddress | None,
) -> Enterprise:
    """Store a firm as pending and ask the officer in charge to look at its licence.

    Args:
        uow: The transaction.
        deployment: The bureau that accepts it.
        details: Checked details; the code must not be registered in this bureau yet.
        address: Who speaks for the firm, or None when an officer registers it.
    """
    firm = uow.enterprises.add(
        Enterprise(
            bureau_adcode=deployment.bureau_adcode,
            credit_code=folded(details.credit_code),
            name=details.name[:LONGEST_NAME],
            adcode=details.adcode,
            contact_name=details.contact_name,
            contact_phone=details.contact_phone,
            status=EnterpriseStatus.PENDING,
            created_at=deployment.now,
        )
    )
    if address is not None:
        uow.enterprises.link(address.id, firm.id, now=deployment.now)
        _give_role(address)
    _ask_officer(
        uow,
        deployment,
        firm,
        "enterprise_registration.officer.verify",
        dedupe=f"firm:{firm.id.hex}:{deployment.now:%Y%m%d}",
        actions=("firm_ok", "firm_no"),
        argument=firm.id.hex,
    )
    return firm


def ask_to_join(
    uow: UnitOfWork, deployment: Deployment, firm: Enterprise, address: ContactAddress
) -> None:
    """Ask the officer to let a second address speak for a registered firm."""
    uow.enterprises.link(address.id, firm.id, now=deployment.now, awaits_officer=True)
    _ask_officer(
        uow,
        deployment,
        firm,
        "enterprise_registration.officer.join",
        dedupe=f"join:{address.id.hex}:{deployment.now:%Y%m%d%H%M%S}",
        actions=("join_ok", "join_no"),
        argument=address.id.hex,
    )


def settle_join(
    uow: UnitOfWork,
    deployment: Deployment,
    link: EnterpriseAddress,
    officer: Officer,
    *,
    let_in: bool,
) -> None:
    """Let an address speak for the firm it asked to join, or not, and tell it."""
    firm = uow.enterprises.need(link.enterprise_id)
    address = uow.addresses.need(link.address_id)
    if let_in:
        link.awaits_officer = False
        _give_role(address)
    else:
        uow.enterprises.unlink(link)
    _audit(uow, deployment, officer, firm, "join_granted" if let_in else "join_refused")
    outcome = "joined" if let_in else "not_joined"
    _push(
        uow,
        deployment,
        address,
        f"enterprise_registration.news.{outcome}",
        dedupe=f"join:{address.id.hex}:{outcome}:{deployment.now:%Y%m%d%H%M%S}",
        firm=firm.name,
    )


def verify(uow: UnitOfWork, deployment: Deployment, firm: Enterprise, *, officer: Officer) -> None:
    """Let the firm publish for six months from now, and tell it."""
    firm.status = EnterpriseStatus.VERIFIED
    firm.verified_at = deployment.now
    firm.verified_by = officer.id
    _audit(uow, deployment, officer, firm, "firm_verified")
    tell(
        uow,
        deployment,
        firm,
        "enterprise_registration.news.verified",
        dedupe=f"verified:{firm.id.hex}:{deployment.now:%Y%m%d}",
        firm=firm.name,
    )


def refuse(
    uow: UnitOfWork,
    deployment: Deployment,
    firm: Enterprise,
    *,
    officer: Officer,
    reason: str,
    given_back: int = 0,
    suspended: int = 0,
) -> None:
    """Suspend the firm and tell it why; the counts are its vacancies' (`reviews.refuse_firm`)."""
    firm.status = EnterpriseStatus.SUSPENDED
    _audit(uow, deployment, officer, firm, "firm_refused")
    tell(
        uow,
        deployment,
        firm,
        f"enterprise_registration.news.{'refused_with' if given_back or suspended else 'refused'}",
        dedupe=f"refused:{firm.id.hex}:{deployment.now:%Y%m%d%H%M%S}",
        firm=firm.name,
        reason=reason,
        given_back=given_back,
        suspended=suspended,
    )


def needs_reverification(firm: Enterprise, *, now: datetime) -> bool:
    """Return whether the firm was verified more than six months ago."""
    return firm.verified_at is not None and now - firm.verified_at > VERIFIED_FOR


def need_may_post(firm: Enterprise) -> None:
    """Make sure the firm may post; a pending one may.

    Raises:
        UserError: It is suspended.
    """
    if firm.status == EnterpriseStatus.SUSPENDED:
        raise UserError("enterprise_registration.refused.suspended", firm=firm.name)


def tell(
    uow: UnitOfWork,
    deployment: Deployment,
    enterprise: Enterprise,
    key: str,
    *,
    dedupe: str,
    subject_id: uuid.UUID | None = None,
    actions: Sequence[tuple[str, str]] = (),
    **values: object,
) -> int:
    """Push a text to everybody who speaks for the firm; return to how many.

    Args:
        uow: The transaction.
        deployment: Whose texts and clock.
        enterprise: Who is told.
        key: The text.
        dedupe: Names the occasion; the same is told once to each address.
        subject_id: What it is about.
        actions: (text key of the label, button data) of buttons that work at any time.
        values: For the text's placeholders.
    """
    addresses = uow.enterprises.addresses_of(enterprise.id)
    for address in addresses:
        _push(
            uow,
            deployment,
            address,
            key,
            dedupe=f"{dedupe}:{address.id.hex}",
            subject_id=subject_id,
            actions=actions,
            **values,
        )
    return len(addresses)


def _push(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    key: str,
    *,
    dedupe: str,
    subject_id: uuid.UUID | None = None,
    actions: Sequence[tuple[str, str]] = (),
    **values: object,
) -> None:
    options = tuple(
        Option(number, deployment.text(label, address.language), data)
        for number, (label, data) in enumerate(actions, 1)
    )
    body = Body(deployment.text(key, address.language, **values), options)
    draft = Draft(key, body, dedupe, kind=DeliveryKind.TASK, subject_id=subject_id)
    push(uow, address, draft, now=deployment.now)


def _ask_officer(
    uow: UnitOfWork,
    deployment: Deployment,
    firm: Enterprise,
    key: str,
    *,
    dedupe: str,
    actions: Sequence[str],
    argument: str,
) -> None:
    officer = officers.owner_for(uow, officers.code_of_enterprise(firm))
    language = officers.language_of(uow, officer)
    options = tuple(
        Option(
            number,
            deployment.text(f"enterprise_registration.officer.{action}", language),
            action_data(action, argument),
        )
        for number, action in enumerate(actions, 1)
    )
    officers.inform(
        uow,
        deployment,
        officer,
        key,
        dedupe=dedupe,
        subject_id=firm.id,
        options=options,
        firm=firm.name,
        code=firm.credit_code,
        place=deployment.catalogue.places.short_name(firm.adcode),
    )


def _give_role(address: ContactAddress) -> None:
    if Role.ENTERPRISE.value not in address.roles:
        address.roles = [*address.roles, Role.ENTERPRISE.value]
    address.role = Role.ENTERPRISE


def _audit(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, firm: Enterprise, action: str
) -> None:
    uow.records.audit(
        officers.actor_of(officer),
        action,
        subject_kind="enterprise",
        subject_id=firm.id,
        scope=officer.scope,
        at=deployment.now,
    )
