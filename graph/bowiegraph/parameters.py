"""What people write to fill in a query, ``NAME=VALUE``, turned into terms; it is never pasted into the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bowiegraph.catalogue import CatalogueQuery
    from bowiegraph.query import Value


def pairs(parameters: Iterable[str]) -> dict[str, str]:
    """Take names and values apart; a name may be written as a variable is.

    Raises:
        ParameterError: one is not ``NAME=VALUE``, or a name has two values.
    """
    given: dict[str, str] = {}
    for name, value in map(_pair, parameters):
        if given.setdefault(name, value) != value:
            raise ParameterError(name, f"it is given as {given[name]!r} and as {value!r}: keep one")
    return given


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ParameterError(text, "write NAME=VALUE")
    return name.lstrip("?$"), value


def bindings(store: ox.Store, question: CatalogueQuery, given: dict[str, str]) -> dict[str, Value]:
    """Turn what was given into terms: as the question says, or, if it does not, as Turtle reads them.

    Raises:
        ParameterError: a parameter is unknown, missing or of the wrong kind, or a value is no term.
        UnknownNameError, AmbiguousNameError: a name leads to nothing, or to several things.
    """
    if question.parameters or question.group:
        return question.bindings(store, dict(given))
    return {name: _term(name, value) for name, value in given.items()}


def _term(name: str, text: str) -> Value:
    """Read a value as a term in Turtle where it is one, else as plain text."""
    if not text.startswith(("<", '"', "'")) and vocab.expand(text) is None and not text.lstrip("+-")[:1].isdigit():
        return text
    header = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in vocab.PREFIXES.items())
    try:
        quads = list(ox.parse(f"{header}<x:s> <x:p> {text} .", format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        if text[:1].isdigit() or vocab.expand(text):
            return text
        raise ParameterError(name, f"{text!r} is not a term: {error.msg}") from error
    if len(quads) != 1 or not isinstance(quads[0].object, ox.NamedNode | ox.Literal):
        raise ParameterError(name, f"{text!r} is not one term")
    return quads[0].object
