"""The check byte of 1-Wire parts, and of the fuses that hold an ESP32's MAC address."""


def crc8(data: bytes) -> int:
    """Polynomial x⁸ + x⁵ + x⁴ + 1, least significant bit first; 0 over data with its check byte behind it.

    Source: Maxim application note 27, "Understanding and Using Cyclic Redundancy Checks with Maxim 1-Wire and iButton Products"; ESP32
    Technical Reference Manual, "eFuse Controller".
    """
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x8C if crc & 1 else 0)
    return crc
