"""Workers' questions about what a vacancy leaves open."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models.vacancies import VacancyQuestion


class VacancyQuestions:
    """Workers' questions about what a vacancy leaves open."""

    session: Session

    def question_of(
        self, vacancy_id: uuid.UUID, topic: str, address_id: uuid.UUID
    ) -> VacancyQuestion | None:
        """Return what this address asked about this topic of this vacancy, or None."""
        return self.session.scalars(
            select(VacancyQuestion)
            .where(
                VacancyQuestion.vacancy_id == vacancy_id,
                VacancyQuestion.topic == topic,
                VacancyQuestion.address_id == address_id,
            )
            .limit(1)
        ).one_or_none()

    def open_questions(self, vacancy_id: uuid.UUID, topic: str) -> list[VacancyQuestion]:
        """Return who waits for an answer about this topic, longest waiting first."""
        return list(
            self.session.scalars(
                select(VacancyQuestion)
                .where(
                    VacancyQuestion.vacancy_id == vacancy_id,
                    VacancyQuestion.topic == topic,
                    VacancyQuestion.answered_at.is_(None),
                )
                .order_by(VacancyQuestion.asked_at, VacancyQuestion.id)
            )
        )

    def question(self, key: uuid.UUID) -> VacancyQuestion | None:
        """Return the question with this key, or None."""
        return self.session.get(VacancyQuestion, key)

    def add_question(self, question: VacancyQuestion) -> VacancyQuestion:
        """Keep a question."""
        self.session.add(question)
        self.session.flush()
        return question
