"""Tracebacks and warnings go into a file that never grows large; a user meets sentences only."""

from __future__ import annotations

import logging
import os
from pathlib import Path

_BYTES = 500_000
_FILES = 3


def log_file() -> Path:
    """Where this process writes its log; before it does, in `LOVHE_DATA_DIR`, or the place the system has for a user's logs."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _LateFile):
            return handler.path
    folder = os.environ.get("LOVHE_DATA_DIR")
    if folder:
        return Path(folder) / "lovhe.log"
    import platformdirs

    return platformdirs.user_log_path("lovhe", appauthor=False) / "lovhe.log"


def log_to_file() -> None:
    """Send this process's log records to the file. Nothing is opened, nor slow things imported, before there is one."""
    root = logging.getLogger()
    if not any(isinstance(handler, _LateFile) for handler in root.handlers):
        logging.raiseExceptions = False  # a full disk must not stop a lesson
        logging.captureWarnings(True)  # a library's warning is for whoever helps the user, not for the user
        root.addHandler(_LateFile(log_file()))
        logging.getLogger("lovhe").setLevel(logging.INFO)


class _LateFile(logging.Handler):
    """A rotating log file made at its first record, in `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._file is None:
                self._file = _open(self.path)
            self._file.handle(record)
        except OSError:
            self._file = logging.NullHandler()  # no place to write to: `lovhe doctor` says so

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def _open(path: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", errors="replace")

    def move(source: str, target: str) -> None:
        try:
            Path(source).replace(target)
        except OSError:  # Windows, while another process of ours has it open: it grows until the next start
            handler.maxBytes = 0

    handler.rotator = move
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    return handler
