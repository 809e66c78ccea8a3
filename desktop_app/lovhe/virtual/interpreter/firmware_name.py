"""What a virtual board's firmware calls itself, in its banner and to `os.uname()`."""

VERSION = "1.28.0"
BUILD = "v1.28.0-lovhe"
DATE = "2026-11-21"


def banner(chip: str) -> str:
    """The first line of a virtual board with that chip."""
    return f"MicroPython {BUILD} on {DATE}; Lövhə virtual board with {chip.upper()}"
