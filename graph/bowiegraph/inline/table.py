"""An answer as a table in a notebook: plain HTML that stands by itself, and sorts and searches where scripts run.

Notebooks show HTML in many ways. JupyterLab and VS Code run its scripts, JupyterLab without trust and GitHub take them
out, and GitHub the styles as well: so the table is whole before either is there.
"""

from __future__ import annotations

import html
import re
import secrets
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bowiegraph import vocab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: rows that stand in the table, of however many there are
SHOWN: Final = 1000
#: characters from which on a text is given a column that it can be read in, however narrow the page is
LONG: Final = 30

_FOLDER: Final = Path(__file__).parent
#: what stands once in the script, where the box's own id goes
_ID: Final = "bowiegraph-answer"
#: dollar signs in an answer are no mathematics, which JupyterLab would set
_CLASSES: Final = "bowiegraph-answer mathjax_ignore"
#: the height stands in the element too: JupyterLab without trust leaves it there, and takes the style sheet out
_SCROLLING: Final = (
    'class="bowiegraph-rows" style="max-height:24em;overflow:auto" tabindex="0" role="group" aria-label="Rows"'
)
#: an address of the web, whole: what no IRI may hold is in none (RFC 3987)
_WEB: Final = re.compile(r'https?://[^\x00-\x20<>"{}|\\^`]+', re.IGNORECASE)


def html_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], total: int, *, rest: str = ".polars() has all of them"
) -> str:
    """Write rows as a table for a notebook, in a box that scrolls.

    Args:
        columns: the names above the columns.
        rows: the cells, as ``Result.rows`` has them; not more than ``SHOWN`` rows are shown.
        total: how many rows there are in all.
        rest: where those are that are not shown.
    """
    shown = rows[:SHOWN]
    # An id of its own, for the same answer may be shown twice in a page.
    name = f"{_ID}-{secrets.token_hex(8)}"
    table = (
        f"<table><caption>{_caption(len(shown), total, rest)}</caption>"
        f"<thead><tr>{''.join(_header(columns, shown))}</tr></thead>"
        f"<tbody>{''.join(map(_row, shown))}</tbody></table>"
    )
    return (
        f'<div class="{_CLASSES}" id="{name}" data-total="{total}" data-lm-suppress-shortcuts="true">'
        f"<div {_SCROLLING}>{table}</div></div>"
        f"<style>{_file('table.css')}</style>"
        f"<script>{_file('table.js').replace(_ID, name)}</script>"
    )


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _caption(shown: int, total: int, rest: str) -> str:
    if shown < total:
        return f"the first {shown:,} of {total:,} rows" + (f"; {rest}" if rest else "")
    return f"{total:,} row{'' if total == 1 else 's'}"


def _header(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterable[str]:
    for place, column in enumerate(columns):
        kinds = {_kind(row[place]) for row in rows if row[place] is not None}
        kind = kinds.pop() if len(kinds) == 1 else ""
        yield f'<th scope="col"{_marked(kind)} dir="auto">{_escape(column)}</th>'


def _row(row: Sequence[object]) -> str:
    return f"<tr>{''.join(map(_cell, row))}</tr>"


def _cell(value: object) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, str):
        return f'<td dir="auto"{" data-long" if len(value) > LONG else ""}>{html_text(value)}</td>'
    return f"<td{_marked(_kind(value))}>{_escape(str(value))}</td>"


def _kind(value: object) -> str:
    """Tell what sorts other than text does; True is a number to Python alone."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return "number"
    return "date" if isinstance(value, date) else ""


def _marked(kind: str) -> str:
    return f' data-kind="{kind}"' if kind else ""


def html_text(value: str) -> str:
    """Show an IRI by its prefix, an address of the web that is none of ours as a link, and all else as it is."""
    if vocab.compact(value) != value or not _WEB.fullmatch(value):
        return _escape(vocab.prefixed(value))
    escaped = _escape(value)
    return f'<a href="{escaped}" rel="noopener noreferrer" target="_blank">{escaped}</a>'


def _escape(text: str) -> str:
    """Escape text; HTML has no way to write the null character, and takes a bare carriage return for a line feed."""
    return html.escape(text).replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\r", "&#13;")
