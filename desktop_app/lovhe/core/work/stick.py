"""How work lies on a USB stick: plain files that anybody can open, and one file that tells the kit which is which.

    Lovhe Aysel, Kamran/
        lovhe-work.json                       whose work it is, and which file belongs to which step
        6-01-blink Yanıb-sönən işıq/main.py   the lesson's last program
        6-01-blink Yanıb-sönən işıq/2 guess.txt

A program that was changed on another PC is taken back as it is now: the list names files, not what is in them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

import msgspec

from lovhe.core.decoding import decode_json
from lovhe.core.pupils.group import Group

INDEX = "lovhe-work.json"
MOST_FILES = 2_000
_MOST_LETTERS = 60
_WINDOWS_OWN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\..*)?", re.IGNORECASE)


class StickFile(msgspec.Struct, frozen=True):
    """One text. `path` is relative to the index, with "/"; `step` is "" in a lesson without steps.

    `digest` is of what was written there: a file that has another one has been changed elsewhere.
    """

    lesson: str
    step: str
    path: str
    digest: str = ""


class StickIndex(msgspec.Struct, frozen=True):
    """What lies in one folder. `pupils` are told apart without their names; none is a guest's work."""

    kind: str
    names: str
    pupils: list[str]
    files: list[StickFile]


KIND = "lovhe work 1"


def digest_of(data: bytes) -> str:
    """What tells a file's content from others."""
    return hashlib.sha256(data).hexdigest()[:16]


def owners(group: Group) -> list[str]:
    """Who a group is, as it is written on a stick."""
    return sorted(hashlib.sha256(f"stick {pupil.id}".encode()).hexdigest()[:16] for pupil in group.pupils)


def may_fetch(index: StickIndex, group: Group) -> bool:
    """Whether it is their own work: one of them made it, or it, or they, are a guest's."""
    return not index.pupils or not group.pupils or bool(set(index.pupils) & set(owners(group)))


def read_index(data: bytes) -> StickIndex | None:
    """The list; None where the bytes are none."""
    try:
        index = decode_json(data, StickIndex)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return index if index.kind == KIND and len(index.files) <= MOST_FILES else None


def is_inside(path: str) -> bool:
    """Whether a path from a stick stays in its folder, on every system."""
    parts = path.split("/")
    return 1 <= len(parts) <= 2 and all(part and part == plain_name(part, 200) for part in parts)


def folder_name(group: Group) -> str:
    """What a group's folder is called."""
    return plain_name(f"Lovhe {group.names or 'work'}")


def lesson_folder(lesson_id: str, title: str) -> str:
    """What a lesson's folder is called."""
    return plain_name(f"{lesson_id.replace('/', ' ')} {title}")


def step_file(number: int, step_id: str, is_program: bool, is_last_program: bool) -> str:
    """What a step's file is called."""
    if is_last_program:
        return "main.py"
    return plain_name(f"{number} {step_id}" if step_id else str(number)) + (".py" if is_program else ".txt")


def plain_name(text: str, most: int = _MOST_LETTERS) -> str:
    """A name that FAT and Windows take: letters of any script, digits, spaces and a few signs; neither a dot nor a space at its end."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(sign if sign.isalnum() or sign in " -_,.()" else " " for sign in text)
    name = re.sub(r" +", " ", kept)[:most].strip(" .") or "work"
    return f"_{name}"[:most].rstrip(" .") if _WINDOWS_OWN.fullmatch(name) else name
