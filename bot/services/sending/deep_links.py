"""Links and pictures that open the chat with a start token, on each channel there is."""

from __future__ import annotations

from bot.services.deployment import Deployment
from storage.unit_of_work import UnitOfWork

OFFICER, RETURN, VACANCY, PLACE, ENTERPRISE = "o_", "r_", "v_", "t_", "e"
TELEGRAM_NAME = "telegram.name"


def web_link(deployment: Deployment, token: str) -> str:
    """Return the address of the page that opens the chat with `token`."""
    return f"{deployment.public_url}/join/{token}"


def telegram_link(uow: UnitOfWork, deployment: Deployment, token: str) -> str | None:
    """Return what opens the bureau's bot with `token`; None where no bot has said its name."""
    name = uow.records.setting(f"{TELEGRAM_NAME}:{deployment.bureau_adcode}")
    return f"https://t.me/{name}?start={token}" if name else None


def picture_path(token: str) -> str:
    """Return the path of the QR code of `web_link`, as a message's link."""
    return f"/qr/{token}.svg"


def vacancy_token(key_hex: str) -> str:
    """Return the start token of a vacancy."""
    return f"{VACANCY}{key_hex}"


def place_token(code: str) -> str:
    """Return the start token of a county's or town's poster; six or nine digits."""
    return f"{PLACE}{code}"
