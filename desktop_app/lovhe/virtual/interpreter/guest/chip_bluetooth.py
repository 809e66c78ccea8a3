# The chip's `bluetooth`: all its names, and no radio behind them.
#
# A program can be written and its services be put together here; the first use of the radio says that there is none.

from binascii import unhexlify as _unhexlify

import _radio as _radio

FLAG_READ = 0x02
FLAG_WRITE_NO_RESPONSE = 0x04
FLAG_WRITE = 0x08
FLAG_NOTIFY = 0x10
FLAG_INDICATE = 0x20


class UUID:
    # 16 bits from a number, 16, 32 or 128 bits from bytes (least significant first), or a text of 32 hexadecimal digits.
    @micropython.native
    def __init__(self, value):
        if type(value) is int:
            if not 0 <= value <= 0xFFFF:
                raise ValueError("invalid UUID")
            self._data = value.to_bytes(2, "little")
        elif type(value) is str:
            digits = value.replace("-", "")
            for digit in digits:
                if digit not in "0123456789abcdefABCDEF":
                    raise ValueError("invalid char in UUID")
            if len(digits) != 32:
                raise ValueError("UUID too long" if len(digits) > 32 else "UUID too short")
            self._data = bytes(reversed(_unhexlify(digits)))
        else:
            self._data = bytes(value)
            if len(self._data) not in (2, 4, 16):
                raise ValueError("invalid UUID")

    @micropython.native
    def __repr__(self):
        data = bytes(reversed(self._data)).hex()
        if len(data) <= 8:
            return "UUID(0x%s)" % data
        return "UUID('%s-%s-%s-%s-%s')" % (data[:8], data[8:12], data[12:16], data[16:20], data[20:])

    @micropython.native
    def __eq__(self, other):
        return type(other) is UUID and self._data == other._data

    @micropython.native
    def __lt__(self, other):
        return self._data < other._data

    @micropython.native
    def __hash__(self):
        return hash(self._data)


class BLE:
    _only = None

    @micropython.native
    def __new__(cls):
        if BLE._only is None:
            BLE._only = object.__new__(cls)
        return BLE._only

    @micropython.native
    def active(self, active=None):
        if active:
            raise _radio.missing()
        return False

    @micropython.native
    def irq(self, handler):
        if handler is not None and not callable(handler):
            raise ValueError("invalid handler")

    config = _radio.refuse
    gap_advertise = _radio.refuse
    gap_connect = _radio.refuse
    gap_scan = _radio.refuse
    gap_disconnect = _radio.refuse
    gap_pair = _radio.refuse
    gap_passkey = _radio.refuse
    gatts_register_services = _radio.refuse
    gatts_read = _radio.refuse
    gatts_write = _radio.refuse
    gatts_notify = _radio.refuse
    gatts_indicate = _radio.refuse
    gatts_set_buffer = _radio.refuse
    gattc_discover_services = _radio.refuse
    gattc_discover_characteristics = _radio.refuse
    gattc_discover_descriptors = _radio.refuse
    gattc_read = _radio.refuse
    gattc_write = _radio.refuse
    gattc_exchange_mtu = _radio.refuse
