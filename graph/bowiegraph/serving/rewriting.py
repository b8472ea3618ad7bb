"""What an endpoint changes in a query: how many rows it may give, and by which way SERVICE reaches another server."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from bowiegraph import vocab
from bowiegraph.errors import RefusedError
from bowiegraph.fromclauses import absolute_iris
from bowiegraph.lexing import may_have, tokens
from bowiegraph.query import refuse_service

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bowiegraph.lexing import Token

#: what a query may give that is another one tomorrow
_PASSING: Final = frozenset(("BNODE", "NOW", "RAND", "SERVICE", "STRUUID", "UUID"))
_OPENING: Final = frozenset("{([")
#: so few brackets cannot be too deep, whatever their order
_SHALLOW: Final = 100
_CLOSING: Final = frozenset("})]")
_USUAL_PORTS: Final = {"http": 80, "https": 443}


def is_lasting(sparql: str) -> bool:
    """Tell whether a query gives the same answer as long as the data set is the same."""
    return not may_have(sparql, _PASSING) or not any(
        token.kind == "word" and token.text in _PASSING for token in tokens(sparql)
    )


def limited(sparql: str, rows: int) -> str:
    """Let a query give so many rows and no more: lower its LIMIT, or give it one.

    It stands behind the outermost pattern, and before VALUES if that stands there as well
    (https://www.w3.org/TR/sparql11-query/#rQueryUnit).
    """
    outer = list(_outermost(sparql))
    for token, following in pairwise(outer):
        if token.text == "LIMIT" and following.kind == "number":
            least = min(int(following.text), rows)
            return f"{sparql[: following.start]}{least}{sparql[following.end :]}"
    end = next((token.start for token in outer if token.text == "VALUES"), len(sparql))
    return f"{sparql[:end]}\nLIMIT {rows}\n{sparql[end:]}"


def _outermost(sparql: str) -> Iterator[Token]:
    depth = 0
    for token in tokens(sparql):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0:
            yield token


def depth(sparql: str) -> int:
    """Say how deep a query is nested, at most."""
    opening = sum(map(sparql.count, _OPENING))
    if opening <= _SHALLOW:
        return opening
    deepest = now = 0
    for token in tokens(sparql):
        if token.kind == "brace":
            now += 1 if token.text in _OPENING else -1
            deepest = max(deepest, now)
    return deepest


def through_gateway(sparql: str, *, gateway: str, allowed: Iterable[str], base_iri: str) -> str:
    """Lead each SERVICE through our own gateway, which looks at where it goes.

    Raises:
        RefusedError: a host is not allowed, or known only when the query runs.
        QuerySyntaxError: it is not SPARQL.
    """
    try:
        named = {token.start: iri for token, iri in absolute_iris(sparql, base_iri=base_iri, prefixes=vocab.PREFIXES)}
    except ValueError as error:
        raise RefusedError("the query names what is no address", str(error)) from error
    asked, checked, at = [], [], 0
    for service, target, silent in _services(sparql):
        address = named.get(target.start, "")
        if host_of(address) not in allowed:
            raise RefusedError(
                f"SERVICE asks {host_of(address) or 'a server that is not known beforehand'}",
                "the one who runs this endpoint has not allowed that: ask that server yourself",
            )
        before = sparql[at : service.start]
        asked += [before, f"SERVICE{' SILENT' if silent else ''} <{gateway}{quote(address, safe='')}>"]
        checked += [before, f"GRAPH <{address}>"]
        at = target.end
    refuse_service("".join([*checked, sparql[at:]]), base_iri=base_iri, prefixes=vocab.PREFIXES)
    return "".join([*asked, sparql[at:]])


def _services(sparql: str) -> Iterator[tuple[Token, Token, bool]]:
    """Go through the SERVICE clauses that name their server: the keyword, the name, and whether it may fail."""
    found = tokens(sparql)
    for i, token in enumerate(found):
        if token.kind == "word" and token.text == "SERVICE":
            behind = found[i + 1 : i + 3]
            silent = bool(behind) and behind[0].text == "SILENT"
            if behind[silent:] and behind[silent].kind in {"iri", "name"}:
                yield token, behind[silent], silent


def host_of(address: str) -> str:
    """Give the host of an address, with its port if that is not the usual one; "" if it is no address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _USUAL_PORTS or not parts.hostname:
        return ""
    usual = port is None or port == _USUAL_PORTS[parts.scheme]
    return parts.hostname.lower() if usual else f"{parts.hostname.lower()}:{port}"
