"""Entities: what is known of each, and finding one by the name that somebody typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import AmbiguousNameError, UnknownNameError
from bowiegraph.inline import html_table, html_text
from bowiegraph.labels import in_english, texts_of
from bowiegraph.nearest import nearest
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: signs that people leave out or type otherwise: a title's quotation marks, apostrophes, punctuation
_IGNORED: Final = {"P", "S"}
_LIST: Final = """
SELECT ?entity (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?entity rdfs:label ?name . FILTER(STRSTARTS(STR(?entity), STR(:)))
  OPTIONAL { GRAPH ?claim { { ?entity ?p ?o } UNION { ?s ?q ?entity } } }
}
GROUP BY ?entity
"""
_CLASSES: Final = """
SELECT ?kind ?top ?label WHERE { ?kind rdfs:subClassOf* ?top ; a owl:Class . ?top rdfs:label ?label }
"""


@dataclass(frozen=True)
class Summary:
    """An entity in a list."""

    iri: str
    label: str
    #: the names of its types, by what holds and by what any claim says
    types: tuple[str, ...]
    comment: str | None
    #: in how many claims it stands
    claims: int

    COLUMNS: ClassVar[tuple[str, ...]] = ("name", "types", "claims", "entity")

    def cells(self) -> tuple[object, ...]:
        """Tell it in one row, as ``COLUMNS`` has it."""
        return self.label, ", ".join(self.types), self.claims, self.iri


@dataclass(frozen=True)
class Entity:
    """What is known of an entity."""

    iri: str
    label: str
    types: tuple[str, ...]
    #: other names
    also: tuple[str, ...]
    comment: str | None
    #: addresses of records elsewhere
    same_as: tuple[str, ...]
    #: what holds of it: subject, property and object, in words
    statements: tuple[tuple[str, str, str], ...]

    #: what its statements consist of
    PARTS: ClassVar[tuple[str, ...]] = ("subject", "property", "object")

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        about = [", ".join(self.types), f"also: {', '.join(self.also)}" if self.also else "", self.comment or ""]
        lines = "<br>".join([*(escape(line) for line in about if line), *map(html_text, self.same_as)])
        table = html_table(self.PARTS, self.statements, len(self.statements), rest="")
        return f"<p><strong>{escape(self.label)}</strong><br>{lines}</p>{table}"


def entities(store: ox.Store, *, type: str | None = None) -> list[Summary]:  # noqa: A002 — what users call it
    """List the entities, by name.

    Args:
        store: the data set.
        type: a class, by its name, such as "person", the end of its IRI or its IRI; classes below it count as well.

    Raises:
        UnknownNameError: no class is called so.
    """
    types, labels, comments = _types(store), texts_of(store, vocab.LABEL), texts_of(store, vocab.COMMENT)
    below = None if type is None else _classes_below(store, type)
    found = [
        Summary(iri, labels[iri], _in_words(types.get(iri, set()), labels), comments.get(iri), int(claims))
        for iri, claims in run_query(store, _LIST).rows
        if below is None or below & types.get(iri, set())
    ]
    return sorted(found, key=lambda summary: (summary.label, summary.iri))


def _types(store: ox.Store) -> dict[str, set[str]]:
    """Give the types of everything, by what holds and by what any claim says: some things only opinions speak of."""
    types: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, vocab.TYPE, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            types.setdefault(quad.subject.value, set()).add(quad.object.value)
    return types


def _in_words(types: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({labels[iri] for iri in types if iri in labels}))


def _classes_below(store: ox.Store, name: str) -> set[str]:
    """Find a class, and all below it as far as the ontology says.

    An IRI or a prefixed name counts as such; then labels; then the end of an IRI.
    """
    rows = run_query(store, _CLASSES).rows
    iri = vocab.expand(name) or name.strip().removeprefix("<").removesuffix(">")
    ways: tuple[Callable[[Any], bool], ...] = (
        lambda row: bool(row.top == iri),
        lambda row: fold(row.label) == fold(name),
        lambda row: re.split("[/#]", row.top)[-1].casefold() == name.strip().casefold(),
    )
    for fits in ways:
        below = {row.kind for row in rows if fits(row)}
        if below:
            return below
    known = {row.label for row in rows} | {vocab.compact(row.top) for row in rows}
    raise UnknownNameError("type", name, nearest(name, known))


def entity(store: ox.Store, name: str) -> Entity:
    """Tell what is known of one entity.

    Args:
        store: the data set.
        name: a label, another name, the end of an IRI, or an IRI.

    Raises:
        UnknownNameError, AmbiguousNameError: the name leads to nothing, or to several things.
    """
    iri = resolve(store, name)
    node = ox.NamedNode(iri)
    described = list(store.quads_for_pattern(node, None, None, ox.DefaultGraph()))
    labels = texts_of(store, vocab.LABEL)

    def values(predicate: ox.NamedNode) -> list[str]:
        return sorted(
            q.object.value for q in described if q.predicate == predicate and not isinstance(q.object, ox.Triple)
        )

    types = tuple(sorted(labels.get(value, value) for value in _types_of(store, node)))
    comments = [q.object for q in described if q.predicate == vocab.COMMENT and isinstance(q.object, ox.Literal)]
    return Entity(
        iri,
        labels.get(iri, iri),
        types,
        tuple(values(vocab.ALT_LABEL)),
        in_english(comments),
        tuple(values(vocab.SAME_AS)),
        _statements(store, node, labels),
    )


def _types_of(store: ox.Store, node: ox.NamedNode) -> set[str]:
    return {str(getattr(quad.object, "value", "")) for quad in store.quads_for_pattern(node, vocab.TYPE, None)}


_DESCRIBING: Final = {vocab.LABEL, vocab.COMMENT, vocab.ALT_LABEL, vocab.SAME_AS, vocab.TYPE}


def _statements(store: ox.Store, node: ox.NamedNode, labels: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """List what holds of an entity, as subject and as object, in words."""
    default = ox.DefaultGraph()
    both = [*store.quads_for_pattern(node, None, None, default), *store.quads_for_pattern(None, None, node, default)]
    wanted = [q for q in both if q.predicate not in _DESCRIBING and q.predicate != vocab.ATTRIBUTED_TO]
    terms = ((str(getattr(t, "value", t)) for t in (q.subject, q.predicate, q.object)) for q in wanted)
    worded = (tuple(labels.get(term, term) for term in triple) for triple in terms)
    return tuple(sorted((s, p, o) for s, p, o in worded))


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """Reduce a name to what people may be trusted to type: no case, accents, punctuation or double spaces."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = (c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c)[0] not in _IGNORED)
    return " ".join("".join(kept).split()) or name.casefold()


