"""Where things stand in the picture: worked out here from a seed, so that the same network gives the same picture.

Up to 500 nodes ForceAtlas2 (Jacomy et al., https://doi.org/10.1371/journal.pone.0098679, as networkx has it); above,
Fruchterman and Reingold's layout as igraph has it, which is a hundred times faster. Then the picture is spread over a
landscape, and nodes that overlap are moved apart.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bowiegraph.errors import MissingPackageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

Positions = list[tuple[float, float]]
#: years, each with its x
Axis = list[tuple[int, float]]

SEED: Final = 1977
#: above, igraph lays out
_SMALL: Final = 500
#: pixels between neighbours, as far as the picture goes at its natural size
_GAP: Final = 74.0
#: pixels of an edge of middle length
_LENGTH: Final = 92.0
#: width to height of the ground that a page has for the picture
_SCREEN: Final = 1.6
#: a picture is taken to be at most so many times as long as it is broad
_CHAIN: Final = 12.0
#: nodes of a part for whose proportions nothing need be done
_FEW: Final = 6
#: a label is wider than it is high
_STRETCH: Final = (1.35, 0.92)
_ROUNDS: Final = 60
#: pixels between a year and the next
_YEAR: Final = 105.0
_SETTLING: Final = 12
#: letters of a line of a label, lines, and pixels of each; and how much more room than that is made, as the picture is
#: seen smaller than it is laid out and labels are not
_LETTERS: Final = 21
_LINES: Final = 2
_LETTER: Final = 6.6
_LINE: Final = 15.0
_SPACIOUS: Final = 1.4
#: pixels between two nodes that are in one place
_SAME: Final = 1e-6


@dataclass(frozen=True)
class Shape:
    """What a node takes up."""

    #: radius, in pixels
    size: float
    label: str = ""

    @property
    def room(self) -> tuple[float, float]:
        """Width and height of its label below it, in pixels: enough, with what the page makes of it."""
        lines = min(len(self.label) / _LETTERS, _LINES)
        width = min(len(self.label), _LETTERS) * _LETTER
        return width * _SPACIOUS, math.ceil(lines) * _LINE * _SPACIOUS


def lay_out(shapes: Sequence[Shape], edges: Sequence[tuple[int, int]]) -> Positions:
    """Find a place for each node.

    Args:
        shapes: what each takes up.
        edges: pairs of their numbers.

    Returns:
        x and y of each, in pixels, around (0, 0).

    Raises:
        MissingPackageError: there are more than 500 nodes, and igraph is not installed.
    """
    import numpy as np  # noqa: PLC0415 — lazy: it costs 80 ms

    if len(shapes) == 1:
        return [(0.0, 0.0)]
    parts = _parts(len(shapes), edges)
    placed = [_part(part, edges, shapes) for part in parts]
    positions = np.zeros((len(shapes), 2))
    for part, place in zip(parts, _side_by_side(placed), strict=True):
        positions[part] = place
    return _rounded(positions - (positions.max(axis=0) + positions.min(axis=0)) / 2)


def lay_out_in_time(
    shapes: Sequence[Shape], edges: Sequence[tuple[int, int]], years: Sequence[int | None]
) -> tuple[Positions, Axis]:
    """Find a place for each node so that time runs from left to right.

    Years follow each other at a distance that grows with the logarithm of the time between them, for stories have
    long silences. What is not dated stands near what it is linked to.

    Args:
        shapes: what each node takes up.
        edges: pairs of their numbers.
        years: of each node, None if it is not dated.

    Returns:
        the places, and the axis: each year with its x.
    """
    import numpy as np  # noqa: PLC0415 — lazy

    axis = _axis(sorted({year for year in years if year is not None}))
    if not axis:
        return lay_out(shapes, edges), []
    at = dict(axis)
    points = np.array(lay_out(shapes, edges))
    dated = np.array([year is not None for year in years])
    middle = float(np.mean([x for _, x in axis]))
    points[:, 0] = [middle if year is None else at[year] for year in years]
    for _ in range(_SETTLING):  # things that are not dated, between those that are
        for node in np.flatnonzero(~dated):
            near = [points[a if b == node else b, 0] for a, b in edges if node in (a, b)]
            points[node, 0] = float(np.mean(near)) if near else middle
    spread = np.array([1.0, axis[-1][1] / max(float(np.ptp(points[:, 1])), 1.0) / _SCREEN / 1.15])
    points = _apart(points * spread, shapes, edges, held=dated)
    shift = (points[:, 1].max() + points[:, 1].min()) / 2
    return _rounded(points - [0.0, shift]), axis


def _axis(years: list[int]) -> Axis:
    axis: Axis = []
    x = 0.0
    for before, year in zip([None, *years], years, strict=False):
        x += 0.0 if before is None else _YEAR * (1 + 0.45 * math.log(year - before))
        axis.append((year, round(x, 1)))
    return axis


def _rounded(points: NDArray[np.float64]) -> Positions:
    return [(round(float(x), 1), round(float(y), 1)) for x, y in points]


def _parts(nodes: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """List the parts that hang together, largest first."""
    import networkx as nx  # noqa: PLC0415 — lazy

    whole: nx.Graph[int] = nx.Graph()
    whole.add_nodes_from(range(nodes))
    whole.add_edges_from(edges)
    return sorted((sorted(part) for part in nx.connected_components(whole)), key=lambda part: (-len(part), part[0]))


def _part(part: list[int], edges: Sequence[tuple[int, int]], shapes: Sequence[Shape]) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415 — lazy

    place = {node: i for i, node in enumerate(part)}
    inner = [(place[a], place[b]) for a, b in edges if a in place]
    if len(part) == 1:
        return np.zeros((1, 2))
    rough = _forces(len(part), inner) if len(part) <= _SMALL else _fast(len(part), inner)
    rough = _turned(rough)
    spread = _scaled(_pulled_in(rough), inner)
    inside = [shapes[node] for node in part]
    return _clear(_apart(spread, inside, inner), inside)


def _forces(nodes: int, edges: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    import networkx as nx  # noqa: PLC0415 — lazy
    import numpy as np  # noqa: PLC0415 — lazy

    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(nodes))
    network.add_edges_from(edges)
    found = nx.forceatlas2_layout(network, max_iter=800, scaling_ratio=8.0, gravity=3.0, seed=SEED)
    return np.array([found[node] for node in range(nodes)])


def _fast(nodes: int, edges: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415 — lazy

    try:
        import igraph  # noqa: PLC0415 — optional
    except ImportError as error:
        raise MissingPackageError("igraph", "large") from error
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 — a picture, not a secret
    try:
        layout: Any = igraph.Graph(nodes, edges=list(edges)).layout_fruchterman_reingold()
    finally:
        igraph.set_random_number_generator(random)
    return np.array(layout.coords)


def _turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay the longest side of the picture across the screen."""
    import numpy as np  # noqa: PLC0415 — lazy

    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes * np.sign(axes.sum(axis=1, keepdims=True) + 1e-12)
    return np.asarray(centred @ axes.T)


