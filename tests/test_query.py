"""Queries: what is refused, how mistakes are shown, and that parameters are terms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import small_data

from bowiegraph import vocab
from bowiegraph.errors import ParameterError, QueryError, QuerySyntaxError, RefusedError
from bowiegraph.query import Value, run_query, to_term

STORE = small_data.store()


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE SILENT <http://example.org/> { ?s ?p ?o } }",
        "SELECT * {SERVICE<http://example.org/>{ ?s ?p ?o }}",
        "SELECT * { SERVICE\n<http://example.org/> { ?s ?p ?o } }",
        "SELECT * { SERVICE # to them\n <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { # first\nSERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { #\rSERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { VALUES ?u { <http://example.org/> } SERVICE ?u { ?s ?p ?o } }",
        'SELECT * { ?s ?p "SERVICE" . SERVICE <http://example.org/> { ?s ?p ?o } }',
        "SELECT * { ?s ?p 'it\\'s' . SERVICE <http://example.org/> { ?s ?p 'x' } }",
        'SELECT * { ?s ?p """a " b""" . SERVICE <http://example.org/> { ?s ?p """x""" } }',
        "SELECT * { ?s ?p '''a ' b''' . SERVICE <http://example.org/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\\\" . SERVICE <http://example.org/> { ?s ?p "x" } }',
        "SELECT * { ?s <http://e.org/#SERVICE> ?o . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1.SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1 .SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1e0.SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p true.SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p schema:a.SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE <http://example.org/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "x"@en.SERVICE <http://example.org/> { ?s ?p ?o } }',
        "SELECT * { ?s ?p _:b.SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2) SERVICE <http://example.org/> { ?s ?p ?o } FILTER(2>1) }",
        "SELECT * { FILTER(1<?x&&?x>2) SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { SERVICE :x { ?s ?p ?o } }",
        "SELECT * { SERVICE:x { ?s ?p ?o } }",
        "ASK { { SELECT * { OPTIONAL { SERVICE <http://example.org/> { ?s ?p ?o } } } } }",
        "SELECT * { FILTER EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }",
        "SELECT * { FILTER(1<2&&'>'='>')SERVICE<http://example.org/>{?s?p?o}FILTER('a'='a') }",
        "SELECT * { ?s <http://e.org/\\u0041#> ?o . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s <http://e.org/\\u0041'> ?o . SERVICE <http://example.org/> { ?s ?p 'x' } }",
        "SELECT * { SERVICE SILENT:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1e5SERVICE<http://example.org/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://example.org/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE:x{ ?s ?p ?o } }",
        'SELECT * { ?s ?p "x"@en--ltrSERVICE<http://example.org/>{ ?s ?p ?o } }',
        "PREFIX SERVICE: <a:> SELECT * { GRAPH :x {} SERVICE:x { ?s ?p ?o } }",
        "PREFIX servica: <a:> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { \\u0053\\u0045RVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p \\u0022x\\u0022 . SERVICE <http://example.org/> { ?s ?p ?o } }",
    ],
)
def test_other_servers_are_never_asked(sparql: str) -> None:
    """However SERVICE is written, it is refused, or is no SPARQL; and no request leaves."""
    with pytest.raises((RefusedError, QuerySyntaxError)):
        run_query(STORE, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service ?p ?o } LIMIT 1",
        "SELECT $SERVICE { $SERVICE ?p ?o } LIMIT 1",
        "PREFIX service: <a:> SELECT * { ?s service:x ?o }",
        "PREFIX SERVICE: <a:> SELECT * { ?s SERVICE: ?o }",
        "SELECT * { ?s :service ?o }",
        "SELECT * { ?s :my-SERVICE ?o }",
        "SELECT * { ?s :my.SERVICE ?o }",
        "PREFIX a: <a:> SELECT * { ?s a:b:SERVICE ?o }",
        "SELECT * { ?s :SERVICE\\,SERVICE ?o }",
        'SELECT * { ?s ?p "SERVICE <x>" }',
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """ " SERVICE "" """ }',
        "SELECT * { ?s ?p '''\nSERVICE ' ''' }",
        "SELECT * { ?s ?p ?o } # SERVICE",
        "# SERVICE <http://example.org/>\nSELECT * { ?s ?p ?o }",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "SELECT * { ?s <http://example.org/#SERVICE> ?o }",
        'SELECT * { ?s ?p "\\" SERVICE" }',
        "SELECT * { ?s ?p _:SERVICE }",
        'SELECT * { ?s ?p "x"@SERVICE }',
        "SELECT (1 AS ?insert) { BIND('DELETE' AS ?delete) }",
        "ASK { ?s :with ?load }",
        "DESCRIBE :anna",
        "SELECT (1 AS ?service) (2 AS ?SERVICE) (3 AS ?servica) {}",
        'SELECT * { ?s ?p "SERVICE <http://example.org/> { ?s ?p ?o }" }',
        "PREFIX service: <a:> SELECT * FROM service:x { GRAPH service:y { ?s ?p ?o } }",
    ],
)
def test_words_that_only_look_so_are_let_through(sparql: str) -> None:
    """A variable, a name, a string, a comment or an IRI may hold the word."""
    run_query(STORE, sparql)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { :a :b :c }",
        "insert { :a :b :c } where {}",
        "DELETE DATA { :a :b :c }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP DEFAULT",
        "CREATE GRAPH <a:b>",
        "ADD <a:b> TO <a:c>",
        "MOVE <a:b> TO <a:c>",
        "COPY <a:b> TO <a:c>",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "PREFIX a: <a:>\nBASE <b:>\n# SELECT\nINSERT DATA { a:a a:b 'SELECT' }",
        "DELETE { ?s ?p ?o } WHERE { { SELECT * { ?s ?p ?o } } }",
        "INSERT { ?s a ?o } WHERE { { SELECT * { ?s ?p ?o } } } ; DROP ALL",
    ],
)
def test_updates_are_refused_by_name(update: str) -> None:
    """The message says that it is an update, and the data stay as they are."""
    before = set(STORE)
    with pytest.raises(RefusedError, match="update"):
        run_query(STORE, update)
    assert set(STORE) == before


