from __future__ import annotations

from uuid import UUID

import pytest

from bot.messages import Inbound
from bot.services.sending import deep_links
from storage.models import Vacancy
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person, deliver
from tests.services import job_world
from tests.worker_world import draft_at, registered

NANHUA = "510623101"


def vacancy_in(city: City, *, status: VacancyStatus = VacancyStatus.PUBLISHED) -> Vacancy:
    def add(uow: UnitOfWork) -> Vacancy:
        now = city.clock.now()
        return job_world.add_vacancy(uow, now, job_world.add_firm(uow, now), status=status)

    vacancy = city.run(add)
    city.app.refresh_board()
    return vacancy


def reference(vacancy: Vacancy) -> str:
    return f"V-{vacancy.number:04d}"


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer("周明", scope="510623")


def test_an_officer_makes_a_poster_for_a_village(city: City, officer: Person) -> None:
    heard = officer.says("/poster 南华镇")
    assert heard[0] == ("贴在南华镇，扫了就找周干部：\nhttp://127.0.0.1:8000/join/t_510623101")
    assert officer.heard_bodies[0].link == "/qr/t_510623101.svg"
    assert officer.row().step == "menu.officer"


def test_the_menu_leads_to_posters_from_inviting(city: City, officer: Person) -> None:
    officer.says("/menu")
    officer.taps("请同事")
    officer.taps("海报")
    assert "t_510623" in officer.says("中江县")[0]


def test_a_poster_of_a_vacancy_shows_the_links_of_both_channels(
    city: City, officer: Person
) -> None:
    vacancy = vacancy_in(city)
    city.run(lambda uow: uow.records.store_setting("telegram.name:510600", "deyang_bot"))
    heard = officer.says(f"/poster {reference(vacancy)}")
    token = deep_links.vacancy_token(vacancy.id.hex)
    assert heard[0].endswith(f"/join/{token}")
    assert heard[1].endswith(f"https://t.me/deyang_bot?start={token}")
    assert len(token) <= 64


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("没这地方", "没有这个地方。写县、镇的全名，或者6位、9位代码。"),
        ("广汉", "那里不归你管，做不了。"),
        ("V-0099999", "没有这个招工，或者不归你管。看看号对不对。"),
    ],
)
def test_a_wrong_place_or_number_is_refused_with_its_reason(
    city: City, officer: Person, words: str, error: str
) -> None:
    assert officer.says(f"/poster {words}") == [error]


def test_a_city_is_too_wide_and_a_closed_vacancy_gets_no_poster(city: City) -> None:
    officer = city.officer("周明", scope="5106")
    vacancy = vacancy_in(city, status=VacancyStatus.FILLED)
    assert officer.says("/poster 德阳市") == ["太大了，写到县或者镇。"]
    assert officer.says(f"/poster {reference(vacancy)}") == ["这个招工没在招，做不了海报。"]


def test_a_village_poster_takes_the_place_for_home_and_names_its_officer(
    city_on_both: City,
) -> None:
    city = city_on_both
    city.officer("吴丽", scope="5106")
    city.officer("周明", scope=NANHUA)
    stranger = city.person("stranger")
    heard = stranger.says(f"/start t_{NANHUA}")
    assert "周干部" in heard[1]
    assert heard[2:] == ["记着你老家在南华镇，不对就说。", "你会做啥？想去哪儿？"]
    assert draft_at(stranger).home == NANHUA


def test_a_poster_changes_nothing_for_whoever_is_registered(city: City) -> None:
    guifang = city.person("guifang")
    registered(guifang)
    guifang.says("/start t_510681")
    assert draft_at(guifang).home == NANHUA
    assert guifang.row().step == "menu.worker"


