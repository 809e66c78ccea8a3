"""One quantity of the surroundings as a line that is turned by keys or the mouse: a slider for a number, a choice for words."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from lovhe.apps.language import key
from lovhe.apps.surroundings_words import value_words
from lovhe.apps.terminal_drawings import drawn_gauge
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.core.circuits.hardware import Quantity
from lovhe.core.circuits.knobs import Knob, setting_text

_LEAST_GAUGE = 5


class Turned(Message):
    """Somebody has set `name`, a quantity's full name, to `value`, as it is written."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self.name = name
        self.value = value


class Turner(Widget, can_focus=True):
    """What both have in common: a line with a label, and the way to its neighbours. `value` is what it shows."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", key("Less"), id="surroundings.less", show=False),
        Binding("right", "turn(1)", key("A little more"), id="surroundings.more", show=False),
        Binding("pagedown", "turn_far(-1)", key("Much less"), id="surroundings.much-less", show=False),
        Binding("pageup", "turn_far(1)", key("Much more"), id="surroundings.much-more", show=False),
        Binding("home", "turn_to_end(-1)", key("Least"), id="surroundings.least", show=False),
        Binding("end", "turn_to_end(1)", key("Most"), id="surroundings.most", show=False),
        Binding("up", "app.focus_previous", key("The one above"), id="surroundings.above", show=False),
        Binding("down", "app.focus_next", key("The one below"), id="surroundings.below", show=False),
    ]

    def __init__(self, quantity_name: str, quantity: Quantity, label: str, value: str | float) -> None:
        super().__init__()
        self.quantity_name, self.quantity, self.value = quantity_name, quantity, value
        self.label = label
        self.label_width = len(label)

    def show(self, value: str | float) -> None:
        """What holds now, whoever set it."""
        if value != self.value:
            self.value = value
            self.refresh()

    def turn_to(self, value: str | float) -> None:
        """Somebody wants this."""
        if value != self.value:
            self.show(value)
            self.post_message(Turned(self.quantity_name, setting_text(value)))

    def action_turn(self, by: int) -> None:
        """A small step."""

    def action_turn_far(self, by: int) -> None:
        """A big one."""

    def action_turn_to_end(self, by: int) -> None:
        """As far as it goes."""

    def render(self) -> Text:
        mark = screen_glyphs().arrow if self.has_focus else " "
        line = Text(f"{mark} {self.label:<{self.label_width}} ", style="bold reverse" if self.has_focus else "")
        line.append_text(self.drawn(max(self.size.width - line.cell_len - 1, 0)))
        line.truncate(self.size.width)
        return line

    @property
    def _left(self) -> int:
        """The column where what can be turned begins."""
        return self.label_width + 3

    def drawn(self, width: int) -> Text:
        """What stands beside the label."""
        raise NotImplementedError

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


class Slider(Turner):
    """A number between two ends."""

    def __init__(self, quantity_name: str, quantity: Quantity, label: str, value: float, knob: Knob) -> None:
        super().__init__(quantity_name, quantity, label, value)
        self._knob = knob

    @property
    def _number(self) -> float:
        return self.value if isinstance(self.value, float) else self._knob.low

    @property
    def _value_width(self) -> int:
        ends = (self._knob.low, self._knob.high, self._knob.high - self._knob.step)
        return max(len(value_words(self.quantity, value)) for value in ends)

    def _gauge_width(self, width: int) -> int:
        return max(width - self._value_width - 1, _LEAST_GAUGE)

    def drawn(self, width: int) -> Text:
        gauge = drawn_gauge(self._knob.share(self._number) * 100, 0, 100, self._gauge_width(width), screen_glyphs())
        return Text(f" {gauge} {value_words(self.quantity, self._number):>{self._value_width}}")

    def action_turn(self, by: int) -> None:
        self.turn_to(self._knob.moved(self._number, by))

    def action_turn_far(self, by: int) -> None:
        self.turn_to(self._knob.moved(self._number, by, big=True))

    def action_turn_to_end(self, by: int) -> None:
        self.turn_to(self._knob.high if by > 0 else self._knob.low)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Click, and hold to drag."""
        self.focus()
        self.capture_mouse()
        self._turn_to_column(event.x)
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag."""
        if self.app.mouse_captured is self:
            self._turn_to_column(event.x)
            event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        self.release_mouse()

    def _turn_to_column(self, column: int) -> None:
        left = self._left + 2  # the space before the gauge and its left end
        places = self._gauge_width(max(self.size.width - self._left - 1, 0)) - 2
        self.turn_to(self._knob.at((column - left) / max(places - 1, 1)))


class Choice(Turner):
    """One of several words."""

    @property
    def _at(self) -> int:
        return self.quantity.values.index(self.value) if self.value in self.quantity.values else 0

    def _options(self) -> list[str]:
        knob = screen_glyphs().knob
        return [f"({knob if at == self._at else ' '}) {value_words(self.quantity, word)}" for at, word in enumerate(self.quantity.values)]

    def drawn(self, width: int) -> Text:
        row = "  ".join(self._options())
        return Text(f" {row}" if len(row) < width else f" < {value_words(self.quantity, self.value)} >")

    def action_turn(self, by: int) -> None:
        words = self.quantity.values
        self.turn_to(words[min(max(self._at + by, 0), len(words) - 1)])

    def action_turn_far(self, by: int) -> None:
        self.action_turn(by)

    def action_turn_to_end(self, by: int) -> None:
        self.turn_to(self.quantity.values[-1 if by > 0 else 0])

    def on_key(self, event: events.Key) -> None:
        """The next word, and after the last the first again."""
        if event.key in ("enter", "space"):
            event.stop()
            self.turn_to(self.quantity.values[(self._at + 1) % len(self.quantity.values)])

    def on_click(self, event: events.Click) -> None:
        """The word that was clicked; of many words, the next or the one before."""
        self.focus()
        event.stop()
        options, left = self._options(), self._left + 1
        if len("  ".join(options)) >= self.size.width - self._left - 1:
            middle = left + 2 + len(value_words(self.quantity, self.value)) // 2
            self.action_turn(1 if event.x > middle else -1)
            return
        for word, option in zip(self.quantity.values, options, strict=True):
            if left <= event.x < left + len(option):
                self.turn_to(word)
            left += len(option) + 2
