"""Rows as DataFrames: the engine's TSV, decoded a column at a time rather than term by term."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from bowiegraph import vocab
from bowiegraph.errors import MissingPackageError

if TYPE_CHECKING:
    import pandas
    import polars

#: numbers and booleans stand bare in TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv)
_INTEGER: Final = r"^[+-]?\d+$"
_NUMBER: Final = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_BOOLEAN: Final = r"^(?:true|false)$"
_LITERAL: Final = r'(?s)^"(.*)"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?$'
_DATATYPE: Final = r'"\^\^<([^>]*)>$'
#: the escapes of strings in Turtle; the first that fits counts, so that \\n is a backslash and an n
_ESCAPES: Final = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r", r"\"": '"'}


def to_polars(tsv: bytes) -> polars.DataFrame:
    """Read SPARQL results in TSV: numbers, booleans and dates as such, all else as text, null where nothing is bound.

    Raises:
        MissingPackageError: polars is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415 — lazy: it costs half a second, and is optional
    except ImportError as error:
        raise MissingPackageError("polars", "tables") from error
    frame = pl.read_csv(io.BytesIO(tsv), separator="\t", quote_char=None, infer_schema=False)
    columns = [_column(series.rename(series.name.removeprefix("?"))) for series in frame]
    return pl.DataFrame(columns)


def to_pandas(tsv: bytes) -> pandas.DataFrame:
    """Read SPARQL results in TSV into pandas, with Arrow types.

    Raises:
        MissingPackageError: pandas, polars or pyarrow is not installed.
    """
    frame = to_polars(tsv)
    for package in ("pandas", "pyarrow"):
        try:
            __import__(package)
        except ImportError as error:
            raise MissingPackageError(package, "tables") from error
    return frame.to_pandas(use_pyarrow_extension_array=True)


def _column(series: polars.Series) -> polars.Series:
    import polars as pl  # noqa: PLC0415 — lazy, as above

    known = series.drop_nulls()
    for pattern, kind in ((_INTEGER, pl.Int64), (_NUMBER, pl.Float64)):
        if len(known) and known.str.contains(pattern).all():
            return series.cast(kind, strict=False)
    if len(known) and known.str.contains(_BOOLEAN).all():
        return series == "true"
    text = _text(series)
    datatypes = known.str.extract(_DATATYPE).unique()
    if datatypes.to_list() == [vocab.XSD + "date"]:
        dates = text.str.to_date("%Y-%m-%d", strict=False)
        return dates if dates.null_count() == text.null_count() else text
    return text


def _text(series: polars.Series) -> polars.Series:
    """Take IRIs out of their brackets and literals out of their quotes."""
    import polars as pl  # noqa: PLC0415 — lazy, as above

    cell = pl.col(series.name)
    literal = cell.str.extract(_LITERAL).str.replace_many(_ESCAPES)
    iri = cell.str.strip_prefix("<").str.strip_suffix(">")
    bare = pl.when(cell.str.starts_with('"')).then(literal).when(cell.str.starts_with("<")).then(iri).otherwise(cell)
    return series.to_frame().select(bare.alias(series.name)).to_series()