def resolve(store: ox.Store, name: str) -> str:
    """Find the IRI of the entity that somebody means.

    An IRI, a prefixed name or the end of an IRI counts as such; then labels; then other names.

    Raises:
        UnknownNameError: nothing bears that name; with what comes near.
        AmbiguousNameError: several things do; each is named with what tells it apart.
    """
    slug = name.strip().removeprefix("<").removesuffix(">").removeprefix(":").removeprefix(vocab.ENTITY)
    if _is_named(store, vocab.ENTITY + slug):
        return vocab.ENTITY + slug
    labels, others = list(_named(store, vocab.LABEL)), list(_named(store, vocab.ALT_LABEL))
    for pairs in (labels, others):
        found = sorted({iri for iri, label in pairs if fold(label) == fold(name)})
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError(name, [_told_apart(store, iri) for iri in found])
    raise UnknownNameError("entity", name, nearest(name, {label for _, label in (*labels, *others)}))


def _is_named(store: ox.Store, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False  # a name with blanks is no end of an IRI
    return next(store.quads_for_pattern(node, vocab.LABEL, None, ox.DefaultGraph()), None) is not None


def _named(store: ox.Store, predicate: ox.NamedNode) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
        iri, name = quad.subject, quad.object
        if isinstance(iri, ox.NamedNode) and isinstance(name, ox.Literal) and iri.value.startswith(vocab.ENTITY):
            yield iri.value, name.value


def _told_apart(store: ox.Store, iri: str) -> str:
    found = entity_line(store, iri)
    return f"{vocab.compact(iri)[1:]}: {found}"


def entity_line(store: ox.Store, iri: str) -> str:
    """Say in one line what an entity is."""
    node = ox.NamedNode(iri)
    labels = texts_of(store, vocab.LABEL)
    types = sorted(labels.get(kind, "") for kind in _types_of(store, node))
    return ", ".join([labels.get(iri, iri), *filter(None, types)])
