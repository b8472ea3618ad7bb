"""Answers in every form."""

from __future__ import annotations

import csv
import html
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from tests import small_data

from bowiegraph import vocab
from bowiegraph.errors import ResultFormatError
from bowiegraph.query import run_query
from bowiegraph.result import Result, cell

STORE = small_data.store()
SELECT, ASK, CONSTRUCT = "SELECT ?s ?n { ?s rdfs:label ?n }", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s rdfs:label ?n }"


def ask(sparql: str) -> Result:
    return run_query(STORE, sparql)


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(vocab.XSD + kind))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (ox.NamedNode("a:b"), "a:b"),
        (ox.Literal("x"), "x"),
        (ox.Literal("x", language="en"), "x"),
        (ox.Literal(""), ""),
        (typed("7", "integer"), 7),
        (typed("-7", "negativeInteger"), -7),
        (typed("+07", "unsignedByte"), 7),
        (typed("1" * 30, "integer"), int("1" * 30)),
        (typed("1.50", "decimal"), Decimal("1.50")),
        (typed("1.5e3", "double"), 1500.0),
        (typed("INF", "double"), float("inf")),
        (typed("-INF", "float"), float("-inf")),
        (typed("true", "boolean"), True),
        (typed("1", "boolean"), True),
        (typed("false", "boolean"), False),
        (typed("0", "boolean"), False),
        (typed("1977-09-23", "date"), date(1977, 9, 23)),
        (typed("1977-09-23T12:00:00Z", "dateTime"), datetime(1977, 9, 23, 12, tzinfo=UTC)),
        (typed("1977", "gYear"), "1977"),
        (typed("1977-09", "gYearMonth"), "1977-09"),
        (None, None),
    ],
)
def test_values(term: ox.NamedNode | ox.Literal | None, value: object) -> None:
    """A term becomes Python's own value, of Python's own type."""
    assert cell(term) == value
    assert type(cell(term)) is type(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("soon", "date"),
        ("1977-09", "date"),
        ("19770923", "date"),
        ("1977-W38-5", "date"),
        ("-0044-03-15", "date"),
        ("1977-09-23Z", "date"),
        ("1977-09-23", "dateTime"),
        ("1977-09-23 12:00:00", "dateTime"),
        ("seven", "integer"),
        ("1_000", "integer"),
        ("٣", "integer"),
        ("1.5", "integer"),
        ("1e5", "decimal"),
        ("NaN", "decimal"),
        ("Infinity", "decimal"),
        ("1_0.5", "double"),
        ("infinity", "double"),
        ("nan", "double"),
        ("yes", "boolean"),
        ("True", "boolean"),
        ("", "boolean"),
        ("", "integer"),
    ],
)
def test_what_a_datatype_does_not_allow_stays_text(text: str, kind: str) -> None:
    """Forms that Python would take and XML Schema does not, and forms that Python's types cannot hold."""
    assert cell(typed(text, kind)) == text


def test_unbound_is_none() -> None:
    """A cell with nothing in it is None, and not the empty text."""
    rows = ask("SELECT ?a ?b { VALUES (?a ?b) { (UNDEF '') } }").rows
    assert rows == [(None, "")]


def test_rows_are_there_twice() -> None:
    """Rows, iteration, length and every format may be asked for again, in any order."""
    answer = ask(SELECT)
    first = answer.csv()
    assert list(answer) == answer.rows == list(answer)
    assert len(answer) == len(answer.rows) > 5
    assert answer.csv() == first
    triples = ask(CONSTRUCT)
    assert len(triples.triples) == len(triples.triples) > 5
    truth = ask(ASK)
    assert (truth.boolean, truth.boolean) == (True, True)


def test_rows_have_names() -> None:
    """Cells are attributes; a variable that cannot be an attribute has its place's."""
    row = ask("SELECT ?name ?class ?_x { VALUES (?name ?class ?_x) { (1 2 3) } }").rows[0]
    assert (row.name, row[1], row[2]) == (1, 2, 3)


@pytest.mark.parametrize(
    ("sparql", "formats"),
    [
        (SELECT, {"csv", "json", "tsv", "xml"}),
        (ASK, {"json", "xml"}),
        (CONSTRUCT, {"jsonld", "ntriples", "rdfxml", "ttl", "turtle"}),
        ("DESCRIBE :anna", {"jsonld", "ntriples", "rdfxml", "ttl", "turtle"}),
    ],
)
def test_formats(sparql: str, formats: set[str]) -> None:
    """Each form of answer has its formats; others are refused with a list of them."""
    answer = ask(sparql)
    assert set(answer.formats) == formats
    for name in formats:
        assert answer.serialize(name)
    for name in {"csv", "json", "tsv", "xml", "jsonld", "ntriples", "rdfxml", "ttl", "turtle", "pdf"} - formats:
        with pytest.raises(ResultFormatError) as caught:
            answer.serialize(name)
        assert all(known in str(caught.value) for known in formats)


@pytest.mark.parametrize("sparql", [SELECT, ASK, CONSTRUCT])
def test_forms_that_an_answer_does_not_have(sparql: str) -> None:
    """Rows of ASK, truth of SELECT and the like are refused."""
    answer = ask(sparql)
    for form, name in ((SELECT, "rows"), (ASK, "boolean"), (CONSTRUCT, "triples")):
        if form != sparql:
            with pytest.raises(ResultFormatError):
                getattr(answer, name)


def test_an_empty_table_has_its_columns() -> None:
    """No rows is an answer."""
    answer = ask("SELECT ?a ?b { ?a <a:b> ?b }")
    assert (answer.rows, answer.variables, answer.csv()) == ([], ["a", "b"], "a,b\r\n")
    assert "0 rows" in answer._repr_html_()
    assert len(answer) == 0


