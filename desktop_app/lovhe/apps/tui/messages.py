"""What panes tell the screen that they are on, and the app all screens."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from lovhe.services.ports import BoardInfo


class BoardsChanged(Message):
    """Which boards can be reached now, and which one is in use: None where there is none, or one is to be chosen."""

    def __init__(self, boards: Sequence[BoardInfo], used: BoardInfo | None) -> None:
        super().__init__()
        self.boards = boards
        self.used = used


class Edited(Message):
    """What is to be handed in has changed: `text` is a program or an answer, as it is kept."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LineTyped(Message):
    """A line for the running program's `input()`."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


class Answered(Message):
    """A yes or no to what was asked."""

    def __init__(self, yes: bool) -> None:
        super().__init__()
        self.yes = yes


class CursorMoved(Message):
    """The cursor of the editor stands elsewhere; row and column count from 0."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__()
        self.row = row
        self.column = column
