"""People at the pages: they type, tap, and read what the bubbles say."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from content.texts import Texts

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = ViewportSize(width=360, height=740)
LONGEST_WAIT = 15.0
GLANCE = 0.03
AT_ONCE = 0.4
GAP = "\x00"


@contextlib.contextmanager
def debian_chromium() -> Iterator[Browser]:
    """Yield the system's browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def worded(texts: Texts, key: str, **values: object) -> re.Pattern[str]:
    """Return a pattern of one text in which every value not given may be anything."""
    gaps = dict.fromkeys(texts.placeholders(key, "zh"), GAP)
    words = texts.render(key, "zh", **{**gaps, **values})
    return re.compile(re.escape(words).replace(GAP, r"[\s\S]+"))


@dataclass
class Chat:
    """One open chat page and how far its reader has read."""

    page: Page
    texts: Texts
    _read: int = field(default=0)

    @property
    def bubbles(self) -> Locator:
        """What the assistant said, oldest first."""
        return self.page.locator(".bot .said")

    def opens(self, address: str) -> None:
        """Open a page and wait until what was said before is drawn."""
        self.page.goto(address)
        expect(self.page.locator("#lines")).to_have_attribute("aria-busy", "false")
        self._read = 0

    def reads(self) -> None:
        """Take everything shown as read; `hears` looks at what comes after it."""
        self._read = self.bubbles.count()

    def says(self, words: str) -> None:
        """Type and send."""
        self.reads()
        self.page.fill("#text", words)
        self.page.click("#send")

    def taps(self, key: str, **values: object) -> None:
        """Tap the lowest choice that can be tapped and has the words of `key`."""
        self.reads()
        label = re.compile(f"^{worded(self.texts, key, **values).pattern}$")
        labels = self.page.locator(".option:not([disabled]) .label")
        labels.filter(has_text=label).last.click()

    def hears(self, key: str, **values: object) -> str:
        """Wait for an unread bubble with the words of `key`; return all of its text.

        Raises:
            AssertionError: It did not come; what came instead is told.
        """
        wanted = worded(self.texts, key, **values)
        until = time.monotonic() + LONGEST_WAIT
        while True:
            new = self.bubbles.all_text_contents()[self._read :]
            found = next((words for words in new if wanted.search(words)), None)
            if found is not None:
                return found
            assert time.monotonic() < until, f"not heard: {key}; unread: {new}"
            self.page.wait_for_timeout(1000 * GLANCE)

    def is_told(self, key: str) -> bool:
        """Tell whether an unread bubble with the words of `key` is there, or comes at once."""
        self.page.wait_for_timeout(1000 * AT_ONCE)
        wanted = worded(self.texts, key)
        return any(wanted.search(words) for words in self.unread)

    @property
    def unread(self) -> list[str]:
        """What was said since the reader last read."""
        return self.bubbles.all_text_contents()[self._read :]

    @property
    def choices(self) -> list[str]:
        """Labels of the open question's choices."""
        return self.page.locator(".options.open .label").all_text_contents()

    def is_answerable(self) -> bool:
        """Tell whether the newest open choices are, at least partly, on the screen."""
        newest = self.page.locator(".options.open .option").first
        if newest.count() == 0:
            return False
        box, screen = newest.bounding_box(), self.page.locator("#scroll").bounding_box()
        if box is None or screen is None:
            return False
        return screen["y"] <= box["y"] and box["y"] + 24 <= screen["y"] + screen["height"]
