"""/fund: sums by programme, what looks like fraud, public lists, and what others paid."""

from __future__ import annotations

from datetime import date

from bot.conversations.officer.benefit_lines import alert_line
from bot.conversations.officer.review import my_officer
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.services.benefits import fund, outside_payments, public_lists
from bot.services.benefits.applications import reference
from bot.services.benefits.fund import ALWAYS, Programme
from bot.services.benefits.outside_payments import Loaded
from bot.services.benefits.receipts import name_key
from bot.services.benefits.sums import yuan_words
from bot.services.sending import documents
from storage.models import Officer
from storage.states import Role

script = Script("benefit_reports")

PERIOD = "period"
MONTH, YEAR, EVER = "month", "year", "ever"
PERIODS = (MONTH, YEAR, EVER)
SHOWN_SUSPICIONS, SHOWN_CODES, SHOWN_LINES = 7, 7, 10


@script.command("fund", "资金", roles=frozenset({Role.OFFICER}))
def open_by_command(turn: Turn, _argument: str) -> None:
    """Show the sums."""
    turn.answers = {}
    turn.go("benefit_reports.fund")


@script.command("payments", "别处发的", roles=frozenset({Role.OFFICER}))
def payments_by_command(turn: Turn, _argument: str) -> None:
    """Take over what another department paid."""
    turn.answers = {}
    turn.go("benefit_reports.payments")


@script.asks("fund")
def show_fund(turn: Turn) -> None:
    """Show the sums of a period by programme, to the fen."""
    officer = my_officer(turn)
    if officer is None:
        return
    period = str(turn.answers.get(PERIOD) or YEAR)
    first, last = _days(turn, period)
    found = fund.programmes(turn.uow, turn.deployment, officer, first=first, last=last)
    lines = [turn.text(f"benefit_queue.fund.head_{period}")]
    lines += [_line(turn, programme) for programme in found]
    if found:
        lines.append(
            turn.text("benefit_queue.fund.total", amount=yuan_words(fund.total_fen(found)))
        )
    else:
        lines.append(turn.text("benefit_queue.fund.none"))
    choices = [turn.choice(one, f"benefit_queue.fund.{one}") for one in PERIODS if one != period]
    choices += [
        turn.choice(one, f"benefit_queue.choice.{one}")
        for one in ("sheet", "fraud", "publish", "payments")
    ]
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words("\n".join(lines), choices, key="benefit_queue.fund.total")


@script.answers("fund")
def answer_fund(turn: Turn, answer: Answer) -> bool | None:
    """Show another period, a sheet, or what belongs to it."""
    officer = my_officer(turn)
    if officer is None or answer.choice is None:
        return officer is None
    if answer.choice in PERIODS:
        turn.go("benefit_reports.fund", **{PERIOD: answer.choice})
    elif answer.choice == "sheet":
        first, last = _days(turn, str(turn.answers.get(PERIOD) or YEAR))
        subject = f"{first.isoformat()}:{last.isoformat()}"
        _say_link(turn, officer, kind=documents.BENEFIT_LEDGER, subject=subject)
        turn.ask_again()
    elif answer.choice == "back":
        turn.finish()
        turn.go("menu.officer")
    else:
        turn.go(f"benefit_reports.{answer.choice}")
    return None


@script.asks("fraud")
def show_suspicions(turn: Turn) -> None:
    """List what somebody has to look into; the facts of this year's payments are in the sheet."""
    officer = my_officer(turn)
    if officer is None:
        return
    today = turn.deployment.today
    rows = fund.suspicions(turn.uow, turn.deployment, officer, read_since=today)
    lines = [turn.text("benefit_queue.fraud.head", count=len(rows))]
    for row in rows[:SHOWN_SUSPICIONS]:
        words = turn.text("benefit_queue.fraud.part").join(
            alert_line(turn, one) for one in row.found
        )
        lines.append(
            turn.text("benefit_queue.fraud.line", number=reference(row.application), words=words)
        )
    choices = [
        Choice(row.application.id.hex, reference(row.application))
        for row in rows[:SHOWN_SUSPICIONS]
    ]
    if rows:
        choices.append(turn.choice("sheet", "benefit_queue.choice.sheet"))
    choices.append(turn.choice("back", "common.choice.back"))
    turn.ask_words("\n".join(lines), choices, key="benefit_queue.fraud.head")


@script.answers("fraud")
def answer_suspicions(turn: Turn, answer: Answer) -> bool | None:
    """Open one, or get all of them as a sheet."""
    officer = my_officer(turn)
    if officer is None or answer.choice is None:
        return officer is None
    if answer.choice == "back":
        turn.go("benefit_reports.fund")
    elif answer.choice == "sheet":
        _say_link(turn, officer, kind=documents.BENEFIT_ALERTS, subject="all")
        turn.ask_again()
    else:
        turn.answers = {}
        turn.go("benefit_queue.one", application=answer.choice)
    return None


