"""The parts of the endpoint by themselves: requests, media types, frames, and what is changed in a query."""

from __future__ import annotations

from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import small_data

from bowiegraph import vocab
from bowiegraph.errors import BowiegraphError, RefusedError
from bowiegraph.query import run_query
from bowiegraph.serving import media, protocol, rewriting
from bowiegraph.serving.cache import LARGEST, Answer, Answers
from bowiegraph.serving.frames import Frame, Kind, Unframer
from bowiegraph.serving.jobs import Head, Job, Page, Question

STORE = small_data.store()

# ---- requests


def asked(method: str, query: str = "", content_type: str = "", body: bytes = b"") -> Question | None:
    return protocol.read(protocol.Request(method, query.encode(), content_type, body))[0]


def test_three_ways_to_ask() -> None:
    wanted = Question("ASK {}", ("urn:a",), ("urn:b", "urn:c"))
    graphs = "default-graph-uri=urn:a&named-graph-uri=urn:b&named-graph-uri=urn:c"
    form = "application/x-www-form-urlencoded"
    assert asked("GET", f"query=ASK+%7B%7D&{graphs}") == wanted
    assert asked("POST", "", form, f"query=ASK%20%7B%7D&{graphs}".encode()) == wanted
    assert asked("POST", graphs, f"{form}; charset=UTF-8", b"query=ASK {}") == wanted
    assert asked("POST", graphs, "application/sparql-query", b"ASK {}") == wanted
    assert asked("GET") is None


@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (400, ("GET", "query=ASK+%7B%7D&query=ASK+%7B%7D")),
        (400, ("GET", "query=")),
        (400, ("GET", "default-graph-uri=urn:a")),
        (400, ("GET", "query=%ff")),
        (400, ("POST", "", "application/sparql-query", b"\xff\xfeA\x00")),
        (400, ("POST", "query=ASK+%7B%7D", "application/sparql-query", b"ASK {}")),
        (400, ("POST", "", "application/x-www-form-urlencoded", b"")),
        (400, ("GET", "&".join(f"a{i}=1" for i in range(2000)))),
        (403, ("POST", "", "application/sparql-update", b"CLEAR ALL")),
        (403, ("POST", "", "application/x-www-form-urlencoded", b"update=CLEAR+ALL")),
        (405, ("PUT", "query=ASK+%7B%7D")),
        (413, ("GET", "query=" + "a" * 2_000_000)),
        (415, ("POST", "", "text/plain", b"ASK {}")),
        (415, ("POST", "", "", b"query=ASK {}")),
        (415, ("POST", "", "application/sparql-query; charset=utf-16", b"ASK {}")),
    ],
)
def test_what_is_no_question_is_refused(status: int, arguments: tuple[object, ...]) -> None:
    with pytest.raises(protocol.ProtocolError) as refused:
        asked(*arguments)  # type: ignore[arg-type]  # as the table has them
    assert refused.value.status == status
    assert refused.value.reason


@given(st.sampled_from(["GET", "POST"]), st.binary(max_size=80), st.text(max_size=40), st.binary(max_size=80))
def test_any_request_is_read_or_refused(method: str, query: bytes, kind: str, body: bytes) -> None:
    with suppress(protocol.ProtocolError):
        protocol.read(protocol.Request(method, query, kind, body))


# ---- media types


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/csv", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "xml"),
        ("text/csv, application/json;q=0.1", "csv"),
        ("application/xml", "xml"),
        ("text/tab-separated-values , */*;q=0.1", "tsv"),
        ("application/sparql-results+json;q=0, text/csv;q=0.2", "csv"),
        ("text/html", None),
        ("nonsense", "json"),
        ("text/csv;q=2", "csv"),
    ],
)
def test_the_client_chooses(accept: str, format_: str | None) -> None:
    chosen = media.choose(accept, media.TABLES)
    assert (chosen.format if chosen else None) == format_


def test_a_wish_without_end_is_none() -> None:
    """It would take the server seconds to read, in which it does nothing else."""
    assert media.choose("text/csv," + "a/b," * 20_000, media.TABLES) is media.TABLES[0]
    assert not media.takes_gzip("gzip" + " " * 60_000 + "x")


@given(st.text(max_size=60))
def test_any_wish_is_read(accept: str) -> None:
    chosen = media.choose(accept, media.TABLES)
    assert chosen is None or chosen in media.TABLES


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("deflate, gzip;q=1.0", True),
        ("gzip;q=0", False),
        ("", False),
        ("identity", False),
        ("*", True),
        ("gzip;q=0.000", False),
    ],
)
def test_gzip_is_for_those_who_take_it(header: str, takes: bool) -> None:  # noqa: FBT001 — a table
    assert media.takes_gzip(header) is takes


# ---- frames and jobs


@given(st.lists(st.binary(max_size=50)), st.integers(1, 7))
def test_frames_come_together_from_any_pieces(parts: list[bytes], size: int) -> None:
    sent = b"".join(bytes(Frame(Kind.BODY, part)) for part in parts)
    unframer = Unframer()
    got = [frame for i in range(0, len(sent), size) for frame in unframer.feed(sent[i : i + size])]
    assert [frame.data for frame in got] == parts


@pytest.mark.parametrize("wanted", [Question("ASK {}", ("a",), ("b",)), Page("/x", {"q": "é"})])
def test_a_job_goes_over_the_line(wanted: Question | Page) -> None:
    job = Job(wanted, "text/csv", "", gzip=True)
    assert Job.from_plain(Frame(Kind.TELL, job.told).said) == job


