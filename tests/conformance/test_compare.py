"""The comparison of results tells different answers apart, and no others."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from .compare import Mismatch, Table, compare_csv, compare_graphs, compare_tables, order_of, read_table

HEAD = '{"head": {"vars": ["a", "b"]}, "results": {"bindings": [%s]}}'

A_NODE, B_NODE = '{"type": "bnode", "value": "x"}', '{"type": "bnode", "value": "y"}'


def number(text: str, datatype: str) -> str:
    return f'{{"type": "literal", "value": "{text}", "datatype": "http://www.w3.org/2001/XMLSchema#{datatype}"}}'


def row(a: str, b: str | None = None) -> str:
    return f'{{"a": {a}}}' if b is None else f'{{"a": {a}, "b": {b}}}'


def table(*rows: str) -> Table:
    found = read_table((HEAD % ", ".join(rows)).encode(), ox.QueryResultsFormat.JSON)
    assert isinstance(found, Table)
    return found


ONE, TWO = number("1", "integer"), number("2", "integer")

SAME = [
    pytest.param([row(ONE), row(TWO)], [row(TWO), row(ONE)], id="rows in another order"),
    pytest.param([row(number("2.0", "decimal"))], [row(number("2", "decimal"))], id="a decimal by value"),
    pytest.param([row(number("1.0E6", "double"))], [row(number("1e6", "double"))], id="a double by value"),
    pytest.param([row(number("0.1", "float"))], [row(number("0.10000000149", "float"))], id="a float by value"),
    pytest.param([row(number("NaN", "double"))], [row(number("NaN", "double"))], id="not a number"),
    pytest.param([row(number("1", "boolean"))], [row(number("true", "boolean"))], id="a boolean by value"),
    pytest.param([row(number("x", "integer"))], [row(number("x", "integer"))], id="ill-typed, as it stands"),
    pytest.param([row(A_NODE, A_NODE)], [row(B_NODE, B_NODE)], id="blank nodes renamed"),
    pytest.param([row(A_NODE), row(B_NODE)], [row(B_NODE), row(A_NODE)], id="blank nodes exchanged"),
]

DIFFERENT = [
    pytest.param([row(ONE)], [row(TWO)], id="another value"),
    pytest.param([row(ONE)], [row(ONE), row(ONE)], id="a row twice"),
    pytest.param([row(ONE), row(ONE), row(TWO)], [row(ONE), row(TWO), row(TWO)], id="another row twice"),
    pytest.param([row(ONE)], [row(number("1", "decimal"))], id="another datatype"),
    pytest.param([row(ONE)], [row('{"type": "literal", "value": "1"}')], id="a string, not a number"),
    pytest.param([row(ONE, ONE)], [row(ONE)], id="unbound"),
    pytest.param([row(number("1" * 40, "decimal"))], [row(number("1" * 39 + "2", "decimal"))], id="last digit"),
    pytest.param([row(number("x", "integer"))], [row(number("y", "integer"))], id="ill-typed, another"),
    pytest.param([row(A_NODE, A_NODE)], [row(A_NODE, B_NODE)], id="two blank nodes for one"),
    pytest.param([row(A_NODE), row(A_NODE)], [row(A_NODE), row(B_NODE)], id="two blank nodes in two rows"),
    pytest.param([row(A_NODE, ONE), row(A_NODE, TWO)], [row(A_NODE, ONE), row(B_NODE, TWO)], id="across rows"),
    pytest.param([row(A_NODE)], [row(ONE)], id="a blank node for a number"),
    pytest.param([row(A_NODE)], [row(A_NODE), row(A_NODE)], id="a blank node's row twice"),
]


@pytest.mark.parametrize(("expected", "actual"), SAME)
def test_same_answers_are_the_same(expected: list[str], actual: list[str]) -> None:
    compare_tables(table(*expected), table(*actual))


@pytest.mark.parametrize(("expected", "actual"), DIFFERENT)
def test_different_answers_are_told_apart(expected: list[str], actual: list[str]) -> None:
    with pytest.raises(Mismatch):
        compare_tables(table(*expected), table(*actual))


def test_variables_count_though_nothing_is_bound() -> None:
    with pytest.raises(Mismatch, match="variables"):
        compare_tables(Table(frozenset("ab"), ()), Table(frozenset("a"), ()))


def test_order_counts_where_the_query_asks_for_one() -> None:
    """Rows that the order does not tell apart may come in any order."""
    forwards, backwards = table(row(ONE, ONE), row(TWO, ONE)), table(row(TWO, ONE), row(ONE, ONE))
    compare_tables(forwards, backwards, ordered_by=("b",))
    with pytest.raises(Mismatch, match="order"):
        compare_tables(forwards, backwards, ordered_by=("a",))


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s DESC(?o)\nLIMIT 2", ("s", "o")),
        ("SELECT * { ?s ?p ?o } order by asc($s) # and ?p", ("s",)),
        ("SELECT * { { SELECT * { ?s ?p ?o } ORDER BY ?s } }", ()),
        ("SELECT * { ?s ?p ?o } LIMIT 2", ()),
    ],
)
def test_order_is_read_from_the_end_of_the_query(query: str, variables: tuple[str, ...]) -> None:
    assert order_of(query) == variables


def test_an_order_that_cannot_be_compared_is_an_error() -> None:
    with pytest.raises(ValueError, match="orders by"):
        order_of("SELECT * { ?s ?p ?o } ORDER BY (?s + ?o)")


@pytest.mark.parametrize("actual", [b"a,b\r\n1.0,x\r\n,_:n\r\n", b"b,a\n_:m,\nx,1\n"], ids=["numbers", "columns"])
def test_csv_is_compared_as_far_as_it_tells(actual: bytes) -> None:
    compare_csv(b"a,b\n1,x\n,_:c\n", actual)


@pytest.mark.parametrize("actual", [b"a,b\n1,y\n,_:c\n", b"a,b\n1,x\n", b"a,b\n1\n,_:c\n", b"a,c\n1,x\n,_:c\n"])
def test_csv_that_differs_is_told_apart(actual: bytes) -> None:
    with pytest.raises(Mismatch):
        compare_csv(b"a,b\n1,x\n,_:c\n", actual)


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


def test_graphs_are_compared_up_to_their_blank_nodes() -> None:
    compare_graphs(triples("<a:s> <a:p> _:x . _:x <a:p> _:y ."), triples("_:x <a:p> _:b . <a:s> <a:p> _:x ."))
    with pytest.raises(Mismatch):
        compare_graphs(triples("<a:s> <a:p> _:x . _:x <a:p> _:x ."), triples("<a:s> <a:p> _:x . _:x <a:p> _:y ."))
