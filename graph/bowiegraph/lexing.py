"""The tokens of a query by which its parts are told: words, IRIs, names, whole numbers and brackets.

Comments, strings, variables and all other signs are passed over: a keyword may stand in them and be none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["word", "iri", "name", "number", "brace"]

#: In the order of the grammar of https://www.w3.org/TR/sparql11-query/#sparqlGrammar; long strings come before short
#: ones.
_TOKEN: Final = re.compile(
    r"""
    (?P<string> \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<comment> \#[^\n\r]* )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z-]+ )
    | (?P<name> (?:\w[\w.-]*)?:(?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)? )
    | (?P<word> [A-Za-z_]\w* )
    | (?P<number> [0-9]+ )
    | (?P<brace> [{}()\[\]] )
    """,
    re.DOTALL | re.VERBOSE,
)
_KEPT: Final = frozenset(("word", "iri", "name", "number", "brace"))


#: the keywords on which something depends here
_KEYWORDS: Final = (
    *("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"),
    *("FROM", "SERVICE", "BNODE", "NOW", "RAND", "STRUUID", "UUID"),
)
_KEYWORD: Final = re.compile("|".join(_KEYWORDS), re.IGNORECASE | re.ASCII)


def may_have(sparql: str, keywords: Iterable[str]) -> bool:
    """Tell whether a text has one of some keywords at all, be it in a string: if not, its tokens need not be looked at.

    Keywords that overlap are found once, which does no harm: of two such, one at most is a word by itself.
    """
    return not _keywords(sparql).isdisjoint(keywords)


@lru_cache(maxsize=256)
def _keywords(sparql: str) -> frozenset[str]:
    return frozenset(found.upper() for found in _KEYWORD.findall(sparql))


class Token(NamedTuple):
    """One of them, and where it stands; words come in capitals."""

    kind: Kind
    text: str
    start: int
    end: int


@lru_cache(maxsize=256)
def tokens(sparql: str) -> tuple[Token, ...]:
    """Give the tokens of a query, in its order."""
    found = []
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup
        if kind in _KEPT:
            text = match[0]
            found.append(Token(cast("Kind", kind), text.upper() if kind == "word" else text, *match.span()))
    return tuple(found)
