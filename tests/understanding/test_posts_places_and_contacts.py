"""Where the work of a post is, whom one calls, and what nobody read."""

from __future__ import annotations

import pytest

from bot.understanding import TextReader

PLACES = [
    ("什邡师古镇食品厂招普工5名,4000", "510682"),
    ("垫江报名,宁波慈溪招普工5名,5000", "330282"),
    ("集合地点重庆南坪,工作地点涪陵,招木工3名", "500102"),
    ("总部位于成都,德阳广汉分厂招车工2名,6500", "510681"),
    ("绵竹面试,上班在什邡,招包装工5名,4300", "510682"),
    ("巫山到宜昌线招货车司机1名,A2", "500237"),
    ("河南人不要,广汉招普工5名,4500", "510681"),
    ("中江招保安2名,地址:凯江镇", "510623"),
    ("德阳旌阳区孝泉镇招普工2名,4200", "510603"),
    ("招普工2名,4200", None),
    ("班车到绵阳,厂在罗江,招普工5名,4500", "510604"),
    ("成立于2001年的重庆企业,在璧山招电工2名,7000", "500120"),
]
CONTACTS = [
    ("招普工,电话13900000001", "13900000001"),
    ("招普工,微信同号139 0000 0002", "13900000002"),
    ("招普工,１３９００００００３３", "13900000033"),
    ("招普工,座机(0838)5550123", "0838-5550123"),
    ("招普工,13900000001或13900000002", "13900000001"),
    ("招普工,监督电话13900000009,报名13900000001", "13900000001"),
    ("招普工,13900000009打不通,打13900000001", "13900000001"),
    ("招普工,加微信详聊", None),
    ("招普工,工号123456789", None),
]


@pytest.mark.parametrize(("text", "adcode"), PLACES)
def test_the_workplace_is_where_one_works(
    reader: TextReader, text: str, adcode: str | None
) -> None:
    (job,) = reader.read_post(text).jobs

    assert job.adcode == adcode


def test_a_workplace_is_read_to_the_township(reader: TextReader) -> None:
    (job,) = reader.read_post("中江县仓山镇超市招收银员2名,2800").jobs

    assert job.town is not None
    assert job.town.startswith("510623")


def test_jobs_may_have_workplaces_of_their_own(reader: TextReader) -> None:
    post = "1.什邡,包装工5名,4300\n2.绵竹,焊工2名,8000\n电话13900000001"

    jobs = reader.read_post(post).jobs

    assert [job.title for job in jobs] == ["包装工", "电焊工"]


@pytest.mark.parametrize(("text", "contact"), CONTACTS)
def test_the_contact_is_the_number_for_the_work(
    reader: TextReader, text: str, contact: str | None
) -> None:
    assert reader.read_post(text).contact == contact


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("招普工5名,4500,门口有两棵树", ("门口有两棵树",)),
        ("招聘信息:普工5名,月薪4500,包吃住,联系电话13900000001", ()),
        ("招普工5名,每月10号发工资,长白班,买五险,18-45岁,男女不限", ()),
        ("招叉车工,要叉车证,初中以上,食堂免费,有夫妻房", ()),
        ("招普工，４５００元，老板会唱歌", ("老板会唱歌",)),
    ],
)
def test_only_what_nobody_read_is_handed_on(
    reader: TextReader, text: str, unread: tuple[str, ...]
) -> None:
    assert reader.read_post(text).not_understood == unread


def test_words_beyond_the_longest_post_are_handed_on(reader: TextReader) -> None:
    post = "招普工5名,4500。" + "好" * 2_100

    assert reader.read_post(post).not_understood[-1] == "好" * (len(post) - 2_000)
