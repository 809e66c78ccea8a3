"""`lovhe write`: the app with the writer's side alone. It knows of no pupil, and takes nobody's place."""

from __future__ import annotations

from pathlib import Path

from lovhe.apps.tui.app import LovheApp


class WriterApp(LovheApp):
    """Opens with the lessons of `folder`; None asks for one. Who sits at the desk of the app itself stays there."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._folder = folder
        self.desk.stand_up()

    def show_start(self) -> None:
        """See `LovheApp`."""
        from lovhe.apps.tui.screens.writer import WriterScreen
        from lovhe.apps.tui.screens.writer_folder import FolderScreen

        if self._folder is not None:
            self.switch_to(WriterScreen(self._folder, self.close_app))
            self._remember(self._folder)
        else:
            self.push_screen(FolderScreen(Path.cwd()), self._begin_with)

    def keep_desk(self) -> None:
        """Language, looks and folder are kept beside what the app itself keeps."""
        from lovhe.apps.workspace.wiring import save_looks

        save_looks(self.desk)

    def read_lessons_ahead(self) -> None:
        """Nobody chooses a lesson here."""

    def _look_whether_alone(self) -> None:
        """It may be open beside the app, and as often as one likes."""

    def _begin_with(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is None:
            self.close_app()
        else:
            self.show_start()

    def _remember(self, folder: Path) -> None:
        if self.desk.lessons_folder != str(folder):
            self.desk.lessons_folder = str(folder)
            self.keep_desk()
