"""Officers complete the register of documents."""

from __future__ import annotations

import pytest

from bot.clock import FixedClock
from bot.conversations.officer.policy_documents import UNDO
from bot.services.policies import documents
from bot.services.sending.deliveries import action_data
from content.catalogue import Catalogue
from content.policies.documents import PolicyDocument
from storage.database import Database
from tests.chat import City, Person
from tests.officer_world import audited
from tests.services.policies.policy_world import SHIZHU, SHIZHU_BUREAU

NUMBER = "渝人社〔2022〕281号"


@pytest.fixture
def shizhu(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return City(database, catalogue, clock, settings=SHIZHU_BUREAU)


@pytest.fixture
def officer(shizhu: City) -> Person:
    return shizhu.officer("周明", scope=SHIZHU)


def document(city: City, document_id: str = "cq-2022-281") -> PolicyDocument:
    found = city.run(lambda uow: documents.entry(uow, city.deployment, document_id))
    assert found is not None
    return found.document


def test_documents_without_their_text_stand_first(officer: Person) -> None:
    (heard,) = officer.says("/documents")
    lines = heard.splitlines()
    assert lines[0] == "文件共10个，没有原文的9个排在前面："
    assert lines[1].startswith(f"1. 【没有原文】{NUMBER}《")
    assert "德阳" not in heard
    (heard,) = officer.taps("下一页")
    assert "渝人社发〔2016〕295号《关于发挥部门作用" in heard.splitlines()[-1]
    assert "【没有原文】" not in heard.splitlines()[-1]


def test_one_document_shows_what_is_known_and_who_quotes_it(officer: Person) -> None:
    (heard,) = officer.says(f"/文件 {NUMBER}")
    assert f"文号：{NUMBER}。发文单位：重庆市人力资源和社会保障局。" in heard
    assert "原文：没有，只在别的文件里提到。" in heard
    assert "引用它的卡片：CQ-TRANSPORT-2022" in heard


def test_a_tap_says_that_the_text_is_here_and_undo_takes_it_back(
    shizhu: City, officer: Person
) -> None:
    officer.says(f"/documents {NUMBER}")
    assert officer.taps("有原文了")[0].startswith("记下了：")
    assert document(shizhu).held
    assert "周明2026-11-23补过。" in officer.heard
    assert "撤回了" in officer.taps("撤回")[0]
    assert not document(shizhu).held
    assert officer.taps("撤回") == ["这个按过了，或者过时了。"]
    assert audited(shizhu, "document_completed") == audited(shizhu, "document_undone") == 1


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("标题：车票补贴办法", "title", "车票补贴办法"),
        ("发文单位 重庆市人社局", "issuer", "重庆市人社局"),
        ("文号 渝人社〔2022〕282号", "number", "渝人社〔2022〕282号"),
        ("原文 有", "held", True),
        ("number: 渝人社〔2022〕283号", "number", "渝人社〔2022〕283号"),
    ],
)
def test_a_line_completes_a_field(
    shizhu: City, officer: Person, line: str, field: str, value: object
) -> None:
    officer.says(f"/documents {NUMBER}")
    assert officer.says(line)[0].startswith("记下了：")
    assert getattr(document(shizhu), field) == value


def test_a_field_that_was_chosen_is_asked_for(shizhu: City, officer: Person) -> None:
    officer.says("/documents dy-2021-report")
    officer.says(f"/documents {NUMBER}")
    assert officer.taps("标题") == ["标题写什么？"]
    officer.says("《车票补贴办法》")
    assert document(shizhu).title == "车票补贴办法"
    assert officer.taps("发文单位") == ["哪个单位发的？"]
    officer.taps("算了")
    assert document(shizhu).issuer == "重庆市人力资源和社会保障局"


def test_a_document_is_replaced_by_one_of_the_register(shizhu: City, officer: Person) -> None:
    officer.says("/documents 渝人社发〔2016〕295号")
    officer.taps("被哪个代替")
    heard = officer.says(NUMBER)
    assert document(shizhu, "cq-2016-295").superseded_by == "cq-2022-281"
    assert f"已经被代替：{NUMBER}" in heard[-1]
    officer.says("新文件 没有")
    assert document(shizhu, "cq-2016-295").superseded_by is None


def test_a_document_that_nobody_listed_is_entered_by_its_number(
    shizhu: City, officer: Person
) -> None:
    for _ in range(2):
        officer.says(f"/documents {NUMBER}")
        officer.says("新文件 渝人社〔2025〕9号")
    newer = document(shizhu).superseded_by
    assert newer is not None
    assert document(shizhu, newer).number == "渝人社〔2025〕9号"
    assert "文件共11个，没有原文的10个" in officer.says("/documents")[0]


def test_what_cannot_be_is_refused(shizhu: City, officer: Person) -> None:
    officer.says(f"/documents {NUMBER}")
    assert "没找到这个文件" in officer.says("新文件 某个办法")[0]
    assert "绕成了一圈" in officer.says(f"新文件 {NUMBER}")[0]
    assert "“有”或“没有”" in officer.says("原文 大概")[0]
    assert officer.says(f"文号 {'长' * 61}")[0] == "太长了，写短些。"
    assert officer.says("原文 没有")[0] == "早就是这样，没动。"
    assert officer.presses(action_data(UNDO, "x")) == ["这个按过了，或者过时了。"]
    assert audited(shizhu, "document_completed") == 0


def test_an_officer_of_a_town_reads_only(shizhu: City) -> None:
    town = shizhu.officer("李强", scope=f"{SHIZHU}101")
    town.says(f"/documents {NUMBER}")
    assert town.buttons() == ["算了"]
    assert town.says("原文 有") == ["这是全局的，要管全局的干部来定。"]
    assert not document(shizhu).held


def test_the_register_is_read_in_english_too(shizhu: City) -> None:
    officer = shizhu.officer("Zhou", scope=SHIZHU)
    row = officer.row().id
    shizhu.run(lambda uow: setattr(uow.addresses.need(row), "language", "en"))
    assert officer.says("/documents")[0].startswith("Documents: 10; ")
    officer.says(f"/documents {NUMBER}")
    assert officer.says("text yes")[0].startswith("Noted: ")
    assert document(shizhu).held
