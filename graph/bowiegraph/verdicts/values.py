"""When two values are the same, and when one is the finer of the other.

Numbers are the same by value. Dates of several precisions form a tree: 1977, 1977-09, 1977-09-23, and a time
of that day. Everything else is the same if it is the same term.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, TypeAlias

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.facts.parsing import Term

#: equal for equal values: a term; a number; or year, month, day and time of a date, as far as they are known
Value: TypeAlias = Term | Decimal | tuple[str, ...]

_NUMBERS: Final = frozenset(
    vocab.XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "int", "long", "short", "byte"),
        *("nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
        *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
_DATES: Final = frozenset(vocab.XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime"))
_DATE: Final = re.compile(
    r"(-?\d{4,}) (?:-(\d\d))? (?:-(\d\d))? (?:T([\d:]+(?:\.\d*[1-9])?)\.?0*)? (?:Z|[+-]\d\d:\d\d)?",
    re.VERBOSE,
)


def value_of(term: Term) -> Value:
    """Give what a term stands for; a literal that is not of its datatype stands for itself.

    Time zones are left out of account: nobody says in which zone a record came out.
    """
    return _literal(term) if isinstance(term, ox.Literal) else term


@lru_cache(maxsize=10_000)
def _literal(literal: ox.Literal) -> Value:
    datatype = literal.datatype.value
    if datatype in _DATES:
        match = _DATE.fullmatch(literal.value)
        return tuple(part for part in match.groups() if part) if match else literal
    return _number(literal) if datatype in _NUMBERS else literal


def _number(literal: ox.Literal) -> Value:
    try:
        number = Decimal(literal.value)
    except InvalidOperation:
        return literal
    return literal if number.is_nan() else number


def coarser(value: Value) -> list[Value]:
    """List a value and those of which it is the finer: 1977-09-23 is a day of 1977-09 and of 1977."""
    if isinstance(value, tuple):
        return [value[:length] for length in range(1, len(value) + 1)]
    return [value]


def compatible(one: Value, other: Value) -> bool:
    """Tell whether both can be true of one thing that has only one such value."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        shorter = min(len(one), len(other))
        return one[:shorter] == other[:shorter]
    return one == other
