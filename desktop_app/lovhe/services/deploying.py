"""Put a lesson or a program on a board: our runtime where it differs, the program as main.py, nothing of the student's lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

import msgspec

from lovhe.core.errors import BoardSilentError, InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_
from lovhe.core.programs.program import syntax_problem
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


def deploy_program(
    source: str,
    link: BoardLink,
    runtime: Mapping[str, bytes],
    progress: Callable[[int, int], None] | None = None,
    first_main: bytes | None = None,
) -> Deployed:
    """Make `source` what the board does by itself whenever it has power, and start it; afterwards `link` can only be closed.

    `runtime` and `first_main` are as for `deploy_lesson`. Raises `InputError` for a program that cannot run, before anything is sent,
    and `BoardError`s.
    """
    refuse_unready_program(source)
    main = source.encode()
    kept = _keep_main(link, [main] if first_main is None else [main, first_main])
    deployed = Deployed(link.put_files({**runtime, MAIN: main}, progress), kept)
    link.restart()
    return deployed


def refuse_unready_program(source: str) -> None:
    """Raise `InputError` for a program that MicroPython would not even begin."""
    problem = syntax_problem(source)
    if problem is not None:
        raise InputError(
            N_("The program cannot run yet, so it was not put on the board. {what}", what=problem.what),
            problem.hint or N_("Mend that line, then try again."),
        )


def _keep_main(link: BoardLink, worthless: list[bytes]) -> str:
    """Keep a copy of the board's main.py unless it equals one of `worthless`; return the copy's path."""
    digests = tuple(hashlib.sha256(content).hexdigest() for content in worthless)
    said = link.execute(f"{_KEEP}print('\\x02'+_lk({digests!r})+'\\x02')", timeout_s=30.0).decode("utf-8", "replace").split("\x02")
    if len(said) < 3:
        raise BoardSilentError(
            N_("The board did not say whether its main.py could be kept."), N_("Try again. Nothing on the board was changed.")
        )
    return said[1]
