"""`wengong rank` as a program calls it: vacancies in a file, workers on standard input."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.cli.conftest import CommandLine

VACANCIES = (
    {"id": "near", "title": "电焊工", "text": "旌阳区机械厂招电焊工,7000-9000,有宿舍"},
    {"id": "low", "title": "焊工", "text": "绵竹孝德镇钢构厂 焊工 5600-6000 包中午饭"},
    {"id": "old", "title": "电焊工", "text": "旌阳区电焊工7500元,报名到11月10日为止"},
    {"id": "paper", "title": "电焊工", "text": "旌阳区焊工9000起,须持低压电工证"},
    {"id": "far", "title": "电焊工", "text": "佛山顺德五金厂招焊工,九千到一万二,包吃住"},
)
MANY = [{**VACANCIES[0], "id": f"k{number:02}"} for number in range(60)]
BROKEN = ["{", {"id": "k", "title": "电工", "adcode": "999999"}, *MANY, MANY[0]]
WELDER = {
    "id": "r1",
    "home": "510603",
    "skills": ["烧电焊"],
    "certificates": ["焊工证"],
    "migration": "in_province",
    "locations": ["510600"],
    "wage_min": 6500,
    "age": 41,
}
WORKERS = (
    WELDER,
    {**WELDER, "sex": "male", "name": "王强"},
    {**WELDER, "sex": "female", "name": "李芳"},
    {**WELDER, "id": "r2", "age": "41"},
    WELDER,
)


@dataclass(frozen=True)
class Ranked:
    """How the command answered."""

    answers: list[dict[str, object]]
    complained: str
    status: int


def run(line: CommandLine, vacancies: Sequence[object], workers: Sequence[object]) -> Ranked:
    """Rank these lines."""
    (line.folder / "vacancies.jsonl").write_text(lines(vacancies), encoding="utf-8")
    process = line.start("rank", "--vacancies", "vacancies.jsonl", "--as-of", "2026-11-20")
    printed, complained = process.communicate(lines(workers), timeout=120)
    answers = [json.loads(row) for row in printed.splitlines()]
    return Ranked(answers, complained, process.returncode)


def lines(records: Sequence[object]) -> str:
    return "\n".join(
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records
    )


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Ranked:
    """Five vacancies for five lines of workers, one of them wrong."""
    return run(CommandLine(tmp_path_factory.mktemp("rank")), VACANCIES, WORKERS)


@pytest.fixture(scope="module")
def from_broken(tmp_path_factory: pytest.TempPathFactory) -> Ranked:
    """A file of sixty good vacancies and three wrong lines, for one worker."""
    return run(CommandLine(tmp_path_factory.mktemp("broken")), BROKEN, [WELDER])


def test_the_answer_has_the_keys_of_the_samples(ranked: Ranked) -> None:
    assert list(ranked.answers[0]) == ["worker_id", "ranked", "reasons", "excluded"]
    assert ranked.answers[0]["worker_id"] == "r1"


def test_feasible_vacancies_stand_best_first(ranked: Ranked) -> None:
    assert ranked.answers[0]["ranked"] == ["near", "low"]


def test_what_is_impossible_has_its_codes_and_is_never_listed(ranked: Ranked) -> None:
    assert ranked.answers[0]["excluded"] == {
        "far": ["migration"],
        "old": ["expired"],
        "paper": ["certificate"],
    }


def test_reasons_are_the_words_that_workers_read(ranked: Ranked) -> None:
    assert ranked.answers[0]["reasons"] == {
        "near": ["会电焊工的活", "钱够", "就在本县", "管住"],
        "low": ["会电焊工的活", "在孝德镇", "管饭"],
    }


def test_sex_and_name_change_nothing(ranked: Ranked) -> None:
    assert ranked.answers[0] == ranked.answers[1] == ranked.answers[2]


def test_a_wrong_worker_is_answered_with_its_error_and_the_rest_goes_on(ranked: Ranked) -> None:
    assert ranked.answers[3] == {
        "worker_id": "r2",
        "error": {"code": "wrong_field", "message": '"age" has to be a number from 0, or null'},
    }
    assert ranked.answers[4] == ranked.answers[0]
    assert (ranked.complained, ranked.status) == ("", 1)


def test_a_wrong_vacancy_is_named_by_file_and_line(from_broken: Ranked) -> None:
    first, second, third = from_broken.complained.splitlines()

    assert "vacancies.jsonl:1: the line is no JSON" in first
    assert 'vacancies.jsonl:2: "adcode"' in second
    assert 'vacancies.jsonl:63: the id "k00" stood in an earlier line' in third
    assert from_broken.status == 1


def test_beside_wrong_vacancies_the_good_ones_are_ranked_up_to_fifty(from_broken: Ranked) -> None:
    assert from_broken.answers[0]["ranked"] == [f"k{number:02}" for number in range(50)]


def test_without_vacancies_nothing_is_listed(wengong: CommandLine) -> None:
    found = run(wengong, [], [WELDER])

    assert found.answers == [{"worker_id": "r1", "ranked": [], "reasons": {}, "excluded": {}}]
    assert found.status == 0


def test_a_file_that_is_not_there_is_said_in_a_line(wengong: CommandLine) -> None:
    ended = wengong.run("rank", "--vacancies", "none.jsonl")

    assert "none.jsonl cannot be read" in ended.complained
    assert len(ended.complained.splitlines()) == 1
    assert (ended.printed, ended.status) == ("", 2)
