"""MicroPython that the PC sends to a board to look at its files and to write them.

Runs in the raw REPL of any MicroPython since 1.23 with a file system: nothing of ours needs to be on the board. Answers are
lines that begin with 0x02, since a boot message or a timer's text may come between. Names begin with `_l` and are short,
because every byte crosses the line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

NEW = ".new"
MARK = "\x02"
DIGEST_BYTES = 16
"""Of a SHA-256, this much is compared."""

PREPARE = """\
import os,gc
from hashlib import sha256 as _lS
def _lh(p):
 try:f=open(p,'rb')
 except OSError:return b''
 h=_lS();b=bytearray(1024);m=memoryview(b)
 while 1:
  n=f.readinto(b)
  if not n:break
  h.update(m[:n])
 f.close()
 return h.digest()[:16]
def _lt(p):
 s=p[:-3]+'.mpy' if p[-3:]=='.py' else p[:-4]+'.py' if p[-4:]=='.mpy' else ''
 if s:
  try:
   os.stat(s)
   return s
  except OSError:pass
def _lr(p):
 try:os.remove(p)
 except OSError:pass
"""
"""_lh: a file's digest, b'' if there is none. _lt: the `.mpy` beside a `.py` or the other way. _lr: remove."""

_ASK = """\
def _la(P,w):
 h=_lS();a=[]
 for p in P:
  d=_lh(p);t=_lt(p);_lr(p+'.new')
  if t:h.update(b't')
  h.update(d or b'-');a.append((d,t))
 if h.digest()[:16]==w:print('\\x02=')
 else:
  for d,t in a:print('\\x02%s%s'%(d.hex() if d else '-','+' if t else ''))
 print('\\x02.')
"""

_WRITE = """\
import deflate,io
class _lW:
 def __init__(s,T):s.T=T;s.f=None;s.n=0;s.b=memoryview(bytearray(1024));s.go()
 def go(s):
  while not s.n:
   if s.f:s.f.close();s.f=None
   if not s.T:return
   p,s.n=s.T.pop(0);i=p.find('/',1)
   while i>0:
    try:os.mkdir(p[:i])
    except OSError as e:
     if e.errno!=17:raise
    i=p.find('/',i+1)
   s.f=open(p+'.new','wb')
 def __call__(s,z):
  d=deflate.DeflateIO(io.BytesIO(z),deflate.ZLIB)
  while s.f:
   n=d.readinto(s.b[:min(1024,s.n)])
   if not n:break
   s.f.write(s.b[:n]);s.n-=n;s.go()
  gc.collect()
"""

_FINISH = """\
def _lf(P,D):
 bad=0
 for i in range(len(P)):
  if _lh(P[i]+'.new')!=D[16*i:16*i+16]:bad=1;print('\\x02!%d'%i)
 if not bad:
  for p in P:os.rename(p+'.new',p)
  if hasattr(os,'sync'):os.sync()
 print('\\x02.')
def _lx(P):
 for p in P:
  t=_lt(p)
  if t:_lr(t)
"""


def ask(paths: Sequence[str], expected: bytes) -> str:
    """Prints `=` when all files are as `expected` (`board_files.digest_of_all`), else a line each: digest or `-`, `+` for a twin."""
    return f"{PREPARE}{_ASK}_la({_list(paths)},{expected!r})\n"


def begin_writing(sizes: Mapping[str, int]) -> str:
    """Makes `_lw`, which takes compressed chunks of these files' contents one after the other and writes `name.new`."""
    return f"{_WRITE}_lw=_lW([{','.join(f'({path!r},{size})' for path, size in sizes.items())}])\n"


def finish_writing(paths: Sequence[str], digests: Sequence[bytes], all_paths: Sequence[str]) -> str:
    """Reads the written files back; if all are right, renames them and removes twins, else prints `!` and the number of each bad one."""
    return f"{_FINISH}_lf({_list(paths)},{b''.join(digests)!r})\n_lx({_list(all_paths)})\n"


def give_up(paths: Sequence[str]) -> str:
    """Closes and removes what was half written; the old files stay."""
    return (
        "try:\n if _lw.f:_lw.f.close()\nexcept Exception:pass\n"
        f"import os\nfor _lp in {_list(paths)}:\n try:os.remove(_lp+'.new')\n except OSError:pass\n"
    )


def chunk(compressed: bytes) -> bytes:
    """A call of `_lw` with `compressed` as a bytes literal, free of what the raw REPL (Ctrl-C, Ctrl-D) or the lexer would take amiss."""
    return b"_lw(b'" + _AMISS.sub(_escaped, compressed) + b"')"


_AMISS = re.compile(rb"[\x00\x03\x04\n\r'\\](?=([0-7]?))", re.DOTALL)
_ESCAPES = {b"\n": b"\\n", b"\r": b"\\r", b"'": b"\\'", b"\\": b"\\\\"}


def _escaped(match: re.Match[bytes]) -> bytes:
    byte, digit = match[0], match[1]
    # An octal escape takes up to three digits: short unless a digit follows.
    return _ESCAPES.get(byte) or (b"\\%03o" if digit else b"\\%o") % byte[0]


def _list(paths: Sequence[str]) -> str:
    return "(" + "".join(f"{path!r}," for path in paths) + ")"
