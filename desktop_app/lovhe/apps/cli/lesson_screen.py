"""`lovhe lesson preview` in a terminal: keys turn pages, and changed files show by themselves."""

from __future__ import annotations

import time

from lovhe.apps.cli.keyboard import Keyboard
from lovhe.apps.cli.output import rich_console
from lovhe.apps.lesson_preview import Keys, LessonPreview

_GLANCE_S = 0.05
_READ_EVERY_S = 1.0


def preview_live(preview: LessonPreview) -> None:
    """Show pages and read the lesson's files anew each second, until the key to end it, or Ctrl+C."""
    from rich.live import Live

    from lovhe.apps.lesson_screen import PreviewScreen

    try:
        with Keyboard() as keyboard, Live(console=rich_console(), screen=True, auto_refresh=False, vertical_overflow="crop") as live:
            live.update(PreviewScreen(preview), refresh=True)
            read_s, size = time.monotonic(), live.console.size
            keys = Keys()
            while not preview.ended:
                time.sleep(_GLANCE_S)
                changed = sum(map(preview.press, keys.told(keyboard.read().decode(errors="ignore")))) > 0
                if time.monotonic() - read_s >= _READ_EVERY_S:
                    changed |= preview.look()
                    read_s = time.monotonic()
                if changed or size != live.console.size:
                    size = live.console.size
                    live.update(PreviewScreen(preview), refresh=True)
    except KeyboardInterrupt:
        return
