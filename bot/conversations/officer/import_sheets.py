"""An officer brings a sheet in: a page takes the file, the chat has the way back."""

from __future__ import annotations

import uuid

from bot.conversations.menu import open_menu
from bot.conversations.officer.cases import my_officer
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.register import undoing, uploads
from bot.services.sending import documents
from content.register_columns import Sheet
from storage.states import Role

script = Script("import_sheets")
OFFICERS = frozenset({Role.OFFICER})
FILES = frozenset({"document"})


@script.command("import", "导入", "导表", roles=OFFICERS)
def open_by_command(turn: Turn, argument: str) -> None:
    """Ask which sheet, or take the named one: `/import workers`."""
    turn.finish()
    if my_officer(turn) is None:
        return
    if argument in {one.value for one in Sheet}:
        _say_page(turn, Sheet(argument))
    else:
        turn.go("import_sheets.which")


@script.intercept
def take_file(turn: Turn) -> bool:
    """A file that an officer sends in a chat goes the same way: to the page that reads it."""
    is_file = turn.inbound.media in FILES and turn.inbound.media_id is not None
    is_free = turn.step is None or turn.step == "menu.officer" or turn.step.startswith(script.name)
    if not is_file or not is_free or turn.officer is None or turn.memory.get("talking_to"):
        return False
    turn.finish()
    turn.go("import_sheets.which")
    return True


@script.asks("which")
def ask_which(turn: Turn) -> None:
    """Ask what the sheet lists."""
    choices = [turn.choice(one.value, f"register.chat.{one.value}") for one in Sheet]
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask("register.chat.which", choices)


@script.answers("which")
def answer_which(turn: Turn, answer: Answer) -> bool | None:
    """Show the page for it."""
    if answer.choice is None:
        return False
    if answer.choice == "back":
        open_menu(turn)
    else:
        _say_page(turn, Sheet(answer.choice))
        turn.finish()
    return True


@script.action(uploads.UNDO)
def undo_by_button(turn: Turn, argument: str) -> None:
    """Ask once more before a sheet is taken back."""
    if my_officer(turn) is not None:
        turn.finish()
        turn.go("import_sheets.sure", batch=argument)


@script.asks("sure")
def ask_sure(turn: Turn) -> None:
    """Say what goes."""
    choices = [turn.choice(one, f"register.chat.{one}") for one in ("sure_yes", "sure_no")]
    turn.ask("register.chat.sure", choices)


@script.answers("sure")
def answer_sure(turn: Turn, answer: Answer) -> bool | None:
    """Take it back, or leave it."""
    officer = my_officer(turn)
    if answer.choice is None or officer is None:
        return officer is None
    if answer.choice == "sure_yes":
        try:
            key = uuid.UUID(str(turn.answers.get("batch")))
        except ValueError:
            raise UserError("register.refused.no_batch") from None
        undoing.begin_undo(turn.uow, turn.deployment, officer, key)
        turn.say("register.chat.undoing")
    turn.finish()
    open_menu(turn)
    return True


def _say_page(turn: Turn, kind: Sheet) -> None:
    officer = my_officer(turn)
    if officer is None:
        return
    path = documents.link(
        turn.uow, turn.deployment, officer, kind=documents.IMPORT, subject=kind.value
    )
    url = f"{turn.deployment.public_url}{path}"
    turn.say("register.chat.link", link=path, url=url)
