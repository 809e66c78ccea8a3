"""The entries of the menu for a curriculum writer: the way to the lessons being written, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lovhe.apps.language import key, t
from lovhe.apps.tui.menu_provider import ActionProvider, MenuEntry, MenuProvider
from lovhe.core.errors import LovheError

if TYPE_CHECKING:
    from lovhe.apps.tui.app import LovheApp

_ENTRIES = (
    ("test", key("Run the tests of this lesson"), key("Whether each of its programs is judged as it should be.")),
    ("mutate", key("Run the mutation of this lesson"), key("Which small changes to its solutions its checks would let through.")),
    ("test_all", key("Run the tests of all lessons"), key("One lesson after another; Shift+F5 stops.")),
    ("mutate_all", key("Run the mutation of all lessons"), key("It takes a minute or more for each lesson; Shift+F5 stops.")),
    ("preview", key("Preview of this lesson"), key("As pupils will see it, in three languages; it changes with the files.")),
    ("folder", key("Another folder of lessons"), key("Lessons that lie elsewhere on this computer.")),
    ("open", key("Open this page's file"), key("In your own editor, at the line where the page begins, or where the error is.")),
)


class WriterCommands(ActionProvider):
    """What the screen can do of them."""

    actions = _ENTRIES


class WayToWriting(MenuProvider):
    """For the screen on which nobody is signed in; no screen of a pupil's has it."""

    def entries(self) -> Iterator[MenuEntry]:
        app = cast("LovheApp", self.app)
        if app.desk.group is None:
            what = t(key("For curriculum writers: how the lessons stand that are being written."))
            yield MenuEntry(t(key("Write lessons")), what, partial(begin_writing, app))


def begin_writing(app: LovheApp) -> None:
    """Show the lessons of the folder that was chosen last, or ask for one; nothing where somebody has sat down meanwhile."""
    from lovhe.apps.tui.screens.writer import WriterScreen
    from lovhe.apps.tui.screens.writer_folder import FolderScreen
    from lovhe.apps.writing.lesson_files import first_folder

    if app.desk.group is not None:
        return
    try:
        folder = first_folder(app.desk.lessons_folder)
    except LovheError as problem:
        app.tell_problem(problem)
        return
    if folder is not None:
        app.switch_to(WriterScreen(folder, app.show_start))
        return

    def show(chosen: Path | None) -> None:
        if chosen is None:
            return
        app.desk.lessons_folder = str(chosen)
        app.keep_desk()
        app.switch_to(WriterScreen(chosen, app.show_start))

    app.push_screen(FolderScreen(Path.cwd()), show)
