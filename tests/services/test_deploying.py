"""A lesson comes onto a board, and nothing of the student's is lost."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.deploying import deploy_lesson, deploy_program

from .boards import powered_board

LESSON = wiring.kit().lesson("6-01-blink")
LIMIT_S = 60.0
OTHER = wiring.kit().lesson("6-02-button-light")


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ReplLink]:
    """A freshly flashed board."""
    with powered_board(tmp_path, LESSON, main=b"first = 'program'\n") as board:
        link = ReplLink("desk", board.line)
        yield link
        link.close()


def _files(link: ReplLink) -> dict[str, bytes]:
    code = "import os\nfor n in os.listdir('/'):\n if n[-3:] != 'lib': print('%s\\t%s' % (n, open('/' + n, 'rb').read().hex()))"
    rows = (line.split("\t") for line in link.execute(code).decode().splitlines())
    return {name: bytes.fromhex(content) for name, content in rows}


def test_the_starter_becomes_main_and_the_lesson_is_named(link: ReplLink) -> None:
    """main.py is the lesson's starter, lesson.json says which lesson it is; a second deploy writes nothing."""
    assert deploy_lesson(LESSON, link, wiring.runtime()).written == 2
    files = _files(link)
    assert files["main.py"] == LESSON.starter.encode()
    assert json.loads(files["lesson.json"]) == {"id": "6-01-blink"}
    again = deploy_lesson(LESSON, link, wiring.runtime())
    assert (again.written, again.kept) == (0, "")


def test_a_students_program_is_kept_each_time(link: ReplLink) -> None:
    """What stood in main.py is found under another name, the second one too, and the same one is not kept twice."""
    kept = [deploy_lesson(lesson, link, wiring.runtime()).kept for lesson in _with_starters("a = 1\n", "b = 2\n", "a = 1\n", "c = 3\n")]
    assert kept == ["/main_before.py", "/main_before_2.py", "/main_before_3.py", "/main_before_2.py"]
    files = _files(link)
    assert files["main_before.py"] == b"first = 'program'\n"
    assert files["main_before_2.py"] == b"a = 1\n"
    assert files["main_before_3.py"] == b"b = 2\n"
    assert not [name for name in files if name.endswith(".new")]


def _with_starters(*starters: str) -> list[Lesson]:
    return [msgspec.structs.replace(LESSON, starter=starter) for starter in starters]


def test_the_first_program_of_a_flashed_board_is_nobodys_work(link: ReplLink) -> None:
    """What every new board carries needs no keeping."""
    assert deploy_lesson(LESSON, link, wiring.runtime(), first_main=b"first = 'program'\n").kept == ""
    assert "main_before.py" not in _files(link)


def test_an_old_library_is_renewed(link: ReplLink) -> None:
    """A changed module is written, the others are left alone, and a source that would hide it goes."""
    link.put_files({"/lib/lovhe/report.mpy": b"M\x06old"})
    link.execute("open('/lib/lovhe/trace.py', 'w').close()")
    deploy_lesson(LESSON, link, wiring.runtime())
    assert link.execute("import os\nprint('trace.py' in os.listdir('/lib/lovhe'))").strip() == b"False"
    assert link.put_files(wiring.runtime()) == 0


def test_a_program_is_what_the_board_does_by_itself(tmp_path: Path) -> None:
    """It becomes main.py and runs at once, with nothing connected; what was there before is kept."""
    blinks = "from machine import Pin\nled = Pin(2, Pin.OUT)\nwhile True:\n    led.value(not led.value())\n"
    with powered_board(tmp_path, LESSON, main=b"first = 'program'\n") as board:
        link = ReplLink("desk", board.line)
        deployed = deploy_program(blinks, link, wiring.runtime())
        link.close()
        assert deployed.kept == "/main_before.py"
        seen: set[bool] = set()
        end_s = time.monotonic() + LIMIT_S
        while len(seen) < 2:
            assert time.monotonic() < end_s, f"it is {seen} all the time"
            seen.add(board.part_state("led")["on"])


def test_a_program_with_a_slip_is_refused_before_anything_is_sent(link: ReplLink) -> None:
    """The board keeps its main.py; the line is named."""
    with pytest.raises(InputError) as caught:
        deploy_program("while True\n    pass\n", link, wiring.runtime())
    assert "Line 1" in str(caught.value)
    assert _files(link)["main.py"] == b"first = 'program'\n"
