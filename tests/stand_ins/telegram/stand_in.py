"""The whole stand-in: takes requests, lets faults strike, keeps all it got."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from types import TracebackType

from bot.clock import SystemClock
from tests.stand_ins.telegram import control, menus, params, sending
from tests.stand_ins.telegram.account import Account
from tests.stand_ins.telegram.chats import Chat
from tests.stand_ins.telegram.faults import Fault, FaultKind, Faults
from tests.stand_ins.telegram.http import Hold, HttpRequest, Reply
from tests.stand_ins.telegram.intake import Intake
from tests.stand_ins.telegram.line import LOOPBACK, Line
from tests.stand_ins.telegram.phone import Person, Phone
from tests.stand_ins.telegram.replies import cut, ok, refusal
from tests.stand_ins.telegram.sending import Call
from tests.stand_ins.telegram.values import ApiError, Json, Limits, Received, ShapeError

Check = Callable[[str, Json], Iterable[str]]
MEDIA = ("photo", "voice", "sticker", "video", "document")
ALWAYS_OPEN = frozenset({"getme", "getupdates", "setwebhook", "deletewebhook", "getwebhookinfo"})
METHODS: dict[str, Callable[[Call], object]] = {
    "getme": lambda call: me(call.account),
    "sendmessage": sending.send_message,
    "editmessagetext": sending.edit_text,
    "editmessagereplymarkup": sending.edit_markup,
    "answercallbackquery": sending.answer_callback,
    "sendchataction": sending.chat_action,
    "getfile": sending.get_file,
    "setmycommands": menus.set_commands,
    "getmycommands": menus.get_commands,
    "deletemycommands": menus.delete_commands,
    **{f"send{kind}": partial(sending.send_medium, kind=kind) for kind in MEDIA},
}


def me(account: Account) -> Json:
    """Return what `getMe` tells."""
    return {
        **account.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def system_seconds() -> float:
    """Return the computer's time in seconds since 1970."""
    return SystemClock().now().timestamp()


