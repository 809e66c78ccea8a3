"""Which boards there are and which one is in use, and what is to be said when that changes."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.core.messages import N_, Text
from lovhe.services.ports import BoardInfo

CHOOSE_AMONG = 2
UNPLUGGED = "off"
"""The state of a virtual board whose cable was pulled: it is listed, and nobody reaches it."""


class BoardUse:
    """`used` is None where no board is there, or one is to be chosen. `news` stays until it is not true any more, or `heard` is called.

    `passing` says that the news is good, and nothing has to be done; what can be done now depends on the step in view.
    """

    def __init__(self) -> None:
        self.boards: list[BoardInfo] = []
        self.used: BoardInfo | None = None
        self.news: Text | None = None
        self.passing = False
        self._lost: BoardInfo | None = None
        self._looked = False

    def are(self, boards: Sequence[BoardInfo]) -> None:
        """Boards have come or gone, or are in another state; one without power is there for nobody."""
        before, self.boards = self.boards, [board for board in boards if board.state != UNPLUGGED]
        came = [board for board in self.boards if not any(same_board(board, old) for old in before)]
        if self.used is not None:
            self._still_there(self.used, ended=not any(same_board(board, self.used) for board in boards))
        elif self._lost is not None and (back := self._find(self._lost)) is not None:
            self.used, self._lost = back, None
            self._say(N_("The board {board} is back.", board=back.shown), passing=True)
        elif self._lost is None and len(self.boards) == 1:
            [self.used] = self.boards
            if self._looked:
                self._say(N_("Here is the board {board}.", board=self.used.shown), passing=True)
        elif len(came) == 1 and self._looked:
            self.used, self._lost = came[0], None
            self._say(N_("Here is the board {board}.", board=came[0].shown), passing=True)
        elif len(self.boards) >= CHOOSE_AMONG and self._lost is None:
            self._say(_choose(len(self.boards)))
        elif not self.boards and self._lost is None:
            self.news = None
        self._looked = True

    def use(self, board: BoardInfo) -> None:
        """This one, whatever there was."""
        at = next((at for at, one in enumerate(self.boards) if same_board(one, board)), None)
        if at is None:
            self.boards.append(board)
        else:
            self.boards[at] = board
        self.used, self._lost, self.news = board, None, None

    def tell_started(self) -> None:
        """The board in use was started a moment ago, as was wished."""
        if self.used is not None:
            self._say(N_("Your virtual board {board} is ready.", board=self.used.shown), passing=True)

    def end(self, board: BoardInfo) -> None:
        """This board ends because it was told to: nobody has to look at a cable."""
        self.boards = [one for one in self.boards if not same_board(one, board)]
        if self.used is not None and same_board(self.used, board):
            self.used = None
        if self._lost is not None and same_board(self._lost, board):
            self._lost = self.news = None

    def heard(self) -> None:
        """Good news has been on the screen for long enough."""
        if self.passing:
            self.news, self.passing = None, False

    def _still_there(self, used: BoardInfo, *, ended: bool) -> None:
        self.used = self._find(used)
        if self.used is not None:
            return
        self._lost = used
        if used.virtual and ended:
            gone = N_("The virtual board {board} has ended. Start a new one in the panel “Board”.", board=used.shown)
        else:
            gone = N_(
                "The board {board} went away. Look at the cable and the plug, and push both in again; or try another cable or socket.",
                board=used.shown,
            )
        self._say(gone)

    def _find(self, board: BoardInfo) -> BoardInfo | None:
        """It as it is now; plugged in again, it may be at another serial port."""
        return next((one for one in self.boards if same_board(one, board)), None)

    def _say(self, news: Text, *, passing: bool = False) -> None:
        self.news, self.passing = news, passing


def same_board(one: BoardInfo, other: BoardInfo) -> bool:
    """Whether both are the same board, as far as its MAC or else its serial port tells."""
    if one.virtual or other.virtual:
        return one.virtual == other.virtual and one.name == other.name
    if one.mac and other.mac:
        return one.mac == other.mac
    return one.serial_port == other.serial_port


def _choose(count: int) -> Text:
    return N_(
        "There is {n} board. Choose yours in the panel “Board”.",
        "There are {n} boards. Choose yours in the panel “Board”.",
        n=count,
    )
