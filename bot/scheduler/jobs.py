"""The job table: what is looked for, and how often."""

from __future__ import annotations

from bot.scheduler import (
    broadcasts_running,
    chances_counted,
    check_ins_due,
    check_ins_silent,
    course_offers,
    course_reminders,
    hand_over_silence,
    households_watched,
    impressions_forgotten,
    links_forgotten,
    nightly_ranking,
    people_forgotten,
    phone_lists,
    policy_notices,
    promises_overdue,
    sent_vacancies,
    sheets_forgotten,
    sheets_undone,
    slots_forgotten,
    spreads_extended,
    still_looking,
    stuck_leases,
    vacancies_expired,
    weights_learned,
    wishes_fired,
    words_forgotten,
)
from bot.scheduler.ticks import Job

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# In this order where all run at once: what is silent is settled before something new is asked,
# and a conversation is given back before it is looked at.
JOBS: tuple[Job, ...] = (
    Job("stuck_leases", 10, stuck_leases.take_back),
    Job("hand_over_silence", 5 * MINUTE, hand_over_silence.give_back),
    Job("vacancies_expired", 10 * MINUTE, vacancies_expired.expire),
    Job("sent_vacancies", 5, sent_vacancies.edit),
    Job("broadcasts_running", 5, broadcasts_running.run),
    Job("sheets_undone", 5, sheets_undone.take_back),
    Job("spreads_extended", MINUTE, spreads_extended.extend),
    Job("wishes_fired", MINUTE, wishes_fired.tell),
    Job("policy_notices", HOUR, policy_notices.tell),
    Job("course_reminders", MINUTE, course_reminders.run),
    Job("course_offers", HOUR, course_offers.tell),
    Job("nightly_ranking", MINUTE, nightly_ranking.rank),
    Job("check_ins_silent", MINUTE, check_ins_silent.note_silent),
    Job("check_ins_due", MINUTE, check_ins_due.ask_due),
    Job("phone_lists", 10 * MINUTE, phone_lists.bring_up),
    Job("households_watched", HOUR, households_watched.look),
    Job("promises_overdue", MINUTE, promises_overdue.escalate),
    Job("people_forgotten", HOUR, people_forgotten.forget),
    Job("still_looking", HOUR, still_looking.ask_all),
    Job("words_forgotten", HOUR, words_forgotten.forget),
    Job("sheets_forgotten", HOUR, sheets_forgotten.forget),
    Job("slots_forgotten", DAY, slots_forgotten.forget),
    Job("links_forgotten", DAY, links_forgotten.forget),
    Job("impressions_forgotten", DAY, impressions_forgotten.forget),
    Job("chances_counted", DAY, chances_counted.count),
    Job("weights_learned", DAY, weights_learned.learn),
)
