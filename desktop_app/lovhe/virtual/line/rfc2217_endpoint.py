"""A virtual board's serial port as an RFC 2217 server on this PC, for pyserial's `rfc2217://` on every system.

pyserial's own `PortManager` speaks the protocol; this module gives it an asyncio connection and the board's UART.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import struct

from serial.rfc2217 import IAC, M_NORMAL, PortManager

from lovhe.virtual.line.uart import Uart

log = logging.getLogger(__name__)

_LONGEST_OPTION = 4096
_GRACE_S = 0.05  # the end of one client's connection may be seen after the beginning of the next one's
_PLAIN = re.compile(rb"(?:[^\xff]++|\xff\xff)*+")  # data up to the next Telnet command, with doubled 0xFF


class _Bridge:
    """The USB bridge as `PortManager` wants to see it: a pyserial-like object in front of the UART."""

    cts = dsr = cd = True
    ri = False
    xonxoff = rtscts = break_condition = False
    bytesize, parity, stopbits = 8, "N", 1

    def __init__(self, uart: Uart) -> None:
        self._uart = uart
        self._dtr = self._rts = False

    @property
    def baudrate(self) -> int:
        return self._uart.baud_bd

    @baudrate.setter
    def baudrate(self, baud_bd: int) -> None:
        self._uart.set_baud(baud_bd)

    @property
    def dtr(self) -> bool:
        return self._dtr

    @dtr.setter
    def dtr(self, level: bool) -> None:
        self._dtr = level
        self._uart.set_lines(self._dtr, self._rts)

    @property
    def rts(self) -> bool:
        return self._rts

    @rts.setter
    def rts(self, level: bool) -> None:
        self._rts = level
        self._uart.set_lines(self._dtr, self._rts)

    def reset_input_buffer(self) -> None:
        self._uart.drop_output()

    def reset_output_buffer(self) -> None:
        self._uart.drop_input()


class _Connection(asyncio.Protocol):
    """One client. A second one is sent away, unless the first was just leaving."""

    def __init__(self, endpoint: Rfc2217Endpoint) -> None:
        self._endpoint = endpoint
        self._uart = endpoint.uart
        self._transport: asyncio.Transport | None = None
        self._manager: PortManager | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._endpoint.take(self):
            self._begin()
        else:
            transport.pause_reading()
            asyncio.get_running_loop().call_later(_GRACE_S, self._ask_again)

    def _ask_again(self) -> None:
        assert self._transport is not None
        if self._transport.is_closing():
            return
        if self._endpoint.take(self):
            self._begin()
            self._transport.resume_reading()
        else:
            self._transport.abort()

    def _begin(self) -> None:
        assert self._transport is not None
        sock = self._transport.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._manager = PortManager(_Bridge(self._uart), self)
        self._uart.attach(self._send)

    def data_received(self, data: bytes) -> None:
        while data and self._manager is not None:
            if self._manager.mode == M_NORMAL and self._manager.suboption is None:
                plain = _PLAIN.match(data)
                assert plain is not None
                if plain.end():
                    self._uart.client_write(plain[0].replace(IAC + IAC, IAC))
                    data = data[plain.end() :]
                    continue
            self._read_command_byte(data[:1])
            data = data[1:]

    def _read_command_byte(self, byte: bytes) -> None:
        assert self._manager is not None
        try:
            for escaped in self._manager.filter(byte):
                self._uart.client_write(escaped)
        except (struct.error, TypeError, KeyError, ValueError, IndexError) as error:
            log.info("a client sent a broken Telnet command: %s", error)
            self.drop()
            return
        if len(self._manager.suboption or b"") > _LONGEST_OPTION:
            log.info("a client sent an endless Telnet command")
            self.drop()

    def pause_writing(self) -> None:
        self._uart.hold_output(True)

    def resume_writing(self) -> None:
        self._uart.hold_output(False)

    def connection_lost(self, exc: Exception | None) -> None:
        self._manager = None
        self._endpoint.leave(self)

    def write(self, data: bytes) -> None:
        """Called by `PortManager` for its own commands."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(bytes(data))

    def drop(self) -> None:
        """Close the connection at once, as a pulled cable does."""
        self._endpoint.leave(self)
        self._manager = None
        if self._transport is not None:
            self._transport.abort()

    def _send(self, data: bytes) -> None:
        self.write(data.replace(IAC, IAC + IAC))


class Rfc2217Endpoint:
    """An RFC 2217 port on 127.0.0.1 in front of `uart`. `serial_port` is its pyserial address.

    Needs a selector event loop: asyncio's own choice except on Windows, where the caller makes it. (`create_server` is
    not used because a connection that is accepted just when the cable is pulled would hang in it.)
    """

    def __init__(self, uart: Uart) -> None:
        self.uart = uart
        self._listener: socket.socket | None = None
        self._client: _Connection | None = None
        self._greetings: set[asyncio.Task[object]] = set()
        self._tcp_port = 0

    @property
    def serial_port(self) -> str:
        """The address for pyserial, esptool and mpremote: `rfc2217://127.0.0.1:<number>`."""
        return f"rfc2217://127.0.0.1:{self._tcp_port}"

    @property
    def is_open(self) -> bool:
        """Whether a client has the port."""
        return self._client is not None

    async def start(self, tcp_port: int = 0) -> None:
        """Listen on 127.0.0.1; 0 lets the system choose. Raises `OSError` if `tcp_port` is taken."""
        self._tcp_port = tcp_port
        self._open()
        self.uart.on_unplug = self._close
        self.uart.on_replug = self._open

    async def stop(self) -> None:
        """Close the port and drop the client."""
        self._close()
        await asyncio.gather(*self._greetings, return_exceptions=True)

    def take(self, client: _Connection) -> bool:
        """Whether the port was free for `client`, who now has it."""
        if self._client is not None or self._listener is None:
            return False
        self._client = client
        return True

    def leave(self, client: _Connection) -> None:
        """`client` is gone."""
        if self._client is client:
            self._client = None
            self.uart.detach()

    def _open(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._tcp_port))
        self._listener.setblocking(False)
        self._tcp_port = self._listener.getsockname()[1]
        asyncio.get_running_loop().add_reader(self._listener, self._accept)

    def _accept(self) -> None:
        assert self._listener is not None
        try:
            sock, _ = self._listener.accept()
        except OSError as error:  # the client has given up already, or the process has no file left to give
            log.info("a connection was lost before it began: %s", error)
            return
        loop = asyncio.get_running_loop()
        greeting = loop.create_task(loop.connect_accepted_socket(lambda: _Connection(self), sock))
        self._greetings.add(greeting)
        greeting.add_done_callback(self._greetings.discard)

    def _close(self) -> None:
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
            self._listener = None
        if self._client is not None:
            self._client.drop()
