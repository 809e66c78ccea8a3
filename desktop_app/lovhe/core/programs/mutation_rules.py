"""The small changes that `mutations` makes to a program, each as a piece of text in place of a node of its syntax tree.

They are slips that pupils make: a comparison the wrong way round, another number, a line left out, the wrong pin.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator

import msgspec

DROPPED = "pass"

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
_SIGNS = {ast.Add: "-=", ast.Sub: "+=", ast.Mult: "//=", ast.Div: "*=", ast.FloorDiv: "*="}
_OPPOSITE = {"on": "off", "off": "on", "True": "False", "False": "True"}
_WITH_OPTIONS = ("range", "round", "print", "sorted", "sum", "int", "show")
"""Functions that can do with fewer arguments, beside classes; without one of theirs others stop at once, which proves nothing."""

SHORT_PAUSE_MS = 100.0
"""A pause up to this is neither halved nor left out: too short for eyes, and for any check that is fair."""

_PAUSES = {"sleep": 1000.0, "sleep_ms": 1.0, "sleep_us": 0.001}
_HALF_DUTY = 32768
_MS_PER_S = 1000
_NUMBERED = ("Timer", "I2C")
_GREATEST_COLOUR = 255
_FEW = 10


class Change(msgspec.Struct, frozen=True):
    """`text` in place of the node's own; `rule` is the kind of change."""

    node: ast.expr | ast.stmt
    text: str
    rule: str


