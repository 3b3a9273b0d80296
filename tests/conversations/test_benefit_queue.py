"""/benefits and /fund: officers decide, two of them, with all that speaks against it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.benefit_states import BenefitStatus
from storage.database import Database
from tests.benefit_world import (
    GUIFANG_ID,
    OTHER_ID,
    applications_in,
    audited,
    chongqing,
    fill_in,
    handed_in,
    officers,
    registered,
)
from tests.chat import City, Person


@pytest.fixture
def cq(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(sqlite_database, catalogue, clock)


@pytest.fixture
def cq_on_both(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(database, catalogue, clock)


@pytest.fixture
def guifang(cq: City) -> Person:
    return registered(cq, number=GUIFANG_ID)


@pytest.fixture
def pair(cq: City) -> tuple[Person, Person]:
    return officers(cq)


def opens(officer: Person, key: UUID) -> str:
    return officer.presses(f"a:benefit:{key.hex}")[-1]


def status(city: City, key: UUID) -> BenefitStatus:
    return city.run(lambda uow: uow.benefit_applications.need(key).status)


def granted(city: City, key: UUID, pair: tuple[Person, Person]) -> None:
    """Let one officer propose and the other approve."""
    opens(pair[0], key)
    pair[0].taps("提议给")
    opens(pair[1], key)
    pair[1].taps("批准")


def test_from_the_worker_to_the_money(cq_on_both: City) -> None:
    cq = cq_on_both
    pair = officers(cq)
    guifang = registered(cq, number=GUIFANG_ID)
    key = handed_in(cq, guifang)
    granted(cq, key, pair)
    assert guifang.listens() == ["打工车票补贴批了，198.50元，等发钱。编号B-0001。"]
    opens(pair[1], key)
    pair[1].taps("钱发了")
    assert pair[1].says("今天") == ["B-0001记下了，2026-11-23发的。"]
    assert guifang.listens()[0].startswith("打工车票补贴198.50元发了")
    (application,) = applications_in(cq)
    assert application.status is BenefitStatus.PAID
    assert application.amount_fen == 19850


def test_the_queue_tells_what_waits_and_until_when(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    handed_in(cq, guifang)
    assert pair[0].says("/benefits")[-1] == (
        "补贴：等着办的1件\nB-0001 打工车票补贴 新交的 周三16点前答复"
    )
    assert "陈" not in pair[0].heard


def test_the_command_has_a_chinese_name_and_takes_a_number(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    handed_in(cq, guifang)
    assert "B-0001 打工车票补贴 新交的" in pair[0].says("/补贴 B-0001")[-1]
    assert pair[0].says("/benefits 99") == ["没有这一件，或者不归您管。"]


def test_an_officer_reads_facts_verdict_and_the_other_version_of_the_rule(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    shown = opens(pair[0], handed_in(cq, guifang))
    assert "陈桂芳 身份证尾号0021" in shown
    assert "名册核实：建档立卡" in shown
    assert "照渝人社发〔2016〕295号（条款3）：可能符合" in shown
    assert "另一版渝人社〔2022〕281号（条款不详，只给干部看）" in shown
    assert "照文件算：198.50元" in shown
    assert GUIFANG_ID not in pair[0].heard
    assert "view_benefit" in audited(cq)


def test_an_officer_of_another_county_sees_nothing(cq: City, guifang: Person) -> None:
    officers(cq)
    key = handed_in(cq, guifang)
    stranger = cq.officer("吴刚", scope="500101")
    assert opens(stranger, key) == "没有这一件，或者不归您管。"
    assert stranger.says("/benefits")[-1] == "补贴：等着办的0件"
    assert "refused_out_of_scope" in audited(cq)


def test_who_proposed_does_not_approve(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    opens(pair[0], key)
    assert pair[0].taps("提议给") == ["B-0001提上去了，等第二个干部批。"]
    assert "等第二个干部批" in pair[1].listens()[-1]
    opens(pair[0], key)
    assert pair[0].taps("批准")[0] == "自己提的、自己替人填的，要别的干部批。"
    assert status(cq, key) is BenefitStatus.PROPOSED


def test_of_two_officers_at_once_the_first_decides(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    opens(pair[0], key)
    opens(pair[1], key)
    pair[0].taps("提议给")
    assert pair[1].taps("不批")[-1] == "为什么不批？选一个或自己写。"
    third = cq.officer("吴刚", scope="50")
    opens(third, key)
    third.taps("批准")
    assert pair[1].says("情况对不上")[0] == "B-0001刚被别人办了，或者本人撤回了。"
    assert status(cq, key) is BenefitStatus.APPROVED


def test_without_an_identity_nothing_is_granted(cq: City, pair: tuple[Person, Person]) -> None:
    key = handed_in(cq, registered(cq))
    assert "注意：没有身份证号，不能批" in opens(pair[0], key)
    pair[0].taps("提议给")
    assert pair[0].says("人是本人")[0] == "没有身份证号，不能往下办。先看证，录号。"
    opens(pair[0], key)
    pair[0].taps("录身份证号")
    heard = pair[0].says(GUIFANG_ID)
    assert heard[0] == "记好了，尾号0021。"
    assert "身份证尾号0021" in heard[1]


def test_an_officer_is_told_that_a_number_is_anothers(
    cq: City, pair: tuple[Person, Person]
) -> None:
    registered(cq, name="王大力", number=OTHER_ID)
    opens(pair[0], handed_in(cq, registered(cq)))
    pair[0].taps("录身份证号")
    assert pair[0].says(OTHER_ID)[0].startswith("尾号0018在名册上是王*力的，没记。")


def test_a_claim_alone_needs_a_reason(cq: City, pair: tuple[Person, Person]) -> None:
    person = registered(cq, number=GUIFANG_ID, categories=())
    asked = {"还交不交": "1"}
    key = handed_in(cq, person, **asked)
    assert "注意：照文件不符合" in opens(pair[0], key)
    assert pair[0].taps("提议给") == ["有没对上的地方。为什么还是给？写一句，要留底。"]
    assert pair[0].says("村里证明过") == ["B-0001提上去了，等第二个干部批。"]
    assert "（村里证明过）" in opens(pair[1], key)


def test_less_than_the_rule_gives_needs_a_reason_and_more_is_refused(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    opens(pair[0], key)
    pair[0].taps("改金额")
    assert pair[0].says("两百左右")[0] == "金额没看明白，写准数。"
    pair[0].says("200")
    assert pair[0].says("多给点")[0] == "金额要大于0，不能高过文件的数。"
    opens(pair[0], key)
    pair[0].taps("改金额")
    pair[0].says("150")
    pair[0].says("票上只有150能认")
    opens(pair[1], key)
    pair[1].taps("批准")
    assert "150.00元" in guifang.listens()[0]


def test_what_is_sent_back_is_corrected_and_handed_in_under_its_number(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    opens(pair[0], key)
    pair[0].taps("退回改")
    assert pair[0].says("2") == ["B-0001退回去了：票价对不上"]
    assert guifang.listens() == ["打工车票补贴要改一下：票价对不上。编号B-0001。"]
    assert guifang.taps("改好再交")[0] == "干部说要改：票价对不上"
    guifang.taps("票价")
    assert "票价：188.00元" in guifang.says("188")[-1]
    assert guifang.says("1")[0].startswith("交上去了，编号B-0001。")
    (application,) = applications_in(cq)
    assert (application.status, application.amount_fen) == (BenefitStatus.SUBMITTED, 18800)


def test_a_refusal_is_told_with_its_reason_and_a_person_to_ask(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    opens(pair[0], handed_in(cq, guifang))
    pair[0].taps("不批")
    pair[0].says("区里已经包车送了")
    assert guifang.listens() == [
        "打工车票补贴没批：区里已经包车送了。不明白就按0找真人。编号B-0001。"
    ]


def test_the_last_step_can_be_taken_back_on_the_same_day(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    granted(cq, key, pair)
    opens(pair[1], key)
    pair[1].taps("撤回上一步")
    assert status(cq, key) is BenefitStatus.PROPOSED
    assert guifang.listens()[-1].startswith("打工车票补贴刚才说的不算")
    opens(pair[1], key)
    pair[1].taps("批准")
    cq.clock.advance(timedelta(days=1))
    opens(pair[1], key)
    assert "撤回上一步" not in pair[1].buttons()


def test_a_payment_is_not_noted_before_the_approval_or_for_tomorrow(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    key = handed_in(cq, guifang)
    granted(cq, key, pair)
    opens(pair[0], key)
    pair[0].taps("钱发了")
    assert pair[0].says("昨天")[0] == "日子不对：不能在批准以前，也不能在今天以后。"
    assert status(cq, key) is BenefitStatus.APPROVED


def test_a_broken_promise_goes_up(cq: City, guifang: Person) -> None:
    cq.officer("区里", scope="500240")
    city_officer = cq.officer("市里", scope="50")
    handed_in(cq, guifang)
    cq.pass_time(days=4)
    assert "超时没答复：B-0001（补贴）" in "".join([*city_officer.listens(), city_officer.heard])


@pytest.mark.parametrize("action", ["benefit"])
def test_a_garbled_button_shows_nothing(pair: tuple[Person, Person], action: str) -> None:
    assert pair[0].presses(f"a:{action}:nonsense") == ["没有这一件，或者不归您管。"]


def test_a_draft_is_nobody_elses_business(
    cq: City, guifang: Person, pair: tuple[Person, Person]
) -> None:
    fill_in(guifang)
    (draft,) = applications_in(cq)
    assert opens(pair[0], draft.id) == "没有这一件，或者不归您管。"
