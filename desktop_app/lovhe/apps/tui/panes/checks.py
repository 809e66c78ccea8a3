"""What is checked in this step, how each check stands, and what comes next. What is shown is a `CheckState`."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from lovhe.apps.language import key, t
from lovhe.apps.terminal_drawings import drawn_bar
from lovhe.apps.tui.aim import Aim
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.apps.workspace.check_state import CheckRow, CheckState, RowState
from lovhe.core.errors import InputError
from lovhe.core.lessons.answer_report import ANSWER
from lovhe.core.messages import N_, Text

SIGNS: dict[RowState, str] = {"waiting": "○", "running": "►", "seen": "●", "passed": "√", "failed": "x", "unclear": "?", "skipped": "-"}
"""Characters that Windows' old console has, too."""

WORDS: dict[RowState, str] = {
    "waiting": key("waiting"),
    "running": key("now"),
    "seen": key("looked at"),
    "passed": key("passed"),
    "failed": key("failed"),
    "unclear": key("unclear"),
    "skipped": key("skipped"),
}

_BAR = 20


class ChecksPane(VerticalScroll):
    """The checks of one step, each with sign and word; scrolls to what is new, and by keys."""

    def __init__(self, state: CheckState, *, is_last: bool) -> None:
        super().__init__(id="checks")
        self._state, self._is_last = state, is_last
        self._lines = [CheckLines() for _ in state.rows]

    def compose(self) -> ComposeResult:
        yield Static(id="checks-doing", markup=False)
        yield Vertical(*self._lines, id="check-rows")
        yield Static(id="checks-next", markup=False)

    def on_mount(self) -> None:
        self._aim = Aim(self, self._line_of_new)
        self.show()

    def show(self) -> None:
        """Draw how the checks stand now, and bring what is new into view."""
        self._say("#checks-doing", self._doing())
        rows = self._state.rows
        if len(rows) > len(self._lines):
            more = [CheckLines() for _ in rows[len(self._lines) :]]
            self._lines += more
            self.query_one("#check-rows", Vertical).mount_all(more)
        for lines in self._lines[len(rows) :]:
            lines.display = False
        for lines, row in zip(self._lines, rows, strict=False):
            lines.show(row)
        self._say("#checks-next", self._next())
        self._aim.take()

    def show_progress(self) -> None:
        """Draw only how far it is: asked for several times a second."""
        self._say("#checks-doing", self._doing())

    def _say(self, selector: str, words: str) -> None:
        line = self.query_one(selector, Static)
        line.update(words)
        line.display = bool(words)

    def _line_of_new(self) -> float | None:
        """What is new comes into view: a hint with its last line, a failure from its first line, and after a pass what is next."""
        state, box = self._state, next(iter(self.query("#check-rows")), None)
        if box is None:  # another step was opened meanwhile
            return None
        shown = {lines.check: lines for lines in self._lines if lines.display}
        new = shown.get(state.newest)
        if state.phase == "over" and state.report is not None and state.report.outcome == "passed":
            return self.max_scroll_y
        if new is None:
            return None
        first = box.virtual_region.y + new.virtual_region.y
        hinted = any(row.id == state.newest and row.hints for row in state.rows)
        return max(first, first + new.size.height - self.size.height) if hinted else first

    def _doing(self) -> str:
        state = self._state
        if state.phase != "running":
            return "" if state.rows or state.phase != "before" else t(N_("In this step there is nothing to check."))
        words = t(state.doing) if state.doing is not None else ""
        if not state.total:
            return words
        bar = drawn_bar(100 * state.done / state.total, _BAR, screen_glyphs())
        return f"{bar} {100 * state.done // state.total:3d} %  {words}"

    def _next(self) -> str:
        return "\n".join(t(sentence) for sentence in what_is_next(self._state, is_last=self._is_last))


