"""Adding a source: from its document to its sentences file, and an empty file for its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bowiegraph import vocab
from bowiegraph.atomic import write_atomically
from bowiegraph.errors import ShippedSourceError, SourceExistsError, SourceReadError
from bowiegraph.locations import shipped
from bowiegraph.sources.pages import is_web_address, page_text, source_text
from bowiegraph.sources.sentencefile import Description, read_sentences, sentences_turtle
from bowiegraph.sources.sentences import split

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bowiegraph.sources.sentences import Sentence

__all__ = [
    "Description",
    "add_source",
    "page_text",
    "read_sentences",
    "sentences_path",
    "sentences_turtle",
    "source_text",
]


def sentences_path(facts: Path, name: str) -> Path:
    """Say where the sentences file of a source is, in a facts directory."""
    return facts / "sources" / f"{name}.sentences.ttl"


def add_source(  # noqa: PLR0913 — one option for each thing that may be said about a source
    location: str,
    *,
    name: str,
    facts: Path,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    language: str = "en",
    stop_at: str | None = None,
    replace: bool = False,
) -> Path:
    """Make the sentences file of a source, and a file for its claims if there is none.

    Args:
        location: the document: a file of UTF-8 text or HTML, or an http(s) address, which is fetched.
        name: the source's short name.
        facts: the facts directory; the files go into its ``sources``.
        url: where readers find the document; ``location`` if that is an address.
        title: the document's title, as the label of the source; the name if there is none.
        published: YYYY, YYYY-MM or YYYY-MM-DD.
        publisher: who published it.
        language: ISO 639-1 code of text and title.
        stop_at: how the first line begins that is no longer part of the text.
        replace: whether to write over an earlier sentences file. A file of claims is never written over.

    Returns:
        the path of the sentences file.

    Raises:
        SourceNameError, SourceDetailError: what is said about the source cannot be written.
        SourceExistsError: it has its sentences already.
        ShippedSourceError: the shipped facts have a source of that name.
        SourceReadError, TextError: the document cannot be read, or holds no text.
        MissingPackageError: the extra ``sources`` is not installed.
        OutputError: the files cannot be written.
    """
    address = url or (location if is_web_address(location) else None)
    about = Description(
        name=name, url=address, title=title, published=published, publisher=publisher, language=language
    )
    about.check()
    _refuse_shipped(name, facts)
    path = sentences_path(facts, name)
    if path.exists() and not replace:
        raise SourceExistsError(path)
    found = split(source_text(location, stop_at=stop_at), language=language)
    if not found:
        raise SourceReadError(location, "there is no text in it", "Save the text of the article to a file")
    write_atomically(path, [sentences_turtle(about, found).encode()])
    claims = path.with_name(f"{name}.trig")
    if not claims.exists():
        write_atomically(claims, [_claims_skeleton(about, found).encode()])
    return path


def _refuse_shipped(name: str, facts: Path) -> None:
    """See that a name is free: what is added to the shipped facts is built together with them."""
    folder = shipped("facts")
    if any((folder / "sources").glob(f"{name}.*")) and folder.resolve() != facts.resolve():
        raise ShippedSourceError(name, folder)


def _claims_skeleton(about: Description, sentences: Sequence[Sentence]) -> str:
    """Write a file for the claims of a new source: the prefixes, and an example to copy."""
    first = sentences[min(1, len(sentences) - 1)].locator
    return f"""\
# What this source says, sentence by sentence, in our own words. The sentences themselves are in
# {about.name}.sentences.ttl, by place and digest, from {sentences[0].locator} to {sentences[-1].locator}.

@prefix : <{vocab.ENTITY}> .
@prefix bg: <{vocab.BG}> .
@prefix c: <{vocab.CLAIM}{about.name}/> .
@prefix prov: <{vocab.PROV}> .
@prefix rdfs: <{vocab.RDFS}> .
@prefix s: <{about.iri}#> .
@prefix schema: <{vocab.SCHEMA}> .
@prefix xsd: <{vocab.XSD}> .

# A claim is a named graph, and its description. To begin, copy this and take the marks away:
#
# c:song-by-someone {{
#     :song a schema:MusicComposition ; schema:author :someone .
# }}
# c:song-by-someone rdfs:label "The song was written by someone"@en ;
#     bg:stance bg:asserted ; prov:wasQuotedFrom s:{first} .
#
# A sentence that says nothing to record is marked so, with the reason:
#
# s:{first} bg:carriesNoClaim bg:rhetoric .
"""
