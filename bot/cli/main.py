"""`wengong` and its commands."""

from __future__ import annotations

import typer

from bot.cli import (
    ask,
    backup,
    benefits,
    chat,
    check_content,
    demo,
    exporting,
    importing,
    learning,
    officer,
    payments,
    ranking,
    ranking_all,
    reading,
    serve,
    sms,
    statistics,
    telegram,
)
from bot.cli.evaluation import command as evaluating
from bot.cli.explanation import command as explaining
from bot.cli.opening import fail
from bot.errors import ContentError, SettingsError, StorageUnavailableError

cli = typer.Typer(
    name="wengong",
    help="稳工: brings a bureau's workers jobs, and asks after them.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)


@cli.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Serve when no command is named."""
    if context.invoked_subcommand is None:
        serve.run()


cli.command("run")(serve.run)
cli.command("migrate")(serve.migrate)
cli.command("demo")(demo.tour)
cli.command("reset-demo")(demo.reset)
cli.command("chat")(chat.chat)
cli.command("backup")(backup.backup)
cli.command("restore")(backup.restore)
cli.command("import")(importing.import_sheet)
cli.command("undo-import")(importing.undo_import)
cli.command("export")(exporting.export_sheet)
cli.command("understand")(reading.understand)
cli.command("parse-vacancy")(reading.parse_vacancy)
cli.command("occupations")(reading.occupations)
cli.command("ask")(ask.ask)
cli.command("benefits")(benefits.benefits)
cli.command("payments")(payments.payments)
cli.command("rank")(ranking.rank)
cli.command("evaluate")(evaluating.evaluate)
cli.command("explain")(explaining.explain)
cli.command("check-content")(check_content.check_content)
cli.command("learn-intents")(learning.learn_intents)
cli.command("rank-all")(ranking_all.rank_all)
cli.command("statistics")(statistics.show)
cli.add_typer(sms.commands, name="sms", help="Text messages: a trial gateway, and a check.")
cli.add_typer(telegram.commands, name="telegram", help="The bot on Telegram: a check.")
cli.add_typer(officer.commands, name="officer", help="Officers and their invitations.")


def run() -> None:
    """Run the command line; what the person at the keyboard can mend is said in a line."""
    try:
        cli()
    except SettingsError as error:
        fail(*error.problems)
    except ContentError as error:
        fail(str(error))
    except StorageUnavailableError as error:
        fail(f"the database cannot be used ({error}); look at WENGONG_DATABASE_URL and the disk")


if __name__ == "__main__":
    run()
