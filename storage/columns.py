"""Column types: instants in UTC, states, and values that are stored encrypted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, LargeBinary, TypeDecorator

from storage.secrets import Secrets

SECRETS_ATTRIBUTE = "wengong_secrets"


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the instant as naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read the instant as aware UTC."""
        return value.replace(tzinfo=UTC) if value else None


class EncryptedText(TypeDecorator[str]):
    """Text that only holders of the keys can read; `column` binds it to its place."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt with the writing key."""
        if value is None:
            return None
        return _secrets(dialect).encrypt(value, column=self.column)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Decrypt with the key that wrote it."""
        if value is None:
            return None
        return _secrets(dialect).decrypt(bytes(value), column=self.column)


class EncryptedJson(TypeDecorator[object]):
    """A JSON value that only holders of the keys can read."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: object | None, dialect: Dialect) -> bytes | None:
        """Encrypt the compact JSON text."""
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return _secrets(dialect).encrypt(text, column=self.column)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> object | None:
        """Decrypt and parse."""
        if value is None:
            return None
        parsed: object = json.loads(_secrets(dialect).decrypt(bytes(value), column=self.column))
        return parsed


def state_type(states: type[StrEnum]) -> Enum:
    """Return a portable column type for `states`, stored as their words."""
    return Enum(
        states,
        native_enum=False,
        length=24,
        validate_strings=True,
        values_callable=lambda kind: [state.value for state in kind],
    )


def _secrets(dialect: Dialect) -> Secrets:
    secrets: Secrets = getattr(dialect, SECRETS_ATTRIBUTE)
    return secrets
