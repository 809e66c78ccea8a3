"""Pupils' errors are explained by their cause, with the line and the likely mend, in a real chip's words and in a virtual board's."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from pathlib import Path

import pytest
from lovhe.core.checks.judging import judge
from lovhe.core.programs.friendly_errors import explain
from lovhe.core.programs.friendly_errors.unstarted import unstarted
from lovhe.core.programs.program import syntax_problem

from .pupils_errors import ASYNC, ONLY_ON_THE_CHIP, RUNNING, STATIC

Ended = tuple[str, str, int]
"""The exception's type, its message, its line."""


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """How each running program ends on one virtual board, under trace, as `lovhe` runs it."""
    if find_spec("micropython_run") is None:
        pytest.skip("virtual boards need MicroPython, which has no wheel for this system")
    return asyncio.run(_all_ends(tmp_path_factory.mktemp("board")))


async def _all_ends(folder: Path) -> dict[str, Ended]:
    from lovhe.adapters.littlefs_image import files_regions
    from lovhe.adapters.runtime_build import library_files
    from lovhe.core.checks.frames import FrameDecoder

    from tests.virtual.guest_harness import FLASH_BYTES, VFS_OFFSET
    from tests.virtual.wired_harness import WiredBoard, world_of

    flash = bytearray(b"\xff" * FLASH_BYTES)
    for region in files_regions(library_files(Path(__file__).parents[3] / "firmware"), VFS_OFFSET, FLASH_BYTES - VFS_OFFSET):
        flash[region.offset : region.offset + len(region.data)] = region.data
    (folder / "flash.bin").write_bytes(flash)
    ends: dict[str, Ended] = {}
    async with WiredBoard(folder, world_of()) as board:
        await board.enter_raw()
        for _, program, *_rest in RUNNING:
            out, err = await board.run(f"from lovhe import runner\nrunner.run_source('main.py', {program!r})", 30)
            assert err == ""
            decoder = FrameDecoder()
            events = decoder.feed(out.encode()) + decoder.finish()
            [end] = [event.args for event in events if event.kind == "end"]
            ends[program] = (end[1], end[2], end[3])
    return ends


def named(cases: list[tuple]) -> dict:
    """The table's rows as parameters, called by their subject."""
    return {"argvalues": cases, "ids": [f"{number}-{case[0]}" for number, case in enumerate(cases)]}


@pytest.mark.parametrize(("subject", "program", "line", "what", "hint"), **named(STATIC))
def test_what_cannot_be_read_is_told_before_it_runs(subject, program, line, what, hint):
    """The right line, the cause, and the mend."""
    problem = syntax_problem(program)
    assert problem is not None
    assert problem.line == line
    assert str(problem.what).startswith(f"Line {line}: ")
    assert what in str(problem.what)
    assert hint in str(problem.hint)


@pytest.mark.parametrize(("subject", "program", "line", "what", "hint", "chip"), **named(RUNNING))
def test_what_a_virtual_board_says_is_explained(ended, subject, program, line, what, hint, chip):
    """Its exception is the chip's, its line is right, and so is what is told."""
    assert syntax_problem(program) is None
    exception, message, seen_line = ended[program]
    assert exception == chip.partition(": ")[0]
    told, tip = explain(exception, message, seen_line, program)
    assert str(told).startswith(f"Line {line}: ")
    assert what in str(told)
    assert hint in str(tip)


@pytest.mark.parametrize(("subject", "program", "line", "what", "hint", "chip"), **named([*RUNNING, *ONLY_ON_THE_CHIP]))
def test_what_the_chip_says_is_explained(subject, program, line, what, hint, chip):
    """The shorter words of an ESP32 mean the same."""
    exception, _, message = chip.partition(": ")
    told, tip = explain(exception, message, line, program)
    assert str(told).startswith(f"Line {line}: ")
    assert what in str(told)
    assert hint in str(tip)


def test_mended_programs_are_not_refused():
    """The neighbours of what is refused: nobody is told of an error that is none."""
    right = (
        "x = 1\nif (x == 1):\n    x += 1\nelif x == 2:\n    x = 3\n",
        "d = {\n    'a': 1,\n}\nfor k in {\n    1: 2\n}:\n    print(k)\n",
        "print('it\\'s', \"it's\")\nprint(f'{1 + 1}')\n",
        "işıq = 1\nprint(işıq)\nсвет = 2\nprint(свет)\nЗ = 3\nprint(З)\n",
        "x = 8 // 2\ny = -1\nz = x - y\nint_value = 5\nfor_x = 1\nrepeat = 3\n",
        "import asyncio\nasync def main():\n    await asyncio.sleep(1)\nasyncio.run(main())\n",
        "def f(do, then=1):\n    return do\nclass Loop:\n    pass\n",
    )
    for program in right:
        assert syntax_problem(program) is None, program


@pytest.mark.parametrize(
    ("program", "line", "hint"),
    [
        (f"{ASYNC}main()\n", 4, "asyncio.run(main())"),
        (
            "import asyncio\nasync def a():\n    pass\nasync def main():\n    a()\n    await asyncio.sleep(1)\nasyncio.run(main())\n",
            5,
            "await",
        ),
        ("import asyncio\ndef main():\n    await asyncio.sleep(1)\nmain()\n", 4, "async def"),
    ],
)
def test_an_async_function_that_never_begins_is_found(program, line, hint):
    """No exception tells of it."""
    assert syntax_problem(program) is None
    what, tip = unstarted(program)
    assert str(what).startswith(f"Line {line}: ")
    assert hint in str(tip)


@pytest.mark.parametrize(
    "program", [f"{ASYNC}asyncio.run(main())\n", f"{ASYNC}t = main()\nasyncio.run(t)\n", "def main():\n    pass\nmain()\n", "while", ""]
)
def test_what_begins_is_left_alone(program):
    """Neither right programs nor broken ones."""
    assert unstarted(program) is None


def test_a_program_that_ends_because_nobody_began_it_gets_that_as_its_hint(make_lesson, run):
    """Not the usual advice to go round again and again."""
    lesson = make_lesson('[[check]]\nid = "c"\n[[check.step]]\ndelay = "1 s"\n')
    run.add(20, "end", "done", "", "", 0).steps("c", 1000)
    hints = [str(hint) for hint in judge(lesson, f"{ASYNC}main()\n", run.events).checks[0].hints]
    assert "does not begin" in hints[0]
    assert "asyncio.run(main())" in hints[1]
    assert "again and again" in str(judge(lesson, "x = 1\n", run.events).checks[0].hints[0])
