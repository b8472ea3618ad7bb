"""Reading facts files, and what is said when they cannot be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests import small_facts

from bowiegraph import vocab
from bowiegraph.checks.lines import Locator, show
from bowiegraph.errors import (
    BowiegraphError,
    FactsEncodingError,
    FactsFileKindError,
    FactsFilesError,
    FactsReadError,
    FactsSyntaxError,
    NoFactsError,
)
from bowiegraph.facts.reading import facts_files, read_facts, source_name

if TYPE_CHECKING:
    from pathlib import Path


def _name(short: str) -> ox.NamedNode:
    iri = vocab.expand(short)
    assert iri
    return ox.NamedNode(iri)


def test_sorts_what_it_reads(facts_dir: Path) -> None:
    """Entities, sources, sentences, their parts and claims are told apart."""
    facts = read_facts(facts_dir)
    assert [show(iri) for iri in facts.entities] == [":anna", ":bert", ":denial", ":river-song"]
    assert [show(iri) for iri in facts.sources] == ["source:almanac", "source:editors", "source:gazette"]
    assert [show(iri) for iri in facts.sentences] == [
        "source:gazette#p0s1",
        "source:gazette#p1s1",
        "source:gazette#p1s2",
    ]
    assert len(facts.parts) == 6
    assert [show(iri) for iri in facts.claims] == [
        "claim:almanac/date",
        "claim:editors/note",
        "claim:gazette/date",
        "claim:gazette/written",
    ]


def test_claim_keeps_graph_and_description(facts_dir: Path) -> None:
    """A claim has its triples, its description, its source and its file."""
    claim = read_facts(facts_dir).claims[_name("claim:gazette/written")]
    assert claim.source == "gazette"
    assert claim.file == facts_dir / "sources" / "gazette.trig"
    assert claim.triples == ((_name(":river-song"), _name("schema:author"), _name(":anna")),)
    assert claim.value(vocab.STANCE) == _name("bg:asserted")
    assert [show(term) for term in claim.values(vocab.QUOTED_FROM)] == [
        "source:gazette#p0s1",
        "source:gazette#p1s1",
    ]


def test_what_is_marked_in_another_file_joins_the_sentence(facts_dir: Path) -> None:
    """A sentence is described in the sentences file, and marked in that of the claims."""
    sentence = read_facts(facts_dir).sentences[_name("source:gazette#p1s2")]
    assert sentence.values(vocab.CARRIES_NO_CLAIM) == [_name("bg:rhetoric")]
    assert [path.name for path in sentence.files] == ["gazette.sentences.ttl", "gazette.trig"]


def test_several_directories_add_up(tmp_path: Path, facts_dir: Path) -> None:
    """Own facts can be built on the shipped ones."""
    more = tmp_path / "more" / "sources"
    more.mkdir(parents=True)
    (more / "diary.trig").write_text(small_facts.ALMANAC.replace("almanac", "diary"), encoding="utf-8")
    facts = read_facts(facts_dir, more.parent)
    assert _name("claim:diary/date") in facts.claims
    assert _name("claim:almanac/date") in facts.claims


def test_same_term_is_one_object(facts_dir: Path) -> None:
    """Memory holds each term once, however often it stands in the files."""
    facts = read_facts(facts_dir)
    (one,) = facts.claims[_name("claim:gazette/date")].triples
    (other,) = facts.claims[_name("claim:almanac/date")].triples
    assert one[0] is other[0]


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        (":a :b .", 2, 7, ". is not a valid RDF object"),
        (":a :b :c\n:d :e :f .", 3, 1, "A dot is expected at the end of statements"),
        ("nope:a :b :c .", 2, 1, "The prefix nope: has not been declared"),
        ('# é\n:é :b "é" x .', 3, 11, "x is not a valid subject or graph name"),
        (":a :b <not an iri> .", 2, 7, "Invalid IRI code point ' '"),
        (":a { :b :c :d", 2, 14, "Unexpected end"),
        (':a :b "never closed .', 2, 7, "Unexpected end of file"),
        (":a :b <relative> .", 2, 7, "No scheme found in an absolute IRI"),
        (':a :b "x"^^ .', 2, 13, "Expecting a datatype IRI after ^^, found ."),
    ],
)
def test_syntax_error_names_the_place(tmp_path: Path, text: str, line: int, column: int, expected: str) -> None:
    """What the parser expected is shown with file, line, column, and a caret under it."""
    path = tmp_path / "wrong.trig"
    path.write_text(f"@prefix : <{vocab.ENTITY}> .\n{text}", encoding="utf-8")
    with pytest.raises(FactsSyntaxError) as caught:
        read_facts(tmp_path)
    error = caught.value
    assert (error.file, error.line, error.column, error.expected) == (path, line, column, expected)
    first, shown, caret, _ = str(error).splitlines()
    assert first == f"{path}:{line}:{column}: {expected}"
    assert shown == f"    {text.splitlines()[line - 2]}"
    assert caret == " " * (4 + column - 1) + "^"


def test_syntax_error_shows_no_control_characters(tmp_path: Path) -> None:
    """A terminal would act on them instead of showing them."""
    (tmp_path / "wrong.trig").write_text("\x00\x1b[2J")
    with pytest.raises(FactsSyntaxError) as caught:
        read_facts(tmp_path)
    assert "\x00" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_other_encoding_is_named(tmp_path: Path) -> None:
    """A file in Latin-1 is refused with the place of the first byte that is not UTF-8."""
    small_facts.write(tmp_path)
    path = tmp_path / "entities" / "latin.trig"
    path.write_bytes("# one\n# Maaß\n".encode("latin-1"))
    with pytest.raises(FactsEncodingError, match=r"latin\.trig:2:6: the byte 0xDF is not UTF-8"):
        read_facts(tmp_path)


def test_byte_order_mark_is_no_matter(facts_dir: Path) -> None:
    """Some editors put one at the start of the file."""
    path = facts_dir / "entities" / "all.trig"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_facts(facts_dir).entities) == 4


def test_missing_directory(tmp_path: Path) -> None:
    """A directory that is not there is named."""
    with pytest.raises(NoFactsError, match="there is no such folder"):
        read_facts(tmp_path / "nowhere")


def test_directory_without_facts(tmp_path: Path) -> None:
    """So is one in which there is nothing to read, and one whose files say nothing."""
    with pytest.raises(NoFactsError, match=r"no \.trig or \.ttl"):
        read_facts(tmp_path)
    (tmp_path / "empty.trig").write_text("# nothing\n")
    with pytest.raises(NoFactsError, match="empty"):
        read_facts(tmp_path)


def test_unreadable_file(facts_dir: Path) -> None:
    """A link to nowhere stands for all that cannot be opened; root may read any file."""
    (facts_dir / "entities" / "gone.trig").symlink_to(facts_dir / "nowhere")
    with pytest.raises(FactsReadError, match=r"cannot read .*gone\.trig: No such file"):
        read_facts(facts_dir)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read any file")
def test_file_of_somebody_else(facts_dir: Path) -> None:
    """A file that we may not read is named."""
    (facts_dir / "entities" / "all.trig").chmod(0)
    with pytest.raises(FactsReadError, match="Permission denied"):
        read_facts(facts_dir)


def test_files_are_sorted_and_hidden_ones_left_out(facts_dir: Path) -> None:
    """The order of a directory is chance; what begins with a dot belongs to an editor."""
    (facts_dir / "entities" / ".all.trig.swp.trig").write_text("nonsense")
    names = [path.relative_to(facts_dir).as_posix() for path in facts_files(facts_dir)]
    assert names == sorted(small_facts.files())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("sources/a-b.trig", "a-b"),
        ("sources/a-b.sentences.ttl", "a-b"),
        ("entities/a-b.trig", None),
    ],
)
def test_source_name(tmp_path: Path, path: str, name: str | None) -> None:
    """The name of a source is that of its files."""
    assert source_name(tmp_path / path) == name


def test_errors_have_one_root() -> None:
    """The command line catches one class."""
    for kind in (FactsSyntaxError, FactsEncodingError, FactsReadError, NoFactsError):
        assert issubclass(kind, BowiegraphError)


@pytest.mark.parametrize(
    ("term", "claim", "line"),
    [
        (_name(":anna"), None, 5),
        (_name(":anna"), _name("claim:x/b"), 6),
        (_name("schema:author"), _name("claim:x/b"), 6),
        (ox.Literal("1977", datatype=ox.NamedNode(vocab.XSD + "gYear")), None, 7),
        (ox.Literal("24", datatype=ox.NamedNode(vocab.XSD + "integer")), None, 8),
        (_name("rdf:type"), None, 8),
        (_name("source:x#p1s1"), None, 9),
        (_name(":a/b"), None, 9),
        (_name(":nowhere"), _name("claim:x/b"), 6),
        (_name(":nowhere"), None, None),
        ("[", None, 10),
    ],
)
def test_line_of_a_term(
    tmp_path: Path, term: ox.NamedNode | ox.Literal | str, claim: ox.NamedNode | None, line: int | None
) -> None:
    """A term is found in each of its spellings, outside of comments, if possible in its claim."""
    path = tmp_path / "sources" / "x.trig"
    path.parent.mkdir()
    path.write_text(
        f"""@prefix : <{vocab.ENTITY}> . @prefix schema: <{vocab.SCHEMA}> . @prefix xsd: <{vocab.XSD}> .
