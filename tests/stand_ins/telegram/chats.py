"""People, groups, and what a chat shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.stand_ins.telegram.values import Json

GONE = "user is deactivated"
BLOCKED = "bot was blocked by the user"


@dataclass(frozen=True, slots=True)
class Button:
    """One button as a person sees it.

    Attributes:
        label: The words on it.
        data: What an inline button sends back, or None.
        url: The page it opens, or None.
        asks: `contact` or `location` where it shares that, else empty.
    """

    label: str
    data: str | None = None
    url: str | None = None
    asks: str = ""


@dataclass(slots=True)
class Shown:
    """One message as a chat shows it now.

    Attributes:
        message_id: Its number in the chat.
        from_bot: Whether the bot wrote it.
        text: Words, or the caption below a medium.
        at: Seconds of the stand-in's clock at which it came.
        entities: As sent.
        markup: The inline keyboard, or None.
        kind: `text`, or the kind of medium.
        file_id: Of the medium, or None.
        fixed: It came with a keyboard of the reply kind, which forbids edits for good.
        versions: Texts before edits, oldest first.
        changed: Number of the change in the chat that last touched it.
    """

    message_id: int
    from_bot: bool
    text: str
    at: float
    entities: list[object] = field(default_factory=list)
    markup: Json | None = None
    kind: str = "text"
    file_id: str | None = None
    fixed: bool = False
    versions: list[str] = field(default_factory=list)
    changed: int = 0

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons, row by row."""
        return buttons_of(self.markup, "inline_keyboard")

    @property
    def labels(self) -> list[str]:
        """The words on the inline buttons."""
        return [button.label for button in self.buttons]


@dataclass(slots=True)
class Chat:
    """One bot's chat with a person or a group.

    Attributes:
        chat_id: Positive for a person, negative for a group.
        shown: The whole chat, oldest first.
        keyboard: The keyboard of the reply kind that lies open, or None.
        refuses: Why the bot may not write (`BLOCKED`, `GONE`), or empty.
        title: A group's name; empty for a person.
        moved_to: Id of the supergroup a group became, or None.
        changes: How many messages and edits there were.
        action: What the bot last said that it is doing.
    """

    chat_id: int
    shown: list[Shown] = field(default_factory=list)
    keyboard: Json | None = None
    refuses: str = ""
    title: str = ""
    moved_to: int | None = None
    changes: int = 0
    action: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it is a group."""
        return self.chat_id < 0

    def as_json(self) -> Json:
        """Return the platform's `Chat`."""
        if self.is_group:
            return {"id": self.chat_id, "type": "group", "title": self.title}
        return {"id": self.chat_id, "type": "private", "first_name": self.title or "测试"}

    def add(self, shown: Shown) -> Shown:
        """Show one more message."""
        self.changes += 1
        shown.changed = self.changes
        self.shown.append(shown)
        return shown

    def next_id(self) -> int:
        """Return the number of the next message."""
        return self.shown[-1].message_id + 1 if self.shown else 1

    def find(self, message_id: object) -> Shown | None:
        """Return the message with this number, or None."""
        if not isinstance(message_id, int) or message_id < 1 or message_id > len(self.shown):
            return None
        return self.shown[message_id - 1]


def buttons_of(markup: Json | None, rows_under: str) -> list[Button]:
    """Return the buttons of a keyboard, row by row."""
    rows = (markup or {}).get(rows_under)
    found = []
    for row in rows if isinstance(rows, list) else []:
        for button in row:
            found.append(_button(button if isinstance(button, dict) else {"text": button}))
    return found


def _button(button: Json) -> Button:
    data, url = button.get("callback_data"), button.get("url")
    asks = "contact" if button.get("request_contact") else ""
    asks = "location" if button.get("request_location") else asks
    return Button(
        str(button.get("text", "")),
        data=str(data) if data is not None else None,
        url=str(url) if url is not None else None,
        asks=asks,
    )
