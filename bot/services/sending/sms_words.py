"""What fits into one text message: 70 characters, the digits that answer it, and a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.messages import Body, Option
from bot.services.sending.deliveries import ANSWER_PREFIX
from content.texts import Texts
from storage.states import PUSH_KINDS, DeliveryKind

# One text message in UCS-2 holds 70 units of 16 bits; the link after it makes a second part.
MOST_UNITS = 70
# Less room than this says nothing before a question.
LEAST_STATEMENT = 12
# A push without so much of its words is not worth its digits.
LEAST_PUSH = 30
# A cut so early that the rest would be a bare greeting is no sentence's end worth taking.
EARLIEST_CUT = 0.4
BUBBLES = "\n\n"
CUT = "…"
ENDS = "。！？!?；;…，、,"
_SPACES = re.compile(r"\s+")
_AFTER_END = re.compile(f"(?<=[{re.escape(ENDS)}])|(?= \\| )|(?<=[.] )")
# Unasked messages by which a bureau advertises have to say how they are stopped.
ADVERTISES = frozenset(kind.value for kind in PUSH_KINDS)
KNOWN_KINDS = frozenset(kind.value for kind in DeliveryKind) - {DeliveryKind.EDIT.value}


@dataclass(frozen=True, slots=True)
class _Parts:
    """A message taken apart: what is said, what is asked last, and how it is answered."""

    statements: tuple[str, ...]
    question: str
    options: tuple[Option, ...]


def condensed(bodies: Sequence[Body]) -> Body:
    """Return the replies of one turn as one message, of which a text message shows the most.

    Its text holds every bubble in full, a blank line between two and the question last, so
    that a page behind the link can show all of it; `text_of` shortens. Its options are those
    of the open question, else of the last bubble that has any: what a typed digit chooses.
    Of other bubbles only the words stay.
    """
    if not bodies:
        return Body("")
    asking = _asking(bodies)
    order = [body for body in bodies if body is not asking]
    if asking is not None:
        order.append(asking)
    text = BUBBLES.join(part for part in (_one_bubble(body.text) for body in order) if part)
    last = order[-1]
    return replace(last, text=text, link=None, media=None, wants=None)


def text_of(texts: Texts, body: Body, *, kind: str, language: str, link: str | None) -> str:
    """Return what goes on the air: at most 70 UTF-16 units of words, a blank, and the link.

    Numbered choices are shown whole or not at all, but for 找真人 and, in a push, for all
    behind the first two; digits that are not shown work as well. An advertising push says how
    it is stopped. Words are cut only where they do not fit, at a sentence or a comma.

    Args:
        texts: The catalogue; `sms.text.{kind}` is the gateway's template of each kind.
        body: The full message, as `condensed` or a push made it.
        kind: A word of `DeliveryKind`; an unknown one is worded as a reply.
        language: `zh` or `en`.
        link: The absolute address of its page, or None.
    """
    kind = kind if kind in KNOWN_KINDS else DeliveryKind.REPLY.value
    stop = texts.render("sms.stop.hint", language) if kind in ADVERTISES else ""
    parts = _taken_apart(body, kind=kind)
    words, choices = _fitted(texts, parts, kind=kind, language=language, stop=stop)
    rendered = texts.render(f"sms.text.{kind}", language, words=words, choices=choices, stop=stop)
    short = cut(_SPACES.sub(" ", rendered).strip(), MOST_UNITS)
    return f"{short} {link}".strip() if link else short


def units(text: str) -> int:
    """Return how many UTF-16 units a text message counts for `text`."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)  # noqa: PLR2004 - the plane


def cut(text: str, most: int) -> str:
    """Return `text` in at most `most` units: whole, else to a sentence or comma, and `…`."""
    if units(text) <= most:
        return text
    room = most - units(CUT)
    if room < 0:
        return ""
    longest = _prefix(text, room)
    ends = [end.start() for end in _AFTER_END.finditer(text) if end.start() <= len(longest)]
    fitting = [end for end in ends if end >= EARLIEST_CUT * len(longest)]
    kept = text[: fitting[-1]] if fitting else longest
    return kept.rstrip(f" |{ENDS}") + CUT


def _asking(bodies: Sequence[Body]) -> Body | None:
    """Return the bubble whose digits count: the open question, else the last with options."""
    with_options = [body for body in bodies if body.options and not body.closed]
    questions = [
        body
        for body in with_options
        if any(option.data.startswith(f"{ANSWER_PREFIX}:") for option in body.options)
    ]
    found = questions or with_options
    return found[-1] if found else None


def _one_bubble(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text.strip())


def _taken_apart(body: Body, *, kind: str) -> _Parts:
    whole = body.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    bubbles = [_SPACES.sub(" ", part).strip() for part in whole.split(BUBBLES)]
    bubbles = [part for part in bubbles if part] or [""]
    options = () if body.closed else body.options
    if kind in ADVERTISES or not options:
        return _Parts(tuple(bubbles), "", options)
    return _Parts(tuple(bubbles[:-1]), bubbles[-1], options)


def _fitted(texts: Texts, parts: _Parts, *, kind: str, language: str, stop: str) -> tuple[str, str]:
    """Return the words and the choices that fit together."""
    least = LEAST_PUSH if kind in ADVERTISES else units(parts.question)
    least = min(least, sum(map(units, parts.statements)) + units(parts.question))
    frame = units(texts.render(f"sms.text.{kind}", language, words="", choices="", stop=stop))
    room = MOST_UNITS - frame
    choices = ""
    for shown in _choices(parts.options, kind=kind):
        choices = _choice_words(texts, shown, language=language)
        if room - units(choices) >= least:
            break
    room -= units(choices)
    statement = _statement(parts.statements, room - units(parts.question), kind=kind)
    return cut(_joined([statement, parts.question]), room), choices


def _choices(options: tuple[Option, ...], *, kind: str) -> Iterator[tuple[Option, ...]]:
    """Yield which choices may be shown, the most first; in the end none."""
    besides_person = tuple(option for option in options if option.number)
    yield options
    yield besides_person
    if kind in ADVERTISES:
        yield besides_person[:2]
    yield ()


def _choice_words(texts: Texts, options: tuple[Option, ...], *, language: str) -> str:
    if not options:
        return ""
    said = " ".join(
        texts.render("sms.choices.one", language, number=option.number, label=option.label)
        for option in options
    )
    return texts.render("sms.choices.reply", language, choices=_SPACES.sub(" ", said))


def _statement(statements: tuple[str, ...], room: int, *, kind: str) -> str:
    """Return as many statements as fit whole, from the first on; the first may be cut."""
    taken: list[str] = []
    for one in statements:
        if units(_joined([*taken, one])) > room:
            break
        taken.append(one)
    if taken or not statements:
        return _joined(taken)
    least = 1 if kind in ADVERTISES else LEAST_STATEMENT
    return cut(statements[0], room) if room >= least else ""


def _joined(parts: Sequence[str]) -> str:
    """Put bubbles one behind the other; a blank where the first has no mark at its end."""
    said = ""
    for part in filter(None, parts):
        said += part if not said or said[-1] in ENDS else f" {part}"
    return said


def _prefix(text: str, most: int) -> str:
    """Return the longest beginning of at most `most` units; no character is split."""
    used = 0
    for position, sign in enumerate(text):
        used += units(sign)
        if used > most:
            return text[:position]
    return text
