"""A picture as the data of its page: plain dictionaries and lists, numbers instead of names that come again."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.network.kinds import KINDS, OTHER
from bowiegraph.network.statements import name
from bowiegraph.version import __version__
from bowiegraph.views.picture import LARGE

if TYPE_CHECKING:
    from bowiegraph.claims import Claim, Evidence, Sentence, Source
    from bowiegraph.network.statements import Statement, Term
    from bowiegraph.network.things import Thing
    from bowiegraph.views.picture import Line, Node, Picture

#: nodes above which edges are hidden while the picture is dragged
_MANY: Final = 1_500
_SPACES: Final = {space: prefix for prefix, space in vocab.PREFIXES.items()}
_STRING: Final = ox.NamedNode(vocab.XSD + "string")


class Payload:
    """A picture as data. IRIs, sentences and claims are listed once each, and known by their numbers elsewhere."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._terms: dict[str, int] = {}
        self._sentences: dict[Sentence, int] = {}
        self._sources: dict[Source, int] = {}
        self._claims = {claim.iri: i for i, claim in enumerate(picture.claims)}
        #: as pyvis holds them, with what the page adds
        self.nodes: list[dict[str, Any]] = [self._node(i, node) for i, node in enumerate(picture.nodes)]
        #: the same
        self.edges: list[dict[str, Any]] = [self._edge(i, line) for i, line in enumerate(picture.lines)]
        #: all else
        self.rest: dict[str, Any] = self._rest()

    def _rest(self) -> dict[str, Any]:
        picture = self._picture
        present = {node.thing.kind.name for node in picture.nodes}
        kinds = [kind for kind in (*KINDS, OTHER) if kind.name in present]
        listed = {
            "relations": {_shortened(iri): label for iri, label in picture.relations.items()},
            "claims": [self._claim(claim) for claim in picture.claims],
            "details": [self._details(node.thing) for node in picture.nodes],
        }
        return listed | {
            "version": __version__,
            "prefixes": vocab.PREFIXES,
            "kinds": [
                _short({"name": k.name, "shape": k.shape, "colour": k.colour, "hollow": k.hollow}) for k in kinds
            ],
            "terms": [_shortened(iri) for iri in self._terms],
            "sources": [_source(source) for source in self._sources],
            "sentences": [self._sentence(sentence) for sentence in self._sentences],
            "axis": picture.axis,
            "large": len(picture.nodes) > LARGE,
            "many": len(picture.nodes) > _MANY,
        }

    def _term(self, iri: str) -> int:
        return self._terms.setdefault(iri, len(self._terms))

    def _source(self, source: Source) -> int:
        return self._sources.setdefault(source, len(self._sources))

    def _node(self, i: int, node: Node) -> dict[str, Any]:
        thing = node.thing
        fields = {
            "label": thing.label,
            "key": _shortened(thing.iri),
            "kind": thing.kind.name,
            "types": list(thing.types),
            "also": list(thing.aliases),
            "span": node.span,
        }
        look = {"size": node.size, "shape": thing.kind.shape, "color": thing.kind.colour}
        return _short(fields) | {"id": i, "x": node.x, "y": node.y} | look

    def _edge(self, i: int, line: Line) -> dict[str, Any]:
        via = line.via and {"key": _shortened(line.via.iri), "label": line.via.label} | self._details(line.via)
        fields = {"verdict": line.standing.verdict, "stance": line.standing.stance, "span": line.span, "via": via}
        return _short(fields) | {
            "id": i,
            "from": line.start,
            "to": line.end,
            "label": line.label,
            "relation": _shortened(line.edge.relation),
            "key": _key(line),
            "says": [self._statement(statement) for statement in line.edge.statements],
        }

    def _statement(self, statement: Statement) -> list[Any]:
        """Give subject, property, object and claims: a number stands for an IRI or a claim, a list for a literal."""
        behind = [self._claims[iri] for iri in statement.claims if iri in self._claims]
        return [self._term(statement.subject), self._term(statement.predicate), self._object(statement.object), behind]

    def _object(self, term: Term) -> int | list[str]:
        if not isinstance(term, ox.Literal):
            return self._term(name(term))
        if term.language:
            return [term.value, f"@{term.language}"]
        return [term.value] if term.datatype == _STRING else [term.value, _shortened(term.datatype.value)]

    def _details(self, thing: Thing) -> dict[str, Any]:
        return _short(
            {
                "classes": [self._term(class_) for class_ in thing.classes],
                "comment": thing.comment,
                "sameAs": list(thing.same_as),
                "says": [self._statement(statement) for statement in thing.statements],
            }
        )

    def _claim(self, claim: Claim) -> dict[str, Any]:
        fields = {
            "comment": claim.comment,
            "speaker": claim.speaker,
            "sentences": [self._sentences.setdefault(s, len(self._sentences)) for s in claim.sentences],
            "rule": claim.rule,
            "premises": list(claim.premises),
            "for": [self._evidence(e) for e in claim.supported_by],
            "against": [self._evidence(e) for e in claim.contradicted_by],
            "narrowed": [self._evidence(e) for e in claim.qualified_by],
            "sought": list(claim.sought_in),
        }
        told = {"key": _shortened(claim.iri), "statement": claim.statement, "source": self._source(claim.source)}
        return _short(fields) | told | {"stance": claim.stance, "verdict": claim.verdict}

    def _evidence(self, evidence: Evidence) -> int | dict[str, Any]:
        """Give the number of a claim of the page, or else what is to be told of it."""
        if evidence.iri in self._claims:
            return self._claims[evidence.iri]
        told = {"statement": evidence.statement, "speaker": evidence.speaker, "verdict": evidence.verdict}
        return _short(told) | {"source": self._source(evidence.source)}

    def _sentence(self, sentence: Sentence) -> dict[str, Any]:
        """Tell of a sentence; of its address only what its source's does not say."""
        place = {"paragraph": sentence.paragraph, "number": sentence.number}
        if not sentence.url:
            return place | _short({"quote": sentence.quote})
        base = next(
            (i for source, i in self._sources.items() if source.url and sentence.url.startswith(source.url)), None
        )
        if base is None:
            return place | _short({"quote": sentence.quote, "url": sentence.url})
        shared = len(list(self._sources)[base].url or "")
        return place | _short({"quote": sentence.quote}) | {"source": base, "url": sentence.url[shared:]}


def _shortened(iri: str) -> str:
    """Write an IRI with one of our prefixes, which the page undoes; not for people, who may want it escaped."""
    found = max((space for space in _SPACES if iri.startswith(space)), key=len, default=None)
    if found is not None:
        return f"{_SPACES[found]}:{iri[len(found) :]}"
    return f"<{iri}>" if iri.partition(":")[0] in vocab.PREFIXES else iri


def _short(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], (), False)}


def _key(line: Line) -> str:
    """Name an edge, for links to it: the same in every build as long as it says the same."""
    says = "\n".join(f"{s.subject} {s.predicate} {s.object}" for s in line.edge.statements)
    return sha256(f"{line.edge.start} {line.edge.end}\n{says}".encode()).hexdigest()[:12]


def _source(source: Source) -> dict[str, Any]:
    return _short({"label": source.label, "url": source.url})
