"""Reads the manifests of the W3C's SPARQL 1.1 test suite: which tests there are, and the files of each.

Provenance: https://github.com/w3c/rdf-tests/tree/main/sparql/sparql11, found in ``$BOWIEGRAPH_SHARED`` or in
the folder ``shared`` beside the checkout. Its terms: https://www.w3.org/2001/sw/DataAccess/tests/README.html.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHECKOUT = Path(__file__).parents[2]

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

#: the manifests whose tests are run
IN_SCOPE: Final = ("manifest-sparql11-query.ttl", "manifest-sparql11-results.ttl")
#: the manifest that includes all others
EVERYTHING: Final = "manifest-all.ttl"

_UPDATE = "a graph is a pure function of its facts: it is built anew, never updated"
_PROTOCOL = "what is tested is an HTTP server: see test_protocol11.py"
_READ_ONLY = "the data set is read-only: there is no Graph Store Protocol"
_DESCRIPTION = "what is tested is an HTTP server: see tests/serving/test_endpoint.py"
_FEDERATION = "SERVICE is refused: a query must not send requests to addresses of its author's choice"
#: folder of the suite → why its tests are not run
OUT_OF_SCOPE: Final = {
    "entailment": "needs a reasoner; what holds is derived by the build, and queries see just that",
    "service": _FEDERATION,
    "syntax-fed": _FEDERATION,
    "protocol": _PROTOCOL,
    "graph-store-protocol": _READ_ONLY,
    "service-description": _DESCRIPTION,
    **dict.fromkeys(
        (
            "add",
            "basic-update",
            "clear",
            "copy",
            "delete",
            "delete-data",
            "delete-insert",
            "delete-where",
            "drop",
            "move",
            "syntax-update-1",
            "syntax-update-2",
            "update-silent",
        ),
        _UPDATE,
    ),
}


@dataclass(frozen=True)
class W3CTest:
    """One entry of a manifest; files that it does not have are None or empty."""

    iri: str
    #: folder of the manifest, such as ``aggregates``
    suite: str
    #: local name of the test's class, such as ``QueryEvaluationTest``
    kind: str
    #: the query: the action itself in a syntax test, a part of it in an evaluation test
    query: Path | None = None
    #: what the default graph holds
    data: tuple[Path, ...] = ()
    #: what the named graphs hold; each is named by the IRI of its file
    graph_data: tuple[Path, ...] = ()
    result: Path | None = None

    @property
    def name(self) -> str:
        """Shortest name that is unique: the suite's folder and the local name of the test's IRI."""
        return f"{self.suite}/{self.iri.rpartition('#')[2]}"


def find_suite() -> Path | None:
    """Find the folder of the suite, or None where it is not at hand."""
    shared = Path(os.environ.get("BOWIEGRAPH_SHARED") or _CHECKOUT.parent / "shared")
    suite = shared / "suites" / "w3c-sparql11"
    return suite.resolve() if (suite / EVERYTHING).is_file() else None


def read_tests(manifest: Path) -> tuple[W3CTest, ...]:
    """Read all tests that a manifest, or one that it includes, lists, in its order.

    Raises:
        ValueError: an entry has no class, or names its data in a way that this reader does not know.
    """
    graph = _Graph(manifest)
    here = [_test(graph, entry, manifest.parent.name) for entry in graph.list_at(graph.iri, "entries")]
    included = [_path(item) for item in graph.list_at(graph.iri, "include")]
    return tuple(here) + tuple(test for path in included for test in read_tests(path))


class _Graph:
    """A manifest's triples, by subject and predicate."""

    def __init__(self, path: Path) -> None:
        self.iri = ox.NamedNode(path.as_uri())
        self._dataset = ox.Dataset(ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=self.iri.value))

    def objects(self, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> list[ox.NamedNode]:
        quads = self._dataset.quads_for_subject(subject)
        found = [quad.object for quad in quads if quad.predicate.value == predicate]
        # BlankNodes go the same way: only their use as a subject matters here.
        return sorted(found, key=str)  # type: ignore[arg-type]

    def list_at(self, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> Iterator[ox.NamedNode]:
        for head in self.objects(subject, MF + predicate):
            node = head
            while node.value != RDF + "nil":
                yield from self.objects(node, RDF + "first")
                (node,) = self.objects(node, RDF + "rest")


def _test(graph: _Graph, entry: ox.NamedNode, suite: str) -> W3CTest:
    kinds = [kind.value.removeprefix(MF) for kind in graph.objects(entry, RDF + "type")]
    if len(kinds) != 1:
        raise ValueError(f"{entry.value} has the classes {kinds!r}: one is expected")
    if suite in OUT_OF_SCOPE:  # of these only the number is told
        return W3CTest(entry.value, suite, kinds[0])
    (action,) = graph.objects(entry, MF + "action")
    return W3CTest(
        entry.value,
        suite,
        kinds[0],
        query=_path((graph.objects(action, QT + "query") or [action])[0]),
        data=_paths(graph, action, QT + "data"),
        graph_data=_paths(graph, action, QT + "graphData"),
        result=next(iter(_paths(graph, entry, MF + "result")), None),
    )


def _paths(graph: _Graph, subject: ox.NamedNode, predicate: str) -> tuple[Path, ...]:
    return tuple(_path(term) for term in graph.objects(subject, predicate))


def _path(term: ox.NamedNode) -> Path:
    if not term.value.startswith("file:"):
        raise ValueError(f"{term!r} does not name a file")
    return Path(unquote(urlsplit(term.value).path))
