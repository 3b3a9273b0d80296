"""`wengong run` as visitors meet it: a process that starts, answers, is killed and goes on."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
LONGEST_START = 90.0
GOODBYE_SECONDS = 4.0  # two on a quiet machine
LINK = re.compile(r"http://127\.0\.0\.1:(?P<port>\d+)/demo/(?P<role>\w+)\?k=(?P<key>[\w-]+)")


class Serving:
    """One `wengong run` on a folder."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.output = folder / f"output {uuid.uuid4().hex}"
        self._file = self.output.open("w", encoding="utf-8")
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            command("run"),
            cwd=folder,
            env=environment(folder, PORT="0", **settings),
            stdout=self._file,
            stderr=subprocess.STDOUT,
        )

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def ready(self) -> Serving:
        until = time.monotonic() + LONGEST_START
        while not LINK.search(self.said):
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.05)
        return self

    @property
    def port(self) -> int:
        found = LINK.search(self.said)
        assert found is not None
        return int(found["port"])

    def open_door(self, role: str) -> str:
        """Return the cookie that the printed link of `role` gives."""
        link = next(match for match in LINK.finditer(self.said) if match["role"] == role)
        answer, headers = self.ask("GET", f"/demo/{role}?k={link['key']}")
        assert answer == 303
        cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        return next(one for one in cookies if f"Path=/demo/{role}" in one).split(";")[0]

    def ask(
        self, method: str, path: str, *, cookie: str = "", body: object = None
    ) -> tuple[int, list[tuple[str, str]]]:
        self.reply = b""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/json",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        self.reply = answer.read()
        connection.close()
        return answer.status, answer.getheaders()

    def write(self, cookie: str, text: str) -> None:
        """Post a message as the worker; durable when this returns."""
        body = {"id": uuid.uuid4().hex, "text": text, "sequence": time.time_ns() // 1000}
        status, _ = self.ask("POST", "/demo/worker/messages", cookie=cookie, body=body)
        assert status == 202

    def hears(self, cookie: str, words: str) -> str:
        """Return the texts of the worker's page once `words` is among them."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            self.ask("GET", "/demo/worker/messages?after=0&wait=0", cookie=cookie)
            texts = "\n".join(one["text"] for one in json.loads(self.reply)["messages"])
            if words in texts:
                return texts
            time.sleep(0.1)
        raise AssertionError(f"{words!r} was not heard")

    def stop(self, how: signal.Signals) -> float:
        """Send a signal; return the seconds until the process was gone."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        self._file.close()
        return time.monotonic() - began


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot.cli.main", *words]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WENGONG_")}
    own = {"DATA": str(folder / "var"), "LOG_LEVEL": "ERROR"} | settings
    return clean | {"PYTHONPATH": str(ROOT)} | {f"WENGONG_{name}": own[name] for name in own}


def finished(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command line
        command(*words),
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=LONGEST_START,
        check=False,
    )


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[list[Serving]]:
    """Processes that a test starts; whatever is left of them is killed."""
    started = [Serving(tmp_path)]
    yield started
    for each in started:
        if each.process.poll() is None:
            each.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a process that serves while these tests run."""
    folder = tmp_path_factory.mktemp("served")
    process = Serving(folder)
    process.ready()
    yield folder
    process.stop(signal.SIGKILL)


def test_a_killed_process_goes_on_in_the_middle_of_a_question(
    serving: list[Serving], tmp_path: Path, catalogue: Catalogue
) -> None:
    first = serving[0].ready()
    assert first.ask("GET", "/readyz")[0] == 200
    cookie = first.open_door("worker")
    first.write(cookie, "你好")
    first.hears(cookie, catalogue.texts.render("first_contact.start.question", "zh"))
    first.write(cookie, "踩平车 只在中江")
    first.stop(signal.SIGKILL)

    second = Serving(tmp_path)
    serving.append(second)
    second.ready()
    assert second.open_door("worker") == cookie
    understood = catalogue.texts.render("first_contact.understood.line", "zh", parts="\0")
    second.hears(cookie, understood.split("\0")[0])
    second.write(cookie, "要得")
    second.hears(cookie, catalogue.texts.render("job_search.list.which", "zh"))
    second.stop(signal.SIGINT)


def test_control_c_ends_soon_with_one_line(serving: list[Serving], catalogue: Catalogue) -> None:
    running = serving[0].ready()
    before = running.said
    assert running.stop(signal.SIGINT) < GOODBYE_SECONDS
    assert running.process.returncode == 0
    assert running.said.removeprefix(before).splitlines() == [
        catalogue.texts.render("serve.stopped.line", "zh")
    ]


def test_a_second_process_on_the_same_file_is_refused(running: Path) -> None:
    second = finished(running, "run", PORT="0")
    assert second.returncode == 2
    assert "demo.db" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_the_demo_is_not_deleted_while_it_is_served(running: Path) -> None:
    refused = finished(running, "reset-demo", "--yes")
    assert refused.returncode == 2
    assert (running / "var" / "demo.db").exists()


def test_deleting_the_demo_names_the_files_and_asks_first(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "demo.db").write_bytes(b"")
    asked = finished(tmp_path, "reset-demo")
    assert "demo.db" in asked.stdout
    assert (folder / "demo.db").exists()
    assert finished(tmp_path, "reset-demo", "--yes").returncode == 0
    assert not (folder / "demo.db").exists()


def test_wrong_settings_are_all_named_at_once(tmp_path: Path) -> None:
    wrong = finished(tmp_path, "run", PORT="many", TZ="Mars/Olympus", COLOUR="red")
    assert wrong.returncode == 2
    for name in ("WENGONG_PORT", "WENGONG_TZ", "WENGONG_COLOUR"):
        assert name in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = finished(tmp_path, "run", PORT=port)
    assert refused.returncode == 2
    assert port in refused.stderr


def test_the_demo_is_refused_beyond_this_computer(tmp_path: Path) -> None:
    refused = finished(tmp_path, "run", HOST="0.0.0.0")  # noqa: S104 - what must not be allowed
    assert refused.returncode == 2
    assert "0.0.0.0" in refused.stderr  # noqa: S104


def test_migrate_prepares_a_bureaus_own_database(tmp_path: Path, catalogue: Catalogue) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    done = finished(tmp_path, "migrate", DATABASE_URL=url)
    assert done.stdout.strip() == catalogue.texts.render("serve.stopped.migrated", "zh")
    assert (tmp_path / "own.db").exists()
