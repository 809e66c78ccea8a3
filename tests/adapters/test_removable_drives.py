"""USB sticks are found where a desktop mounts them."""

from __future__ import annotations

from pathlib import Path

from lovhe.adapters.removable_drives import mounted_sticks, removable_drives

_MOUNTS = r"""21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 21 0:35 / /run/user/1000 rw,nosuid - tmpfs tmpfs rw
90 21 8:17 / /media/aysel/KINGSTON rw,nosuid shared:50 - vfat /dev/sdb1 rw
91 21 8:33 / /run/media/aysel/Mənim\040stikim rw - exfat /dev/sdc1 rw
92 21 0:50 / /media/aysel/share rw - cifs //server/share rw
93 21 8:34 / /mnt/backup rw - ext4 /dev/sdd1 rw
94 21 8:35 / /home/aysel rw - ext4 /dev/sde1 rw
nonsense
"""


def test_sticks_are_told_from_the_computer_s_own_disks() -> None:
    """Only systems of files that sticks have, only where sticks are mounted; a blank in a name is one."""
    assert mounted_sticks(_MOUNTS) == [Path("/media/aysel/KINGSTON"), Path("/mnt/backup"), Path("/run/media/aysel/Mənim stikim")]


def test_a_system_that_tells_nothing_has_no_sticks(tmp_path: Path) -> None:
    """Where the list of mounts is not there, there is nothing to choose from."""
    assert removable_drives(tmp_path / "none") == [] or removable_drives() is not None
