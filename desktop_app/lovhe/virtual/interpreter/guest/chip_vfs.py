# The chip's `vfs`: without the PC's own files.

from vfs import VfsFat, VfsLfs2, mount, umount

try:
    from vfs import VfsRom, rom_ioctl
except ImportError:
    pass
