"""One number while it is being said, word by word."""

from __future__ import annotations

_TEN, _MYRIAD = 10, 10_000
_WIDEST = 2  # 三五千 is a range, 三八千 is not
_PAIR = 2


class SpokenNumber:
    """Takes digits, figures and units in order; each `take_…` tells whether the word fits.

    The first word that does not fit ends the number. `unit` is the last unit taken (0
    before the first one); `given_back` counts digits at the end that turned out to open
    the next number (两千八|三千).
    """

    def __init__(self) -> None:
        self.unit: float = 0
        self.given_back = 0
        self._sum = 0.0
        self._spread = 0.0
        self._waiting: list[float] = []
        self._figure = ""
        self._zero = False
        self._myriads = False

    def take_digit(self, digit: int) -> bool:
        """Take one Chinese digit; a second neighbour makes a range: 五六千, 一千五六."""
        if self._figure or self._spread:
            return False
        if digit == 0 and (self.unit or self._waiting):
            fits = not self._waiting and not self._zero
            self._zero = self._zero or fits
            return fits
        if self._waiting and not self._is_neighbour(digit):
            return False
        self._waiting.append(float(digit))
        return True

    def take_figure(self, words: str) -> bool:
        """Take Arabic digits; behind a unit one digit, or as many as the unit has places."""
        if self._figure and len(self._waiting) == 1:
            digit = float(words)
            if len(words) > 1 or not self._is_neighbour(digit):
                return False
            self._waiting.append(digit)
            return True
        if self._waiting or self._spread:
            return False
        if self.unit and not self._zero and len(words) > 1 and 10 ** len(words) != self.unit:
            return False
        self._waiting = [float(words)]
        self._figure = words
        return True

    def take_unit(self, unit: int) -> bool:
        """Take 十, 百, 千 or 万; a bare one at the head counts once (千五, 十二)."""
        if unit == _MYRIAD:
            return self._take_myriad()
        if self.unit and unit >= self.unit:
            return self._give_back()
        if not self._waiting:
            if self._sum and unit != _TEN:
                return False
            self._waiting = [1.0]
        self._sum += self._waiting[0] * unit
        self._spread = (self._waiting[-1] - self._waiting[0]) * unit
        self._settle(unit)
        return True

    def finish(self) -> tuple[float, float] | None:
        """Return the lowest and highest value said; None if the words were no number."""
        if not self._waiting:
            return (self._rounded(0), self._rounded(self._spread)) if self.unit else None
        if not self.unit:
            if len(self._waiting) == _PAIR:
                return None
            return self._waiting[0], self._waiting[0]
        scale = self.unit / 10
        if self._zero or self.unit == _TEN or len(self._figure) > 1:
            scale = 1
        return (self._rounded(self._waiting[0] * scale), self._rounded(self._waiting[-1] * scale))

    def _take_myriad(self) -> bool:
        if self._myriads:
            return self._give_back()
        if not self._waiting and not self._sum:
            self._waiting = [1.0]
        if self._waiting and self.unit not in (0, _TEN) and not self._zero:
            return self._give_back()
        first, last = (self._waiting[0], self._waiting[-1]) if self._waiting else (0.0, 0.0)
        self._spread = (self._spread + last - first) * _MYRIAD
        self._sum = (self._sum + first) * _MYRIAD
        self._myriads = True
        self._settle(_MYRIAD)
        return True

    def _settle(self, unit: int) -> None:
        self.unit = unit
        self._waiting, self._figure, self._zero = [], "", False

    def _give_back(self) -> bool:
        """Leave the last digit to the number that its unit opens."""
        if self._waiting:
            self._waiting.pop()
            self.given_back = max(1, len(self._figure))
            self._figure = ""
        return False

    def _is_neighbour(self, digit: float) -> bool:
        return len(self._waiting) == 1 and 0 < digit - self._waiting[0] <= _WIDEST

    def _rounded(self, more: float) -> float:
        return round(self._sum + more, 2)
