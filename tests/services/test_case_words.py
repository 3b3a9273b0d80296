from __future__ import annotations

from bot.services.cases import cases
from bot.services.cases.case_messages import matters_line
from bot.services.cases.case_words import LONGEST, added_words
from storage.states import Matter, WorkerStatus
from tests.chat import City
from tests.officer_world import add_worker, open_case, read_case


def test_the_first_words_stay_and_the_newest_stand_last() -> None:
    assert added_words("工资没给", "手压断了") == "工资没给\n手压断了"


def test_nothing_is_said_twice() -> None:
    assert added_words("工资没给\n找活", "工资没给") == "工资没给\n找活"
    assert added_words("工资没给\n找活\n在不在", "找活") == "工资没给\n在不在\n找活"


def test_words_about_pay_outlast_others_where_room_is_short() -> None:
    words = "头一句\n欠我两个月\n"
    for number in range(40):
        words = added_words(words, f"第{number}句" + "说" * 30)
    assert len(words) <= LONGEST
    assert words.splitlines()[:2] == ["头一句", "欠我两个月"]
    assert words.splitlines()[-1].startswith("第39句")


def test_a_very_long_line_leaves_room_for_the_next() -> None:
    words = added_words("说" * 2_000, "工资没给")
    assert len(words) <= LONGEST
    assert words.endswith("\n工资没给")


def test_unpaid_wages_stay_unpaid_wages_when_a_matter_is_added(city: City) -> None:
    city.officer()
    person = city.person("桂芳")
    add_worker(city, person)
    case_id = open_case(city, person, Matter.GRIEVANCE, words="工资两个月没发")
    open_case(city, person, Matter.UNEMPLOYMENT, words="没搞了")
    open_case(city, person, Matter.QUESTION, words="问个事")
    case = read_case(city, case_id)
    assert matters_line(city.deployment, case, "zh") == "欠薪+没活+要找人"
    assert case.words == "工资两个月没发\n没搞了\n问个事"


def test_a_distant_home_belongs_to_an_officer_of_the_bureau(city: City) -> None:
    officer = city.officer(scope="5106")
    person = city.person("远方")
    add_worker(city, person, home="510116", status=WorkerStatus.EMPLOYED)
    case_id = open_case(city, person, Matter.GRIEVANCE, words="工资没发")
    assert any("欠薪" in line for line in officer.listens())
    assert read_case(city, case_id).officer_id == officer.as_officer().id
    key = officer.as_officer().id
    visible = city.run(
        lambda uow: cases.visible_case(uow, city.deployment, uow.officers.need(key), case_id)
    )
    assert visible is not None
    listed = city.run(lambda uow: uow.cases.in_scope(scope="5106", limit=9))
    assert [one.case.id for one in listed] == [case_id]


def test_a_home_with_an_officer_stays_hidden_from_the_bureau_next_door(city: City) -> None:
    officer = city.officer(scope="5106")
    city.officer("吴丽", scope="5101")
    person = city.person("远方")
    add_worker(city, person, home="510116")
    case_id = open_case(city, person, Matter.GRIEVANCE, words="工资没发")
    key = officer.as_officer().id
    hidden = city.run(
        lambda uow: cases.visible_case(uow, city.deployment, uow.officers.need(key), case_id)
    )
    assert hidden is None
