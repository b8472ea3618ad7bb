"""The answer to a query, in whatever form it is wanted.

A result asks the store again for each further form it is read in: the data does not change while it is open.
"""

from __future__ import annotations

import html
import io
import re
from collections import namedtuple
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import ResultFormatError
from bowiegraph.tables import INTEGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd
    import polars as pl
    import rdflib.query

#: what a cell holds: IRIs and text as str, numbers and dates as Python's own, None where nothing is bound
Cell: TypeAlias = str | int | float | bool | Decimal | date | None
#: the same as a term of RDF; a triple is one of SPARQL 1.2
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

#: format → how Oxigraph calls it
TABLES: Final = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS: Final = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "ttl": ox.RdfFormat.TURTLE,  # as its files are called; turtle is the same
    "turtle": ox.RdfFormat.TURTLE,
}
#: triples that a notebook shows of an answer: each takes one line of Turtle at most, and with the prefixes above them
#: they are fewer than 200
SHOWN_TRIPLES: Final = 180

#: Python reads more than XML Schema allows (https://www.w3.org/TR/xmlschema11-2/): 1_000, ٣, 1977-W38-5, infinity
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME: Final = re.compile(_DATE.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_READERS: Final[dict[str, tuple[re.Pattern[str], Callable[[str], Cell]]]] = {
    vocab.XSD + "boolean": (re.compile("true|false|1|0"), lambda text: text in {"true", "1"}),
    vocab.XSD + "date": (_DATE, date.fromisoformat),
    vocab.XSD + "dateTime": (_DATE_TIME, datetime.fromisoformat),
    vocab.XSD + "decimal": (_DECIMAL, Decimal),
    vocab.XSD + "double": (_DOUBLE, float),
    vocab.XSD + "float": (_DOUBLE, float),
    **dict.fromkeys(INTEGERS, (_INTEGER, int)),
}


def cell(term: Any) -> Cell:  # noqa: ANN401 — a term, or a triple of SPARQL 1.2
    """Turn a term into a Python value; a literal that its datatype does not allow stays text."""
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        form, reader = _READERS.get(term.datatype.value, (None, None))
        if form is None or reader is None or not form.fullmatch(term.value):
            return term.value
        try:
            return reader(term.value)
        except (ValueError, ArithmeticError):
            return term.value
    return None if term is None else str(term)


@lru_cache(maxsize=256)
def _row_type(variables: tuple[str, ...]) -> Any:  # noqa: ANN401 — its fields are known only now
    """Make the type of an answer's rows, once for each list of variables: that takes longer than most queries."""
    return namedtuple("Row", variables, rename=True)  # noqa: PYI024 — as said


class Result:
    """An answer: rows for SELECT, triples for CONSTRUCT and DESCRIBE, true or false for ASK."""

    def __init__(self, evaluate: Callable[[], Answer]) -> None:
        self._evaluate = evaluate
        # Asked once at once, so that a mistake in the query is an error here and not when somebody reads the answer.
        self._first: Answer | None = evaluate()
        self._form = type(self._first)
        self.variables: list[str] = (
            [v.value for v in self._first.variables] if isinstance(self._first, ox.QuerySolutions) else []
        )

    def _answer(self) -> Answer:
        first, self._first = self._first, None
        return first if first is not None else self._evaluate()

    def _of(self, form: type[Any], what: str) -> Any:  # noqa: ANN401 — of the form asked for
        if self._form is not form:
            raise ResultFormatError(what, _FORMS[self._form])
        return self._answer()

    @property
    def boolean(self) -> bool:
        """What an ASK query found.

        Raises:
            ResultFormatError: the query was not ASK.
        """
        return bool(self._of(ox.QueryBoolean, "true or false"))

    @property
    def triples(self) -> list[ox.Triple]:
        """What a CONSTRUCT or DESCRIBE query made.

        Raises:
            ResultFormatError: the query was neither.
        """
        return list(self._of(ox.QueryTriples, "triples"))

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of a SELECT query as named tuples of ``Cell``, in the query's order.

        Raises:
            ResultFormatError: the query was not SELECT.
        """
        solutions = self._of(ox.QuerySolutions, "rows")
        make = _row_type(tuple(self.variables))._make
        return [make(map(cell, solution)) for solution in solutions]

    @property
    def terms(self) -> list[tuple[Term, ...]]:
        """The rows of a SELECT query as tuples of pyoxigraph's terms, None where nothing is bound.

        Raises:
            ResultFormatError: the query was not SELECT.
        """
        return [tuple(solution) for solution in self._of(ox.QuerySolutions, "rows")]

    def iter_triples(self) -> Iterator[ox.Triple]:
        """Go through what a CONSTRUCT or DESCRIBE query made, one by one: they never stand in memory as a whole.

        Raises:
            ResultFormatError: the query was neither.
        """
        return iter(self._of(ox.QueryTriples, "triples"))

    def has_more_than(self, count: int) -> bool:
        """Tell whether there are more rows or triples than that; not more than are needed to tell are looked at."""
        if self._form is ox.QueryBoolean:
            return False
        answer: Any = self._answer()
        return next(islice(answer, count, None), None) is not None

    def __iter__(self) -> Iterator[Any]:
        """Go through the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """Tell whether anything was found, in rows, in triples, or by ASK."""
        if self._form is ox.QueryBoolean:
            return self.boolean
        return bool(self.triples if self._form is ox.QueryTriples else self.rows)

    @property
    def formats(self) -> list[str]:
        """The formats that ``serialize`` knows for this answer; ASK has no CSV or TSV."""
        if self._form is ox.QueryTriples:
            return list(GRAPHS)
        return [name for name in TABLES if self._form is ox.QuerySolutions or name in {"json", "xml"}]

    def serialize(self, format: str) -> bytes:  # noqa: A002 — the word that rdflib and pyoxigraph use
        """Write the answer as csv, tsv, json, xml, or turtle, ntriples, rdfxml, jsonld, by Oxigraph's own writers.

        Raises:
            ResultFormatError: the answer cannot be written so.
        """
        held = io.BytesIO()
        self.write(held, format)
        return held.getvalue()

    def write(self, output: IO[bytes], format: str) -> None:  # noqa: A002 — as above
        """Write the answer to a file as ``serialize`` does, piece by piece: it never stands in memory as a whole.

        Raises:
            ResultFormatError: the answer cannot be written so.
        """
        if format not in self.formats:
            raise ResultFormatError(format, f"{_FORMS[self._form]}: {', '.join(self.formats)}")
        answer: Any = self._answer()
        if self._form is ox.QueryTriples:
            ox.serialize(answer, output, format=GRAPHS[format], prefixes=vocab.PREFIXES)
        else:
            answer.serialize(output, format=TABLES[format])

    def csv(self) -> str:
        """Write the rows as CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
        return self.serialize("csv").decode()

    def tsv(self) -> str:
        """Write the rows as TSV: unlike CSV, it tells IRIs from text and numbers."""
        return self.serialize("tsv").decode()

    def json(self) -> str:
        """Write the answer as SPARQL results in JSON."""
        return self.serialize("json").decode()

    def xml(self) -> str:
        """Write the answer as SPARQL results in XML."""
        return self.serialize("xml").decode()

    def turtle(self) -> str:
        """Write the triples of a CONSTRUCT query as Turtle."""
        return self.serialize("turtle").decode()

    def polars(self) -> pl.DataFrame:
        """Make a polars DataFrame: numbers, booleans and dates as such, all else as text, null where nothing is bound.

        Raises:
            MissingPackageError: polars is not installed.
            ResultFormatError: the query was not SELECT.
        """
        from bowiegraph.tables import to_polars  # noqa: PLC0415 — lazy: polars costs half a second

        return to_polars(self.serialize("tsv"))

    def pandas(self) -> pd.DataFrame:
        """Make a pandas DataFrame, with Arrow types.

        Raises:
            MissingPackageError: pandas, polars or pyarrow is not installed.
            ResultFormatError: the query was not SELECT.
        """
        from bowiegraph.tables import to_pandas  # noqa: PLC0415 — lazy: pandas costs a second

        return to_pandas(self.serialize("tsv"))

    def rdflib(self) -> rdflib.query.Result:
        """Give the answer as rdflib would: its terms, its result."""
        from rdflib import query  # noqa: PLC0415 — lazy: rdflib costs 180 ms

        if self._form is ox.QueryTriples:
            return query.Result.parse(io.BytesIO(self.serialize("ntriples")), format="nt")
        return query.Result.parse(io.BytesIO(self.serialize("json")), format="json")

    def __repr__(self) -> str:
        """Say what it is, without dumping it."""
        if self._form is ox.QueryBoolean:
            return f"<Result {self.boolean}>"
        return f"<Result: {', '.join(self.variables) or 'triples'}>"

    def _repr_html_(self) -> str:
        """Show it in a notebook: of long answers the beginning, and how long they are."""
        if self._form is ox.QueryBoolean:
            return f"<pre>{self.boolean}</pre>"
        if self._form is ox.QueryTriples:
            return self._html_triples()
        from bowiegraph.inline import html_table  # noqa: PLC0415 — lazy: only notebooks need it

        return html_table(self.variables, self.rows, len(self.rows))

    def _html_triples(self) -> str:
        triples = self.iter_triples()
        shown = list(islice(triples, SHOWN_TRIPLES))
        count = len(shown) + sum(1 for _ in triples)
        note = f"{count:,} triple{'' if count == 1 else 's'}"
        if count > len(shown):
            note = f"the first {len(shown):,} of {note}; .turtle() has all of them"
        if not shown:
            return f"<p>{note}</p>"
        turtle = ox.serialize(shown, format=ox.RdfFormat.TURTLE, prefixes=vocab.PREFIXES) or b""
        box = 'style="max-height:24em;overflow:auto" tabindex="0" role="group" aria-label="Triples"'
        return f"<p>{note}</p><pre {box}>{html.escape(turtle.decode())}</pre>"


_FORMS: Final[dict[type[Any], str]] = {
    ox.QuerySolutions: "rows (SELECT)",
    ox.QueryBoolean: "true or false (ASK)",
    ox.QueryTriples: "triples (CONSTRUCT or DESCRIBE)",
}
