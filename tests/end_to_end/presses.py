"""With a clock: how heavy a page is, and how long a person waits for an answer."""

from __future__ import annotations

import math
from collections.abc import Sequence

from playwright.sync_api import Browser, Response

from tests.end_to_end.browser import PHONE, Chat

PRESS_AND_WAIT = """
() => new Promise((resolve) => {
  const lines = document.getElementById('lines');
  const before = lines.querySelectorAll('.bot').length;
  const options = lines.querySelectorAll('.options.open .option');
  const watch = new MutationObserver(() => {
    if (lines.querySelectorAll('.bot').length > before) {
      watch.disconnect();
      resolve(performance.now() - began);
    }
  });
  watch.observe(lines, { childList: true });
  const began = performance.now();
  options[options.length - 1].click();
})
"""
SETTLED_AFTER = 60


def press_and_time(chat: Chat, count: int) -> list[float]:
    """Press the last of the open choices again and again; return the milliseconds of each.

    Measured inside the page, from the press to the first bubble that is drawn.
    """
    took = []
    for _ in range(count):
        if not chat.choices:
            chat.says("找活")
        chat.page.locator(".options.open").wait_for()
        took.append(float(chat.page.evaluate(PRESS_AND_WAIT)))
        chat.page.wait_for_timeout(SETTLED_AFTER)
    return took


def percentile(figures: Sequence[float], percent: int) -> float:
    """Return the smallest figure that at least `percent` of all do not exceed."""
    return sorted(figures)[math.ceil(len(figures) * percent / 100) - 1]


def page_weight(browser: Browser, address: str) -> float:
    """Return the kilobytes of everything that a first visit to `address` loads."""
    loaded: list[Response] = []

    def keep(answer: Response) -> None:
        loaded.append(answer)

    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.on("response", keep)
    page.goto(address)
    page.locator("#start").wait_for()
    files = [each for each in loaded if "/messages" not in each.url]
    size = sum(len(each.body()) for each in files)
    context.close()
    return size / 1024
