from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from storage.models import Case
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.officer_world import GUANGHAN, ZHONGJIANG, add_firm, add_worker


def all_cases(city: City) -> list[Case]:
    def read(uow: UnitOfWork) -> list[Case]:
        return [row.case for row in uow.cases.in_scope(scope="51", limit=50)]

    return city.run(read)


def test_zero_names_the_officer_of_the_area_and_a_time(city: City) -> None:
    city.officer("周明", scope="5106")
    city.officer("吴丽", scope=ZHONGJIANG)
    person = city.person("桂芳")
    add_worker(city, person)
    assert person.says("0") == ["已经告诉吴干部，今天17点前打给你。急事就打局里座机0838-2500000。"]
    assert person.buttons() == ["继续"]


def test_somebody_without_a_phone_is_answered_in_the_chat(city: City) -> None:
    city.officer("周明", scope="5106")
    assert (
        city.person("newcomer")
        .says("找真人")[-1]
        .startswith("已经告诉周干部，今天17点前在这儿回你。")
    )


def test_after_hours_the_answer_says_when(city: City) -> None:
    city.officer("周明", scope="5106")
    person = city.person("桂芳")
    add_worker(city, person, home=GUANGHAN)
    city.clock.advance(timedelta(hours=11))
    assert person.says("0")[0].startswith("干部这会儿下班了。已经告诉周干部，明天10点前打给你。")


def test_pressing_zero_again_opens_no_second_case_and_is_answered_differently(
    city: City,
) -> None:
    officer = city.officer("周明", scope="5106")
    person = city.person("桂芳")
    add_worker(city, person)
    answers = [person.says("0")[0] for _ in range(4)]
    assert len(all_cases(city)) == 1
    assert all(one != other for one, other in pairwise(answers))
    assert len(officer.listens()) == 1


def test_the_open_question_comes_back_with_go_on(city: City) -> None:
    city.officer("周明", scope="5106")
    person = city.person("桂芳")
    question = person.says("你好")[-1]
    before = person.row().step
    person.says("0")
    person.says("0")
    assert person.says("1")[-1] == question
    assert person.row().step == before


def test_the_officer_reads_what_was_asked_and_typed(city: City) -> None:
    officer = city.officer("周明", scope="5106")
    person = city.person("桂芳")
    question = person.says("你好")[-1]
    person.says("我要找真人问社保")
    told = officer.listens()[0]
    assert question.split("\n")[0][:10] in told
    assert "我要找真人问社保" in told


def test_a_city_without_officers_still_answers(city: City) -> None:
    person = city.person("桂芳")
    assert person.says("0")[-1] == "这里还没有干部接手。急事就打局里座机0838-2500000。"


def test_a_firm_gets_a_person_too(city: City) -> None:
    officer = city.officer("周明", scope="5106")
    boss = city.person("boss")
    add_firm(city, speaker=boss)
    assert "周干部" in boss.says("0")[-1]
    assert "宏达制衣" in officer.listens()[0]


def test_an_officer_is_told_who_stands_above(city: City) -> None:
    city.officer("周明", scope="5106")
    near = city.officer("吴丽", scope=ZHONGJIANG)
    assert near.says("0")[0].startswith("上面是周明")


def test_an_answer_to_the_open_question_is_taken_without_go_on(city: City) -> None:
    city.officer("周明", scope="5106")
    person = city.person("桂芳")
    person.says("你好")
    person.says("0")
    answer = person.says("踩平车 在中江")
    assert "已经告诉" not in "".join(answer)
    assert person.row().step != "help.called"
