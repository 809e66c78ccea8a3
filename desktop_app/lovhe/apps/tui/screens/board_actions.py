"""What can be done with boards while a lesson is open: see the panel, start, choose or flash one, take the program home on one."""

from __future__ import annotations

from textual import on

from lovhe.apps.tui.panes.board import BoardPane
from lovhe.apps.tui.panes.board_line import BoardLine
from lovhe.apps.tui.screens.keeping import KeepingScreen
from lovhe.apps.workspace.board_jobs import TakeHome, taken_home_words
from lovhe.apps.workspace.jobs import Job
from lovhe.core.messages import N_


class BoardActions(KeepingScreen):
    """The part of the workspace that is about boards."""

    def begin_job(self, job: Job) -> None:
        """Let `job` work."""
        raise NotImplementedError

    def show_below(self, tab: str) -> None:
        """Open the lower panel at a tab."""
        raise NotImplementedError

    @on(BoardLine.Clicked)
    def action_show_board(self) -> None:
        """The board's panel."""
        self.show_below("tab-board")
        self.query_one(BoardPane).take_focus()

    def action_start_board(self) -> None:
        """A virtual board with the lesson's parts."""
        self.lovhe.keeper.start_virtual(self.lesson)

    def action_choose_board(self) -> None:
        """Another board."""
        self.lovhe.choose_board(self.lesson)

    def action_flash_board(self) -> None:
        """MicroPython onto the board in use, after a yes."""
        self.lovhe.keeper.ask_to_flash()

    def action_take_home(self) -> None:
        """The program becomes what the board does by itself."""
        source, board = self.form.program, self.lovhe.board
        self.keep("run")
        if not source or not source.strip():
            self.lovhe.say(N_("There is no program in this step that a board could take home."))
        elif board is None:
            self.lovhe.say(N_("There is no board. Plug one in, or start a virtual one in the panel “Board”."))
        else:
            self.begin_job(TakeHome(source, board))
            self.show_below("tab-output")

    def taken_home(self, job: TakeHome) -> None:
        """Tell what is on the board now."""
        from lovhe.apps.tui.screens.question import Letter

        if job.deployed is not None:
            self.lovhe.push_screen(Letter(taken_home_words(job.board, job.deployed), N_("Take it home")))
