"""Which board is which: ask boards who they are, let one of them show itself, write a name into one."""

from __future__ import annotations

import json
import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import msgspec

from lovhe.core.boards.lights import BoardLight
from lovhe.core.errors import BoardSilentError, LovheError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo, BoardLink

log = logging.getLogger(__name__)

BOARD_FILE = "/board.json"
ASK_LIMIT_S = 25.0
"""More than a board needs that has to be reset before it answers."""

_MARK = "\x02"
_MAX_FILE_BYTES = 1024
_SHOW_GRACE_S = 5.0

_ASK = f"""\
import machine,sys
from binascii import hexlify as _lh
try:
 with open('{BOARD_FILE}','rb') as _lf:_ln=_lf.read({_MAX_FILE_BYTES})
except OSError:_ln=b''
print('\\x02'+'\\x02'.join((_lh(machine.unique_id()).decode(),_lh(_ln).decode(),getattr(sys.implementation,'_machine','')))+'\\x02')
"""

# An LED may share its pin with a WS2812 of another kind of board: there the level that the data leaves behind lights the LED.
_SHOW = """\
import time
from machine import Pin,bitstream
def _lshow(lights,boot,ms):
 pins=[]
 for gpio,rgb,on in lights:
  try:pins.append((Pin(gpio,Pin.OUT,value=0 if on is None else 1-on,drive=Pin.DRIVE_0),rgb,on))
  except (ValueError,OSError):pass
 button=None if boot is None else Pin(boot,Pin.IN,Pin.PULL_UP)
 begin=time.ticks_ms()
 armed=low=lit=0
 said='over'
 try:
  while 1:
   now=time.ticks_diff(time.ticks_ms(),begin)
   if now>=ms:break
   if (now//250+1)&1!=lit:
    lit^=1
    for pin,rgb,on in pins:
     if rgb:
      if on is not None and lit:
       pin(on)
       time.sleep_us(300)
      bitstream(pin,0,(400,850,800,450),b'\\x28\\x28\\x28' if lit else b'\\0\\0\\0')
      if on is not None and not lit:
       time.sleep_us(300)
       pin(1-on)
     else:pin(on if lit else 1-on)
   if button is not None:
    low=0 if button() else low+1
    armed=armed or not low
    if armed and low>2:
     said='pressed'
     break
   time.sleep_ms(10)
 finally:
  for pin,rgb,on in pins:
   if rgb:
    bitstream(pin,0,(400,850,800,450),b'\\0\\0\\0')
    time.sleep_us(300)
   pin.init(Pin.IN,None,drive=Pin.DRIVE_2)
 print('\\x02'+said+'\\x02')
"""


class Identity(msgspec.Struct, frozen=True):
    """Who a board says it is: its MAC, its chip ("esp32", "" if it does not say) and the name in its `/board.json` ("" for none)."""

    mac: str
    chip: str
    name: str


class Answer(msgspec.Struct, frozen=True):
    """What came of asking one board: its identity, or why there is none."""

    board: BoardInfo
    identity: Identity | None = None
    error: LovheError | None = None


def ask(link: BoardLink) -> Identity:
    """Ask the board at the other end of `link`. Raises `BoardError`s."""
    said = link.execute(_ASK).decode("utf-8", "replace").split(_MARK)
    if len(said) != 5:
        raise _no_answer()
    try:
        chip_id, content = bytes.fromhex(said[1]), bytes.fromhex(said[2])
    except ValueError as problem:
        raise _no_answer() from problem
    if len(chip_id) < 6:
        raise _no_answer()
    mac = (*chip_id[:3], *chip_id[-3:])  # chips with a radio for 802.15.4 have two bytes more in the middle
    chip = re.search(r"esp32(?:[a-z]\d)?$", said[3].strip().lower().replace("-", ""))
    return Identity(":".join(f"{byte:02x}" for byte in mac), chip[0] if chip else "", str(_file(content).get("name", "")))


