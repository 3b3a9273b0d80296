"""Everybody counted once, whatever the day, and never dropped."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from bot.services.register import anti_return, snapshots, statistics
from bot.services.register.statistics import EVERYBODY, Counting, Question, question_for
from bot.services.register.statistics_sheets import snapshot_sheet
from storage.models import AuditEntry, StatisticsSnapshot
from storage.register_states import Category, CategoryState, EmploymentChannel
from storage.states import EndReason, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.register.statistics_world import (
    GUANGHAN,
    MIANYANG,
    SHENZHEN,
    SHIFANG,
    STARTED,
    ZHONGJIANG,
    add_household,
    add_person,
    add_spell,
    change_spell,
    spell_of,
)


def count(city: City, question: Question | None = None, *, scope: str = "5106") -> Counting:
    asked = question or Question(city.deployment.today)
    return city.database.read(
        lambda uow: statistics.count(uow, city.deployment, asked, scope=scope)
    )


def classes(city: City, question: Question | None = None) -> dict[str, int]:
    counts = count(city, question).counts
    return {one: counts.of_class(one) for one in counts.classes if counts.of_class(one)}


def test_work_stands_where_the_codes_say(city_on_both: City) -> None:
    city = city_on_both
    for work in (SHENZHEN, MIANYANG, GUANGHAN, ZHONGJIANG, "510623101", None):
        add_person(city, works_in=work)
    assert classes(city) == {
        "outside_province": 1,
        "province_outside_county": 2,
        "in_county": 2,
        "unknown": 1,
    }
    counts = count(city).counts
    assert counts.total == 6
    assert sum(counts.channels.values()) == counts.total


def test_a_public_post_of_the_moved_is_no_work_away(city_on_both: City) -> None:
    city = city_on_both
    moved = (Category.OUT_OF_POVERTY, Category.RELOCATED)
    post = EmploymentChannel.PUBLIC_POST
    add_person(city, works_in=ZHONGJIANG, channel=post, categories=moved)
    add_person(city, works_in=GUANGHAN, categories=moved)
    day = city.deployment.today
    assert classes(city, question_for(statistics.MOVED, day)) == {"in_city": 1, "public_post": 1}
    assert classes(city) == {"in_county": 1, "province_outside_county": 1}


def test_only_the_word_of_others_makes_a_group(city_on_both: City) -> None:
    city = city_on_both
    add_person(city, works_in=SHENZHEN)
    add_person(city, works_in=SHENZHEN, state=CategoryState.CLAIMED)
    add_person(city, works_in=SHENZHEN, categories=(Category.MINIMUM_ALLOWANCE,))
    assert count(city).counts.total == 1
    everybody = Question(city.deployment.today, EVERYBODY)
    assert count(city, everybody).counts.total == 3


def test_a_member_of_a_relocated_household_is_relocated(city_on_both: City) -> None:
    city = city_on_both
    key = add_person(city, works_in=SHENZHEN)
    add_household(city, {key: {}})
    asked = question_for(statistics.MOVED, city.deployment.today)
    assert count(city, asked).counts.total == 1


def test_the_first_and_the_last_day_of_work_count(city_on_both: City) -> None:
    city = city_on_both
    key = add_person(city, has_work=False)
    end = date(2026, 6, 30)
    add_spell(city, key, ended_on=end)
    days = [STARTED - timedelta(days=1), STARTED, end, end + timedelta(days=1)]
    assert [count(city, Question(day)).counts.total for day in days] == [0, 1, 1, 0]


def test_of_two_jobs_at_once_the_one_begun_later_counts(city_on_both: City) -> None:
    city = city_on_both
    key = add_person(city, works_in=SHENZHEN)
    add_spell(city, key, works_in=ZHONGJIANG, started_on=STARTED + timedelta(days=9))
    add_spell(city, key, works_in=MIANYANG, started_on=STARTED - timedelta(days=9))
    found = count(city)
    assert found.doubled == 1
    assert classes(city) == {"in_county": 1}


def test_a_later_correction_leaves_what_was_known_before(city_on_both: City) -> None:
    city = city_on_both
    key = add_person(city, works_in=SHENZHEN)
    before = city.clock.now()
    city.clock.advance(timedelta(days=2))
    change_spell(city, spell_of(city, key), workplace=GUANGHAN, channel="public_post")
    day = city.deployment.today
    then = count(city, Question(day, known_at=before))
    assert then.counts.channels == {"enterprise": 1}
    assert classes(city, Question(day, known_at=before)) == {"outside_province": 1}
    assert classes(city) == {"province_outside_county": 1}
    assert count(city).counts.channels == {"public_post": 1}


def test_a_spell_that_never_was_is_not_counted(city_on_both: City) -> None:
    city = city_on_both
    key = add_person(city, works_in=SHENZHEN)
    change_spell(city, spell_of(city, key), end_reason=EndReason.CORRECTED, ended_on=STARTED)
    assert count(city, Question(STARTED)).counts.total == 0


def test_who_left_is_counted_no_more(city_on_both: City) -> None:
    city = city_on_both
    add_person(city, works_in=SHENZHEN, status=WorkerStatus.LEFT)
    assert count(city).counts.total == 0


def test_a_table_is_kept_and_counted_again_alike(city_on_both: City) -> None:
    city = city_on_both
    keys = [add_person(city, works_in=work) for work in (SHENZHEN, GUANGHAN, None)]
    counting = count(city)
    row = city.run(lambda uow: snapshots.freeze(uow, city.deployment, counting, scope="5106"))
    city.clock.advance(timedelta(days=3))
    change_spell(city, spell_of(city, keys[0]), workplace=ZHONGJIANG)
    add_person(city, works_in=SHENZHEN)

    def again(uow: UnitOfWork) -> tuple[bool, bool]:
        stored = uow.statistics.by_digest("510600", row.digest[:12])
        assert stored is not None
        recounted = snapshots.recount(uow, city.deployment, stored)
        kept = snapshots.counts_of(city.deployment, stored)
        return snapshots.is_same(recounted, stored), kept == recounted.counts

    assert city.database.read(again) == (True, True)
    assert classes(city) != {"outside_province": 1, "province_outside_county": 1, "unknown": 1}


def test_a_sheet_says_its_cut_off_and_its_digest(city: City) -> None:
    add_person(city, works_in=SHENZHEN)
    for _ in range(6):
        add_person(city, works_in=GUANGHAN)
    counting = count(city)

    def kept(uow: UnitOfWork) -> StatisticsSnapshot:
        return snapshots.freeze(uow, city.deployment, counting, scope="5106")

    row = city.run(kept)
    table = snapshot_sheet(city.deployment, row, language="zh")
    assert list(table.columns) == ["地方", "省外", "省内县外", "县内", "境外", "地方不详", "合计"]
    rows = [list(cells) for cells in table.rows]
    assert rows[:2] == [["中江县", 1, 6, 0, 0, 0, 7], ["合计", 1, 6, 0, 0, 0, 7]]
    notes = "\n".join(str(cells[0]) for cells in rows[2:])
    assert row.digest in notes
    assert city.deployment.today.isoformat() in notes
    masked = snapshot_sheet(city.deployment, row, language="zh", outside=True)
    assert next(list(cells) for cells in masked.rows) == ["中江县", "", "", 0, 0, 0, 7]


def test_officers_see_the_people_of_their_scope_and_every_look_is_noted(city_on_both: City) -> None:
    city = city_on_both
    own = add_person(city, works_in=SHENZHEN)
    add_person(city, home=SHIFANG, works_in=SHENZHEN)
    officer = city.officer(scope=ZHONGJIANG).as_officer()
    everybody = count(city).of_cell(None, "outside_province")
    assert len(everybody) == 2

    def look(uow: UnitOfWork) -> list[UUID]:
        shown = statistics.show_people(uow, city.deployment, officer, everybody)
        return [worker.id for worker, _place in shown]

    assert city.run(look) == [own]
    looks = city.database.read(
        lambda uow: [
            row.subject_id
            for row in uow.session.query(AuditEntry).filter_by(action="view_statistics_list")
        ]
    )
    assert looks == [own]
    assert count(city, scope=ZHONGJIANG).counts.total == 1


def test_a_long_list_of_names_is_noted_with_one_statement(city_on_both: City) -> None:
    city = city_on_both
    for _person in range(5):
        add_person(city, works_in=SHENZHEN)
    officer = city.officer().as_officer()
    people = count(city).of_cell(None, "outside_province")
    said: list[str] = []
    event.listen(
        city.database.engine, "before_cursor_execute", lambda *parts: said.append(str(parts[2]))
    )
    city.run(lambda uow: statistics.show_people(uow, city.deployment, officer, people))
    assert sum("INSERT INTO audit_entry" in one for one in said) == 1


@pytest.mark.parametrize("by", ["county", "town"])
def test_who_has_no_home_code_stands_in_a_row_of_their_own(city: City, by: str) -> None:
    add_person(city, home=None, works_in=SHENZHEN)
    add_person(city, home="510623101", works_in=SHENZHEN)
    asked = Question(city.deployment.today, by="town" if by == "town" else "county")
    counts = count(city, asked).counts
    assert counts.areas == ("510623101" if by == "town" else ZHONGJIANG, "")
    assert counts.matrix()[-1][-1] == 2


def test_each_group_is_reported_and_a_person_of_two_counted_once(city_on_both: City) -> None:
    city = city_on_both
    both = (Category.OUT_OF_POVERTY, Category.RELOCATED)
    add_person(city, works_in=SHENZHEN, categories=both)
    looking = WorkerStatus.SEEKING
    add_person(city, has_work=False, categories=(Category.AT_RISK,), status=looking)
    resting = WorkerStatus.NOT_LOOKING
    add_person(city, has_work=False, categories=both, status=resting)
    silent = WorkerStatus.REGISTERED
    add_person(city, has_work=False, status=silent)
    lost = add_person(city, has_work=False, status=silent)
    add_spell(city, lost, ended_on=STARTED + timedelta(days=5))
    table = city.database.read(
        lambda uow: anti_return.status_table(uow, city.deployment, scope="5106")
    )

    def row(group: str) -> list[int]:
        return [table.rows[group][state] for state in anti_return.STATES]

    assert row(statistics.OUT_OF_POVERTY) == [1, 0, 2, 1]
    assert row(statistics.MOVED) == [1, 0, 1, 0]
    assert row(statistics.AT_RISK) == [0, 1, 0, 0]
    assert row(anti_return.TOGETHER) == [1, 1, 2, 1]
    assert table.total(anti_return.TOGETHER) == 5
    assert table.out_of_work(statistics.OUT_OF_POVERTY) == 2
    assert len(table.people(anti_return.TOGETHER, anti_return.NOT_KNOWN)) == 1
