from __future__ import annotations

from datetime import date

import pytest

from bot.understanding import Context, TextReader
from bot.understanding.messages.calls import read_call

CHECK_IN = Context(
    question="check_in.still_there",
    options=((1, "还在做"), (2, "换了地方"), (3, "没做了"), (0, "找真人")),
)


def test_one_line_gives_trade_place_distance_and_wage(reader: TextReader) -> None:
    reading = reader.read_worker_text("踩平车 屋头有娃 只在中江 要四千")

    assert reading.intent == "find_job"
    assert reading.skills == ("缝纫工",)
    assert reading.migration == "near_home"
    assert reading.locations == ("510623",)
    assert (reading.wage_min, reading.wage_raw) == (4000, "要四千")
    assert reading.not_understood == ""


def test_unpaid_wages_outrank_a_lost_job(reader: TextReader) -> None:
    reading = reader.read_worker_text("没搞了 工资也没给")

    assert reading.intent == "complain_wages"
    assert reading.also == "report_unemployed"
    assert reading.workplace_status == "not_working"


@pytest.mark.parametrize("text", ["74年", "七四年的", "1974", "74", "我是1974年生的"])
def test_a_birth_year_has_four_digits(reader: TextReader, text: str) -> None:
    context = Context(question="profile.birth_year", today=date(2026, 11, 20))

    reading = reader.read_worker_text(text, context)

    assert reading.birth_year == 1974
    assert reading.wage_min is None


@pytest.mark.parametrize("text", ["2020", "1899年", "20年"])
def test_an_implausible_birth_year_is_not_taken(reader: TextReader, text: str) -> None:
    context = Context(question="profile.birth_year", today=date(2026, 11, 20))

    assert reader.read_worker_text(text, context).birth_year is None


def test_yes_in_dialect_is_yes(reader: TextReader) -> None:
    assert reader.read_worker_text("要得").yes_no is True


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("去广东车费报不报", "policy_question"),
        ("学手艺有没得饭钱", "policy_question"),
        ("叉车班好久开", "training"),
        ("我要登记", "register"),
        ("我换号码了", "update_profile"),
        ("转人工", "talk_to_human"),
        ("退订", "unsubscribe"),
        ("把我的资料删了", "delete_my_data"),
        ("老板扣我身份证", "complain_wages"),
        ("厂子倒闭了", "report_unemployed"),
        ("你好", "greeting"),
        ("今天天气不错", "other"),
    ],
)
def test_clear_words_tell_the_intent(reader: TextReader, text: str, intent: str) -> None:
    assert reader.read_worker_text(text).intent == intent


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("1", "working"),
        ("还在", "working"),
        ("上了", "working"),
        ("2", "changed"),
        ("换了家厂", "changed"),
        ("放假在屋头", "on_leave"),
        ("3", "not_working"),
        ("没做了", "not_working"),
    ],
)
def test_a_check_in_answer_tells_the_status(reader: TextReader, text: str, status: str) -> None:
    assert reader.read_worker_text(text, CHECK_IN).workplace_status == status


@pytest.mark.parametrize(
    "text",
    [
        "包吃住不用交押金的厂",
        "加班费给得高的厂有没有",
        "厂里的工资发了没得问题",
        "你们是真的假的哦",
        "工资莫低于8k",
        "小时工有没得活路",
    ],
)
def test_words_of_grievance_without_a_grievance_open_no_case(reader: TextReader, text: str) -> None:
    intent = reader.read_worker_text(text).intent

    assert intent not in ("complain_wages", "report_unemployed")


@pytest.mark.parametrize(
    "text", ["我要投诉", "我遭骗了", "老公在工地上摔了", "工资拖了三个月", "收了我两百块报名费"]
)
def test_a_grievance_in_other_words_is_a_grievance(reader: TextReader, text: str) -> None:
    assert reader.read_worker_text(text).intent == "complain_wages"


def test_where_somebody_comes_from_is_no_wish(reader: TextReader) -> None:
    assert reader.read_worker_text("我是贵州的想在重庆干").locations == ("500000",)


def test_a_grievance_about_the_second_firm_chooses_nothing(reader: TextReader) -> None:
    offers = Context(question="offers.choice", options=((1, "什邡 包装工"), (2, "广汉 叉车工")))

    reading = reader.read_worker_text("第二个厂扣我身份证", offers)

    assert (reading.choice, reading.intent) == (None, "complain_wages")
    assert reader.read_worker_text("第二个嘛", offers).intent == "apply"


def test_a_bare_zero_asks_for_a_person(reader: TextReader) -> None:
    reading = reader.read_worker_text("0", CHECK_IN)

    assert (reading.choice, reading.intent) == (0, "talk_to_human")


def test_a_bare_answer_to_the_wage_question_is_a_wage(reader: TextReader) -> None:
    context = Context(question="profile.wage")

    assert reader.read_worker_text("四千", context).wage_min == 4000
    assert reader.read_worker_text("200", context).wage_min == 5200


