"""不合适: one question why, and a next list that has changed by the answer."""

from __future__ import annotations

from uuid import UUID

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.search_session import LISTED, keep_response, key_in, listed
from bot.understanding import choose
from storage.states import Response

script = Script("vacancy_refusal")
VACANCY = "vacancy"
# In the order shown; the first four change the order of the next list.
REASONS: tuple[tuple[Response, tuple[str, ...]], ...] = (
    (Response.TOO_FAR, ("太远了", "远", "远了")),
    (Response.WAGE_LOW, ("工资低了", "钱少", "钱少了", "太低", "工资太低")),
    (Response.CANNOT, ("不会", "做不来", "没做过", "搞不来")),
    (Response.NOT_WANTED, ("不想", "不喜欢", "不爱做")),
    (Response.OTHER, ("别的原因",)),
)


@script.action("refuse")
def press_refuse(turn: Turn, argument: str) -> None:
    """Ask why about the vacancy of a push."""
    key = key_in(argument)
    if key is None or turn.uow.vacancies.get(key) is None:
        turn.say("vacancy_gaps.refused.unknown")
        return
    turn.answers.clear()
    turn.go("vacancy_refusal.reason", **{VACANCY: argument})


@script.asks("reason")
def ask_reason(turn: Turn) -> None:
    """Ask why, in five short words."""
    choices = [
        turn.choice(response.value, f"job_search.refused.{response.value}", *words)
        for response, words in REASONS
    ]
    turn.ask("job_search.refused.why", [*choices, turn.human_choice()])


@script.answers("reason")
def answer_reason(turn: Turn, answer: Answer) -> bool | None:
    """Remember the reason and show the next ones at once."""
    if answer.choice is None:
        return take_reason(turn, answer)
    _refuse(turn, Response(answer.choice))
    return None


def take_reason(turn: Turn, answer: Answer) -> bool:
    """Take words such as 太远了 as the reason; False when they are none."""
    labels = [turn.text(f"job_search.refused.{response.value}") for response, _ in REASONS]
    number = choose(answer.text, labels, [words for _, words in REASONS]) if answer.text else None
    if number is None or answer.text.strip().isdecimal():
        return False
    _refuse(turn, REASONS[number - 1][0])
    return True


def _refuse(turn: Turn, response: Response) -> None:
    key = UUID(str(turn.answers[VACANCY]))
    vacancy = turn.uow.vacancies.get(key)
    remaining = [other for other in listed(turn) if other != key]
    if vacancy is not None:
        keep_response(turn, vacancy, response)
    turn.say(f"job_search.noted.{response.value}")
    turn.answers.clear()
    turn.go("job_search.rest", **{LISTED: [other.hex for other in remaining]})
