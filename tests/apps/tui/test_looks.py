"""All looks stand in one file, and each of them is about something that is there."""

from __future__ import annotations

import re
from pathlib import Path

import textual.widgets
from lovhe.apps import tui

TUI = Path(tui.__file__).parent
SOURCES = {file: file.read_text("utf-8") for file in TUI.rglob("*.py")}
LOOKS = re.sub(r"/\*.*?\*/", "", (TUI / "app.tcss").read_text("utf-8"), flags=re.DOTALL)


def test_looks_have_one_place() -> None:
    """No pane brings looks of its own."""
    assert [file.name for file, text in SOURCES.items() if "DEFAULT_CSS" in text] == []


def test_each_look_is_of_something() -> None:
    """Ids, classes and kinds of widgets that the looks name are made somewhere; a check's class is made of its state."""
    source = "\n".join(SOURCES.values())
    inside = {"ContentTabs", "ContentTab", "Underline"}
    unused = set()
    for selector in re.findall(r"([^{}]+)\{", LOOKS):
        for name in re.findall(r"[#.][A-Za-z][\w-]*|\b[A-Z]\w+", selector):
            word = re.sub(r"^\.check-(passed|failed|unclear|running)$", r"\1", name).lstrip("#.")
            known = "--" in word or word in inside or hasattr(textual.widgets, word)
            if not known and not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", source):
                unused.add(name)
    assert unused == set()


def test_no_look_is_said_twice() -> None:
    """One selector has one line."""
    selectors = [selector.strip() for selector in re.findall(r"([^{}]+)\{", LOOKS)]
    assert len(selectors) > 100
    assert {selector for selector in selectors if selectors.count(selector) > 1} == set()
