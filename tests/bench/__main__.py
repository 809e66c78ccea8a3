"""`make bench`: side by side with what a user would pick instead, in one run, as ratios.

`python -m tests.bench NAME …` runs only the parts named.
"""

from __future__ import annotations

import importlib
import sys

from tests.bench.table import show

PARTS = (
    "start_up",
    "frames",
    "lessons",
    "virtual_time",
    "scale",
    "endurance",
    "board_runtime",
    "deploy",
    "flash",
    "flash_faults",
    "app",
    "keys",
    "streaming",
    "app_kills",
    "class_overview",
    "school_reports",
    "teacher_trials",
)


def main(names: list[str]) -> int:
    """Run the parts in their order and print a row for each comparison."""
    for name in names or PARTS:
        print(f"\n{name.replace('_', ' ')}")
        show(importlib.import_module(f"tests.bench.{name}").rows())
    return 0


sys.exit(main(sys.argv[1:]))
