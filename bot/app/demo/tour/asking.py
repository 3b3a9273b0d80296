"""Act 6: a question no clause answers goes to a person; another is answered with its source."""

from __future__ import annotations

import time

from bot.app.demo.stage import Heard
from bot.app.demo.tour.playing import Tour
from bot.services.policies.answering import writer
from content.policies.cards import PolicyCard

SAID = "policies.answer.said"
TRANSPORT, ALLOWANCE = "P-TRANSPORT", "P-TRAINALLOW"
QUESTIONS = ("fare", "meals")


async def ask_about_policy(tour: Tour) -> None:
    """Ask for what the bureau's documents do not say, then for what they do."""
    tour.act("policy")
    cards = _cards(tour)
    tour.need(TRANSPORT not in cards, "clause", mechanism=TRANSPORT)
    answers = [await _handed_over(tour, clauses=len(cards))]
    tour.need(ALLOWANCE in cards, "clause", mechanism=ALLOWANCE)
    answers.append(await _answered(tour, cards[ALLOWANCE]))
    to_person = tour.app.deployment.text("policy_answers.handed.to_a_person", tour.language)
    handed = sum(to_person in answer.body.text for answer in answers)
    counts = {"asked": len(QUESTIONS), "answered": len(answers) - handed, "handed": handed}
    tour.need(counts["answered"] == counts["handed"] == 1, "policy", **counts)
    tour.note("policy.closes", **counts)


async def _handed_over(tour: Tour, *, clauses: int) -> Heard:
    """Ask about the fare: nothing is made up, and the officer reads her own words."""
    began = time.monotonic()
    answer = tour.expect(await tour.say("worker", tour.worker, "fare"), SAID)
    await tour.stage.publish()
    told = await tour.officer.listens()
    seconds = time.monotonic() - began
    words = tour.app.deployment.text("demo.say.fare", "zh")
    is_passed_on = any(words in each.body.text for each in told)
    tour.need(is_passed_on, "reply", expected=words, found=len(told))
    tour.bot(told, to="officer")
    tour.note("policy.handed", clauses=clauses, seconds=f"{seconds:.1f}")
    return answer


async def _answered(tour: Tour, card: PolicyCard) -> Heard:
    """Ask about the meals: the clause's own lines, with document, year and status."""
    answer = tour.expect(await tour.say("worker", tour.worker, "meals"), SAID)
    source = writer(tour.app.deployment, tour.language).source(card)
    for line in (*card.chat, source):
        tour.need(line in answer.body.text, "reply", expected=line, found=answer.body.text)
    await tour.stage.publish()
    told = await tour.officer.listens()
    tour.need(not told, "reply", expected="", found=len(told))
    return answer


def _cards(tour: Tour) -> dict[str, PolicyCard]:
    """Return what the bureau's own city has clauses about today, by mechanism."""
    deployment = tour.app.deployment
    library = deployment.catalogue.policies
    city = library.jurisdiction_of(deployment.bureau_adcode)
    tour.need(city, "clause", mechanism=deployment.bureau_adcode)
    return {card.mechanism: card for card in library.of(city or "", tour.clock.today())}
