"""One file of Turtle or TriG → its statements by subject, its graphs, and what it calls things."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from bowiegraph.errors import FactsEncodingError, FactsFileKindError, FactsReadError, FactsSyntaxError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: what stands as an object; a blank node or a triple never gets this far
Term: TypeAlias = ox.NamedNode | ox.Literal
#: subject, predicate, object; equal terms of one reading are one object, so that memory holds each once
Triple: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, Term]
#: every term seen so far → itself
Interned: TypeAlias = dict[Term, Term]

_FORMATS: Final = {".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.TURTLE}
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Parsed:
    """What one file holds; duplicates are kept, and the order is the file's."""

    path: Path
    #: prefix → namespace, as the file binds them
    prefixes: Mapping[str, str]
    base: str | None
    #: subject → its statements outside all graphs
    statements: dict[ox.NamedNode, list[Triple]] = field(default_factory=dict)
    #: graph → its triples
    graphs: dict[ox.NamedNode, list[Triple]] = field(default_factory=dict)
    #: graphs that the file closes and opens again further down
    reopened: list[ox.NamedNode] = field(default_factory=list)
    #: statements with a blank node, or with a triple as a term
    unnamed: list[ox.Quad] = field(default_factory=list)


def suffixes() -> frozenset[str]:
    """Give the endings of the files that are read."""
    return frozenset(_FORMATS)


def parse_file(path: Path, *, terms: Interned | None = None) -> Parsed:
    """Read one file whole.

    Args:
        path: ending in ``.trig`` or ``.ttl``.
        terms: those of the files read before, so that equal terms are one object; what is new is added.

    Raises:
        FactsFileKindError: it is a pipe or a device.
        FactsReadError: the file cannot be opened.
        FactsEncodingError: it is not UTF-8.
        FactsSyntaxError: it is not Turtle or TriG.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise FactsFileKindError(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FactsReadError(path, error) from error
    data = data.removeprefix(_BYTE_ORDER_MARK)
    _refuse_other_encodings(path, data)
    parser = ox.parse(data, format=_FORMATS[path.suffix])
    try:
        return _collect(path, parser, {} if terms is None else terms)
    except SyntaxError as error:
        raise _syntax_error(path, data, error) from error


def _refuse_other_encodings(path: Path, data: bytes) -> None:
    """See that the bytes are UTF-8: the parser says so only of those inside of a literal or an IRI."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, error.start - data.rfind(b"\n", 0, error.start)
        raise FactsEncodingError(path, line, column, data[error.start]) from error


def _syntax_error(path: Path, data: bytes, error: SyntaxError) -> FactsSyntaxError:
    """Say what the parser said, with the line that it means; at the end of a file it names no place."""
    lines = data.decode().split("\n")
    line, column = error.lineno or len(lines), error.offset or 1
    expected = error.msg.partition(": ")[2] or error.msg
    return FactsSyntaxError(path, line, column, expected, lines[line - 1] if line <= len(lines) else "")


def _collect(path: Path, parser: ox.QuadParser, terms: Interned) -> Parsed:
    """Take the parser's quads apart; this loop runs once for each statement there is."""
    found = Parsed(path, {}, None)
    intern = terms.setdefault
    last = None
    bucket: list[Triple] = []
    for quad in parser:
        subject, predicate, value, graph = quad
        named = isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal)
        if not named or isinstance(graph, ox.BlankNode):
            found.unnamed.append(quad)
            continue
        triple = (intern(subject, subject), intern(predicate, predicate), intern(value, value))
        place = None if isinstance(graph, ox.DefaultGraph) else graph
        key = (place, subject) if place is None else (place, None)
        if key != last:
            last = key
            bucket = _bucket(found, subject, place)
        bucket.append(triple)  # type: ignore[arg-type]  # interning gives back an equal term
    return Parsed(
        path,
        dict(parser.prefixes),
        parser.base_iri,
        found.statements,
        found.graphs,
        found.reopened,
        found.unnamed,
    )


def _bucket(found: Parsed, subject: ox.NamedNode, graph: ox.NamedNode | None) -> list[Triple]:
    """Find the list that a statement belongs to, once for each run of statements of one subject or graph."""
    if graph is None:
        return found.statements.setdefault(subject, [])
    if graph in found.graphs:
        found.reopened.append(graph)
    return found.graphs.setdefault(graph, [])
