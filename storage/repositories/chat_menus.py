"""Addresses whose platform shows the commands of another role or language."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import String, cast, select, text, update
from sqlalchemy.orm import Session

from storage.models.channels import HAS_OWN_MENU, ContactAddress
from storage.states import Role

SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class WantedMenu:
    """One address and the commands that it should be shown."""

    address_id: uuid.UUID
    address: str
    role: Role
    language: str

    @property
    def shown(self) -> str:
        """How it is written down once it is shown: `officer:zh`."""
        return f"{self.role.value}{SEPARATOR}{self.language}"


class ChatMenus:
    """What is shown at which address; workers without an entry see what everybody sees."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, account_id: uuid.UUID, *, limit: int) -> list[WantedMenu]:
        """Return addresses of an account whose menu is another role's or language's."""
        wanted = cast(ContactAddress.role, String) + SEPARATOR + ContactAddress.language
        rows = self._session.execute(
            select(
                ContactAddress.id,
                ContactAddress.address,
                ContactAddress.role,
                ContactAddress.language,
            )
            .where(
                ContactAddress.account_id == account_id,
                text(HAS_OWN_MENU),
                ContactAddress.menu.is_distinct_from(wanted),
                ContactAddress.unreachable_since.is_(None),
            )
            .order_by(ContactAddress.id)
            .limit(limit)
        )
        return [WantedMenu(*row) for row in rows]

    def note_shown(self, menu: WantedMenu) -> None:
        """Write down what the platform shows at an address now."""
        self._session.execute(
            update(ContactAddress)
            .where(ContactAddress.id == menu.address_id)
            .values(menu=menu.shown)
        )
