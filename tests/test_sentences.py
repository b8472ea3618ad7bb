"""From a text to its sentences, and back."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowiegraph.errors import MissingPackageError, SentenceMismatchError, TextError
from bowiegraph.sources import directives
from bowiegraph.sources.directives import Page, Span
from bowiegraph.sources.sentences import digest, normalise, paragraphs, split, verify

ARTICLE = Path(__file__).parents[2] / "shared" / "article" / "heroes-stranger-things.txt"
TEXT = "A title\n\nOne day. One gesture.\n\n“Is it late?” No; it is not. A kiss by the wall."
#: any text that has no control characters or halves of surrogate pairs
PLAIN = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t\r"))


@pytest.fixture(scope="module")
def article() -> str:
    if not ARTICLE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{ARTICLE} is missing")
        pytest.skip(f"the article is not here ({ARTICLE}); it is copyrighted and not part of the project")
    return ARTICLE.read_text(encoding="utf-8").partition("Descubra mais sobre")[0]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("one\n\ntwo", ["one", "two"]),
        ("one\n \t\n\n\ntwo\n", ["one", "two"]),
        ("one\r\n\r\ntwo\rthree", ["one", "two three"]),
        ("\ufeff one\u00a0 two\nthree", ["one two three"]),
        ("nai\u0308ve", ["na\u00efve"]),
    ],
)
def test_a_text_is_cut_at_blank_lines(raw: str, expected: list[str]) -> None:
    """White space is one space, line ends are those of any system, letters are composed."""
    assert paragraphs(raw) == expected


@given(PLAIN)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The normalised text is its own normal form."""
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once.replace("\n", " "))


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [("a\0", 1, 2, "U+0000"), ("a\r\nb\x1bc", 2, 2, "U+001B"), ("\n\n\ud800", 3, 1, "U+D800")],
)
def test_control_characters_are_refused(text: str, line: int, column: int, code: str) -> None:
    """The message says which character, and where."""
    with pytest.raises(TextError) as caught:
        normalise(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert code in str(caught.value)
    assert f"line {line}, column {column}" in str(caught.value)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One day. One gesture.", ["One day.", "One gesture."]),
        (
            "It is in Moulin Rouge!; in commercials. Next.",
            ["It is in Moulin Rouge!; in commercials.", "Next."],
        ),
        ("He saw Help! on a screen.", ["He saw Help! on a screen."]),
        ("Songs (Life on Mars?) and more.", ["Songs (Life on Mars?) and more."]),
        ("“Is it?” he asked. Yes.", ["“Is it?” he asked.", "Yes."]),
        ("One. * * * Two.", None),
        ("***", []),
    ],
)
def test_a_paragraph_is_cut_into_sentences(paragraph: str, expected: list[str] | None) -> None:
    """A title that ends in a mark does not end the sentence, and marks alone are none."""
    found = [verify(paragraph, [s])[s.locator] for s in split(paragraph)]
    if expected is not None:
        assert found == expected
    assert all(any(map(str.isalnum, sentence)) for sentence in found)


def test_locators_count_from_the_title() -> None:
    """The first paragraph is p0; sentences count from 1 in each."""
    assert [s.locator for s in split(TEXT)] == ["p0s1", "p1s1", "p1s2", "p2s1", "p2s2", "p2s3"]


@pytest.mark.parametrize(
    ("text", "locator", "fragment"),
    [
        ("One day. One gesture.", "p0s2", ":~:text=One%20gesture."),
        ("Just for one day. One day.", "p0s2", ":~:text=day.-,One%20day."),
        ("A day. Stop.\n\nStop. Here.", "p1s1", ":~:text=Stop.,-Here"),
        ("Stop.\n\nStop.", "p1s1", ":~:text=Stop.-,Stop."),
        ("A long sentence of just eight words here.", "p0s1", ":~:text=A%20long,words%20here."),
        ("A day, it is just post-punk & more.", "p0s1", ":~:text=A%20day,punk%20%26%20more."),
    ],
)
def test_the_shortest_fragment_is_chosen(text: str, locator: str, fragment: str) -> None:
    """Context is added where it is needed, from the same paragraph if there is any, and only then."""
    assert {s.locator: s.fragment for s in split(text)}[locator] == fragment


@given(PLAIN)
def test_any_text_gives_back_its_sentences(text: str) -> None:
    """Offsets and digests of all sentences hold for the text they came from, and none overlap."""
    found = split(text)
    quotes = verify(text, found)
    assert list(quotes) == [s.locator for s in found]
    assert all(digest(quotes[s.locator]) == s.sha256 for s in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_what_follows_the_text_does_not_matter() -> None:
    """A footer that is not part of the text may stay in the file."""
    assert len(verify(TEXT + "\n\nLeave a comment", split(TEXT))) == 6


def test_sentences_that_differ_are_named_apart_from_those_that_moved() -> None:
    """One changed word is one sentence that differs; those that follow it have only moved."""
    with pytest.raises(SentenceMismatchError) as caught:
        verify(TEXT.replace("gesture", "small gesture"), split(TEXT))
    assert caught.value.differing == ("p1s2",)
    assert caught.value.moved == ("p2s1", "p2s2", "p2s3")
    assert "1 of 6 sentences differ: p1s2; 3 of 6 sentences stand elsewhere in it: p2s1" in str(caught.value)
    assert "bowiegraph source add" in str(caught.value)


def test_a_message_names_ten_sentences_at_most() -> None:
    """Of a wholly different text the message has the number and the first ten; the error has all."""
    sentences = split(" ".join(f"This is number {n}." for n in range(30)))
    with pytest.raises(SentenceMismatchError, match=r"30 of 30 sentences differ: p0s1, .*, p0s10 …\. ") as caught:
        verify("Something else", sentences)
    assert len(caught.value.differing) == 30
    assert "p0s11" not in str(caught.value)


def test_a_wrong_digest_is_noticed() -> None:
    """Verification rests on digests, not on offsets."""
    first, *others = split(TEXT)
    with pytest.raises(SentenceMismatchError, match="p0s1"):
        verify(TEXT, [replace(first, sha256="0" * 64), *others])


def test_only_splitting_needs_sentencex(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotes are checked without the extra; splitting without it says how to install it."""
    sentences = split(TEXT)
    monkeypatch.setitem(sys.modules, "sentencex", None)
    assert verify(TEXT, sentences)["p1s1"] == "One day."
    with pytest.raises(MissingPackageError, match=r"pip install 'bowiegraph\[sources\]'"):
        split(TEXT)


def test_the_article_has_its_sentences(article: str) -> None:
    """Title and thirteen paragraphs, 64 sentences, counted by hand."""
    counts = Counter(s.paragraph for s in split(article))
    assert [counts[n] for n in range(len(counts))] == [1, 3, 4, 3, 5, 5, 9, 4, 5, 3, 6, 4, 5, 7]


def test_each_link_opens_its_sentence_of_the_article(article: str) -> None:
    """Every sentence has a fragment, and a browser's first match is that sentence."""
    page = Page.of(normalise(article))
    for sentence in split(article):
        found = directives.find(page, directives.read(sentence.fragment))
        assert found == page.fold_span(Span(sentence.start, sentence.end)), sentence.locator
