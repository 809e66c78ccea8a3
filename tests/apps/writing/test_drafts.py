"""A draft as pupils will see it: as far as it can be shown in each language, and anew as its files change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps.writing.drafts import Draft, DraftWatch, read_draft_of
from lovhe.apps.writing.lesson_files import find_written

from .conftest import Waits

BLINK = "6-01-blink"


@pytest.fixture
def folder(lessons: Path) -> Path:
    """A lesson of the kit."""
    return lessons / BLINK


def _draft(folder: Path) -> Draft:
    return read_draft_of(find_written(folder)[0][BLINK])


def _shown(draft: Draft) -> list[str]:
    return [code for code in ("az", "ru", "en") if draft.view(code, 38) is not None]


def test_every_page_stands_in_three_languages(folder: Path) -> None:
    """With the question, the lines and the gaps of each step, and the line of its heading in each file."""
    draft = _draft(folder)
    assert draft.pages[0] == ""
    assert len(draft.pages) > 6
    for code in ("az", "ru", "en"):
        view = draft.view(code, 38)
        assert view is not None
        assert [page.id for page in view.pages] == list(draft.pages)
        text = (folder / f"{code}.md").read_text("utf-8").split("\n")
        for page in draft.pages[1:]:
            line = draft.line_of(code, page)
            assert line is not None
            assert text[line - 1].endswith(f"{{#{page}}}")
    assert draft.line_of("en", "") is None


def test_a_broken_text_is_told_with_its_line_and_the_others_are_shown(folder: Path) -> None:
    """A key that nobody knows, in one language."""
    file = folder / "ru.md"
    lines = file.read_text("utf-8").split("\n")
    lines[1:1] = ["titel = 1"]
    file.write_text("\n".join(lines), "utf-8", newline="\n")
    draft = _draft(folder)
    assert _shown(draft) == ["az", "en"]
    assert [(error.file, error.line) for error in draft.errors_in("ru")] == [("ru.md", 2)]


def test_a_broken_toml_is_told_in_all_languages(folder: Path) -> None:
    """With its line."""
    (folder / "lesson.toml").write_bytes(b"grade = 6\norder =\n")
    draft = _draft(folder)
    assert _shown(draft) == []
    for code in ("az", "ru", "en"):
        assert ("lesson.toml", 2) in [(error.file, error.line) for error in draft.errors_in(code)]


def test_a_language_that_is_not_written_yet_is_told(folder: Path) -> None:
    """Nothing of another language stands in its place."""
    (folder / "az.md").unlink()
    draft = _draft(folder)
    assert _shown(draft) == ["ru", "en"]
    assert [(error.file, error.severity) for error in draft.errors_in("az")] == [("az.md", "warning")]


def test_a_mistake_that_names_no_check_spoils_no_page(folder: Path) -> None:
    """It stands on none."""
    (folder / "wrong" / "new.py").write_text("x = 1\n", "utf-8")
    draft = _draft(folder)
    assert draft.errors
    assert _shown(draft) == ["az", "ru", "en"]


def test_what_is_saved_is_read_at_once_and_a_folder_that_goes_is_told(folder: Path, begun: Callable[[Any], Any], wait_for: Waits) -> None:
    """The writer's editor saves, and nobody presses a key here."""
    watch: DraftWatch = begun(DraftWatch(find_written(folder)[0][BLINK], look_s=0.02))
    wait_for(lambda: watch.draft is not None, "the draft")
    file = folder / "en.md"
    file.write_text(file.read_text("utf-8").replace("## 1. Build the circuit", "## 1. Solder the circuit"), "utf-8", newline="\n")
    wait_for(lambda: "Solder" in str(watch.draft and watch.draft.view("en", 38)), "the new heading")
    shutil.rmtree(folder)
    wait_for(lambda: watch.trouble is not None, "what is wrong")
