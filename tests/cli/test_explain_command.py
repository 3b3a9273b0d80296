"""`wengong explain` prints every term of one pair's rank, and nobody's name."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import pytest

from bot.app import KEY_FILE, read_secrets
from bot.clock import SystemClock
from bot.settings import Settings
from storage.database import Database
from storage.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import CommandLine, Ended
from tests.services.job_world import add_firm, add_vacancy, add_worker

WELDER = {
    "id": "r1",
    "home": "510603",
    "skills": ["烧电焊"],
    "certificates": [],
    "migration": "in_county",
    "wage_min": 8000,
    "age": 52,
    "name": "王强",
    "phone": "13900001234",
}
POSTS = (
    {"id": "k1", "title": "电焊工", "text": "旌阳区机械厂招电焊工,7000-7500,有宿舍"},
    {"id": "k2", "title": "电焊工", "text": "旌阳区焊工9000起,须持低压电工证"},
    {"id": "k3", "title": "电焊工", "text": "旌阳区焊工9000起,45岁以下"},
)


def explained(line: CommandLine, vacancy: str, *more: str, worker: str = "r1") -> Ended:
    """Explain a pair of two files as of one day."""
    files = {"workers": [WELDER], "vacancies": POSTS}
    for name, records in files.items():
        rows = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        (line.folder / f"{name}.jsonl").write_text(rows + "\n", encoding="utf-8")
    given = ("--workers", "workers.jsonl", "--vacancies", "vacancies.jsonl")
    return line.run("explain", worker, vacancy, *given, "--as-of", "2026-11-20", *more)


def stored(line: CommandLine, work: Callable[[UnitOfWork], tuple[str, str]]) -> tuple[str, str]:
    """Put rows into the command's own database."""
    url = line.settings["WENGONG_DATABASE_URL"]
    line.data.mkdir(parents=True, exist_ok=True)
    secrets, _new = read_secrets(
        Settings(data=line.data, database_url=url, bureau_adcode="510600"),
        url=url,
        file_name=KEY_FILE,
    )
    upgrade(url, secrets)
    database = Database(url, secrets)
    try:
        return database.run(work)
    finally:
        database.close()


def test_every_term_has_a_line_of_its_own(wengong: CommandLine) -> None:
    ended = explained(wengong, "k1")
    assert (ended.status, ended.complained) == (0, "")
    lines = ended.printed.splitlines()
    assert lines[0] == "工友 r1 × 招工 k1（2026-11-20）"
    beginnings = [line.split("：")[0] for line in lines[1:]]
    for name in ("trade", "place", "wage", "going", "lodging", "board", "fresh", "openings"):
        assert beginnings.count(f"分项 {name}") == 1
    assert beginnings[:6] == ["行当", "地方", "工资", "住", "吃", "成的可能"]
    assert "差一点 wage_below：7500" in lines
    assert "能改 yuan：500 → 3级" in lines
    assert any(line.startswith("合得上：2级（3最好）") for line in lines)


@pytest.mark.parametrize(
    ("vacancy", "against", "change"),
    [
        ("k2", "拦着 certificate：招工 低压电工证，工友 —", "能改 licence：低压电工证 → 3级"),
        ("k3", "拦着 age：招工 45，工友 52", "能改 age：45 → 3级"),
    ],
)
def test_what_is_against_it_stands_beside_what_the_worker_has(
    wengong: CommandLine, vacancy: str, against: str, change: str
) -> None:
    lines = explained(wengong, vacancy).printed.splitlines()
    assert "合不上：1条拦着" in lines
    assert against in lines
    assert change in lines


def test_no_name_and_no_phone_is_printed(wengong: CommandLine) -> None:
    printed = explained(wengong, "k1").printed
    assert "王强" not in printed
    assert "13900001234" not in printed


def test_it_is_printed_in_english_too(wengong: CommandLine) -> None:
    lines = explained(wengong, "k3", "--lang", "en").printed.splitlines()
    assert lines[0] == "worker r1 × vacancy k3 (2026-11-20)"
    assert "against it age: demanded or offered 45, the worker has 52" in lines


@pytest.mark.parametrize(("worker", "vacancy"), [("r9", "k1"), ("r1", "k9")])
def test_who_is_not_in_the_files_is_said(wengong: CommandLine, worker: str, vacancy: str) -> None:
    ended = explained(wengong, vacancy, worker=worker)
    assert ended.status == 2
    assert "没有这" in ended.complained


def test_a_stored_pair_is_explained_by_number_and_beginning_of_the_id(
    wengong: CommandLine,
) -> None:
    wengong.settings["WENGONG_BUREAU_ADCODE"] = "510600"

    def work(uow: UnitOfWork) -> tuple[str, str]:
        now = SystemClock().now()
        worker = add_worker(uow, now)
        vacancy = add_vacancy(uow, now, add_firm(uow, now), age_max=45)
        return worker.id.hex, f"V-{vacancy.number:04d}"

    worker, number = stored(wengong, work)
    ended = wengong.run("explain", worker[:8], number)
    assert (ended.status, ended.complained) == (0, "")
    assert any(line.startswith("拦着 age：招工 45") for line in ended.printed.splitlines())
    assert "陈桂芳" not in ended.printed
    assert "13900001111" not in ended.printed
    for pair in ((worker[:3], number), (uuid.uuid4().hex, number), (worker, "V-9999")):
        assert wengong.run("explain", *pair).status == 2


def test_a_number_is_looked_up_in_the_workers_own_bureau(wengong: CommandLine) -> None:
    wengong.settings["WENGONG_BUREAU_ADCODE"] = "510600"

    def work(uow: UnitOfWork) -> tuple[str, str]:
        now = SystemClock().now()
        worker, firm = add_worker(uow, now), add_firm(uow, now)
        own, other = (add_vacancy(uow, now, firm, age_max=age) for age in (45, 47))
        worker.bureau_adcode = own.bureau_adcode = "500240"
        own.number = other.number
        return worker.id.hex, f"V-{own.number:04d}"

    worker, number = stored(wengong, work)
    printed = wengong.run("explain", worker[:8], number).printed
    assert any(line.startswith("拦着 age：招工 45") for line in printed.splitlines())
