"""On which line a term stands, for messages.

The parser gives no positions, so they are looked up afterwards, only in files with a problem: the first line
that shows the term in one of its spellings (prefixed name, IRI in angle brackets, relative IRI, literal), if
possible not above the place where the claim in question is first written as a graph. A literal with escapes
may not be found; then the line of the claim is given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from bowiegraph.facts.parsing import Parsed, Term, Triple

#: what a line is sought for: a term, or the spelling of what has no name, such as "["
Sought = ox.NamedNode | ox.Literal | str

# Comments come first, so that what is in them is not found; then strings, IRIs, names, numbers and brackets.
_TOKEN: Final = re.compile(
    r"""
    \#[^\n]*
    | \"{3}(?P<long>(?:[^"\\]|\\.|"(?!""))*)\"{3} | '{3}(?P<long2>(?:[^'\\]|\\.|'(?!''))*)'{3}
    | "(?P<short>(?:[^"\\\n]|\\.)*)" | '(?P<short2>(?:[^'\\\n]|\\.)*)'
    | (?P<name><[^<>\s"]*> | [\w-]?[\w.-]*:(?:[\w:%~-]|\\.|\.(?=[\w:%\\-]))* | (?<!\S)a(?!\S))
    | (?P<value>[+-]?(?:\d[\w+-]*)(?:\.\d[\w+-]*)? | \b(?:true|false)\b)
    | (?P<mark>[\[({}])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class Finding(NamedTuple):
    """A problem before its line is known."""

    file: Path
    message: str
    mend: str
    #: the term to look for
    term: Sought | None = None
    #: the claim in which it stands
    claim: ox.NamedNode | None = None
    #: in place of both, a statement that stands outside all graphs
    outside: Triple | None = None


@dataclass(frozen=True)
class _Index:
    """Where each spelling stands in one text."""

    text: str
    #: offsets of all line ends
    ends: list[int]
    #: spelling → offsets
    places: dict[str, list[int]]

    @classmethod
    def of(cls, text: str) -> _Index:
        places: dict[str, list[int]] = {}
        for match in _TOKEN.finditer(text):
            if match.lastgroup:
                spelling = _ESCAPED.sub(r"\1", match[match.lastgroup])
                quoted = match.lastgroup.startswith(("long", "short"))
                places.setdefault(f'"{spelling}' if quoted else spelling, []).append(match.start())
        return cls(text, [match.start() for match in re.finditer("\n", text)], places)

    def offsets(self, spellings: Iterable[str]) -> list[int]:
        return sorted(offset for spelling in spellings for offset in self.places.get(spelling, ()))

    def line(self, offset: int) -> int:
        return bisect_left(self.ends, offset) + 1

    def in_graph(self, offset: int) -> bool:
        opened, closed = (bisect_left(self.places.get(brace, []), offset) for brace in "{}")
        return opened > closed

    def opens_graph(self, offset: int) -> bool:
        return re.compile(r"\S+\s*\{").match(self.text, offset) is not None


@dataclass(frozen=True)
class Locator:
    """Turns findings into problems; reads a file again when there is the first finding in it."""

    files: Mapping[Path, Parsed]
    _indexes: dict[Path, _Index | None] = field(default_factory=dict)

    def problem(self, finding: Finding) -> Problem:
        """Give the problem with its line; None for the line if the term cannot be found."""
        if finding.outside is not None:
            line = self._line_outside(finding.file, finding.outside)
        else:
            line = self.line(finding.file, finding.term, claim=finding.claim)
        return Problem(finding.file, line, finding.message, finding.mend)

    def line(self, file: Path, term: Sought | None, *, claim: ox.NamedNode | None = None) -> int | None:
        """Find the line of a term in a file, if possible in the claim."""
        index = self._index(file)
        parsed = self.files.get(file)
        if index is None or parsed is None:
            return None
        mentions = index.offsets(_spellings(claim, parsed)) if claim else []
        start = next(filter(index.opens_graph, mentions), mentions[0] if mentions else 0)
        offsets = index.offsets(_spellings(term, parsed)) if term is not None else []
        later = offsets[bisect_left(offsets, start) :]
        best = [*later[:1], *offsets[:1], *([start] if mentions else [])]
        return index.line(best[0]) if best else None

    def _line_outside(self, file: Path, triple: Triple) -> int | None:
        """Find the line of a statement's predicate, where its terms stand closest together outside all graphs."""
        index = self._index(file)
        if index is None:
            return None
        spelled = (index.offsets(_spellings(term, self.files[file])) for term in triple)
        subjects, predicates, values = ([o for o in places if not index.in_graph(o)] for places in spelled)
        close = [
            (value - subject, predicate)
            for predicate in predicates
            for subject in subjects[: bisect_left(subjects, predicate)][-1:]
            for value in values[bisect_left(values, predicate) :][:1]
        ]
        return index.line(min(close)[1]) if close else None

    def _index(self, file: Path) -> _Index | None:
        if file not in self._indexes:
            try:
                self._indexes[file] = _Index.of(file.read_text(encoding="utf-8-sig"))
            except (OSError, UnicodeDecodeError):
                self._indexes[file] = None  # it was there when the facts were read; only the line is lost
        return self._indexes[file]


def _spellings(term: Sought, parsed: Parsed) -> Iterator[str]:
    """List how a file may write a term."""
    if isinstance(term, ox.NamedNode):
        yield from _names(term.value, parsed)
    elif isinstance(term, ox.Literal):
        yield from (f'"{term.value}', term.value)
    else:
        yield term


def _names(iri: str, parsed: Parsed) -> Iterator[str]:
    yield f"<{iri}>"
    if parsed.base and iri.startswith(parsed.base):
        yield f"<{iri[len(parsed.base) :]}>"
    for prefix, namespace in parsed.prefixes.items():
        if iri.startswith(namespace):
            yield f"{prefix}:{iri[len(namespace) :]}"
    if iri == vocab.TYPE.value:
        yield "a"


def show(term: Term | ox.BlankNode | ox.Triple | ox.DefaultGraph) -> str:
    """Write a term for people: with its prefix, or as in TriG."""
    if isinstance(term, ox.NamedNode):
        short = vocab.compact(term.value)
        return short if short != term.value else str(term)
    if isinstance(term, ox.Literal) and term.datatype.value.startswith(vocab.XSD):
        kind = "" if term.datatype.value == f"{vocab.XSD}string" else f"^^{vocab.compact(term.datatype.value)}"
        return f"{ox.Literal(term.value)!s}{kind}"
    return str(term)