@pytest.mark.parametrize("tail", ["; DROP ALL", "INSERT DATA { :a :b :c }", "; DELETE WHERE { ?s ?p ?o }"])
def test_nothing_can_be_added_to_a_query(tail: str) -> None:
    """An update behind a query is no SPARQL."""
    with pytest.raises(QueryError):
        run_query(STORE, f"ASK {{ ?s ?p ?o }} {tail}")
    assert len(STORE) == len(small_data.store())


@pytest.mark.parametrize(
    ("sparql", "line", "under"),
    [
        ("SELEKT * { ?s ?p ?o }", 1, "SELEKT"),
        ("SELECT * { ?s ?p }", 1, "}"),
        ("SELECT *\nWHERE {\n  ?s ?p ?o ; ! }", 3, "}"),
        ("SELECT *\r\nWHERE {\r\n  ?s ?p ! }", 3, "! }"),
        ("SELECT *\nWHERE {\n\t?s\t?p\t! }", 3, "! }"),
        ("SELECT * {\n ?s ?p 'ä€𝄞' , ! }", 2, "! }"),
        ("SELECT * { ?s nix:da ?o }", 1, "nix:da"),
        ("SELECT * { ?s ?p ?o", 1, ""),
        ("", 1, ""),
    ],
)
def test_a_mistake_has_its_place(sparql: str, line: int, under: str) -> None:
    """Line and column are said, and the caret stands under the place: tabs and wide characters count as one."""
    with pytest.raises(QuerySyntaxError) as caught:
        run_query(STORE, sparql)
    error = caught.value
    assert error.line == line
    shown, caret = str(error).splitlines()[-2:]
    assert caret.strip() == "^"
    assert shown[caret.index("^") :].startswith(under)
    if under:
        assert sparql.splitlines()[line - 1][error.column - 1 :].startswith(under)


@pytest.mark.parametrize(
    "sparql",
    ["SELECT * { ?s ?p ?o }\x85 !", "SELECT * {\u2028 ! }", "SELECT * {\x0c ! }", "SELECT * { 'a\x0bb' ! }", "\n\n\n"],
)
def test_strange_line_ends(sparql: str) -> None:
    """What Python takes for the end of a line and SPARQL does not still gives one message."""
    with pytest.raises(QuerySyntaxError):
        run_query(STORE, sparql)


