"""All conversations, in the order in which they are asked."""

from __future__ import annotations

import importlib

from bot.conversations.script import Script

NAMES = (
    "hand_over",
    "officer_joining",
    "menu",
    "language",
    "enterprise_registration",
    "first_contact",
    "profile",
    "family",
    "my_information",
    "help",
    "job_search",
    "vacancy_refusal",
    "vacancy_gaps",
    "applications",
    "my_applications",
    "loss",
    "check_in",
    "check_in_application",
    "check_in_firm",
    "vacancy_posting",
    "vacancy_list",
    "applicants",
    "review",
    "review_firms",
    "cases",
    "case_work",
)


def _existing() -> tuple[Script, ...]:
    found = []
    for name in NAMES:
        try:
            module = importlib.import_module(f"bot.conversations.{name}")
        except ModuleNotFoundError as e:
            if e.name != f"bot.conversations.{name}":
                raise
            continue
        found.append(module.script)
    return tuple(found)


SCRIPTS = _existing()
