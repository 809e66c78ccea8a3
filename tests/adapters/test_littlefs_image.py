"""File systems built on the PC are what MicroPython mounts."""

from __future__ import annotations

import hashlib
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lovhe.adapters.littlefs_image import BLOCK_SIZE, build_image, files_regions, read_image
from lovhe.adapters.runtime_build import compile_source
from lovhe.core.errors import InputError

from .conftest import MICROPYTHON

SIZE = 0x200000
FILES = {
    "/boot.py": b"# start\n",
    "/main.py": "print('Salam, dünya')\n".encode(),
    "/empty.txt": b"",
    "/lib/lovhe/answer.mpy": compile_source(b"def answer():\n    return 6 * 7\n", "lovhe/answer.py"),
    "/lib/lovhe/large.bin": random.Random(1).randbytes(50_000),
}

_MOUNT = """
import os, sys, vfs
class Flash:
    def __init__(self, path):
        self.file = open(path, 'r+b')
        self.size = os.stat(path)[6]
    def readblocks(self, n, buf, off=0):
        self.file.seek(n * 4096 + off)
        self.file.readinto(buf)
    def writeblocks(self, n, buf, off=0):
        self.file.seek(n * 4096 + off)
        self.file.write(buf)
    def ioctl(self, op, arg):
        if op == 3: self.file.flush()
        if op == 4: return self.size // 4096
        if op == 5: return 4096
        if op == 6:
            self.writeblocks(arg, b"\\xff" * 4096)
            return 0
vfs.mount(vfs.VfsLfs2(Flash(sys.argv[1])), "/board")
sys.path.append("/board/lib")
"""


def _run_micropython(script: str, *arguments: str) -> str:
    done = subprocess.run([MICROPYTHON, "-c", _MOUNT + script, *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def _sparse(image: bytes, size: int, filler: bytes) -> bytes:
    """A flash full of an older life, with the used blocks of a new image written over it."""
    flash = bytearray((filler * (size // len(filler) + 1))[:size])
    for region in files_regions(FILES, 0, size):
        flash[region.offset : region.offset + len(region.data)] = region.data
    assert len(image) == size
    return bytes(flash)


def test_micropython_mounts_the_image_and_runs_what_is_in_it(tmp_path: Path) -> None:
    """The interpreter reads every file as it was put in, and imports a compiled module from the image."""
    image = tmp_path / "image.bin"
    image.write_bytes(build_image(FILES, SIZE)[0])
    script = "import hashlib\nfrom lovhe.answer import answer\nprint(answer())\n"
    for path in FILES:
        script += f"print(hashlib.sha256(open('/board{path}','rb').read()).digest().hex())\n"
    said = _run_micropython(script, str(image)).split()
    assert said == ["42", *(hashlib.sha256(content).hexdigest() for content in FILES.values())]


@pytest.mark.parametrize("filler", [b"\x00", b"old life ", b"\xff"])
def test_only_used_blocks_need_to_be_written(tmp_path: Path, filler: bytes) -> None:
    """Over any older contents the used blocks alone make a file system that MicroPython reads and writes."""
    image, used = build_image(FILES, SIZE)
    flash = tmp_path / "flash.bin"
    flash.write_bytes(_sparse(image, SIZE, filler))
    assert len(used) * BLOCK_SIZE < 100_000
    script = """
with open('/board/lib/lovhe/large.bin', 'rb') as f: before = f.read()
for turn in range(20):
    with open('/board/new%d.txt' % (turn % 7), 'w') as f: f.write(str(turn) * 500)
with open('/board/lib/lovhe/large.bin', 'rb') as f: print(before == f.read(), len(before))
print(sorted(os.listdir('/board'))[:3])
"""
    assert _run_micropython(script, str(flash)).splitlines() == ["True 50000", "['boot.py', 'empty.txt', 'lib']"]


def test_a_new_file_system_over_an_old_one_shows_nothing_of_it(tmp_path: Path) -> None:
    """Blocks of an older file system, even with newer revisions, never come back to life under a new one."""
    worn = tmp_path / "worn.bin"
    worn.write_bytes(build_image({"/old.py": b"x" * 6000, **FILES}, SIZE)[0])
    age = """
for turn in range(60):
    with open('/board/main.py', 'w') as f: f.write('old%d' % turn)
    os.rename('/board/main.py', '/board/m')
"""
    _run_micropython(f"{age}vfs.umount('/board')", str(worn))
    flash = bytearray(worn.read_bytes())
    for region in files_regions(FILES, 0, SIZE):
        flash[region.offset : region.offset + len(region.data)] = region.data
    assert read_image(bytes(flash)) == FILES


def test_the_image_is_of_the_disk_version_older_interpreters_read() -> None:
    """The superblock says littlefs 2.0, which MicroPython before 1.21 mounts too."""
    image, _ = build_image(FILES, SIZE)
    at = image.index(b"littlefs") + 8 + 4
    assert int.from_bytes(image[at : at + 4], "little") == 0x00020000


def test_files_that_do_not_fit_are_refused() -> None:
    """More bytes than the partition holds make an error with the sizes in it, no image."""
    with pytest.raises(InputError) as caught:
        build_image({"/large.bin": bytes(70_000)}, 0x10000)
    assert "70000" in str(caught.value)


def test_what_is_no_file_system_is_refused() -> None:
    """Reading a blank partition is an error for a person, not a crash."""
    with pytest.raises(InputError):
        read_image(b"\xff" * 0x10000)


names = st.text("abcdefghijklmnopqrstuvwxyzəğıöşüçж_0123456789", min_size=1, max_size=20)
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts) + ".py")


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(paths, st.binary(max_size=9000), max_size=12))
def test_every_file_comes_back(files: dict[str, bytes]) -> None:
    """Whatever is put in comes out, and the same files make the same image."""
    image, used = build_image(files, 0x40000)
    assert read_image(image) == files
    assert build_image(files, 0x40000)[0] == image
    blank = {block for block in range(len(image) // BLOCK_SIZE) if not image[block * BLOCK_SIZE : (block + 1) * BLOCK_SIZE].strip(b"\xff")}
    assert set(range(len(image) // BLOCK_SIZE)) - blank <= used
