"""A picture: the things and edges of a view, how each stands, and where it is drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

from bowiegraph import claims as claims_
from bowiegraph.errors import ViewError
from bowiegraph.network import told
from bowiegraph.network.folding import Edge, edges, rules
from bowiegraph.network.standing import Standing, standing
from bowiegraph.network.statements import Statement, select
from bowiegraph.network.things import Span, Thing, Things, span, told_apart
from bowiegraph.views.layout import Axis, Shape, lay_out, lay_out_in_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox

    from bowiegraph.catalogue import Layout
    from bowiegraph.claims import Claim

#: nodes above which a page shows the surroundings of one thing at a time, and needs no layout of the whole
LARGE: Final = 5_000
#: nodes that a page can hold
MOST: Final = 50_000


@dataclass(frozen=True)
class Node:
    """A thing in its place."""

    thing: Thing
    x: float
    y: float
    #: radius in pixels
    size: float
    span: Span | None


@dataclass(frozen=True)
class Line:
    """An edge between two nodes, which are given by their numbers."""

    edge: Edge
    start: int
    end: int
    label: str
    standing: Standing
    span: Span | None
    #: what was folded into it
    via: Thing | None


@dataclass(frozen=True)
class Picture:
    """All that a page shows."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    #: those behind the nodes and lines, and those that speak for or against them
    claims: tuple[Claim, ...]
    #: IRI of a property or a class → its name
    relations: Mapping[str, str]
    #: years, each with its x, where time runs across the picture
    axis: Axis


def draw(  # noqa: PLR0913 — what a view may be told
    store: ox.Store,
    sparql: str,
    *,
    fold: bool = True,
    layout: Layout = "force",
    around: str | None = None,
    hops: int = 1,
) -> Picture:
    """Draw what a query selects.

    Args:
        store: the data set.
        sparql: see ``statements.select``.
        fold: draw what takes several statements to say as one edge, where the ontology says how.
        layout: what decides where things stand: their links, or their years.
        around: the IRI of a thing; only what is near it is drawn.
        hops: how near.

    Raises:
        ViewError: the query gives nothing to draw, or too much.
        MissingPackageError: the picture is large, and igraph is not installed.
        QueryError: the query is no SPARQL, or is refused.
    """
    selected = select(store, sparql)
    if not selected:
        raise ViewError("the query selects nothing", "there is no statement to draw; try it with bowiegraph query")
    things = Things(store)
    drawn = _edges(store, things, selected, fold=fold)
    if not drawn:
        raise ViewError("the query gives no edges", "it selects only text, numbers or dates as objects; select links")
    if around is not None:
        drawn = _near(drawn, around, hops, things)
    return _picture(store, things, drawn, layout)


def _edges(store: ox.Store, things: Things, selected: list[Statement], *, fold: bool) -> list[Edge]:
    subjects = {s.subject for s in selected}
    types = {iri: things.classes(iri) for iri in subjects} if fold else {}
    labels = {s.target: things.label(s.target) for s in selected if s.links}
    return edges(selected, types, labels, rules(store) if fold else {})


def _near(drawn: list[Edge], around: str, hops: int, things: Things) -> list[Edge]:
    """Keep the edges among the things that are at most so many steps away."""
    reached = {around}
    if not any(around in (edge.start, edge.end) for edge in drawn):
        raise ViewError(
            f"{things.label(around)} is not among what is selected",
            "leave out the name of the view and the query, and everything around it is shown",
        )
    for _ in range(hops):
        reached |= {end for e in drawn if e.start in reached or e.end in reached for end in (e.start, e.end)}
    return [edge for edge in drawn if edge.start in reached and edge.end in reached]


def _picture(store: ox.Store, things: Things, drawn: list[Edge], layout: Layout) -> Picture:
    iris = sorted({end for edge in drawn for end in (edge.start, edge.end)})
    if len(iris) > MOST:
        raise ViewError(
            f"the query selects {len(iris):,} things, and a page can hold {MOST:,}",
            "narrow it, with LIMIT or --around",
        )
    described = told_apart(things.describe(iri) for iri in iris)
    number = {iri: i for i, iri in enumerate(iris)}
    known = {claim.iri: claim for claim in claims_.claims(store)}
    refused = told.refused(store)
    accepted = {iri: f"<{iri}>" not in refused for iri in known}
    lines = tuple(_line(edge, number, known, things, accepted) for edge in drawn)
    spans = [span(thing.statements, accepted) for thing in described]
    shapes, places, axis = _places(described, lines, spans, layout)
    return Picture(
        tuple(
            Node(thing, x, y, shape.size, when)
            for thing, (x, y), shape, when in zip(described, places, shapes, spans, strict=True)
        ),
        lines,
        tuple(_needed(described, lines, known)),
        {iri: things.label(iri) for iri in _relations(described, lines)}
        | {e.relation: e.relation_label for e in drawn if e.relation_label},
        axis,
    )


def _line(
    edge: Edge,
    number: Mapping[str, int],
    known: Mapping[str, Claim],
    things: Things,
    accepted: Mapping[str, bool],
) -> Line:
    via = None if edge.via is None else things.describe(edge.via)
    return Line(
        edge,
        number[edge.start],
        number[edge.end],
        edge.label or things.label(edge.relation),
        standing(edge.statements, known),
        span(via.statements, accepted) if via else None,
        via,
    )


def _places(
    things: list[Thing], lines: Iterable[Line], spans: list[Span | None], layout: Layout
) -> tuple[list[Shape], list[tuple[float, float]], Axis]:
    """Find the size and the place of each node."""
    ends = [(line.start, line.end) for line in lines]
    degree = Counter(end for both in ends for end in both)
    shapes = [Shape(_size(degree[i]), thing.label) for i, thing in enumerate(things)]
    if len(things) > LARGE:
        return shapes, [(0.0, 0.0)] * len(things), []
    if layout == "time":
        return shapes, *lay_out_in_time(shapes, ends, [when and when[0] for when in spans])
    return shapes, lay_out(shapes, ends), []


def _size(degree: int) -> float:
    """Make the area, not the radius, grow with the number of edges."""
    return round(min(6.5 + 3.2 * sqrt(degree), 34), 1)


def _needed(things: Iterable[Thing], lines: Iterable[Line], known: Mapping[str, Claim]) -> list[Claim]:
    """List the claims behind what is drawn, and those that speak for or against them, in the order of their IRIs."""
    told = [s for thing in things for s in thing.statements] + [
        s for line in lines for s in (*line.edge.statements, *(line.via.statements if line.via else ()))
    ]
    direct = {iri for statement in told for iri in statement.claims} | {thing.iri for thing in things}
    return [known[iri] for iri in sorted(direct & set(known))]


def _relations(things: Iterable[Thing], lines: Iterable[Line]) -> list[str]:
    lines = list(lines)
    said = [s for line in lines for s in (*line.edge.statements, *(line.via.statements if line.via else ()))]
    said += [s for thing in things for s in thing.statements]
    return sorted({line.edge.relation for line in lines} | {statement.predicate for statement in said})
