"""The line of a key is found as an author sees it in the editor."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.core.toml_lines import TomlLines

LESSONS = sorted((Path(__file__).parents[2] / "lessons").glob("*/lesson.toml"))

TEXT = """\
grade = 6 # six
skills = { strands = ["a"] }

[circuit]
board = "x"  # [[check]]

[[circuit.part]]
id = "led"

[[check]]
id = "one"
[[check.step]]
delay = "1 s"
expect-pin = [
    { part = "led", level = "on" },
    { part = "lamp", toggles = "]" },
]
[[check.step]]
text = '''
delay = "no key"
'''
delay = "2 s"

[[check]]
id = "two"
"a b".c = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("grade",), 1),
        (("skills", "strands"), 2),
        (("circuit",), 4),
        (("circuit", "board"), 5),
        (("circuit", "part", 0, "id"), 8),
        (("check",), 10),
        (("check", 0, "step", 0, "delay"), 13),
        (("check", 0, "step", 0, "expect-pin", 1, "toggles"), 16),
        (("check", 0, "step", 0, "settle"), 12),
        (("check", 0, "step", 1, "delay"), 22),
        (("check", 1, "id"), 25),
        (("check", 1, "a b", "c"), 26),
        (("nothing",), None),
    ],
)
def test_a_key_stands_where_one_sees_it(path: tuple[str | int, ...], line: int | None) -> None:
    """Lists over several lines, texts over several lines, comments and brackets in them are no keys."""
    assert TomlLines(TEXT).find(path) == line


def test_of_a_long_value_the_line_with_the_word_is_meant() -> None:
    """An error that quotes a word points at it."""
    assert TomlLines(TEXT).find(("check", 0, "step", 0, "expect-pin"), ["lamp"]) == 16
    assert TomlLines(TEXT, first_line=2).find(("grade",)) == 2


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _paths(inner, (*path, index))


@pytest.mark.parametrize("file", LESSONS, ids=lambda file: file.parent.name)
def test_every_key_of_every_lesson_is_found_in_a_line_that_names_it(file: Path) -> None:
    """What a real parser finds has a line here, and the key stands in it."""
    text = file.read_text(encoding="utf-8")
    lines = TomlLines(text)
    for path in _paths(tomllib.loads(text)):
        number = lines.find(path)
        assert number is not None, path
        assert str(path[-1]) in text.split("\n")[number - 1], path
