"""The picture without its page: an SVG that moves nothing, for where no script may run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from bowiegraph import vocab
from bowiegraph.network.formats import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bowiegraph.network.kinds import Kind
    from bowiegraph.views.picture import Node, Picture

_WIDTH: Final = 1200.0
_HEIGHT: Final = 760.0
_MARGIN: Final = 60.0
#: things above which a picture of this size shows nothing any more
_MOST: Final = 1_000
_INK: Final = "#1b2130"
#: verdict → colour, width and dashes, as the page has them; of what no claim is behind last
_STROKES: Final = {
    "supported": ("#33425e", "2", None),
    "qualified": ("#0b6e66", "1.8", "12 4"),
    "unchecked": ("#7b8496", "1.1", None),
    "disputed": ("#a84a00", "1.8", "6 5"),
    "refuted": ("#c0182b", "1.8", "2 4"),
    None: ("#7b8496", "1.1", "1 3"),
}
#: links between claims, which no claim is behind, look like what they do to a verdict
_LINKS: Final = {
    vocab.CONTRADICTS.value: "disputed",
    vocab.QUALIFIES.value: "qualified",
    vocab.SUPPORTS.value: "supported",
}
#: pixels of a label: its letters' height and, on average, width
_FONT: Final = 12.0
_LETTER: Final = 6.4
_LONGEST: Final = 34
#: the corners of shapes around (0, 0), of radius 1; a dot has none
_CORNERS: Final = {
    "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "diamond": [(0.0, 1.1), (1.1, 0.0), (0.0, -1.1), (-1.1, 0.0)],
    "triangle": [(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
    "triangleDown": [(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)],
    "hexagon": [(math.cos(i * math.pi / 3), math.sin(i * math.pi / 3)) for i in range(6)],
    "star": [
        (r * math.sin(i * math.pi / 5), -r * math.cos(i * math.pi / 5)) for i, r in enumerate((1.15, 0.5) * 5)
    ],
}  # fmt: skip
_Box = tuple[float, float, float, float]


def svg(picture: Picture, *, title: str) -> str:
    """Draw a picture: each thing in its place and shape, each line as it stands, and the names for which there is room.

    Args:
        picture: what is drawn; of more than a thousand things, only how many there are is said.
        title: for those who cannot see it.
    """
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", role="img", viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}")
    ET.SubElement(root, "title").text = xml_text(title)
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#fff")
    style = {"font-family": "system-ui, sans-serif", "font-size": f"{_FONT:g}", "fill": _INK}
    if len(picture.nodes) > _MOST:
        said = f"{len(picture.nodes):,} things and {len(picture.lines):,} statements: more than a still picture shows"
        ET.SubElement(root, "text", style, x="40", y="60").text = said
        return ET.tostring(root, encoding="unicode")
    places, scale = _fitted(picture.nodes)
    for line in picture.lines:
        (x1, y1), (x2, y2) = places[line.start], places[line.end]
        verdict = line.standing.verdict or _LINKS.get(line.edge.relation)
        colour, width, dashes = _STROKES.get(verdict, _STROKES[None])
        drawn = ET.SubElement(root, "path", d=f"M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}", stroke=colour)
        drawn.set("stroke-width", width)
        if dashes:
            drawn.set("stroke-dasharray", dashes)
    for node, place in zip(picture.nodes, places, strict=True):
        root.append(_sign(node.thing.kind, place, max(node.size * scale, 4.0)))
    halo = {"stroke": "#fff", "stroke-width": "3", "paint-order": "stroke"}
    names = ET.SubElement(root, "g", style | halo | {"text-anchor": "middle"})
    for text, x, y in (*_names(picture.nodes, places, scale), *_years(picture, places, scale)):
        ET.SubElement(names, "text", x=f"{x:.1f}", y=f"{y:.1f}").text = xml_text(text)
    return ET.tostring(root, encoding="unicode")


def _fitted(nodes: Iterable[Node]) -> tuple[list[tuple[float, float]], float]:
    """Bring the places of things into the frame; give the scale as well."""
    xs, ys = zip(*((node.x, node.y) for node in nodes), strict=True)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    room, above = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    scale = min(room / wide if wide else 1.0, above / high if high else 1.0, 1.0)
    left, top = (_WIDTH - wide * scale) / 2, (_HEIGHT - high * scale) / 2
    return [(left + (x - min(xs)) * scale, top + (y - min(ys)) * scale) for x, y in zip(xs, ys, strict=True)], scale


def _sign(kind: Kind, place: tuple[float, float], size: float) -> ET.Element:
    x, y = place
    look = {"fill": "#fff", "stroke": kind.colour, "stroke-width": "2"} if kind.hollow else {"fill": kind.colour}
    corners = _CORNERS.get(kind.shape)
    if corners is None:
        return ET.Element("circle", look, cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{size:.1f}")
    points = " ".join(f"{x + dx * size:.1f},{y + dy * size:.1f}" for dx, dy in corners)
    return ET.Element("polygon", look, points=points)


def _names(
    nodes: tuple[Node, ...], places: list[tuple[float, float]], scale: float
) -> Iterator[tuple[str, float, float]]:
    """Choose the names that do not run into one another, those of large things first."""
    taken: list[_Box] = []
    for number in sorted(range(len(nodes)), key=lambda i: (-nodes[i].size, nodes[i].thing.label)):
        node, (x, y) = nodes[number], places[number]
        text = node.thing.label if len(node.thing.label) <= _LONGEST else node.thing.label[: _LONGEST - 1] + "…"
        below = y + max(node.size * scale, 4.0) + _FONT
        half = len(text) * _LETTER / 2
        middle = min(max(x, half), _WIDTH - half)
        box = (middle - half, below - _FONT, middle + half, below + 3)
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield text, middle, below


def _years(picture: Picture, places: list[tuple[float, float]], scale: float) -> Iterator[tuple[str, float, float]]:
    """Write the years at the foot, where time runs across the picture."""
    shift = places[0][0] - picture.nodes[0].x * scale
    for year, x in picture.axis:
        yield str(year), x * scale + shift, _HEIGHT - _FONT


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
