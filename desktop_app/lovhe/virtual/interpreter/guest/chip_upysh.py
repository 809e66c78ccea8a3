# The chip's `upysh`: the names of a Unix shell's commands at the prompt, by `from upysh import *`. API: micropython-lib's upysh.

import os as _os

_HELP = """Commands for files, after: from upysh import *

  ls  ls("folder")  pwd  cd("folder")         look round
  cat("file")  head("file")  newfile("file")  show a file, its first lines; write one
  cp("from", "to")  mv("from", "to")          copy, rename
  rm("file")  mkdir("folder")  rmdir("folder")
  clear  man                                  an empty screen, this text"""


class _Command:
    # Does its work when it is called, and when the prompt shows it.
    @micropython.native
    def __init__(self, work):
        self._work = work

    @micropython.native
    def __call__(self, *arguments):
        self._work(*arguments)

    @micropython.native
    def __repr__(self):
        self._work()
        return ""


@micropython.native
def _ls(path="."):
    entries = sorted(_os.ilistdir(path), key=lambda entry: (entry[1] & 0x4000 == 0, entry[0]))
    for entry in entries:
        if entry[1] & 0x4000:
            print("    <dir> %s" % entry[0])
        else:
            print("% 9d %s" % (entry[3], entry[0]))
    place = _os.statvfs(path)
    print("\n%d KB free" % (place[0] * place[3] // 1024))


ls = _Command(_ls)
pwd = _Command(lambda: print(_os.getcwd()))
clear = _Command(lambda: print("\x1b[2J\x1b[H", end=""))
man = _Command(lambda: print(_HELP))
cd = _os.chdir
mkdir = _os.mkdir
mv = _os.rename
rmdir = _os.rmdir


@micropython.native
def head(f, n=10):
    with open(f) as file:
        for _ in range(n):
            line = file.readline()
            if not line:
                break
            print(line, end="")


@micropython.native
def cat(f):
    head(f, 1 << 30)


@micropython.native
def cp(s, t):
    try:
        if _os.stat(t)[0] & 0x4000:
            t = t.rstrip("/") + "/" + s.rstrip("/").split("/")[-1]
    except OSError:
        pass
    piece = memoryview(bytearray(512))
    with open(s, "rb") as source, open(t, "wb") as target:
        while True:
            count = source.readinto(piece)
            if not count:
                break
            target.write(piece[:count])


@micropython.native
def newfile(path):
    print("Type the lines of the file. Ctrl-D on an empty line ends it.")
    with open(path, "w") as file:
        while True:
            try:
                line = input()
            except EOFError:
                break
            file.write(line + "\n")


@micropython.native
def rm(d, recursive=False):
    if recursive and _os.stat(d)[0] & 0x4000:
        for entry in _os.ilistdir(d):
            rm(d + "/" + entry[0], True)
        _os.rmdir(d)
    else:
        _os.remove(d)


print(_HELP)
