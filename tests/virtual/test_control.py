"""Commands reach a board's event loop and come back, and nobody without the key gets in."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from lovhe.core.boards.fault_words import Fault
from lovhe.core.circuits.hardware import Circuit
from lovhe.core.errors import BoardError, BoardGoneError, BoardSilentError, HardwareError, InputError
from lovhe.core.messages import N_, Localized, Message
from lovhe.virtual.process import control, control_protocol, control_server
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.control_protocol import MAX_REQUEST_BYTES
from lovhe.virtual.process.control_server import ControlServer

Serve = Callable[..., ControlServer]


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop on a thread of its own, as a board has it."""
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    yield made
    asyncio.run_coroutine_threadsafe(_cancel_the_rest(), made).result(10)
    made.call_soon_threadsafe(made.stop)
    thread.join(10)
    made.close()


async def _cancel_the_rest() -> None:
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


@pytest.fixture
def serve(loop: asyncio.AbstractEventLoop) -> Iterator[Serve]:
    """Start control servers with these handlers; they are closed after the test."""
    with ExitStack() as stack:

        def start(timeout_s: float = 5.0, **handlers: Callable[..., Any]) -> ControlServer:
            server = ControlServer(loop, handlers, timeout_s)
            server.start()
            stack.callback(server.close)
            return server

        yield start


def connect(server: ControlServer, **more: Any) -> BoardControl:
    """A client with the right key."""
    return BoardControl(server.address, server.authkey.hex(), **more)


def test_every_command_reaches_its_handler_on_the_loop(serve: Serve, loop: asyncio.AbstractEventLoop) -> None:
    """All of the client's methods call the handler of their name, with their arguments, on the board's event loop."""
    called: list[Any] = []

    def handler(name: str, result: Any = None) -> Callable[..., Any]:
        async def handle(**fields: Any) -> Any:
            assert asyncio.get_running_loop() is loop
            called.append((name, fields))
            return result

        return handle

    results = {"set": None, "begin": None, "allow": None, "reached": True, "end": None, "snapshot": {"pins": {}}, "state": "ready"}
    results |= {"stop": None, "set_all": None, "circuit": {"board": "b"}}
    results |= {"fault": [{"name": "drop", "value": 0.5}], "faults": []}
    server = serve(**{name: handler(name, result) for name, result in results.items()})
    with connect(server) as board:
        board.set("light", "20 %")
        board.begin()
        board.allow(500)
        assert board.reached() is True
        board.end()
        assert board.snapshot() == {"pins": {}}
        assert board.state() == "ready"
        board.set_all({"light": "20 %"})
        assert board.circuit() == Circuit(board="b")
        assert board.order_faults([Fault("drop", 0.5)], seed=3) == [Fault("drop", 0.5)]
        assert board.faults() == []
        board.stop()
    assert called == [
        ("set", {"part_id": "light", "value": "20 %"}),
        ("begin", {}),
        ("allow", {"duration_ms": 500}),
        ("reached", {}),
        ("end", {}),
        ("snapshot", {}),
        ("state", {}),
        ("set_all", {"settings": {"light": "20 %"}}),
        ("circuit", {}),
        ("fault", {"faults": [{"name": "drop", "value": 0.5}], "seed": 3, "clear": False}),
        ("faults", {}),
        ("stop", {}),
    ]


def test_errors_arrive_as_they_left(serve: Serve) -> None:
    """An error keeps its class and both sentences, with the sentences inside them."""
    inner = Localized({"az": "işıq", "en": "light"})

    def fail(part_id: str, value: str) -> None:
        raise HardwareError(N_("No {what}.", what=inner), N_("{n} part", "{n} parts", n=2, hint=N_("Look at {name}.", name=part_id)))

    with connect(serve(set=fail)) as board, pytest.raises(HardwareError) as caught:
        board.set("light", value="1")
    assert caught.value.what == N_("No {what}.", what=inner)
    assert caught.value.next_step == Message("{n} part", {"n": 2, "hint": N_("Look at {name}.", name="light")}, "{n} parts")
    assert str(caught.value) == "No light. 2 parts"


