"""Where a mistake in a query is, and what is said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import small_data

from bowiegraph import vocab
from bowiegraph.errors import QuerySyntaxError
from bowiegraph.query import run_query

STORE = small_data.store()


@pytest.mark.parametrize(
    ("sparql", "under", "reason"),
    [
        ("SELEKT * { ?s ?p ?o }", "SELEKT", "cannot stand here"),
        ("SELECT * { ?s nix:da ?o }", "nix:da", "prefix is not declared"),
        ("SELECT * { ?s ?p <rel> }", "<rel>", "not an absolute IRI"),
        ("SELECT * { ?s ?p ?o } LIMIT x", "x", "cannot stand here"),
        ("SELECT * { ?s ?p ?o FILTER(?x = ) }", ")", "cannot stand here"),
        ("SELECT * { ?s ?p 'a\nb' }", "", ""),
        ("SELECT * { ?s ?p ?o . # {\n ] }", "] }", ""),
        ("SELECT * { ?s ?p 'x'@en, 'y'^^xsd:date ; ] }", "] }", ""),
    ],
)
def test_the_place(sparql: str, under: str, reason: str) -> None:
    """The place is where the wrong word begins, and the reason is one that people understand."""
    with pytest.raises(QuerySyntaxError) as caught:
        run_query(STORE, sparql)
    place = "\n".join(sparql.split("\n")[caught.value.line - 1 :])[caught.value.column - 1 :]
    assert place.startswith(under)
    assert reason in caught.value.reason
    assert "\\u{" not in caught.value.reason


@pytest.mark.parametrize("sparql", ["SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", "SELECT (1 AS ?x) (2 AS ?x) {}"])
def test_mistakes_without_a_place(sparql: str) -> None:
    """What is wrong with the query as a whole is said in words."""
    with pytest.raises(QuerySyntaxError, match="a variable is selected"):
        run_query(STORE, sparql)


@given(st.text(st.sampled_from("SELECT{}?sp o<>:a'\"#\\\n\t.@1-^|&é\u2028")))
def test_any_text(text: str) -> None:
    """Whatever the text, its place is within it or just behind it."""
    error: QuerySyntaxError | None = None
    try:
        run_query(STORE, text, prefixes=vocab.PREFIXES)
    except QuerySyntaxError as caught:
        error = caught
    lines = text.split("\n")
    assert error is None or 1 <= error.line <= len(lines)
    assert error is None or 1 <= error.column <= len(lines[error.line - 1]) + 1
    assert error is None or str(error).endswith("^")
