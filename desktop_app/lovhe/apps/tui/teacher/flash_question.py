"""What is asked before boards are flashed, and what begins with the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lovhe.apps.flash.sentences import in_short
from lovhe.apps.teaching.board_jobs import FlashBoards, FlashJob, WatchBoards
from lovhe.apps.teaching.class_boards import BoardLine
from lovhe.apps.teaching.flash_choices import FlashChoice, FlashOffers
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.flash_dialog import FlashQuestion
from lovhe.core.messages import N_
from lovhe.services.flash.flashing import FlashWishes

if TYPE_CHECKING:
    from lovhe.apps.tui.teacher.boards import BoardsScreen


def ask_to_flash(screen: BoardsScreen, lines: Sequence[BoardLine], offers: FlashOffers) -> None:
    """Flash these, which are here, after a yes."""
    boards, names = [line.here for line in lines if line.here is not None], in_short(line.label for line in lines)
    asked = N_("This flashes {n} board: {names}.", "This flashes {n} boards: {names}.", n=len(boards), names=names)
    sure = N_("Leave them plugged in. Flash now?")

    def begin(choice: FlashChoice, class_name: str) -> None:
        _begin(screen, FlashBoards(boards, choice.wishes(class_name)), choice, class_name)

    likely = None if all(line.is_named for line in lines) else _likely_class(screen)
    screen.lovhe.push_screen(FlashQuestion(asked, sure, N_("Flash boards"), offers, screen.teaching.flash_choice, likely, begin))


def ask_to_watch(screen: BoardsScreen, offers: FlashOffers) -> None:
    """Flash each board that is plugged in, after a yes."""
    asked = N_(
        "From now on each board is flashed that is plugged in, and those that are here already. It is told when one can be unplugged."
    )

    def begin(choice: FlashChoice, class_name: str) -> None:
        _begin(screen, WatchBoards(choice.wishes(class_name)), choice, class_name)

    likely = _likely_class(screen)
    screen.lovhe.push_screen(
        FlashQuestion(asked, N_("Begin now?"), N_("One after another"), offers, screen.teaching.flash_choice, likely, begin)
    )


def ask_to_finish(screen: BoardsScreen, lines: Sequence[BoardLine]) -> None:
    """Finish the boards whose flash was cut off, after a yes."""
    sentences = [
        N_("The flash of these boards was cut off: {names}.", names=in_short(line.label for line in lines)),
        N_("Those that are plugged in are finished as they were begun. Flash now?"),
    ]

    def begin() -> None:
        _show_flash(screen, FlashBoards(None, FlashWishes(resume=True)))

    screen.lovhe.push_screen(Question(sentences, begin, N_("Finish")))


def _likely_class(screen: BoardsScreen) -> str:
    return screen.teaching.class_name or screen.lovhe.desk.class_name


def _begin(screen: BoardsScreen, job: FlashJob, choice: FlashChoice, class_name: str) -> None:
    """What was chosen is offered again as long as the teacher is here."""
    screen.teaching.flash_choice = choice
    if class_name:
        screen.teaching.class_name = class_name
    _show_flash(screen, job)


def _show_flash(screen: BoardsScreen, job: FlashJob) -> None:
    from lovhe.apps.tui.teacher.flash_boards import FlashScreen

    screen.lovhe.push_screen(FlashScreen(job, screen.learn))
