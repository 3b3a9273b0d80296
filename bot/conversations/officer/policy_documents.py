"""/documents: the register of official documents; officers complete what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversations.officer.cases import my_officer
from bot.conversations.officer.policy_card_lines import officer_name
from bot.conversations.officer.policy_cards import key_of
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Option
from bot.services.people.officers import is_in_scope
from bot.services.policies import documents
from bot.services.policies.documents import Entry
from bot.services.sending.deliveries import action_data
from content.policies.documents import PolicyDocument
from storage.models import Officer
from storage.states import Role

script = Script("policy_documents")

UNDO = "policy_document_undo"
A_PAGE = 6
FIELDS = ("number", "title", "issuer", "superseded_by")
# What an officer writes before the value, in one line: 文号 渝人社〔2022〕281号.
FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "文号": "number",
        "number": "number",
        "标题": "title",
        "题目": "title",
        "title": "title",
        "发文单位": "issuer",
        "发文": "issuer",
        "单位": "issuer",
        "issuer": "issuer",
        "新文件": "superseded_by",
        "被代替": "superseded_by",
        "replaced by": "superseded_by",
        "原文": "held",
        "text": "held",
    }
)
_LINE = re.compile(
    rf"\s*({'|'.join(sorted(FIELD_WORDS, key=len, reverse=True))})(?:\s*[:：是]\s*|\s+)(.+)",
    re.IGNORECASE,
)
HELD = {"有": True, "有了": True, "在": True, "yes": True, "没有": False, "无": False, "no": False}
NONE_SAID = frozenset({"没有", "无", "none"})
_IS_NUMBER = re.compile(r"〔\d{4}〕\s*\d+\s*号|\[\d{4}\]\s*\d+\s*号")


@script.command("documents", "文件", roles=frozenset({Role.OFFICER}))
def documents_command(turn: Turn, argument: str) -> None:
    """Show the register, or the document that is named."""
    if my_officer(turn) is None:
        return
    turn.finish()
    entries = documents.register(turn.uow, turn.deployment)
    found = documents.named(entries, argument) if argument.strip() else []
    if len(found) == 1:
        turn.go("policy_documents.document", document=found[0].id)
    else:
        turn.go("policy_documents.list", page=0)


@script.asks("list")
def ask_document(turn: Turn) -> None:
    """List the documents, those without their text first."""
    entries = documents.register(turn.uow, turn.deployment)
    first = _page(turn) * A_PAGE
    shown = entries[first : first + A_PAGE]
    if not shown:
        turn.say("policy_documents.list.none")
        turn.finish()
        return
    missing = sum(not one.document.held for one in entries)
    lines = [turn.text("policy_documents.list.head", count=len(entries), missing=missing)]
    lines += [_line(turn, number, one.document) for number, one in enumerate(shown, 1)]
    choices = [Choice(f"doc:{one.document.id}", one.document.name) for one in shown]
    if len(entries) > first + A_PAGE:
        choices.append(turn.choice("more", "policy_documents.choice.more"))
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words("\n".join(lines), choices, key="policy_documents.list.head")


@script.answers("list")
def take_document(turn: Turn, answer: Answer) -> bool | None:
    """Open a document, or the next page."""
    if answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
    elif answer.choice == "more":
        turn.go("policy_documents.list", page=_page(turn) + 1)
    elif answer.choice and answer.choice.startswith("doc:"):
        turn.go("policy_documents.document", document=answer.choice.removeprefix("doc:"))
    else:
        return False
    return None


@script.asks("document", WORDS, keeps_words=True)
def show_document(turn: Turn) -> None:
    """Show a document, what can be completed, and how to write it in one line."""
    found = _need(turn)
    lines = _document_lines(turn, found)
    choices = []
    if is_in_scope(_myself(turn), turn.deployment.bureau_adcode):
        held = "not_held" if found.document.held else "held"
        choices = [turn.choice(held, f"policy_documents.choice.{held}")]
        choices += [turn.choice(name, f"policy_documents.choice.{name}") for name in FIELDS]
        lines.append(turn.text("policy_documents.document.how"))
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words("\n".join(lines), choices, key="policy_documents.document.head")


@script.answers("document")
def take_field(turn: Turn, answer: Answer) -> bool | None:
    """Take a choice, or a line such as 文号 渝人社〔2022〕281号."""
    if answer.choice == "back":
        turn.go("policy_documents.list", page=0)
    elif answer.choice in {"held", "not_held"}:
        _keep(turn, replace(_need(turn).document, held=answer.choice == "held"))
    elif answer.choice in FIELDS:
        turn.go("policy_documents.value", field=answer.choice)
    else:
        line = _LINE.fullmatch(answer.text)
        if line is None:
            return False
        _set(turn, FIELD_WORDS[line[1].lower()], line[2].strip())
    return None


@script.asks("value", WORDS, keeps_words=True)
def ask_value(turn: Turn) -> None:
    """Ask for one field of the document."""
    field = str(turn.answers["field"])
    turn.ask(f"policy_documents.ask.{field}", [turn.choice("back", "common.choice.back")])


@script.answers("value")
def take_value(turn: Turn, answer: Answer) -> bool | None:
    """Write the field down."""
    if answer.choice == "back":
        turn.go("policy_documents.document")
        return None
    words = answer.text.strip()
    if not words:
        return False
    _set(turn, str(turn.answers["field"]), words)
    return None


@script.action(UNDO)
def undo(turn: Turn, argument: str) -> None:
    """Take back what was written last about a document."""
    document = documents.undo(turn.uow, turn.deployment, _myself(turn), key_of(argument))
    turn.say("policy_documents.done.undone", name=_name(turn, document))


def _set(turn: Turn, field: str, words: str) -> None:
    document = _need(turn).document
    if field == "held":
        held = HELD.get(words.strip("。").lower())
        if held is None:
            raise UserError("policy_documents.refused.held")
        _keep(turn, replace(document, held=held))
    elif field == "superseded_by":
        _keep(turn, replace(document, superseded_by=_newer(turn, words)))
    elif field == "number":
        _keep(turn, replace(document, number=words))
    elif field == "title":
        _keep(turn, replace(document, title=words.strip("《》")))
    else:
        _keep(turn, replace(document, issuer=words))


def _newer(turn: Turn, words: str) -> str | None:
    """Return the document that is meant; a number that no one has yet is entered."""
    if words.strip("。") in NONE_SAID:
        return None
    found = documents.named(documents.register(turn.uow, turn.deployment), words)
    if len(found) == 1:
        return found[0].id
    if not found and _IS_NUMBER.search(words):
        return documents.add(turn.uow, turn.deployment, _myself(turn), words).id
    raise UserError("policy_documents.refused.unknown")


def _keep(turn: Turn, changed: PolicyDocument) -> None:
    row = documents.complete(turn.uow, turn.deployment, _myself(turn), changed)
    turn.finish()
    if row is None:
        turn.say("policy_documents.done.before")
        return
    label = turn.text("policy_documents.choice.undo")
    turn.say(
        "policy_documents.done.kept",
        options=[Option(1, label, action_data(UNDO, row.id.hex))],
        name=_name(turn, changed),
    )
    turn.go("policy_documents.document", document=changed.id)


def _line(turn: Turn, number: int, document: PolicyDocument) -> str:
    purpose = "held" if document.held else "not_held"
    return turn.text(
        f"policy_documents.line.{purpose}",
        number=number,
        name=_name(turn, document),
        issuer=document.issuer or turn.text("policy_documents.line.no_issuer"),
    )


def _document_lines(turn: Turn, found: Entry) -> list[str]:
    document = found.document
    lines = [
        turn.text("policy_documents.document.head", name=_name(turn, document)),
        turn.text(
            "policy_documents.document.facts",
            number=document.number or turn.text("policy_documents.line.no_number"),
            issuer=document.issuer or turn.text("policy_documents.line.no_issuer"),
        ),
        turn.text(f"policy_documents.document.{'held' if document.held else 'not_held'}"),
    ]
    if document.superseded_by:
        newer = documents.entry(turn.uow, turn.deployment, document.superseded_by)
        name = _name(turn, newer.document) if newer else document.superseded_by
        lines.append(turn.text("policy_documents.document.superseded", name=name))
    if document.note:
        lines.append(turn.text("policy_documents.document.note", words=document.note))
    if found.cards:
        cards = "、".join(found.cards)
        lines.append(turn.text("policy_documents.document.cards", cards=cards))
    if found.note is not None:
        day = found.note.at.astimezone(turn.deployment.clock.timezone).date().isoformat()
        name = officer_name(turn, found.note.officer_id)
        lines.append(turn.text("policy_documents.document.changed", name=name, day=day))
    return lines


def _name(turn: Turn, document: PolicyDocument) -> str:
    if document.number and document.title:
        return turn.text("policy_documents.line.name", number=document.number, title=document.title)
    return document.name


def _need(turn: Turn) -> Entry:
    found = documents.entry(turn.uow, turn.deployment, str(turn.answers.get("document")))
    if found is None:
        raise UserError("fallback.stale.button")
    return found


def _page(turn: Turn) -> int:
    page = turn.answers.get("page")
    return page if isinstance(page, int) else 0


def _myself(turn: Turn) -> Officer:
    if turn.officer is None:
        raise UserError("officer_joining.refused.no_officer")
    return turn.officer