def changes_of(node: ast.AST, gpios: Iterable[int]) -> Iterator[Change]:
    """What can be changed about one node, not of what is inside it; `gpios` are those of the circuit."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _TURNED:
            yield Change(node, _with(node, ops=[_TURNED[type(op)]()]), "comparison")
        case ast.BoolOp(op=op):
            yield Change(node, _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And()), "and-or")
        case ast.UnaryOp(op=ast.Not()):
            yield Change(node, f"({ast.unparse(node.operand)})", "not")
        case ast.BinOp(op=op) if type(op) in _OTHER and not (_is_text(node.left) or _is_text(node.right)):
            yield Change(node, _with(node, op=_OTHER[type(op)]()), "arithmetic")
        case ast.AugAssign(op=op) if type(op) in _SIGNS and not _is_text(node.value):
            yield Change(node, f"{ast.unparse(node.target)} {_SIGNS[type(op)]} {ast.unparse(node.value)}", "sign")
        case ast.Call():
            yield from _of_call(node, list(gpios))
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) if isinstance(
            test, ast.Name | ast.Call | ast.BoolOp | ast.Attribute
        ):
            yield Change(test, f"not ({ast.unparse(test)})", "condition")
        case ast.Tuple(elts=elements) if _is_colour(elements):
            yield from _of_colour(elements)
        case ast.Break() | ast.Continue():
            yield Change(node, DROPPED, "break")


def number_changes(node: ast.Constant) -> Iterator[Change]:
    """Another number in place of one: 0 and 1 change places, few become one more, many are doubled and halved; True and False."""
    value = node.value
    if isinstance(value, bool):
        yield Change(node, _OPPOSITE[str(value)], "on-off")
    elif not isinstance(value, int | float):
        return
    elif value in (0, 1):
        yield Change(node, f"{1 - value:g}", "on-off")
    elif isinstance(value, int) and value < _FEW:
        yield Change(node, str(value + 1), "number")
    else:
        yield Change(node, repr(value * 2), "number")
        yield Change(node, repr(value // 2 if isinstance(value, int) else value / 2), "number")


def argument_changes(call: ast.Call, node: ast.Constant, gpios: list[int]) -> Iterator[Change]:
    """Another number in place of one that a call is given, where it matters what is called."""
    name = call_name(call)
    if name in _NUMBERED and node in call.args[:1]:
        return  # one timer, or bus, is as good as another
    if name[:1].isupper() and name != "NeoPixel" and node in call.args and type(node.value) is int and node.value in gpios:
        yield Change(node, _other_pin(node.value, gpios), "pin")  # a part's class, which is told its pins
        return
    if is_short_pause(call):
        yield from _longer_pause(call, node)
    elif (rhythm := _short_rhythm(call, node)) is not None:
        yield Change(node, rhythm, "number")
    elif name == "NeoPixel" and node in call.args[1:2] and type(node.value) is int:
        yield Change(node, str(node.value - 1), "number")  # a longer strip than there is looks the same
    elif _is_duty(call, node) and node.value in (0, _HALF_DUTY):
        yield Change(node, str(0 if node.value else _HALF_DUTY), "on-off")
    else:
        yield from number_changes(node)


def _longer_pause(call: ast.Call, node: ast.Constant) -> Iterator[Change]:
    """A short pause becomes ten times as long, if that can be seen."""
    if isinstance(node.value, int | float) and node.value * 10 * _PAUSES[call_name(call)] > SHORT_PAUSE_MS:
        yield Change(node, repr(round(node.value * 10, 6)), "number")


def _short_rhythm(call: ast.Call, node: ast.Constant) -> str | None:
    """What takes the place of a timer's period or frequency that is a short pause: ten times as slow."""
    keyword = next((keyword.arg for keyword in call.keywords if keyword.value is node), None)
    timer = any(other.arg == "callback" for other in call.keywords)
    if not timer or not isinstance(node.value, int | float):
        return None
    if keyword == "period" and node.value <= SHORT_PAUSE_MS < node.value * 10:
        return repr(node.value * 10)
    if keyword == "freq" and node.value * SHORT_PAUSE_MS >= _MS_PER_S:
        return repr(max(1, node.value // 10))
    return None


def _is_duty(call: ast.Call, node: ast.Constant) -> bool:
    return call_name(call) == "duty_u16" or any(keyword.arg == "duty_u16" and keyword.value is node for keyword in call.keywords)


def is_short_pause(node: ast.AST) -> bool:
    """Whether this is the call of a sleep that is too short to be seen."""
    if not isinstance(node, ast.Call) or len(node.args) != 1 or not isinstance(node.args[0], ast.Constant):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    value = node.args[0].value
    return name in _PAUSES and isinstance(value, int | float) and value * _PAUSES[name] <= SHORT_PAUSE_MS


def is_colour_part(node: ast.AST, parent: ast.AST | None) -> bool:
    """Whether a number is one of the three of a colour, which are changed together."""
    return isinstance(parent, ast.Tuple) and node in parent.elts and _is_colour(parent.elts)


def pin_argument(call: ast.AST) -> ast.Constant | None:
    """The number of the pin in `Pin(2, …)`."""
    if isinstance(call, ast.Call) and call_name(call) == "Pin" and call.args:
        first = call.args[0]
        if isinstance(first, ast.Constant) and type(first.value) is int:
            return first
    return None


def call_name(call: ast.Call) -> str:
    """The last part of what is called: "sleep" of time.sleep(1)."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _of_call(call: ast.Call, gpios: list[int]) -> Iterator[Change]:
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("on", "off"):
        func = copy.deepcopy(call.func)
        func.attr = _OPPOSITE[func.attr]
        yield Change(call, _with(call, func=func), "on-off")
    if (pin := pin_argument(call)) is not None:
        yield Change(pin, _other_pin(int(str(pin.value)), gpios), "pin")
    name = call_name(call)
    if len(call.args) > 1 and (name[:1].isupper() or name in _WITH_OPTIONS) and not any(isinstance(arg, ast.Starred) for arg in call.args):
        yield Change(call, _with(call, args=call.args[:-1]), "argument")
    for keyword in call.keywords:
        if keyword.arg and not _is_default(name, keyword):
            yield Change(call, _with(call, keywords=[other for other in call.keywords if other is not keyword]), "argument")


def _other_pin(pin: int, gpios: list[int]) -> str:
    """The next pin of the circuit; where there is only one, another that is free on most boards."""
    others = [gpio for gpio in gpios if gpio != pin] or [gpio for gpio in (4, 5) if gpio != pin]
    return str(next((gpio for gpio in others if gpio > pin), others[0]))


def _is_default(name: str, keyword: ast.keyword) -> bool:
    """A pin that has just become an output is low anyway, and a timer that is told nothing else begins again and again."""
    if name == "Pin" and keyword.arg == "value":
        return isinstance(keyword.value, ast.Constant) and not keyword.value.value
    return keyword.arg == "mode" and isinstance(keyword.value, ast.Attribute) and keyword.value.attr == "PERIODIC"


def _of_colour(elements: list[ast.expr]) -> Iterator[Change]:
    """One of the three goes out, or is lit as brightly as the brightest; half as bright would be the same colour."""
    values = [int(str(element.value)) for element in elements if isinstance(element, ast.Constant)]
    for element, value in zip(elements, values, strict=True):
        other = 0 if value else max(values) or _GREATEST_COLOUR
        yield Change(element, str(other), "colour")


def _is_colour(elements: list[ast.expr]) -> bool:
    return len(elements) == 3 and all(
        isinstance(element, ast.Constant) and type(element.value) is int and 0 <= element.value <= _GREATEST_COLOUR for element in elements
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.List) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))


def _with(node: ast.expr, **fields: object) -> str:
    """The node's text with some of its fields changed."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return ast.unparse(changed)
