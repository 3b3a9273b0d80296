from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.ranking import learning
from bot.services.ranking.learning import built_in
from bot.services.sending.deliveries import action_data
from matching.learning.model import Learned, Verdict
from tests.chat import City, Person
from tests.officer_world import audited
from tests.ranking_answers import BUREAU, add_answers, learned

OFF_BUTTON = action_data("ranking_weights", "off")


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer("周明", scope="5106")


def teach(city: City, found: Learned | None = None) -> None:
    city.clock.advance(timedelta(days=1))
    city.run(lambda uow: learning.keep(uow, city.deployment, found or learned()))


def is_in_force(city: City) -> bool:
    return city.run(lambda uow: learning.state_of(uow, city.deployment)).in_force


def test_before_anything_is_learnt_the_built_in_weights_are_shown(officer: Person) -> None:
    (heard,) = officer.says("/weights")
    lines = heard.splitlines()
    assert lines[0] == "现在按原来的轻重排活："
    assert "工资够不够 2.0（原来2.0）" in lines
    assert len(lines) == 2 + len(built_in())
    assert lines[-1] == "还没人回话。满300次、50人才学。"
    assert officer.buttons() == ["算了"]


def test_learnt_weights_stand_beside_the_built_in_ones(city: City, officer: Person) -> None:
    teach(city)
    (heard,) = officer.says("/权重")
    assert heard.startswith("现在按学来的轻重排活：")
    assert "包不包住 6.0（原来1.0）" in heard
    assert "11月24日学的，80人回了600次话。" in heard
    assert "猜得比原来准（误差0.512，原来0.587）。" in heard
    assert officer.buttons() == ["关掉学来的", "算了"]


def test_an_officer_switches_learnt_weights_off_and_on(city: City, officer: Person) -> None:
    add_answers(city, workers=6, each=3)
    teach(city)
    officer.says("/weights")
    (preview,) = officer.taps("关掉")
    assert preview == "最近6份单子，换了有3份头一个活不一样。换不换？"
    assert is_in_force(city)
    assert officer.taps("关掉") == ["关掉了，下一份单子就按原来的排。"]
    assert not is_in_force(city)
    assert officer.says("/weights")[0].startswith("学来的关了，现在按原来的轻重排活：")
    officer.taps("打开学来的")
    assert officer.says("1") == ["打开了，下一份单子就按学来的排。"]
    assert is_in_force(city)
    assert audited(city, "learned_weights_off") == audited(city, "learned_weights_on") == 1


def test_the_next_list_goes_by_what_was_switched(city: City, officer: Person) -> None:
    teach(city)
    city.app.refresh_board()
    board = city.deployment.board
    assert board.weights_of(BUREAU).lodging == 6.0
    officer.says("/weights")
    officer.taps("关掉")
    officer.taps("关掉")
    city.app.refresh_board()
    assert board.weights_of(BUREAU).lodging == built_in()["lodging"]


def test_switching_is_undone_with_one_press(city: City, officer: Person) -> None:
    teach(city)
    officer.says("/weights")
    officer.taps("关掉")
    officer.taps("关掉")
    assert officer.taps("改回去") == ["打开了，下一份单子就按学来的排。"]
    assert is_in_force(city)


def test_a_second_press_of_the_same_undo_changes_nothing(city: City, officer: Person) -> None:
    teach(city)
    assert officer.presses(OFF_BUTTON) == ["关掉了，下一份单子就按原来的排。"]
    assert officer.presses(OFF_BUTTON) == ["早就是这样，没动。"]
    assert audited(city, "learned_weights_off") == 1


def test_without_any_lists_the_preview_says_so(city: City, officer: Person) -> None:
    teach(city)
    officer.says("/weights")
    heard = officer.taps("关掉")
    assert heard == ["最近没有给人看过单子，换了看不出差别。换不换？"]


def test_a_preview_may_be_left_without_a_change(city: City, officer: Person) -> None:
    teach(city)
    officer.says("/weights")
    officer.taps("关掉")
    assert officer.taps("不动")[0].startswith("现在按学来的轻重排活：")
    officer.taps("算了")
    assert officer.row().step == "menu.officer"
    assert is_in_force(city)


def test_weights_that_are_no_better_are_shown_as_unused(city: City, officer: Person) -> None:
    teach(city, learned(Verdict.NOT_BETTER))
    (heard,) = officer.says("/weights")
    assert "猜得没原来准（误差0.512，原来0.587），没用。" in heard
    assert "包不包住 1.0（原来1.0）" in heard
    assert officer.buttons() == ["算了"]


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.TOO_FEW_ANSWERS, "太少，满300次、50人才用。"),
        (Verdict.TOO_FEW_WORKERS, "太少，满300次、50人才用。"),
        (Verdict.ONE_SIDED, "回的都一样，学不出来。"),
    ],
)
def test_why_nothing_is_used_is_said(
    city: City, officer: Person, verdict: Verdict, words: str
) -> None:
    teach(city, learned(verdict))
    assert officer.says("/weights")[0].endswith(words)


def test_a_countys_officer_sees_the_weights_and_cannot_switch(city: City) -> None:
    teach(city)
    officer = city.officer("王芳", scope="510623")
    assert "包不包住 6.0" in officer.says("/weights")[0]
    assert officer.buttons() == ["算了"]
    assert officer.presses(OFF_BUTTON) == ["这是全市的，要管全市的干部来换。"]
    assert is_in_force(city)


def test_a_worker_sees_no_weights(city: City) -> None:
    teach(city)
    worker = city.person("guifang")
    assert not any("轻重" in one for one in worker.says("/weights"))
    worker.presses(OFF_BUTTON)
    assert is_in_force(city)


def test_it_is_said_in_english_as_well(city: City) -> None:
    officer = city.officer("周明", scope="5106")
    teach(city)
    officer.says("/lang en")
    heard = "\n".join(officer.says("/weights"))
    assert "Lodging 6.0 (built in 1.0)" in heard
    assert officer.buttons()[0] == "Switch learnt ones off"
