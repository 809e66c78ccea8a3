"""What a running program says, and what is to be said about it: one body of sentences for the command line and the app."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from lovhe.core.checks.evidence import Event
from lovhe.core.messages import N_, Text

LINE_TAKEN = N_("Pins 1 and 3 of an ESP32 are its line to the PC: a program that uses them is no longer heard. Take other pins.")


class Said(msgspec.Struct, frozen=True):
    """One thing to show: `printed` text as it came, without a line end of its own; a `reading`, or a `sentence` of ours."""

    kind: Literal["printed", "reading", "sentence"]
    text: Text | str


class RunSentences:
    """Turns one run's events into what is shown.

    `code` is how it ended: 0, 1 after an exception of the program's, 3 when the board went away. `stopped` is said when the program was
    ended from outside, `look` after the board went away.
    """

    def __init__(self, source: str, stopped: Text, look: Text) -> None:
        self._source, self._stopped, self._look = source, stopped, look
        self._missed = self._was_stopped = False
        self.code = 0

    def of(self, event: Event) -> list[Said]:
        """What this event gives to show; often nothing."""
        match event.kind, event.args:
            case "text", [str(text)]:
                return [] if self._was_stopped else [Said("printed", text)]
            case "show", [dict(readings)]:
                return [Said("reading", f"{name}: {value}") for name, value in readings.items()]
            case "end", [*how]:
                return _sentences(*self._end(how))
            case "lost" | "gap", _:
                first, self._missed = not self._missed, True
                return _sentences(N_("Some of what the program did was not seen: the line was too slow.")) if first else []
            case "gone", [*why]:
                return self._gone(why)
            case "stuck", _:
                said = [N_("The program did not listen to Ctrl-C; the board was reset.")]
                return _sentences(*said, *([LINE_TAKEN] if _takes_the_line(self._source) else []))
        return []

    def _end(self, how: list[object]) -> list[Text]:
        from lovhe.core.programs.friendly_errors import explain

        match how:
            case ["error", kind, message, line, *_]:
                self.code = 1
                what, hint = explain(str(kind), str(message), int(str(line)), self._source)
                return [N_("{what} ({kind})", what=what, kind=kind), *([hint] if hint is not None else [])]
            case ["stopped", *_]:
                self._was_stopped = True  # what comes now is MicroPython's word on Ctrl-C
                return [self._stopped]
            case ["sleep", *_]:
                return [N_("The program has put the board into deep sleep. When it wakes, it starts anew.")]
            case ["reset", *_]:
                return [N_("The program has restarted the board.")]
        return []

    def _gone(self, why: list[object]) -> list[Said]:
        if why == ["restart"]:
            return _after_a_break(
                N_("The board restarted while the program ran, and the program is over."),
                N_(
                    "A program does that itself with `machine.reset()`, `deepsleep()`, a watchdog (`WDT`) that is not fed, or a pin that "
                    "belongs to the flash memory (6 to 11 on an ESP32). If yours has none of them, look at the cable and the wiring."
                ),
            )
        self.code = 3
        if why == ["brownout"]:
            return _after_a_break(
                N_("The board's supply sagged while the program ran (brown-out): the board restarted, and the program is over."),
                N_("Take another USB socket or a shorter cable, and feed motors, servos and many LEDs from a supply of their own."),
            )
        return _sentences(N_("The board went away while the program ran."), self._look)


def _sentences(*texts: Text) -> list[Said]:
    return [Said("sentence", text) for text in texts]


def _after_a_break(*texts: Text) -> list[Said]:
    """The board was cut off in the middle of a line."""
    return [Said("printed", "\n"), *_sentences(*texts)]


def _takes_the_line(source: str) -> bool:
    """Whether the program makes a pin of 1 or 3."""
    return re.search(r"\bPin\s*\(\s*[13]\s*[,)]", source) is not None
