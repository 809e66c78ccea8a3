"""The firmware on this PC: images found, checked, remembered by their SHA-256, and fetched from the net.

`reading` checks one image, `index` remembers, `store` is the user's folder, `download` and `fetching` fill it, `library`
answers what a board gets.
"""

from lovhe.adapters.firmware_library.library import FirmwareLibrary as FirmwareLibrary
from lovhe.adapters.firmware_library.reading import read_firmware as read_firmware
from lovhe.adapters.firmware_library.store import FirmwareStore as FirmwareStore
