"""URL text fragments: the few words by which a browser finds one sentence on a page and highlights it.

A fragment is short by rule, since the words are someone's: at most four from the sentence's start and four
from its end, together at most half of one of more than six words, and never nine of the text in a row.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from bowiegraph.sources.directives import Directive, Page, Span, find, write

if TYPE_CHECKING:
    from collections.abc import Iterator

#: most words of the text in a row that one fragment may show
LONGEST_RUN: Final = 8
#: most words that start and end may have each, and sentences up to this length are given whole
TERM: Final = 4
#: in longer sentences than this, start and end are at most half of the words
SHORT: Final = 6
#: most words of context on either side
CONTEXT: Final = 6


class _Counts(NamedTuple):
    """How many words each term of a directive has."""

    prefix: int
    start: int
    end: int
    suffix: int


def make(page: Page, sentence: Span, paragraph: Span) -> str:
    """Find the shortest fragment by which a browser's first match is exactly this sentence.

    Start and end have two words each where the rules allow, even if fewer would do: a live page has menus and
    lists around the text, which are not known here.

    Args:
        page: the whole text.
        sentence: where the sentence is, as a span of the text.
        paragraph: where its paragraph is; context is taken from within it if there is any.

    Returns:
        the fragment, or nothing ("") where no fragment within the rules finds this sentence and no other.
    """
    target = page.fold_span(sentence)
    sides = _Sides.of(page, target, page.fold_span(paragraph))
    tries = (sides.directive(page, counts) for counts in sides.choices())
    one_block = (directive for directive in tries if "\n" not in "".join(directive))
    return next((write(directive) for directive in one_block if find(page, directive) == target), "")


class _Sides(NamedTuple):
    """A sentence and its surroundings, as words of the folded text."""

    target: Span
    block: Span
    words: list[Span]
    before: list[Span]
    after: list[Span]

    @classmethod
    def of(cls, page: Page, target: Span, block: Span) -> _Sides:
        before = page.words_in(Span(block.start, target.start)) or _last_paragraph(page, target.start)
        after = page.words_in(Span(target.end, block.end)) or _next_paragraph(page, target.end)
        return cls(target, block, page.words_in(target), before[-CONTEXT:], after[:CONTEXT])

    def choices(self) -> Iterator[_Counts]:
        """List what may be tried, best first: without context, then with the nearest and least."""
        pairs = sorted(_pairs(len(self.words)), key=lambda pair: (sum(pair), -pair[0]))
        yield from (_Counts(0, start, end, 0) for start, end in pairs)
        before, after = range(len(self.before) + 1), range(len(self.after) + 1)
        counts = (_Counts(prefix, start, end, suffix) for (start, end), prefix, suffix in product(pairs, before, after))
        allowed = (c for c in counts if (c.prefix or c.suffix) and _longest_run(c, len(self.words)) <= LONGEST_RUN)
        yield from sorted(allowed, key=lambda c: (self._far(c), sum(c), c.prefix + c.suffix, c.suffix))

    def _far(self, counts: _Counts) -> bool:
        """Tell whether context is in another paragraph: a live page may have a picture between the two."""
        before = counts.prefix > 0 and self.before[-1].start < self.block.start
        return before or (counts.suffix > 0 and self.after[0].end > self.block.end)

    def directive(self, page: Page, counts: _Counts) -> Directive:
        """Cut the terms out of the text; the outer punctuation of the sentence is part of them."""
        prefix, start, end, suffix = counts
        whole = start == len(self.words)
        cut = page.original
        return Directive(
            cut(self.before[-prefix].start, self.target.start) if prefix else "",
            cut(self.target.start, self.target.end if whole else self.words[start - 1].end),
            cut(self.words[-end].start, self.target.end) if end else "",
            cut(self.target.end, self.after[suffix - 1].end) if suffix else "",
        )


def _pairs(words: int) -> list[tuple[int, int]]:
    """List the numbers of words that the start and the end of a sentence of so many words may have."""
    if words <= TERM:
        return [(words, 0)] if words else []
    most = words if words <= SHORT else words // 2
    ends = range(2 if most >= TERM else 1, TERM + 1)
    return [pair for pair in product(range(2, TERM + 1), ends) if sum(pair) <= most]


def _longest_run(counts: _Counts, words: int) -> int:
    """Count the most words in a row that a fragment shows of a text."""
    prefix, start, end, suffix = counts
    return sum(counts) if start + end >= words else max(prefix + start, end + suffix)


def _last_paragraph(page: Page, position: int) -> list[Span]:
    """List the words of the paragraph before the one that begins at a position of the folded text."""
    end = page.folded.rfind("\n\n", 0, position)
    return page.words_in(Span(max(page.folded.rfind("\n\n", 0, end), 0), end)) if end >= 0 else []


def _next_paragraph(page: Page, position: int) -> list[Span]:
    """List the words of the paragraph after the one that ends at a position of the folded text."""
    start = page.folded.find("\n\n", position)
    end = page.folded.find("\n\n", start + 2)
    return page.words_in(Span(start, end if end >= 0 else len(page.folded))) if start >= 0 else []
