"""The W3C's SPARQL 1.1 Protocol suite, sent to a server of this package: one test for each.

Updates are refused by design: the data set is read-only. Their tests hold that each is refused, and changes nothing.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection

from .manifest import MF, find_suite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rdflib.term import Node

#: how many tests the manifest lists
COUNT: Final = 34
#: what is refused by design, whatever the W3C expects of it: the data set is read-only
UPDATES: Final = frozenset(
    (
        "bad_multiple_updates",
        "bad_update_dataset_conflict",
        "bad_update_get",
        "bad_update_missing_form_type",
        "bad_update_non_utf8",
        "bad_update_syntax",
        "bad_update_wrong_media_type",
        "update_base_uri",
        "update_dataset_default_graph",
        "update_dataset_default_graphs",
        "update_dataset_full",
        "update_dataset_named_graphs",
        "update_post_direct",
        "update_post_form",
    )
)
#: of these, what does not even say that it is an update: it is refused for its media type
UNTOLD_UPDATES: Final = frozenset(("bad_update_missing_form_type", "bad_update_wrong_media_type"))

START_SECONDS: Final = 60
ANSWER_SECONDS: Final = 30
STOP_SECONDS: Final = 15

_HT = rdflib.Namespace("http://www.w3.org/2011/http#")
_CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
_UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_MF = rdflib.Namespace(MF)

_READY = re.compile(r"listening on (http://127\.0\.0\.1:\d+)/")
_READ_ONLY = re.compile(r"\bread[- ]only\b", re.IGNORECASE)
#: in every graph, the default one too
_QUADS = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_SPARQL_QUERY = "application/sparql-query"
#: of each format that the manifest may expect: the media types that have it
_MEDIA_TYPES: Final = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("application/n-triples", "application/rdf+xml", "text/turtle"),
}
_serial = count()


@dataclass(frozen=True)
class Expected:
    """What the W3C expects of one response."""

    #: first digits of the status codes that it may have
    statuses: frozenset[int]
    #: "boolean", "tabular" or "RDF"; None where the body does not matter
    form: str | None = None
    boolean: bool | None = None


@dataclass(frozen=True)
class Request:
    """One request, sent as it is."""

    method: str
    path: str
    expected: Expected
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    @property
    def is_update(self) -> bool:
        """Whether it stands in an update's test for the update itself, and not for the query after it."""
        return ("content-type", _SPARQL_QUERY) not in self.headers


@dataclass(frozen=True)
class Response:
    """The answer to a request, read to its end."""

    status: int
    media_type: str
    body: bytes


@dataclass(frozen=True)
class ProtocolTest:
    """One entry of the manifest."""

    name: str
    #: to be sent one after the other
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class Manifest:
    """The tests, and the data that all of them ask about: the name of each graph, and the file that is in it."""

    tests: tuple[ProtocolTest, ...]
    graphs: tuple[tuple[str, Path], ...]


def read_manifest(path: Path) -> Manifest:
    """Read all tests, in the manifest's order."""
    graph = rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())
    entries = _list(graph, rdflib.URIRef(path.as_uri()), _MF.entries)
    graphs = {
        (str(graph.value(data, rdflib.RDFS.label, any=False)), _value(graph, data, _UT.graph))
        for data in graph.objects(predicate=_UT.graphData)
    }
    return Manifest(
        tuple(_test(graph, entry) for entry in entries),
        tuple(sorted((name, path.parent / iri.rpartition("/")[2]) for name, iri in graphs)),
    )


def _test(graph: rdflib.Graph, entry: Node) -> ProtocolTest:
    (action,) = graph.objects(entry, _MF.action)
    requests = _list(graph, action, _HT.requests)
    return ProtocolTest(str(entry).rpartition("#")[2], tuple(_request(graph, request) for request in requests))


def _request(graph: rdflib.Graph, node: Node) -> Request:
    path = _value(graph, node, _HT.absolutePath)
    if not path.startswith("/sparql/"):
        raise ValueError(f"{path} does not begin with the place of the manifest's endpoint")
    return Request(
        _value(graph, node, _HT.methodName),
        "/sparql" + path.removeprefix("/sparql/"),
        _expected(graph, graph.value(node, _HT.resp, any=False)),
        tuple(
            (_value(graph, header, _HT.fieldName).lower(), _value(graph, header, _HT.fieldValue))
            for header in _list(graph, node, _HT.headers)
        ),
        _body(graph, graph.value(node, _HT.body, any=False)),
    )


def _body(graph: rdflib.Graph, node: Node | None) -> bytes | None:
    if node is None:
        return None
    return _value(graph, node, _CNT.chars).encode(_value(graph, node, _CNT.characterEncoding))


def _expected(graph: rdflib.Graph, node: Node | None) -> Expected:
    statuses = [re.search(r"StatusCode(\d)xx$", str(status)) for status in graph.objects(node, _MF.expectedStatus)]
    form = graph.value(node, _MF.expectedFormat, any=False)
    boolean = graph.value(node, _MF.expectedBoolean, any=False)
    return Expected(
        frozenset(int(status[1]) for status in statuses if status),
        str(form) if form else None,
        boolean.toPython() if isinstance(boolean, rdflib.Literal) else None,
    )


def _list(graph: rdflib.Graph, subject: Node, predicate: Node) -> list[Node]:
    head = graph.value(subject, predicate, any=False)
    return list(Collection(graph, head)) if head else []


def _value(graph: rdflib.Graph, subject: Node, predicate: Node) -> str:
    found = graph.value(subject, predicate, any=False)
    if found is None:
        raise ValueError(f"{subject} has no {predicate}")
    return str(found)


