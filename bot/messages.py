"""What goes in and out of a channel, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message or button press from a person.

    Attributes:
        external_id: The platform's id of the message; the same id twice is the same message.
        address: Where the person is reached on this channel (a chat id, a web token's hash).
        text: What was typed; empty for a button.
        button: The data of a pressed button, or None.
        sequence: The platform's order within one address; smaller is older.
        language: Language the platform reports, `zh` or `en`.
        media: `photo`, `sticker`, `voice`, `video` or `document` for something besides words.
        media_id: The platform's id of it.
        phone: A number that its owner shared with the platform's own button, or None.
        position: Latitude and longitude that were shared, or None.
        event: A word of `Event` for something that is no message, or None.
    """

    external_id: str
    address: str
    text: str = ""
    button: str | None = None
    sequence: int = 0
    language: str = "zh"
    media: str | None = None
    media_id: str | None = None
    phone: str | None = None
    position: tuple[float, float] | None = None
    event: str | None = None


class Event(StrEnum):
    """Something a platform tells of an address that nobody said."""

    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    GROUP = "group"


class Wants(StrEnum):
    """What a question would like the platform's own button for."""

    PHONE = "phone"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Media:
    """Something besides words, by the id under which one account of a platform keeps it."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Option:
    """One numbered choice under a message.

    Attributes:
        number: The digit that chooses it, as shown; 0 is always 找真人.
        label: The words on the button.
        data: What the button sends back, at most 64 bytes.
    """

    number: int
    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered message: plain text and the choices below it.

    Attributes:
        text: Plain text, shown as it is.
        options: Choices in the order shown.
        link: A page or picture path of this site to show below the text, or None.
        closed: The choices can no longer be made (an edited message).
        media: Shown where the channel keeps it, or None.
        wants: A word of `Wants` where a button of the platform's own would help, or None.
    """

    text: str
    options: tuple[Option, ...] = ()
    link: str | None = None
    closed: bool = False
    media: Media | None = None
    wants: str | None = None


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message or edit on its way to an address.

    Attributes:
        delivery_id: The outbox row, as a hex string.
        address: Where the person is reached on this channel.
        body: What is said.
        edits: External id of the message that this one replaces, or None for a new one.
        kind: Why it is sent, a word of `storage.states.DeliveryKind`.
        language: Language of the address, `zh` or `en`.
    """

    delivery_id: str
    address: str
    body: Body
    edits: str | None = None
    kind: str = "reply"
    language: str = "zh"


class SendErrorKind(StrEnum):
    """What a failed send means for the message."""

    THROTTLED = "throttled"
    TEMPORARY = "temporary"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SendFailure:
    """Why a message was not accepted.

    Attributes:
        kind: What it means.
        retry_after: Seconds the platform asked for, with `THROTTLED`.
        code: The platform's own code, for the record.
    """

    kind: SendErrorKind
    retry_after: float = 0.0
    code: str = ""