def test_refused_places_and_trades_are_kept_apart(reader: TextReader) -> None:
    reading = reader.read_worker_text("深圳不去,不做保洁,想在德阳做保安")

    assert reading.excluded_locations == ("440300",)
    assert reading.locations == ("510600",)
    assert reading.skills == ("保安",)
    assert reading.refused_skills == ("保洁员",)


def test_former_places_and_pay_are_no_wishes(reader: TextReader) -> None:
    reading = reader.read_worker_text("以前在东莞一个月能拿七千,现在想回忠县")

    assert reading.locations == ("500233",)
    assert reading.wage_min is None


def test_a_relative_to_be_placed_is_named(reader: TextReader) -> None:
    reading = reader.read_worker_text("我老婆35岁,想找个服务员的活")

    assert (reading.for_whom, reading.gender, reading.age) == ("老婆", "female", 35)


def test_a_person_named_like_a_county_is_in_no_county(reader: TextReader) -> None:
    assert reader.read_worker_text("我叫李秀英").locations == ()


def test_home_settles_an_ambiguous_place(reader: TextReader) -> None:
    ningbo = Context(home="330203")
    chongqing = Context(home="500103")

    assert reader.read_worker_text("想去江北做保安", ningbo).locations == ("330205",)
    assert reader.read_worker_text("想去江北做保安", chongqing).locations == ("500105",)


@pytest.mark.parametrize(
    ("text", "request_kind"),
    [("看看我的资料", "see"), ("导出我的资料", "export"), ("先不要推了,过段时间再说", "pause")],
)
def test_requests_about_stored_data_are_told_apart(
    reader: TextReader, text: str, request_kind: str
) -> None:
    assert reader.read_worker_text(text).data_request == request_kind


def test_what_was_not_understood_is_kept(reader: TextReader) -> None:
    reading = reader.read_worker_text("想做保安,屋顶漏雨咋整")

    assert reading.skills == ("保安",)
    assert reading.not_understood == "屋顶漏雨咋整"


@pytest.mark.parametrize(
    "text",
    ["我上班了", "上班了", "我今天开始上班", "找到工作了", "我去了的，天天在上班", "还在的", "在"],
)
def test_work_that_has_begun_is_heard_without_being_asked(reader: TextReader, text: str) -> None:
    reading = reader.read_worker_text(text)

    assert (reading.intent, reading.workplace_status) == ("checkin_reply", "working")


@pytest.mark.parametrize(
    "text", ["没找到工作", "我想找到工作", "好久开始上班", "找工作", "上班了没得?", "明天开始上班"]
)
def test_a_wish_or_a_question_is_no_begun_work(reader: TextReader, text: str) -> None:
    assert reader.read_worker_text(text).intent != "checkin_reply"


@pytest.mark.parametrize(
    "text", ["要押身份证", "押身份证", "厂里扣身份证", "手遭机器压了", "在做，但是要押身份证"]
)
def test_a_wrong_is_heard_in_either_order_of_words(reader: TextReader, text: str) -> None:
    for context in (Context(), CHECK_IN):
        assert reader.read_worker_text(text, context).intent == "complain_wages"


@pytest.mark.parametrize("text", ["不押身份证的厂有没得", "收到身份证了"])
def test_papers_that_are_not_kept_are_no_wrong(reader: TextReader, text: str) -> None:
    assert reader.read_worker_text(text).intent != "complain_wages"


@pytest.mark.parametrize("text", ["不在了，工资也没给", "不在厂里了 工资也没给"])
def test_somebody_who_is_gone_lost_the_work_too(reader: TextReader, text: str) -> None:
    reading = reader.read_worker_text(text, CHECK_IN)

    assert reading.intent == "complain_wages"
    assert reading.workplace_status == "not_working"


def test_a_person_who_died_is_no_lost_work(reader: TextReader) -> None:
    assert reader.read_worker_text("屋头老人不在了").workplace_status is None


@pytest.mark.parametrize(
    ("text", "migration"),
    [
        ("平车 只在中江 要四千", "in_county"),
        ("缝纫 不出中江", "in_county"),
        ("电焊 只去四川", "in_province"),
        ("平车 在中江", None),
        ("电焊 只去广东东莞", None),
    ],
)
def test_one_place_only_limits_how_far(
    reader: TextReader, text: str, migration: str | None
) -> None:
    assert reader.read_worker_text(text).migration == migration


@pytest.mark.parametrize(
    ("text", "has_called"),
    [
        ("打咯", True),
        ("打了 喊我明天去", True),
        ("老板打来了", True),
        ("没得哪个打", False),
        ("还没有", False),
        ("没接到电话", False),
        ("好的", None),
    ],
)
def test_whether_a_firm_called_is_read_in_dialect(text: str, has_called: bool | None) -> None:
    assert read_call(text) is has_called
