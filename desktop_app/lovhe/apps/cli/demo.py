"""`lovhe demo`: the whole main job on three virtual boards, without questions, leaving nothing behind."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import msgspec

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.flash_screen import flash_with_screen
from lovhe.apps.cli.flash_table import show_flash_results
from lovhe.apps.cli.lessons import lesson_title
from lovhe.apps.cli.output import say, show
from lovhe.apps.cli.results import show_results
from lovhe.apps.cli.verdict import show_report
from lovhe.apps.data_places import data_in
from lovhe.apps.language import current_language, key
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashWishes
from lovhe.services.ports import BoardInfo

LESSON = "6-03-night-light"
BOARDS = 3


class _Program(msgspec.Struct, frozen=True):
    """One program of the demo: what it is, and which check must catch it ("" for a right one)."""

    label: Text
    name: str
    source: str
    caught_by: str


@click.command(
    "demo",
    cls=LovheCommand,
    help=key("Show the whole job on three virtual boards: flash, deploy, run, check, record. Takes under a minute."),
)
def demo_command() -> int:
    """Exit code 1 when a program is not judged as it should be."""
    from lovhe.apps import wiring

    lesson = wiring.kit().lesson(LESSON)
    lesson = lesson.judged_by(lesson.goal)
    with _folder_of_its_own(), _boards(lesson) as boards:
        say(N_("2. Flashing all of them at the same time."))
        flashed = flash_with_screen(boards, FlashWishes())
        if flashed.stopped:
            raise KeyboardInterrupt
        show_flash_results(flashed.results)
        if not all(result.ok for result in flashed.results):
            return 1
        _deploy(lesson, boards)
        right = _check(lesson, boards)
        show()
        say(N_("5. The recorded results. They are kept in a folder of the demo's own and go with it; yours are not touched."))
        with wiring.results() as store:
            show_results(store.attempts(), {})
    say(N_("Done: the boards are stopped and everything is cleaned up."))
    return 0 if right else 1


@contextlib.contextmanager
def _folder_of_its_own() -> Iterator[None]:
    """Results and flash files go to a temporary folder, so that the demo leaves no trace among the user's."""
    with tempfile.TemporaryDirectory(prefix="lovhe-demo-", ignore_cleanup_errors=True) as folder, data_in(Path(folder)):
        yield


@contextlib.contextmanager
def _boards(lesson: Lesson) -> Iterator[Sequence[BoardInfo]]:
    """Virtual boards with the lesson's circuit, stopped whatever happens."""
    from lovhe.apps import wiring

    say(N_("1. Starting {n} virtual board.", "1. Starting {n} virtual boards.", n=BOARDS))
    boards = wiring.start_virtual_boards(
        count=BOARDS,
        name=_free_name(),
        lesson=lesson.id,
        circuit=None,
        chip="esp32",
        baud_limit=None,
        endpoint="rfc2217",
        tie_to_this_process=True,
    )
    try:
        yield boards
    finally:
        for board in boards:
            wiring.stop_virtual_board(board.name)


def _free_name() -> str:
    """What the boards are called, with numbers added; another demo may be running."""
    from lovhe.apps import wiring

    taken = any(board.name.startswith("demo-") for board in wiring.find_boards())
    return f"demo-{os.getpid()}" if taken else "demo"


def _deploy(lesson: Lesson, boards: Sequence[BoardInfo]) -> None:
    from lovhe.apps import wiring
    from lovhe.services.deploying import deploy_lesson

    say(N_("3. Putting the lesson “{title}” on the boards.", title=lesson_title(lesson)))
    runtime = wiring.runtime()

    def deploy(board: BoardInfo) -> None:
        with contextlib.closing(wiring.open_link(board)) as link:
            deploy_lesson(lesson, link, runtime, first_main=wiring.first_main())

    with ThreadPoolExecutor(len(boards)) as pool:
        list(pool.map(deploy, boards))


def _check(lesson: Lesson, boards: Sequence[BoardInfo]) -> bool:
    """Run and check the programs, each on a board of its own, show and record the verdicts; whether they are as they should be."""
    from lovhe.apps import wiring
    from lovhe.apps.attempts import record_attempt

    say(N_("4. Running and checking three students' programs, each on its board, in real time. This takes some seconds."))
    programs = _programs(lesson)
    stopped = threading.Event()
    with ThreadPoolExecutor(len(programs)) as pool:
        try:
            verdicts = list(pool.map(lambda one, board: _judge(lesson, one, board, stopped.is_set), programs, boards))
        except BaseException:
            stopped.set()
            raise
    right = True
    with wiring.results() as store:
        for program, board, (report, events) in zip(programs, boards, verdicts, strict=True):
            show()
            show(N_("{label}: {name} on {board}", label=program.label, name=program.name, board=board.name))
            show_report(report, lesson)
            record_attempt(store, lesson, report, events, board=board.name, program=program.source)
            failed = [check.id for check in report.checks if check.outcome == "failed"]
            right &= failed[:1] == [program.caught_by] if program.caught_by else report.outcome == "passed"
    return right


def _judge(lesson: Lesson, program: _Program, board: BoardInfo, stopped: Callable[[], bool]) -> tuple[Report, list[Event]]:
    from lovhe.apps import wiring
    from lovhe.core.checks.judging import judge, watched_gpios
    from lovhe.core.programs.program import syntax_problem
    from lovhe.services.checking import check_program

    if syntax_problem(program.source) is not None:
        return judge(lesson, program.source, []), []
    stage = wiring.open_stage(board, lesson, current_language().code, say)
    with contextlib.closing(wiring.open_link(board)) as link:
        watch, runtime = watched_gpios(lesson), wiring.runtime()
        return check_program(lesson, program.source, link, stage, name=program.name, watch=watch, runtime=runtime, cancelled=stopped)


def _programs(lesson: Lesson) -> list[_Program]:
    name, solution = min(lesson.solutions.items())
    order = [check.id for check in lesson.file.check]
    wrong = max(lesson.wrong, key=lambda program: order.index(program.caught_by))  # gets furthest, so it shows most
    return [
        _Program(N_("A correct program"), name, solution, ""),
        _Program(N_("A wrong program"), wrong.name, wrong.source, wrong.caught_by),
        _Program(N_("A program with a slip in its text"), "slip.py", solution.replace(":\n", "\n", 1), "syntax"),
    ]
