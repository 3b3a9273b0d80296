"""Why a vacancy did not go to people, and why somebody gets none: for officers, with counts."""

from __future__ import annotations

import re

from bot.conversations.officer.cases import NUMBER, my_officer
from bot.conversations.script import Script
from bot.conversations.turn import Turn
from bot.services.people import acting
from bot.services.people.officer_views import audit_view
from bot.services.people.workers import short_name
from bot.services.ranking.advice_words import gain_words
from bot.services.ranking.changes import Condition, Removal, firm_advice, profile_of, what_removes
from bot.services.ranking.matching_views import judge_worker
from bot.services.vacancies import reviews
from bot.services.vacancies.vacancy_states import reference
from bot.understanding.writing.phones import find_phones
from storage.models import Officer, Vacancy, Worker
from storage.states import Role

script = Script("why_not")
OFFICERS = frozenset({Role.OFFICER})
VACANCY = re.compile(r"[Vv][-－—_ ]?0*(\d{1,9})")
MOST_CONDITIONS = 4


@script.command("why", roles=OFFICERS)
def why(turn: Turn, argument: str) -> None:
    """Explain a vacancy or a worker: `/why V-0012`, `/why 139…`, `/why C-0007`."""
    officer = my_officer(turn)
    if officer is None:
        return
    turn.finish()
    words = argument.strip()
    number = VACANCY.fullmatch(words)
    if number is not None:
        _explain_vacancy(turn, officer, int(number[1]))
        return
    if NUMBER.fullmatch(words) is None and not find_phones(words):
        turn.say("why_not.ask.usage")
        return
    found = [
        worker
        for worker in _people(turn, officer, words)
        if acting.may_act_for(turn.uow, turn.deployment, officer, worker)
    ]
    if not found:
        turn.say("why_not.ask.unknown")
    for worker in found:
        _explain_worker(turn, officer, worker)


def _people(turn: Turn, officer: Officer, words: str) -> list[Worker]:
    by_number = NUMBER.fullmatch(words)
    bureau = turn.deployment.bureau_adcode
    if by_number is None:
        phone = find_phones(words)[0].digits
        return turn.uow.phone_tasks.people_of_number(phone, bureau_adcode=bureau)
    case = turn.uow.cases.of_number(int(by_number[1]), scope=officer.scope, bureau_adcode=bureau)
    worker = turn.uow.workers.get(case.worker_id) if case and case.worker_id else None
    return [] if worker is None else [worker]


def _explain_vacancy(turn: Turn, officer: Officer, number: int) -> None:
    found = turn.uow.vacancies.of_number(turn.deployment.bureau_adcode, number)
    vacancy = found and reviews.visible_vacancy(turn.uow, turn.deployment, officer, found.id)
    if not vacancy:
        turn.say("why_not.ask.unknown")
        return
    turn.say_words("\n".join(_vacancy_lines(turn, vacancy)), key="why_not.vacancy.head")


def _vacancy_lines(turn: Turn, vacancy: Vacancy) -> list[str]:
    counts = turn.uow.recommendations.left_out_counts(vacancy.id)
    reasons = " ".join(
        turn.text(f"review.left_out.{reason}", count=count)
        for reason, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    )
    purpose = "head" if reasons else "nobody"
    head = turn.text(f"why_not.vacancy.{purpose}", number=reference(vacancy), reasons=reasons)
    advice = firm_advice(turn.uow, turn.deployment, vacancy).advice
    gains = gain_words(turn.deployment, advice.gains, language=turn.language, exact=True)
    if not gains:
        return [head, turn.text("why_not.vacancy.none")]
    return [head, turn.text("why_not.vacancy.gains", gains=gains)]


def _explain_worker(turn: Turn, officer: Officer, worker: Worker) -> None:
    audit_view(
        turn.uow,
        turn.deployment,
        officer,
        "view_limits",
        subject_kind="worker",
        subject_id=worker.id,
    )
    turn.about = worker.id
    profile = profile_of(turn.deployment, worker)
    judged = judge_worker(turn.deployment, profile, turn.deployment.board.table)
    name = short_name(worker.name) or turn.text("cases.person.nameless")
    head = turn.text("why_not.worker.head", name=name, fitting=int((judged.bits == 0).sum()))
    removals = what_removes(turn.deployment, profile)[:MOST_CONDITIONS]
    lines = [_condition_line(turn, removal) for removal in removals]
    turn.say_words(
        "\n".join([head, *(lines or [turn.text("why_not.worker.none")])]),
        key="why_not.worker.head",
    )


def _condition_line(turn: Turn, removal: Removal) -> str:
    named = removal.condition in {Condition.TRADE, Condition.CERTIFICATE}
    what = {"what": removal.what or "—"} if named else {}
    condition = turn.text(f"why_not.condition.{removal.condition.value}", **what)
    return turn.text(
        "why_not.worker.removes",
        condition=condition,
        together=removal.together,
        alone=removal.alone,
    )
