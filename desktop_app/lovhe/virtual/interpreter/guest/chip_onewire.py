# The chip's `onewire`. First version: nobody is on the wire.


class OneWireError(Exception):
    pass


class OneWire:
    SEARCH_ROM = 0xF0
    MATCH_ROM = 0x55
    SKIP_ROM = 0xCC

    def __init__(self, pin):
        self.pin = pin
        self.pin.init(pin.OPEN_DRAIN, pin.PULL_UP)

    @micropython.native
    def reset(self, required=False):
        # No answer to the reset pulse.
        if required:
            raise OneWireError
        return False

    @micropython.native
    def readbit(self):
        return 1

    @micropython.native
    def readbyte(self):
        return 0xFF

    @micropython.native
    def readinto(self, buf):
        for place in range(len(buf)):
            buf[place] = 0xFF

    @micropython.native
    def writebit(self, value):
        pass

    @micropython.native
    def writebyte(self, value):
        pass

    @micropython.native
    def write(self, buf):
        pass

    @micropython.native
    def select_rom(self, rom):
        self.reset()

    @micropython.native
    def scan(self):
        return []

    @micropython.native
    def crc8(self, data):
        # Dallas/Maxim CRC-8, polynomial x^8 + x^5 + x^4 + 1, least significant bit first.
        crc = 0
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = crc >> 1 ^ (0x8C if crc & 1 else 0)
        return crc
