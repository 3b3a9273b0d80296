from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from bot.services.follow_up import applications
from storage.models import Application, AuditEntry, Consent, Employment
from storage.states import ApplicationStatus, Decision, Purpose, Source
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.job_world import add_address, add_firm, add_vacancy, add_worker, close

SENT = "报好了。厂里2天没打给你，我来催。"
AGAIN = "已经报好了，不用再点。厂里2天没打给你，我来催。"


@pytest.fixture
def boss(city: City) -> Person:
    """Somebody who speaks for 宏达制衣."""
    return city.person("厂长")


@pytest.fixture
def key(city: City, boss: Person) -> str:
    """An open vacancy of 宏达制衣 for people up to 55."""

    def work(uow: UnitOfWork) -> str:
        now = city.clock.now()
        page = add_address(uow, city.account_id, now, boss.address)
        return add_vacancy(uow, now, add_firm(uow, now, address=page), age_max=55).id.hex

    found = city.run(work)
    city.database.read(city.deployment.board.refresh)
    return found


def registered(city: City, *, birth_year: int | None = 1974, name: str = "陈桂芳") -> Person:
    person = city.person(name)

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        address = add_address(uow, city.account_id, now, person.address)
        add_worker(uow, now, address=address, name=name, birth_year=birth_year)

    city.run(work)
    return person


def states(city: City) -> list[ApplicationStatus]:
    return city.run(lambda uow: list(uow.session.scalars(select(Application.status))))


def test_one_tap_and_one_consent_send_the_application(city: City, boss: Person, key: str) -> None:
    guifang = registered(city)
    assert guifang.presses(f"a:apply:{key}") == ["把名字电话给宏达制衣？不想去随时说。"]
    assert not any("13900001111" in text for text in boss.listens())
    assert guifang.says("1") == [SENT]
    told = boss.listens()
    assert "陈桂芳报名，电话13900001111" in told[0]
    assert states(city) == [ApplicationStatus.SENT]


def test_a_double_tap_applies_once(city: City, boss: Person, key: str) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    guifang.says("1")
    assert guifang.says("1") == [AGAIN]
    assert guifang.presses(f"a:apply:{key}") == [AGAIN]
    assert len(boss.listens()) == 1


def test_a_tap_and_then_its_digit_apply_once(city: City, key: str) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    guifang.taps("给")
    assert guifang.says("1") == [AGAIN]


def test_the_view_of_name_and_phone_is_audited(city: City, key: str) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    guifang.says("1")
    actions = city.run(lambda uow: list(uow.session.scalars(select(AuditEntry.action))))
    assert "application_contact_passed" in actions


def test_declining_keeps_the_firm_in_the_dark(city: City, boss: Person, key: str) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    assert guifang.says("2") == ["好，不给。厂里啥也看不到。想好了再报，要人帮就按0。"]
    assert boss.listens() == []
    assert states(city) == [ApplicationStatus.INTERESTED]

    def decisions(uow: UnitOfWork) -> list[Decision]:
        asked = select(Consent.decision).where(Consent.purpose == Purpose.PASS_CONTACT)
        return list(uow.session.scalars(asked))

    assert city.run(decisions) == [Decision.DECLINED]
    guifang.presses(f"a:apply:{key}")
    assert guifang.says("1") == [SENT]


def test_the_year_of_birth_is_asked_only_when_the_age_limit_decides(city: City, key: str) -> None:
    guifang = registered(city, birth_year=None)
    heard = guifang.presses(f"a:apply:{key}")
    assert heard[0] == "这家只要55岁以下的。"
    assert guifang.says("74年") == ["把名字电话给宏达制衣？不想去随时说。"]


def test_an_age_that_does_not_fit_is_told_kindly_with_other_work(city: City, key: str) -> None:
    def another(uow: UnitOfWork) -> None:
        add_vacancy(uow, city.clock.now(), add_firm(uow, city.clock.now(), name="乙厂"))

    city.run(another)
    city.database.read(city.deployment.board.refresh)
    old = registered(city, birth_year=1960)
    heard = old.presses(f"a:apply:{key}")
    assert heard[0] == "这家限年纪，你的年纪对不上，不怪你。看看别的："
    assert "乙厂" in heard[1]
    assert states(city) == [ApplicationStatus.INTERESTED]


def test_a_vacancy_closed_between_question_and_answer_is_not_applied_for(
    city: City, boss: Person, key: str
) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    city.run(lambda uow: close(uow, city.deployment, UUID(key)))
    assert guifang.says("1")[0] == "这家招满了，给你看别的。"
    assert states(city) == [ApplicationStatus.INTERESTED]
    assert boss.listens() == []


