"""All conversations; where two could hear the same words, the one that stands first does."""

from __future__ import annotations

from bot.conversations import (
    applicants,
    applications,
    case_work,
    cases,
    check_in,
    check_in_application,
    check_in_firm,
    check_in_unasked,
    enterprise_registration,
    family,
    first_contact,
    hand_over,
    help,  # noqa: A004 - the conversation is called so
    job_search,
    language,
    loss,
    menu,
    my_applications,
    my_information,
    officer_joining,
    profile,
    review,
    review_firms,
    still_looking,
    vacancy_gaps,
    vacancy_list,
    vacancy_posting,
    vacancy_refusal,
)
from bot.conversations.script import Script

SCRIPTS: tuple[Script, ...] = tuple(
    module.script
    for module in (
        hand_over,
        officer_joining,
        menu,
        language,
        enterprise_registration,
        first_contact,
        profile,
        family,
        my_information,
        still_looking,
        help,
        job_search,
        vacancy_refusal,
        vacancy_gaps,
        applications,
        my_applications,
        loss,
        check_in,
        check_in_application,
        check_in_firm,
        check_in_unasked,
        vacancy_posting,
        vacancy_list,
        applicants,
        review,
        review_firms,
        cases,
        case_work,
    )
)
