"""DataFrames: the same cells as the rows, in columns of their own types."""

from __future__ import annotations

import math
import sys
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import small_data

from bowiegraph import vocab
from bowiegraph.errors import MissingPackageError, ResultFormatError
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from decimal import Decimal

TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\n\r\"'\\<>^@?.0123456789+-"))


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(vocab.XSD + kind))


def column(*terms: ox.Literal | ox.NamedNode | None) -> pl.Series:
    store, query = small_data.values(*terms)
    return run_query(store, query).polars()["v"]


@pytest.mark.parametrize(
    ("terms", "kind", "values"),
    [
        ([ox.Literal(1), None, ox.Literal(-2)], pl.Int64, [1, None, -2]),
        ([typed("1.5", "decimal"), ox.Literal(2)], pl.Float64, [1.5, 2.0]),
        ([typed("1e300", "double"), typed(".5", "decimal")], pl.Float64, [1e300, 0.5]),
        ([typed("INF", "double"), typed("-INF", "double"), ox.Literal(1.5)], pl.Float64, [math.inf, -math.inf, 1.5]),
        ([ox.Literal(value=True), None, ox.Literal(value=False)], pl.Boolean, [True, None, False]),
        ([typed("1977-09-23", "date"), None], pl.Date, [date(1977, 9, 23), None]),
        ([typed("1977-09-23", "date"), typed("1977", "gYear")], pl.String, ["1977-09-23", "1977"]),
        ([typed("1977-09-23", "date"), typed("soon", "date")], pl.String, ["1977-09-23", "soon"]),
        ([typed("1977-09-23Z", "date")], pl.String, ["1977-09-23Z"]),
        ([typed("1977", "gYear")], pl.String, ["1977"]),
        ([ox.Literal("1"), ox.Literal("2")], pl.String, ["1", "2"]),
        ([ox.Literal("true")], pl.String, ["true"]),
        ([ox.Literal(1), ox.Literal("2")], pl.String, ["1", "2"]),
        ([typed("9" * 25, "integer"), ox.Literal(1)], pl.String, ["9" * 25, "1"]),
        ([typed("soon", "integer")], pl.String, ["soon"]),
        ([ox.NamedNode("a:b"), ox.Literal("<x>"), ox.Literal("x", language="en")], pl.String, ["a:b", "<x>", "x"]),
        ([ox.Literal('x"@en'), ox.Literal('"^^<a:b>')], pl.String, ['x"@en', '"^^<a:b>']),
        ([ox.Literal("\\n"), ox.Literal("\n"), ox.Literal("\\\\t")], pl.String, ["\\n", "\n", "\\\\t"]),
        ([ox.Literal(""), None, ox.Literal("")], pl.String, ["", None, ""]),
        ([None, None], None, [None, None]),
        ([None, ox.Literal("x"), None, None], pl.String, [None, "x", None, None]),
        ([], None, []),
    ],
)
def test_columns(
    terms: list[ox.Literal | ox.NamedNode | None], kind: type[pl.DataType] | None, values: list[object]
) -> None:
    """A column has the type that all of its cells have; where they have none in common it is text."""
    found = column(*terms)
    assert found.to_list() == values
    assert kind is None or found.dtype == kind


@given(st.lists(st.none() | TEXT, max_size=6), st.lists(st.none() | TEXT, max_size=6))
def test_any_text(first: list[str | None], second: list[str | None]) -> None:
    """Tabs, line ends, quotes, backslashes, the empty text and the unbound cell stay what they are."""
    pairs = list(zip(first, second, strict=False))
    rows = " ".join(f"({' '.join('UNDEF' if t is None else str(ox.Literal(t)) for t in pair)})" for pair in pairs)
    answer = run_query(ox.Store(), f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {rows} }} }}")
    assert answer.polars().rows() == pairs == [tuple(row) for row in answer.rows]


@given(st.lists(st.none() | TEXT, max_size=6))
def test_any_text_in_one_column(texts: list[str | None]) -> None:
    """A line that is empty, because its only cell is unbound, is a row."""
    assert column(*(t if t is None else ox.Literal(t) for t in texts)).to_list() == texts


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_any_whole_number(numbers: list[int | None]) -> None:
    """Whole numbers of 64 bits stay exact."""
    terms = [None if n is None else typed(str(n), "integer") for n in numbers]
    assert column(*terms).to_list() == numbers


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_any_float(numbers: list[float]) -> None:
    """Doubles come back as they were."""
    assert column(*map(ox.Literal, numbers)).to_list() == numbers


@given(st.lists(st.dates(), min_size=1))
def test_any_date(dates: list[date]) -> None:
    """Dates are dates."""
    assert column(*(typed(d.isoformat(), "date") for d in dates)).to_list() == dates


@given(st.lists(st.decimals(-1000, 1000, places=3), min_size=1))
def test_any_decimal(numbers: list[Decimal]) -> None:
    """Decimals are floats, as exact as floats are."""
    assert column(*(typed(f"{n:f}", "decimal") for n in numbers)).to_list() == [float(n) for n in numbers]


@pytest.mark.parametrize("query", ["SELECT ?a ?b { ?a ?b <a:c> }", "SELECT ?a { ?a ?b <a:c> }"])
def test_no_rows(query: str) -> None:
    """A table without rows has its columns."""
    answer = run_query(small_data.store(), query)
    assert answer.polars().columns == list(answer.pandas().columns) == answer.variables
    assert len(answer.polars()) == len(answer.pandas()) == 0


def test_pandas() -> None:
    """pandas gives the same cells, with Arrow types and its own sign for nothing."""
    answer = run_query(
        small_data.store(), "SELECT ?s ?n ?d { ?s rdfs:label ?n OPTIONAL { ?s schema:dateCreated ?d } } ORDER BY ?s"
    )
    frame = answer.pandas()
    found = [tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False)]
    assert found == [tuple(row) for row in answer.rows]
    assert str(frame["d"].dtype) == "date32[day][pyarrow]"


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "DESCRIBE :anna"])
def test_only_rows_are_tables(query: str) -> None:
    """Truth and triples are no table, and the message says what they are."""
    answer = run_query(small_data.store(), query)
    for make in (answer.polars, answer.pandas):
        with pytest.raises(ResultFormatError, match=r"ASK|CONSTRUCT"):
            make()


@pytest.mark.parametrize(
    ("missing", "form"), [("polars", "polars"), ("polars", "pandas"), ("pandas", "pandas"), ("pyarrow", "pandas")]
)
def test_missing_packages(missing: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the package and how to get it."""
    monkeypatch.setitem(sys.modules, missing, None)
    answer = run_query(small_data.store(), "SELECT * { ?s ?p ?o }")
    with pytest.raises(MissingPackageError, match=r"bowiegraph\[tables\]") as caught:
        getattr(answer, form)()
    assert caught.value.package == missing
