"""Several FROM clauses: the merge of their graphs is a set."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import small_data

from bowiegraph import vocab
from bowiegraph.errors import QueryError
from bowiegraph.fromclauses import iris
from bowiegraph.lexing import tokens
from bowiegraph.query import run_query

STORE = small_data.store()
BASE = vocab.CLAIM
THREE = "FROM claim:gazette\\/written FROM claim:almanac\\/written FROM claim:almanac\\/date"


@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        ("", 1),
        ("FROM claim:gazette\\/written", 1),
        (THREE, 1),
        (f"FROM <{BASE}gazette/written> FROM <{BASE}almanac/written> FROM <{BASE}almanac/date>", 1),
        (f"FROM<{BASE}gazette/written>FROM<{BASE}almanac/written>", 1),
        (f"from <{BASE}gazette/written>\n# FROM <a:b>\nFrom <{BASE}almanac/written>", 1),
        (f"FROM <{BASE}gazette/written> FROM <{BASE}gazette/written>", 1),
        (f"FROM <{BASE}gazette/written> FROM <a:nothing>", 1),
        (f"FROM <{BASE}gazette/\\u0077ritten> FROM <a:nothing>", 1),
        ("FROM <a:nothing> FROM <a:none>", 0),
    ],
)
def test_a_triple_of_three_claims_counts_once(clauses: str, count: int) -> None:
    """The graphs are merged, not put side by side, however they are named."""
    for pattern in ("?s schema:author ?o", "?s schema:author ?o . ?s ?p ?o"):
        query = f"SELECT (COUNT(*) AS ?n) {clauses} {{ {pattern} }}"
        assert run_query(STORE, query).rows == [(count,)]


@pytest.mark.parametrize(
    "prologue",
    [
        f"BASE <{BASE}>",
        "base <https://w3id.org/> BASE <bowiegraph/claim/>",
        f"PREFIX x: <a:> BASE <{BASE}>",
    ],
)
def test_relative_names_of_graphs(prologue: str) -> None:
    """They are resolved against the base that the query declares."""
    query = f"{prologue} SELECT (COUNT(*) AS ?n) FROM <gazette/written> FROM <almanac/written> {{ ?s ?p ?o }}"  # noqa: S608 — SPARQL, and made of this table
    assert run_query(STORE, query).rows == [(1,)]


def test_a_base_that_is_given() -> None:
    """So they are against the base that comes with the query."""
    query = "SELECT (COUNT(*) AS ?n) FROM <written> FROM <../almanac/written> { ?s ?p ?o }"
    assert run_query(STORE, query, base_iri=BASE + "gazette/").rows == [(1,)]


def test_prefixes_that_the_query_declares() -> None:
    """A prefix may be declared by way of the base, or anew."""
    query = f"BASE <{vocab.BASE}> PREFIX g: <claim/gazette/> PREFIX claim: <claim/almanac/>"
    query += "SELECT (COUNT(*) AS ?n) FROM g:written FROM claim:written { ?s ?p ?o }"
    assert run_query(STORE, query).rows == [(1,)]


def test_from_named_is_kept() -> None:
    """The merge is the default graph, and the named graphs are those that FROM NAMED lists, and no others."""
    query = (
        f"SELECT ?g ?o {THREE} FROM NAMED claim:gazette\\/date {{ ?s schema:author ?who . GRAPH ?g {{ ?s ?p ?o }} }}"  # noqa: S608 — SPARQL, and made of this table
    )
    assert run_query(STORE, query).rows == [(BASE + "gazette/date", "1976")]


def test_no_named_graphs_behind_from() -> None:
    """Without FROM NAMED there are none."""
    assert run_query(STORE, f"SELECT ?g {THREE} {{ GRAPH ?g {{ ?s ?p ?o }} }}").rows == []


@pytest.mark.parametrize("clauses", ["FROM <rel> FROM <a:b>", "FROM nix:a FROM nix:b", "FROM <a:b> FROM", "FROM FROM"])
def test_malformed_clauses(clauses: str) -> None:
    """They are the engine's to complain about, with one message."""
    with pytest.raises(QueryError):
        run_query(STORE, f"SELECT * {clauses} {{ ?s ?p ?o }}")


def test_words_that_only_look_like_clauses() -> None:
    """FROM in a string, a comment or a variable names no graph."""
    query = 'SELECT ?from { BIND("FROM <a:b> FROM <a:c>" AS ?from) } # FROM <a:b> FROM <a:c>'
    assert run_query(STORE, query).rows == [("FROM <a:b> FROM <a:c>",)]


@given(st.text())
def test_any_text_has_tokens(text: str) -> None:
    """The lexer takes whatever comes, and keeps its order."""
    end = 0
    for token in tokens(text):
        assert token.text
        assert text[token.start : token.end].upper() == token.text.upper()
        assert token.start >= end
        end = token.end


def test_the_store_is_left_alone() -> None:
    """The merge is made in a store of its own."""
    run_query(STORE, f"SELECT * {THREE} {{ ?s ?p ?o }}")
    assert set(STORE) == set(small_data.store())
    assert ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:b"), ox.NamedNode("a:b")) not in STORE


def test_the_names_in_a_query() -> None:
    """All of its body, whole, by its own prefixes and ours; not those in strings, comments and the prologue."""
    query = """BASE <http://b.example/> PREFIX x: <space#> # :no
    SELECT ?a FROM <g> { ?a x:p :thing ; <rel> "bg:no" }"""
    assert iris(query, prefixes={"": "http://e.example/"}) == [
        "http://b.example/g",
        "http://b.example/space#p",
        "http://e.example/thing",
        "http://b.example/rel",
    ]


def test_every_keyword_is_looked_for() -> None:
    """What may be passed over is decided by a list of its own, which has to hold them all."""
    from bowiegraph import lexing, query  # noqa: PLC0415 — what is within them
    from bowiegraph.serving import rewriting  # noqa: PLC0415 — as above

    assert {"FROM", *query._UPDATES, *rewriting._PASSING} == set(lexing._KEYWORDS)
    for word in lexing._KEYWORDS:
        for text in (word, word.lower(), f"x{{{word}}}", f'"{word}"'):
            assert lexing.may_have(text, [word])
        assert not lexing.may_have(f"{word[:-1]} {word[-1]}", [word])
