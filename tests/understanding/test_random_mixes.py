"""A hundred thousand mixes of Chinese, emoji, figures and controls: nothing raises or invents."""

from __future__ import annotations

import random
import re

from bot.understanding import Context, TextReader
from bot.understanding.writing.folding import fold

MESSAGES, POSTS = 70_000, 30_000
PIECES = (
    *"的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可",
    *"招聘工资元月天小时包吃住女男限不押金身份证岁德阳中江广汉重庆普工焊电木砖一二三五六七八九十百千万",
    *"0123456789.-~+/:,。;!?、()[]<>\"'\\%#@",
    *"😀🔥☎️👌🙂🌹①②⓪\u200d\ufe0f\u200b\u3000\u00a0\t\n\r\x00\x07\x1b\x7f\ud83d\udfff",
    "1390000", "13900001234", "0838-5550123", "6500", "8千到1万2", "三百三一天",
    "20元/小时", "底薪", "综合", "计件", "不要", "以前", "想找", "保安", "叉车", "旌阳区",
    "石柱", "孝泉镇", "54岁", "88年", "电话", "包吃住", "五险一金", "岗位:", "人数:",
    "1.", "2、", "【", "】", "ABC", "k", "w", "TD",
)  # fmt: skip
DIGITS = re.compile(r"\d")


def mix(chance: random.Random) -> str:
    """Return a text of one to twenty-five pieces."""
    return "".join(chance.choices(PIECES, k=chance.randint(1, 25)))


def test_no_mix_of_signs_makes_reading_a_message_fail_or_invent_a_phone(
    reader: TextReader,
) -> None:
    chance = random.Random(20_261_122)  # noqa: S311 - the same mixes every time
    contexts = (Context(), Context(question="check_in.status"), Context(question="profile.wage"))
    for number in range(MESSAGES):
        text = mix(chance)
        reading = reader.read_worker_text(text, contexts[number % len(contexts)])
        assert 0 <= reading.confidence <= 1
        assert _has_digits_of(text, reading.phone)


def test_no_mix_of_signs_makes_reading_a_post_fail_or_invent_a_contact(
    reader: TextReader,
) -> None:
    chance = random.Random(20_261_123)  # noqa: S311 - the same mixes every time
    for _ in range(POSTS):
        text = mix(chance)
        post = reader.read_post(text)
        assert _has_digits_of(text, post.contact)
        assert all(violation.excerpt for violation in post.violations)


def _has_digits_of(text: str, phone: str | None) -> bool:
    digits = "".join(DIGITS.findall(fold(text)))
    return phone is None or "".join(DIGITS.findall(phone)) in digits
