"""Settings from the environment and `.env`, checked all at once."""

from __future__ import annotations

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "WENGONG_"
ENV_FILE = Path(".env")
OFF = "off"
EXECUTOR = r"^(processes(:(?P<count>[1-9]\d{0,2}))?|dask://(?P<address>[\w.-]+:\d{1,5}))?$"
EVERY_INTERFACE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound


class Settings(BaseSettings):
    """Everything a bureau can set; every name begins with `WENGONG_` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore"
    )

    database_url: str = Field(default="", description="SQLAlchemy address; empty: SQLite in DATA")
    data: Path = Field(default=Path("var"), description="Folder for the database and the keys")
    content: Path | None = Field(default=None, description="A bureau's own texts and tables")
    keys: str = Field(default="", description="id:key,… base64 keys; the first one writes")
    index_key: str = Field(default="", description="base64 key of the blind indexes")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = Field(default="", description="Address that links and QR codes point to")
    tz: str = "Asia/Shanghai"
    bureau_adcode: str = Field(default="510600", pattern=r"^\d{6}$")
    bureau_name: str = "德阳市人社局"
    bureau_phone: str = Field(default="", description="The bureau's landline, shown to workers")
    language: str = Field(default="zh", pattern="^(zh|en)$")
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    pool_size: int = Field(default=8, ge=1, le=64, description="Worker threads on PostgreSQL")
    secure_cookies: bool = Field(default=False, description="True behind https")
    bureaus: Path | None = Field(default=None, description="TOML file of further bureaus")
    telegram_token: str = Field(default="", description="Token of the bureau's bot")
    telegram_api: str = Field(default="", description="A Bot API server of one's own")
    telegram_secret: str = Field(
        default="", pattern=r"^[A-Za-z0-9_-]{0,256}$", description="Secret of the webhook"
    )
    telegram_webhook: bool = Field(default=False, description="Updates come to PUBLIC_URL")
    telegram_per_second: float = Field(default=25.0, gt=0, le=10_000)
    sms_url: str = Field(default="", description="Address of the text message gateway")
    sms_account: str = Field(default="", description="The bureau's name at the gateway")
    sms_secret: str = Field(default="", description="Signs what goes to and comes from it")
    sms_file: Path | None = Field(default=None, description="A file instead of a gateway")
    sms_per_second: float = Field(default=20.0, gt=0, le=10_000)
    pushes_a_day: int = Field(default=1, ge=0, le=20)
    pushes_a_week: int = Field(default=3, ge=0, le=50)
    quiet_from: int = Field(
        default=21, ge=0, le=23, description="Hour from which nobody is written to"
    )
    quiet_until: int = Field(default=8, ge=0, le=23, description="Hour of the morning")
    phone_tasks_a_day: int = Field(default=20, ge=1, le=500, description="For one officer")
    return_link_days: int = Field(default=7, ge=1, le=90)
    impressions_kept_months: int = Field(
        default=24, ge=1, le=120, description="What was shown to whom, and why"
    )
    nightly_at: str = Field(default="02:30", description="When the register is ranked; off: never")
    executor: str = Field(default="", description="Where it is ranked; empty: in this process")

    @field_validator("tz")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no such time zone: {value}") from error
        return value

    @field_validator("content")
    @classmethod
    def _existing_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("no such folder")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("nightly_at")
    @classmethod
    def _a_time_of_day(cls, value: str) -> str:
        if value not in {"", OFF} and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise ValueError(f"write hours and minutes, such as 02:30, or {OFF}")
        return value

    @field_validator("executor")
    @classmethod
    def _known_executor(cls, value: str) -> str:
        if not re.fullmatch(EXECUTOR, value):
            raise ValueError("leave it empty, or write processes, processes:4 or dask://host:port")
        return value

    @model_validator(mode="after")
    def _links_lead_somewhere(self) -> Settings:
        if self.host in EVERY_INTERFACE and not self.public_url:
            raise ValueError(f"PUBLIC_URL: needed with HOST {self.host}: links must lead here")
        return self

    @model_validator(mode="after")
    def _channels_are_whole(self) -> Settings:
        if self.telegram_webhook and not (self.telegram_token and self.telegram_secret):
            raise ValueError("TELEGRAM_WEBHOOK: needs TELEGRAM_TOKEN and TELEGRAM_SECRET")
        if self.telegram_webhook and not self.public_url:
            raise ValueError("TELEGRAM_WEBHOOK: needs PUBLIC_URL, which Telegram can reach")
        if self.sms_url and self.sms_file is not None:
            raise ValueError("SMS_FILE: not together with SMS_URL; one of them sends")
        if self.sms_url and not (self.sms_account and self.sms_secret):
            raise ValueError("SMS_URL: needs SMS_ACCOUNT and SMS_SECRET")
        return self

    @property
    def serves_https(self) -> bool:
        """Whether people reach the site over https, so that cookies travel over it only."""
        return self.secure_cookies or self.public_url.startswith("https://")

    @property
    def timezone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.tz)

    def database_address(self, file_name: str = "wengong.db") -> str:
        """Return the database to open: the one set, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data / file_name}"


def read_settings(**overrides: object) -> Settings:
    """Return the settings of this process.

    Args:
        overrides: Values that win over the environment, by field name.

    Raises:
        SettingsError: Some are wrong or unknown; all of them are named at once.
    """
    problems = [f"{name}: unknown setting" for name in _unknown_names()]
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks each value
    except ValidationError as error:
        problems += [_describe(item["loc"], item["msg"]) for item in error.errors()]
        raise SettingsError(sorted(problems)) from None
    if problems:
        raise SettingsError(sorted(problems))
    return settings


def _unknown_names() -> list[str]:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    present = [name for name in os.environ if name.startswith(PREFIX)]
    if ENV_FILE.is_file():
        lines = ENV_FILE.read_text(encoding="utf-8").splitlines()
        named = [line.split("=")[0].strip() for line in lines if "=" in line]
        present += [name for name in named if name.startswith(PREFIX)]
    return [name for name in present if name not in known]


def _describe(location: tuple[int | str, ...], message: str) -> str:
    words = message.removeprefix("Value error, ")
    return f"{PREFIX}{str(location[0]).upper()}: {words}" if location else PREFIX + words
