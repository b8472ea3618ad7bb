"""The sentences file of a source, as Turtle: written so that it reads and diffs well, and read back.

It holds where each sentence stands, its digest and a link of a few words, never the text. It begins with what
the user said about the source and nothing else: nothing is guessed from the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import SentencesFileError, SourceDetailError, SourceNameError
from bowiegraph.sources.directives import STANDARD
from bowiegraph.sources.fragments import LONGEST_RUN
from bowiegraph.sources.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_WEB: Final = re.compile(r"https?://[^/]\S*", re.IGNORECASE)
#: how long a date is → its datatype
_DATES: Final = {10: "date", 7: "gYearMonth", 4: "gYear"}
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
#: an address whose last part is words and hyphens
_SLUG: Final = re.compile(r"(\S+/)([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(/?)")
_PREFIXES: Final = ("bg", "dcterms", "oa", "rdf", "rdfs", "schema", "xsd")


@dataclass(frozen=True, kw_only=True)
class Description:
    """What the user says about a source."""

    #: small letters, digits and hyphens; part of its IRI and of its files' names
    name: str
    #: an http(s) address
    url: str | None = None
    title: str | None = None
    #: YYYY, YYYY-MM or YYYY-MM-DD
    published: str | None = None
    publisher: str | None = None
    #: of the title and the text, ISO 639-1
    language: str = "en"

    def check(self) -> None:
        """See that all of it can be written down.

        Raises:
            SourceNameError: the name.
            SourceDetailError: the address or the date.
        """
        if not _NAME.fullmatch(self.name) or self.name == "editors":
            raise SourceNameError(self.name)
        if self.url is not None and not _is_iri(self.url):
            raise SourceDetailError("address", self.url, "give an http or https address")
        if self.published is not None and not _is_date(self.published):
            raise SourceDetailError("date", self.published, "write YYYY, YYYY-MM or YYYY-MM-DD")

    @property
    def iri(self) -> str:
        """The source's IRI."""
        return vocab.SOURCE + self.name


def _is_iri(address: str) -> bool:
    try:
        ox.NamedNode(address)
    except ValueError:
        return False
    return _WEB.fullmatch(address) is not None


def _is_date(text: str) -> bool:
    """Tell whether a text is a day, month or year of the calendar; the parser of RDF would take any text."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def sentences_turtle(about: Description, sentences: Iterable[Sentence]) -> str:
    """Write a source and its sentences as Turtle: one block a sentence, in the order of the text.

    Raises:
        SourceNameError, SourceDetailError: what is said about the source cannot be written.
    """
    about.check()
    page, address = _address(about.url)
    spaces = sorted([*((prefix, vocab.PREFIXES[prefix]) for prefix in _PREFIXES), *page])
    head = [
        "# The sentences of a source, without their words: place, digest, and the link that opens it.",
        "# Made by `bowiegraph source add`; not to be edited by hand.",
        f"@base <{about.iri}> .",
        *(f"@prefix {prefix}: <{space}> ." for prefix, space in spaces),
    ]
    blocks = ["\n".join(head), _source_block(about, address), *map(_sentence_block, sentences)]
    return "\n\n".join(blocks) + "\n"


def _address(url: str | None) -> tuple[list[tuple[str, str]], str | None]:
    """Write an address as a term, and say which prefix that needs.

    An address may spell out a whole title. Since no file shows nine words of a text in a row, such a one is
    written in two parts, as a prefixed name; to a program that is the same address.
    """
    parts = _SLUG.fullmatch(url or "")
    if url is None or parts is None or parts[2].count("-") < LONGEST_RUN:
        return [], url and f"<{url}>"
    folder, words, slash = parts[1], parts[2].split("-"), parts[3] and "\\/"
    middle = len(words) // 2
    return [("page", f"{folder}{'-'.join(words[:middle])}-")], f"page:{'-'.join(words[middle:])}{slash}"


def _source_block(about: Description, address: str | None) -> str:
    published = about.published and f'"{about.published}"^^xsd:{_DATES[len(about.published)]}'
    publisher = about.publisher and str(ox.Literal(about.publisher))
    pairs = [
        ("rdfs:label", str(ox.Literal(about.title or about.name, language=about.language))),
        ("schema:url", address),
        ("schema:datePublished", published),
        ("schema:publisher", publisher),
    ]
    said = [f"{key} {value}" for key, value in pairs if value]
    return " ;\n    ".join(["<> a bg:Source, schema:Article", *said]) + " ."


def _sentence_block(sentence: Sentence) -> str:
    s, name = sentence, f"#{sentence.locator}"
    selectors = f"<{name}-position>" + (f", <{name}-fragment>" if s.fragment else "")
    lines = [
        f"<{name}> a bg:Sentence ; oa:hasSource <> ;",
        f"    bg:paragraphNumber {s.paragraph} ; bg:sentenceNumber {s.number} ;",
        f'    bg:sha256 "{s.sha256}"^^xsd:hexBinary ;',
        f"    oa:hasSelector {selectors} .",
        f"<{name}-position> a oa:TextPositionSelector ; oa:start {s.start} ; oa:end {s.end} .",
    ]
    if s.fragment:
        lines.append(f"<{name}-fragment> a oa:FragmentSelector ; dcterms:conformsTo <{STANDARD}> ;")
        lines.append(f"    rdf:value {ox.Literal(s.fragment)} .")
    return "\n".join(lines)


def read_sentences(path: Path) -> tuple[str, tuple[Sentence, ...]]:
    """Read a sentences file.

    Returns:
        the IRI of the source, and its sentences in the order of the text.

    Raises:
        SentencesFileError: it cannot be read, is not Turtle, or lacks something.
    """
    try:
        triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise SentencesFileError(path, getattr(error, "msg", None) or str(error)) from error
    values = {(_text(t.subject), t.predicate.value): _text(t.object) for t in triples}
    names = [_text(t.subject) for t in triples if t.predicate == vocab.TYPE and t.object == vocab.SENTENCE_CLASS]
    sources = {values.get((name, vocab.HAS_SOURCE.value)) for name in names}
    source = sources.pop() if len(sources) == 1 else None
    if source is None:
        raise SentencesFileError(path, "its sentences have not exactly one source (oa:hasSource)")
    found = (_sentence(path, name, values) for name in names)
    return source, tuple(sorted(found, key=lambda sentence: sentence.start))


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _sentence(path: Path, name: str, values: dict[tuple[str, str], str]) -> Sentence:
    """Put a sentence together from what the file says about it and its selectors.

    Raises:
        SentencesFileError: something is missing or is not of its form.
    """
    keys = [(name, vocab.PARAGRAPH_NUMBER.value), (name, vocab.SENTENCE_NUMBER.value)]
    keys += [(f"{name}-position", vocab.OA + end) for end in ("start", "end")]
    digest = values.get((name, vocab.SHA256.value), "")
    texts = [values.get(key, "") for key in keys]
    if not all(map(str.isdecimal, texts)) or not _DIGEST.fullmatch(digest):
        reason = f"<{name}> lacks a number, a position or a digest of 64 hexadecimal digits in small letters"
        raise SentencesFileError(path, reason)
    fragment = values.get((f"{name}-fragment", vocab.VALUE.value), "")
    paragraph, number, start, end = map(int, texts)
    return Sentence(paragraph, number, start, end, digest, fragment)
