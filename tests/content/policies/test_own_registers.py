"""A bureau's own registers: nothing in them is lost in silence."""

from __future__ import annotations

import pytest

from content.policies.reading import read_policies
from content.texts import LANGUAGES, read_texts
from tests.content.policies.own_folder import DOCUMENTS, OwnFolder

MECHANISMS = "policies/mechanisms.toml"
CITIES = "policies/jurisdictions.toml"


@pytest.mark.parametrize(
    ("name", "text", "line", "code"),
    [
        (DOCUMENTS, "document = [1, 2]\n", 1, "no_table"),
        (DOCUMENTS, 'document = "x"\n', 1, "no_table"),
        (DOCUMENTS, '# ours\n[document]\nid = "a"\n', 2, "no_table"),
        (DOCUMENTS, '\n[[documents]]\nid = "a"\n', 2, "unknown_table"),
        (MECHANISMS, "mechanisms = 3\n", 1, "no_table"),
        (MECHANISMS, '# ours\nP-NEW = "x"\n', 2, "unknown_table"),
        (CITIES, "CQ = 3\n", 1, "no_table"),
    ],
)
def test_a_wrong_register_is_told_with_its_line_and_a_remedy(
    own: OwnFolder, name: str, text: str, line: int, code: str
) -> None:
    own.write(name, text)
    problem = own.problems()[0]
    assert (problem.file, problem.line, problem.code) == (f"overlay {name}", line, code)
    texts = read_texts(own.folder)
    for language in LANGUAGES:
        assert problem.problem(texts, language)
        assert problem.remedy(texts, language)


def test_a_title_may_be_marked_as_a_description(own: OwnFolder) -> None:
    own.write(
        DOCUMENTS,
        '[[document]]\nid = "dy-a"\ntitle = "一份报告"\ntitle_given = false\nheld = true\n',
    )
    found = read_policies(own.folder).documents
    assert [found.get(key).title_given for key in ("dy-a", "cq-2016-295")] == [False, True]  # type: ignore[union-attr]  # both are there
