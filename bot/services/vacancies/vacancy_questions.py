"""What workers ask about a vacancy and the firm has not said; the answer reaches all who asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.errors import UserError
from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.sending.deliveries import Draft, action_data, push
from bot.services.vacancies.vacancy_states import reference
from bot.services.vacancies.vacancy_words import TOPICS, durable_options
from bot.understanding.law.violations import find_violations
from bot.understanding.writing.folding import fold
from storage.models import ContactAddress, Enterprise, Officer, Vacancy, VacancyQuestion, Worker
from storage.states import DeliveryKind, VacancyStatus
from storage.unit_of_work import UnitOfWork

YES_NO_TOPICS = frozenset({"lodging", "board"})
LONGEST_ANSWER = 40
Asked = Literal["firm", "officer", "known"]


@dataclass(frozen=True, slots=True)
class Question:
    """What became of a question.

    Attributes:
        whom: Who was asked: the `firm`, an `officer` for a firm that is not in the chat, or
            nobody, because the answer is `known` by now.
        is_new: Whether this person asks it for the first time.
    """

    whom: Asked
    is_new: bool


def ask(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy: Vacancy,
    topic: str,
    *,
    address: ContactAddress,
    worker: Worker | None,
) -> Question:
    """Keep a question and pass it on; the firm is asked once, however many want to know."""
    if _said(vacancy, topic) is not None:
        return Question("known", is_new=False)
    known = uow.recommendations.question_of(vacancy.id, topic, address.id)
    if known is None:
        uow.recommendations.add_question(
            VacancyQuestion(
                vacancy_id=vacancy.id,
                worker_id=worker.id if worker else None,
                address_id=address.id,
                topic=topic,
                asked_at=deployment.now,
            )
        )
    elif known.answered_at is not None:
        known.answered_at, known.answer = None, None  # the firm has changed the vacancy since
    whom: Asked = "firm" if _ask_firm(uow, deployment, vacancy, topic) else "officer"
    if whom == "officer":
        _ask_officer(uow, deployment, vacancy, topic)
    return Question(whom, is_new=known is None)


def may_answer(
    uow: UnitOfWork, vacancy: Vacancy, *, enterprise: Enterprise | None, officer: Officer | None
) -> bool:
    """Tell whether the firm, or the officer who looks after the firm, is speaking."""
    if enterprise is not None and enterprise.id == vacancy.enterprise_id:
        return True
    firm = uow.enterprises.need(vacancy.enterprise_id)
    return officer is not None and officers.is_in_scope(officer, officers.code_of_enterprise(firm))


def answer(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy: Vacancy,
    topic: str,
    *,
    yes: bool | None = None,
    words: str = "",
) -> int:
    """Fill the gap in the vacancy and tell everybody who asked; return how many.

    Only a gap is filled: a vacancy that stays as it was reviewed and says more stays open.

    Args:
        uow: The transaction.
        deployment: The bureau.
        vacancy: What was asked about.
        topic: One of `vacancy_words.TOPICS`.
        yes: The answer about lodging and board.
        words: The answer about payday and hours, in the firm's words.

    Raises:
        UserError: The vacancy is over, says it already, or the words are unlawful.
    """
    if vacancy.status is not VacancyStatus.PUBLISHED or _said(vacancy, topic) is not None:
        raise UserError("vacancy_gaps.refused.settled", number=reference(vacancy))
    if topic in YES_NO_TOPICS:
        setattr(vacancy, topic, yes)
    elif find_violations(fold(words)):
        raise UserError("vacancy_gaps.refused.unlawful")
    else:
        setattr(vacancy, topic, words.strip()[:LONGEST_ANSWER])
    uow.vacancies.note_change(vacancy, at=deployment.now)
    waiting = uow.recommendations.open_questions(vacancy.id, topic)
    for question in waiting:
        _tell(uow, deployment, vacancy, question)
    return len(waiting)


def answer_words(deployment: Deployment, vacancy: Vacancy, topic: str, language: str) -> str:
    """Return what the vacancy now says about `topic`."""
    said = _said(vacancy, topic)
    if topic in YES_NO_TOPICS:
        word = "yes" if said else "no"
        return deployment.text(f"vacancy_lines.room_board.{topic}_{word}", language)
    return deployment.text(f"vacancy_gaps.answer.{topic}", language, words=said)


def _said(vacancy: Vacancy, topic: str) -> bool | str | None:
    if topic not in TOPICS:
        raise LookupError(f"no topic {topic}")
    said: bool | str | None = getattr(vacancy, topic)
    return said


def _ask_firm(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, topic: str) -> bool:
    addresses = uow.enterprises.addresses_of(vacancy.enterprise_id)
    for address in addresses:
        key = f"vacancy_gaps.firm.{topic}"
        words = deployment.text(
            key, address.language, number=reference(vacancy), title=vacancy.title
        )
        draft = Draft(
            key,
            Body(words, answer_options(deployment, vacancy, topic, language=address.language)),
            f"gap:{vacancy.id.hex}:{topic}:{address.id.hex}",
            kind=DeliveryKind.TASK,
            subject_id=vacancy.id,
        )
        push(uow, address, draft, now=deployment.now)
    return bool(addresses)


def _ask_officer(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, topic: str) -> None:
    firm = uow.enterprises.need(vacancy.enterprise_id)
    officer = officers.owner_for(uow, officers.code_of_enterprise(firm))
    officers.inform(
        uow,
        deployment,
        officer,
        f"vacancy_gaps.officer.{topic}",
        dedupe=f"gap:{vacancy.id.hex}:{topic}",
        subject_id=vacancy.id,
        options=answer_options(
            deployment, vacancy, topic, language=officers.language_of(uow, officer)
        ),
        number=reference(vacancy),
        firm=firm.name,
    )


def answer_options(
    deployment: Deployment, vacancy: Vacancy, topic: str, *, language: str
) -> tuple[Option, ...]:
    """Return the buttons with which a firm or an officer answers, whenever they like."""
    about = f"{topic}:{vacancy.id.hex}"
    if topic not in YES_NO_TOPICS:
        label = deployment.text("vacancy_gaps.choice.answer", language)
        return (Option(1, label, action_data("gap_words", about)),)
    return tuple(
        Option(
            number,
            deployment.text(f"vacancy_lines.room_board.{topic}_{word}", language),
            action_data(f"gap_{word}", about),
        )
        for number, word in ((1, "yes"), (2, "no"))
    )


def _tell(
    uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy, question: VacancyQuestion
) -> None:
    address = uow.addresses.need(question.address_id)
    language = address.language
    said = answer_words(deployment, vacancy, question.topic, language)
    question.answer, question.answered_at = said, deployment.now
    key = "vacancy_gaps.told.answer"
    words = deployment.text(key, language, title=vacancy.title, answer=said)
    draft = Draft(
        key,
        Body(words, durable_options(deployment, vacancy, language=language)),
        f"gap_answered:{question.id.hex}:{vacancy.version}",
        kind=DeliveryKind.TASK,
        subject_id=question.id,
        worker_id=question.worker_id,
    )
    push(uow, address, draft, now=deployment.now)
