"""The form of a step in which a circuit is built: the parts in a row with how their test went, and the button that tests them."""

from __future__ import annotations

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Static

from lovhe.apps.language import key, t
from lovhe.apps.tui.panes.checks import SIGNS
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.workspace.check_state import RowState, rows_of
from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo

_WORDS: dict[RowState, str] = {
    "waiting": key("not tested yet"),
    "running": key("is tested now"),
    "seen": key("was seen"),
    "passed": key("works"),
    "failed": key("does not work"),
    "unclear": key("unclear"),
    "skipped": key("not tested"),
}


class WireForm(StepForm):
    """`text` is how the last test went, a line a part: "led passed"."""

    @property
    def program(self) -> str | None:
        """Nothing runs: the kit's own tests do."""
        return None

    @property
    def why_nothing_runs(self) -> Text:
        """What there is instead of a run."""
        return N_("In this step you build the circuit, and no program runs. F6 tests the circuit.")

    @property
    def next_with_board(self) -> Text:
        """The test needs it."""
        return N_("F6 tests the circuit.")

    def board_is(self, board: BoardInfo | None) -> None:
        """On a virtual one there is nothing to build."""
        super().board_is(board)
        if self.is_attached:
            self._show()

    @property
    def answer(self) -> str | None:
        """The circuit itself is judged."""
        return None

    @property
    def states(self) -> dict[str, RowState]:
        """How each part stands."""
        return read_states(self.text)

    def compose(self) -> ComposeResult:
        yield Static(id="wire-parts", markup=False)
        yield Button(t(key("Test the circuit (F6)")), id="wire-test", variant="primary")
        yield Static(id="wire-help", markup=False)

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    @on(Button.Pressed, "#wire-test")
    async def _wanted(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action("screen.check")

    def checked(self) -> None:
        """A part's turn, or its verdict."""
        state = self.state
        if state is not None and state.phase == "over":
            text = "".join(f"{row.id} {row.state}\n" for row in state.rows)
            if text != self.text:
                self.take(text)
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        state, kept = self.state, self.states
        rows = state.rows if state is not None and state.phase != "before" else rows_of(self.lesson, self.step)
        boxes = []
        for row in rows:
            how = row.state if state is not None and state.phase != "before" else kept.get(row.id, "waiting")
            boxes.append((t(row.title), f"{SIGNS[how]} {t(_WORDS[how])}"))
        self.query_one("#wire-parts", Static).update("\n".join(boxes_in_rows(boxes, max(self.content_size.width, 20))))
        self.query_one("#wire-help", Static).update(t(self._help([*kept.values()])))

    def _help(self, states: list[RowState]) -> Text:
        if self.state is not None and self.state.goes_on:
            return N_("The parts are tested one after another.")
        if not states and self.board is not None and self.board.virtual:
            return N_("A virtual board has this circuit already. F6 tests it: each part in its turn.")
        if not states:
            return N_("Build the circuit as the text shows it. Then F6 tests it: each part in its turn.")
        if all(one == "passed" for one in states):
            return N_("The circuit works. F4 goes to the next step.")
        return N_("The panel “Checks” below says what was seen. Mend it, then test again.")


def read_states(text: str) -> dict[str, RowState]:
    """How the parts stood in the last test."""
    pairs = [line.split() for line in text.splitlines()]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[1] in SIGNS}


def boxes_in_rows(boxes: list[tuple[str, str]], width: int) -> list[str]:
    """Boxes of two lines each, as many beside one another as there is room for; in a narrow place one a line, without a frame."""
    inner = max((max(cell_len(name), cell_len(state)) for name, state in boxes), default=0)
    many = (width + 1) // (inner + 5)
    if many < 1:
        return [f"{name}: {state}" for name, state in boxes]
    lines: list[str] = []
    for at in range(0, len(boxes), many):
        some = boxes[at : at + many]
        lines.append(" ".join("┌" + "─" * (inner + 2) + "┐" for _ in some))
        lines.append(" ".join(f"│ {_filled(name, inner)} │" for name, _ in some))
        lines.append(" ".join(f"│ {_filled(state, inner)} │" for _, state in some))
        lines.append(" ".join("└" + "─" * (inner + 2) + "┘" for _ in some))
    return lines


def _filled(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