class CheckLines(Vertical):
    """One check: how it stands, and below that what is known of it."""

    def __init__(self) -> None:
        super().__init__(classes="check")
        self.check = ""
        self._head, self._body = Static(markup=False), Static(markup=False, classes="check-body")

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._body

    def show(self, row: CheckRow) -> None:
        """Draw it."""
        self.check, self.display = row.id, True
        self._head.update(row_head(row))
        body = "\n".join(row_body(row))
        self._body.update(body)
        self._body.display = bool(body)
        for state in SIGNS:
            self._head.set_class(row.state == state, f"check-{state}")


def row_head(row: CheckRow) -> str:
    """Sign, word and title."""
    return f"{SIGNS[row.state]} {t(WORDS[row.state])}: {t(row.title)}"


def row_body(row: CheckRow) -> list[str]:
    """What was expected and seen, and the hints that were taken; of an answer what was answered and what the lesson says after it."""
    report = row.report
    if report is None:
        return []
    if row.id == ANSWER:
        return [t(text) for text in (report.seen, report.expected, report.after) if text is not None and t(text)]
    lines = []
    if row.state in ("failed", "unclear"):
        if t(report.expected) != t(row.title):  # a check whose time never came has its title here
            lines.append(t(N_("Expected: {text}", text=report.expected)))
        lines.append(t(N_("Seen: {text}", text=report.seen)))
    if row.state == "skipped":
        lines.append(t(report.seen))
    for number, hint in enumerate(report.hints[: row.hints], 1):
        lines.append(t(N_("Hint {number} of {count}: {text}", number=number, count=row.allowed, text=hint)))
    return lines


def result_sentence(state: CheckState) -> Text | None:
    """The outcome and the points in one sentence; None as long as there is no verdict."""
    report = state.report
    if report is None:
        return None
    points = N_("{n} point of {total}.", "{n} points of {total}.", n=report.points, total=report.total)
    if report.outcome == "passed":
        return N_("Passed: {points}", points=points)
    if report.outcome == "failed":
        return N_("Not passed yet: {points}", points=points)
    return N_("Unclear, so nothing is lost: {points}", points=points)


def what_is_next(state: CheckState, *, is_last: bool) -> list[Text]:
    """What has come of the check, and which key goes on."""
    match state.phase:
        case "before":
            return [N_("F6 checks what you did.")] if state.rows else [N_("F4 goes to the next step.")]
        case "running":
            return [N_("Shift+F5 stops the check.")]
        case "stopped":
            return [N_("The check was stopped, and nothing was kept of it. F6 checks again.")]
        case "answer":
            return [N_("The program works. Look at its readings, answer the question, then press F6.")]
        case "broken":
            if isinstance(state.problem, InputError):
                return [state.problem.what, state.problem.next_step]
            return [N_("This could not be checked: below stands why. After that press F6 again.")]
        case "over":
            return _after(state, is_last=is_last)


def _after(state: CheckState, *, is_last: bool) -> list[Text]:
    sentence = result_sentence(state)
    told: list[Text] = [sentence] if sentence is not None else []
    if state.not_kept is not None:
        told += [N_("This verdict is not kept: {problem}", problem=state.not_kept.what), state.not_kept.next_step]
    outcome = state.report.outcome if state.report is not None else ""
    if outcome == "passed":
        told.append(N_("That was the last step. Escape goes back to the list of lessons.") if is_last else N_("F4 goes to the next step."))
    elif outcome == "unclear":
        told.append(N_("The board did not show enough. Look at its cable and wires, then press F6 again."))
    elif state.hint_wait_s > 0:
        told.append(N_("Try it yourselves first, and press F6 again. A little later F7 gives a hint."))
    elif state.more_hints:
        told.append(N_("F7 gives a hint. When you have mended it, press F6 again."))
    elif [row.id for row in state.rows] == [ANSWER]:
        again = N_("Answer anew and press F6 again, or go on: F4 goes to the next step.")
        told.append(N_("Answer anew, and press F6 again.") if is_last else again)
    else:
        told.append(N_("When you have mended it, press F6 again."))
    return told
