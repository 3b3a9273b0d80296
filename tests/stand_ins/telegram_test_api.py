"""npm's telegram-test-api, a Telegram by others: installed once, run by node, and a person in it.

It obeys no limits and knows few methods, but nobody here has written it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.stand_ins.telegram.values import Json

PACKAGE = "telegram-test-api"
VERSION = "4.2.1"
FOLDER = Path(sys.prefix) / f"{PACKAGE}-{VERSION}"
LOOPBACK = "127.0.0.1"
DATE = 1_795_395_600
_START = f"""
const TelegramServer = require("{PACKAGE}");
const server = new TelegramServer(
  {{port: Number(process.argv[1]), host: "{LOOPBACK}", storeTimeout: 3600}});
server.start().then(() => console.log("ready"));
"""


class NodeMissingError(AssertionError):
    """The test cannot run here, and says what to install."""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NodeMissingError(
            f"{name} is missing: {PACKAGE} {VERSION} needs it. On Debian: apt install nodejs npm"
        )
    return found


def installed() -> Path:
    """Return the folder of the package; the first time it is fetched, afterwards nothing is.

    Raises:
        NodeMissingError: There is no npm, or it could not fetch the package.
    """
    if FOLDER.is_dir():
        return FOLDER
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as fresh:
        folder = Path(fresh) / "whole"
        folder.mkdir()
        quiet = ("--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
        wanted = ("--prefix", str(folder), f"{PACKAGE}@{VERSION}")
        done = subprocess.run(  # noqa: S603 - npm, with fixed words
            [_program("npm"), "install", *quiet, *wanted],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NodeMissingError(f"npm could not fetch {PACKAGE} {VERSION}: {done.stderr}")
        with contextlib.suppress(OSError):  # another run was faster
            folder.rename(FOLDER)
    return FOLDER


@contextmanager
def running() -> Iterator[str]:
    """Run the package's server; yield its address.

    Raises:
        NodeMissingError: There is no node.
    """
    node, folder = _program("node"), installed()
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = int(free.getsockname()[1])
    with subprocess.Popen(  # noqa: S603 - node, with fixed words
        [node, "-e", _START, str(port)],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said == "ready\n", f"{PACKAGE} did not start: {said}{process.stdout.read()}"
            yield f"http://{LOOPBACK}:{port}"
        finally:
            process.terminate()


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the bot: number in the chat, words, labels and data of its buttons.

    A button of the lower keyboard has no data.
    """

    number: int
    text: str
    buttons: tuple[tuple[str, str], ...]


class Visitor:
    """A person in that Telegram; remembers the talk for the transcript.

    Attributes:
        steps: What she did, each with the number of the message before it.
    """

    def __init__(self, address: str, token: str, name: str) -> None:
        self.name = name
        self.steps: list[tuple[int, str]] = []
        self._token = token
        self._client = httpx.AsyncClient(base_url=address, trust_env=False)
        self._person: Json = {"id": 520, "is_bot": False, "first_name": name}
        self._chat: Json = {"id": 520, "type": "private", "first_name": name}

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()

    async def types(self, text: str) -> None:
        """Send words, or a command."""
        await self._note(text)
        message = {**self._about(), "text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            entities = [{"type": "bot_command", "offset": 0, "length": length}]
            await self._post("/sendCommand", {**message, "entities": entities})
        else:
            await self._post("/sendMessage", message)

    async def taps(self, label: str) -> None:
        """Press the newest button on which `label` stands."""
        said = await self.heard()
        buttons = [(one, *it) for one in reversed(said) for it in one.buttons if it[1]]
        chosen = next((found for found in buttons if label in found[1]), None)
        assert chosen is not None, f"no button {label!r}; there are {[it[1] for it in buttons]}"
        on, words, data = chosen
        await self._note(f"[{words}]")
        below = {"message_id": on.number, "date": DATE, "chat": self._chat, "text": on.text}
        await self._post("/sendCallback", {**self._about(), "message": below, "data": data})

    async def heard(self) -> list[Said]:
        """Return what the bot has said to her, edits applied, in order."""
        answer = await self._post("/getUpdatesHistory", {"token": self._token})
        rows = answer["result"]
        assert isinstance(rows, list)
        own = str(self._chat["id"])
        mine = [row for row in rows if str(row.get("message", {}).get("chat_id")) == own]
        return [_said(row) for row in sorted(mine, key=lambda row: int(row["messageId"]))]

    async def hears(self, text: str, *, seconds: float = 10.0) -> Said:
        """Wait until the bot has answered her last step with `text` in it.

        Raises:
            AssertionError: It did not come in time.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        before = self.steps[-1][0] if self.steps else 0
        while True:
            news = [it for it in await self.heard() if it.number > before]
            for said in news:
                if text in said.text:
                    return said
            assert loop.time() < until, f"{text!r} did not come; came: {[it.text for it in news]}"
            await asyncio.sleep(0.05)

    async def transcript(self) -> str:
        """Return the whole talk, a line a message, buttons below their words."""
        lines = []
        steps = list(self.steps)
        for said in await self.heard():
            while steps and steps[0][0] < said.number:
                lines.append(f"{self.name}> {steps.pop(0)[1]}")
            lines.append(f"稳工> {said.text}".replace("\n", "\n      "))
            labels = " ".join(f"[{label}]" for label, _data in said.buttons)
            lines += [f"      {labels}"] if labels else []
        lines += [f"{self.name}> {words}" for _number, words in steps]
        return "\n".join(lines) + "\n"

    async def _note(self, words: str) -> None:
        said = await self.heard()
        self.steps.append((said[-1].number if said else 0, words))

    def _about(self) -> Json:
        return {"botToken": self._token, "from": self._person, "chat": self._chat, "date": DATE}

    async def _post(self, path: str, body: Json) -> Json:
        answer = await self._client.post(path, json=body)
        answer.raise_for_status()
        found: object = answer.json()
        assert isinstance(found, dict)
        return found


def _said(row: Json) -> Said:
    message = row["message"]
    assert isinstance(message, dict)
    markup = message.get("reply_markup") or {}
    keyboard = json.loads(markup) if isinstance(markup, str) else markup
    rows = keyboard.get("inline_keyboard") or keyboard.get("keyboard") or []
    buttons = tuple(
        (str(button["text"]), str(button.get("callback_data", "")))
        for line in rows
        for button in line
    )
    return Said(int(str(row["messageId"])), str(message["text"]), buttons)
