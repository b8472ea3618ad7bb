"""From a text to its sentences, and back: where each stands, its digest, and the link that opens it.

The words themselves stay out of the data set. Whoever has the text gets them back with ``verify``, each
checked against its digest; that needs no segmentation, so it needs no optional package.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bowiegraph.errors import MissingPackageError, SentenceMismatchError, TextError
from bowiegraph.sources import fragments
from bowiegraph.sources.directives import Page, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: control characters that are line ends and tabs; all others have no place in a text
_WHITE_CONTROLS: Final = frozenset("\t\n\v\f\r\x85")
_BLANK_LINES: Final = re.compile(r"\n(?:[^\S\n]*\n)+")
_HAS_WORD: Final = re.compile(r"\w")
#: marks that end or go on with a sentence; the last two are the closing quotation marks
_NEVER_OPEN: Final = ",;:)]\u201d\u2019"
#: digests to take, about, in search of sentences that have moved: a second or so
_MOST_TRIES: Final = 1_000_000
_JOINT: Final = "\n\n"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a source, without its words."""

    #: 0 for the title, then from 1
    paragraph: int
    #: from 1 in each paragraph
    number: int
    #: offset of the first character in the normalised text, in code points
    start: int
    #: offset after the last character
    end: int
    #: digest of the UTF-8 bytes of the normalised sentence, 64 hexadecimal digits in small letters
    sha256: str
    #: ``:~:text=…``, which goes behind the ``#`` of the source's address; "" where none finds it and no other
    fragment: str

    @property
    def locator(self) -> str:
        """The sentence's short name: p4s2 is the second of the fourth paragraph."""
        return f"p{self.paragraph}s{self.number}"


def paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines, in Unicode normal form C, with every run of white space as one space.

    Raises:
        TextError: it holds a control character.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_controls(lines)
    # A byte order mark means nothing inside a text; left in, it would hide at the start of a sentence.
    composed = unicodedata.normalize("NFC", lines.replace("\N{ZERO WIDTH NO-BREAK SPACE}", ""))
    joined = (" ".join(block.split()) for block in _BLANK_LINES.split(composed))
    return [paragraph for paragraph in joined if paragraph]


def normalise(text: str) -> str:
    """Give the text in which offsets are counted: the paragraphs, with one blank line between them.

    Raises:
        TextError: it holds a control character.
    """
    return _JOINT.join(paragraphs(text))


def _refuse_controls(text: str) -> None:
    """Refuse what no text holds: NUL and other controls (Cc), halves of surrogate pairs (Cs)."""
    for offset, character in enumerate(text):
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in _WHITE_CONTROLS:
            line = text.count("\n", 0, offset) + 1
            raise TextError(character, line, offset - text.rfind("\n", 0, offset))


def split(text: str, *, language: str = "en") -> tuple[Sentence, ...]:
    """Find the sentences of a text; its first paragraph is the title.

    Args:
        text: as it was read; it is normalised here.
        language: ISO 639-1 code, for abbreviations and the like.

    Raises:
        TextError: the text holds a control character.
        MissingPackageError: sentencex is not installed.
    """
    page = Page.of(normalise(text))
    return tuple(_sentences(page, language))


def _sentences(page: Page, language: str) -> Iterator[Sentence]:
    offset = 0
    for number, paragraph in enumerate(page.text.split(_JOINT)):
        block = Span(offset, offset + len(paragraph))
        for count, piece in enumerate(_segments(paragraph, language), start=1):
            start = page.text.index(piece, offset)
            offset = start + len(piece)
            fragment = fragments.make(page, Span(start, offset), block)
            yield Sentence(number, count, start, offset, digest(piece), fragment)
        offset = block.end + len(_JOINT)


def _segments(paragraph: str, language: str) -> list[str]:
    """Cut a paragraph into its sentences.

    The library cuts after every "!", also where a title ends in one: what goes on in small letters, or with a
    mark that cannot open a sentence, belongs to what came before; so do marks without any word.
    """
    ends: list[int] = []
    starts: list[int] = []
    for start, end in _cuts(paragraph, language):
        if starts and not _stands_alone(paragraph[starts[-1] : ends[-1]], paragraph[start:end]):
            ends[-1] = end
        else:
            starts.append(start)
            ends.append(end)
    pieces = (paragraph[start:end] for start, end in zip(starts, ends, strict=True))
    return [piece for piece in pieces if _HAS_WORD.search(piece)]


def _cuts(paragraph: str, language: str) -> Iterator[tuple[int, int]]:
    """Give the library's segments as offsets, without the white space around them."""
    try:
        from sentencex import segment  # noqa: PLC0415 — lazy: an optional package, and verify does without it
    except ImportError as error:
        raise MissingPackageError("sentencex", "sources") from error
    after = 0
    for piece in map(str.strip, segment(language, paragraph)):
        start = paragraph.index(piece, after)
        after = start + len(piece)
        if piece:
            yield start, after


def _stands_alone(previous: str, piece: str) -> bool:
    goes_on = piece[0] in _NEVER_OPEN or piece[0].islower()
    return not goes_on and all(map(_HAS_WORD.search, (previous, piece)))


def digest(sentence: str) -> str:
    """Give the SHA-256 of a normalised sentence's UTF-8 bytes, in small hexadecimal digits."""
    return sha256(sentence.encode()).hexdigest()


def verify(text: str, sentences: Sequence[Sentence]) -> Mapping[str, str]:
    """Get the words of sentences back from the text, each checked against its digest.

    What follows the last sentence, such as a web page's footer, is not looked at.

    Args:
        text: as it was read; it is normalised here.
        sentences: of this text.

    Returns:
        locator → the sentence's words, for all of them.

    Raises:
        SentenceMismatchError: one or more are not where they should be; each is named.
        TextError: the text holds a control character.
    """
    whole = normalise(text)
    wrong = [s for s in sentences if digest(whole[s.start : s.end]) != s.sha256]
    if wrong:
        moved = _found_elsewhere(whole, wrong)
        differing = [s.locator for s in wrong if s.locator not in moved]
        raise SentenceMismatchError(differing, [s.locator for s in wrong if s.locator in moved], len(sentences))
    return {s.locator: whole[s.start : s.end] for s in sentences}


def _found_elsewhere(text: str, wrong: Iterable[Sentence]) -> frozenset[str]:
    """Tell which sentences are in the text, only at another place: one changed word moves all that follow it.

    Each is sought from where the last was found, so that a text is gone through about once; of a text that is
    wholly different the search gives up early, since nothing depends on it but the wording of an error.
    """
    openings = [match.start() for match in re.finditer(r"(?<!\S)\S", text)]
    found: set[str] = set()
    first, tries = 0, 0
    for sentence in wrong:
        length = sentence.end - sentence.start
        for index in range(first, len(openings) if tries < _MOST_TRIES else first):
            tries += 1
            if digest(text[openings[index] : openings[index] + length]) == sentence.sha256:
                found.add(sentence.locator)
                first = index + 1
                break
    return frozenset(found)