def test_a_handlers_own_fault_is_a_clear_error_and_no_end(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """A bug in a handler is logged and told without a traceback; the next request is answered."""

    def fail() -> None:
        raise ZeroDivisionError("oops")

    with connect(serve(begin=fail, state=lambda: "ready")) as board:
        with pytest.raises(BoardError, match="lovhe doctor"):
            board.begin()
        assert board.state() == "ready"
    assert "ZeroDivisionError" in caplog.text


def test_a_handler_that_hangs_is_given_up(serve: Serve) -> None:
    """A command that does not end is answered with an error after the server's timeout, and its work is cancelled; others are answered."""
    cancelled = threading.Event()

    async def hang() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    with connect(serve(timeout_s=0.05, begin=hang, state=lambda: "ready")) as board:
        with pytest.raises(BoardSilentError):
            board.begin()
        assert cancelled.wait(30)
        assert board.state() == "ready"


def test_a_board_that_does_not_answer_is_told(serve: Serve) -> None:
    """The client gives up after its own timeout and does not take a late answer for another's."""

    async def hang() -> None:
        await asyncio.sleep(60)

    with connect(serve(timeout_s=1, begin=hang), timeout_s=0.05) as board:
        with pytest.raises(BoardSilentError):
            board.begin()
        with pytest.raises(BoardGoneError):
            board.state()


NOT_REQUESTS = [b"", b"{", b"[]", b"{}", b"[" * 50_000, b"\x80\x04."]
NOT_UNDERSTOOD = [b'{"do": "fly"}', b'{"do": 5}', b'{"do": "set"}', b'{"do": "state", "x": 1}']
NOT_UNDERSTOOD += [b'{"do": "set", "part_id": 5, "value": "on"}', b'{"do": "fault", "faults": [{"nom": "drop"}]}']


@pytest.mark.parametrize("request_bytes", NOT_REQUESTS + NOT_UNDERSTOOD)
def test_requests_that_are_not_understood_are_answered(serve: Serve, request_bytes: bytes) -> None:
    """Rubbish, unknown words and wrong fields get an `InputError`, and the connection lives on."""

    def set_part(part_id: str, value: str) -> None:
        pytest.fail(f"{part_id} is set to {value}")

    def order(faults: list[Fault]) -> None:
        pytest.fail(f"{faults} come to the board")

    server = serve(set=set_part, fault=order, state=lambda: "ready")
    with connect(server) as board:
        board._connection.send_bytes(request_bytes)
        answer = control._answer_decoder.decode(board._connection.recv_bytes())
        with pytest.raises(InputError):
            answer.result()
        assert board.state() == "ready"


def test_a_request_that_is_too_long_ends_the_connection(serve: Serve) -> None:
    """More bytes than the limit are not read into memory: the server hangs up, and serves the next client."""
    server = serve(state=lambda: "ready")
    with connect(server) as board, pytest.raises(BoardGoneError):
        board.ask("state", filler="x" * MAX_REQUEST_BYTES)
    with connect(server) as board:
        assert board.state() == "ready"


def test_nobody_gets_in_without_the_key(serve: Serve) -> None:
    """A wrong key is refused; the server stays open for the right one."""
    server = serve(state=lambda: "ready")
    with pytest.raises(BoardGoneError):
        BoardControl(server.address, "00" * 32)
    with connect(server) as board:
        assert board.state() == "ready"


def _read_to_the_end(line: socket.socket) -> None:
    while line.recv(4096):
        pass


def test_silent_clients_are_cut_and_hold_up_nobody(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that connects and says nothing is cut off after a while, and others are served meanwhile."""
    monkeypatch.setattr(control_protocol, "GREETING_TIMEOUT_S", 60.0)
    server = serve(state=lambda: "ready")
    host, _, number = server.address.rpartition(":")
    with socket.create_connection((host, int(number)), timeout=30) as silent:
        silent.setblocking(False)
        with connect(server) as board:
            assert board.state() == "ready"
        with pytest.raises(BlockingIOError):  # nobody has hung up
            _read_to_the_end(silent)
    monkeypatch.setattr(control_protocol, "GREETING_TIMEOUT_S", 0.2)
    with socket.create_connection((host, int(number)), timeout=30) as silent:
        _read_to_the_end(silent)


def test_clients_beyond_the_limit_are_turned_away(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server keeps a bounded number of clients; one that leaves makes room."""
    monkeypatch.setattr(control_server, "_MAX_CONNECTIONS", 1)
    server = serve(state=lambda: "ready")
    with connect(server) as board:
        assert board.state() == "ready"
        with pytest.raises(BoardGoneError):
            connect(server)


def test_closing_the_server_ends_its_clients(serve: Serve) -> None:
    """After `close` a client that stays is told that the board is gone, and no new one gets in; closing twice is harmless."""
    server = serve(state=lambda: "ready")
    with connect(server) as board:
        assert board.state() == "ready"
        server.close()
        server.close()
        with pytest.raises(BoardGoneError):
            board.state()
    with pytest.raises(BoardGoneError):
        connect(server)


def test_a_board_may_be_gone_before_it_answers_stop(serve: Serve) -> None:
    """`stop` succeeds when the server hangs up instead of answering."""
    servers: list[ControlServer] = []
    servers.append(serve(stop=lambda: servers[0].close()))  # noqa: PLW0108 (there is no servers[0] yet)
    with connect(servers[0]) as board:
        board.stop()


def test_the_server_listens_on_this_machine_alone(serve: Serve) -> None:
    """The address is 127.0.0.1 with a port of the system's choice."""
    server = serve()
    host, _, number = server.address.rpartition(":")
    assert host == "127.0.0.1"
    assert 1024 <= int(number) <= 65535


def test_a_wrong_address_is_a_board_that_is_gone() -> None:
    """An entry without an address, or with one where nobody listens, is told as a board that is not running."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
    for wrong in ("", "127.0.0.1:x", address):
        with pytest.raises(BoardGoneError):
            BoardControl(wrong, "00")
