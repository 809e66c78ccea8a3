"""A plot's picture as PNG, drawn by Pillow from the same shapes as the SVG."""

from __future__ import annotations

import io
import itertools
import logging
import math
from typing import TYPE_CHECKING

from lovhe.adapters.label_fonts import find_font
from lovhe.core.plots.picture import Line, Picture, Point, Shape, Words, sign_outline

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

log = logging.getLogger(__name__)

_SCALE = 2
"""Drawn so many times larger, and made smaller at the end: the edges are smooth then."""
_LETTER = 15
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png_picture(picture: Picture) -> bytes:
    """The whole file. Takes some tenths of a second."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (picture.width * _SCALE, picture.height * _SCALE), "#ffffff")
    draw = ImageDraw.Draw(image)
    font = _font("".join(shape.text for shape in picture.shapes if isinstance(shape, Words)))
    for shape in picture.shapes:
        match shape:
            case Line(points, colour, width, dashes):
                for piece in dashed(points, dashes):
                    draw.line([_large(point) for point in piece], fill=colour, width=round(width * _SCALE), joint="curve")
            case Shape():
                _draw_sign(draw, shape)
            case Words(text, at, anchor):
                _write(draw, text, _large(at), _ANCHORS[anchor], font)
    data = io.BytesIO()
    image.resize((picture.width, picture.height), Image.Resampling.LANCZOS).save(data, "PNG")
    return data.getvalue()


def dashed(points: list[Point], dashes: tuple[float, ...]) -> list[list[Point]]:
    """The pieces of a line that are drawn: whole without dashes, else `dashes` says in turn how long it is there and not there."""
    if not dashes:
        return [points] if len(points) > 1 else []
    pieces: list[list[Point]] = []
    turn, left, there = 0, dashes[0], True
    piece = points[:1]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length, done = math.hypot(x1 - x0, y1 - y0), 0.0
        while length - done > left:
            done += left
            at = x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length
            if there:
                pieces.append([*piece, at])
            turn, there, piece = (turn + 1) % len(dashes), not there, [at]
            left = dashes[turn]
        left -= length - done
        piece.append((x1, y1))
    return [*pieces, piece] if there and len(piece) > 1 else pieces


def _draw_sign(draw: ImageDraw, shape: Shape) -> None:
    x, y = _large(shape.at)
    if shape.sign in ("circle", "ring"):
        size = 5 * _SCALE
        fill = shape.colour if shape.sign == "circle" else "#ffffff"
        draw.ellipse((x - size, y - size, x + size, y + size), fill=fill, outline=shape.colour, width=2 * _SCALE)
        return
    for line in sign_outline(shape.sign, shape.at):
        points = [_large(point) for point in line]
        if line[0] == line[-1]:
            draw.polygon(points, fill=shape.colour)
        draw.line(points, fill=shape.colour, width=2 * _SCALE)


def _write(draw: ImageDraw, text: str, at: Point, anchor: str, font: FreeTypeFont | ImageFont) -> None:
    """A font without some of the letters must not cost the picture."""
    try:
        draw.text(at, text, fill="#1b1b1b", font=font, anchor=anchor)
    except (UnicodeEncodeError, ValueError) as problem:
        log.info("%r cannot be drawn: %s", text, problem)
        draw.text(at, text.encode("ascii", errors="replace").decode(), fill="#1b1b1b", font=font)


def _font(text: str) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont

    for letters in ("".join(sorted(set(text))), "Əəğış", "Жя"):
        try:
            if path := find_font(letters):
                return ImageFont.truetype(str(path), _LETTER * _SCALE)
        except OSError as problem:
            log.info("no font from %s: %s", letters, problem)
    return ImageFont.load_default(_LETTER * _SCALE)


def _large(point: Point) -> Point:
    return point[0] * _SCALE, point[1] * _SCALE
