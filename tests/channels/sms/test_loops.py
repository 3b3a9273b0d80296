"""Two machines that answer each other: one of them has to stop, and it is ours."""

from __future__ import annotations

from datetime import timedelta

from bot.conversations.loops import ALL_SAID, SAME_SAID
from storage.models import InboundReceipt, ReturnLink
from storage.states import ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.sms_city import SmsCity, SmsPhone
from tests.worker_world import registered

AWAY = "您好，我正在开会，稍后回复您。"


def said(city: SmsCity, key: str) -> str:
    return city.deployment.text(key, "zh")


def write_often(phone: SmsPhone, *texts: str, seconds: int = 1) -> list[list[str]]:
    """Write texts one after the other; return what came back for each."""
    answers = []
    for text in texts:
        phone.city.clock.advance(timedelta(seconds=seconds))
        answers.append(phone.writes(text))
    return answers


def stored(city: SmsCity) -> int:
    def read(uow: UnitOfWork) -> int:
        done = uow.session.query(InboundReceipt).filter_by(status=ReceiptStatus.DONE)
        return done.filter_by(account_id=city.sms_account).count()

    return city.run(read)


def test_a_machine_that_answers_every_text_alike_gets_no_answer_after_the_fourth(
    sms_city_on_both: SmsCity,
) -> None:
    city = sms_city_on_both
    answers = write_often(city.phone(), *[AWAY] * 12)
    assert all(answers[:3])
    assert answers[3] == [said(city, SAME_SAID)]
    assert answers[4:] == [[]] * 8
    assert stored(city) == 12


def test_a_machine_that_counts_its_answers_gets_none_after_twenty(
    sms_city_on_both: SmsCity,
) -> None:
    city = sms_city_on_both
    answers = write_often(city.phone(), *(f"这是第{number}封自动回复" for number in range(30)))
    assert all(answers[:20])
    assert answers[20] == [said(city, ALL_SAID)]
    assert answers[21:] == [[]] * 9
    assert stored(city) == 30


def test_no_links_are_made_for_what_is_not_answered(sms_city: SmsCity) -> None:
    page = sms_city.person("guifang")
    registered(page)
    phone = sms_city.phone()
    write_often(phone, *[AWAY] * 4)
    before = sms_city.run(lambda uow: uow.session.query(ReturnLink).count())
    write_often(phone, *[AWAY] * 6)
    assert sms_city.run(lambda uow: uow.session.query(ReturnLink).count()) == before


def test_half_an_hour_of_quiet_ends_the_silence(sms_city: SmsCity) -> None:
    phone = sms_city.phone()
    write_often(phone, *[AWAY] * 4)
    for _ in range(4):
        assert write_often(phone, AWAY, seconds=29 * 60) == [[]]
    assert write_often(phone, AWAY, seconds=30 * 60)[0]


def test_after_too_many_messages_too_quiet_has_to_last_half_an_hour(sms_city: SmsCity) -> None:
    phone = sms_city.phone()
    write_often(phone, *(f"第{number}封" for number in range(21)))
    assert write_often(phone, "你好", seconds=29 * 60) == [[]]
    assert write_often(phone, "你好", seconds=30 * 60)[0]


def test_whoever_repeats_herself_is_heard_in_other_words(sms_city: SmsCity) -> None:
    phone = sms_city.phone()
    write_often(phone, *["怎么还没消息"] * 6)
    assert phone.writes("我想找个电焊的活")


def test_the_same_words_over_a_day_are_answered_each_time(sms_city: SmsCity) -> None:
    assert all(write_often(sms_city.phone(), *[AWAY] * 8, seconds=4 * 60))


def test_the_same_digit_that_answers_one_question_after_another_is_no_machine(
    sms_city: SmsCity,
) -> None:
    phone = sms_city.phone()
    phone.writes("你好")
    phone.writes("电焊工，去德阳")
    assert all(write_often(phone, *["0"] * 2, *["1"] * 6))


def test_who_complains_of_wages_is_heard_even_after_too_many_messages(sms_city: SmsCity) -> None:
    phone = sms_city.phone()
    write_often(phone, *(f"第{number}封" for number in range(25)))
    assert phone.writes("老板欠我工资不给")
    assert phone.writes("老板欠我工资不给") == []


def test_who_unsubscribes_is_heard_even_after_too_many_messages(sms_city: SmsCity) -> None:
    phone = sms_city.phone()
    write_often(phone, *(f"第{number}封" for number in range(25)))
    assert phone.writes("TD")


def test_what_is_refused_again_and_again_ends_too(sms_city: SmsCity) -> None:
    phone = sms_city.phone()
    words = f"/start r_{'x' * 24}"
    answers = write_often(phone, *[words] * 25)
    assert answers[20] == [said(sms_city, ALL_SAID)]
    assert answers[21:] == [[]] * 4


def test_a_page_may_be_written_to_as_often_as_one_likes(sms_city: SmsCity) -> None:
    page = sms_city.person("guifang")
    assert all(page.says(AWAY) for _ in range(30))