class TelegramStandIn:
    """A Telegram on loopback with any number of bots.

    Attributes:
        limits: What new bots must obey.
        faults: What goes wrong, and when.
        accounts: Bots by token.
        received: Every request it got, unless `keeps_requests` was False.
        counts: Requests by method, always.
        violations: What no careful program would have sent, one line each.
        now: The clock, in seconds since 1970.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        now: Callable[[], float] = system_seconds,
        checks: Sequence[Check] = (),
        keeps_requests: bool = True,
    ) -> None:
        self.limits = limits or Limits()
        self.now = now
        self.faults = Faults()
        self.accounts: dict[str, Account] = {}
        self.received: list[Received] = []
        self.counts: Counter[str] = Counter()
        self.violations: list[str] = []
        self.refused: Counter[int] = Counter()
        self.lock = threading.RLock()
        self.intake = Intake(now)
        self.line = Line(self.take, lambda: self.faults.outage(self.now()))
        self._checks = checks
        self._keeps_requests = keeps_requests
        self._numbers = itertools.count(7_100_000_001)
        self._people = itertools.count(520_000_001)
        self._groups = itertools.count(-4_000_001, -1)

    async def __aenter__(self) -> TelegramStandIn:
        await self.line.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop listening and posting."""
        await self.intake.close()
        await self.line.close()

    @property
    def root(self) -> str:
        """The address of the port."""
        return f"http://{LOOPBACK}:{self.line.port}"

    @property
    def api(self) -> str:
        """What `telegram.Bot` wants as `base_url`."""
        return f"{self.root}/bot"

    @property
    def files(self) -> str:
        """What `telegram.Bot` wants as `base_file_url`."""
        return f"{self.root}/file/bot"

    def bot(
        self, token: str | None = None, *, name: str = "稳工", at_name: str = "wengong_bot"
    ) -> Account:
        """Return a new bot; without a token it gets one."""
        token = token or f"{next(self._numbers)}:AAH-{'stand_in_secret_' * 2}"
        account = Account(token, name=name, at_name=at_name, limits=self.limits)
        account.updates.wake = partial(self.line.soon, partial(self.intake.deliver, account))
        self.accounts[token] = account
        return account

    def group(self, account: Account, title: str) -> Chat:
        """Return a group to which `account` was just added."""
        chat = Chat(next(self._groups), title=title)
        account.chats[chat.chat_id] = chat
        return chat

    def phone(
        self,
        account: Account,
        name: str = "王秀兰",
        *,
        language: str = "zh-hans",
        number: str = "13800138000",
        chat_id: int | None = None,
    ) -> Phone:
        """Return somebody's phone with this bot's chat; nothing was pressed in it yet.

        Args:
            account: The bot.
            name: The first name on the platform.
            language: As the platform reports it.
            number: Her phone number.
            chat_id: Her number on the platform; somebody new without it.
        """
        person = Person(chat_id or next(self._people), name, language, number)
        return Phone(account, person, now=self.now, lock=self.lock)

    def methods_got(self, account: Account | None = None) -> list[str]:
        """Return the methods of all requests in order, of one bot or of all."""
        name = account.at_name if account else None
        return [it.method for it in self.received if name in {None, it.bot}]

    def forgive(self) -> list[str]:
        """Return the violations so far and forget them: a test wanted them."""
        found, self.violations = self.violations, []
        return found

    def take(self, request: HttpRequest) -> Reply | Hold:
        """Answer one request."""
        with self.lock:
            if not request.path.startswith("/bot"):
                return control.answer(self, request)
            token, _slash, method = request.path.removeprefix("/bot").partition("/")
            self.counts[method] += 1
            now = self.now()
            if self.faults.outage(now):
                return cut()
            return self._answer(request, token, method, now)

    def _answer(self, request: HttpRequest, token: str, method: str, now: float) -> Reply | Hold:
        values: Json = {}
        name, fault, taken = token, None, False
        try:
            kind = request.headers.get("content-type", "")
            values = params.decode(request.body, kind, request.query)
            account = self._account(token)
            name = account.at_name
            self._check(method, values)
            fault = self.faults.strike(method, values.get("chat_id"), now)
            self._before(fault, account, now)
            result = self._call(account, method, values, now)
            taken = True
            answer = result if isinstance(result, Hold) else ok(result)
            description = ""
        except ApiError as error:
            if isinstance(error, ShapeError):
                self.violations.append(f"{method}: {error.description}")
            answer, description = refusal(error), error.description
            self.refused[error.code] += 1
        except _LineCutError:
            answer, description = cut(), ""
        answer = _after(answer, fault)
        if self._keeps_requests:
            status = 200 if isinstance(answer, Hold) else 0 if answer.cut else answer.status
            self.received.append(Received(now, name, method, values, status, description, taken))
        return answer

    def _account(self, token: str) -> Account:
        account = self.accounts.get(token)
        if account is None and self.limits.any_token and token.partition(":")[0].isdigit():
            account = self.bot(token, at_name=f"bot{token.partition(':')[0]}")
        if account is None:
            raise ApiError(401, "Unauthorized")
        return account

    def _check(self, method: str, values: Json) -> None:
        for check in self._checks:
            self.violations += [f"{method}: {line}" for line in check(method, values)]

    def _before(self, fault: Fault | None, account: Account, now: float) -> None:
        if fault is None:
            return
        if fault.kind == FaultKind.THROTTLED:
            raise account.pace.block(now, fault.retry_after)
        if fault.kind == FaultKind.ERROR:
            raise ApiError(fault.status, "Internal Server Error")
        if fault.kind == FaultKind.CUT_BEFORE:
            raise _LineCutError

    def _call(self, account: Account, method: str, values: Json, now: float) -> object:
        name = method.lower()
        if name not in ALWAYS_OPEN:
            account.pace.check(now)
        if name in METHODS:
            return METHODS[name](Call(account, values, now))
        return self.intake.receive(account, name, values)


class _LineCutError(Exception):
    """The request never took effect, and nobody says so."""


def _after(answer: Reply | Hold, fault: Fault | None) -> Reply | Hold:
    if fault is None or isinstance(answer, Hold):
        return answer
    if fault.kind == FaultKind.CUT_AFTER:
        return cut()
    if fault.kind == FaultKind.SLOW:
        return Reply(answer.status, answer.body, delay=fault.seconds)
    return answer
