"""The app killed outright at a hundred random moments while somebody types, runs, checks and saves: what is lost, and what is whole.

No peer is known that promises anything of the kind; the rows stand beside what the kit has promised. A round that leaves something
half done, or an app that does not open where it was, ends the trial.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from lovhe.apps import wiring

from tests.apps.app_kill_trial import Trial
from tests.bench.app_process import machine_load
from tests.bench.scale import own_folders
from tests.bench.table import Row, seconds

KILLS = 100
LONGEST_S = 6.0
OWN_BOARD_OF_TEN = 3
PROMISED_S = 1.0


def rows() -> Iterator[Row]:
    """The oldest key that was lost, and how many kills left everything whole."""
    with own_folders():
        try:
            trial = Trial(Path(os.environ["LOVHE_DATA_DIR"]), "a hundred", LONGEST_S)
            took_s = seconds(lambda: _kill(trial))
        finally:
            wiring.stop_virtual_boards()
    figures = trial.figures
    print(figures, file=sys.stderr)
    lost = f"{figures.lost_keys} of {figures.keys} keys lost; {machine_load()}"
    yield Row("age of the oldest key that a kill has taken", figures.oldest_lost_s, "promised", PROMISED_S, "s", lost)
    whole = f"{figures.attempts} attempts, {figures.versions} versions, {figures.boards_ended} boards; {took_s:.0f} s in all"
    yield Row("kills after which all was whole", sum(figures.kills.values()), "promised", KILLS, "n", whole)


def _kill(trial: Trial) -> None:
    for number in range(KILLS):
        trial.round(own_board=number % 10 < OWN_BOARD_OF_TEN)
    trial.finish()