def test_a_long_list_of_what_was_expected_is_cut() -> None:
    """The message has a few of the things that could have stood there."""
    with pytest.raises(QuerySyntaxError) as caught:
        run_query(STORE, "SELECT * { ?s ?p ?o ! }")
    assert len(caught.value.reason) < 200


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("text", ox.Literal("text")),
        ("<http://example.org/>", ox.Literal("<http://example.org/>")),
        (True, ox.Literal(value=True)),
        (3, ox.Literal(3)),
        (10**30, ox.Literal(str(10**30), datatype=ox.NamedNode(vocab.XSD + "integer"))),
        (0.5, ox.Literal(0.5)),
        (Decimal("1.50"), ox.Literal("1.50", datatype=ox.NamedNode(vocab.XSD + "decimal"))),
        (Decimal("1E+3"), ox.Literal("1000", datatype=ox.NamedNode(vocab.XSD + "decimal"))),
        (date(1977, 9, 23), ox.Literal("1977-09-23", datatype=ox.NamedNode(vocab.XSD + "date"))),
        (
            datetime(1977, 9, 23, 12, tzinfo=UTC),
            ox.Literal("1977-09-23T12:00:00+00:00", datatype=ox.NamedNode(vocab.XSD + "dateTime")),
        ),
        (ox.NamedNode("a:b"), ox.NamedNode("a:b")),
        (ox.Literal("x", language="en"), ox.Literal("x", language="en")),
    ],
)
def test_values_become_terms(value: Value, term: ox.Literal) -> None:
    """Text is never read as SPARQL or as an IRI; numbers and dates have their datatypes."""
    assert to_term(value) == term


@pytest.mark.parametrize("value", [None, [1], object(), ox.BlankNode(), b"x"])
def test_what_no_term_stands_for(value: object) -> None:
    """Other values are a mistake of the program that gives them."""
    with pytest.raises(TypeError, match="RDF term"):
        to_term(value)  # type: ignore[arg-type]  # just that


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_value_stays_a_value(text: str) -> None:
    """Whatever stands in a text, it comes back as it went in."""
    assert run_query(STORE, "SELECT ?x { }", bindings={"x": text}).rows == [(text,)]


@pytest.mark.parametrize("text", ['x" . } ; DELETE WHERE { ?s ?p ?o', "} SERVICE <a:b> {", "\\", "?s", "<a:b>", "#"])
def test_hostile_values(text: str) -> None:
    """A value that looks like SPARQL finds nothing and does nothing."""
    answer = run_query(STORE, "SELECT ?s ?x { ?s rdfs:label ?x }", bindings={"x": text})
    assert answer.rows == []
    assert len(STORE) == len(small_data.store())


def test_a_binding_selects() -> None:
    """A bound variable restricts the rows, and has its value in each."""
    query = "SELECT ?who ?song { ?song schema:author ?who }"
    bindings = {"who": ox.NamedNode(vocab.ENTITY + "anna")}
    assert run_query(STORE, query, bindings=bindings).rows == [(vocab.ENTITY + "anna", vocab.ENTITY + "heroes")]


def test_bindings_in_ask_and_construct() -> None:
    """There is nothing to select, so any variable may be bound."""
    anna = {"who": ox.NamedNode(vocab.ENTITY + "anna")}
    assert run_query(STORE, "ASK { ?song schema:author ?who }", bindings=anna).boolean
    assert len(run_query(STORE, "CONSTRUCT { ?who a ?t } { ?who a ?t }", bindings=anna).triples) == 1


@pytest.mark.parametrize("name", ["p", "nobody", "who"])
def test_a_bound_variable_must_be_selected(name: str) -> None:
    """The message names the variable."""
    with pytest.raises(ParameterError, match=name) as caught:
        run_query(STORE, "SELECT ?s { ?s ?p ?o }", bindings={name: "x"})
    assert caught.value.name == name


@pytest.mark.parametrize("name", ["a b", "", "x-y", "1 ", "a}"])
def test_names_that_no_variable_has(name: str) -> None:
    """A name that cannot be a variable is an error with a message, whatever the query."""
    with pytest.raises(ParameterError):
        run_query(STORE, "SELECT ?s { ?s ?p ?o }", bindings={name: "x"})


def test_default_prefixes() -> None:
    """The prefixes of the project need not be declared, and may be declared otherwise."""
    assert run_query(STORE, "ASK { :anna a schema:Person }").boolean
    assert not run_query(STORE, "PREFIX schema: <a:> ASK { :anna a schema:Person }").boolean


def test_lone_surrogates() -> None:
    """A text that is no Unicode is an error with a message, as query and as value."""
    with pytest.raises(QueryError):
        run_query(STORE, "ASK { ?s ?p '\ud800' }")
    with pytest.raises(QueryError):
        run_query(STORE, "SELECT ?x {}", bindings={"x": "\ud800"})


@pytest.mark.parametrize("query", [None, b"ASK { ?s ?p ?o }", 1])
def test_a_query_is_text(query: object) -> None:
    with pytest.raises(TypeError, match="a query is SPARQL in a str"):
        run_query(STORE, query)  # type: ignore[arg-type]  # what is tested
