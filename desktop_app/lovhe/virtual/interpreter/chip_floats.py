"""Gives the interpreter the chip's floats: 32 bits, about seven digits, as the ESP32's own unit computes them.

MicroPython for the PC computes with 64 bits. Every result becomes a float object in one function, so rounding what that is given
to 32 bits is all that is needed: one operation on rounded numbers, rounded once more, is exactly the 32-bit operation. The digits to
show are then taken from the shortest text that means the same 32-bit number, as on a board, where 0.1 + 0.2 is 0.3.

The library calls its own functions through a table (ELF's procedure linkage table), so a few machine instructions can stand
before them. For Linux on x86-64; elsewhere, or where the library is built otherwise, floats stay as wide as the PC's. Imported by
`engine_host` alone, so it keeps to what starts in milliseconds.

Source: System V ABI, AMD64 supplement (relocations, registers of arguments); py/objfloat.c and py/formatfloat.h of MicroPython.
"""

import ctypes
import mmap
import os
import struct

_NEW_FLOAT, _NEW_COMPLEX, _FORMAT = b"mp_obj_new_float", b"mp_obj_new_complex", b"mp_format_float"
_CONSTANTS = ("mp_const_float_e_obj", "mp_const_float_pi_obj")
_ROUND_FIRST = bytes.fromhex("f20f5ac0 f30f5ac0")  # cvtsd2ss xmm0, xmm0; cvtss2sd xmm0, xmm0
_ROUND_SECOND = bytes.fromhex("f20f5ac9 f30f5ac9")  # the same with xmm1
_SHORTEST = 99  # MP_FLOAT_REPR_PREC: as many digits as it takes
_DIGITS = 9  # as many as tell every 32-bit number from its neighbours; after them come zeros
_BESIDE_DIGITS = 6  # the point and an exponent, as 1.5e-05 has them
_INFINITE = float("inf")
_PT_DYNAMIC = 2
_DT_PLTRELSZ, _DT_STRTAB, _DT_SYMTAB, _DT_STRSZ, _DT_JMPREL = 2, 5, 6, 10, 23
_single = struct.Struct("f")
_kept: list[object] = []
"""What must live as long as the interpreter: machine code and the function it calls."""


class _DlInfo(ctypes.Structure):
    _fields_ = [("file", ctypes.c_char_p), ("base", ctypes.c_size_t), ("name", ctypes.c_char_p), ("address", ctypes.c_size_t)]


def use_the_chips_floats(lib: ctypes.CDLL) -> None:
    """Change this process's interpreter, before it starts and before the sandbox closes."""
    names = (_NEW_FLOAT, _NEW_COMPLEX, _FORMAT)
    exported = (*(name.decode() for name in names), *_CONSTANTS)
    if os.uname()[::4] != ("Linux", "x86_64") or not all(hasattr(lib, name) for name in exported):
        return
    slots = _slots(lib, names)
    if len(slots) < len(names) or not all(map(_make_writable, slots.values())):
        return
    functions = {name: _address(lib, name) for name in slots}
    instead = _placed(
        {
            _NEW_FLOAT: _ROUND_FIRST + _jump(functions[_NEW_FLOAT]),
            _NEW_COMPLEX: _ROUND_FIRST + _ROUND_SECOND + _jump(functions[_NEW_COMPLEX]),
        }
    )
    instead[_FORMAT] = _formatter()
    for name, address in instead.items():
        ctypes.c_size_t.from_address(slots[name]).value = address
    for constant in _CONSTANTS:
        _round_constant(ctypes.addressof(ctypes.c_void_p.in_dll(lib, constant)) + ctypes.sizeof(ctypes.c_void_p))


def _address(lib: ctypes.CDLL, name: bytes) -> int:
    return ctypes.cast(lib[name.decode()], ctypes.c_void_p).value or 0


def _slots(lib: ctypes.CDLL, names: tuple[bytes, ...]) -> dict[bytes, int]:
    """Where the library keeps the addresses through which it calls these functions of its own."""
    info = _DlInfo()
    dladdr = ctypes.CDLL(None).dladdr
    if not dladdr(ctypes.c_void_p(_address(lib, names[0])), ctypes.byref(info)):
        return {}
    base = info.base
    header = ctypes.string_at(base, 64)
    at, count = struct.unpack_from("<Q", header, 32)[0], struct.unpack_from("<H", header, 56)[0]
    segments = struct.iter_unpack("<IIQQQQQQ", ctypes.string_at(base + at, 56 * count))
    dynamic = next((ctypes.string_at(base + segment[3], segment[6]) for segment in segments if segment[0] == _PT_DYNAMIC), b"")
    tags = dict(struct.iter_unpack("<QQ", dynamic))
    if not {_DT_PLTRELSZ, _DT_STRTAB, _DT_SYMTAB, _DT_STRSZ, _DT_JMPREL} <= tags.keys():
        return {}
    symbols, texts, calls = (tags[tag] + (base if tags[tag] < base else 0) for tag in (_DT_SYMTAB, _DT_STRTAB, _DT_JMPREL))
    text = ctypes.string_at(texts, tags[_DT_STRSZ])
    wanted = {text.find(b"\0" + name + b"\0") + 1: name for name in names}
    found = {}
    for offset, kind, _ in struct.iter_unpack("<QQq", ctypes.string_at(calls, tags[_DT_PLTRELSZ])):
        name = wanted.get(ctypes.c_uint32.from_address(symbols + 24 * (kind >> 32)).value)
        if name is not None:
            found[name] = base + offset
    return found