def ask_boards(
    boards: Sequence[BoardInfo], open_link: Callable[[BoardInfo], BoardLink], time_limit_s: float = ASK_LIMIT_S
) -> Iterator[Answer]:
    """Ask `boards` at the same time; answers come as they are given, and after `time_limit_s` no board is waited for.

    Asking ends the program that runs on a board; afterwards the board's main.py starts again.
    """
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()

    def one(board: BoardInfo) -> None:
        try:
            link = open_link(board)
            try:
                identity = ask(link)
                link.restart()
            finally:
                link.close()
            answers.put(Answer(board, identity))
        except LovheError as problem:
            log.info("%s did not say who it is", board.serial_port, exc_info=problem)
            answers.put(Answer(board, error=problem))
        except Exception as problem:  # a thread's traceback would be seen by nobody, and its board be waited for
            log.exception("asking %s failed", board.serial_port)
            answers.put(Answer(board, error=_no_answer(problem)))

    for board in boards:
        threading.Thread(target=one, args=(board,), name=f"ask {board.name}", daemon=True).start()
    waiting = {board.serial_port: board for board in boards}
    deadline = time.monotonic() + time_limit_s
    while waiting:
        try:
            answer = answers.get(timeout=max(deadline - time.monotonic(), 0.001))
        except queue.Empty:
            break
        del waiting[answer.board.serial_port]
        yield answer
    yield from (Answer(board, error=_no_answer()) for board in waiting.values())


def show_itself(link: BoardLink, lights: Sequence[BoardLight], boot_pin: int | None, duration_s: float) -> bool:
    """Let the board blink at `lights` for `duration_s`; True as soon as somebody presses its button BOOT.

    Does no harm whatever is wired to those pins: they are driven with the chip's weakest strength (some 5 mA, enough for an
    LED, and borne by any output or button that holds the wire the other way), no pin of flash, line or USB is among them, and
    afterwards they are inputs again. The button's pin is only read. Strapping pins are read by the chip when it gets power or
    is reset by EN, and then all its pins are inputs. Ended early (Ctrl+C), the board puts its pins back all the same.

    Leaves the program that ran ended; `link.restart` starts it again. Raises `BoardError`s.
    """
    places = [(light.gpio, light.rgb, light.on) for light in lights]
    link.start(f"{_SHOW}_lshow({places!r},{boot_pin!r},{round(duration_s * 1000)})\n")
    heard = bytearray()
    deadline = time.monotonic() + duration_s + _SHOW_GRACE_S
    try:
        while not link.ended() and time.monotonic() < deadline:
            heard += link.read(0.1)
    finally:
        link.stop()
    heard += link.read(0)
    said = bytes(heard).decode("utf-8", "replace").split(_MARK)
    if len(said) != 3:
        log.info("instead of blinking: %r", bytes(heard))
        raise _no_answer()
    return said[1] == "pressed"


def write_name(link: BoardLink, name: str) -> None:
    """Write `name` into the board's `/board.json`, whose other entries stay; read back. Raises `BoardError`s."""
    printed = link.execute(_ASK).decode("utf-8", "replace").split(_MARK)
    content = {**_file(_bytes(printed[2]) if len(printed) == 5 else b""), "name": name}
    link.put_files({BOARD_FILE: json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")})
    if ask(link).name != name:
        raise BoardSilentError(
            N_("The board does not have the name {name}, although it was written.", name=name),
            N_("Try again; if it stays so, flash the board with `lovhe flash`."),
        )


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def _file(content: bytes) -> dict[str, object]:
    """A board's `/board.json`; nothing where it is damaged."""
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _no_answer(cause: BaseException | None = None) -> BoardSilentError:
    error = BoardSilentError(
        N_("The board does not answer as one with MicroPython does."),
        N_("Press its button RESET and try again; if it stays so, flash it with `lovhe flash`."),
    )
    error.__cause__ = cause
    return error
