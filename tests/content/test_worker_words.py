"""The words people read: plain, short, and written the same way everywhere."""

from __future__ import annotations

import re

import pytest

from content.catalogue import Catalogue

# Texts that workers read: whole files less some tables, and single tables of other files.
WORKER_FILES = frozenset(
    {
        "applications",
        "benefit_application",
        "benefits",
        "channels",
        "check_in",
        "common",
        "course_lines",
        "fallback",
        "family",
        "first_contact",
        "help",
        "identity",
        "job_search",
        "loss",
        "menu",
        "my_courses",
        "my_information",
        "policies",
        "policy_answers",
        "policy_notices",
        "profile",
        "returning",
        "sms",
        "still_looking",
        "training",
        "vacancy_lines",
    }
)
OTHERS_TABLES = frozenset(
    {
        "applications.firm",
        "applications.officer",
        "check_in.firm",
        "check_in.officer",
        "help.attached",
        "help.officer",
        "identity.case",
        "loss.officer",
        "menu.enterprise",
        "menu.officer",
        "returning.officer",
    }
)
WORKER_TABLES = frozenset(
    {"hand_over.worker", "vacancy_gaps.asked", "vacancy_gaps.told", "vacancy_list.worker"}
)
# 人工 is the pay in Guangdong; in 工人工资 it stands by chance.
OFFICE_WORDS = re.compile(r"(?<!工)人工|确认|提交|岗位|技能|意向|贫困户")
LONGEST = 60
ROOM = 8  # characters a placeholder is taken to fill: a firm's name, a day with its hour
# The two answers that bring the first vacancies are asked for in one breath.
TWO_QUESTIONS = frozenset({"first_contact.start.question", "first_contact.start.question_for"})

CHINESE = "\u4e00-\u9fff“”。，：？、；（）"
HALF_WIDTH = re.compile(rf"[{CHINESE}][,:;?!()\"]|[,:;?!()\"][{CHINESE}]")
FULL_WIDTH = re.compile("[。，：？、；（）！]")
SAME_MARK = str.maketrans("。！!，、；？：", "...,,;?:")
MARKS = ".,;?:"
# Terminal lines follow the habits of each language's terminals; demo.say is people's own words.
FREE_ENDINGS = ("serve.", "demo.say.")


def table_of(key: str) -> str:
    return key.rpartition(".")[0]


def is_for_workers(key: str) -> bool:
    table = table_of(key)
    return table in WORKER_TABLES or (
        key.partition(".")[0] in WORKER_FILES and table not in OTHERS_TABLES
    )


def written(catalogue: Catalogue, key: str, language: str = "zh", *, filled: str = "") -> str:
    """The text of `key` with `filled` for every placeholder."""
    texts = catalogue.texts
    values = dict.fromkeys(texts.placeholders(key, language), filled)
    return texts.render(key, language, **values)


def all_texts(catalogue: Catalogue, language: str = "zh", *, filled: str = "") -> dict[str, str]:
    keys = sorted(catalogue.texts.keys(language))
    return {key: written(catalogue, key, language, filled=filled) for key in keys}


def worker_texts(catalogue: Catalogue, *, filled: str = "") -> dict[str, str]:
    texts = all_texts(catalogue, filled=filled)
    return {key: text for key, text in texts.items() if is_for_workers(key)}


def last_mark(text: str) -> str:
    last = text.rstrip()[-1:].translate(SAME_MARK)
    return last if last in MARKS else ""


def test_every_table_named_here_exists(catalogue: Catalogue) -> None:
    tables = {table_of(key) for key in catalogue.texts.keys("zh")}
    assert tables >= OTHERS_TABLES | WORKER_TABLES
    assert {table.partition(".")[0] for table in tables} >= WORKER_FILES
    assert catalogue.texts.keys("zh") >= TWO_QUESTIONS


def test_workers_read_no_word_of_the_office(catalogue: Catalogue) -> None:
    texts = worker_texts(catalogue)
    assert {key: text for key, text in texts.items() if OFFICE_WORDS.search(text)} == {}


def test_a_bubble_for_workers_is_short(catalogue: Catalogue) -> None:
    texts = worker_texts(catalogue, filled="字" * ROOM)
    assert {key: text for key, text in texts.items() if len(text) > LONGEST} == {}


def test_workers_are_asked_one_thing_a_bubble(catalogue: Catalogue) -> None:
    texts = worker_texts(catalogue)
    double = {key for key, text in texts.items() if text.count("？") > 1}
    assert double == TWO_QUESTIONS


def test_chinese_texts_hold_no_half_width_mark(catalogue: Catalogue) -> None:
    texts = all_texts(catalogue, filled="字")
    assert {key: text for key, text in texts.items() if HALF_WIDTH.search(text)} == {}


def test_english_texts_hold_no_full_width_mark(catalogue: Catalogue) -> None:
    texts = all_texts(catalogue, "en")
    found = {key: text for key, text in texts.items() if FULL_WIDTH.search(text)}
    # The sample of a Chinese post is pasted as it would be written.
    assert set(found) == {"vacancy_posting.paste.nothing"}


def test_a_text_ends_with_the_same_mark_in_both_languages(catalogue: Catalogue) -> None:
    chinese, english = (all_texts(catalogue, language, filled="x") for language in ("zh", "en"))
    differing = {
        key: (text, english[key])
        for key, text in chinese.items()
        if last_mark(text) != last_mark(english[key]) and not key.startswith(FREE_ENDINGS)
    }
    assert differing == {}


def test_a_button_ends_without_a_mark(catalogue: Catalogue) -> None:
    buttons = {
        key: text
        for key, text in all_texts(catalogue, filled="x").items()
        if table_of(key).endswith(".choice") or key.endswith((".yes", ".no"))
    }
    assert buttons
    assert {key: text for key, text in buttons.items() if last_mark(text)} == {}


@pytest.mark.parametrize(
    ("other", "usual"),
    [
        ("按 0", "按0"),
        ("发0", "按0"),
        ("发“找活”", "说“找活”"),
        ("回“找活”", "说“找活”"),
    ],
)
def test_the_same_thing_is_said_the_same_way(catalogue: Catalogue, other: str, usual: str) -> None:
    conversations = all_texts(catalogue)
    found = {key: text for key, text in conversations.items() if other in text}
    assert found == {}, f"write {usual}"


def test_workers_are_asked_in_the_word_they_use_for_what(catalogue: Catalogue) -> None:
    assert {key: text for key, text in worker_texts(catalogue).items() if "什么" in text} == {}
    others = {
        key: text
        for key, text in all_texts(catalogue).items()
        if "啥" in text and not is_for_workers(key) and not key.startswith(("web.", "demo."))
    }
    assert others == {}