@prefix c: <{vocab.CLAIM}x/> .
@base <{vocab.SOURCE}x> .
# :anna "1977" a [
c:a schema:name "c:b" . c:a {{ :song schema:author :anna . }}
c:b {{ :song schema:author :anna . }}
:song schema:dateCreated "1977"^^xsd:gYear .
:song a schema:Song ; schema:position 24 .
<#p1s1> schema:about :a\\/b .
:song schema:about [] .
""",
        encoding="utf-8",
    )
    assert Locator(read_facts(tmp_path).files).line(path, term, claim=claim) == line


def test_each_broken_file_is_told(tmp_path: Path) -> None:
    """Not only the first one: they are mended in one go."""
    broken = {"entities/all.trig": ":anna", "sources/almanac.trig": "\n:anna a", "sources/editors.trig": "[]]"}
    with pytest.raises(FactsFilesError) as caught:
        read_facts(small_facts.write(tmp_path / "facts", **broken))
    told = str(caught.value)
    assert told.startswith("3 files of facts cannot be read\n")
    assert all(f"{tmp_path}/facts/{name}:" in told for name in broken)
    assert len(caught.value.errors) == 3


def test_a_pipe_among_the_facts(tmp_path: Path) -> None:
    """It is told, not waited for."""
    facts = small_facts.write(tmp_path / "facts")
    os.mkfifo(facts / "entities" / "x.trig")
    with pytest.raises(FactsFileKindError, match=r"x\.trig is a pipe or a device"):
        read_facts(facts)
