"""Work that a post names by what is done, and words for meals, beds, ages and sexes."""

from __future__ import annotations

import pytest

from bot.understanding import TextReader


@pytest.mark.parametrize(
    ("post", "titles"),
    [
        ("砖厂 卸砖的四个 一天二百", ["搬运工"]),
        ("果园请六个人摘梨子 疏果 一天一百三", ["采摘工"]),
        ("养殖场 喂鸡的两个 4000", ["养殖工"]),
        ("火锅店要两个跑堂的 3200", ["服务员"]),
        ("敬老院 照顾老人的三位 4000", ["养老护理员"]),
        ("厨师1名 6000 厨房打杂2名 3000", ["厨师", "配菜工"]),
        ("物流园 分拣员、搬货的各3名 一晚上180", ["分拣员", "搬运工"]),
        ("鞋厂 针车10名 成型8名 都是计件", ["缝纫工", "制鞋工"]),
    ],
)
def test_duties_name_the_work(reader: TextReader, post: str, titles: list[str]) -> None:
    assert [job.title for job in reader.read_post(post).jobs] == titles


def test_what_a_title_does_is_no_second_offer(reader: TextReader) -> None:
    (job,) = reader.read_post("电子厂招普工,组装充电器,5500,包吃住").jobs
    assert job.title == "普工"


def test_ones_own_cooking_is_no_offer(reader: TextReader) -> None:
    (job,) = reader.read_post("守夜看大门,1800一个月,有张床睡,自己煮饭").jobs
    assert (job.title, job.board, job.lodging) == ("保安", False, True)


@pytest.mark.parametrize(
    ("words", "board", "lodging"),
    [
        ("饭在公司吃 宿舍满了", True, False),
        ("吃住老板的", True, True),
        ("晌午管碗面", True, None),
        ("吃食堂扣钱 板房住", False, True),
        ("膳宿自理", False, False),
        ("包中餐,晚餐自理,不留宿", True, False),
        ("食宿不管", False, False),
        ("不提供住宿及餐食", False, False),
        ("宿舍不要钱,吃饭刷卡", False, True),
        ("吃饭回家吃,房子自己租", False, False),
    ],
)
def test_meals_and_beds_in_any_words(
    reader: TextReader, words: str, board: bool | None, lodging: bool | None
) -> None:
    (job,) = reader.read_post(f"招普工3名 4000 {words}").jobs
    assert (job.board, job.lodging) == (board, lodging)


@pytest.mark.parametrize(
    ("words", "oldest"),
    [
        ("年龄过了六十就不要了", 60),
        ("四十五岁以里", 45),
        ("年纪到七十都收", 70),
        ("莫超过五十五", 55),
        ("55岁以内 不限性别", 55),
    ],
)
def test_upper_ages_in_any_words(reader: TextReader, words: str, oldest: int) -> None:
    (job,) = reader.read_post(f"招保洁2名 3000 {words}").jobs
    assert (job.age_min, job.age_max) == (None, oldest)


def test_pay_is_dealt_out_in_the_order_of_titles(reader: TextReader) -> None:
    jobs = reader.read_post("保安3名 保洁2名 工资分别3500、2800 年龄60岁以下").jobs
    assert [(job.wage_min, job.wage_max) for job in jobs] == [(3500, 3500), (2800, 2800)]


def test_a_sex_before_a_title_is_that_titles_alone(reader: TextReader) -> None:
    jobs = reader.read_post("服装厂 缝纫工20名 女裁剪工3名 6000").jobs
    assert [job.gender for job in jobs] == [None, "female"]


def test_the_sex_of_a_child_is_no_condition(reader: TextReader) -> None:
    (job,) = reader.read_post("家里有个男娃8个月,找育婴员,5000").jobs
    assert job.gender is None
