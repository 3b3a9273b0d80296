"""Several posts in one message are read each by itself; one post is never torn apart."""

from __future__ import annotations

import pytest

from bot.understanding import TextReader

POSTS = (
    "中江凯江镇超市招收银员2名,3000元,包午饭,电话13900000011",
    "绵竹汉旺工地:木工5人400/天,钢筋工3人380/天,包吃住,老王13900000012",
    "广汉机械厂招电焊工3名,8000-10000元,五险,13900000013",
    "什邡食品厂\n包装工10名 4300元\n质检员2名 4600元\n包吃住\n电话13900000014",
    "旌阳区小区请保安4名,3200元,60岁以内,0838-5550015",
)
ONE = [
    "【急招】饮料厂\n1、包装工12名,4200元\n2、叉车工2名,5500元\n均包吃住\n电话:0838-5550126",
    "普工20名 4500\n\n文员2名 3500\n\n地址:旌阳区 电话:13900000001",
    "招普工10名\n联系张经理13900000001\n或者李主管13900000002\n加微信同号",
    "一、食品公司招屠宰工5人,5000元以上;\n二、同一公司招搬运工3人,5500元。\n咨询:0838-5550388",
    "招普工,工资4500,打0838-5550902或13900002915都行",
    "职位:安装工\n人数:若干\n薪资:300-400元/天\n\n地点:沙坪坝区\n电话:13900007727",
    "招聘启事\n一、车工3名\n要求:有经验\n工资:6000\n二、钳工2名\n工资:5500\n电话:13900000001",
    "想问下你们那边还有没有活路",
    "",
]


def _numbered(posts: tuple[str, ...]) -> str:
    return "\n".join(f"{number}、{post}" for number, post in enumerate(posts, 1))


def _with_headlines(posts: tuple[str, ...]) -> str:
    return "\n".join(f"【招聘信息{number}】\n{post}" for number, post in enumerate(posts, 1))


MESSAGES = {
    "blank lines": "\n\n".join(POSTS),
    "lines": "\n".join(POSTS),
    "rules": "\n----------\n".join(POSTS),
    "stars": "\n\n*****\n\n".join(POSTS),
    "numbers": _numbered(POSTS),
    "headlines": _with_headlines(POSTS),
    "emoji": "\n".join(f"🔥{post}" for post in POSTS),
    "one line": "。".join(post.replace("\n", ",") for post in POSTS),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=list(MESSAGES))
def test_each_post_of_a_message_is_read_as_if_alone(reader: TextReader, message: str) -> None:
    parts = reader.read_posts(message)

    assert [part.reading.contact for part in parts] == [
        reader.read_post(post).contact for post in POSTS
    ]
    assert [[job.title for job in part.reading.jobs] for part in parts] == [
        [job.title for job in reader.read_post(post).jobs] for post in POSTS
    ]


@pytest.mark.parametrize("text", ONE, ids=[text[:12] for text in ONE])
def test_one_post_stays_one(reader: TextReader, text: str) -> None:
    (part,) = reader.read_posts(text)

    assert part.text == text
    assert part.reading == reader.read_post(text)


def test_a_repeated_contact_ends_a_post(reader: TextReader) -> None:
    message = "普工10人 5000 13900000001\n缝纫工5人 6000 13900000001\n包装工 4000 13900000001"

    assert len(reader.read_posts(message)) == 3


def test_posts_without_telephone_are_told_by_their_headlines(reader: TextReader) -> None:
    message = "招保安,中江,3000,包住\n\n招电工1名,绵竹,6000\n\n招保洁3名,什邡,2800"

    titles = [part.reading.jobs[0].title for part in reader.read_posts(message)]

    assert titles == ["保安", "电工", "保洁员"]


def test_a_firms_name_opens_the_next_post(reader: TextReader) -> None:
    message = (
        "绵竹酒厂\n包装工10人 4000\n包吃住\n电话13900000001\n"
        "广汉机械厂\n焊工5人 8000\n电话13900000002"
    )

    first, second = reader.read_posts(message)

    assert first.reading.jobs[0].lodging is True
    assert second.reading.jobs[0].lodging is None
    assert second.text.startswith("广汉机械厂")


def test_ten_posts_are_read_as_ten(reader: TextReader) -> None:
    message = "\n\n".join((*POSTS, *POSTS))

    assert len(reader.read_posts(message)) == 10


def test_what_is_beyond_the_longest_message_is_handed_on(reader: TextReader) -> None:
    message = "招普工5名,4500。" + "好" * 9_000

    (part,) = reader.read_posts(message)

    assert part.text == message
    assert len(part.reading.jobs) == 1
    assert part.reading.not_understood[-1] == message[8_000:]
