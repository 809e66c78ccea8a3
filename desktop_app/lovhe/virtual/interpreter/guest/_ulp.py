# esp32.ULP: the small second processor. Its program is checked and put away; there is nobody here to run it, which `run` says.

import micropython

from _arguments import integer, positional
from _buffers import octets

_INVALID_ARG = 258
_INVALID_SIZE = 260
_NOT_SUPPORTED = 262
_HEADER_BYTES = 12
_MAGIC = b"ulp\0"


class ULP:
    RESERVE_MEM = 2040

    @micropython.native
    def __init__(self, *arguments, **keywords):
        positional(arguments, keywords, 0, 0)

    @micropython.native
    def set_wakeup_period(self, period_index, period_us):
        if not 0 <= integer(period_index) <= 4:
            raise OSError(_INVALID_ARG)
        integer(period_us)

    @micropython.native
    def load_binary(self, load_addr, program_binary):
        load_addr = integer(load_addr)
        program = octets(program_binary)
        if not 0 <= load_addr <= self.RESERVE_MEM:
            raise OSError(_INVALID_ARG)
        if len(program) < _HEADER_BYTES or load_addr + len(program) - _HEADER_BYTES > self.RESERVE_MEM:
            raise OSError(_INVALID_SIZE)
        if program[:4] != _MAGIC:
            raise OSError(_NOT_SUPPORTED)

    @micropython.native
    def run(self, entry_point):
        integer(entry_point)
        raise OSError(_NOT_SUPPORTED)
