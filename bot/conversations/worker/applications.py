"""报名: one tap, then only what is needed to send it."""

from __future__ import annotations

from uuid import UUID

from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.profile_person import SIXTEEN, turn_child_away
from bot.messages import Option
from bot.services.follow_up import applications
from bot.services.people import consents
from bot.services.people.workers import WORKING_AGE, is_full_name
from bot.services.sending.deliveries import action_data
from storage.models import Application, Vacancy, Worker
from storage.states import ApplicationStatus, Decision, Purpose, VacancyStatus

script = Script("applications")
VACANCY = "vacancy"


def begin(turn: Turn, key: str) -> None:
    """Begin an application for the vacancy with this hex key."""
    turn.answers.clear()
    turn.go("applications.go_on", **{VACANCY: key})


@script.action("apply")
def press_apply(turn: Turn, argument: str) -> None:
    """Begin an application from a button that may be days old."""
    begin(turn, argument)


@script.asks("go_on")
def go_on(turn: Turn) -> None:
    """Ask for the one thing that is still missing, or ask to pass the contact on."""
    vacancy = _open_vacancy(turn)
    if vacancy is None:
        _show_next(turn, "job_search.detail.closed")
        return
    worker = turn.worker
    if worker is None or not _is_registered(turn, worker):
        _ask_for(turn, "first_contact.consent", otherwise="applications.only_looking")
        return
    known = applications.express_interest(turn.uow, turn.deployment, worker, vacancy, turn.address)
    if applications.is_sent(known):
        turn.say("applications.sent.again")
        turn.finish(again="applications.sent.again")
    elif _is_refused(known):
        _show_next(turn, "applications.refused.firm_said_no")
    elif not _is_missing(turn, worker, vacancy):
        turn.go("applications.pass_contact")


@script.asks("only_looking")
def only_looking(turn: Turn) -> None:
    """Somebody who is not to be remembered can look at everything and call the officer."""
    _say_and_close(turn, "applications.only_looking.said")


@script.asks("without_year")
def without_year(turn: Turn) -> None:
    """Without the year nobody knows whether the law allows the work."""
    _say_and_close(turn, "applications.without.year")


@script.asks("without_contact")
def without_contact(turn: Turn) -> None:
    """Without name and phone the firm cannot call; an officer may."""
    _say_and_close(turn, "applications.without.contact")


@script.asks("pass_contact")
def ask_to_pass_contact(turn: Turn) -> None:
    """Ask once, for this firm only, whether name and phone may be given."""
    vacancy = _open_vacancy(turn)
    if vacancy is None:
        _show_next(turn, "job_search.detail.closed")
        return
    firm = turn.uow.enterprises.need(vacancy.enterprise_id).name
    give = turn.choice("yes", "applications.pass_contact.give", "给嘛", "同意", "可以")
    keep = turn.choice("no", "applications.pass_contact.keep", "莫给", "不同意")
    turn.ask("applications.pass_contact.ask", [give, keep, turn.human_choice()], firm=firm)


@script.answers("pass_contact")
def answer_to_pass_contact(turn: Turn, answer: Answer) -> bool | None:
    """Send the application, or keep it as an interest that the firm never sees."""
    vacancy, worker = _open_vacancy(turn), turn.worker
    if answer.choice is None:
        return False
    if vacancy is None or worker is None:
        _show_next(turn, "job_search.detail.closed")
        return None
    granted = answer.choice == "yes"
    consents.record(
        turn.uow,
        turn.deployment,
        turn.address.id,
        Purpose.PASS_CONTACT,
        Decision.GRANTED if granted else Decision.DECLINED,
        worker_id=worker.id,
        subject_id=vacancy.enterprise_id,
    )
    if not granted:
        _say_and_close(turn, "applications.pass_contact.kept")
        return None
    applications.apply(turn.uow, turn.deployment, worker, vacancy, turn.address)
    turn.say("applications.sent.done")
    turn.finish(again="applications.sent.again")
    return None


def _open_vacancy(turn: Turn) -> Vacancy | None:
    """Return the vacancy as it stands in the database now; None when it is closed."""
    try:
        key = UUID(str(turn.answers.get(VACANCY)))
    except ValueError:
        return None
    rows = turn.uow.recommendations.open_among({key}, today=turn.deployment.today)
    return rows[0] if rows and rows[0].status is VacancyStatus.PUBLISHED else None


def _is_registered(turn: Turn, worker: Worker) -> bool:
    # Whoever an officer or an import registered has not answered a question; only a no counts.
    return worker.id not in turn.uow.recommendations.without_consent(among=worker.id)


def _is_refused(application: Application) -> bool:
    return application.status in {ApplicationStatus.REJECTED, ApplicationStatus.NO_SHOW}


def _is_missing(turn: Turn, worker: Worker, vacancy: Vacancy) -> bool:
    """Ask for the first thing that is missing; False when nothing is.

    Nobody below 16 may be placed, so the year decides for every vacancy.
    """
    if worker.birth_year is None:
        _say_why_age_counts(turn, vacancy)
        _ask_for(turn, "profile.birth_year", otherwise="applications.without_year")
    elif not _is_of_working_age(turn, worker.birth_year):
        return True
    elif not _age_fits(turn, worker.birth_year, vacancy):
        _show_next(turn, "applications.age.does_not_fit")
    elif worker.name is None or not is_full_name(worker.name):
        _ask_for(turn, "profile.name", otherwise="applications.without_contact")
    elif worker.phone is None:
        _ask_for(turn, "profile.phone", otherwise="applications.without_contact")
    else:
        return False
    return True


def _say_why_age_counts(turn: Turn, vacancy: Vacancy) -> None:
    if vacancy.age_max is not None:
        turn.say("applications.age.limit", age=vacancy.age_max)
    elif (vacancy.age_min or 0) > WORKING_AGE:
        turn.say("applications.age.least", age=vacancy.age_min)
    else:
        turn.say("applications.age.law", age=WORKING_AGE)


def _is_of_working_age(turn: Turn, birth_year: int) -> bool:
    """Ask in the year of the sixteenth birthday whether it has been; turn children away."""
    age = turn.deployment.today.year - birth_year
    if age < WORKING_AGE:
        turn_child_away(turn)
    elif age == WORKING_AGE and turn.memory.get(SIXTEEN) != birth_year:
        turn.go("profile.sixteen", year=birth_year, then="applications.go_on")
    else:
        return True
    return False


def _age_fits(turn: Turn, birth_year: int, vacancy: Vacancy) -> bool:
    age = turn.deployment.today.year - birth_year
    return (vacancy.age_min or 0) <= age <= (vacancy.age_max or age)


def _ask_for(turn: Turn, step: str, *, otherwise: str) -> None:
    turn.go(step, then="applications.go_on", otherwise=otherwise)


def _show_next(turn: Turn, key: str) -> None:
    turn.say(key)
    turn.answers.clear()
    turn.go("job_search.more")


def _say_and_close(turn: Turn, key: str) -> None:
    turn.say(key, options=[look_for_more(turn)])
    turn.finish(again=key)


def look_for_more(turn: Turn) -> Option:
    """Return the button that shows the next vacancies."""
    return Option(1, turn.text("applications.choice.new_ones"), action_data("more"))
