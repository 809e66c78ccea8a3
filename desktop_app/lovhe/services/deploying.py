"""Put a lesson on a board: our runtime where it differs, the starter as main.py, nothing of the student's lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

import msgspec

from lovhe.core.errors import BoardSilentError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_
from lovhe.services.ports import BoardLink

MAIN = "/main.py"
KEPT = "/main_before.py"
LESSON = "/lesson.json"

# Copies main.py to the first free main_before*.py, unless one with the same content is there. Written under another name
# first, so that a power cut leaves no half copy under the real one.
_KEEP = """\
import os
from hashlib import sha256
def _ld(p):
 try:f=open(p,'rb')
 except OSError:return None
 h=sha256()
 while 1:
  b=f.read(512)
  if not b:break
  h.update(b)
 f.close()
 return h.digest().hex()
def _lk(new):
 old=_ld('/main.py')
 if old is None or old in new:return ''
 n=1
 while 1:
  p='/main_before.py' if n==1 else '/main_before_%d.py'%n
  d=_ld(p)
  if d==old:return p
  if d is None:break
  n+=1
 with open('/main.py','rb') as f,open(p+'.new','wb') as g:
  while 1:
   b=f.read(512)
   if not b:break
   g.write(b)
 os.rename(p+'.new',p)
 return p
"""


class Deployed(msgspec.Struct, frozen=True):
    """What a deploy did: files written, and where an older, different main.py is kept ("" if there was none)."""

    written: int
    kept: str


def deploy_lesson(
    lesson: Lesson,
    link: BoardLink,
    runtime: Mapping[str, bytes],
    progress: Callable[[int, int], None] | None = None,
    first_main: bytes | None = None,
) -> Deployed:
    """Make the board ready for `lesson`; `runtime` is the board's library as path to content.

    `first_main` is the main.py of a freshly flashed board, which is nobody's work and is not kept. Raises `BoardError`s.
    """
    starter = lesson.starter.encode()
    kept = _keep_main(link, [starter] if first_main is None else [starter, first_main])
    files = {**runtime, LESSON: json.dumps({"id": lesson.id}, ensure_ascii=False).encode(), MAIN: starter}
    return Deployed(link.put_files(files, progress), kept)


def _keep_main(link: BoardLink, worthless: list[bytes]) -> str:
    """Keep a copy of the board's main.py unless it equals one of `worthless`; return the copy's path."""
    digests = tuple(hashlib.sha256(content).hexdigest() for content in worthless)
    said = link.execute(f"{_KEEP}print('\\x02'+_lk({digests!r})+'\\x02')", timeout_s=30.0).decode("utf-8", "replace").split("\x02")
    if len(said) < 3:
        raise BoardSilentError(
            N_("The board did not say whether its main.py could be kept."), N_("Try again. Nothing on the board was changed.")
        )
    return said[1]
