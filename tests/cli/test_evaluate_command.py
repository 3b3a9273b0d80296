"""`wengong evaluate` on a graded set: ours beside the others, with what is not known said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine

WELDING = ("旌阳区机械厂招电焊工3名,7000-9000,有宿舍", "广汉设备厂要焊工两个,六千五到七千")
OTHERS = (
    "佛山顺德五金厂招焊工,九千到一万二,包吃住",
    "旌阳区电焊工7500元,报名到11月10日为止",
    "旌阳厨师9000,要厨师证",
    "中江焊工,2000,不包住",
)
RANKERS = (
    "wengong", "random", "newest first", "filter + wage", "BM25 (bm25s)", "rapidfuzz",
    "character TF-IDF",
)  # fmt: skip


@dataclass(frozen=True)
class Evaluated:
    """How the command ended."""

    printed: str
    complained: str
    status: int

    def line(self, name: str) -> str:
        """Return the first line that begins with a name."""
        return next(line for line in self.printed.splitlines() if line.startswith(name))

    def figures(self, name: str) -> list[float]:
        """Return the means in the first line of a ranker."""
        cells = self.line(name).removeprefix(name).replace("]", "").split()
        return [float(cell) for cell in cells[::3]]


def write_set(folder: Path, *, wrong_pairs: Sequence[str] = ()) -> None:
    """Write twelve welders, six vacancies and the grades of their pairs."""
    titles = ("电焊工", "焊工", "电焊工", "电焊工", "厨师", "焊工")
    vacancies = [
        {"id": f"k{number}", "title": title, "text": text, "published_at": f"2026-11-0{number + 1}"}
        for number, (title, text) in enumerate(zip(titles, WELDING + OTHERS, strict=True))
    ]
    workers = [
        {
            "id": f"r{number:02}",
            "home": "510603",
            "skills": ["烧电焊"],
            "certificates": [],
            "migration": "in_province",
            "locations": ["510600"],
            "wage_min": 6500,
            "age": 25 if number < 3 else 45,
            "sex": "female" if number % 2 else "male",
        }
        for number in range(12)
    ]
    grades = (3, 3, 0, 0, 0, 0)
    pairs = [
        f"{worker['id']}\tk{number}\t{grade}"
        for worker in workers
        for number, grade in enumerate(grades)
    ]
    for name, records in (("workers", workers), ("vacancies", vacancies)):
        written = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        (folder / f"{name}.jsonl").write_text(written, encoding="utf-8")
    header = "worker_id\tvacancy_id\tgrade"
    (folder / "qrels.tsv").write_text("\n".join((header, *pairs, *wrong_pairs)), encoding="utf-8")


def evaluate(line: CommandLine) -> Evaluated:
    process = line.start("evaluate", ".", "--as-of", "2026-11-20", "--samples", "50", "--seed", "7")
    printed, complained = process.communicate(timeout=120)
    return Evaluated(printed, complained, process.returncode)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    """The set as it should be, with every peer installed."""
    line = CommandLine(tmp_path_factory.mktemp("evaluate"))
    write_set(line.folder)
    return evaluate(line)


@pytest.fixture(scope="module")
def without_peer(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    """The same set with three wrong pairs behind, where bm25s cannot be imported."""
    line = CommandLine(tmp_path_factory.mktemp("without"))
    write_set(line.folder, wrong_pairs=("r00\tk0", "r99\tk0\t3", "r00\tk0\t2"))
    hidden = line.folder / "hidden"
    hidden.mkdir()
    (hidden / "bm25s.py").write_text("raise ImportError", encoding="utf-8")
    line.settings["PYTHONPATH"] = str(hidden)
    return evaluate(line)


def test_every_ranker_has_a_row_with_intervals(found: Evaluated) -> None:
    assert found.complained == ""
    assert found.status == 0
    for name in RANKERS:
        assert found.line(name).count("[") == 4


def test_the_ranking_lists_what_fits_first_and_nothing_impossible(found: Evaluated) -> None:
    assert found.figures("wengong") == [1.0, 1.0, 0.667, 0.0]


def test_rankers_that_know_no_rule_list_what_is_impossible(found: Evaluated) -> None:
    assert (
        found.figures("random")[3]
        == found.figures("newest first")[3]
        == pytest.approx(2 / 3, abs=0.001)
    )
    assert all(found.figures(name)[3] > 0 for name in ("rapidfuzz", "character TF-IDF"))


def test_a_query_on_the_fields_finds_nothing_where_the_pay_stands_in_the_text(
    found: Evaluated,
) -> None:
    assert found.figures("filter + wage") == [0.0, 0.0, 0.0, 0.0]


def test_newest_first_lists_the_same_for_everybody(found: Evaluated) -> None:
    mean, low, high = found.line("newest first").split("]")[1].replace("[", "").split()

    assert mean == low.rstrip(",") == high


def test_the_lead_over_the_best_of_the_others_is_said(found: Evaluated) -> None:
    lead = found.line("nDCG@10 above the best of the others")

    assert "+0." in lead
    assert any(name in lead for name in RANKERS[1:])


def test_groups_are_compared_and_small_or_unknown_ones_are_not(found: Evaluated) -> None:
    ratios = found.line("sex female (6)").split()[3:]

    assert len(ratios) == len(RANKERS)
    assert ratios[0] == "1.00"  # two who differ only in sex get the same list
    assert set(found.line("age, 1 small group").split()[4:]) == {"n/a"}
    assert set(found.line("group").split()[1:]) == {"n/a"}


def test_a_missing_peer_says_how_to_install_it(without_peer: Evaluated) -> None:
    assert "pip install wengong[evaluate]" in without_peer.line("BM25 (bm25s)")


def test_everything_else_is_printed_without_the_peer_and_the_same_seed_gives_the_same(
    found: Evaluated, without_peer: Evaluated
) -> None:
    for name in RANKERS:
        if "BM25" not in name:
            assert without_peer.line(name) == found.line(name)


def test_wrong_pairs_are_named_by_line_and_make_the_status_one(without_peer: Evaluated) -> None:
    first, second, third = without_peer.complained.splitlines()

    assert "qrels.tsv:74: a line is worker, vacancy and grade" in first
    assert 'qrels.tsv:75: no worker has the id "r99"' in second
    assert "qrels.tsv:76: the pair stood in an earlier line" in third
    assert without_peer.status == 1


def test_a_folder_without_its_files_is_said_in_a_line(wengong: CommandLine) -> None:
    ended = wengong.run("evaluate", "nowhere")

    assert "cannot be read" in ended.complained
    assert len(ended.complained.splitlines()) == 1
    assert ended.status == 2
