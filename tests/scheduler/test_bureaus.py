"""Two bureaus in one database: their people, officers, numbers, codes and links stay apart."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest

from bot.clock import FixedClock
from bot.services.cases import cases
from bot.services.follow_up.employments import open_spell
from bot.services.sending import return_links, ways
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Case, Officer, Worker
from storage.states import Matter, Role, Source
from storage.unit_of_work import UnitOfWork
from tests.two_bureaus import DEYANG, DEYANG_TOWN, FILE, SHIZHU, SHIZHU_TOWN, TwoBureaus


@pytest.fixture
def both(database: Database, catalogue: Catalogue, clock: FixedClock, tmp_path: Path) -> TwoBureaus:
    file = tmp_path / "bureaus.toml"
    file.write_text(FILE, encoding="utf-8")
    return TwoBureaus(database, catalogue, clock, file)


def opens_case(both: TwoBureaus, bureau: str, chat: str, worker_id: UUID) -> tuple[int, UUID]:
    def work(uow: UnitOfWork) -> tuple[int, UUID]:
        opened = cases.open_case(
            uow,
            both.deployment(bureau),
            address=both.address(uow, bureau, chat),
            worker=uow.workers.need(worker_id),
            matters=[Matter.UNEMPLOYMENT],
            words="没活了",
        )
        return opened.case.number, opened.officer.id

    return both.database.run(work)


def test_each_bot_introduces_its_own_bureau(both: TwoBureaus) -> None:
    assert both.says(DEYANG, "7", "你好")[0].startswith("我是德阳市人社局的找活助手")
    shizhu = both.says(SHIZHU, "7", "你好")
    assert shizhu[0].startswith("我是石柱县人社局的找活助手")
    assert "023-73330000" in shizhu[1]


def test_the_same_chat_number_is_two_people_at_two_bots(both: TwoBureaus) -> None:
    both.worker(DEYANG, "7", DEYANG_TOWN)
    both.says(SHIZHU, "7", "你好")
    found = both.database.run(
        lambda uow: uow.addresses.workers_at(both.address(uow, SHIZHU, "7").id)
    )
    assert found == []


@pytest.mark.parametrize("home", [DEYANG_TOWN, SHIZHU_TOWN])
def test_an_officer_never_sees_people_of_the_other_bureau(both: TwoBureaus, home: str) -> None:
    mine, theirs = both.officer(DEYANG, "周明"), both.officer(SHIZHU, "吴丽")
    worker = both.worker(DEYANG, "7", home)
    _, owner = opens_case(both, DEYANG, "7", worker)
    assert owner == mine
    assert "C-0001" in "\n".join(both.says(DEYANG, "officer 周明", "个案"))
    assert "C-0001" not in "\n".join(both.says(SHIZHU, "officer 吴丽", "个案"))

    def look(uow: UnitOfWork) -> tuple[Case | None, Case | None]:
        case = uow.session.query(Case).one()
        return (
            cases.visible_case(uow, both.deployment(DEYANG), uow.officers.need(mine), case.id),
            cases.visible_case(uow, both.deployment(SHIZHU), uow.officers.need(theirs), case.id),
        )

    own, foreign = both.database.run(look)
    assert own is not None
    assert foreign is None


def test_the_introduction_names_an_officer_of_its_own_bureau(both: TwoBureaus) -> None:
    both.officer(DEYANG, "周明")
    both.officer(SHIZHU, "吴丽")
    heard = both.says(DEYANG, "7", f"/start t_{SHIZHU_TOWN}")
    assert not any("吴干部" in line for line in heard)


def test_numbers_count_apart(both: TwoBureaus) -> None:
    for bureau, name, home in ((DEYANG, "周明", DEYANG_TOWN), (SHIZHU, "吴丽", SHIZHU_TOWN)):
        both.officer(bureau, name)
        worker = both.worker(bureau, "7", home)
        assert opens_case(both, bureau, "7", worker)[0] == 1


def test_a_check_in_of_each_bureau_speaks_on_its_own_bot(both: TwoBureaus) -> None:
    people = {
        DEYANG: both.worker(DEYANG, "7", DEYANG_TOWN),
        SHIZHU: both.worker(SHIZHU, "8", SHIZHU_TOWN),
    }

    def start(uow: UnitOfWork) -> None:
        for bureau, worker_id in people.items():
            open_spell(
                uow,
                both.deployment(bureau),
                worker=uow.workers.need(worker_id),
                started_on=both.clock.today(),
                source=Source.WORKER,
                employer=None,
            )

    both.database.run(start)
    both.tick(days=3, hours=1, minutes=5)
    assert len(both.heard(DEYANG, "7")) == 1
    assert len(both.heard(SHIZHU, "8")) == 1
    assert both.heard(DEYANG, "8") == both.heard(SHIZHU, "7") == []


def test_who_is_silent_becomes_a_case_of_the_own_bureau(both: TwoBureaus) -> None:
    both.officer(DEYANG, "周明")
    theirs = both.officer(SHIZHU, "吴丽")
    worker = both.worker(SHIZHU, "8", SHIZHU_TOWN)

    def start(uow: UnitOfWork) -> None:
        open_spell(
            uow,
            both.deployment(SHIZHU),
            worker=uow.workers.need(worker),
            started_on=both.clock.today(),
            source=Source.WORKER,
            employer=None,
        )

    both.database.run(start)
    both.tick(days=3, hours=1, minutes=5)
    for _day in range(8):
        both.tick(hours=8, minutes=36)  # the evening, at which is asked once more
        both.tick(hours=15, minutes=24)
    found = both.database.run(
        lambda uow: [(row.bureau_adcode, row.officer_id) for row in uow.session.query(Case)]
    )
    assert found == [(SHIZHU, theirs)]


def test_what_nobody_used_is_forgotten_in_both_bureaus(both: TwoBureaus) -> None:
    both.worker(DEYANG, "7", DEYANG_TOWN)
    both.worker(SHIZHU, "8", SHIZHU_TOWN)
    for _day in range(32):
        both.tick(days=1)

    def names(uow: UnitOfWork) -> list[str]:
        return [row.name for row in uow.session.query(Worker) if row.name]

    assert both.database.run(names) == []


def test_a_code_of_one_bureau_is_wrong_in_the_other(both: TwoBureaus) -> None:
    both.worker(DEYANG, "7", DEYANG_TOWN)
    shown = re.search(r"(\d{3}) (\d{3})", "\n".join(both.says(DEYANG, "7", "/code")))
    assert shown is not None
    code = "".join(shown.groups())
    assert any("不对" in line for line in both.says(SHIZHU, "9", code))
    assert any("这里也能用了" in line for line in both.says(DEYANG, "9", code))


def test_a_return_link_of_one_bureau_is_refused_in_the_other(both: TwoBureaus) -> None:
    worker = both.worker(DEYANG, "7", DEYANG_TOWN)
    token = both.database.run(
        lambda uow: return_links.make(uow, both.deployment(DEYANG), uow.workers.need(worker))
    )
    both.says(SHIZHU, "9", f"/start r_{token}")
    there = both.database.run(
        lambda uow: uow.addresses.workers_at(both.address(uow, SHIZHU, "9").id)
    )
    assert there == []
    both.says(DEYANG, "9", f"/start r_{token}")
    here = both.database.run(
        lambda uow: [w.id for w in uow.addresses.workers_at(both.address(uow, DEYANG, "9").id)]
    )
    assert here == [worker]


def test_ways_are_looked_for_among_the_own_bureaus_people(both: TwoBureaus) -> None:
    mine = both.worker(DEYANG, "7", DEYANG_TOWN)
    theirs = both.worker(SHIZHU, "8", SHIZHU_TOWN)
    found = both.database.run(lambda uow: set(ways.reaches(uow, both.deployment(SHIZHU))))
    assert found == {theirs}
    assert mine not in found


def test_an_officer_of_the_other_bureau_is_no_officer_here(both: TwoBureaus) -> None:
    both.officer(SHIZHU, "吴丽")

    def covering(uow: UnitOfWork) -> tuple[list[Officer], int]:
        return (
            uow.officers.covering(SHIZHU_TOWN, bureau=DEYANG),
            len(uow.officers.covering(SHIZHU_TOWN, bureau=SHIZHU)),
        )

    assert both.database.run(covering) == ([], 1)
    role = both.database.run(lambda uow: both.address(uow, SHIZHU, "officer 吴丽").role)
    assert role is Role.OFFICER
