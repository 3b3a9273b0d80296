"""Chinese or English, at any time."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.menu import open_menu
from bot.conversations.script import ALL_ROLES, Script
from bot.conversations.turn import Turn
from bot.understanding.values import Intent

script = Script("language")

WORDS = {
    "en": re.compile(r"^\s*(?:english|en|英文|英语)[\s.。!！]*$", re.I),
    "zh": re.compile(r"^\s*(?:chinese|zh|中文|汉语|普通话)[\s.。!！]*$", re.I),
}
# What the English texts tell people to say; everything else is understood in Chinese.
ENGLISH_WISHES: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        "find_job",
        re.compile(r"^\s*(?:find|look(?:ing)? for|i want) (?:a |some )?(?:work|job)\W*$", re.I),
    ),
    ("register", re.compile(r"^\s*(?:register|sign up)\W*$", re.I)),
    ("unsubscribe", re.compile(r"^\s*(?:stop|unsubscribe)\W*$", re.I)),
    ("delete_my_data", re.compile(r"^\s*delete (?:my|all my) (?:data|information)\W*$", re.I)),
    ("talk_to_human", re.compile(r"^\s*(?:a )?(?:real )?(?:person|human)\W*$", re.I)),
)
OTHER = {"zh": "en", "en": "zh"}


@script.intercept
def language_words(turn: Turn) -> bool:
    """Hear English and 中文 whatever was asked."""
    for language, words in WORDS.items():
        if words.match(turn.inbound.text):
            switch(turn, language)
            return True
    return False


@script.intercept
def english_wishes(turn: Turn) -> bool:
    """Understand the wishes that the English texts name; what they do is decided elsewhere."""
    for intent, words in ENGLISH_WISHES:
        if words.match(turn.inbound.text):
            turn.reading = replace(turn.reading, intent=intent, confidence=1.0)
    return False


@script.command("lang", roles=ALL_ROLES)
def language_command(turn: Turn, argument: str) -> None:
    """Switch to the named language, or to the other one."""
    named = [language for language, words in WORDS.items() if words.match(argument)]
    switch(turn, named[0] if named else OTHER[turn.language])


def switch(turn: Turn, language: str) -> None:
    """Answer in `language` from now on, and put the open question again in it."""
    turn.address.language = language
    turn.say("menu.language.switched")
    if turn.step is None:
        open_menu(turn)
    else:
        turn.ask_again()
