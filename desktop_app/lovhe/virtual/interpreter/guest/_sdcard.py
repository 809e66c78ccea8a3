# machine.SDCard: the slot is there, no card is in it. So, as on the chip, making one works and asking it for anything does not.

import micropython

import _chip
import _clock
import _pin
import _waits
from _arguments import integer, listed, unpack

_NATIVE = _chip.name != "esp32c3"  # whether slots 0 and 1 belong to an SD controller
_MATRIX = _chip.name == "esp32s3"  # whether that controller's pads can be chosen
_FIRST = {"esp32": 1, "esp32s3": 0}.get(_chip.name, 2)
_LAST = 3 if _NATIVE else 2
_NAMES = ("*slot", "*width", "*cd", "*wp", "*miso", "*mosi", "*sck", "*cs") + (("*cmd", "*data") if _MATRIX else ()) + ("*freq",)
_TIMEOUT = (116, "ESP_ERR_TIMEOUT")
_ASK_US = 200000  # how long the chip waits for a card's answer
_INIT = 1
_DEINIT = 2
_SYNC = 3


class SDCard:
    @micropython.native
    def __init__(self, *arguments, **keywords):
        values = unpack(_NAMES, arguments, keywords)
        given = {}
        for place in range(len(_NAMES)):
            if values[place] != () and values[place] is not None:
                given[_NAMES[place][1:]] = values[place]
        slot = integer(given.get("slot", 1 if _NATIVE else _LAST))
        width = integer(given.get("width", 1))
        integer(given.get("freq", 20000000))
        if not _FIRST <= slot <= _LAST:
            raise ValueError("invalid slot number")
        spi = slot >= 2
        if spi and ("cmd" in given or "data" in given):
            raise ValueError("invalid config: SPI slot with SDMMC pin arguments")
        if not spi and ("miso" in given or "mosi" in given or "cs" in given):
            raise ValueError("invalid config: SDMMC slot with SPI pin arguments")
        if not spi and width not in (1, 4) and not (width == 8 and slot == 0):
            raise ValueError("width must be 1 or 4 (or 8 on slot 0)")
        for name in ("cd", "wp", "miso", "mosi", "sck", "cs", "cmd"):
            if name in given:
                _pin._gpio_of(given[name])
        if spi and not _NATIVE:
            for name in ("miso", "mosi", "sck", "cs"):
                if name not in given:
                    raise ValueError("SPI pin values required")
        if "data" in given:
            pads = listed(given["data"])
            if len(pads) != width:
                raise ValueError("data argument length must match width %d" % width)
            for pad in pads:
                _pin._gpio_of(pad)

    @micropython.native
    def info(self):
        _ask()
        raise OSError(*_TIMEOUT)

    @micropython.native
    def readblocks(self, block_num, buf):
        _ask()
        return False

    @micropython.native
    def writeblocks(self, block_num, buf):
        _ask()
        return False

    @micropython.native
    def ioctl(self, op, arg):
        op = integer(op)
        if op in (_DEINIT, _SYNC):
            return 0
        if op != _INIT and op not in (4, 5):
            return -1
        _ask()
        return -1

    @micropython.native
    def deinit(self):
        pass


@micropython.native
def _ask():
    _waits.wait_quietly(_clock.now + _ASK_US)
