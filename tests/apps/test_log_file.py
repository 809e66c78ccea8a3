"""The log goes on where its file cannot be put aside."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from lovhe.apps import log_file


def test_a_log_that_another_process_has_open_is_written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows renames no open file: what is told after that is in the same file, and older files stay."""
    monkeypatch.setattr(log_file, "_BYTES", 200)
    handler = log_file._open(tmp_path / "lovhe.log")

    def tell(text: str) -> None:
        handler.handle(logging.LogRecord("lovhe", logging.INFO, __file__, 1, text, None, None))

    for number in range(5):
        tell(f"{number} " + "x" * 100)
    older = sorted(path.name for path in tmp_path.iterdir())
    assert "lovhe.log.1" in older

    def refuse(source: Path, target: str) -> None:
        raise PermissionError(13, "the process cannot access the file")

    monkeypatch.setattr(Path, "replace", refuse)
    for number in range(5):
        tell(f"late {number} " + "x" * 100)
    handler.close()
    text = (tmp_path / "lovhe.log").read_text("utf-8")
    assert all(f"late {number}" in text for number in range(5))
