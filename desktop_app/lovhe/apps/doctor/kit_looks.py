"""What the kit itself brings: Python, language, virtual boards, firmware, lessons, log file."""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Iterator

from lovhe import __version__
from lovhe.apps.language import LOCALE, current_language
from lovhe.apps.log_file import log_file
from lovhe.core.errors import reason_of
from lovhe.core.messages import N_
from lovhe.core.pc.rules.finding import Finding

_OLDEST_PYTHON = (3, 11)


def look_at_python() -> Iterator[Finding]:
    """The interpreter that runs this, and where the kit is installed."""
    bits = 64 if sys.maxsize > 1 << 32 else 32
    what = N_(
        "Lövhə {version} with Python {python} ({bits} bits) on {system}, in {folder}.",
        version=__version__,
        python=platform.python_version(),
        bits=bits,
        system=platform.platform(terse=True),
        folder=sys.prefix,
    )
    if sys.version_info < _OLDEST_PYTHON:
        yield Finding("failed", what, N_("Install Python 3.11 or newer from the bundle's folder or python.org, then install Lövhə again."))
    elif bits < 64:
        yield Finding("unclear", what, N_("Boards work. Virtual boards and the offline bundle need Python for 64 bits."))
    else:
        yield Finding("passed", what)


def look_at_language() -> Iterator[Finding]:
    """Whether the user's language has its catalogue."""
    code = current_language().code
    if code == "en" or (LOCALE / code / "LC_MESSAGES" / "lovhe.mo").exists():
        yield Finding("passed", N_("Sentences are shown in the language {code}.", code=code))
    else:
        yield Finding(
            "failed",
            N_("The catalogue of the language {code} is missing.", code=code),
            N_("Install Lövhə again; in a checkout, run `make setup`."),
        )


def look_at_virtual_boards() -> Iterator[Finding]:
    """Whether the interpreter of virtual boards is there."""
    if importlib.util.find_spec("micropython_run"):
        yield Finding("passed", N_("The interpreter for virtual boards is there."))
    else:
        yield Finding(
            "unclear",
            N_("This system has no interpreter for virtual boards."),
            N_("Real boards work. Virtual boards need Linux on a 64-bit PC, or macOS."),
        )


def look_at_firmware() -> Iterator[Finding]:
    """The images that lie ready, each read and checked."""
    from lovhe.apps import firmware_store
    from lovhe.core.pc.rules.firmware import firmware_findings

    yield from firmware_findings(firmware_store.store().images())


def look_at_lessons() -> Iterator[Finding]:
    """Whether the lessons can be read."""
    from lovhe.apps import wiring

    lessons = wiring.kit().lessons()
    yield Finding("passed", N_("{n} lesson can be read.", "{n} lessons can be read.", n=len(lessons)))


def look_at_log() -> Iterator[Finding]:
    """Whether details of errors can be written down."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        yield Finding(
            "failed",
            N_("The log file {file} cannot be written: {reason}.", file=str(path), reason=reason_of(error)),
            N_("Look whether you may write to its folder, or set LOVHE_DATA_DIR to a folder of your own."),
        )
    else:
        yield Finding("passed", N_("Details of errors are written to {file}.", file=str(path)))
