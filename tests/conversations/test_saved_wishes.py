"""Nothing fits: what keeps most away, and an offer to tell once something does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.ranking import saved_wishes
from bot.services.ranking.changes import Condition
from storage.models import SavedWish
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.job_world import DONGGUAN, WELDING, add_firm, add_vacancy
from tests.worker_world import GUIFANG, registered

NOTHING = "现在没得合适的活。有合适的就告诉你？"
SAVED = "要得，2月21日前有合适的就告诉你。30天没用，先问你再删。"


@pytest.fixture
def guifang(city: City) -> Person:
    """A registered sewer who stays in her county."""
    person = city.person("桂芳")
    person.says("你好")
    registered(person)
    return person


def opened(city: City, count: int = 1, **parts: object) -> None:
    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        for _ in range(count):
            add_vacancy(uow, now, add_firm(uow, now), **parts)  # type: ignore[arg-type]

    city.run(work)


def wishes(city: City) -> list[SavedWish]:
    return city.run(lambda uow: list(uow.session.query(SavedWish)))


def test_who_finds_nothing_is_told_once_something_fits(city: City, guifang: Person) -> None:
    assert guifang.says("找活") == [NOTHING]
    assert guifang.taps("要") == [SAVED]
    opened(city)
    city.pass_time(minutes=2)
    heard = guifang.listens()
    assert heard == [
        "你等的活有了：4000—5500元（计件） | 南华镇，同镇 | 管饭，住没说 | 平车工\n"
        "为啥给你：会缝纫工的活，钱够，就在本镇"
    ]
    assert guifang.buttons() == ["报名", "不合适", "帮我问住宿"]


@pytest.mark.parametrize("words", ["1", "要得", "要"])
def test_words_for_yes_save_the_wish(city: City, guifang: Person, words: str) -> None:
    guifang.says("找活")
    assert guifang.says(words) == [SAVED]
    assert len(wishes(city)) == 1


def test_who_does_not_want_it_waits_for_nothing(city: City, guifang: Person) -> None:
    guifang.says("找活")
    assert guifang.says("2") == ["想看活随时来，说“找活”就行。"]
    assert wishes(city) == []


def test_zero_fetches_a_person(city: City, guifang: Person) -> None:
    city.officer()
    guifang.says("找活")
    assert "周干部" in "".join(guifang.says("0"))
    assert wishes(city) == []


def test_saying_it_twice_saves_it_once(city: City, guifang: Person) -> None:
    guifang.says("找活")
    guifang.taps("要")
    assert guifang.says("1") == ["已经记下了，有合适的就告诉你。"]
    assert len(wishes(city)) == 1


@pytest.mark.parametrize(
    ("parts", "said", "way"),
    [
        ({"wage": (2000, 2500)}, "没有合你意的。主要卡在工资，不讲究工资有2个。", "不讲究工资"),
        ({"town": None, "adcode": DONGGUAN}, "没有合你意的。主要卡在地方，走远点有2个。",
         "远点的看看"),
        ({"trade": WELDING}, "没有合你意的。主要卡在手艺，要会电焊工的有2个。", "想学，问干部"),
    ],
)  # fmt: skip
def test_the_single_condition_that_keeps_most_away_is_asked_about(
    city: City, guifang: Person, parts: dict[str, object], said: str, way: str
) -> None:
    opened(city, 2, **parts)
    assert guifang.says("找活") == [said]
    assert guifang.buttons() == [way, "等合适的", "找真人"]


def test_who_wants_to_let_nothing_go_is_offered_to_be_told(city: City, guifang: Person) -> None:
    opened(city, wage=(2000, 2500))
    guifang.says("找活")
    assert guifang.taps("等合适的") == ["有合适的就告诉你？"]
    assert guifang.taps("要") == [SAVED]
    assert saved_wishes.let_go_in(wishes(city)[0].wish) == []


def test_what_was_let_go_in_the_search_is_let_go_in_the_wish(city: City, guifang: Person) -> None:
    opened(city, wage=(2000, 2500))
    guifang.says("找活")
    guifang.taps("不讲究工资")
    guifang.says("换一批")
    guifang.taps("要")
    assert saved_wishes.let_go_in(wishes(city)[0].wish) == [Condition.WAGE]
    assert "在等合适的活（工资不讲究），到2月21日。" in guifang.says("我的信息")


def test_a_stranger_is_asked_for_consent_before_a_wish_is_kept(city: City) -> None:
    stranger = city.person("新来的")
    stranger.says("你好")
    stranger.says("踩平车 只在中江 要四千")
    assert stranger.says("1") == [NOTHING]
    assert "帮你记着" in "".join(stranger.taps("要"))
    assert wishes(city) == []
    assert stranger.taps("同意") == [SAVED]
    assert len(wishes(city)) == 1


def test_a_wish_is_seen_and_ended_under_my_information(city: City, guifang: Person) -> None:
    guifang.says("找活")
    guifang.taps("要")
    assert "在等合适的活，到2月21日。" in guifang.says("我的信息")
    assert guifang.taps("不等了") == ["好，不等了。想看活说“找活”。"]
    assert "不等了" not in "".join(guifang.says("我的信息") + guifang.buttons())
    opened(city)
    city.pass_time(minutes=2)
    assert guifang.listens() == []


def test_words_that_say_more_search_anew(city: City, guifang: Person) -> None:
    guifang.says("找活")
    opened(city, trade=WELDING)
    assert "平车工" in "".join(guifang.says("会电焊"))


def test_it_is_offered_in_english_too(city: City) -> None:
    person = city.person("Guifang", language="en")
    person.says("hello")
    registered(person, replace(GUIFANG, name="Chen"))
    assert person.says("找活") == ["Nothing fits right now. Shall I tell you when something does?"]
    assert person.taps("Yes")[0].startswith("All right, until 2/21 I tell you")
