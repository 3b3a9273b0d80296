from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.occupations.linker import OccupationLinker
from content.classification import Classification, ClassificationSource, read_classification
from content.data_files import DataFolder

LINKER = OccupationLinker(ClassificationSource(DataFolder()).get)
EVERYDAY = (
    ("墩子", "4-03-02-01"),
    ("打灰", "6-29-01-03"),
    ("骑手", "4-10-08-01"),
    ("厂弟", "6-00-00-00"),
    ("缝纫平车工", "6-05-01-03"),
    ("CNC操机", "6-18-01-07"),
    ("地铁安检", "4-07-05-02"),
    ("育儿嫂", "4-10-01-03"),
    ("塔吊", "6-30-05-01"),
    ("美团外卖小哥", "4-10-08-01"),
    ("酒店布草房", "4-10-02-02"),
    ("月嫂", "4-10-01-06"),
    ("砖工", "6-29-01-01"),
    ("挖机师傅", "6-30-05-05"),
    ("火锅店服务员", "4-03-02-05"),
    ("奶茶店店员", "4-03-02-10"),
    ("带货主播", "4-01-06-02"),
    ("氩弧焊工", "6-18-02-04"),
    ("快递分拣", "4-02-07-09"),
    ("装载机司机", "6-30-05-05"),
    ("养老院护工", "4-10-01-05"),
    ("汽修学徒", "4-12-01-01"),
    ("冲床工", "6-18-01-12"),
    ("电子厂普工", "6-25-04-07"),
    ("仓管员", "4-02-06-01"),
    ("商场保安", "4-07-05-01"),
    ("家政保洁", "4-10-01-06"),
    ("超市收银员", "4-01-02-04"),
    ("超市理货", "4-02-06-02"),
    ("滴滴司机", "4-02-02-01"),
    ("大货车司机", "4-02-02-02"),
    ("半挂车司机", "4-02-02-02"),
    ("校车司机", "4-02-02-01"),
    ("钢筋班组", "6-29-01-04"),
    ("水电工", "6-31-01-03"),
    ("外墙涂料工", "6-29-04-01"),
    ("锅炉工", "6-28-01-11"),
    ("铝模工", "6-06-03-01"),
    ("足浴技师", "4-10-04-02"),
    ("幼儿园老师", "2-08-03-00"),
    ("注塑机操作工", "6-14-02-00"),
    ("服装厂裁剪师傅", "6-05-01-02"),
    ("物业绿化工", "4-09-10-01"),
    ("医院陪护", "4-14-01-02"),
    ("洗碗阿姨", "4-03-02-05"),
    ("电梯维保工", "6-29-03-03"),
    ("蛋糕裱花师", "6-02-01-02"),
    ("门窗安装师傅", "6-29-04-02"),
)
# Only the minor group can be told from such a title.
MINOR_GROUPS = (
    ("机修师傅", "6-31-01"),
    ("养猪场工人", "5-03-02"),
    ("剪头发的师傅", "4-10-03"),
    ("防水补漏工", "6-29-02"),
    ("纺织厂挡车工", "6-04-02"),
)
NOISE = (
    "高薪急招{}",
    "{}（包吃包住）",
    "{}+五险一金+双休",
    "重庆{}6000-8000元/月",
    "金鼎实业有限公司招聘{}",
    "【急招】{} 5名",
    "{}，不加班，月休4天",
    "🔥诚聘{}🔥日结",
    "{}(J10282)",
)


@pytest.mark.parametrize(("title", "code"), EVERYDAY)
def test_an_everyday_title_has_its_code_first(title: str, code: str) -> None:
    assert LINKER.rank(title)[0].code == code


@pytest.mark.parametrize(("title", "group"), MINOR_GROUPS)
def test_a_vague_title_has_its_minor_group_first(title: str, group: str) -> None:
    assert LINKER.rank(title)[0].code.startswith(group)


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("title", [title for title, _ in EVERYDAY])
def test_noise_round_a_title_changes_no_first_code(title: str, noise: str) -> None:
    assert LINKER.rank(noise.format(title))[0].code == LINKER.rank(title)[0].code


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("美团外卖小哥", "网约配送员"),
        ("月嫂", "月嫂"),
        ("家政保洁", "家政服务员"),
        ("洗碗阿姨", "洗碗工"),
        ("墩子", "配菜工"),
        ("校车司机", "公交车司机"),
        ("理发师", "美容美发师"),
        ("塔吊", "塔吊司机"),
        ("会计", None),
    ],
)
def test_a_code_comes_with_the_word_workers_know(title: str, word: str | None) -> None:
    assert LINKER.rank(title)[0].everyday == word


@pytest.mark.parametrize("title", ["", "  ", "😀🔥", "123", "\x00\x07", "——！", "+-()【】"])
def test_a_title_without_words_has_no_code(title: str) -> None:
    assert LINKER.rank(title) == []
    assert LINKER.code_of(title, None) is None


@pytest.mark.parametrize("title", ["电焊工" * 3334, "(" * 10_000, "保安\x00\x1b[31m", "ﷺ" * 10_000])
def test_a_monstrous_title_is_borne(title: str) -> None:
    assert len(LINKER.rank(title)) <= 10


def test_a_long_title_is_read_from_its_start() -> None:
    assert LINKER.rank("电焊工" * 3334)[0].code == "6-18-02-04"


@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("招保安工包吃住师傅司机(（0")),
        max_size=40,
    )
)
def test_any_title_gives_falling_scores_between_0_and_1_and_each_code_once(title: str) -> None:
    ranked = LINKER.rank(title)
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({one.code for one in ranked}) == len(ranked) <= 10
    assert LINKER.rank(title) == ranked


@given(st.sampled_from([title for title, _ in EVERYDAY]), st.integers(-1, 12))
def test_a_limit_cuts_the_same_list(title: str, limit: int) -> None:
    assert LINKER.rank(title, limit=limit) == LINKER.rank(title, limit=12)[: max(limit, 0)]


def test_a_trades_own_code_wins_over_the_title() -> None:
    assert LINKER.code_of("美团外卖小哥", "保安") == "4-07-05-01"


def test_a_clear_title_gives_a_post_its_code_without_a_trade() -> None:
    assert LINKER.code_of("高薪急招幼儿园老师（包吃住）", None) == "2-08-03-00"


def test_a_word_that_is_no_trade_is_read_from_the_title() -> None:
    assert LINKER.code_of("地铁安检", "宇航员") == "4-07-05-02"


def test_an_unclear_title_gives_a_post_no_code() -> None:
    assert LINKER.code_of("诚招有志之士共创未来", None) is None


def test_the_classification_is_read_once_however_many_threads_ask_first() -> None:
    reads: list[Classification] = []

    def read() -> Classification:
        reads.append(read_classification(DataFolder()))
        return reads[-1]

    linker = OccupationLinker(read)
    assert reads == []
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: linker.rank("保安")[0].code, range(8)))
    assert found == ["4-07-05-01"] * 8
    assert len(reads) == 1
