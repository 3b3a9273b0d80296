"""Groups of people in one spelling, so that who belongs to one is found in a post for it."""

from __future__ import annotations

from collections.abc import Iterable

_GROUPS = {
    "低保户": "低保",
    "低保对象": "低保",
    "低保家庭": "低保",
    "最低生活保障": "低保",
    "建档立卡": "脱贫户",
    "建档立卡户": "脱贫户",
    "建档立卡贫困户": "脱贫户",
    "贫困户": "脱贫户",
    "脱贫人口": "脱贫户",
    "脱贫劳动力": "脱贫户",
    "边缘户": "边缘易致贫户",
    "边缘易致贫人口": "边缘易致贫户",
    # The three kinds of watched households are one group to those who give the posts.
    "突发严重困难": "边缘易致贫户",
    "突发严重困难户": "边缘易致贫户",
    "脱贫不稳定户": "边缘易致贫户",
    "易致贫户": "边缘易致贫户",
    "监测户": "边缘易致贫户",
    "监测对象": "边缘易致贫户",
    "防返贫监测对象": "边缘易致贫户",
    "特困人员": "特困",
    "特困户": "特困",
    "特困供养人员": "特困",
    "五保户": "特困",
    "易迁": "易地搬迁",
    "易迁户": "易地搬迁",
    "搬迁户": "易地搬迁",
    "搬迁群众": "易地搬迁",
    "退役士兵": "退役军人",
    "应届毕业生": "高校毕业生",
    "残疾": "残疾人",
    "残疾人员": "残疾人",
    "持证残疾人": "残疾人",
    "退伍军人": "退役军人",
    "零就业": "零就业家庭",
    "易地搬迁户": "易地搬迁",
    "易地扶贫搬迁": "易地搬迁",
    "易地扶贫搬迁户": "易地搬迁",
    "就业困难": "就业困难人员",
}


def groups(words: Iterable[str]) -> frozenset[str]:
    """Return groups in one spelling: 低保户 and 低保 are the same."""
    bare = (word.strip() for word in words)
    return frozenset(_GROUPS.get(word, word) for word in bare if word)
