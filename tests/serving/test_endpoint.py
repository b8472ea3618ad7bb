"""The endpoint as its clients meet it, over real sockets."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from tests import small_data

from bowiegraph import vocab

if TYPE_CHECKING:
    from tests.serving.conftest import Server

WHO = "SELECT ?who { :heroes schema:author ?who }"
ANNA = "https://w3id.org/bowiegraph/entity/anna"
TRIPLES = "CONSTRUCT { ?s ?p ?v } { ?s schema:author ?o . ?s ?p ?v }"


def vocab_term(name: str) -> ox.NamedNode:
    return ox.NamedNode(vocab.expand(name) or "")


def bindings(result: rdflib.query.Result) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in result.bindings]


# ---- forms


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_rows_in_each_form(small: Server, accept: str, content_type: str) -> None:
    answer = small.ask(WHO, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    if "csv" in content_type:
        assert answer.text.splitlines() == ["who", ANNA]
    elif "tab" in content_type:
        assert answer.text.splitlines() == ["?who", f"<{ANNA}>"]
    else:
        result = rdflib.query.Result.parse(io.BytesIO(answer.content), format=content_type.rpartition("+")[2])
        assert bindings(result) == [{"who": rdflib.URIRef(ANNA)}]


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
    ],
)
def test_triples_in_each_form(small: Server, accept: str, format_: ox.RdfFormat) -> None:
    answer = small.ask(TRIPLES, accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    found = {quad.triple for quad in ox.parse(answer.content, format=format_)}
    assert ox.Triple(vocab_term(":heroes"), vocab_term("schema:author"), vocab_term(":anna")) in found
    held = {quad.triple for quad in small_data.store() if quad.graph_name == ox.DefaultGraph()}
    written = {triple.subject for triple in held if triple.predicate == vocab_term("schema:author")}
    assert found == {triple for triple in held if triple.subject in written}


def test_wishes_in_several_lines_are_one(small: Server) -> None:
    """See https://www.rfc-editor.org/rfc/rfc9110#section-5.3."""
    head = b"GET /sparql?query=ASK+%7B%7D HTTP/1.1\r\nhost: x\r\naccept: text/turtle\r\naccept: application/sparql-results+xml\r\n\r\n"
    assert b"content-type: application/sparql-results+xml" in exchange(small, head)


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "xml"])
def test_a_form_by_its_name(small: Server, format_: str) -> None:
    assert small.get("/sparql", params={"query": WHO, "format": format_}).status_code == 200


def test_what_cannot_be_written_so_is_refused(small: Server) -> None:
    answer = small.ask(WHO, "text/turtle")
    assert answer.status_code == 406
    assert "text/csv" in answer.text
    assert small.get("/sparql", params={"query": WHO, "format": "pdf"}).status_code == 406


def test_yes_or_no(small: Server) -> None:
    assert small.ask("ASK { :heroes schema:author :anna }").json()["boolean"] is True
    assert small.ask("ASK { :heroes schema:author :bert }", "application/xml").text.count("false") == 1


# ---- what is asked


def test_a_triple_in_three_graphs_counts_once(small: Server) -> None:
    """The answer is the set that the standard asks for, whether FROM or the protocol names the graphs."""
    graphs = [f"https://w3id.org/bowiegraph/claim/{name}" for name in ("gazette/written", "almanac/written")]
    query = "SELECT (COUNT(*) AS ?n) { ?s schema:author ?o }"
    by_protocol = small.get("/sparql", params={"query": query, "default-graph-uri": graphs, "format": "csv"})
    assert by_protocol.text.splitlines() == ["n", "1"]
    clauses = " ".join(f"FROM <{graph}>" for graph in graphs)
    assert small.ask(query.replace("{", f"{clauses} {{", 1), "text/csv").text.splitlines() == ["n", "1"]


def test_the_protocol_has_the_last_word_on_the_data_set(small: Server) -> None:
    nowhere = "https://example.org/nowhere"
    query = "ASK FROM <https://w3id.org/bowiegraph/claim/gazette/written> { ?s ?p ?o }"
    assert small.ask(query).json()["boolean"] is True
    assert small.get("/sparql", params={"query": query, "default-graph-uri": nowhere}).json()["boolean"] is False
    named = {"query": "ASK { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": nowhere}
    assert small.get("/sparql", params=named).json()["boolean"] is False


