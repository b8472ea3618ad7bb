"""Text directives are written, read and found as the standard has it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowiegraph.sources import directives
from bowiegraph.sources.directives import Directive, Page, Span


def directive(prefix: str = "", start: str = "", end: str = "", suffix: str = "") -> Directive:
    return Directive(prefix, start, end, suffix)


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("A day. One day.", directive(start="day"), "day"),
        ("Sunday, one day.", directive(start="day."), "day."),
        ("The Day it was naïve.", directive(start="the day", end="NAIVE"), "The Day it was naïve"),
        ("“We can.” he said", directive(start='"we can."'), "“We can.”"),
        ("one b two b three", directive(start="b", suffix="three"), "b"),
        ("one b two b three", directive(prefix="two", start="b"), "b"),
        ("a x b c x b d", directive(start="a", end="b", suffix="d"), "a x b c x b"),
        ("Rock\u2019s ambition, rock", directive(start="s"), None),
        ("never here", directive(start="here", suffix="never"), None),
        ("one\n\ntwo", directive(start="one two"), None),
        ("one.\n\ntwo.", directive(prefix="one.", start="two."), "two."),
        ("a b a b", directive(prefix="a", start="c"), None),
    ],
)
def test_find_does_what_the_standard_says(text: str, asked: Directive, found: str | None) -> None:
    """Case, accents and kinds of quotation marks do not count; word boundaries, order and paragraphs do."""
    page = Page.of(text)
    span = directives.find(page, asked)
    assert (span and page.original(*span)) == found


def test_the_first_match_counts() -> None:
    """Context picks the later of two equal words; without it the first is found."""
    page = Page.of("one b two b three")
    assert directives.find(page, directive(start="b")) == Span(4, 5)
    assert directives.find(page, directive(prefix="two", start="b")) == Span(10, 11)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        (directive(start="One day."), ":~:text=One%20day."),
        (directive("a-b", "c,d", "e&f", "g"), ":~:text=a%2Db-,c%2Cd,e%26f,-g"),
        (directive(start="“é”", suffix="x"), ":~:text=%E2%80%9C%C3%A9%E2%80%9D,-x"),
    ],
)
def test_a_directive_is_written_and_read_back(asked: Directive, written: str) -> None:
    """What the syntax uses is escaped in terms."""
    assert directives.write(asked) == written
    assert directives.read(written) == asked


@given(st.tuples(st.text(), st.text(min_size=1), st.text(), st.text()))
def test_any_directive_survives_writing(terms: tuple[str, str, str, str]) -> None:
    """Reading is the inverse of writing, whatever characters terms have."""
    assert directives.read(directives.write(Directive(*terms))) == Directive(*terms)


@pytest.mark.parametrize("wrong", ["", "text=a", ":~:text=", ":~:text=a,b,c", ":~:text=a&b"])
def test_what_is_no_directive_is_refused(wrong: str) -> None:
    """The refusal repeats what was given."""
    with pytest.raises(ValueError, match=re.escape(repr(wrong))):
        directives.read(wrong)
