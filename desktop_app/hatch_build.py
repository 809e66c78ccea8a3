"""Makes the .mo catalogues that gettext reads from the .po files: in every build, editable ones too, and by `make catalogues`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parent / "lovhe" / "locale"


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Write `lovhe.mo` beside every `lovhe.po` that is younger than it, and return those written."""
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/lovhe.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime > po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, domain="lovhe", abort_invalid=True)
        unfinished = mo.with_suffix(f".{os.getpid()}.new")  # two builds may run at once
        with unfinished.open("wb") as target:
            write_mo(target, catalogue)
        unfinished.replace(mo)
        written.append(mo)
    return written


class CatalogueBuildHook(BuildHookInterface[Any]):
    """hatchling calls this before it collects the files of a wheel or makes an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues()


if __name__ == "__main__":
    for made in compile_catalogues():
        sys.stdout.write(f"{made.relative_to(Path.cwd())}\n")
