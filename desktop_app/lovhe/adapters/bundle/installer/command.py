"""The command line inside a bundle: `python3 lovhe-kit.zip [--to DIR] [--lang az|ru|en] [--verify]`."""

from __future__ import annotations

import sys
from pathlib import Path

from lovhe.adapters.bundle.bundle_file import BundleFile
from lovhe.adapters.bundle.installer.installing import install
from lovhe.adapters.bundle.installer.words import LANGUAGES, Words, users_language
from lovhe.core.bundle.words import N_, BundleFault, Sentence


def main(bundle: str, arguments: list[str]) -> int:
    """Install from `bundle`, or only check it; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # an old console shows "?" for a letter that it lacks
    options = _options(arguments)
    words = Words(str(options.get("lang") or users_language()))

    def tell(sentence: Sentence) -> None:
        sys.stderr.write(f"{words.text(sentence)}\n")
        sys.stderr.flush()

    if "wrong" in options or words.code not in LANGUAGES:
        tell(N_("Usage: {command}", command="python3 lovhe-kit.zip [--verify] [--to DIR] [--lang az|ru|en]"))
        return 2
    try:
        with BundleFile(Path(bundle)) as opened:
            if "verify" in options:
                return _verify(opened, tell)
            install(opened, Path(options["to"]) if "to" in options else None, words.code, tell)
    except BundleFault as fault:
        tell(fault.what)
        tell(fault.next_step)
        return 3
    except KeyboardInterrupt:
        tell(N_("Stopped."))
        return 130
    return 0


def _verify(bundle: BundleFile, tell: object) -> int:
    assert callable(tell)
    damaged = bundle.damaged()
    for _path, what in damaged:
        tell(what)
    if not damaged:
        tell(N_("Every file in the bundle is as it was made."))
    return 1 if damaged else 0


def _options(arguments: list[str]) -> dict[str, str]:
    """The options given; "wrong" for a word that is none. argparse would speak English alone."""
    options: dict[str, str] = {}
    rest = iter(arguments)
    for word in rest:
        name, sign, value = word.partition("=")
        if name == "--verify" and not sign:
            options["verify"] = ""
        elif name in ("--to", "--lang"):
            options[name[2:]] = value or next(rest, "")
            if not options[name[2:]]:
                options["wrong"] = word
        else:
            options["wrong"] = word
    return options
