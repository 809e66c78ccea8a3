"""Types that several threads decode for the first time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from lovhe.core.decoding import converted, decode_json, decode_plain_toml, json_decoder

_LESSON = Path(__file__).parents[2] / "lessons" / "6-01-blink" / "lesson.toml"

_AT_ONCE = """
import sys, threading
from pathlib import Path
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import LessonFile
from lovhe.core.toml_reading import decode_toml

sys.setswitchinterval(1e-6)
data, barrier, read = Path(sys.argv[1]).read_bytes(), threading.Barrier(4), []

def first() -> None:
    barrier.wait()
    read.append(decode_toml("lesson.toml", data, LessonFile, LessonError))

threads = [threading.Thread(target=first) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(0 if len(read) == 4 and all(lesson == read[0] for lesson in read) else 1)
"""


class _Lamp(msgspec.Struct):
    gpio: int
    colour: str = "red"


@pytest.mark.parametrize("_trial", range(5))
def test_threads_that_read_their_first_lesson_at_the_same_time_all_have_it(_trial: int) -> None:
    """Left to msgspec, two processes of three ended in a fault of memory."""
    done = subprocess.run([sys.executable, "-c", _AT_ONCE, str(_LESSON)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_each_way_gives_the_struct() -> None:
    """From JSON, TOML, and plain values."""
    lamp = _Lamp(2, "green")
    assert decode_json(b'{"gpio": 2, "colour": "green"}', _Lamp) == lamp
    assert json_decoder(_Lamp).decode(b'{"gpio": 2, "colour": "green"}') == lamp
    assert decode_plain_toml("gpio = 2\ncolour = 'green'", _Lamp) == lamp
    assert converted([{"gpio": 2, "colour": "green"}], list[_Lamp]) == [lamp]


@pytest.mark.parametrize("wrong", [b'{"gpio": "two"}', b"{", b"[]"])
def test_what_is_no_such_thing_is_refused(wrong: bytes) -> None:
    """As msgspec refuses it."""
    with pytest.raises(msgspec.DecodeError):
        decode_json(wrong, _Lamp)
