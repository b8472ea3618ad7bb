"""Rows as DataFrames: the engine's TSV, decoded a column at a time rather than term by term."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from bowiegraph import vocab
from bowiegraph.errors import MissingPackageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

#: the datatypes of whole numbers
INTEGERS: Final = frozenset(
    vocab.XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
#: numbers and booleans stand bare in TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv)
_BARE: Final = ((r"^[+-]?\d+$", "integer"), (r"^[+-]?[\d.]", "double"), (r"^(?:true|false)$", "boolean"))
_NUMBER: Final = r"^(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN)$"
_NUMBERS: Final = frozenset(vocab.XSD + name for name in ("decimal", "double", "float")) | INTEGERS
_LITERAL: Final = r'(?s)^"(.*)"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?$'
_DATATYPE: Final = r'"\^\^<([^>]*)>$'
#: the escapes of strings in Turtle; the first that fits counts, so that \\n is a backslash and an n
_ESCAPES: Final = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r", r"\"": '"'}


_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}


def to_polars(tsv: bytes) -> pl.DataFrame:
    """Read SPARQL results in TSV: numbers, booleans and dates as such, all else as text, null where nothing is bound.

    Raises:
        MissingPackageError: polars is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415 — lazy: it costs half a second, and is optional
    except ImportError as error:
        raise MissingPackageError("polars", "tables") from error
    if not tsv.split(b"\n", 1)[0].strip():
        return pl.DataFrame()  # SELECT * of a pattern without variables
    frame = pl.read_csv(io.BytesIO(tsv), separator="\t", quote_char=None, infer_schema=False)
    columns = [_column(series.rename(series.name.removeprefix("?"))) for series in frame]
    return pl.DataFrame(columns)


def to_pandas(tsv: bytes) -> pd.DataFrame:
    """Read SPARQL results in TSV into pandas, with Arrow types.

    Raises:
        MissingPackageError: pandas, polars or pyarrow is not installed.
    """
    return as_pandas(to_polars(tsv))


def as_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """Turn a polars DataFrame into one of pandas, with Arrow types.

    Raises:
        MissingPackageError: pandas or pyarrow is not installed.
    """
    for package in ("pandas", "pyarrow"):
        try:
            __import__(package)
        except ImportError as error:
            raise MissingPackageError(package, "tables") from error
    return frame.to_pandas(use_pyarrow_extension_array=True)


def _column(series: pl.Series) -> pl.Series:
    """Give a column the type that all its cells have, if none is lost by it; text else."""
    text = _text(series)
    kinds = _kinds(series)
    typed = _typed(text, kinds) if kinds else text
    return typed if typed.null_count() == text.null_count() else text


def _kinds(series: pl.Series) -> set[str | None]:
    """List the datatypes in a column; None stands for IRIs and plain text."""
    import polars as pl  # noqa: PLC0415 — lazy, as above

    cell = pl.col(series.name)
    kind = cell.str.extract(_DATATYPE)
    for pattern, name in reversed(_BARE):
        kind = pl.when(cell.str.contains(pattern)).then(pl.lit(vocab.XSD + name)).otherwise(kind)
    return set(series.drop_nulls().to_frame().select(kind.alias("kind")).to_series().unique())


def _typed(text: pl.Series, kinds: set[str | None]) -> pl.Series:
    """Cast a column of text to the type that its datatypes call for; cells that are not of it become null."""
    import polars as pl  # noqa: PLC0415 — lazy, as above

    if kinds <= INTEGERS:
        return text.cast(pl.Int64, strict=False)
    if kinds <= _NUMBERS:
        numbers = text.str.extract(f"({_NUMBER})").str.replace("INF", "inf", literal=True)
        return numbers.cast(pl.Float64, strict=False)
    if kinds == {vocab.XSD + "boolean"}:
        return text.replace_strict(_TRUTH, default=None, return_dtype=pl.Boolean)
    if kinds == {vocab.XSD + "date"}:
        return text.str.extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})$").str.to_date("%Y-%m-%d", strict=False)
    return text


def _text(series: pl.Series) -> pl.Series:
    """Take IRIs out of their brackets and literals out of their quotes."""
    import polars as pl  # noqa: PLC0415 — lazy, as above

    cell = pl.col(series.name)
    literal = cell.str.extract(_LITERAL).str.replace_many(_ESCAPES)
    iri = cell.str.strip_prefix("<").str.strip_suffix(">")
    bare = pl.when(cell.str.starts_with('"')).then(literal).when(cell.str.starts_with("<")).then(iri).otherwise(cell)
    return series.to_frame().select(bare.alias(series.name)).to_series()
