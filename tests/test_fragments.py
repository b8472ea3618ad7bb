"""A link opens the page at exactly one sentence, and shows few of its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bowiegraph.sources import fragments
from bowiegraph.sources.directives import Page, Span, find, read

#: paragraphs of sentences that repeat each other a lot, so that words alone do not tell them apart
WORDS = ("one", "two", "three", "day", "wall", "hero", "naïve", "Wall\u2019s", "49")
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14)
TEXTS = st.lists(
    st.lists(SENTENCES.map(lambda words: " ".join(words).capitalize() + "."), min_size=1, max_size=5),
    min_size=1,
    max_size=4,
)


def spans(paragraphs: list[list[str]]) -> list[tuple[Span, Span]]:
    """Say where each sentence and its paragraph is, counted apart from the code under test."""
    found, at = [], 0
    for paragraph in paragraphs:
        block = Span(at, at + len(" ".join(paragraph)))
        for sentence in paragraph:
            found.append((Span(at, at + len(sentence)), block))
            at += len(sentence) + 1
        at = block.end + 2
    return found


@given(TEXTS)
def test_a_fragment_finds_its_sentence_and_shows_few_words(paragraphs: list[list[str]]) -> None:
    """Where there is a fragment it finds the sentence and no other, and keeps to the rule on copying."""
    text = "\n\n".join(map(" ".join, paragraphs))
    page = Page.of(text)
    for sentence, block in spans(paragraphs):
        fragment = fragments.make(page, sentence, block)
        if not fragment:
            continue
        asked = read(fragment)
        assert find(page, asked) == page.fold_span(sentence)
        prefix, start, end, suffix = (len(term.split()) for term in asked)
        count = len(text[slice(*sentence)].split())
        assert max(start, end) <= 4
        assert start + end <= (count if count <= 6 else count // 2)
        in_a_row = prefix + start + end + suffix if start + end == count else max(prefix + start, end + suffix)
        assert in_a_row <= 8


def test_twins_without_difference_have_no_fragment() -> None:
    """A sentence that nothing tells from another has no link rather than a wrong one."""
    text = " ".join(["Again."] * 20)
    assert fragments.make(Page.of(text), Span(70, 76), Span(0, len(text))) == ""