def test_a_graph_that_has_no_iri(small: Server) -> None:
    answer = small.get("/sparql", params={"query": WHO, "default-graph-uri": "not an iri"})
    assert answer.status_code == 400
    assert "no absolute IRI" in answer.text


def test_a_mistake_is_shown_where_it_is(small: Server) -> None:
    answer = small.ask("SELECT ?who\nWHERE { ?who ?p }")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert "line 2" in answer.text


@pytest.mark.parametrize(
    "update", ["CLEAR ALL", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "LOAD <http://127.0.0.1:1/>"]
)
def test_nothing_changes_the_data(small: Server, update: str) -> None:
    before = small.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text
    for answer in (
        small.ask(update),
        httpx.post(f"{small.url}/sparql", data={"update": update}, trust_env=False),
        httpx.post(
            f"{small.url}/sparql",
            content=update,
            headers={"content-type": "application/sparql-update"},
            trust_env=False,
        ),
    ):
        assert answer.status_code == 403
        assert "read-only" in answer.text
    for method in ("PUT", "DELETE", "PATCH"):
        answer = httpx.request(method, f"{small.url}/sparql", trust_env=False)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert small.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text == before


# ---- HTTP


def test_an_answer_that_is_known_is_not_sent_again(small: Server) -> None:
    first = small.get("/sparql", params={"query": WHO})
    again = small.get("/sparql", params={"query": WHO}, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = small.get("/sparql", params={"query": WHO, "format": "csv"})
    assert other.headers["etag"] != first.headers["etag"]
    assert first.headers["vary"] == "Accept, Accept-Encoding"


def test_what_changes_is_asked_anew(small: Server) -> None:
    first, again = (small.ask("SELECT (UUID() AS ?id) {}") for _ in range(2))
    assert first.text != again.text
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-store"


def test_head_says_what_get_would(small: Server) -> None:
    got = small.get("/sparql", params={"query": WHO})
    head = httpx.head(f"{small.url}/sparql", params={"query": WHO}, trust_env=False)
    assert head.content == b""
    assert {name: head.headers[name] for name in ("etag", "content-type", "content-length")} == {
        name: got.headers[name] for name in ("etag", "content-type", "content-length")
    }


def test_pages_of_others_may_ask(small: Server) -> None:
    answer = httpx.options(
        f"{small.url}/sparql",
        headers={"origin": "https://example.org", "access-control-request-method": "POST"},
        trust_env=False,
    )
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert small.ask(WHO).headers["access-control-allow-origin"] == "*"


def test_large_answers_are_made_small(many: Server) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 500"
    with httpx.stream(
        "POST", f"{many.url}/sparql", data={"query": query}, headers={"accept-encoding": "gzip"}, trust_env=False
    ) as answer:
        raw = b"".join(answer.iter_raw())
    plain = many.ask(query, "*/*", follow_redirects=False)
    assert answer.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw)) == plain.json()
    assert len(raw) < len(plain.content) / 3


def test_a_cut_answer_says_so(many: Server) -> None:
    """Of 100,000 rows there are 60,000, and the header that such servers have says it; in each form."""
    rows = many.ask("SELECT ?s { ?s ?p ?o }", "text/csv")
    assert rows.headers["x-sparql-maxrows"] == "60000"
    assert len(rows.text.splitlines()) == 60_001
    assert len(many.ask("SELECT ?s { ?s ?p ?o }").json()["results"]["bindings"]) == 60_000
    triples = many.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert triples.headers["x-sparql-maxrows"] == "60000"
    assert len(triples.text.splitlines()) == 60_000
    whole = many.ask("SELECT ?s { ?s ?p ?o } LIMIT 59999", "text/csv")
    assert "x-sparql-maxrows" not in whole.headers
    assert len(whole.text.splitlines()) == 60_000


def test_a_person_is_shown_the_editor(small: Server) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = small.get("/sparql", params={"query": WHO}, headers={"accept": browser})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/query?{urlencode({'query': WHO})}"


