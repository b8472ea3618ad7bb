"""Writing answers: tables for people, CSV, TSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

import click

from bowiegraph import vocab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bowiegraph.result import Result

#: signs that turn the direction of what follows (https://www.unicode.org/reports/tr9/), and could disguise it
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(text: str, *, keep: str = "") -> str:
    """Replace what would steer a terminal: control characters, and signs that turn the direction of writing."""
    return "".join("\ufffd" if _steers(character) and character not in keep else character for character in text)


def _steers(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def chosen(format_: str | None) -> str:
    """Give the format asked for, else a table on a terminal and CSV for a program."""
    return format_ or ("table" if sys.stdout.isatty() else "csv")


def write(data: bytes) -> None:
    """Write bytes as they are to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def rows(columns: Sequence[str], lines: Iterable[Sequence[object]], format_: str) -> None:
    """Write rows in a format of ours: table, csv, tsv or json."""
    if format_ == "table":
        table(columns, lines)
    elif format_ == "json":
        objects = [dict(zip(columns, line, strict=True)) for line in lines]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=1, default=str))
    else:
        text = io.StringIO()
        writer = csv.writer(text, delimiter="\t" if format_ == "tsv" else ",", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if value is None else value for value in line] for line in lines)
        write(text.getvalue().encode())


def table(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> int:
    """Draw a table as wide as the terminal; rows are counted on standard error, and the count is given back."""
    from rich.console import Console  # noqa: PLC0415 — lazy: 80 ms, and only for people
    from rich.table import Table  # noqa: PLC0415 — lazy, as above
    from rich.text import Text  # noqa: PLC0415 — lazy, as above

    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        drawn.add_column(safe(column), overflow="fold")
    count = 0
    for line in lines:
        drawn.add_row(*(Text(shown(value)) for value in line))
        count += 1
    width = shutil.get_terminal_size((100, 24)).columns
    file = sys.stdout if sys.stdout.isatty() else io.StringIO()
    Console(file=file, width=width, highlight=False, soft_wrap=False).print(drawn)
    if isinstance(file, io.StringIO):  # a file or a pipe has no use for the blanks that fill the last column
        click.echo("\n".join(map(str.rstrip, file.getvalue().splitlines())))
    click.echo(f"{count} row{'' if count == 1 else 's'}", err=True)
    return count


def shown(value: object) -> str:
    """Write a cell the way people read it: IRIs by their prefixes, nothing for nothing."""
    text = "" if value is None else vocab.prefixed(value) if isinstance(value, str) else str(value)
    return safe(text)


def result(answer: Result, format_: str | None) -> bool:
    """Write the answer to a query, whatever its form, and tell whether it was one that has rows and has none."""
    if "csv" not in answer.formats:
        _without_rows(answer, format_)
        return False
    if chosen(format_) == "table":
        return table(answer.variables, answer.rows) == 0
    data = answer.serialize(chosen(format_))
    write(_ended(data))
    return _is_empty(data, chosen(format_))


def _is_empty(data: bytes, format_: str) -> bool:
    """Look at what was written, for to ask again would take as long once more."""
    rows = {"json": b'"bindings":[{', "xml": b"<result>"}
    return rows[format_] not in data if format_ in rows else data.count(b"\n") < 2  # noqa: PLR2004 — the first is the header


def _ended(data: bytes) -> bytes:
    """End the last line, as every text does that is not to run into the prompt."""
    return data if not data or data.endswith(b"\n") else data + b"\n"


def _without_rows(answer: Result, format_: str | None) -> None:
    """Write true or false, or triples; these are Turtle where nothing else was asked for."""
    if "turtle" in answer.formats:
        write(_ended(answer.serialize(format_ or "turtle")))
    elif format_ in {None, "table"}:
        click.echo("true" if answer.boolean else "false")
    else:
        write(_ended(answer.serialize(format_ or "json")))
