"""What is asked before boards are flashed; and which class boards without a name belong to from then on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lovhe.apps.flash.sentences import in_short
from lovhe.apps.language import key
from lovhe.apps.teaching.board_jobs import FlashBoards, FlashJob, WatchBoards
from lovhe.apps.teaching.class_boards import BoardLine
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.line_question import LineQuestion
from lovhe.core.boards.names import MAX_CLASS_LENGTH, check_class_name
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashWishes

if TYPE_CHECKING:
    from lovhe.apps.tui.teacher.boards import BoardsScreen

_LOST = N_("All programs that are on them now are lost. Only what differs is written: a board that has everything takes a second or two.")
_CLASS = N_("Boards without a name get the next one of this class, like 7A-12. Leave it empty to give no names.")


def ask_to_flash(screen: BoardsScreen, lines: Sequence[BoardLine]) -> None:
    """Flash these, which are here, after a yes."""
    boards, names = [line.here for line in lines if line.here is not None], in_short(line.label for line in lines)
    asked = N_("This flashes {n} board: {names}.", "This flashes {n} boards: {names}.", n=len(boards), names=names)
    sure = N_("Leave them plugged in. Flash now?")

    def begin(class_name: str) -> None:
        _begin(screen, FlashBoards(boards, FlashWishes(class_name=class_name)), class_name)

    if all(line.is_named for line in lines):
        screen.lovhe.push_screen(Question([asked, _LOST, sure], lambda: begin(""), N_("Flash boards")))
    else:
        _ask_class(screen, [asked, _LOST, sure, _CLASS], begin, N_("Flash boards"))


def ask_to_watch(screen: BoardsScreen) -> None:
    """Flash each board that is plugged in, after a yes."""
    sentences = [
        N_("From now on each board is flashed that is plugged in, and those that are here already. It is told when one can be unplugged."),
        _LOST,
        N_("Begin now?"),
        _CLASS,
    ]

    def begin(class_name: str) -> None:
        _begin(screen, WatchBoards(FlashWishes(class_name=class_name)), class_name)

    _ask_class(screen, sentences, begin, N_("One after another"))


def ask_to_finish(screen: BoardsScreen, lines: Sequence[BoardLine]) -> None:
    """Finish the boards whose flash was cut off, after a yes."""
    sentences = [
        N_("The flash of these boards was cut off: {names}.", names=in_short(line.label for line in lines)),
        N_("Those that are plugged in are finished as they were begun. Flash now?"),
    ]

    def begin() -> None:
        _begin(screen, FlashBoards(None, FlashWishes(resume=True)), "")

    screen.lovhe.push_screen(Question(sentences, begin, N_("Finish")))


def _ask_class(screen: BoardsScreen, sentences: Sequence[Text], begin: Callable[[str], None], title: Text) -> None:
    likely = screen.teaching.class_name or screen.lovhe.desk.class_name
    question = LineQuestion(sentences, begin, title, typed=likely, placeholder=key("Class"), most=MAX_CLASS_LENGTH, read=_class_or_none)
    screen.lovhe.push_screen(question)


def _class_or_none(typed: str) -> str:
    return check_class_name(typed) if typed.strip() else ""


def _begin(screen: BoardsScreen, job: FlashJob, class_name: str) -> None:
    from lovhe.apps.tui.teacher.flash_boards import FlashScreen

    if class_name:
        screen.teaching.class_name = class_name
    screen.lovhe.push_screen(FlashScreen(job, screen.learn))
