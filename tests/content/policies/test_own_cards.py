"""A bureau's officer adds a card by copying a file; a wrong file is told with line and remedy."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest

from bot.errors import ContentError
from content.data_files import PACKAGE_DATA
from content.policies.problems import Severity
from content.policies.reading import read_policies
from content.reader import read_catalogue
from content.texts import LANGUAGES, read_texts
from tests.content.policies.own_folder import CARD, DOCUMENTS, OwnFolder

ON = date(2026, 3, 5)


def test_the_card_of_the_instructions_can_be_used_as_it_stands(own: OwnFolder) -> None:
    own.write_sample()
    card = read_catalogue(own.path).policies.by_mechanism("P-TRAINPACK", "DY", ON)
    assert card is not None
    assert (card.id, card.file) == ("DY-TRAINPACK-2026", f"overlay {CARD}")


def test_a_copied_card_needs_only_a_new_id_and_its_own_days(own: OwnFolder) -> None:
    name = "policies/cards/DY/training_allowance.toml"
    text = (PACKAGE_DATA / name).read_text("utf-8")
    own.write(
        name.replace("allowance", "allowance_2"),
        text.replace("DY-TRAINALLOW-2021", "DY-TRAINALLOW-2027")
        .replace("2016-01-01", "2027-01-01")
        .replace('evidence = "read"', 'evidence = "read"\nreplaces = "DY-TRAINALLOW-2021"'),
    )
    library = read_policies(own.folder)
    assert [card.id for card in library.versions("P-TRAINALLOW", "DY")] == [
        "DY-TRAINALLOW-2027",
        "DY-TRAINALLOW-2021",
    ]


def test_a_file_of_the_same_name_stands_for_the_packages(own: OwnFolder) -> None:
    name = "policies/cards/DY/training_allowance.toml"
    text = (PACKAGE_DATA / name).read_text("utf-8")
    review = 'status = "有效"\nreviewer = "李主任"\nreviewed_on = 2026-03-01'
    own.write(name, text.replace('status = "待核"', review))
    card = read_policies(own.folder).card("DY-TRAINALLOW-2021")
    assert card is not None
    assert card.is_in_force
    assert (card.reviewer, card.reviewed_on) == ("李主任", date(2026, 3, 1))


def test_a_new_city_comes_with_a_line_and_a_folder(own: OwnFolder) -> None:
    own.write_sample(name="policies/cards/MY/night_class.toml", jurisdiction='"MY"')
    own.write("policies/jurisdictions.toml", '[MY]\nname = "绵阳市"\narea = "510700"\n')
    library = read_policies(own.folder)
    assert library.jurisdiction_of("510781") == "MY"
    assert [card.id for card in library.of("MY", ON)] == ["DY-TRAINPACK-2026"]
    assert library.jurisdiction_of("510623") == "DY"


def test_a_document_that_was_read_meanwhile_replaces_its_entry(own: OwnFolder) -> None:
    own.write(
        DOCUMENTS,
        '[[document]]\nid = "cq-2022-281"\nnumber = "渝人社〔2022〕281号"\n'
        'title = "新办法"\nheld = true\n',
    )
    documents = read_policies(own.folder).documents
    found = documents.get("cq-2022-281")
    assert found is not None
    assert (found.held, found.year) == (True, 2022)
    assert documents.get("cq-2016-295") is not None


WRONG = [
    ({"who": ""}, "missing", 1),
    ({"who": '"  "'}, "no_text", 12),
    ({"chat": '"一句话"'}, "no_list", None),
    ({"chat": "[]"}, "chat_lines", None),
    ({"chat": '["一", "二", "三", "四", "五"]'}, "chat_lines", None),
    ({"chat": ""}, "chat_lines", None),
    ({"valid_from": '"2026-03-01"'}, "no_day", 7),
    ({"valid_from": "2026-03-01T08:00:00"}, "no_day", 7),
    ({"valid_from": ""}, "missing", None),
    ({"valid_to": "2026-02-28"}, "ends_before_it_begins", 8),
    ({"valid_too": "2026-12-31"}, "unknown_key", 1),
    ({"mechanism": '"P-NIGHT"'}, "unknown_mechanism", 2),
    ({"jurisdiction": '"CD"'}, "unknown_jurisdiction", 3),
    ({"jurisdiction": '"CQ"'}, "wrong_folder", 3),
    ({"document": '"dy-1999"'}, "unknown_document", 5),
    ({"status": '"可用"'}, "unknown_status", 9),
    ({"evidence": '"heard"'}, "unknown_evidence", 10),
    ({"document": '"dy-2018-6"'}, "not_held", 10),
    ({"status": '"有效"', "reviewed_on": "2026-03-01"}, "no_reviewer", None),
    ({"status": '"历史"', "reviewer": '"李主任"'}, "no_review_day", None),
    ({"leaves_out": '["money"]'}, "unknown_left_out", None),
    ({"id": '"night class"'}, "wrong_id", 1),
    ({"replaces": '"DY-NOTHING-2020"'}, "unknown_card", None),
    ({"title": "没有引号"}, "not_toml", 4),
    ({"clause": '"、"'}, "no_clause", 6),
    ({"replaces": '"DY-TRAINPACK-2026"'}, "self_replaced", 2),
    ({"replaces": '"CQ-TRANSPORT-2016"'}, "not_older", 2),
    ({"replaces": '"DY-TRAINALLOW-2021"'}, "not_older", 2),
    ({"leaves_out": '["decision"]'}, "unknown_left_out", None),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "line"), WRONG)
def test_a_wrong_card_is_told_with_its_line_and_a_remedy(
    own: OwnFolder, changes: dict[str, str], code: str, line: int | None
) -> None:
    own.write_sample(**changes)
    found = {problem.code: problem for problem in own.problems()}
    assert code in found
    problem = found[code]
    assert problem.file == f"overlay {CARD}"
    assert line is None or problem.line == line
    texts = read_texts(own.folder)
    for language in LANGUAGES:
        assert problem.problem(texts, language)
        assert problem.remedy(texts, language)


def test_all_mistakes_of_a_card_are_told_at_once(own: OwnFolder) -> None:
    own.write_sample(who="", bring="", status='"可用"')
    assert sorted(problem.code for problem in own.problems()) == [
        "missing",
        "missing",
        "unknown_status",
    ]


def test_the_start_stops_at_the_first_mistake_and_names_it(own: OwnFolder) -> None:
    own.write_sample(mechanism='"P-NIGHT"')
    shape = re.escape(f"overlay {CARD}:2: there is no mechanism P-NIGHT. Choose one of P-TRANSPORT")
    with pytest.raises(ContentError, match=shape):
        read_policies(own.folder)


def test_a_card_saved_in_another_encoding_is_told(own: OwnFolder) -> None:
    own.write_sample()
    file = own.path / CARD
    file.write_bytes(file.read_text("utf-8").encode("gb18030"))
    assert [(it.code, it.file) for it in own.problems()] == [("not_utf8", f"overlay {CARD}")]


@pytest.mark.parametrize(
    "name", ["policies/cards/DY/night.toml.txt", "policies/card/DY/night.toml", "policies/x.toml"]
)
def test_a_file_that_nothing_would_read_is_told(own: OwnFolder, name: str) -> None:
    own.write(name, "")
    assert [(it.code, it.file) for it in own.problems()] == [("misplaced", f"overlay {name}")]


def test_two_cards_that_claim_one_clause_are_told_with_both_files(own: OwnFolder) -> None:
    package = PACKAGE_DATA / "policies/cards/DY/training_allowance.toml"
    text = package.read_text("utf-8").replace("ALLOW-2021", "ALLOW-2022")
    own.write("policies/cards/DY/zz_copy.toml", text)
    (problem,) = own.problems()
    assert problem.code == "same_clause"
    assert problem.severity is Severity.ERROR
    files = {problem.file, problem.values["other_file"]}
    assert files == {
        "overlay policies/cards/DY/zz_copy.toml",
        "policies/cards/DY/training_allowance.toml",
    }


def test_an_id_can_be_given_once_only(own: OwnFolder) -> None:
    folder = own.path / "policies/cards/DY"
    folder.mkdir(parents=True)
    package = PACKAGE_DATA / "policies/cards/DY/training_allowance.toml"
    shutil.copy(package, folder / "zz_copy.toml")
    (problem,) = own.problems()
    assert (problem.code, problem.values["other_file"]) == (
        "same_id",
        "policies/cards/DY/training_allowance.toml",
    )
