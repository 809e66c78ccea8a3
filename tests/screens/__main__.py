"""`make snapshots` and `make pictures`: keeps how the app looks now.

`python -m tests.screens snapshots 80x24` does so in one size only.
"""

from __future__ import annotations

import sys

from .snapshots import LANGUAGES, SIZES, renew, renew_pictures


def main(what: str, sizes: list[str]) -> int:
    """Play all scenes and keep what they show."""
    for language in LANGUAGES:
        if what == "pictures":
            renew_pictures(language)
            print(f"pictures in {language}")
        for size in SIZES if what == "snapshots" else ():
            if not sizes or f"{size[0]}x{size[1]}" in sizes:
                renew(language, size)
                print(f"snapshots in {language}, {size[0]} × {size[1]}")
    return 0


if sys.argv[1:2] not in (["snapshots"], ["pictures"]):
    sys.exit("snapshots or pictures")
sys.exit(main(sys.argv[1], sys.argv[2:]))