@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]))), min_size=1, max_size=4))
def test_text_comes_back(texts: list[str | None]) -> None:
    """Whatever text a cell holds, rows and JSON give it back; CSV too, where it tells empty from unbound no more."""
    store, query = small_data.values(*(t if t is None else ox.Literal(t) for t in texts))
    answer = run_query(store, query)
    assert [row[0] for row in answer.rows] == texts
    cells = json.loads(answer.json())["results"]["bindings"]
    assert [found.get("v", {}).get("value") for found in cells] == texts
    assert not any("\0" in (text or "") for text in texts) or answer.csv()


def test_csv_is_read_by_others() -> None:
    """Commas, quotes and line ends are quoted."""
    store, query = small_data.values(ox.Literal('a,"b"\nc'), ox.Literal("é"))
    rows = list(csv.reader(io.StringIO(run_query(store, query).csv(), newline="")))
    assert rows == [["v"], ['a,"b"\nc'], ["é"]]


def test_html_is_escaped() -> None:
    """Markup in a label is shown, not run."""
    store, query = small_data.values(ox.Literal("<script>alert(1)</script>"), ox.NamedNode("a:b&c"))
    shown = run_query(store, query)._repr_html_()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
    assert "a:b&amp;c" in shown


def test_html_of_the_other_forms() -> None:
    """Truth, and triples as escaped Turtle."""
    assert ask(ASK)._repr_html_() == "<pre>True</pre>"
    shown = ask(CONSTRUCT)._repr_html_()
    assert shown.startswith(f"<p>{len(ask(CONSTRUCT).triples)} triples</p><pre ")
    assert "<https" not in shown
    assert html.unescape(shown.split(">", 3)[3].removesuffix("</pre>")) == ask(CONSTRUCT).turtle()
    assert ask("CONSTRUCT WHERE { :nobody ?p ?o }")._repr_html_() == "<p>0 triples</p>"


@pytest.mark.parametrize(
    ("count", "note"),
    [
        (1, "<caption>1 row<"),
        (1000, "<caption>1,000 rows<"),
        (1001, "<caption>the first 1,000 of 1,001 rows; "),
    ],
)
def test_html_is_limited(count: int, note: str) -> None:
    """A notebook shows a thousand rows, and says how many there are."""
    store, query = small_data.values(*(ox.Literal(i) for i in range(count)))
    shown = run_query(store, query)._repr_html_()
    assert shown.count("<tr><td") == min(count, 1000)
    assert note in shown


@pytest.mark.parametrize(
    ("count", "note"),
    [(1, "<p>1 triple<"), (180, "<p>180 triples<"), (5000, "<p>the first 180 of 5,000 triples; .turtle() has all of")],
)
def test_html_of_triples_is_limited(count: int, note: str) -> None:
    """Never more than 200 lines, whatever stands in them, and what is shown is whole."""
    store = ox.Store()
    text = "a\nb\r\u2028"
    store.extend(ox.Quad(ox.NamedNode(f"a:{i}"), ox.NamedNode("a:p"), ox.Literal(text)) for i in range(count))
    shown = run_query(store, "CONSTRUCT WHERE { ?s ?p ?o }")._repr_html_()
    assert shown.startswith(note)
    turtle = html.unescape(shown.split(">", 3)[3].removesuffix("</pre>"))
    assert turtle.count("\n") <= 200
    triples = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert len(triples) == min(count, 180)
    assert {triple.object for triple in triples} == {ox.Literal(text)}


def test_repr() -> None:
    """It says what the answer is, and does not read it."""
    assert repr(ask(SELECT)) == "<Result: s, n>"
    assert repr(ask(ASK)) == "<Result True>"
    assert repr(ask(CONSTRUCT)) == "<Result: triples>"


@pytest.mark.parametrize("sparql", ["SELECT ?s ?o { ?s ?p ?o }", "SELECT ?a ?b { VALUES (?a ?b) { (UNDEF 1) } }"])
def test_rdflib_rows(sparql: str) -> None:
    """rdflib gives the same rows, of its own terms."""
    dataset = rdflib.Dataset()
    dataset.parse(data=ox.serialize(list(STORE), format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
    ours = {tuple(row) for row in ask(sparql).rdflib()}  # type: ignore[arg-type]  # rows, for it is SELECT
    theirs = {tuple(row) for row in dataset.query(sparql)}  # type: ignore[arg-type]  # rows, for it is SELECT
    assert ours == theirs
    assert ours


def test_rdflib_of_the_other_forms() -> None:
    """ASK gives truth, CONSTRUCT a graph."""
    assert ask(ASK).rdflib().askAnswer is True
    graph = ask(CONSTRUCT).rdflib().graph
    assert graph is not None
    assert len(graph) == len(set(ask(CONSTRUCT).triples))


@pytest.mark.parametrize(
    ("sparql", "found"),
    [
        (ASK, True),
        ("ASK { :nobody ?p ?o }", False),
        (SELECT, True),
        ("SELECT ?s { :nobody ?p ?s }", False),
        (CONSTRUCT, True),
        ("CONSTRUCT WHERE { :nobody ?p ?o }", False),
    ],
)
def test_an_answer_is_true_if_anything_was_found(sparql: str, *, found: bool) -> None:
    assert bool(ask(sparql)) is found


def test_a_table_without_columns() -> None:
    """SELECT * of a pattern that has no variables."""
    assert ask("SELECT * {}").polars().shape == (0, 0)