def test_somebody_unknown_is_asked_for_consent_before_anything_is_kept(
    city: City, boss: Person, key: str
) -> None:
    city.officer()
    guifang = city.person("新来的")
    guifang.says("你好")
    guifang.says("踩平车 只在中江 要四千")
    guifang.says("1")
    guifang.taps("报名")
    assert states(city) == []
    guifang.says("1")
    guifang.says("74年")
    guifang.says("陈桂芳")
    assert guifang.says("13900002222") == ["把名字电话给宏达制衣？不想去随时说。"]
    assert guifang.says("1") == [SENT]
    assert guifang.says("1") == [AGAIN]
    assert "陈桂芳报名，电话13900002222" in boss.listens()[0]


def test_my_applications_are_told_in_plain_words_and_can_be_withdrawn(
    city: City, boss: Person, key: str
) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    guifang.says("1")
    boss.listens()
    assert guifang.says("不想去了") == ["平车工真不去了？厂里会晓得。"]
    assert guifang.says("1") == ["好，跟厂里说了，不怪你。"]
    assert "陈*芳说不来了" in boss.listens()[0]
    assert states(city) == [ApplicationStatus.WITHDRAWN]


def test_a_withdrawal_can_be_thought_over(city: City, key: str) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    guifang.says("1")
    guifang.says("不想去了")
    assert guifang.says("还是去") == ["要得，还给你留着。"]
    assert states(city) == [ApplicationStatus.SENT]


def test_a_refusal_by_the_firm_is_told_kindly_with_a_way_on(city: City, key: str) -> None:
    guifang = registered(city)
    guifang.presses(f"a:apply:{key}")
    guifang.says("1")

    def reject(uow: UnitOfWork) -> None:
        application = uow.session.scalars(select(Application)).one()
        applications.mark(
            uow,
            city.deployment,
            application,
            ApplicationStatus.REJECTED,
            source=Source.ENTERPRISE,
        )

    city.run(reject)
    assert guifang.listens() == ["宏达制衣这回没选你（平车工），不是你不好。还有别的活。"]
    assert guifang.buttons() == ["看新的活"]
    assert guifang.says("1")[0].startswith("开着的都给你看过了") or guifang.buttons()


def hired(city: City, person: Person, key: str, *, source: Source) -> None:
    """Let somebody apply and be hired on somebody's word."""
    city.officer()
    person.presses(f"a:apply:{key}")
    person.says("1")

    def hire(uow: UnitOfWork) -> None:
        application = uow.session.scalars(select(Application)).one()
        applications.mark(uow, city.deployment, application, ApplicationStatus.HIRED, source=source)

    city.run(hire)
    person.listens()


def spells(city: City) -> list[tuple[bool, bool]]:
    """Return of each spell whether it has ended and whether it is disputed."""
    rows = city.run(lambda uow: list(uow.session.scalars(select(Employment))))
    return [(row.ended_on is not None, row.disputed) for row in rows]


def test_who_was_hired_and_never_went_can_say_so(city: City, key: str) -> None:
    guifang = registered(city)
    hired(city, guifang, key, source=Source.ENTERPRISE)
    assert guifang.says("不去了") == ["平车工真不去了？干部会来问你一声。"]
    assert guifang.says("1") == ["好，不去了。想看别的活，说“找活”。"]
    assert spells(city) == [(False, True)]


def test_who_worked_there_and_leaves_is_out_of_work(city: City, key: str) -> None:
    guifang = registered(city)
    hired(city, guifang, key, source=Source.WORKER)
    guifang.says("不去了")
    assert guifang.says("1")[0].startswith("记下：没做了。")
    assert spells(city) == [(True, False)]


def test_the_way_out_stands_in_the_list_of_somebody_hired(city: City, key: str) -> None:
    guifang = registered(city)
    hired(city, guifang, key, source=Source.ENTERPRISE)
    guifang.says("菜单")
    guifang.taps("我报的名")
    assert guifang.buttons() == ["平车工不想去了", "再找活", "找真人"]


@pytest.mark.parametrize("name", ["apply", "look"])
def test_a_garbled_button_gets_a_clear_answer(city: City, name: str) -> None:
    guifang = registered(city)
    assert guifang.presses(f"a:{name}:nonsense")[0] == "这家招满了，给你看别的。"


@pytest.mark.parametrize("name", ["refuse", "gap", "gap_yes", "gap_words"])
def test_a_garbled_button_changes_nothing(city: City, name: str) -> None:
    guifang = registered(city)
    assert guifang.presses(f"a:{name}:nonsense")[0] in {
        "这个按钮过时了。",
        "这家招满了，给你看别的。",
    }
