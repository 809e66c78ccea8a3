"""Flash over esptool's own loader classes: one session a board, a thread each, what is sent to many made ready once.

esptool as a process costs two CPU seconds a board (import, deflate, checksums, SLIP); thirty of those are more than an old
PC has. Here the class shares all that (`flash_plan`), and a piece whose MD5 the board already has is not sent at all.
esptool is pinned, since it says that its API moves; nothing else in the kit imports it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from lovhe.adapters.esptool_messages import TORN_ANSWER, flash_trouble, look_whether_alive, no_loader_error, refused_error, silence_esptool
from lovhe.adapters.flash_plan import FlashPlan, Piece
from lovhe.adapters.serial_ports import open_serial
from lovhe.core.boards.usb_bridges import FIRST_BAUD_BD
from lovhe.services.ports import BoardInfo, Region, Written

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)

T = TypeVar("T")

_CONNECT_ATTEMPTS = 5
_BLOCK_ATTEMPTS = 3
_PIECE_ATTEMPTS = 2
_ANSWER_TIMEOUT_S = 3.0
_ERASE_AND_WRITE_S_PER_MB = 40.0  # Source: esptool's own figure for the slowest flash chips


class EsptoolLoader:
    """`services.ports.Loader` over esptool; one object for a class, usable from many threads."""

    def __init__(self) -> None:
        self._plan = FlashPlan()

    @contextmanager
    def connect(self, board: BoardInfo, baud_bd: int) -> Iterator[EsptoolSession]:
        """See `services.ports.Loader.connect`."""
        silence_esptool()
        line = open_serial(board.serial_port, FIRST_BAUD_BD)
        try:
            with flash_trouble(board.serial_port, line):
                session = self._begin(board, line, baud_bd)
            yield session
        finally:
            line.close()

    def _begin(self, board: BoardInfo, line: serial.SerialBase, baud_bd: int) -> EsptoolSession:
        from esptool.util import FatalError

        esp = _stub(board, line)
        if baud_bd > FIRST_BAUD_BD:
            try:
                esp.change_baud(baud_bd)
                esp.read_reg(esp.CHIP_DETECT_MAGIC_REG_ADDR)
            except (FatalError, ValueError, *TORN_ANSWER) as problem:
                log.info("%s does not follow to %d baud: %s", board.serial_port, baud_bd, problem)
                look_whether_alive(line)
                line.baudrate = baud_bd = FIRST_BAUD_BD
                esp = _stub(board, line)
        return EsptoolSession(board, line, esp, max(baud_bd, FIRST_BAUD_BD), self._plan)


class EsptoolSession:
    """`services.ports.LoaderSession` over a board that runs esptool's stub."""

    def __init__(self, board: BoardInfo, line: serial.SerialBase, esp: Any, baud_bd: int, plan: FlashPlan) -> None:
        from esptool.cmds import detect_flash_size
        from esptool.util import flash_size_bytes, strip_chip_name

        self._board = board
        self._line = line
        self._esp = esp
        self._plan = plan
        self.baud_bd = baud_bd
        self.chip: str = strip_chip_name(esp.CHIP_NAME)
        self.mac: str = ":".join(f"{byte:02x}" for byte in _agreed(esp.read_mac))
        _agreed(lambda: esp.flash_id(cache=False))
        size = detect_flash_size(esp)
        self.flash_size: int = flash_size_bytes(size) if size else 0
        if self.flash_size:
            esp.flash_set_parameters(self.flash_size)

    def read(self, offset: int, size: int) -> bytes:
        """See `services.ports.LoaderSession.read`."""
        with self._trouble():
            return bytes(self._esp.read_flash(offset, size))

    def write(
        self,
        regions: Sequence[Region],
        progress: Callable[[int, int], None] | None = None,
        before_writing: Callable[[], None] | None = None,
        fresh: bool = False,
    ) -> Written:
        """See `services.ports.LoaderSession.write`."""
        tell = progress or (lambda done, total: None)
        pieces = self._plan.pieces(regions)
        total = sum(piece.size for piece in pieces)
        changed = pieces if fresh else self._changed(pieces, lambda done: tell(done, total))
        if changed and before_writing is not None:
            before_writing()
        written = 0
        done = total - sum(piece.size for piece in changed)
        # Those that go with others are first: a session cut off after them still has others to write, one cut off before them would not.
        for piece in sorted(changed, key=lambda piece: (not piece.only_with_others, piece.offset)):
            self._send_until_equal(piece, lambda part, before=done: tell(before + part, total))  # type: ignore[misc]
            done += piece.size
            written += piece.size
            tell(done, total)
        tell(total, total)
        return Written(written, total - written)

    def restart(self) -> None:
        """See `services.ports.LoaderSession.restart`."""
        with self._trouble():
            self._esp.hard_reset()
            if not self._has_control_lines():  # a PTY: then the stub itself must leave
                self._esp.command(self._esp.ESP_CMDS["RUN_USER_CODE"], wait_response=False)

    def _trouble(self) -> AbstractContextManager[None]:
        """Around each talk with the board, and around nothing else: what a caller's callback raises is the caller's."""
        return flash_trouble(self._board.serial_port, self._line)

    def _has_control_lines(self) -> bool:
        try:
            self._line.rts = False
        except OSError:
            return False
        return True

    def _changed(self, pieces: list[Piece], equal_so_far: Callable[[int], None]) -> list[Piece]:
        """The pieces that the board does not have, and, where there are any, those that go with others."""
        done = 0
        changed = []
        for piece in pieces:
            if piece.only_with_others:
                continue
            if self._equal(piece):
                done += piece.size
            else:
                changed.append(piece)
            equal_so_far(done)
        if changed:
            changed += [piece for piece in pieces if piece.only_with_others and not self._equal(piece)]
        return changed

    def _equal(self, piece: Piece) -> bool:
        with self._trouble():
            found: str = self._esp.flash_md5sum(piece.offset, piece.size)
        return found == piece.md5

    def _send_until_equal(self, piece: Piece, progress: Callable[[int], None]) -> None:
        for _ in range(_PIECE_ATTEMPTS):
            self._send(piece, progress)
            if self._equal(piece):
                return
        raise refused_error(self._board.serial_port, f"MD5 at {piece.offset:#x}")

    def _send(self, piece: Piece, progress: Callable[[int], None]) -> None:
        packed = piece.packed(self._esp.FLASH_WRITE_SIZE)
        timeout_s = max(_ANSWER_TIMEOUT_S, piece.size / 1e6 * _ERASE_AND_WRITE_S_PER_MB)
        with self._trouble():
            self._esp.flash_defl_begin(piece.size, packed.compressed_size, piece.offset)
        for count, frame in enumerate(packed.frames, 1):
            with self._trouble():
                self._send_frame(frame, timeout_s)
            progress(piece.size * count // len(packed.frames))
        with self._trouble():
            # The stub answers a block when it has it, not when it is in flash: this answer comes after the last one is.
            self._esp.read_reg(self._esp.CHIP_DETECT_MAGIC_REG_ADDR, timeout=timeout_s)

    def _send_frame(self, frame: bytes, timeout_s: float) -> None:
        from esptool.util import FatalError

        for attempt in range(1, _BLOCK_ATTEMPTS + 1):
            self._line.write(frame)
            try:
                _, answer = self._esp.command(timeout=timeout_s)
                if answer[:1] == b"\0":
                    return
                problem: Exception = FatalError.WithResult("Failed to write compressed data to flash", answer[:2])
            except (FatalError, *TORN_ANSWER) as failure:
                problem = failure
            if attempt == _BLOCK_ATTEMPTS:
                raise problem
            look_whether_alive(self._line)
            self._esp.flush_input()


def _agreed(ask: Callable[[], T]) -> T:
    """What the board answers twice alike. The loader's answers carry no checksum, and a garbled MAC would be another board's."""
    from esptool.util import FatalError

    answer = ask()
    if ask() != answer:
        raise FatalError("noise: two answers to one question")
    return answer


def _stub(board: BoardInfo, line: serial.SerialBase) -> Any:
    """Reset the board into its loader, find out what it is and start esptool's stub there."""
    from esptool.util import FatalError

    line.timeout = _ANSWER_TIMEOUT_S
    try:
        esp = _detected(line)
    except FatalError as problem:
        look_whether_alive(line)
        raise no_loader_error(board.serial_port, str(problem)) from problem
    if esp.secure_download_mode:
        raise refused_error(board.serial_port, "Secure Download Mode")
    return esp.run_stub()


def _detected(line: serial.SerialBase) -> Any:
    """esptool's object for the chip on `line`, which is in its loader afterwards.

    esptool asks a chip first what an ESP32 cannot answer, twice, and waits 0.2 s each time; an ESP32 is asked what it can answer.
    """
    from esptool.cmds import detect_chip
    from esptool.targets import ESP32ROM
    from esptool.util import FatalError

    rom = ESP32ROM(line, FIRST_BAUD_BD)
    rom.USES_RFC2217 = str(line.port).startswith("rfc2217:")
    rom.connect(attempts=_CONNECT_ATTEMPTS, detecting=True)
    found_mode = "no-reset"
    try:
        if not rom.sync_stub_detected and rom.read_reg(rom.CHIP_DETECT_MAGIC_REG_ADDR) == rom.MAGIC_VALUE:
            return rom
    except (FatalError, *TORN_ANSWER):
        found_mode = "default-reset"
    return detect_chip(line, FIRST_BAUD_BD, found_mode, connect_attempts=_CONNECT_ATTEMPTS)
