"""Three hundred random faults over flashes of a class: how many boards end whole, and how often one is called done that is not.

Cables pulled and put back (a PTY then under another path), noise, brown-outs, and `lovhe flash` killed outright and resumed. No tool
that schools use keeps a journal of what is unfinished, so each row stands beside what the kit has promised.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from lovhe.apps import wiring

from tests.apps.flash_fault_trial import Trial, start
from tests.bench.scale import own_folders
from tests.bench.table import Row, seconds

BOARDS = 10
FAULTS = 300
KILL_EVERY = 3
FORGOTTEN = 0.05


def rows() -> Iterator[Row]:
    """Rounds of ten boards with a fault for each, until 300 have struck."""
    with own_folders():
        try:
            trial = Trial(Path(os.environ["LOVHE_DATA_DIR"]), start(BOARDS), "three hundred", FORGOTTEN)
            trial.first_flash()
            took_s = seconds(lambda: _strike(trial))
        finally:
            wiring.stop_virtual_boards()
    figures = trial.figures
    print(figures, file=sys.stderr)
    for false in figures.false_done:
        print(f"called done, and is not: {false}", file=sys.stderr)
    struck = f"{sum(figures.struck.values())} faults struck: {figures.struck}"
    again = f"{figures.tries} sessions tried again, {figures.came_back} boards came back, {figures.resumed} resumed; {took_s:.0f} s in all"
    yield Row("boards whole at the end", figures.whole, "promised", figures.cases, "n", struck)
    yield Row("called done that were not", len(figures.false_done), "promised", 0, "n", f"of {figures.called_done} called done; {again}")


def _strike(trial: Trial) -> None:
    """Rounds until enough has struck; each third time the command is killed as well."""
    number = 0
    while sum(trial.figures.struck.values()) < FAULTS:
        number += 1
        trial.round(kill=number % KILL_EVERY == 0)
