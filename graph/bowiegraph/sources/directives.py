"""Text directives in URLs, as the standard has them: written, read, and searched for as a browser does.

The standard is https://wicg.github.io/scroll-to-text-fragment/. Words are those of scripts that put spaces
between them; browsers cut other scripts by dictionary, and here a whole clause of those counts as one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

#: where the standard is; the ``dcterms:conformsTo`` of every fragment
STANDARD: Final = "https://wicg.github.io/scroll-to-text-fragment/"
#: what stands between the address of a page with its ``#`` and the directive
PREAMBLE: Final = ":~:text="
#: A word has no boundary beside an apostrophe or a stop between two letters or digits. Where the standard for
#: words (https://unicode.org/reports/tr29/) is finer than this, this is the more careful reading.
_WORD: Final = re.compile(r"\w+(?:[.,:;'·]\w+)*")
_QUOTES: Final = str.maketrans("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f", "''''\"\"\"\"")


class Directive(NamedTuple):
    """The four terms of a text directive; an empty one is not there."""

    prefix: str
    start: str
    end: str
    suffix: str


class Span(NamedTuple):
    """A stretch of a page: from, to (exclusive)."""

    start: int
    end: int


@cache
def _fold(character: str) -> str:
    """Reduce a character to what the standard's comparison sees: no case, accents or hidden signs."""
    parts = unicodedata.normalize("NFKD", character)
    bases = (part for part in parts if unicodedata.category(part) not in {"Mn", "Me", "Cf"})
    return "".join(bases).casefold().translate(_QUOTES)


class Page(NamedTuple):
    """A text as a browser searches it: folded, and its words marked. Blank lines part the paragraphs."""

    text: str
    folded: str
    #: offset in the text → offset in the folded text; one more than the text has characters
    places: list[int]
    #: the words, as spans of the folded text
    words: list[Span]
    #: 1 where an offset of the folded text is inside a word, so not at a word boundary
    inside: bytearray

    @classmethod
    def of(cls, text: str) -> Page:
        """Fold a text once, for all searches in it."""
        pieces = [_fold(character) for character in text]
        folded = "".join(pieces)
        words = [Span(*match.span()) for match in _WORD.finditer(folded)]
        inside = bytearray(len(folded) + 1)
        for start, end in words:
            inside[start + 1 : end] = b"\x01" * (end - start - 1)
        return cls(text, folded, [0, *accumulate(map(len, pieces))], words, inside)

    def fold_span(self, span: Span) -> Span:
        """Carry a span of the text over to the folded text."""
        return Span(self.places[span.start], self.places[span.end])

    def original(self, start: int, end: int) -> str:
        """Give the words of the text behind a span of the folded text, without white space around them."""
        first, after = (bisect_right(self.places, place) - 1 for place in (start, end))
        return self.text[first:after].strip()

    def words_in(self, span: Span) -> list[Span]:
        """List the words that lie within a span of the folded text."""
        first = bisect_left(self.words, span.start, key=lambda word: word.start)
        after = bisect_left(self.words, span.end + 1, lo=first, key=lambda word: word.end)
        return self.words[first:after]


def find(page: Page, directive: Directive) -> Span | None:
    """Find what a browser would highlight: the span of the folded text, or None.

    Follows "find a range from a text directive" of the standard, step by step
    (https://wicg.github.io/scroll-to-text-fragment/#finding-ranges-in-a-document).
    """
    prefix, start, end, suffix = ("".join(map(_fold, term)) for term in directive)
    position = 0
    while True:
        found = _find_start(page, prefix, start, position, whole=bool(end) or not suffix)
        if found is None:
            return None
        position, match = found
        if match is None:
            continue
        ended, more = _find_end(page, match, end, suffix)
        if ended or not more:
            return ended


def _find_start(page: Page, prefix: str, start: str, position: int, *, whole: bool) -> tuple[int, Span | None] | None:
    """Find prefix and start from a position on.

    Returns:
        where to look next time, and the match, or None in its place where something else follows the prefix;
        None alone where there is no more to find.
    """
    if not prefix:
        match = _find_term(page, start, position, from_boundary=True, to_boundary=whole)
        return match and (match.start + 1, match)
    before = _find_term(page, prefix, position, from_boundary=True, to_boundary=False)
    if before is None:
        return None
    here = _skip_space(page, before.end)
    match = _find_term(page, start, here, from_boundary=False, to_boundary=whole)
    return match and (before.start + 1, match if match.start == here else None)


def _find_end(page: Page, match: Span, end: str, suffix: str) -> tuple[Span | None, bool]:
    """Find the end and the suffix after a start.

    Returns:
        the whole match or None, and whether another start may still do.
    """
    while True:
        if end:
            last = _find_term(page, end, match.end, from_boundary=True, to_boundary=not suffix)
            if last is None:
                return None, False
            match = Span(match.start, last.end)
        if not suffix:
            return match, False
        here = _skip_space(page, match.end)
        after = _find_term(page, suffix, here, from_boundary=False, to_boundary=True)
        if after is None:
            return None, False
        if after.start == here:
            return match, False
        if not end:
            return None, True


def _find_term(page: Page, term: str, position: int, *, from_boundary: bool, to_boundary: bool) -> Span | None:
    """Find one term, at word boundaries where asked for; as it holds no blank line, in one paragraph."""
    while (at := page.folded.find(term, position)) >= 0:
        after = at + len(term)
        if not (from_boundary and page.inside[at]) and not (to_boundary and page.inside[after]):
            return Span(at, after)
        position = at + 1
    return None


def _skip_space(page: Page, position: int) -> int:
    while page.folded[position : position + 1].isspace():
        position += 1
    return position


def write(directive: Directive) -> str:
    """Write a directive as a fragment; ``-``, ``,`` and ``&`` are syntax, so terms have them escaped."""
    prefix, start, end, suffix = (quote(term, safe="").replace("-", "%2D") for term in directive)
    terms = [f"{prefix}-" if prefix else "", start, end, f"-{suffix}" if suffix else ""]
    return PREAMBLE + ",".join(filter(None, terms))


def read(fragment: str) -> Directive:
    """Read a fragment back.

    Raises:
        ValueError: it is not a text directive.
    """
    match = re.fullmatch(r":~:text=(?:([^,&-]+)-,)?([^,&-]+)(?:,([^,&-]+))?(?:,-([^,&-]+))?", fragment)
    if match is None:
        raise ValueError(f"not a text fragment: {fragment!r}")
    return Directive(*(unquote(term or "") for term in match.groups()))