def _pulled_in(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw what lies far out nearer, so that a few leaves do not make all else small."""
    import numpy as np  # noqa: PLC0415 — lazy

    distance = np.linalg.norm(points, axis=1)
    usual = np.quantile(distance, 0.6) or 1.0
    factor = np.where(distance > usual, (usual + (distance - usual) * 0.55) / np.maximum(distance, 1e-9), 1.0)
    return points * factor[:, None]


def _scaled(points: NDArray[np.float64], edges: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Give the picture as much ground as its nodes need, and its edges a length at which they can be read."""
    import numpy as np  # noqa: PLC0415 — lazy

    lengths = [float(np.linalg.norm(points[a] - points[b])) for a, b in edges if a != b]
    by_length = _LENGTH / max(float(np.median(lengths)) if lengths else _LENGTH, 1e-9)
    width, height = np.ptp(points, axis=0)
    # A chain may lie in a line, which takes up no ground at all.
    width, height = max(width, height / _CHAIN, 1e-9), max(height, width / _CHAIN, 1e-9)
    by_ground = float(np.sqrt(len(points) * _GAP * _GAP / (width * height))) if len(points) > _FEW else 0.0
    wide = (width / height) / _SCREEN
    # Half-way between the proportions that it has and those of a screen.
    turn = float(np.clip(wide, 0.25, 4.0)) ** -0.25 if len(points) > _FEW else 1.0
    return np.asarray(points * max(by_length, by_ground) * np.array([turn, 1 / turn]))


def _apart(
    points: NDArray[np.float64],
    shapes: Sequence[Shape],
    edges: Sequence[tuple[int, int]],
    *,
    held: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Move nodes that come too near to each other apart, a little at a time; those held move up and down only."""
    import numpy as np  # noqa: PLC0415 — lazy

    if len(points) > 4 * _SMALL:
        return points
    points = points.copy()
    wanted = _distances(np.array([shape.size for shape in shapes]), edges)
    stretch = np.array(_STRETCH)
    rounds = max(_ROUNDS * min(1, _SMALL**2 // len(points) ** 2), _ROUNDS // 8)  # each costs the square of the nodes
    for _ in range(rounds):
        between = (points[:, None, :] - points[None, :, :]) / stretch
        distance = np.linalg.norm(between, axis=2)
        np.fill_diagonal(distance, np.inf)
        upper = np.triu(distance < _SAME)
        between[upper], between[upper.T] = (0.7, 0.7), (-0.7, -0.7)
        push = np.clip(wanted - distance, 0, None) / np.maximum(distance, 1.0)
        np.fill_diagonal(push, 0.0)
        if not push.any():
            break
        moved = (between * push[:, :, None]).sum(axis=1) * 0.25 * stretch
        if held is not None:
            moved[held, 0] = 0.0
        points += moved
    return points


def _distances(sizes: NDArray[np.float64], edges: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Say how far apart each two nodes should be at least: farther where several edges need to be told apart."""
    import numpy as np  # noqa: PLC0415 — lazy

    wanted = sizes[:, None] + sizes[None, :] + 26.0
    often = Counter((min(edge), max(edge)) for edge in edges)
    for (a, b), count in often.items():
        wanted[a, b] = wanted[b, a] = wanted[a, b] + 14.0 + 24.0 * min(count - 1, 6)
    return np.asarray(wanted)


def _clear(points: NDArray[np.float64], shapes: Sequence[Shape]) -> NDArray[np.float64]:
    """Make room for the labels: move boxes of a node and its label that overlap, along the shorter way out."""
    import numpy as np  # noqa: PLC0415 — lazy

    if len(points) > _SMALL // 2:
        return points
    sizes = np.array([shape.size for shape in shapes])
    room = np.array([shape.room for shape in shapes])
    half = np.stack([np.maximum(room[:, 0] / 2, sizes), (2 * sizes + room[:, 1]) / 2], axis=1) + 2.0
    below = np.stack([np.zeros(len(points)), room[:, 1] / 2], axis=1)
    points = points.copy()
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
    for _ in range(2 * _ROUNDS):
        between = (points + below)[:, None, :] - (points + below)[None, :, :]
        overlap = half[:, None, :] + half[None, :, :] - np.abs(between)
        both = (overlap > 0).all(axis=2) & (order != 0)
        if not both.any():
            break
        way = np.where(between == 0, order[:, :, None], np.sign(between))
        shorter = np.stack([overlap[..., 0] < overlap[..., 1], overlap[..., 0] >= overlap[..., 1]], axis=2)
        points += (way * overlap * shorter * both[:, :, None]).sum(axis=1) * 0.25
    return points


def _side_by_side(parts: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Set the smaller parts in rows below the largest, or in columns beside it if that fits a screen better."""
    if len(parts) < 2:  # noqa: PLR2004 — nothing to set beside it
        return parts
    below = _in_rows(parts)
    beside = [part[:, ::-1] for part in _in_rows([part[:, ::-1] for part in parts])]
    return min(below, beside, key=_misfit)


def _misfit(parts: list[NDArray[np.float64]]) -> float:
    import numpy as np  # noqa: PLC0415 — lazy

    width, height = np.maximum(np.ptp(np.vstack(parts), axis=0), 1.0)
    return abs(float(np.log(width / height / _SCREEN)))


def _in_rows(parts: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    import numpy as np  # noqa: PLC0415 — lazy

    first = parts[0] - parts[0].min(axis=0)
    right = max(float(first[:, 0].max()), 9 * _GAP)
    placed, x, y, row = [first], 0.0, float(first[:, 1].max()) + 1.4 * _GAP, 0.0
    for part in parts[1:]:
        width, height = np.ptp(part, axis=0) + 1.8 * _GAP
        if x > 0 and x + width > right:
            x, y, row = 0.0, y + row, 0.0
        placed.append(part - part.min(axis=0) + np.array([x + 0.4 * _GAP, y]))
        x, row = x + width, max(row, height)
    return placed
