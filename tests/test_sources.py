"""A document becomes a sentences file, which says only what it was told and never the text."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowiegraph import vocab
from bowiegraph.errors import (
    MissingPackageError,
    OutputError,
    SentencesFileError,
    ShippedSourceError,
    SourceDetailError,
    SourceExistsError,
    SourceNameError,
    SourceReadError,
    TextError,
)
from bowiegraph.sources import pages
from bowiegraph.sources.adding import (
    Description,
    add_source,
    page_text,
    read_sentences,
    sentences_turtle,
    source_text,
)
from bowiegraph.sources.sentences import Sentence, split, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "A title\n\nOne day. One gesture.\n\nA kiss by the wall and no more than that.\n\nLeave a note"
LONG = "A page has some length, or its article cannot be told from its menu; so this goes on. " * 4
HTML = f"""<!DOCTYPE html>
<html><head><title>A title</title></head><body>
<nav><a href="/">Home</a></nav>
<article>
<h1>A title</h1>
<p>One <em>day</em> by the wall.<br>One gesture.</p>
<p>A <a href="/k">kiss</a> and no more. {LONG}</p>
<ul><li>An item of a list.</li></ul>
</article>
<footer>Copyright</footer>
</body></html>"""


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "document.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_a_source_is_added(tmp_path: Path, document: str) -> None:
    """The sentences up to the footer are in the file, and their words come back from the document."""
    path = add_source(document, name="a-b", facts=tmp_path / "facts", stop_at="Leave")
    assert path == tmp_path / "facts" / "sources" / "a-b.sentences.ttl"
    source, sentences = read_sentences(path)
    assert source == "https://w3id.org/bowiegraph/source/a-b"
    assert [s.locator for s in sentences] == ["p0s1", "p1s1", "p1s2", "p2s1"]
    assert verify(source_text(document), sentences)["p1s2"] == "One gesture."


def test_the_file_has_no_sentence_and_no_blank_node(tmp_path: Path, document: str) -> None:
    """Only digests and a few words of a longer sentence are written; all nodes have names."""
    path = add_source(document, name="a", facts=tmp_path, stop_at="Leave")
    assert "by the wall" not in path.read_text(encoding="utf-8").replace("%20", " ")
    assert not any(isinstance(t.subject, ox.BlankNode) for t in ox.parse(path=path))


def test_the_same_document_gives_the_same_bytes(tmp_path: Path, document: str) -> None:
    """Nothing of the moment or the machine is in the file."""
    first = add_source(document, name="a", facts=tmp_path / "one").read_bytes()
    assert add_source(document, name="a", facts=tmp_path / "two").read_bytes() == first


def triples(turtle: str) -> set[tuple[str, str]]:
    subject = ox.NamedNode("https://w3id.org/bowiegraph/source/a")
    found = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    return {(vocab.compact(t.predicate.value), str(t.object)) for t in found if t.subject == subject}


TYPES = {("rdf:type", f"<{vocab.BG}Source>"), ("rdf:type", f"<{vocab.SCHEMA}Article>")}


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (Description(name="a"), {("rdfs:label", '"a"@en')}),
        (
            Description(name="a", title='The "T"', language="de", publisher="P\nQ"),
            {("rdfs:label", '"The \\"T\\""@de'), ("schema:publisher", '"P\\nQ"')},
        ),
        (
            Description(name="a", published="1977-09", url="https://x.org/y"),
            {
                ("rdfs:label", '"a"@en'),
                ("schema:datePublished", f'"1977-09"^^<{vocab.XSD}gYearMonth>'),
                ("schema:url", "<https://x.org/y>"),
            },
        ),
        *(
            (Description(name="a", url=url), {("rdfs:label", '"a"@en'), ("schema:url", f"<{url}>")})
            for url in (
                "https://x.org/one-two-three-four-five-six-seven-eight-nine",
                "https://x.org/one-two-three-four-five-six-seven-eight-nine-ten/",
                "https://x.org/one-two-three-four-five-six-seven-eight-nine.html?a=b",
            )
        ),
    ],
)
def test_only_what_was_given_is_said_of_a_source(about: Description, expected: set[tuple[str, str]]) -> None:
    """Dates have the datatype of their precision; a long address stays the same, however it is written."""
    assert triples(sentences_turtle(about, [])) == TYPES | expected


def test_an_address_that_spells_out_a_title_is_written_in_two_parts() -> None:
    """No file shows nine words of a text in a row, not even in an address."""
    turtle = sentences_turtle(Description(name="a", url="https://x.org/a-b-c-d-e-f-g-h-i"), [])
    assert "@prefix page: <https://x.org/a-b-c-d-> ." in turtle
    assert "schema:url page:e-f-g-h-i ." in turtle


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=80), min_size=1, max_size=6))
def test_sentences_survive_writing_and_reading(blocks: list[str]) -> None:
    """What is read back is what was written, with or without a fragment."""
    sentences = split("\n\n".join(blocks))
    read_back = _through_a_file(sentences)
    assert read_back == sentences


def _through_a_file(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    import tempfile  # noqa: PLC0415 — hypothesis runs a test many times, for which tmp_path is one directory
    from pathlib import Path  # noqa: PLC0415 — only here at run time

    if not sentences:
        return ()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ttl"
        path.write_text(sentences_turtle(Description(name="a"), sentences), encoding="utf-8")
        return read_sentences(path)[1]


@pytest.mark.parametrize("name", ["", "A", "a b", "../a", "a/b", "-a", "é", "a_b", "a\n", "editors"])
def test_a_bad_name_is_refused(tmp_path: Path, document: str, name: str) -> None:
    """Names become IRIs and file names; nothing is written under any other."""
    with pytest.raises(SourceNameError, match="small letters, digits and hyphens"):
        add_source(document, name=name, facts=tmp_path / "facts")
    assert not (tmp_path / "facts").exists()


@pytest.mark.parametrize(
    ("detail", "value"),
    [
        ("published", "2026-02-30"),
        ("published", "7 January"),
        ("published", "20260107"),
        ("published", "2026-W01"),
        ("published", "2026-1"),
        ("url", "ftp://x.org"),
        ("url", "file:///etc/passwd"),
        ("url", "https://x.org/a b"),
        ("url", "https://x.org/<a>"),
    ],
)
def test_a_detail_of_wrong_form_is_refused(tmp_path: Path, document: str, detail: str, value: str) -> None:
    """A date that no calendar has, or what is no web address, is named."""
    details = {"url": None, "published": None, detail: value}
    with pytest.raises(SourceDetailError) as caught:
        add_source(document, name="a", facts=tmp_path, url=details["url"], published=details["published"])
    assert caught.value.value == value


def test_an_existing_file_is_replaced_only_on_request(tmp_path: Path, document: str) -> None:
    """The refusal names the file and the option; the claims are never written over."""
    path = add_source(document, name="a", facts=tmp_path)
    claims = path.with_name("a.trig")
    claims.write_text("# mine\n")
    with pytest.raises(SourceExistsError, match="--replace") as caught:
        add_source(document, name="a", facts=tmp_path)
    assert caught.value.path == path
    add_source(document, name="a", facts=tmp_path, replace=True, title="New")
    assert '"New"@en' in path.read_text(encoding="utf-8")
    assert claims.read_text() == "# mine\n"


def test_the_file_for_claims_is_trig_and_its_example_is_too(tmp_path: Path, document: str) -> None:
    """It parses as it is, holding nothing, and when the marks are taken away from its example."""
    claims = add_source(document, name="a", facts=tmp_path).with_name("a.trig")
    text = claims.read_text(encoding="utf-8")
    assert list(ox.parse(text, format=ox.RdfFormat.TRIG)) == []
    start = text.index("# c:song")
    lines = [line.removeprefix("#").strip() for line in text[start:].splitlines()]
    example = "\n".join(line for line in lines if not line.startswith("A sentence that"))
    quads = list(ox.parse(text[:start] + example, format=ox.RdfFormat.TRIG))
    assert ox.NamedNode("https://w3id.org/bowiegraph/claim/a/song-by-someone") in {q.graph_name for q in quads}
    assert ox.NamedNode("https://w3id.org/bowiegraph/source/a#p1s1") in {q.object for q in quads}


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", SourceReadError, "no text in it"),
        (b" \n\n *** \n", SourceReadError, "no text in it"),
        (b"caf\xe9", SourceReadError, "not UTF-8 text .byte 0xE9 at offset 3"),
        (b"%PDF-1.4\n\x00", TextError, r"line 2, column 1 .* U\+0000"),
        (b"<html><body></body></html>", SourceReadError, "no text in it"),
        (b"a" * (pages.LIMIT + 1), SourceReadError, "larger than 10 MB"),
    ],
)
def test_a_document_without_text_is_refused(tmp_path: Path, data: bytes, error: type[Exception], message: str) -> None:
    """Empty, undecodable, binary or huge: one clear message, and no file."""
    path = tmp_path / "document"
    path.write_bytes(data)
    with pytest.raises(error, match=message):
        add_source(str(path), name="a", facts=tmp_path / "facts")
    assert not (tmp_path / "facts").exists()


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("missing.txt", "No such file"),
        ("/", "Is a directory"),
        ("file:///etc/hosts", "only http and https"),
        ("ftp://x.org/a", "only http and https"),
        ("a\0b", "null"),
    ],
)
def test_a_document_that_cannot_be_read_is_named(location: str, message: str) -> None:
    """The message repeats what was asked for and what is wrong with it."""
    with pytest.raises(SourceReadError, match=message) as caught:
        source_text(location)
    assert caught.value.location == location


def test_a_stop_that_is_not_there_is_refused(document: str) -> None:
    """Otherwise a footer would become sentences without anyone noticing."""
    with pytest.raises(SourceReadError, match="no line begins with 'Subscribe'"):
        source_text(document, stop_at="Subscribe")


def test_a_page_is_reduced_to_its_article() -> None:
    """Title once, paragraphs and items apart, inline markup gone, no menu and no footer."""
    assert [" ".join(block.split()) for block in page_text(HTML).split("\n\n") if block.strip()] == [
        "A title",
        "One day by the wall. One gesture.",
        f"A kiss and no more. {LONG}".strip(),
        "An item of a list.",
    ]


def test_a_page_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura the message says how to install it."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'bowiegraph\[sources\]'"):
        page_text(HTML)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path, document: str) -> None:
    """A file where the directory should be."""
    (tmp_path / "facts").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write"):
        add_source(document, name="a", facts=tmp_path / "facts")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("@base", "@bass"), "line 3"),
        (("oa:hasSource <>", "a bg:Sentence"), "not exactly one source"),
        (("bg:sentenceNumber 1", "a bg:Sentence"), "#p0s1> lacks"),
        (("oa:start 0", "oa:start -1"), "#p0s1> lacks"),
        (('bg:sha256 "', 'bg:sha256 "x'), "#p0s1> lacks"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    """The message names the file, and the place or the sentence."""
    path = tmp_path / "a.sentences.ttl"
    path.write_text(sentences_turtle(Description(name="a"), split("A title")).replace(*change), encoding="utf-8")
    with pytest.raises(SentencesFileError, match=message) as caught:
        read_sentences(path)
    assert caught.value.path == path


def test_a_missing_sentences_file_is_named(tmp_path: Path) -> None:
    """Like any other that cannot be read."""
    with pytest.raises(SentencesFileError, match="No such file"):
        read_sentences(tmp_path / "a.ttl")


class Site(BaseHTTPRequestHandler):
    """A web site of four pages, on this machine."""

    def do_GET(self) -> None:
        place = {"/to-file": "file:///etc/hosts", "/to-ftp": "ftp://x.org/", "/to-page": "/page"}.get(self.path)
        self.send_response(302 if place else 200 if self.path in {"/page", "/large"} else 404)
        if place:
            self.send_header("Location", place)
        self.end_headers()
        if self.path == "/page":
            self.wfile.write(HTML.encode())
        if self.path == "/large":
            self.wfile.write(b"a" * 300_000)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("page", ["/page", "/to-page"])
def test_a_page_is_fetched_and_its_address_kept(tmp_path: Path, site: str, page: str) -> None:
    """The address that the user gave is the source's address."""
    path = add_source(site + page, name="a", facts=tmp_path)
    assert ("schema:url", f"<{site}{page}>") in triples(path.read_text(encoding="utf-8"))
    assert verify(page_text(HTML), read_sentences(path)[1])["p0s1"] == "A title"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("/none", "404"),
        ("/to-file", "not allowed"),
        ("/to-ftp", "unknown url type"),
        ("/large", "larger than"),
    ],
)
def test_a_page_that_cannot_be_had_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch, page: str, message: str
) -> None:
    """A missing page, one too large, and a redirect to anything but http(s)."""
    monkeypatch.setattr(pages, "LIMIT", 200_000)
    with pytest.raises(SourceReadError, match=message):
        source_text(site + page)


def test_the_names_of_shipped_sources_are_taken(document: str, tmp_path: Path) -> None:
    """What is added is built together with the shipped facts, where two sources of a name would be one."""
    with pytest.raises(ShippedSourceError, match="'miscelana-heroes' already"):
        add_source(document, name="miscelana-heroes", facts=tmp_path)
    assert list(tmp_path.glob("sources/*")) == []


def test_shipped_sources_may_be_updated(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the very folder, the sentences are made anew."""
    monkeypatch.setattr("bowiegraph.sources.adding.shipped", lambda _: tmp_path)
    add_source(document, name="a", facts=tmp_path)
    assert add_source(document, name="a", facts=tmp_path / "sources" / "..", replace=True).exists()
