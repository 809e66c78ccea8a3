"""What comes over the interpreter's line for messages: lines of JSON, and whatever else a broken guest may write there."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lovhe.virtual.interpreter.unix_engine import UnixEngine

NOT_LISTS = [b"", b"\xff\xfe", b"{}", b"5", b"null", b'["sync",', b"[" * 10_000]
Heard = Callable[[bytes], list[list[Any]]]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What an engine tells of the messages that come as these bytes."""
    engine = UnixEngine()
    ours, guests = socket.socketpair()
    ours.setblocking(False)
    engine._world = ours
    told: list[list[Any]] = []
    engine.on_message = told.append

    def write(data: bytes) -> list[list[Any]]:
        told.clear()
        guests.sendall(data)
        for _ in range(len(data) // 4096 + 1):
            engine._read_messages()
        return list(told)

    with ours, guests:
        yield write


@pytest.mark.parametrize("line", NOT_LISTS)
def test_a_line_that_is_no_list_is_told_as_an_empty_one(heard: Heard, line: bytes) -> None:
    """Rubbish comes as a message that nobody knows, and the next line is read as ever."""
    assert heard(line + b'\n["sync",5]\n') == [[], ["sync", 5]]


def test_a_message_may_come_in_pieces(heard: Heard) -> None:
    """A message is told once its line has ended."""
    assert heard(b'["sy') == []
    assert heard(b'nc",5]') == []
    assert heard(b'\n["sync",6]\n["re') == [["sync", 5], ["sync", 6]]


def test_a_guest_that_sends_on_and_on_leaves_the_board_time_for_others() -> None:
    """A program that changes a pin without a pause is faster than a busy PC follows it; Stop must reach the board all the same."""
    engine = UnixEngine()
    ours, guests = socket.socketpair()
    ours.setblocking(False)
    engine._world = ours
    told: list[list[Any]] = []

    def slowly(message: list[Any]) -> None:
        told.append(message)
        assert len(told) < 5_000, "it is never let go of"
        time.sleep(0.0001)

    engine.on_message = slowly
    ended = threading.Event()

    def send() -> None:
        while not ended.is_set():
            try:
                guests.sendall(b'["level",2,1]\n' * 100)
            except OSError:
                return

    sender = threading.Thread(target=send)
    sender.start()
    try:
        while len(told) < 1_000:
            before = len(told)
            engine._read_messages()
            assert len(told) - before < 1_000, "much is taken at once"
    finally:
        ended.set()
        ours.close()
        sender.join()
        guests.close()
