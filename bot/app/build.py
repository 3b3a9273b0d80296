"""The parts of one process, built and connected."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bot.app.executors import nightly_of
from bot.bureaus import BureauSettings, read_bureaus
from bot.clock import Clock
from bot.conversations.engine import Engine
from bot.conversations.scripts import SCRIPTS
from bot.errors import SettingsError
from bot.services.deployment import Bureau, Deployment
from bot.services.limits import Limits
from bot.services.ranking.nightly import Nightly
from bot.services.ranking.vacancy_board import VacancyBoard
from bot.settings import Settings
from bot.understanding import TextReader
from content.catalogue import Catalogue
from storage.database import Database
from storage.secrets import Secrets, SecretsError, parse_keys, read_or_create_key_file
from storage.states import Way

KEY_FILE = "keys"


@dataclass(frozen=True)
class App:
    """One process's parts, built and connected.

    Attributes:
        settings: What the bureau set.
        database: Rows and threads.
        deployment: The bureau's fixed parts.
        engine: The conversations.
        bureaus: Further bureaus, as they were set.
    """

    settings: Settings
    database: Database
    deployment: Deployment
    engine: Engine
    bureaus: tuple[BureauSettings, ...] = ()
    _bureau_of: dict[UUID, str] = field(default_factory=dict, compare=False, repr=False)

    def account_id(self, channel: str, *, bureau: str | None = None) -> UUID:
        """Return a bureau's account on `channel`, made when it is first used.

        Args:
            channel: The channel's word in the database.
            bureau: Its adcode; the deployment's own bureau when None.
        """
        adcode = bureau or self.deployment.bureau_adcode
        found = self.database.run(lambda uow: uow.accounts.find_or_add(channel, adcode).id)
        self._bureau_of[found] = adcode
        return found

    def bureau_of(self, account_id: UUID) -> str:
        """Return the bureau of an account that `account_id` gave; asks no database."""
        return self._bureau_of.get(account_id, self.deployment.bureau_adcode)

    def engine_of(self, account_id: UUID) -> Engine:
        """Return the engine that speaks for the bureau of an account."""
        return self.engine.of(self.bureau_of(account_id))

    def refresh_board(self) -> None:
        """Read the vacancies that changed since the last time."""
        self.database.read(self.deployment.board.refresh)


def build(
    settings: Settings,
    *,
    catalogue: Catalogue,
    clock: Clock,
    database: Database,
    is_demo: bool,
    reader: TextReader | None = None,
    board: VacancyBoard | None = None,
) -> App:
    """Return the parts of one process, connected.

    Args:
        settings: What the bureau set.
        catalogue: All content.
        clock: Business time.
        database: Rows and threads.
        is_demo: Whether its people are invented.
        reader: One of this catalogue; a new one when None.
        board: An empty one of this catalogue; a new one when None.

    Raises:
        SettingsError: The file of further bureaus, or the executor, cannot be used.
    """
    bureaus = read_bureaus(
        settings.bureaus, main=settings.bureau_adcode, main_token=settings.telegram_token
    )
    alone = _deployment(
        settings,
        reader or TextReader(catalogue),
        board or VacancyBoard(catalogue),
        catalogue=catalogue,
        clock=clock,
        is_demo=is_demo,
    )
    others = {entry.adcode: _as_other(alone, entry) for entry in bureaus}
    deployment = replace(alone, others=others)
    return App(settings, database, deployment, Engine(deployment, SCRIPTS), bureaus)


def _as_other(deployment: Deployment, entry: BureauSettings) -> Deployment:
    bureau = Bureau(entry.adcode, entry.name, entry.phone)
    channels = {Way.TELEGRAM.value} if entry.telegram_token else set()
    return deployment.for_bureau(bureau, channels=frozenset(channels))


def _own_channels(settings: Settings) -> frozenset[str]:
    has = {
        Way.TELEGRAM.value: bool(settings.telegram_token),
        Way.SMS.value: bool(settings.sms_url) or settings.sms_file is not None,
    }
    return frozenset(channel for channel, is_set in has.items() if is_set)


def _deployment(
    settings: Settings,
    reader: TextReader,
    board: VacancyBoard,
    *,
    catalogue: Catalogue,
    clock: Clock,
    is_demo: bool,
) -> Deployment:
    return Deployment(
        catalogue=catalogue,
        clock=clock,
        reader=reader,
        board=board,
        bureau_adcode=settings.bureau_adcode,
        bureau_name=settings.bureau_name,
        bureau_phone=settings.bureau_phone,
        public_url=settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}",
        is_demo=is_demo,
        rates={"telegram": settings.telegram_per_second, "sms": settings.sms_per_second},
        limits=Limits(
            pushes_a_day=settings.pushes_a_day,
            pushes_a_week=settings.pushes_a_week,
            quiet_from=settings.quiet_from,
            quiet_until=settings.quiet_until,
            phone_tasks_a_day=settings.phone_tasks_a_day,
            link_life=timedelta(days=settings.return_link_days),
            impressions_kept_months=settings.impressions_kept_months,
        ),
        channels=_own_channels(settings),
        nightly=_nightly(settings, is_demo=is_demo),
    )


def _nightly(settings: Settings, *, is_demo: bool) -> Nightly:
    # The demo's people are told what its visitors do, and nothing else.
    nightly = nightly_of(settings)
    return replace(nightly, at=None) if is_demo else nightly


def read_secrets(
    settings: Settings, *, url: str, file_name: str = KEY_FILE
) -> tuple[Secrets, Path | None]:
    """Return the keys of the settings, or of a key file that is made with a new database.

    Args:
        settings: May hold the keys themselves.
        url: The database; keys are never made for one that may hold rows already.
        file_name: The key file within the data folder.

    Returns:
        The keys, and the key file when it was made just now.

    Raises:
        SettingsError: The keys cannot be used, or are missing.
    """
    try:
        if settings.keys:
            return parse_keys(settings.keys, settings.index_key), None
        file = settings.data / file_name
        is_new = not file.exists()
        if is_new and not _may_make_keys(url):
            raise SettingsError(
                [
                    f"WENGONG_KEYS: not set, and there is no key file {file.name} for a database "
                    "that exists; bring the file back, or set WENGONG_KEYS and WENGONG_INDEX_KEY"
                ]
            )
        return read_or_create_key_file(file), file if is_new else None
    except (SecretsError, OSError) as error:
        raise SettingsError([f"WENGONG_KEYS: {error}"]) from None


def check_keys_fit(database: Database) -> None:
    """Make sure that the keys read what the database holds.

    Raises:
        SettingsError: They are another deployment's; writing with them would make two worlds.
    """
    try:
        database.read(lambda uow: uow.addresses.any_readable())
    except SecretsError as error:
        raise SettingsError([f"WENGONG_KEYS: do not fit this database: {error}"]) from None


def _may_make_keys(url: str) -> bool:
    """Only a SQLite file that does not exist yet surely has no row under other keys."""
    return url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists()
