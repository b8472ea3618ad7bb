"""Where in a query a mistake is, and what could have stood there.

Oxigraph's parser says how far it has looked, and it looks as many characters ahead as the keyword that it hopes for
has: for ``SELEKT *`` it names the place behind ``CONSTRUCT``. So the query is read once more with wide gaps between
its words:
then it cannot look beyond the word that is wrong.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping

#: wider than the longest keyword
_GAP: Final = " " * 24
_STRING: Final = (
    r"\"{3}(?:[^\"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"
    r"|\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'"
)
_IRI: Final = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
_NAME: Final = r"(?:\w[\w.-]*)?:(?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:-]|\.(?=[\w.:-])|%[0-9A-Fa-f]{2}|\\.)*)?"
_WORD: Final = re.compile(
    rf"(?:{_STRING})(?:@[\w-]+|\^\^(?:{_IRI}|{_NAME}))?|{_IRI}|\#[^\n\r]*|[?$]\w+|{_NAME}"
    r"|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|@?\w[\w-]*|<<\(?|\)?>>|\{\||\|\}|[<>!]=|&&|\|\||\^\^|\S",
    re.DOTALL,
)
_POSITION: Final = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
#: an engine that lists everything it could have read helps nobody
_FEW: Final = 5
#: what Oxigraph says among the things expected, and what it means
_SAID: Final = {
    "Prefix not found": "this prefix is not declared",
    "IRI parsing failed": "this is not an absolute IRI",
    "The SELECT contains a variable that is unbound": "a variable is selected that is not grouped by",
    "Duplicated variable name in SELECT": "a variable is selected twice",
}


class Mistake(NamedTuple):
    """A place in a query, line and column counted from 1, and what is wrong there."""

    line: int
    column: int
    reason: str


def locate(sparql: str, message: str, *, base_iri: str | None, prefixes: Mapping[str, str]) -> Mistake:
    """Find the place of a mistake, from the query and what the engine said of it."""
    offset, expected = _place(sparql, message)
    words = list(_WORD.finditer(sparql))
    starts = [0, *accumulate(len(word[0]) + len(_after(word[0])) for word in words)]
    wide = "".join(word[0] + _after(word[0]) for word in words)
    try:
        ox.Store().query(wide, base_iri=base_iri, prefixes=dict(prefixes))
    except (SyntaxError, RuntimeError) as error:
        seen, expected = _place(wide, str(error))
        index = max(i for i, start in enumerate(starts) if start <= seen)
        if index == len(words) and _reason(expected) not in _SAID.values():
            return Mistake(*_line_and_column(sparql, len(sparql.rstrip())), "the query ends too early")
        offset = words[index].start() if index < len(words) else len(sparql.rstrip())
        if seen > starts[index] and not any(said in expected for said in _SAID):
            expected = ""  # a keyword was hoped for: the engine names the longest, which need not be the likeliest
    line, column = _line_and_column(sparql, offset)
    return Mistake(line, column, _reason(expected))


def _after(word: str) -> str:
    """A comment ends with its line."""
    return ("\n" if word.startswith("#") else "") + _GAP


def _place(text: str, message: str) -> tuple[int, str]:
    match = _POSITION.search(message)
    if not match:
        return 0, message
    lines = text.split("\n")[: int(match[1]) - 1]
    return sum(len(line) + 1 for line in lines) + int(match[2]) - 1, match[3]


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _reason(expected: str) -> str:
    for said, meant in _SAID.items():
        if said in expected:
            return meant
    words = dict.fromkeys(
        re.findall(r'"[^"\s]+"|(?<![\w\'{])[A-Za-z][A-Za-z0-9_]+(?![\w\'}])', expected.removeprefix("one of "))
    )
    if not words:
        return "this cannot stand here"
    more = f" or {len(words) - _FEW} other things" if len(words) > _FEW else ""
    return f"expected {', '.join(list(words)[:_FEW])}{more}"