def _parameters(tests: Iterable[ProtocolTest]) -> list[object]:
    return [pytest.param(test, id=test.name) for test in tests]


_SUITE = find_suite()
MANIFEST = read_manifest(_SUITE / "protocol" / "manifest.ttl") if _SUITE else Manifest((), ())


@pytest.fixture(scope="module")
def suite() -> Path:
    if _SUITE is None:
        reason = "the W3C suite is not at hand: neither in $BOWIEGRAPH_SHARED nor in ../shared beside the checkout"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return _SUITE


@pytest.fixture(scope="module")
def address(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server on the suite's data, and give its host and port."""
    assert suite.is_dir()
    folder = tmp_path_factory.mktemp("protocol")
    store = ox.Store()
    for name, path in MANIFEST.graphs:
        store.load(path=path, to_graph=ox.NamedNode(name))
    data = folder / "data.nq"
    store.dump(data, format=ox.RdfFormat.N_QUADS)
    messages = folder / "stderr"
    command = [sys.executable, "-m", "bowiegraph", "serve", "--port", "0", "--store", str(data)]
    with messages.open("wb") as file, subprocess.Popen(command, stderr=file) as server:
        try:
            yield _until_ready(server, messages)
        finally:
            _stop(server)


def _until_ready(server: subprocess.Popen[bytes], messages: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        ended = server.poll() is not None
        said = messages.read_text(encoding="utf-8")
        if ready := _READY.search(said):
            return urlsplit(ready[1]).netloc
        assert not ended, f"the server ended with {server.returncode}:\n{said}"
        time.sleep(0.05)
    pytest.fail(f"the server is not ready after {START_SECONDS} s:\n{messages.read_text(encoding='utf-8')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        pytest.fail(f"the server still runs {STOP_SECONDS} s after it was told to end")


@pytest.mark.usefixtures("suite")
def test_the_whole_manifest_is_read() -> None:
    """Nothing of the suite gets lost on the way into this module."""
    assert len(MANIFEST.tests) == len({test.name for test in MANIFEST.tests}) == COUNT
    assert all(test.requests for test in MANIFEST.tests)
    assert all(request.expected.statuses for test in MANIFEST.tests for request in test.requests)
    assert [path.name for _, path in MANIFEST.graphs] == ["data1.nt", "data2.nt", "data3.nt"]


@pytest.mark.usefixtures("suite")
def test_the_updates_are_those_of_the_manifest() -> None:
    """A test that is new, or has a new name, gets its place by hand."""
    assert {test.name for test in MANIFEST.tests if "update" in test.name} == UPDATES
    assert UNTOLD_UPDATES < UPDATES


@pytest.mark.parametrize("test", _parameters(test for test in MANIFEST.tests if test.name not in UPDATES))
def test_query(test: ProtocolTest, address: str) -> None:
    for request in test.requests:
        _check(send(address, request), request.expected)


@pytest.mark.parametrize("test", _parameters(test for test in MANIFEST.tests if test.name in UPDATES))
def test_update_is_refused_and_changes_nothing(test: ProtocolTest, address: str) -> None:
    before = _quads(address)
    assert len(before) == len(MANIFEST.graphs)
    updates = [request for request in test.requests if request.is_update]
    assert updates
    for request in updates:
        response = send(address, request)
        assert response.status // 100 == 4, response
        assert test.name in UNTOLD_UPDATES or _READ_ONLY.search(response.body.decode()), response
    assert _quads(address) == before


def send(address: str, request: Request) -> Response:
    """Send a request as it is, with no header that it does not have but for host, length and close."""
    with closing(HTTPConnection(address, timeout=ANSWER_SECONDS)) as connection:
        connection.putrequest(request.method, request.path, skip_accept_encoding=True)
        for name, value in request.headers:
            connection.putheader(name, value)
        if request.body is not None:
            connection.putheader("Content-Length", str(len(request.body)))
        connection.putheader("Connection", "close")
        connection.endheaders(request.body)
        response = connection.getresponse()
        media_type = response.headers.get_content_type() if "content-type" in response.headers else ""
        return Response(response.status, media_type, response.read())


def _check(response: Response, expected: Expected) -> None:
    assert response.status // 100 in expected.statuses, response
    if expected.form is None:
        return
    assert response.media_type in _MEDIA_TYPES[expected.form], response
    if expected.form == "RDF":
        form = ox.RdfFormat.from_media_type(response.media_type)
        assert form
        list(ox.parse(response.body, format=form))  # raises where it is not what it says
    elif response.media_type == "text/csv":
        assert list(csv.reader(response.body.decode().splitlines()))
    else:
        _check_results(response, expected)


def _check_results(response: Response, expected: Expected) -> None:
    form = ox.QueryResultsFormat.from_media_type(response.media_type)
    assert form
    results = ox.parse_query_results(response.body, format=form)
    if isinstance(results, ox.QueryBoolean):
        assert expected.form == "boolean", response
        assert expected.boolean in (None, bool(results)), response
    else:
        assert expected.form == "tabular", response
        assert results.variables, response
        list(results)


def _quads(address: str) -> list[list[str]]:
    """Tell what the server holds, by a text that no cache knows."""
    request = Request(
        "POST",
        "/sparql",
        Expected(frozenset((2,))),
        (("content-type", _SPARQL_QUERY), ("accept", "text/csv")),
        f"{_QUADS} # {next(_serial)}".encode(),
    )
    response = send(address, request)
    assert (response.status, response.media_type) == (200, "text/csv"), response
    return sorted(csv.reader(response.body.decode().splitlines()[1:]))
