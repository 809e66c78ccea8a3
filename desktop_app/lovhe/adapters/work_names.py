"""What work is called on the disk: names that every system takes, for ids that a pack's author chose."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import get_args

from lovhe.services.ports.work import Reason

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?")
_WINDOWS_OWN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
_PUPILS = re.compile(r"[0-9a-f]{24}")
_TEXT = re.compile(r"([a-z0-9_~@-]{1,80})/([a-z0-9_~@-]{1,80})\.txt")
_MOST_LETTERS = 44  # a group, a lesson, a step and a version below one another stay within Windows' 260
_STAMP = "%Y%m%dT%H%M%S%fZ"
_VERSION = re.compile(rf"(\d{{8}}T\d{{12}}Z)-({'|'.join(get_args(Reason))})")


def safe_name(name: str) -> str:
    """`name` itself where it is small letters, digits and dashes; a pack's lesson, pack/lesson, with an @. Two names never become one."""
    if _PLAIN.fullmatch(name) and len(name) <= _MOST_LETTERS and not _WINDOWS_OWN.fullmatch(name):
        return name.replace("/", "@")
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{re.sub(r'[^a-z0-9-]', '_', name.lower())[: _MOST_LETTERS - 13]}~{digest}"


def is_group(folder: str) -> bool:
    """Whether pupils' work can be in a folder of this name; guests' is not kept."""
    return _PUPILS.fullmatch(folder) is not None


def is_text_name(name: str) -> bool:
    """Whether it can be a text's, below its group's folder: a lesson's folder and a file in it, as `safe_name` names them."""
    found = _TEXT.fullmatch(name)
    return found is not None and not any(_WINDOWS_OWN.fullmatch(part) for part in found.groups())


def version_name(when: datetime, reason: Reason) -> str:
    """A version's id, which is its file's name, too."""
    return f"{when.astimezone(UTC).strftime(_STAMP)}-{reason}"


def version_facts(version_id: str) -> tuple[datetime, Reason] | None:
    """When and why; None for a name that is no version's."""
    found = _VERSION.fullmatch(version_id)
    if found is None:
        return None
    try:
        when = datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    reason = next(reason for reason in get_args(Reason) if reason == found[2])
    return when, reason
