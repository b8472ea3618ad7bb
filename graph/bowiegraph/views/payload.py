"""A picture as the data of its page: plain dictionaries and lists, numbers instead of names that come again."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.version import __version__
from bowiegraph.views.kinds import KINDS, OTHER
from bowiegraph.views.picture import LARGE

if TYPE_CHECKING:
    from bowiegraph.claims import Claim, Evidence, Source
    from bowiegraph.views.picture import Line, Node, Picture
    from bowiegraph.views.statements import Statement, Term
    from bowiegraph.views.things import Thing

#: nodes above which edges are hidden while the picture is dragged
_MANY: Final = 1_500


def nodes(picture: Picture) -> list[dict[str, Any]]:
    """Give the nodes as pyvis holds them, with what the page adds."""
    return [_node(i, node) for i, node in enumerate(picture.nodes)]


def edges(picture: Picture) -> list[dict[str, Any]]:
    """Give the edges as pyvis holds them, with what the page adds."""
    numbers = {claim.iri: i for i, claim in enumerate(picture.claims)}
    return [_edge(i, line, numbers) for i, line in enumerate(picture.lines)]


def rest(picture: Picture) -> dict[str, Any]:
    """Give all else: claims, names of relations, kinds, and what the page should know of itself."""
    numbers = {claim.iri: i for i, claim in enumerate(picture.claims)}
    sources = {claim.source.iri: claim.source for claim in picture.claims}
    for claim in picture.claims:
        for other in (*claim.supported_by, *claim.contradicted_by, *claim.qualified_by):
            sources.setdefault(other.source.iri, other.source)
    order = {iri: i for i, iri in enumerate(sources)}
    present = {node.thing.kind.name for node in picture.nodes}
    return {
        "version": __version__,
        "prefixes": vocab.PREFIXES,
        "relations": dict(picture.relations),
        "kinds": [
            _short({"name": k.name, "shape": k.shape, "colour": k.colour, "hollow": k.hollow})
            for k in (*KINDS, OTHER)
            if k.name in present
        ],
        "claims": [_claim(claim, order, numbers) for claim in picture.claims],
        "sources": [_source(source) for source in sources.values()],
        "details": [_details(node.thing, numbers) for node in picture.nodes],
        "axis": picture.axis,
        "large": len(picture.nodes) > LARGE,
        "many": len(picture.nodes) > _MANY,
    }


def _short(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], (), False)}


def _node(i: int, node: Node) -> dict[str, Any]:
    thing = node.thing
    return _short(
        {
            "label": thing.label,
            "key": vocab.compact(thing.iri),
            "iri": thing.iri,
            "kind": thing.kind.name,
            "types": list(thing.types),
            "also": list(thing.aliases),
            "span": node.span,
        }
    ) | {
        "id": i,
        "x": node.x,
        "y": node.y,
        "size": node.size,
        "shape": thing.kind.shape,
        "color": thing.kind.colour,
    }


def _edge(i: int, line: Line, numbers: dict[str, int]) -> dict[str, Any]:
    return _short(
        {
            "verdict": line.standing.verdict,
            "stance": line.standing.stance,
            "span": line.span or None,
            "via": line.via and {"iri": line.via.iri, "label": line.via.label} | _details(line.via, numbers),
        }
    ) | {
        "id": i,
        "from": line.start,
        "to": line.end,
        "label": line.label,
        "relation": line.edge.relation,
        "key": _key(line),
        "says": [_statement(statement, numbers) for statement in line.edge.statements],
    }


def _key(line: Line) -> str:
    """Name an edge, for links to it: the same in every build as long as it says the same."""
    says = "\n".join(f"{s.subject} {s.predicate} {s.object}" for s in line.edge.statements)
    return sha256(f"{line.edge.start} {line.edge.end}\n{says}".encode()).hexdigest()[:12]


def _statement(statement: Statement, numbers: dict[str, int]) -> list[Any]:
    """Subject, property, object, and the numbers of the claims."""
    behind = [numbers[iri] for iri in statement.claims if iri in numbers]
    return [statement.subject, statement.predicate, _term(statement.object), behind]


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        kind = "" if term.language or term.datatype.value == vocab.XSD + "string" else term.datatype.value
        return _short({"language": term.language, "datatype": kind}) | {"value": term.value}
    return {"iri": f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value}


def _details(thing: Thing, numbers: dict[str, int]) -> dict[str, Any]:
    return _short(
        {
            "classes": list(thing.classes),
            "comment": thing.comment,
            "sameAs": list(thing.same_as),
            "says": [_statement(statement, numbers) for statement in thing.statements],
        }
    )


def _source(source: Source) -> dict[str, Any]:
    return _short({"iri": source.iri, "label": source.label, "url": source.url})


def _claim(claim: Claim, sources: dict[str, int], numbers: dict[str, int]) -> dict[str, Any]:
    def evidence(found: tuple[Evidence, ...]) -> list[dict[str, Any]]:
        return [
            _short({"statement": e.statement, "speaker": e.speaker, "verdict": e.verdict})
            | {"source": sources[e.source.iri]}
            | ({"claim": numbers[e.iri]} if e.iri in numbers else {})
            for e in found
        ]

    sentences = [
        _short({"url": s.url, "quote": s.quote, "locator": s.locator}) | {"paragraph": s.paragraph, "number": s.number}
        for s in claim.sentences
    ]
    return _short(
        {
            "comment": claim.comment,
            "speaker": claim.speaker,
            "sentences": sentences,
            "rule": claim.rule,
            "premises": list(claim.premises),
            "for": evidence(claim.supported_by),
            "against": evidence(claim.contradicted_by),
            "narrowed": evidence(claim.qualified_by),
            "sought": list(claim.sought_in),
        }
    ) | {
        "iri": claim.iri,
        "statement": claim.statement,
        "stance": claim.stance,
        "verdict": claim.verdict,
        "source": sources[claim.source.iri],
    }