def test_the_cache_keeps_what_was_asked_for_last() -> None:
    answers = Answers()
    large = b"x" * LARGEST
    for i in range(70):
        answers.keep(str(i), Answer(Head(200, "text/plain"), large))
        answers.get("0")
    answers.keep("too large", Answer(Head(200, "text/plain"), large + b"x"))
    assert answers.get("0") is not None
    assert answers.get("1") is None
    assert answers.get("69") is not None
    assert answers.get("too large") is None


# ---- what is changed in a query


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT * { VALUES ?x { 1 2 3 4 5 } }", 3),
        ("SELECT * { VALUES ?x { 1 2 3 4 5 } } LIMIT 2", 2),
        ("SELECT * { VALUES ?x { 1 2 3 4 5 } } LIMIT 4 OFFSET 1", 3),
        ("SELECT * { VALUES ?x { 1 2 3 4 5 } } OFFSET 3 LIMIT 10", 2),
        ("SELECT * { VALUES ?x { 1 2 3 4 5 } } ORDER BY DESC(?x) # LIMIT 1", 3),
        ("SELECT * { { SELECT * { VALUES ?x { 1 2 3 4 5 } } LIMIT 4 } }", 3),
        ("SELECT * {} VALUES ?x { 1 2 3 4 5 }", 3),
        ('SELECT ("} LIMIT 1 {" AS ?y) * { VALUES ?x { 1 2 3 4 5 } }', None),
        ("SELECT ?x { VALUES ?x { 1 2 3 4 5 } } GROUP BY ?x HAVING (?x > 1)", 3),
        ("SELECT ?limit { VALUES ?limit { 1 2 3 4 5 } } ORDER BY ?limit", 3),
    ],
)
def test_a_query_gives_so_many_rows_and_no_more(query: str, count: int | None) -> None:
    limited = rewriting.limited(query, 3)
    if count is None:
        query = query.replace(" *", " ?x")
        limited, count = rewriting.limited(query, 3), 3
    assert len(run_query(STORE, limited)) == count


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "now()"])
def test_what_changes_is_not_kept(function: str) -> None:
    assert not rewriting.is_lasting(f"SELECT ({function} AS ?x) {{}}")


def test_what_stays_is_kept() -> None:
    assert rewriting.is_lasting('SELECT ?now ("RAND()" AS ?x) { ?now <urn:NOW> :now }')


GATE = "http://127.0.0.1:1/token/"


def led(query: str) -> str:
    return rewriting.through_gateway(
        query, gateway=GATE, allowed=["example.org", "example.net:8080"], base_iri="http://here/sparql"
    )


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("SERVICE <http://example.org/sparql>", f"SERVICE <{GATE}http%3A%2F%2Fexample.org%2Fsparql>"),
        (
            "service silent <https://EXAMPLE.org:443/a?b=c>",
            f"SERVICE SILENT <{GATE}https%3A%2F%2FEXAMPLE.org%3A443%2Fa%3Fb%3Dc>",
        ),
        ("SERVICE#silent\n<http://example.net:8080/>", f"SERVICE <{GATE}http%3A%2F%2Fexample.net%3A8080%2F>"),
        ("SERVICE ex:sparql", f"SERVICE <{GATE}http%3A%2F%2Fexample.org%2Fsparql>"),
    ],
)
def test_service_goes_through_the_gateway(service: str, expected: str) -> None:
    query = f"PREFIX ex: <http://example.org/> SELECT * {{ {service} {{ ?s ?p ?o }} }}"
    assert expected in led(query)
    assert "example.org/sparql>" not in led(query)


@pytest.mark.parametrize(
    "service",
    [
        "SERVICE <http://other.org/>",
        "SERVICE <http://example.org:81/>",
        "SERVICE <http://example.org.evil.com/>",
        "SERVICE <http://example.org@evil.com/>",
        "SERVICE <http://evil.com/#example.org>",
        "SERVICE <file:///etc/passwd>",
        "SERVICE <sparql>",
        "SERVICE ?where",
        "SERVICE SILENT ?where",
        "SERVICE <http://example.org/> { } SERVICE <http://other.org/>",
        "SERVICE <http://127.0.0.1/>",
        "SERVICE <http://[::1]/>",
        "SERVICE <http://[::1/>",
        "SERVICE <http://example.org:99999/>",
        "SERVICE<http://other.org/>",
        "SERVICEX<http://other.org/>",
        "SERVICE<http://example.org/>{}SERVICE?x",
    ],
)
def test_service_goes_nowhere_else(service: str) -> None:
    with pytest.raises(BowiegraphError):
        led(f"SELECT * {{ {service} {{ ?s ?p ?o }} }}")


def test_service_in_a_string_is_none() -> None:
    query = 'SELECT ?service { ?service ?p "SERVICE <http://other.org/> {" } # SERVICE <http://other.org/>'
    assert led(query) == query


PIECES = ["SERVICE", " ", "<http://x.org/>", "{", "}", "?s", '"', "'", "#", "\n", "SILENT", ":", "\\", "<", ">"]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_query_gets_round_the_gateway(pieces: list[str]) -> None:
    """What is asked of a server that is not allowed is refused before it is evaluated."""
    query = f"SELECT * {{ {''.join(pieces)} {{ ?s ?p ?o }} }}"
    try:
        rewritten = led(query)
    except BowiegraphError:
        return
    assert rewritten == query  # nothing in it leads to the one server that is allowed
    try:
        run_query(ox.Store(), query)
    except RefusedError as refused:
        pytest.fail(f"it passed the gateway, and asks another server: {refused}")
    except BowiegraphError:
        return


def test_without_a_gateway_there_is_no_service() -> None:
    with pytest.raises(RefusedError):
        run_query(ox.Store(), "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", prefixes=vocab.PREFIXES)
