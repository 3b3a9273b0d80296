"""What officers add to the register stands above the data file, and a later file still counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.services.policies import documents
from content.policies.documents import PolicyDocument
from storage.models import DocumentNote, Officer
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.policies.policy_world import SHIZHU

EXCERPT = "cq-2022-281"


@pytest.fixture
def officer(shizhu: City) -> Officer:
    return shizhu.officer(scope=SHIZHU).as_officer()


def of_file(city: City, document_id: str = EXCERPT) -> PolicyDocument:
    found = city.deployment.catalogue.policies.documents.get(document_id)
    assert found is not None
    return found


def complete(city: City, officer: Officer, changed: PolicyDocument) -> DocumentNote | None:
    return city.run(lambda uow: documents.complete(uow, city.deployment, officer, changed))


def merged(city: City, document_id: str = EXCERPT) -> PolicyDocument:
    found = city.run(lambda uow: documents.entry(uow, city.deployment, document_id))
    assert found is not None
    return found.document


def test_only_what_differs_from_the_file_is_written(shizhu: City, officer: Officer) -> None:
    row = complete(shizhu, officer, replace(of_file(shizhu), held=True, title="车票补贴办法"))
    assert row is not None
    assert (row.number, row.issuer, row.superseded_by) == (None, None, None)
    assert (row.title, row.held) == ("车票补贴办法", True)
    found = merged(shizhu)
    assert (found.title, found.held, found.title_given) == ("车票补贴办法", True, True)
    assert found.issuer == of_file(shizhu).issuer


def test_nothing_new_writes_nothing(shizhu: City, officer: Officer) -> None:
    assert complete(shizhu, officer, of_file(shizhu)) is None


def test_two_undos_go_back_only_one_step(shizhu: City, officer: Officer) -> None:
    first = complete(shizhu, officer, replace(of_file(shizhu), held=True))
    second = complete(shizhu, officer, replace(merged(shizhu), title="别的"))
    assert first is not None
    assert second is not None

    def undo(uow: UnitOfWork, row: DocumentNote) -> PolicyDocument:
        return documents.undo(uow, shizhu.deployment, officer, row.id)

    assert shizhu.run(lambda uow: undo(uow, second)) == replace(of_file(shizhu), held=True)
    for row in (first, second):
        with pytest.raises(UserError):
            shizhu.run(lambda uow, row=row: undo(uow, row))  # type: ignore[misc]


def test_documents_in_a_circle_are_refused(shizhu: City, officer: Officer) -> None:
    complete(shizhu, officer, replace(of_file(shizhu, "cq-2016-295"), superseded_by=EXCERPT))
    with pytest.raises(UserError, match="circle"):
        complete(shizhu, officer, replace(of_file(shizhu), superseded_by="cq-2016-295"))


def test_an_officer_of_elsewhere_writes_nothing(shizhu: City) -> None:
    other = shizhu.officer("李强", scope="500112").as_officer()
    with pytest.raises(UserError, match="scope"):
        complete(shizhu, other, replace(of_file(shizhu), held=True))
    assert not merged(shizhu).held


def test_documents_of_no_one_city_are_in_every_register(shizhu: City, city: City) -> None:
    for each, jurisdiction in ((shizhu, "CQ"), (city, "DY")):
        entries = each.run(lambda uow, each=each: documents.register(uow, each.deployment))  # type: ignore[misc]
        assert {one.document.jurisdiction for one in entries} == {"", jurisdiction}


def test_a_document_is_found_by_a_part_of_its_name(shizhu: City) -> None:
    entries = shizhu.run(lambda uow: documents.register(uow, shizhu.deployment))
    assert [it.id for it in documents.named(entries, "2022〕281")] == [EXCERPT]
    assert documents.named(entries, "，") == []
