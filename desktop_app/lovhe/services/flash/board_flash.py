"""One board's flash, from the first connection to its end: as many sessions with its loader as that takes.

A session that fails is followed by another, slower or at another port, and goes on where that one stopped: what is in the flash
already is compared and left alone.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Collection
from typing import NoReturn

import msgspec

from lovhe.core.boards.usb_bridges import flash_speeds_bd
from lovhe.core.errors import BoardBusyError, BoardError, BoardGoneError, LoaderError, LovheError, NoBoardError
from lovhe.core.firmware.partitions import TABLE_OFFSET
from lovhe.core.messages import N_, Text
from lovhe.services.flash.board_past import CUT_OFF, IN_ITS_LOADER, what_it_was
from lovhe.services.flash.flashing import FlashResult, fitted, refuse_another_chip, refuse_wrong_firmware
from lovhe.services.flash.kept_files import refuse_half_written_files, refuse_unreachable_files
from lovhe.services.flash.terms import FlashClass, Hopeless, LeftAsItIs, Stopped, swapped_error, unforeseen_error
from lovhe.services.flash.turnstile import Turnstile
from lovhe.services.ports import BoardInfo, BoardRecord, Firmware, FlashOrder, LoaderSession, Region

log = logging.getLogger(__name__)

_LOOK_S = 0.2
_STAY_S = 1.0


class BoardFlash:
    """One board's flash; `run` does it. `place` is the board's place in `turnstile`."""

    def __init__(
        self,
        flash: FlashClass,
        board: BoardInfo,
        turnstile: Turnstile,
        place: int,
        *,
        just_plugged: bool = False,
        finished: Collection[str] = (),
    ) -> None:
        self._class = flash
        self._board = board
        self._there = board
        self._turnstile = turnstile
        self._place = place
        self._waits = not just_plugged
        self._finished = finished
        self._speeds = list(flash_speeds_bd(board.bridge))
        self._failures = 0
        self._settled_s = time.monotonic() + (flash.patience.settle_s if just_plugged else 0.0)
        self._boot_s: float | None = None
        self._notes: list[Text] = []
        self._chip, self._mac, self._name = board.chip, board.mac, board.sticker
        self._in_session = self._was_there = self._begun = self._begun_now = False
        self._done = self._done_before = 0
        self._written = self._skipped = 0

    # --- the board from its first session to its last ---

    def run(self) -> FlashResult:
        """Flash the board; whatever goes wrong becomes its result."""
        began_s = time.monotonic()
        outcome, error, told = "failed", None, True
        try:
            if self._mac in self._finished:
                self._leave_finished()
            self._note_first_words()
            while not self._tried():
                pass
            outcome = "done" if self._begun else "unchanged"
        except LeftAsItIs:
            outcome, told = "unchanged", self._mac not in self._finished
        except Stopped:
            outcome = "stopped"
            if self._begun:
                self._remember(N_("The flash was stopped before its end."))
        except LovheError as problem:
            log.info("flashing %s failed", self._there.serial_port, exc_info=problem)
            error = problem
            self._remember(problem.what)
        except Exception as problem:
            log.exception("flashing %s failed in an unforeseen way", self._there.serial_port)
            error = unforeseen_error(self._board, problem)
            self._remember(error.what)
        finally:
            self._turnstile.settle(self._place)
        result = FlashResult(
            board=self._board,
            outcome=outcome,
            error=error,
            seconds=time.monotonic() - began_s,
            written=self._written,
            skipped=self._skipped,
            chip=self._chip,
            mac=self._mac,
            name=self._name,
            notes=self._notes,
        )
        if told:
            self._class.watcher.ended(result)
        return result

    def _tried(self) -> bool:
        """One session; whether it was the last. Raises what no further session would mend."""
        self._stop_if_wished()
        self._in_session = self._begun_now = False
        try:
            with self._class.lost.using(self._there.serial_port):
                self._session()
            self._class.lost.end(self._there.serial_port)
        except Hopeless as hopeless:
            raise hopeless.problem from hopeless
        except BoardError as problem:
            if self._begun_now:
                self._written += max(self._done - self._done_before, 0)
            self._before_the_next(problem)
            return False
        return True

    def _before_the_next(self, problem: BoardError) -> None:
        """Wait for what the next session needs, or raise `problem`."""
        self._stop_if_wished()
        if isinstance(problem, BoardBusyError) or (isinstance(problem, NoBoardError) and time.monotonic() < self._settled_s):
            if time.monotonic() > self._settled_s:
                raise problem
            self._class.stopped.wait(_LOOK_S)
        elif isinstance(problem, BoardGoneError) or (isinstance(problem, NoBoardError) and self._was_there):
            self._wait_until_back(problem)
        elif not isinstance(problem, LoaderError):
            raise problem
        elif self._in_session:
            self._slow_down(problem)
        else:
            self._ask_for_the_boot_button(problem)

    def _wait_until_back(self, problem: BoardError) -> None:
        patience = self._class.patience
        self._turnstile.settle(self._place)
        if not self._waits or self._failures >= 2 * patience.tries:
            raise problem
        self._failures += 1
        self._note(N_("It went away. Plug it in again: it goes on where it stopped."))
        back = self._class.lost.wait_for(self._mac, self._there.serial_port, patience.come_back_s, self._class.stopped)
        self._stop_if_wished()
        if back is None:
            raise problem
        self._there = back
        self._settled_s = time.monotonic() + patience.settle_s
        self._note(N_("It came back as {serial_port}, and goes on where it stopped.", serial_port=back.serial_port))

    def _slow_down(self, problem: LoaderError) -> None:
        self._failures += 1
        self._settled_s = time.monotonic() + self._class.patience.settle_s
        if self._failures >= self._class.patience.tries:
            raise problem
        if len(self._speeds) > 1:
            del self._speeds[0]
        self._note(N_("{reason} It is tried again at {baud_bd} baud.", reason=problem.what, baud_bd=self._speeds[0]))

    def _ask_for_the_boot_button(self, problem: LoaderError) -> None:
        """The board did not come into its loader. Noise may pass, and a hand at its button may bring it there."""
        self._turnstile.settle(self._place)
        if self._boot_s is None:
            self._boot_s = time.monotonic() + self._class.patience.boot_button_s
            self._note(
                N_("{reason} It is tried again. If that does not help, hold its BOOT button down until its bar moves.", reason=problem.what)
            )
        elif time.monotonic() >= self._boot_s:
            raise problem
        self._class.stopped.wait(_LOOK_S)

    # --- one session ---

    def _session(self) -> None:
        with self._class.loader.connect(self._there, self._speeds[0]) as session:
            self._in_session = self._was_there = True
            self._class.lost.learn(self._there.serial_port, session.mac)
            if self._mac and session.mac != self._mac:
                with contextlib.suppress(BoardError):
                    session.restart()
                raise swapped_error(self._there.serial_port)
            self._chip, self._mac, self._boot_s = session.chip, session.mac, None
            try:
                order, firmware = self._order(session)
                self._write(session, order, firmware)
            except Exception as end:
                if not self._begun and not isinstance(end, BoardError):
                    with contextlib.suppress(BoardError):
                        session.restart()  # nothing was written: what the board had before goes on
                raise
            self._class.class_set.flash_ended(session.mac, self._there.serial_port, session.chip, firmware.name)
            try:
                session.restart()
            except BoardError as problem:
                log.info("%s is whole, but could not be restarted", self._there.serial_port, exc_info=problem)
                self._note(N_("It is whole, but it could not be restarted: press its button EN, or plug it in again."))

    def _order(self, session: LoaderSession) -> tuple[FlashOrder, Firmware]:
        """What this board is to get. Raises `LeftAsItIs` or `Hopeless`."""
        self._stop_if_wished()
        wishes = self._class.wishes
        record = self._class.class_set.board(session.mac)
        self._name = str(record.name) if record and record.name else self._name
        if session.mac in self._finished:
            self._leave_finished()
        begun = record.order if record and record.flash_state == "unfinished" else None
        if wishes.resume and (record is None or record.flash_state != "unfinished") and not self._begun:
            self._note(N_("No flash of it was cut off. It is left as it is."))
            raise LeftAsItIs
        order = FlashOrder(wishes.firmware, "", wishes.keep_files, wishes.class_name)
        if wishes.resume and begun is not None:
            order = msgspec.structs.replace(begun, class_name=begun.class_name or wishes.class_name)
        try:
            refuse_another_chip(self._board, session.chip)
            found, sha256 = self._class.firmware_for(self._board, session.chip, order.firmware)
            firmware = fitted(found, session.flash_size)
            refuse_wrong_firmware(firmware, self._board, session.chip, session.flash_size)
            if order.keep_files:
                refuse_half_written_files(record, self._there.serial_port)
        except LovheError as problem:
            raise Hopeless(problem) from problem
        if wishes.resume and order.sha256 not in ("", sha256) and not self._begun:
            self._note(N_("It was begun with another {name}. It is finished with the one that is here now.", name=firmware.name))
        if order.keep_files and not self._begun:
            refuse_unreachable_files(_reader(session), session.flash_size, firmware, self._there.serial_port)
        self._note_before(record)
        return msgspec.structs.replace(order, sha256=sha256), firmware

    def _leave_finished(self) -> NoReturn:
        self._note(N_("It was done already, and is left as it is."))
        raise LeftAsItIs

    def _note_before(self, record: BoardRecord | None) -> None:
        if self._begun:
            return
        if record is not None and record.flash_state == "unfinished":
            self._note(CUT_OFF)
        elif self._board.state == "loader":
            self._note(IN_ITS_LOADER)

    def _write(self, session: LoaderSession, order: FlashOrder, firmware: Firmware) -> None:
        """Firmware and files; where the board's name is not known yet, the firmware first, while boards before it get theirs."""
        fresh = self._class.wishes.fresh and not self._begun
        needs_name = bool(order.class_name) and not self._name
        if not needs_name:
            self._turnstile.settle(self._place)
        elif not self._turnstile.is_open(self._place):
            self._write_while_waiting(session, order, firmware, fresh)
            return
        self._take_name(session, order)
        regions = [*firmware.regions, *self._files(session, order, firmware, self._name)]
        written = session.write(regions, self._tell, self._beginner(session, order, firmware), fresh)
        self._written += written.written
        self._skipped = written.skipped

    def _write_while_waiting(self, session: LoaderSession, order: FlashOrder, firmware: Firmware, fresh: bool) -> None:
        likely = _size(self._files(session, order, firmware, f"{order.class_name}-1"))
        size = _size(firmware.regions)
        total = size + likely
        begins = self._beginner(session, order, firmware)
        first = session.write(firmware.regions, lambda done, _: self._tell(done, total), begins, fresh)
        while not self._turnstile.wait(self._place, _STAY_S):
            self._stop_if_wished()
            session.read(TABLE_OFFSET, 4)  # a loader that hears nothing for some seconds may give up
        self._take_name(session, order)
        files = self._files(session, order, firmware, self._name)
        second = session.write(files, lambda done, of: self._tell(size + (done * likely // of if of else 0), total), begins, fresh)
        self._tell(total, total)
        self._written += first.written + second.written
        self._skipped = first.skipped + second.skipped

    def _take_name(self, session: LoaderSession, order: FlashOrder) -> None:
        if order.class_name and not self._name:
            self._name = str(self._class.class_set.give_name(session.mac, order.class_name))
            if order.keep_files:
                self._note(
                    N_(
                        "Its files are kept, so it does not know its name {name} itself: a flash without --keep-files tells it.",
                        name=self._name,
                    )
                )
        self._turnstile.settle(self._place)

    def _files(self, session: LoaderSession, order: FlashOrder, firmware: Firmware, name: str) -> list[Region]:
        if order.keep_files:
            return []
        return list(self._class.files_for(msgspec.structs.replace(self._board, sticker=name), session.mac, firmware))

    def _beginner(self, session: LoaderSession, order: FlashOrder, firmware: Firmware) -> Callable[[], None]:
        """What is called before the first byte is erased, in each write of a session."""

        def begin() -> None:
            self._stop_if_wished()
            if self._begun_now:
                return
            if not self._begun and CUT_OFF not in self._notes and (was := what_it_was(_reader(session), firmware)):
                self._note(was)
            self._class.class_set.flash_begins(session.mac, self._there.serial_port, session.chip, order)
            self._begun = self._begun_now = True
            self._done_before = self._done

        return begin

    # --- what is told ---

    def _tell(self, done: int, total: int) -> None:
        self._stop_if_wished()
        self._done = done
        self._class.watcher.progress(self._board, done, total)

    def _note(self, text: Text) -> None:
        self._notes.append(text)
        self._class.watcher.note(self._board, text)

    def _note_first_words(self) -> None:
        if self._board.state not in ("loader", "empty") and (words := self._class.first_words(self._board)):
            self._note(words)

    def _remember(self, fault: Text) -> None:
        """Keep why it failed with the board, where it is known which board it is."""
        if self._mac:
            try:
                self._class.class_set.flash_failed(self._mac, self._there.serial_port, fault)
            except Exception:
                log.warning("the fault of %s is not kept", self._mac, exc_info=True)

    def _stop_if_wished(self) -> None:
        if self._class.stopped.is_set():
            raise Stopped


def _reader(session: LoaderSession) -> Callable[[int, int], bytes]:
    """What reads the board's flash; beyond its end, where a damaged partition table may point, nothing is written."""

    def read(offset: int, size: int) -> bytes:
        beyond = session.flash_size and offset + size > session.flash_size
        return b"\xff" * size if beyond else session.read(offset, size)

    return read


def _size(regions: Collection[Region]) -> int:
    return sum(len(region.data) for region in regions)
