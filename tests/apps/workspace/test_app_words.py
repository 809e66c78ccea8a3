"""The app's own next steps, held against the sentences of the command line that are in the sources."""

from __future__ import annotations

import ast
import asyncio
import re
import string
from pathlib import Path

import lovhe
from lovhe.apps.language import t
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.workspace.app_words import FOR_TEACHERS, IN_APP, for_teachers, in_app
from lovhe.core.errors import BoardSilentError
from lovhe.core.messages import N_

ROOT = Path(lovhe.__file__).parent
COMMAND = re.compile(r"[`“]lovhe [a-z]|check \{lesson\}|--(answer|firmware|keep-files)|Ctrl-C")
NOT_IN_THE_APP = (
    "adapters/bundle/",
    "adapters/firmware_library/",  # what is fetched and taken in on the command line; of the rest see IN_APP
    "adapters/lesson_packs/",  # as above
    "adapters/results_db/",
    "adapters/school_db/",
    "apps/board_set.py",
    "apps/bundles.py",
    "apps/cli/",
    "apps/doctor/",
    "apps/firmware_store.py",
    "apps/lesson_copies.py",
    "apps/lesson_packs.py",
    "apps/teaching/",
    "apps/step_answers.py",  # the app gives what is asked for; of the rest see IN_APP
    "apps/virtual_processes.py",  # as above
    "apps/workspace/app_words.py",
    "core/boards/fault_words.py",
    "core/bundle/",
    "core/lessons/pack.py",
    "core/pc/",
    "core/pupils/class_edits.py",
    "core/pupils/school_name.py",
    "services/class_findings.py",
    "virtual/",
)
"""Where sentences name commands that nobody meets in the app."""


def _sentences() -> dict[str, str]:
    """All English sentences of the sources, with the file they stand in."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
                for given in node.args[:2]:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        found.setdefault(given.value, path.relative_to(ROOT).as_posix())
    return found


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_sentence_with_a_command_has_other_words_in_the_app() -> None:
    """A new one needs words of the app's own, or a place in the list of those that are never met there."""
    sentences = _sentences()
    bare = [text for text, file in sentences.items() if COMMAND.search(text) and not file.startswith(NOT_IN_THE_APP) and text not in IN_APP]
    assert not bare


def test_the_sentences_of_the_command_line_are_still_there() -> None:
    """Whoever rewords one there rewords it here; the app's ask for nothing that it is not told."""
    sentences = _sentences()
    own_words = [*IN_APP.items(), *FOR_TEACHERS.items()]
    assert not [text for text, _ in own_words if text not in sentences]
    assert not [text for text, own in own_words if not _fields(own) <= _fields(text)]


def test_a_command_is_named_to_a_teacher_alone() -> None:
    """A pupil has no command line."""
    assert not [own for own in IN_APP.values() if "lovhe " in own and "teacher" not in own]


def test_a_teacher_is_not_told_to_call_the_teacher() -> None:
    """There is none; where the app has a key for it, that is said, else what the command line does."""
    assert not [text for text in IN_APP if "your teacher" in for_teachers(N_(text)).text]
    fetch = "Fetch it again with `lovhe firmware fetch`."
    assert in_app(N_(fetch)).text.startswith("Call your teacher")
    assert "USB stick" in for_teachers(N_(fetch)).text
    assert for_teachers(N_("Look at the cable.")) == N_("Look at the cable.")


def test_the_app_says_its_own_words_and_the_command_line_keeps_its() -> None:
    """Only while the app is there."""
    problem = BoardSilentError(N_("The board is silent."), N_("Flash the board with “lovhe flash”, then try again."))

    async def play() -> str:
        app = LovheApp()
        async with app.run_test(size=(80, 24)) as pilot:
            app.speak("en")
            app.tell_problem(problem)
            await pilot.pause()
            return next(iter(app._notifications)).message

    assert "“Flash this board” in the menu (F2)" in asyncio.run(play())
    assert "lovhe flash" in t(problem.next_step)
    assert in_app(N_("Look at the cable.")) == N_("Look at the cable.")