def test_a_vacancy_poster_shows_that_vacancy_after_the_introduction(city_on_both: City) -> None:
    city = city_on_both
    vacancy = vacancy_in(city)
    stranger = city.person("stranger")
    heard = stranger.says(f"/start v_{vacancy.id.hex}")
    assert heard[0].startswith("我是德阳市人社局的找活助手")
    assert "4000—5500元" in heard[-1]
    assert stranger.buttons()[:2] == ["报名", "换一个"]


def test_a_vacancy_that_closed_says_so_and_the_search_goes_on(city: City) -> None:
    vacancy = vacancy_in(city, status=VacancyStatus.FILLED)
    other = vacancy_in(city)
    guifang = city.person("guifang")
    registered(guifang)
    heard = "\n".join(guifang.says(f"/start v_{vacancy.id.hex}"))
    assert "招满" in heard or "没了" in heard or "没招" in heard
    assert "4000—5500元" in heard
    assert other.id != vacancy.id


@pytest.mark.parametrize(
    "token", ["v_zz", f"v_{UUID(int=7).hex}", "t_999999", "t_5106", "t_", "x_1", "o", ""]
)
def test_a_link_that_leads_nowhere_starts_as_always(city: City, token: str) -> None:
    assert city.person("stranger").says(f"/start {token}")[-1] == "你会做啥？想去哪儿？"


def test_join_opens_what_start_opens(city: City) -> None:
    assert "/join t_" not in city.person("stranger").says(f"/join t_{NANHUA}")[-1]
    other = city.person("other")
    other.says(f"/join t_{NANHUA}")
    assert draft_at(other).home == NANHUA


def shares(
    city: City,
    person: Person,
    *,
    phone: str | None = None,
    position: tuple[float, float] | None = None,
) -> list[str]:
    inbound = Inbound(
        external_id=f"{person.address}:{city.next_id()}",
        address=person.address,
        phone=phone,
        position=position,
    )
    deliver(city, inbound)
    return person.listens()


def test_a_shared_number_answers_the_question_for_it(city_on_both: City) -> None:
    guifang = city_on_both.person("guifang")
    registered(guifang)
    guifang.says("换个电话")
    assert guifang.row().step == "profile.phone"
    shares(city_on_both, guifang, phone="+86 139 1111 2222")
    assert draft_at(guifang).phone == "13911112222"


def test_a_number_from_elsewhere_is_not_kept(city: City) -> None:
    guifang = city.person("guifang")
    registered(guifang)
    guifang.says("换个电话")
    heard = shares(city, guifang, phone="+44 20 7946 0000")
    assert heard[0] == "这个号打不通国内电话，写个手机号吧。"
    assert draft_at(guifang).phone == "13900001234"


def test_a_shared_position_is_repeated_back_as_a_county_and_never_kept(
    city_on_both: City,
) -> None:
    city = city_on_both
    guifang = city.person("guifang")
    registered(guifang)
    guifang.says("改老家")
    assert guifang.row().step == "profile.home"
    heard = shares(city, guifang, position=(30.98, 104.29))
    assert heard == ["老家在德阳广汉市？位置我没存，只看是哪个县。"]
    assert "30.98" not in repr(guifang.row().answers)
    guifang.taps("对")
    assert draft_at(guifang).home == "510681"


def test_a_position_that_is_no_home_can_be_refused(city: City) -> None:
    guifang = city.person("guifang")
    registered(guifang)
    guifang.says("改老家")
    shares(city, guifang, position=(30.98, 104.29))
    assert guifang.taps("不是") == ["老家在哪个县、哪个镇？"]
    assert draft_at(guifang).home == NANHUA


def test_a_position_abroad_or_unasked_changes_nothing(city: City) -> None:
    guifang = city.person("guifang")
    registered(guifang)
    assert shares(city, guifang, position=(30.98, 104.29)) == ["这会儿不用发位置，我也没记。"]
    guifang.says("改老家")
    assert shares(city, guifang, position=(48.85, 2.35))[0] == "看不出是哪个县，写个地名吧。"
    assert draft_at(guifang).home == NANHUA
