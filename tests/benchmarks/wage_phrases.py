"""How many ways of saying pay are read, beside JioNLP's money parser on the same forms.

Run `python -m tests.benchmarks.wage_phrases`. JioNLP is no dependency; where it is missing,
`pip install '.[benchmarks]'` brings it (250 MB with its dictionaries and numpy). It reads sums
of money, not pay: it is asked for the figures alone, not for the unit, the month or the bound.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path

from bot.understanding.pay.offered_pay import pays_of
from bot.understanding.pay.piece_rates import find_piece_rates
from bot.understanding.pay.wages import find_wages
from bot.understanding.writing.folding import fold

PHRASES = Path(__file__).parents[1] / "data" / "wage_phrases.tsv"
CARRIERS = (
    "{form}",
    "师傅帮我看哈有没得活路,{form},德阳周边都要得",
    "想找个包住的厂 {form} 我四十六岁",
    "什邡食品厂招包装工10名,{form},18到50岁,电话         ",
    "【急招】保洁2名;{form};8小时工作制,每月15号发工资",
)
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One form and what it says: figures in `unit`, yuan a month, and how far they bind."""

    form: str
    low: str
    high: str
    unit: str
    month_low: str
    month_high: str
    bound: str

    @property
    def meaning(self) -> tuple[str, ...]:
        """Everything but the form, as the table writes it."""
        return (self.low, self.high, self.unit, self.month_low, self.month_high, self.bound)


def read_phrases() -> list[Phrase]:
    """Return the table's rows, in order."""
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [Phrase(**row) for row in rows]


def meaning_of(text: str) -> tuple[str, ...] | None:
    """Return what the product reads, as the table writes it; None if not exactly one pay."""
    folded = fold(text)
    wages = find_wages(folded)
    if len(wages) == 1:
        wage = wages[0]
        low, high = wage.monthly()
        figures = (f"{wage.low:g}", f"{wage.high:g}", wage.unit, str(low), str(high))
        return (*figures, wage.bound)
    rates = find_piece_rates(folded)
    if not wages and len(rates) == 1:
        yuan = f"{rates[0].yuan:g}"
        return (yuan, yuan, "piece", _NONE, _NONE, "exact")
    if not wages and pays_of(folded, [folded])[0].unit == "面议":
        return (_NONE, _NONE, "open", _NONE, _NONE, "exact")
    return None


def money_parser() -> Callable[[str], object] | None:
    """Return JioNLP's money parser; None where it is not installed."""
    if util.find_spec("jionlp") is None:
        return None
    parse: Callable[[str], object] = import_module("jionlp").parse_money
    return parse


def read_by_peer(parse: Callable[[str], object], phrase: Phrase) -> bool:
    """Tell whether the peer reads the form's figures, whatever it says of the unit."""
    try:
        money = parse(phrase.form)
    except (ValueError, KeyError, IndexError, TypeError):
        return False
    figures = money.get("num") if isinstance(money, dict) else None
    said = figures if isinstance(figures, list) else [figures, figures]
    try:
        return [float(str(figure)) for figure in said] == [float(phrase.low), float(phrase.high)]
    except ValueError:
        return False


def main() -> None:
    """Print how many forms each reader gets right."""
    phrases = read_phrases()
    for carrier in CARRIERS:
        right = sum(
            meaning_of(carrier.format(form=phrase.form)) == phrase.meaning for phrase in phrases
        )
        print(f"wengong   {right:4} of {len(phrases)}  {carrier.format(form='…')}")
    parse = money_parser()
    if parse is None:
        print("jionlp    not installed: pip install '.[benchmarks]'")
        return
    right = sum(read_by_peer(parse, phrase) for phrase in phrases)
    print(f"jionlp    {right:4} of {len(phrases)}  …, the figures alone")


if __name__ == "__main__":
    main()