@script.asks("publish")
def show_publishable(turn: Turn) -> None:
    """Say what may be published, and what is public now."""
    officer = my_officer(turn)
    if officer is None:
        return
    found = public_lists.publishable(turn.uow, turn.deployment, officer)
    public = public_lists.public_codes(turn.uow, turn.deployment)
    choices = [
        turn.choice(
            f"new:{code}",
            "benefit_queue.publish.new",
            name=turn.text(name_key(code)),
            count=len(rows),
        )
        for code, rows in found.items()
    ]
    for code in public:
        name = turn.text(name_key(code))
        choices.append(turn.choice(f"see:{code}", "benefit_queue.publish.see", name=name))
        choices.append(turn.choice(f"off:{code}", "benefit_queue.publish.off", name=name))
    choices = [*choices[:SHOWN_CODES], turn.choice("back", "common.choice.back")]
    days = public_lists.PUBLIC_FOR.days
    turn.ask("benefit_queue.publish.ask", choices, days=days, new=len(found), public=len(public))


@script.answers("publish")
def answer_publishable(turn: Turn, answer: Answer) -> bool | None:
    """Publish, look, or take down."""
    officer = my_officer(turn)
    if officer is None or answer.choice is None:
        return officer is None
    what, _, code = answer.choice.partition(":")
    if what == "back":
        turn.go("benefit_reports.fund")
        return None
    if what == "new":
        count = public_lists.publish(turn.uow, turn.deployment, officer, code)
        turn.say("benefit_queue.publish.done", count=count, days=public_lists.PUBLIC_FOR.days)
    elif what == "off":
        count = public_lists.take_down(turn.uow, turn.deployment, officer, code)
        turn.say("benefit_queue.publish.taken", count=count)
    if what in {"new", "see"}:
        path = public_lists.path_of(turn.deployment, code)
        url = f"{turn.deployment.public_url}{path}"
        turn.say("benefit_queue.publish.page", url=url, link=path)
        _say_link(turn, officer, kind=documents.PUBLIC_LIST, subject=code)
    turn.go("benefit_reports.publish")
    return None


@script.asks("payments", WORDS, keeps_words=True)
def ask_payments(turn: Turn) -> None:
    """Ask for lines of what another department paid."""
    turn.ask("benefit_queue.payments.ask", [turn.choice("back", "common.choice.back")])


@script.answers("payments")
def answer_payments(turn: Turn, answer: Answer) -> bool | None:
    """Take the lines over, and name those to mend."""
    officer = my_officer(turn)
    if officer is None:
        return True
    if answer.choice == "back":
        turn.go("benefit_reports.fund")
        return None
    rows = outside_payments.pasted(answer.text)
    loaded = outside_payments.load(turn.uow, turn.deployment, rows, officer=officer)
    turn.say_words(loaded_words(turn, loaded), key="benefit_queue.payments.loaded")
    turn.ask_again()
    return None


def loaded_words(turn: Turn, loaded: Loaded) -> str:
    """Return what became of the lines; those to mend by number and reason."""
    lines = [turn.text("benefit_queue.payments.loaded", added=loaded.added, known=loaded.known)]
    for problem, numbers in outside_payments.lines_to_mend(loaded.refused).items():
        shown = turn.text("common.list.comma").join(map(str, numbers[:SHOWN_LINES]))
        lines.append(
            turn.text(
                "benefit_queue.payments.refused",
                lines=shown,
                problem=turn.text(f"benefit_queue.payment_problem.{problem}"),
            )
        )
    return "\n".join(lines)


def _line(turn: Turn, programme: Programme) -> str:
    return turn.text(
        "benefit_queue.fund.line",
        name=turn.text(name_key(programme.code)),
        waiting=programme.waiting,
        to_pay=programme.to_pay,
        to_pay_amount=yuan_words(programme.to_pay_fen),
        paid=programme.paid,
        persons=programme.persons,
        amount=yuan_words(programme.paid_fen),
    )


def _days(turn: Turn, period: str) -> tuple[date, date]:
    today = turn.deployment.today
    first = {MONTH: today.replace(day=1), YEAR: today.replace(month=1, day=1)}
    return first.get(period, ALWAYS), today


def _say_link(turn: Turn, officer: Officer, *, kind: str, subject: str) -> None:
    path = documents.link(turn.uow, turn.deployment, officer, kind=kind, subject=subject)
    turn.say("benefit_queue.sheet.link", url=f"{turn.deployment.public_url}{path}", link=path)
