"""One intent of fourteen: what was asked, clear words, and the learnt model weighed together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.understanding.intents import words
from bot.understanding.intents.chosen import OFFERS, intent_of_choice
from bot.understanding.intents.clear_words import (
    ANSWERED,
    CLEAR,
    LEADING,
    LEADING_FIRST,
    LIKELY,
    NOTHING,
    IntentReading,
    read_clear_words,
)
from bot.understanding.intents.concepts import Concepts
from bot.understanding.intents.features import Stretch, features_of, masked
from bot.understanding.values import Context, Intent
from content.intents import IntentWords

if TYPE_CHECKING:
    from bot.understanding.intents.model import IntentModel

# A question for a fact belongs to what the person is doing; its answer does too.
_DOING: dict[str, Intent] = {
    "register": "register",
    "change": "update_profile",
    "search": "find_job",
}
_FACTS = frozenset(("phone", "birth_year", "age", "wage", "home", "place", "room_board", "trade"))
_ANSWERS: frozenset[Intent] = frozenset(
    ("find_job", "register", "update_profile", "apply", "other", "training", "checkin_reply")
)
# The product's own steps, as the subjects that the model has learnt.
_SUBJECTS = {"profile": "search", "vacancy_list": "offers", "job_search": "offers"}
_STRONG = 0.6
_HINT = 0.05
_HEARD = 0.25
_WORD_OR_TWO = 4
_A_FEW_WORDS = 6
_GUESSED = 0.55
_CLEAR_ALONE = 0.6
_LEAVES: frozenset[Intent] = frozenset(("delete_my_data", "unsubscribe", "greeting"))
# The word that every text message names for it, whatever was asked.
_STOPS = re.compile(r"\s*(?:td|t|退订)\s*[。!]?\s*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[^,。;!?\s]{3,}")


class IntentReader:
    """Reads intents with one bureau's words and weights; safe to use from several threads."""

    def __init__(self, content: IntentWords) -> None:
        self._content = content

    @cached_property
    def _concepts(self) -> Concepts:
        return Concepts(self._content.concepts)

    @cached_property
    def _model(self) -> IntentModel:
        # numpy takes a tenth of a second to load: the first message pays it, not the start.
        from bot.understanding.intents.model import IntentModel

        return IntentModel(self._content.weights())

    def warm(self) -> None:
        """Load what the first message would have to wait for."""
        _ = self._concepts, self._model

    def read(
        self, text: str, context: Context, *, choice: int | None, stretches: Iterable[Stretch]
    ) -> IntentReading:
        """Decide the intent of folded text.

        Args:
            text: Folded text without phones.
            context: What the bot asked last.
            choice: The number chosen, if the message is one.
            stretches: Places, trades, pay and phones of the text, as (start, end, kind).
        """
        if choice is not None:
            return _of_choice(choice, context)
        said = read_clear_words(text, context)
        if _STOPS.fullmatch(text):
            return replace(said, intent="unsubscribe", confidence=CLEAR, also=None)
        found = list(stretches)
        if said.confidence == NOTHING and not found and _HAN.search(text) is None:
            return said  # nothing that could be learnt from: emoji, a scrap of a page, letters
        chances = self._model.chances(self.features(text, context, said, found))
        best = self._unheard(said, text, found) or _best(said, chances, text, context)
        return IntentReading(
            best,
            _confidence(said, best, chances[best], is_short=len(text.strip()) <= _A_FEW_WORDS),
            also=self._second(best, said, chances, text, found),
            status="not_working" if best == "report_unemployed" else said.status,
            spans=said.spans,
            kinds=said.kinds,
        )

    def _unheard(self, said: IntentReading, text: str, found: list[Stretch]) -> Intent | None:
        """Return the grievance that a clause tells by itself: 想学电工,上个厂工资没给."""
        if "complain_wages" not in said.kinds:
            return None
        for start, end in _clauses(text):
            chance, wish = self._wish_of(text, start, end, found)
            if wish == "complain_wages" and chance >= _CLEAR_ALONE:
                return wish
        return None

    def _second(
        self,
        first: Intent,
        said: IntentReading,
        chances: dict[Intent, float],
        text: str,
        found: list[Stretch],
    ) -> Intent | None:
        """Return what another clause wants by itself, where anything hints at a second wish."""
        hinted = {*said.kinds} | {intent for intent, chance in chances.items() if chance >= _HINT}
        possible = {intent for intent in hinted if _may_follow(first, intent)}
        if "unsubscribe" in possible and words.SENDING.search(text) is None:
            possible.remove("unsubscribe")  # 烦死了 beside a lost job stops no messages
        if not possible:
            return None
        wishes = [self._wish_of(text, start, end, found) for start, end in _clauses(text)]
        clear = [wish for wish in wishes if wish[1] in possible and wish[0] >= _CLEAR_ALONE]
        return max(clear)[1] if clear else None

    def _wish_of(
        self, text: str, start: int, end: int, found: list[Stretch]
    ) -> tuple[float, Intent]:
        """Return the likeliest intent of one clause by itself, behind its chance."""
        clause, alone = text[start:end], Context()
        inside = [(a - start, b - start, kind) for a, b, kind in found if start <= a and b <= end]
        said = read_clear_words(clause, alone)
        chances = self._model.chances(self.features(clause, alone, said, inside))
        return max((chance, intent) for intent, chance in chances.items())

    def features(
        self, text: str, context: Context, said: IntentReading, stretches: Iterable[Stretch]
    ) -> list[str]:
        """Return what the model sees of a message; learning uses the same."""
        rules = [*said.kinds, f"={said.intent}"]
        if said.status is not None:
            rules.append(f"status {said.status}")
        return features_of(
            masked(text, stretches),
            subject_of(context),
            asked=context.asked,
            rules=rules,
            concepts=self._concepts,
        )


