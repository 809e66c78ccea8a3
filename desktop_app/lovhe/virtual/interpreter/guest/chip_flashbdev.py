# The chip's `flashbdev`: the partition that holds the file system.

import _flash as _flash


class _Device:
    # Finds the partition when it is first asked: this module is loaded before the flash is there.
    def __getattr__(self, name):
        return getattr(_flash.file_system_partition(), name)


bdev = _Device()
