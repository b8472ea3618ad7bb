"""Compares what a query gave with what the W3C expects, as the specifications say that they are the same.

Rows are a multiset, blank nodes are the same up to a renaming that holds for the whole answer, and numbers
and booleans are the same where their datatype and value are (https://www.w3.org/TR/xmlschema-2/#value-space).
"""

from __future__ import annotations

import csv
import io
import re
import struct
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: variable → term; an unbound variable is not in it
Row: TypeAlias = dict[str, Term]

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

#: xsd:integer and what is derived from it
_INTEGERS = (
    *(XSD + name for name in ("integer", "long", "int", "short", "byte")),
    *(XSD + "unsigned" + name for name in ("Long", "Int", "Short", "Byte")),
    *(XSD + sign + "Integer" for sign in ("positive", "negative", "nonPositive", "nonNegative")),
)
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}


class Mismatch(AssertionError):  # noqa: N818 — an assertion that does not hold, raised by name so that only it is expected
    """The answer is not the one that the W3C expects."""


@dataclass(frozen=True)
class Table:
    """The answer of a SELECT query."""

    variables: frozenset[str]
    rows: tuple[Row, ...]


#: what a SELECT query, or an ASK query, answers
Results: TypeAlias = Table | bool


def read_table(data: bytes, form: ox.QueryResultsFormat) -> Results:
    """Read results in the W3C's XML, JSON or TSV format: a table, or a truth value."""
    results = ox.parse_query_results(data, format=form)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    variables = [variable.value for variable in results.variables]
    rows = [{name: row[name] for name in variables if row[name] is not None} for row in results]
    return Table(frozenset(variables), tuple(rows))


def read_result_set(path: Path) -> Table | None:
    """Read a SELECT answer written in RDF, or give None where the file is a plain graph.

    The vocabulary: https://www.w3.org/2001/sw/DataAccess/tests/result-set.
    """
    dataset = ox.Dataset(ox.parse(path=path, base_iri=path.as_uri()))

    def objects(subject: object, predicate: str) -> list[Term]:
        quads = dataset.quads_for_subject(subject)  # type: ignore[arg-type]  # subjects of this very graph
        return [quad.object for quad in quads if quad.predicate.value == RS + predicate]

    roots = [quad.subject for quad in dataset.quads_for_object(ox.NamedNode(RS + "ResultSet"))]
    if not roots:
        return None
    if objects(roots[0], "index"):
        raise ValueError(f"{path.name} numbers its solutions, which this reader does not know")
    variables = frozenset(_text(term) for term in objects(roots[0], "resultVariable"))
    rows = tuple(
        {
            _text(objects(binding, "variable")[0]): objects(binding, "value")[0]
            for binding in objects(solution, "binding")
        }
        for solution in objects(roots[0], "solution")
    )
    return Table(variables, rows)


def _text(term: Term) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


def compare_answers(expected: Results, actual: Results, *, ordered_by: tuple[str, ...] = ()) -> None:
    """Compare the answers of a SELECT or an ASK query."""
    if isinstance(expected, Table) and isinstance(actual, Table):
        compare_tables(expected, actual, ordered_by=ordered_by)
    elif expected is not actual:
        raise Mismatch(f"expected {expected}, got {actual}")


def compare_graphs(expected: Iterable[ox.Triple], actual: Iterable[ox.Triple]) -> None:
    """Compare two graphs up to the names of their blank nodes."""
    wanted, got = _canonical(expected), _canonical(actual)
    if wanted != got:
        raise Mismatch(_difference(Counter(wanted), Counter(got)))


def compare_tables(expected: Table, actual: Table, *, ordered_by: tuple[str, ...] = ()) -> None:
    """Compare two SELECT answers: the variables, the rows, and their order as far as the query asks for one.

    Rows that agree in all of ``ordered_by`` may come in any order, as they may from the query.
    """
    if expected.variables != actual.variables:
        raise Mismatch(f"expected variables {sorted(expected.variables)}, got {sorted(actual.variables)}")
    wanted, got = _Rows(expected), _Rows(actual)
    if wanted.ground != got.ground or wanted.blank != got.blank:
        raise Mismatch(_difference(wanted.all, got.all))
    for name in ordered_by:
        if wanted.column(name) != got.column(name):
            raise Mismatch(f"?{name} comes in another order: {got.column(name)}, not {wanted.column(name)}")


