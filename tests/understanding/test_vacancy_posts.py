from __future__ import annotations

from datetime import date

from bot.understanding import TextReader, Violation

POST = "宏达制衣: 中江南华镇招平车工6名,计件4000-5500,中午管饭,限女,55岁以下,押金200"


def test_a_pasted_post_becomes_one_job(reader: TextReader) -> None:
    (job,) = reader.read_post(POST).jobs

    assert (job.title, job.title_raw, job.headcount) == ("缝纫工", "平车工", 6)
    assert (job.wage_min, job.wage_max, job.wage_unit) == (4000, 5500, "计件")
    assert job.estimated is True
    assert (job.adcode, job.town) == ("510623", "510623101")
    assert (job.board, job.age_max) == (True, 55)


def test_a_post_names_what_it_leaves_open(reader: TextReader) -> None:
    (job,) = reader.read_post(POST).jobs

    assert set(job.not_said) == {"lodging", "payday", "hours", "contact"}


def test_unlawful_words_come_with_their_excerpts(reader: TextReader) -> None:
    assert reader.read_post(POST).violations == (
        Violation("gender_discrimination", "限女"),
        Violation("deposit", "押金200"),
    )


def test_full_width_words_come_back_as_written(reader: TextReader) -> None:
    reading = reader.read_post("招厨师１名，８Ｋ－１２Ｋ，押金２００")

    assert reading.violations[0].excerpt == "押金２００"
    assert reading.jobs[0].wage_raw == "８Ｋ－１２Ｋ"


def test_each_kind_of_work_becomes_a_job(reader: TextReader) -> None:
    reading = reader.read_post("成都新都物流仓 仓管2人5500 搬运工6人7000左右,包住,13900000132")

    first, second = reading.jobs
    assert (first.title, first.headcount, first.wage_min) == ("仓库管理员", 2, 5500)
    assert (second.title, second.headcount, second.wage_min) == ("搬运工", 6, 7000)
    assert first.lodging is second.lodging is True
    assert first.adcode == "510114"
    assert reading.contact == "13900000132"


def test_base_pay_with_commission_has_no_upper_end(reader: TextReader) -> None:
    (job,) = reader.read_post("什邡服装店招营业员2名,底薪2200加提成,上班八小时").jobs

    assert (job.wage_min, job.wage_max) == (2200, None)


def test_total_pay_beats_base_pay(reader: TextReader) -> None:
    (job,) = reader.read_post("电子厂招普工,底薪2300+加班,综合4800~5600").jobs

    assert (job.wage_min, job.wage_max) == (4800, 5600)


def test_hourly_pay_counts_the_stated_hours(reader: TextReader) -> None:
    (job,) = reader.read_post("分拣员 22块/小时 晚8点到早6点").jobs

    assert (job.wage_min, job.wage_unit) == (5720, "元/小时")


def test_denied_lodging_is_not_a_gap(reader: TextReader) -> None:
    (job,) = reader.read_post("招洗碗工2名,2600,包吃不包住").jobs

    assert (job.board, job.lodging) == (True, False)
    assert "lodging" not in job.not_said


def test_where_one_signs_up_is_not_the_workplace(reader: TextReader) -> None:
    (job,) = reader.read_post("青岛黄岛招普工60人,5000-6500元。垫江报名13900000118").jobs

    assert job.adcode == "370211"


def test_a_post_in_lines_with_labels_is_read(reader: TextReader) -> None:
    post = "招聘:缝纫工10名\n工资:计件 月5000-8000\n年龄:18-50岁\n地址:中江县凯江镇"

    reading = reader.read_post(post)

    (job,) = reading.jobs
    assert (job.age_min, job.age_max) == (18, 50)
    assert (job.wage_min, job.wage_max, job.wage_unit) == (5000, 8000, "计件")
    assert job.town == "510623100"
    assert reading.not_understood == ()


def test_payday_hours_licence_and_last_day_are_read(reader: TextReader) -> None:
    post = "招电焊工5人,月薪8000,要焊工证,每天9小时,每月10号发工资,2026年12月31日截止"

    (job,) = reader.read_post(post).jobs

    assert (job.hours, job.payday) == ("每天9小时", "每月10号发工资")
    assert job.certificates == ("焊工证",)
    assert job.valid_until == date(2026, 12, 31)


def test_a_trade_in_no_lexicon_keeps_its_words(reader: TextReader) -> None:
    (job,) = reader.read_post("中江招唢呐匠2名,4000元").jobs

    assert (job.title, job.title_raw) == (None, "唢呐匠")


def test_unread_clauses_are_handed_on(reader: TextReader) -> None:
    reading = reader.read_post("中江招保安2名,3000元,门口有两棵大树")

    assert reading.not_understood == ("门口有两棵大树",)
