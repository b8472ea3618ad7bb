"""What a request asks, by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from bowiegraph.serving.jobs import Question
from bowiegraph.serving.settings import MOST_TEXT

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_READ_ONLY: Final = "the data set is read-only: there is no SPARQL Update here. Change the facts, and build again"
#: parameters of a request: more are no honest one
_MOST_PARAMETERS: Final = 1000


class ProtocolError(Exception):
    """A request that asks nothing, or not as the protocol has it: status and reason for the client."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        self.status = status
        self.reason = reason
        self.headers = headers
        super().__init__(reason)


@dataclass(frozen=True)
class Request:
    """The parts of a request that count."""

    method: str
    #: what stands behind the question mark, as it came
    query: bytes
    content_type: str = ""
    body: bytes = b""


def read(request: Request) -> tuple[Question | None, str]:
    """Read a request.

    Returns:
        what is asked, None if nothing is, so that the client wants to know what it could ask; and the format that it
        names, "" if it names none.

    Raises:
        ProtocolError: 400, 403, 405 or 415, and why.
    """
    if request.method not in {"GET", "HEAD", "POST"}:
        raise ProtocolError(
            405, f"{request.method} is no way to ask: use GET or POST", allow="GET, HEAD, POST, OPTIONS"
        )
    pairs = _pairs(request.query)
    sparql = None
    if request.method == "POST":
        kind = _kind(request.content_type)
        if kind == _QUERY:
            sparql = _text(request.body)
        else:
            pairs += _pairs(request.body)
    return _question(pairs, sparql, posted=request.method == "POST"), _one(pairs, "format")


def _kind(content_type: str) -> str:
    """Give the media type of what was posted."""
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise ProtocolError(403, _READ_ONLY)
    if kind not in {_FORM, _QUERY}:
        raise ProtocolError(415, f"post a query as {_QUERY}, or as {_FORM} with query=…, and say so in Content-Type")
    charset = rest.lower().replace('"', "").replace(" ", "")
    if "charset=" in charset and "charset=utf-8" not in charset:
        raise ProtocolError(415, "a query is written in UTF-8")
    return kind


def _pairs(data: bytes) -> list[tuple[str, str]]:
    """Read parameters, percent-encoded UTF-8."""
    try:
        return parse_qsl(
            data.decode("utf-8"),
            keep_blank_values=True,
            strict_parsing=False,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the parameters are not UTF-8") from error
    except ValueError as error:
        raise ProtocolError(400, f"there are more than {_MOST_PARAMETERS} parameters") from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the query is not UTF-8: see byte {error.start}") from error


def _one(pairs: list[tuple[str, str]], name: str) -> str:
    values = [value for key, value in pairs if key == name]
    if len(values) > 1:
        raise ProtocolError(400, f"{name} is given {len(values)} times: give it once")
    return values[0] if values else ""


def _question(pairs: list[tuple[str, str]], sparql: str | None, *, posted: bool) -> Question | None:
    names = {key for key, _ in pairs}
    if names & {"update", "using-graph-uri", "using-named-graph-uri"}:
        raise ProtocolError(403, _READ_ONLY)
    if sparql is None and "query" not in names:
        if posted or names & {"default-graph-uri", "named-graph-uri"}:
            raise ProtocolError(400, "nothing is asked: give query=…")
        return None
    if sparql is not None and "query" in names:
        raise ProtocolError(400, "a query is given in the address and in the body: give one")
    text = _one(pairs, "query") if sparql is None else sparql
    if len(text) > MOST_TEXT:
        raise ProtocolError(413, f"a query may have {MOST_TEXT:,} characters; this has {len(text):,}")
    if not text.strip():
        raise ProtocolError(400, "the query is empty")
    return Question(
        text,
        tuple(value for key, value in pairs if key == "default-graph-uri"),
        tuple(value for key, value in pairs if key == "named-graph-uri"),
    )