def test_the_service_describes_itself(small: Server) -> None:
    answer = small.get("/sparql", headers={"accept": "text/turtle"})
    said = rdflib.Graph().parse(data=answer.text, format="turtle")
    sd, void = (
        rdflib.Namespace(space)
        for space in ("http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#")
    )
    service = said.value(predicate=rdflib.RDF.type, object=sd.Service)
    assert said.value(service, sd.endpoint) == rdflib.URIRef(f"{small.url}/sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in said
    counted = int(small.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.splitlines()[1])
    assert [int(str(value)) for value in said.objects(None, void.triples)] == [counted]
    assert small.get("/.well-known/void", headers={"accept": "application/ld+json"}).json()


# ---- clients that researchers have


def test_rdflib_asks(small: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{small.url}/sparql"))
    heroes = "<https://w3id.org/bowiegraph/entity/heroes>"
    query = f"PREFIX schema: <https://schema.org/> {WHO.replace(':heroes', heroes)}"
    assert bindings(graph.query(query)) == [{"who": rdflib.URIRef(ANNA)}]


@pytest.mark.parametrize("post", [False, True])
def test_sparqlwrapper_asks(small: Server, post: bool) -> None:  # noqa: FBT001 — a table
    wrapper = SPARQLWrapper(f"{small.url}/sparql")
    wrapper.setQuery(WHO)
    wrapper.setReturnFormat(JSON)
    if post:
        wrapper.setMethod(POST)
    found: Any = wrapper.query().convert()
    assert found["results"]["bindings"] == [{"who": {"type": "uri", "value": ANNA}}]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks(small: Server) -> None:
    command = ["curl", "-sf", "-H", "Accept: text/csv", f"{small.url}/sparql", "--data-urlencode", f"query={WHO}"]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines() == ["who", ANNA]


def readme() -> list[tuple[str, str]]:
    """List the commands that the README shows for a server, with what it shows as their output."""
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```shell\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(("command", "output"), readme())
def test_what_the_readme_shows(shipped: Server, command: str, output: str) -> None:
    command = command.replace("localhost:8000", shipped.url.removeprefix("http://"))
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=True, text=True).stdout == output


# ---- nonsense


def test_limits_of_a_request(small: Server) -> None:
    for head in (b"GET /sparql?query=" + b"a" * 100_000, b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n"):
        assert exchange(small, head).split()[1] in {b"414", b"431"}
    assert small.get("/health", headers={"x-long": "a" * 100_000}).status_code == 431
    large = httpx.post(
        f"{small.url}/sparql",
        content=b"a" * 10_000_000,
        headers={"content-type": "application/sparql-query"},
        trust_env=False,
    )
    assert large.status_code == 413
    assert small.get("/health").json()["status"] == "ok"


def exchange(server: Server, sent: bytes) -> bytes:
    """Send bytes as they are; give what comes back."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(sent)
        with suppress(ConnectionResetError):
            return line.recv(1000)
    return b""


def test_what_is_no_http_is_refused(small: Server) -> None:
    negative = b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n"
    for nonsense in (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET\r\n\r\n", negative):
        assert exchange(small, nonsense).split()[1] == b"400"
    assert small.get("/health").json()["status"] == "ok"


PATHS = st.one_of(
    st.sampled_from(
        [
            "/",
            "/sparql",
            "/query",
            "/views/",
            "/entity/",
            "/claim/../..",
            "/static/",
            "/static/../app.py",
            "/source/%00",
            "/views/query",
        ]
    ),
    st.text(max_size=30).map(lambda text: "/" + text),
)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    parameters = st.dictionaries(
        st.sampled_from(["query", "format", "q", "around", "hops", "x"]), st.text(max_size=30), max_size=3
    )
    return {
        "method": draw(st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT"])),
        "url": draw(PATHS),
        "params": draw(parameters),
        "headers": {"accept": draw(st.sampled_from(["", "*/*", "text/html", "application/ld+json", "x/y;q=zero"]))},
        "content": draw(st.binary(max_size=60)),
    }


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests())
def test_any_request_is_answered(small: Server, request: dict[str, Any]) -> None:
    """Never with a fault of the server's own, never with what only this machine knows."""
    try:
        request["url"] = httpx.URL(small.url + request["url"], params=request.pop("params"))
    except (httpx.InvalidURL, UnicodeEncodeError, ValueError):
        return
    answer = httpx.request(**request, trust_env=False, timeout=60)
    assert 200 <= answer.status_code < 500
    for leaked in ("Traceback", "site-packages", "graph/bowiegraph"):
        assert leaked not in answer.text
    if answer.status_code not in {414, 431}:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["content-security-policy"]
