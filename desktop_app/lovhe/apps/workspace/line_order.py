"""The lines of an order step as a pupil moves them: those in the program, and those that do not belong."""

from __future__ import annotations

import msgspec

_NONE = " "
"""The answer that no line belongs; "" is that nobody has moved anything."""


class LineOrder(msgspec.Struct, frozen=True):
    """The numbers of the lines, from 1, in the order of the program; `out` are those that do not belong. Places count through both."""

    inside: tuple[int, ...]
    out: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All lines, those that do not belong last."""
        return self.inside + self.out

    def is_out(self, place: int) -> bool:
        """Whether the line there does not belong."""
        return place >= len(self.inside)

    def moved(self, place: int, to: int) -> LineOrder:
        """The line at `place` put where the one at `to` stands; it stays on its side of the border."""
        number = self.rows[place]
        if self.is_out(place):
            left = [one for one in self.out if one != number]
            left.insert(min(max(to - len(self.inside), 0), len(left)), number)
            return LineOrder(self.inside, tuple(left))
        left = [one for one in self.inside if one != number]
        left.insert(min(max(to, 0), len(left)), number)
        return LineOrder(tuple(left), self.out)

    def shifted(self, place: int, by: int) -> tuple[LineOrder, int]:
        """The line at `place` one up or down, where need be over the border; and its place then."""
        last_inside = len(self.inside) - 1
        if by > 0 and place == last_inside:
            return self.switched(place, first=True), last_inside
        if by < 0 and place == last_inside + 1:
            return self.switched(place), last_inside + 1
        to = place + by
        if not 0 <= to < len(self.rows):
            return self, place
        return self.moved(place, to), to

    def switched(self, place: int, *, first: bool = False) -> LineOrder:
        """The line there no longer belongs, or belongs again, as the last one (`first`: the first of those that don't)."""
        number = self.rows[place]
        if self.is_out(place):
            return LineOrder((*self.inside, number), tuple(one for one in self.out if one != number))
        out = (number, *self.out) if first else (*self.out, number)
        return LineOrder(tuple(one for one in self.inside if one != number), out)

    def dropped(self, place: int, to: int, *, out: bool) -> tuple[LineOrder, int]:
        """The line at `place` dropped before the place `to`, on that side of the border; and its place then."""
        number = self.rows[place]
        inside, outside = ([one for one in side if one != number] for side in (self.inside, self.out))
        before = [one for one in self.rows[:to] if one != number]
        if out:
            at = min(max(len(before) - len(inside), 0), len(outside))
            outside.insert(at, number)
            return LineOrder(tuple(inside), tuple(outside)), len(inside) + at
        at = min(len(before), len(inside))
        inside.insert(at, number)
        return LineOrder(tuple(inside), tuple(outside)), at


def read_order(text: str, count: int) -> LineOrder:
    """What is kept in `text` of `count` lines; what can be no answer is as if nothing were moved."""
    words = text.split()
    if text == _NONE:
        return LineOrder((), tuple(range(1, count + 1)))
    numbers = tuple(int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 4)
    fit = len(numbers) == len(words) == len(set(numbers)) and all(1 <= number <= count for number in numbers)
    if not numbers or not fit:
        return LineOrder(tuple(range(1, count + 1)))
    return LineOrder(numbers, tuple(number for number in range(1, count + 1) if number not in numbers))


def order_text(order: LineOrder) -> str:
    """The inverse of `read_order`, as `core.lessons.answers.ordered_program` reads it."""
    return " ".join(map(str, order.inside)) or _NONE
