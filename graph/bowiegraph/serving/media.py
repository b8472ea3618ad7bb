"""Media types: what an answer can be written as, and which of that a client likes best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import mimeparse


@dataclass(frozen=True, eq=False)  # there is one of each, and ``choose`` hashes them all the time
class Media:
    """A form of an answer."""

    #: as ``Result.serialize`` and the parameter ``format`` call it
    format: str
    #: what it is sent as; then other names that clients have for it
    types: tuple[str, ...]

    @property
    def content_type(self) -> str:
        """What stands in the header; text says how it is written."""
        return f"{self.types[0]}; charset=utf-8" if self.types[0].startswith("text/") else self.types[0]


#: for SELECT and ASK, the usual one first (https://www.w3.org/TR/sparql11-protocol/#query-success)
TABLES: Final = (
    Media("json", ("application/sparql-results+json", "application/json")),
    Media("xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Media("csv", ("text/csv",)),
    Media("tsv", ("text/tab-separated-values",)),
)
#: for CONSTRUCT and DESCRIBE
GRAPHS: Final = (
    Media("turtle", ("text/turtle", "application/x-turtle")),
    Media("ntriples", ("application/n-triples", "text/plain")),
    Media("rdfxml", ("application/rdf+xml", "application/xml", "text/xml")),
    Media("jsonld", ("application/ld+json", "application/json")),
    Media("trig", ("application/trig",)),
    Media("nquads", ("application/n-quads",)),
)
HTML: Final = Media("html", ("text/html", "application/xhtml+xml"))
EVERY: Final = (*TABLES, *GRAPHS)

#: characters of a header that is read: it is the server itself that reads it, and everyone waits
_LONGEST: Final = 1000
_GZIP: Final = re.compile(r"(?:^|,)\s*(?:gzip|x-gzip|\*)\s*(?:;\s*q\s*=\s*(?P<q>[0-9.]+))?\s*(?=,|$)", re.IGNORECASE)


@lru_cache(maxsize=1024)
def choose(accept: str, offers: tuple[Media, ...]) -> Media | None:
    """Choose what a client likes best, and of what it likes equally the first; None if it wants none of that.

    See https://www.rfc-editor.org/rfc/rfc9110#name-accept. A header that cannot be read, or is longer than any honest
    one, is no wish at all.
    """
    if len(accept) > _LONGEST:
        return offers[0]
    names = {name: offer for offer in reversed(offers) for name in reversed(offer.types)}
    try:
        best = mimeparse.best_match(list(names), accept or "*/*")
    except (mimeparse.MimeTypeParseException, ValueError):
        best = offers[0].types[0]
    return names.get(best)


@lru_cache(maxsize=1024)
def takes_gzip(accept_encoding: str) -> bool:
    """Tell whether a client takes gzip (https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding)."""
    found = _GZIP.search(accept_encoding) if len(accept_encoding) <= _LONGEST else None
    return found is not None and (found["q"] is None or found["q"].strip("0.") != "")
