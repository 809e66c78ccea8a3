"""The way from a message to its line in the writer's own editor: which command opens it, and whether that needs the terminal.

The command is a list of words that is started as it is, never handed to a shell.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_

_GOTO = ("code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf", "positron")
_AT_COLON = ("subl", "sublime_text", "zed", "zeditor", "hx", "helix")
_LINE_OPTION = ("kate", "kwrite", "mate", "pycharm", "idea")
_PLUS_WINDOW = ("gvim", "gedit", "geany", "xed", "pluma")
_PLUS = ("vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "jmacs", "ne", "mg", "mcedit", "jed")
_OWN_WINDOW = (*_GOTO, "subl", "sublime_text", "zed", "zeditor", *_LINE_OPTION, *_PLUS_WINDOW, "notepad", "notepad++", "thonny")


class Jump(msgspec.Struct, frozen=True):
    """The words of the command. `needs_terminal`: it draws where the app does, which has to make room until it ends."""

    words: list[str]
    needs_terminal: bool


def jump_to(file: Path, line: int | None, environment: Mapping[str, str] = os.environ) -> Jump | None:
    """How the writer's editor opens `file` at `line`: $VISUAL, else $EDITOR, else VS Code where it is; None where there is none."""
    chosen = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    words = _split(chosen) or [found for found in [shutil.which("code", path=environment.get("PATH"))] if found]
    program = shutil.which(words[0], path=environment.get("PATH")) if words else None
    if program is None or not (started := _startable(program)):
        return None
    name = Path(words[0]).name.lower().removesuffix(".exe").removesuffix(".cmd")
    return Jump([started, *words[1:], *_place(name, file, line)], _draws_here(name, words[1:]))


def _split(words: str) -> list[str]:
    """As a shell would take the words apart, without one. On Windows a backslash is a part of a path."""
    posix = os.name != "nt"
    try:
        found = shlex.split(words, posix=posix)
    except ValueError:  # a quotation mark without its second one
        return words.split()
    return found if posix else [word.strip('"') for word in found]


def _startable(program: str) -> str:
    """The program itself; "" for a batch file, which only Windows' shell can run: of VS Code's it is known what it starts."""
    if os.name != "nt" or Path(program).suffix.lower() not in (".cmd", ".bat"):
        return program
    beside = Path(program).parent.parent
    return next((str(found) for name in ("Code.exe", "VSCodium.exe", "Cursor.exe") if (found := beside / name).is_file()), "")


def _place(name: str, file: Path, line: int | None) -> Sequence[str]:
    if line is None:
        return [str(file)]
    if name in _GOTO:
        return ["--goto", f"{file}:{line}"]
    if name in _AT_COLON:
        return [f"{file}:{line}"]
    if name in (*_PLUS, *_PLUS_WINDOW):
        return [f"+{line}", str(file)]
    if name in _LINE_OPTION:
        return ["--line", str(line), str(file)]
    return [f"-n{line}", str(file)] if name == "notepad++" else [str(file)]


def _draws_here(name: str, options: Sequence[str]) -> bool:
    """Whether it draws in this terminal; of one that nobody knows that is to be feared."""
    if name in ("emacs", "emacsclient"):
        return bool({"-nw", "-t", "-tty", "--no-window-system", "--tty"} & set(options)) or not _has_windows()
    return name not in _OWN_WINDOW


def _has_windows() -> bool:
    return sys.platform in ("win32", "darwin") or any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_in_own_window(jump: Jump) -> None:
    """Start an editor that has a window of its own; returns at once. Raises `InputError`."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(jump.words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as problem:
        raise _not_started(jump, problem) from problem
    threading.Thread(target=process.wait, name="editor", daemon=True).start()  # so that it is no zombie once it is closed


def open_here(jump: Jump) -> None:
    """Run an editor in this terminal, until it ends. Raises `InputError`."""
    try:
        subprocess.run(jump.words, check=False)
    except OSError as problem:
        raise _not_started(jump, problem) from problem


def _not_started(jump: Jump, problem: OSError) -> InputError:
    return InputError(
        N_("The editor {program} cannot be started: {problem}.", program=jump.words[0], problem=reason_of(problem)),
        N_("Say which one is yours in VISUAL or EDITOR, or open the file by hand: {file}", file=jump.words[-1]),
    )
