"""Pay by the piece: 8毛一件, 0.5元/个, 按斤算钱. It makes no monthly wage by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.writing.numerals import read_number

_FIGURE = r"(?:\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十百半]{1,4})"
_PIECE = (
    r"(?:件|双|套(?!房)|只|条|包(?!吃|住|饭)|箱|台|把|张|斤|公斤|kg|吨|亩|平方米?|平米?|方|立方|㎡|米|车(?!间)|趟|单|票|块砖|筐|"
    r"袋|株|棵|根|匹|打|头|部|顶|盒|瓶|个(?![月小钟工班人礼星]))"
)
_TO = r"(?:(?:-|到|至)[\d.]+)?"
_TENTHS = r"(?P<tenths>[一二两三四五六七八九]|\d(?!\d))?"
_PRICE = re.compile(
    rf"(?P<yuan>{_FIGURE}){_TO} ?(?:元|块钱|块){_TENTHS}钱? ?"
    rf"(?:/|每|一|1)(?P<piece>{_PIECE})"
    rf"|(?P<mao>{_FIGURE}) ?(?P<coin>毛|角|分)(?:钱)?(?P<cents>[一二两三四五六七八九])?(?:钱)? ?"
    rf"(?:/|每|一|1)(?P<piece_2>{_PIECE})"
    rf"|(?:每|一|1)(?P<piece_3>{_PIECE})(?:给|算|按)?(?P<mao_3>{_FIGURE}) ?(?P<coin_3>毛|角|分)"
    rf"|(?:每|一|1)(?P<piece_4>{_PIECE})[\u4e00-\u9fff]{{0,3}}?(?:给|算|按)?"
    rf"(?P<yuan_4>{_FIGURE}){_TO} ?"
    r"(?:元|块|(?<=[给算按]\d)|(?<=[给算按]\d\d)|(?<=[^\d]\d\.\d)(?!\d|[公斤kh折]))"
)
_BY_PIECE = re.compile(
    r"(?<![+加])(?:计件|件工|按[件个双斤单量亩吨方台趟套米筐箱]|按平方|按平米|件算|算[件个斤]|(?P<done>[件个把斤双套亩单只条])算一(?P=done)|外发|包件|单价\d)|多劳多得|多做多得"
)
_COINS = {"毛": 0.1, "角": 0.1, "分": 0.01}


@dataclass(frozen=True, slots=True)
class PieceRate:
    """Yuan for one piece at a place of the text."""

    yuan: float
    start: int
    end: int


def find_piece_rates(text: str) -> list[PieceRate]:
    """Find prices for one piece in folded text, in order."""
    found = []
    for match in _PRICE.finditer(text):
        yuan = _yuan(match)
        if yuan is not None:
            found.append(PieceRate(round(yuan, 3), match.start(), match.end()))
    return found


def pays_by_piece(text: str) -> bool:
    """Tell whether folded text pays by the piece, with or without a price.

    A base pay with piece work on top (底薪+计件) is no piece pay.
    """
    return names_piece_work(text) or bool(find_piece_rates(text))


def names_piece_work(text: str) -> bool:
    """Tell whether folded text names piece work as such (计件, 按斤)."""
    return _BY_PIECE.search(text) is not None


def _yuan(match: re.Match[str]) -> float | None:
    whole = match["yuan"] or match["yuan_4"]
    coins = match["mao"] or match["mao_3"]
    figure = 0.5 if (whole or coins) == "半" else read_number(whole or coins)
    if figure is None:
        return None
    if whole:
        return figure + (read_number(match["tenths"] or "零") or 0.0) / 10
    value = figure * _COINS[match["coin"] or match["coin_3"]]
    return value + (read_number(match["cents"] or "零") or 0.0) / 100
