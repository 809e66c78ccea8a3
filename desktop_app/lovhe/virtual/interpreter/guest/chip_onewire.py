# The chip's `onewire`: the 1-Wire bus of sensors such as the DS18B20, over `_onewire`.

import _onewire


class OneWireError(Exception):
    pass


class OneWire:
    SEARCH_ROM = 0xF0
    MATCH_ROM = 0x55
    SKIP_ROM = 0xCC

    @micropython.native
    def __init__(self, pin):
        self.pin = pin
        self.pin.init(pin.OPEN_DRAIN, pin.PULL_UP)

    @micropython.native
    def reset(self, required=False):
        present = _onewire.reset(self.pin)
        if required and not present:
            raise OneWireError
        return present

    @micropython.native
    def readbit(self):
        return _onewire.readbit(self.pin)

    @micropython.native
    def readbyte(self):
        return _onewire.readbyte(self.pin)

    @micropython.native
    def readinto(self, buf):
        for place in range(len(buf)):
            buf[place] = _onewire.readbyte(self.pin)

    @micropython.native
    def writebit(self, value):
        return _onewire.writebit(self.pin, value)

    @micropython.native
    def writebyte(self, value):
        return _onewire.writebyte(self.pin, value)

    @micropython.native
    def write(self, buf):
        for byte in buf:
            _onewire.writebyte(self.pin, byte)

    @micropython.native
    def select_rom(self, rom):
        self.reset()
        self.writebyte(self.MATCH_ROM)
        self.write(rom)

    @micropython.native
    def scan(self):
        roms = []
        turn = 0  # the last bit, counted from 1, at which both ways are open and we have only been down one
        rom = None
        while rom is None or turn:
            rom, turn = self._search(rom, turn)
            if rom is None:
                break
            roms.append(rom)
        return roms

    @micropython.native
    def _search(self, before, turn):
        # One walk down the tree of ROMs, by way of `before` as far as bit `turn`, and there the other way.
        if not self.reset():
            return None, 0
        self.writebyte(self.SEARCH_ROM)
        rom = bytearray(8)
        open_turn = 0
        for bit in range(64):
            place, mask = bit >> 3, 1 << (bit & 7)
            some_zero = not self.readbit()
            some_one = not self.readbit()
            if some_zero and some_one:
                way = before[place] & mask if bit + 1 < turn else bit + 1 == turn
                if not way:
                    open_turn = bit + 1
            elif some_zero or some_one:
                way = some_one
            else:
                return None, 0
            self.writebit(1 if way else 0)
            if way:
                rom[place] |= mask
        return rom, open_turn

    @micropython.native
    def crc8(self, data):
        return _onewire.crc8(data)
