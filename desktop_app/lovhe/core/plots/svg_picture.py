"""A plot's picture as SVG: one file that every browser shows, without fonts or files of its own."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from lovhe.core.plots.picture import Line, Picture, Shape, Words, sign_outline
from lovhe.core.shown_text import harmless

_FONT = "Arial, Helvetica, 'DejaVu Sans', sans-serif"


def svg_picture(picture: Picture) -> bytes:
    """The whole file, UTF-8."""
    size = f'width="{picture.width}" height="{picture.height}" viewBox="0 0 {picture.width} {picture.height}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}" font-size="15" fill="#1b1b1b">',
        f"<title>{_text(picture.title)}</title>",
        f'<rect width="{picture.width}" height="{picture.height}" fill="#ffffff"/>',
        *(_drawn(shape) for shape in picture.shapes),
        "</svg>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", errors="replace")


def _drawn(shape: Line | Shape | Words) -> str:
    match shape:
        case Line(points, colour, width, dashes):
            dashed = f' stroke-dasharray="{" ".join(f"{dash:g}" for dash in dashes)}"' if dashes else ""
            joined = 'stroke-linejoin="round"'
            return (
                f'<polyline points="{_points(points)}" fill="none" stroke={quoteattr(colour)} stroke-width="{width:g}" {joined}{dashed}/>'
            )
        case Shape("circle" | "ring" as sign, (x, y), colour):
            fill = colour if sign == "circle" else "#ffffff"
            return f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
        case Shape(sign, at, colour):
            return "".join(_stroke(line, colour) for line in sign_outline(sign, at))
        case Words(text, (x, y), anchor, bold):
            weight = ' font-weight="bold"' if bold else ""
            return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight}>{_text(text)}</text>'


def _stroke(line: list[tuple[float, float]], colour: str) -> str:
    fill = colour if line[0] == line[-1] else "none"
    return f'<polyline points="{_points(line)}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _text(text: str) -> str:
    """XML has no place for some characters at all, however they are escaped."""
    allowed = "".join(letter if letter.isprintable() or letter in " \t" else "?" for letter in harmless(text))
    return escape(allowed.encode("utf-8", errors="replace").decode())