def _jump(address: int) -> bytes:
    """Mov rax, address; jmp rax."""
    return b"\x48\xb8" + struct.pack("<Q", address) + b"\xff\xe0"


def _placed(code: dict[bytes, bytes]) -> dict[bytes, int]:
    """The addresses of pieces of machine code, put where they can run and nobody can write any more."""
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(page))
    placed = {}
    for name, piece in code.items():
        placed[name] = start + page.tell()
        page.write(piece)
    ctypes.CDLL(None).mprotect(ctypes.c_void_p(start), ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_EXEC)
    _kept.append(page)
    return placed


def _formatter() -> int:
    """The address of a `mp_format_float` that shows numbers as the chip does: text into the buffer, its length back."""
    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_double, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char, ctypes.c_int, ctypes.c_char)

    def put_text(number: float, buffer: int, size: int, form: bytes, digits: int, sign: bytes) -> int:
        text = shown(number, form.decode(), digits, "" if sign == b"\0" else sign.decode(), size - 1).encode()
        ctypes.memmove(buffer, text + b"\0", len(text) + 1)
        return len(text)

    callable_from_c = kind(put_text)
    _kept.append(callable_from_c)
    return ctypes.cast(callable_from_c, ctypes.c_void_p).value or 0


def shown(number: float, form: str, digits: int, sign: str, room: int) -> str:
    """The text for a number. `form` is one of "eEfFgG", `digits` below 0 are 6, `sign` stands before what is not negative.

    Rounds halves up, as the chip does. What does not fit into `room` characters is shown with an exponent.
    """
    short = _shortest(number)
    if digits == _SHORTEST or number != number or number in (_INFINITE, -_INFINITE):
        text = repr(short).removesuffix(".0")
    else:
        text = _text(short, form.lower(), 6 if digits < 0 else digits, room - 1)
    if form.isupper():
        text = text.upper()
    return text if text.startswith("-") else sign + text


def _text(number: float, form: str, digits: int, room: int) -> str:
    minus = "-" if str(number)[0] == "-" else ""
    whole, _, power = f"{abs(number):.{_DIGITS - 1}e}".partition("e")
    mantissa, exponent = int(whole.replace(".", "")), int(power)
    if form == "f" and exponent > 0 and exponent + digits + 1 > room:
        form, digits = "g", digits + 1
    if form == "f":
        return minus + _fixed(mantissa, exponent, min(digits, room - 1))
    if form == "e":
        return minus + _scientific(mantissa, exponent, min(digits, room - _BESIDE_DIGITS))
    digits = min(max(digits, 1), room - _BESIDE_DIGITS)
    _, rounded_exponent = _rounded(mantissa, exponent, digits)
    if -4 <= rounded_exponent < digits:
        text = _fixed(mantissa, exponent, digits - 1 - rounded_exponent)
        return minus + (text.rstrip("0").rstrip(".") if "." in text else text)
    whole, _, power = _scientific(mantissa, exponent, digits - 1).partition("e")
    return f"{minus}{whole.rstrip('0').rstrip('.') if '.' in whole else whole}e{power}"


def _rounded(mantissa: int, exponent: int, digits: int) -> tuple[int, int]:
    """The number that `mantissa` and `exponent` mean, to so many digits; the mantissa keeps its length."""
    if digits >= _DIGITS:
        return mantissa, exponent
    if digits < 0:
        return 0, exponent
    unit = 10 ** (_DIGITS - digits)
    mantissa = (mantissa + unit // 2) // unit * unit
    return (mantissa // 10, exponent + 1) if mantissa >= 10**_DIGITS else (mantissa, exponent)


def _fixed(mantissa: int, exponent: int, decimals: int) -> str:
    mantissa, exponent = _rounded(mantissa, exponent, exponent + 1 + decimals)
    shift = exponent + 1 - _DIGITS + decimals
    units = str(mantissa * 10**shift if shift >= 0 else mantissa // 10**-shift).rjust(decimals + 1, "0")
    return f"{units[:-decimals]}.{units[-decimals:]}" if decimals else units


def _scientific(mantissa: int, exponent: int, decimals: int) -> str:
    mantissa, exponent = _rounded(mantissa, exponent, decimals + 1)
    digits = str(mantissa).ljust(decimals + 1, "0")
    return f"{digits[0]}{'.' if decimals else ''}{digits[1 : decimals + 1]}e{exponent:+03}"


def _shortest(number: float) -> float:
    """The number with the fewest digits that is the same in 32 bits; wider and special numbers as they are."""
    try:
        if _single.unpack(_single.pack(number))[0] != number:
            return number
    except OverflowError:
        return number
    shorter = (float(f"{number:.{digits}g}") for digits in range(6, 10))
    return next(short for short in shorter if _single.unpack(_single.pack(short))[0] == number)


def _round_constant(address: int) -> None:
    if _make_writable(address):
        value = ctypes.c_double.from_address(address)
        value.value = _single.unpack(_single.pack(value.value))[0]


def _make_writable(address: int) -> bool:
    """Whether the word there can be written now: a linker may have its page locked once the library is loaded."""
    page = address // mmap.PAGESIZE * mmap.PAGESIZE
    failed: int = ctypes.CDLL(None).mprotect(ctypes.c_void_p(page), ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_WRITE)
    return not failed
