# The chip's `webrepl_setup`: asks for a password and writes webrepl_cfg.py, and has boot.py start WebREPL.

import os as _os

_START = "import webrepl\nwebrepl.start()\n"
_CONFIG = "webrepl_cfg.py"
_BOOT = "boot.py"


@micropython.native
def _text_of(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


@micropython.native
def _write(path, text):
    with open(path + ".new", "w") as file:
        file.write(text)
    _os.rename(path + ".new", path)


@micropython.native
def _ask_password():
    while True:
        first = input("New password (4-9 characters): ")
        if not 4 <= len(first) <= 9:
            print("It must have 4 to 9 characters.")
        elif first != input("The same again: "):
            print("These were two different ones.")
        else:
            return first


@micropython.native
def main():
    boot = _text_of(_BOOT)
    print("WebREPL starts with the board: %s" % ("yes" if _START in boot else "no"))
    print("A virtual board has no Wi-Fi: what you choose is written, but nobody can connect.")
    answer = input("E to have it start, D to not have it start, Enter to leave: ").upper()
    if answer == "E":
        if not _text_of(_CONFIG):
            _write(_CONFIG, "PASS = %r\n" % _ask_password())
        if _START not in boot:
            _write(_BOOT, boot + _START)
    elif answer == "D":
        _write(_BOOT, boot.replace(_START, ""))
    else:
        return
    print("This holds from the next start of the board on.")


main()