def compare_csv(expected: bytes, actual: bytes, *, ordered_by: tuple[str, ...] = ()) -> None:
    """Compare two answers in CSV, which keeps neither datatypes nor the kinds of terms.

    By https://www.w3.org/TR/sparql11-results-csv-tsv/#csv a number may be written in any way: its cells are
    compared by value, blank nodes (``_:a``) up to their names, and all other cells as they stand.
    """
    compare_tables(_read_csv(expected), _read_csv(actual), ordered_by=ordered_by)


def _read_csv(data: bytes) -> Table:
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    if short := [line for line in lines if len(line) != len(header)]:
        raise Mismatch(f"not as many cells as the header has: {short[0]!r}")
    rows = [{name: _cell(text) for name, text in zip(header, line, strict=True) if text} for line in lines]
    return Table(frozenset(header), tuple(rows))


def _cell(text: str) -> Term:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", text):
        return ox.Literal(str(Fraction(text)))
    return ox.Literal(text)


def order_of(query: str) -> tuple[str, ...]:
    """Give the variables by which the whole answer is ordered, if it is.

    Raises:
        ValueError: the answer is ordered by something else than variables.
    """
    tail = re.sub(r"(?m)#.*$", "", query.rpartition("}")[2])
    clause = re.search(r"(?is)\border\s+by\b(.*?)(\b(limit|offset|values)\b.*)?$", tail)
    if clause is None:
        return ()
    rest = re.sub(r"(?i)\b(asc|desc)\s*\(\s*([?$]\w+)\s*\)", r"\2", clause[1])
    if re.sub(r"[?$]\w+", "", rest).strip():
        raise ValueError(f"cannot tell what {clause[0]!r} orders by")
    return tuple(re.findall(r"[?$](\w+)", rest))


class _Rows:
    """The rows of a table in a form of which equality means that the rows are the same."""

    def __init__(self, table: Table) -> None:
        self._rows = table.rows
        self.all = Counter(_key(row) for row in table.rows)
        blank = {_key(row): row for row in table.rows if any(map(_is_blank, row.values()))}
        self.ground = {key: count for key, count in self.all.items() if key not in blank}
        self.blank = _canonical(triple for key, row in blank.items() for triple in _row_triples(row, self.all[key]))

    def column(self, name: str) -> list[str]:
        """List the values of a variable, one a row; of blank nodes only that they are blank."""
        cells = [row.get(name) for row in self._rows]
        return ["unbound" if cell is None else "_:" if _is_blank(cell) else _value(cell) for cell in cells]


def _key(row: Row) -> str:
    return " ".join(f"?{name}={_value(term)}" for name, term in sorted(row.items()))


def _row_triples(row: Row, count: int) -> list[ox.Triple]:
    """Write a row as a blank node with its terms, so that rows are the same when their graphs are."""
    node = ox.BlankNode()
    times = ox.Triple(node, ox.NamedNode("urn:count"), ox.Literal(count))
    cells = [ox.Triple(node, ox.NamedNode(f"urn:variable:{name}"), _cell_term(term)) for name, term in row.items()]
    return [times, *cells]


def _cell_term(term: Term) -> Term:
    return term if _is_blank(term) else ox.Literal(_value(term))


def _is_blank(term: Term | None) -> bool:
    return isinstance(term, ox.BlankNode)


def _value(term: Term) -> str:
    """Write a term so that two are written alike just when they are the same value."""
    if not isinstance(term, ox.Literal):
        return str(term)
    write = _WRITERS.get(term.datatype.value)
    try:
        return f"{write(term.value)} ^^{term.datatype}" if write else str(term)
    except (
        ArithmeticError,
        ValueError,
        KeyError,
        struct.error,
    ):  # not in the lexical space: stands for itself
        return str(term)


def _float(text: str) -> str:
    """Round to 32 bits first, as xsd:float does."""
    return repr(struct.unpack("f", struct.pack("f", float(text)))[0])


_WRITERS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(_INTEGERS, lambda text: str(int(text))),
    XSD + "decimal": lambda text: str(Fraction(text)),
    XSD + "double": lambda text: repr(float(text)),
    XSD + "float": _float,
    XSD + "boolean": lambda text: _BOOLEANS[text],
}


def _canonical(triples: Iterable[ox.Triple]) -> list[str]:
    """Rename the blank nodes by https://www.w3.org/TR/rdf-canon/, and sort."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def _difference(expected: Counter[str], actual: Counter[str]) -> str:
    missing, surplus = expected - actual, actual - expected
    lines = [f"- {line}" for line in missing.elements()] + [f"+ {line}" for line in surplus.elements()]
    return "\n".join(["expected (-), got (+):", *lines])
