"""The further bureaus of a deployment, read from the file that the settings name."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import SettingsError

NAME = "WENGONG_BUREAUS"
TABLE = "bureau"
EXAMPLE = '[[bureau]] with adcode = "500240" and name = "…"'
REMEDIES = {
    "adcode": "write six digits in quotes, such as 500240",
    "name": "write what workers call the bureau, in quotes",
    "phone": "write the landline in quotes, or leave it out",
    "telegram_token": "copy it in full from BotFather, in quotes, or leave it out",
}
UNKNOWN = f"no such setting; use {', '.join(REMEDIES)}"


class BureauSettings(BaseModel):
    """One `[[bureau]]` of the file.

    Attributes:
        adcode: Six digits of its city or county.
        name: As workers know it.
        phone: Its landline, or empty.
        telegram_token: Token of its own bot, or empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    adcode: str = Field(pattern=r"^\d{6}$")
    name: str = Field(min_length=1, max_length=40)
    phone: str = ""
    telegram_token: str = Field(default="", pattern=r"^(\d{3,20}:[A-Za-z0-9_-]{20,})?$")


def read_bureaus(file: Path | None, *, main: str, main_token: str) -> tuple[BureauSettings, ...]:
    """Return the bureaus of `file` in their order; none without a file.

    Args:
        file: TOML with one `[[bureau]]` for each.
        main: Adcode of the bureau that the settings themselves describe.
        main_token: Its bot's token.

    Raises:
        SettingsError: The file cannot be read, or entries are wrong; each is named with the
            file, the entry and what to do. No token stands in the message.
    """
    if file is None:
        return ()
    problems: list[str] = []
    found: list[BureauSettings] = []
    for number, entry in enumerate(_entries(file), 1):
        try:
            found.append(BureauSettings.model_validate(entry))
        except ValidationError as error:
            problems += [f"{_where(file, number)}: {words}" for words in _wrong(error)]
    if not problems:
        problems = [
            f"{_where(file, number)}: {words}"
            for number, words in _clashes(found, main=main, main_token=main_token)
        ]
    if problems:
        raise SettingsError(problems)
    return tuple(found)


def _entries(file: Path) -> list[object]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise SettingsError([f"{NAME}: {file.name}: {reason}; name a file that is there"]) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = f"{NAME}: {file.name}: no TOML in UTF-8 ({error}); write {EXAMPLE}"
        raise SettingsError([problem]) from None
    entries = content.get(TABLE)
    if set(content) != {TABLE} or not isinstance(entries, list) or not entries:
        problem = f"{NAME}: {file.name}: nothing but [[bureau]] may stand here; write {EXAMPLE}"
        raise SettingsError([problem])
    return entries


def _wrong(error: ValidationError) -> list[str]:
    found = []
    for item in error.errors(include_input=False):
        name = str(item["loc"][0]) if item["loc"] else TABLE
        remedy = UNKNOWN if item["type"] == "extra_forbidden" else REMEDIES.get(name, EXAMPLE)
        found.append(f"{name}: {remedy}")
    return found


def _clashes(
    found: Sequence[BureauSettings], *, main: str, main_token: str
) -> list[tuple[int, str]]:
    """Return what two bureaus would share: officers are told apart by their areas alone."""
    areas, tokens = [main], [main_token]
    clashes: list[tuple[int, str]] = []
    for number, one in enumerate(found, 1):
        other = next((area for area in areas if _overlap(area, one.adcode)), None)
        if other is not None:
            words = f"adcode: {one.adcode} shares its area with {other}; run it as a deployment"
            clashes.append((number, f"{words} of its own"))
        if one.telegram_token and one.telegram_token in tokens:
            clashes.append((number, "telegram_token: another bureau's; make a bot for each"))
        areas.append(one.adcode)
        tokens.append(one.telegram_token)
    return clashes


def _overlap(one: str, other: str) -> bool:
    first, second = _area(one), _area(other)
    return first.startswith(second) or second.startswith(first)


def _area(adcode: str) -> str:
    while len(adcode) > 2 and adcode.endswith("00"):  # noqa: PLR2004 - a province keeps two
        adcode = adcode[:-2]
    return adcode


def _where(file: Path, number: int) -> str:
    return f"{NAME}: {file.name}: bureau {number}"