def subject_of(context: Context) -> str:
    """Return what the open question is about, in the words that the model has learnt."""
    subject = (context.question or "none").partition(".")[0]
    if subject.startswith(OFFERS):
        return "offers"
    return _SUBJECTS.get(subject, subject)


def _of_choice(choice: int, context: Context) -> IntentReading:
    intent, status = intent_of_choice(choice, context)
    known = intent != "other" or choice in dict(context.options)
    sure = known and (intent != "checkin_reply" or status is not None)
    return IntentReading(intent, ANSWERED if sure else NOTHING, status=status)


def _may_follow(first: Intent, second: Intent) -> bool:
    """Tell whether a message whose intent is `first` can want `second` besides.

    What leads would have been first, had it been meant; whoever leaves wants nothing more.
    """
    if second in {first, "greeting", "other", "checkin_reply"} or first in _LEAVES:
        return False
    if second in LEADING_FIRST:
        return first in LEADING_FIRST and LEADING_FIRST.index(first) < LEADING_FIRST.index(second)
    return True


def _clauses(text: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _CLAUSE.finditer(text)]
    return found if len(found) > 1 else []


def _best(said: IntentReading, chances: dict[Intent, float], text: str, context: Context) -> Intent:
    if _vents(said, text):
        chances = {**chances, "unsubscribe": 0.0}
    likeliest = max(chances, key=chances.__getitem__)
    # A grievance or a lost job that goes unheard does more harm than one heard in vain.
    is_grave = said.intent == "complain_wages" or (
        said.intent == "report_unemployed" and likeliest == "find_job"
    )
    if is_grave and chances[said.intent] >= _HEARD:
        return said.intent
    tells_state = said.intent == "checkin_reply" and said.status is not None
    is_plain = context.question is None or len(text.strip()) <= _WORD_OR_TWO
    if tells_state and is_plain and (likeliest not in LEADING or chances[likeliest] < _STRONG):
        return said.intent
    return _as_answer(likeliest, chances, context)


def _vents(said: IntentReading, text: str) -> bool:
    """Tell 工作没得了,家里烦死了 from words that want no more messages."""
    is_alone = len(_clauses(text)) == 0
    return "unsubscribe" in said.kinds and not is_alone and words.SENDING.search(text) is None


def _as_answer(best: Intent, chances: dict[Intent, float], context: Context) -> Intent:
    subject, _, fact = (context.question or "").partition(".")
    if fact not in _FACTS or subject not in _DOING:
        return best
    if best in _ANSWERS or chances[best] < _STRONG:
        return _DOING[subject]
    return best


def _confidence(said: IntentReading, best: Intent, chance: float, *, is_short: bool) -> float:
    if said.intent == best and said.confidence > NOTHING:
        return max(said.confidence, min(chance, CLEAR))
    if best in LEADING and is_short:
        return min(chance, _GUESSED)  # 太贵了 behind a check-in: too little to open a case for
    if best in LEADING or best in ("greeting", "other"):
        return min(chance, CLEAR)
    # Nobody said it in so many words: not sure enough to break off an open question.
    return min(chance, LIKELY)
