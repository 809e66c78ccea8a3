"""What `lovhe doctor` looks at: everything on this PC that a lesson needs, each with what to do when it is missing."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from lovhe.apps.language import LOCALE, current_language, key
from lovhe.apps.log_file import log_file
from lovhe.core.errors import LovheError, reason_of
from lovhe.core.messages import N_, Text

_ENOUGH_BYTES = 200 << 20


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at. `outcome` is "passed", "failed" (lessons cannot go on without it) or "unclear" (look at it)."""

    subject: str
    outcome: str
    what: Text
    next_step: Text | None = None


def findings() -> Iterator[Finding]:
    """All findings, in the order of the way from the PC to the board. One that fails to be made is a finding too."""
    looks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        (key("Python"), _python),
        (key("Language"), _language),
        (key("Virtual boards"), _virtual_boards),
        (key("Firmware"), _firmware),
        (key("Lessons"), _lessons),
        (key("Boards"), _boards),
        (key("Disk"), _disk),
        (key("Results"), _results),
        (key("Log file"), _log),
    )
    for subject, look in looks:
        try:
            for finding in look():
                yield msgspec.structs.replace(finding, subject=subject)
        except LovheError as error:
            yield Finding(subject, "failed", error.what, error.next_step)


def _python() -> Iterator[Finding]:
    yield Finding(
        "", "passed", N_("Python {version} on {system}.", version=platform.python_version(), system=platform.platform(terse=True))
    )


def _language() -> Iterator[Finding]:
    code = current_language().code
    if code == "en" or (LOCALE / code / "LC_MESSAGES" / "lovhe.mo").exists():
        yield Finding("", "passed", N_("Sentences are shown in the language {code}.", code=code))
    else:
        yield Finding(
            "",
            "failed",
            N_("The catalogue of the language {code} is missing.", code=code),
            N_("Install Lövhə again; in a checkout, run `make setup`."),
        )


def _virtual_boards() -> Iterator[Finding]:
    if importlib.util.find_spec("micropython_run"):
        yield Finding("", "passed", N_("The interpreter for virtual boards is there."))
    else:
        yield Finding(
            "",
            "unclear",
            N_("This system has no interpreter for virtual boards."),
            N_("Real boards work. Virtual boards need Linux on a 64-bit PC, or macOS."),
        )


def _firmware() -> Iterator[Finding]:
    from lovhe.apps import wiring

    images = ", ".join(f"{name} ({chip})" for name, chip in wiring.firmware_images())
    if images:
        yield Finding("", "passed", N_("These images can be flashed by name: {images}.", images=images))
    yield Finding(
        "",
        "passed" if images else "unclear",
        N_("For a real board, a MicroPython .bin file for its chip is needed."),
        N_("Get it once from micropython.org, then: lovhe flash --firmware FILE"),
    )


def _lessons() -> Iterator[Finding]:
    from lovhe.apps import wiring

    lessons = wiring.kit().lessons()
    yield Finding("", "passed", N_("{n} lesson can be read.", "{n} lessons can be read.", n=len(lessons)))


def _boards() -> Iterator[Finding]:
    from lovhe.apps import wiring

    boards = wiring.find_boards()
    if not boards:
        yield Finding(
            "",
            "unclear",
            N_("There is no board."),
            N_("Plug one in with a USB cable that carries data, or start a virtual one with `lovhe board start`."),
        )
    for board in boards:
        device = Path(board.serial_port)
        if sys.platform.startswith("linux") and not board.virtual and device.exists() and not os.access(device, os.R_OK | os.W_OK):
            yield Finding(
                "",
                "failed",
                N_("You may not open {port}: it belongs to the group {group}.", port=board.serial_port, group=device.group()),
                N_("Run `sudo usermod -aG {group} $USER`, then log out and in again.", group=device.group()),
            )
        else:
            yield Finding("", "passed", N_("{board} at {port} ({chip}).", board=board.name, port=board.serial_port, chip=board.chip or "?"))


def _disk() -> Iterator[Finding]:
    folder = log_file().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    what = N_("{free} MB are free on the disk.", free=free >> 20)
    if free >= _ENOUGH_BYTES:
        yield Finding("", "passed", what)
    else:
        yield Finding("", "failed", what, N_("Free some space: a class's results and logs need about 200 MB."))


def _results() -> Iterator[Finding]:
    from lovhe.apps import wiring

    with wiring.results() as store:
        if store.is_whole():
            count = len(store.attempts())
            yield Finding("", "passed", N_("{n} result in {file}.", "{n} results in {file}.", n=count, file=str(store.path)))
        else:
            yield Finding(
                "",
                "failed",
                N_("The results file {file} is damaged.", file=str(store.path)),
                N_("Nothing in it was changed. Keep a copy for someone who can rescue it, move it to another folder, then try again."),
            )


def _log() -> Iterator[Finding]:
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        yield Finding(
            "",
            "failed",
            N_("The log file {file} cannot be written: {reason}.", file=str(path), reason=reason_of(error)),
            N_("Look whether you may write to its folder, or set LOVHE_DATA_DIR to a folder of your own."),
        )
    else:
        yield Finding("", "passed", N_("Details of errors are written to {file}.", file=str(path)))
