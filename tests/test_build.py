"""The build: the same facts give the same bytes, and whatever goes wrong leaves the earlier file whole."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
import tempfile
import textwrap
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import small_facts

from bowiegraph import vocab
from bowiegraph.building.builder import Coverage, build, build_lines
from bowiegraph.errors import (
    BowiegraphError,
    FactsError,
    FactsSyntaxError,
    OutputError,
    SentenceMismatchError,
    SourceTakenError,
    UnknownNameError,
)
from bowiegraph.export import export
from bowiegraph.store import open_store

PREFIXES = vocab.PREFIXES
THREE_SAY_SO = {
    f"sources/{name}.trig": small_facts.ALMANAC.replace("almanac", name).replace(
        'schema:dateCreated "1977-09-23"^^xsd:date', "schema:author :anna"
    )
    for name in ("one", "two", "three")
}


def ask(path: Path, query: str) -> list[tuple[str, ...]]:
    """Query a data set; names are short."""
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.N_QUADS)
    rows = store.query(query, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(tuple(vocab.compact(term.value) for term in row) for row in rows)


@pytest.fixture
def built(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> Path:
    """The data set of the small facts."""
    out = tmp_path / "out.nq"
    build([facts_dir], out, ontology=ontology_dir)
    return out


def test_report_counts_what_is_there(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """Entities by type, claims by stance and verdict, sentences, quads and the hash of the file."""
    out = tmp_path / "out.nq"
    report = build([facts_dir], out, ontology=ontology_dir)
    assert report.entities == {"person": 2, "no accepted type": 1, "song": 1}
    assert report.claims == {
        ("asserted", "qualified"): 1,
        ("asserted", "supported"): 1,
        ("asserted", "unchecked"): 2,
    }
    assert report.coverage == (Coverage("gazette", 3, 2, 1, ()),)
    assert report.quads == len(out.read_bytes().splitlines())
    assert report.sha256 == sha256(out.read_bytes()).hexdigest()


def test_uncovered_sentences_are_named_in_order(tmp_path: Path, ontology_dir: Path) -> None:
    """What has neither a claim nor a mark is listed by locator."""
    text = small_facts.GAZETTE.replace("s:p1s2 bg:carriesNoClaim bg:rhetoric .", "").replace("s:p0s1, ", "")
    facts = small_facts.write(tmp_path / "facts", **{"sources/gazette.trig": text})
    assert build_lines([facts], ontology=ontology_dir).report.coverage == (
        Coverage("gazette", 3, 1, 0, ("p0s1", "p1s2")),
    )


def test_bytes_are_the_canonical_form(built: Path) -> None:
    """Sorted lines of canonical N-Quads are what RDFC-1.0 gives: there is no blank node to name."""
    dataset = ox.Dataset(ox.parse(path=built, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS).split(b"\n")  # type: ignore[union-attr]
    assert b"".join(sorted(line + b"\n" for line in lines if line)) == built.read_bytes()


def test_characters_are_escaped_canonically(tmp_path: Path, ontology_dir: Path) -> None:
    """Only quotation mark, backslash, and what would break a line are escaped; all else stands as UTF-8."""
    written = 'q\\"b\\\\n\\nt\\té\\u2028\\U0001F3B5\\u00e9\\u200B'
    text = small_facts.ENTITIES.replace('"The River"@en', f'"{written}"@en-GB')
    facts = small_facts.write(tmp_path / "facts", **{"entities/all.trig": text})
    lines = build_lines([facts], ontology=ontology_dir).lines
    (line,) = [line for line in lines if "river-song> <" in line and "altLabel" in line]
    assert line.endswith('"q\\"b\\\\n\\nt\\té\u2028\U0001f3b5é\u200b"@en-gb .\n')


def test_same_facts_same_bytes(built: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """Whatever the order of files and of the statements in them, and whatever the hash seed."""
    again = tmp_path / "elsewhere"
    for number, (name, text) in enumerate(reversed(small_facts.files().items())):
        small_facts.write(again, **{name: text})
        (again / "entities" / f"z{number}.trig").write_text("# nothing\n")
    text = small_facts.ENTITIES.replace(small_facts.PREFIXES, "")
    turned = small_facts.PREFIXES + "\n".join(reversed(text.strip().split("\n")))
    (again / "entities" / "all.trig").write_text(turned, encoding="utf-8")
    out = tmp_path / "again.nq"
    script = "import sys; from pathlib import Path; from bowiegraph.building.builder import build\n"
    script += "facts, out, ontology = map(Path, sys.argv[1:]); build([facts], out, ontology=ontology, shapes=False)"
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", script, str(again), str(out), str(ontology_dir)],
            check=True,
            env={"PYTHONHASHSEED": seed},
        )
        assert out.read_bytes() == built.read_bytes()


def test_one_triple_in_three_claims_counts_once(tmp_path: Path, ontology_dir: Path) -> None:
    """Four claims say who wrote it; the default graph has the triple once, each claim's graph has it too."""
    facts = small_facts.write(tmp_path / "facts", **THREE_SAY_SO)
    out = tmp_path / "out.nq"
    build([facts], out, ontology=ontology_dir)
    assert ask(out, "SELECT (COUNT(*) AS ?n) { :river-song schema:author :anna }") == [("1",)]
    assert ask(out, "SELECT (COUNT(*) AS ?n) { GRAPH ?claim { :river-song schema:author :anna } }") == [("4",)]
    join = "SELECT (COUNT(*) AS ?n) { :river-song schema:author ?who . ?song schema:author ?who }"
    assert ask(out, join) == [("1",)]


def test_withdrawn_claim_takes_its_triples_along(tmp_path: Path, ontology_dir: Path) -> None:
    """Unless another accepted claim holds them."""
    query = "SELECT ?who { :river-song schema:author ?who }"
    out = tmp_path / "out.nq"
    graph = small_facts.GAZETTE.split("c:written {")[0] + "c:date {" + small_facts.GAZETTE.split("c:date {")[1]
    editors = small_facts.EDITORS.split("c:note")[0]
    without = {"sources/gazette.trig": graph, "sources/editors.trig": editors}
    facts = small_facts.write(tmp_path / "facts", **without)
    build([facts], out, ontology=ontology_dir)
    assert ask(out, query) == []
    build([small_facts.write(facts, **without, **THREE_SAY_SO)], out, ontology=ontology_dir)
    assert ask(out, query) == [(":anna",)]


def test_default_graph_holds_what_is_accepted(tmp_path: Path, ontology_dir: Path) -> None:
    """Disputed, hedged and figurative triples stand in their graphs only."""
    text = small_facts.ALMANAC.replace("1977-09-23", "1978-09-23") + (
        'c:maybe { :river-song schema:author :bert . }\nc:maybe rdfs:label "x" ; bg:stance bg:hedged .\n'
    )
    facts = small_facts.write(tmp_path / "facts", **{"sources/almanac.trig": text})
    out = tmp_path / "out.nq"
    build([facts], out, ontology=ontology_dir)
    assert ask(out, "SELECT ?p ?o { :river-song ?p ?o FILTER(?p IN (schema:author, schema:dateCreated)) }") == [
        ("schema:author", ":anna")
    ]
    assert ask(out, "SELECT ?who ?claim { GRAPH ?claim { :river-song schema:author ?who } }") == [
        (":anna", "claim:gazette/written"),
        (":bert", "claim:almanac/maybe"),
    ]
    assert ask(out, "SELECT ?one ?other { ?one bg:contradicts ?other }") == [
        ("claim:almanac/date", "claim:gazette/date"),
        ("claim:gazette/date", "claim:almanac/date"),
    ]


@pytest.mark.parametrize(("stance", "holds"), [("asserted", True), ("hedged", False), ("opinion", False)])
def test_what_is_implied_holds_with_its_premise(
    tmp_path: Path, ontology_dir: Path, stance: str, *, holds: bool
) -> None:
    """What follows from what does not hold does not hold either, over any number of steps."""
    text = small_facts.ALMANAC + (
        f'c:says {{ :river-song schema:name "R" . }}\nc:says rdfs:label "x" ; bg:stance bg:{stance} .\n'
        "c:so { :river-song schema:author :bert . }\n"
        'c:so rdfs:label "x" ; bg:stance bg:implied ; bg:rule bg:partOfWhole ; bg:premise c:says .\n'
        "c:and-so { :river-song schema:author :carl . }\n"
        'c:and-so rdfs:label "x" ; bg:stance bg:implied ; bg:rule bg:partOfWhole ; bg:premise c:so .\n'
    )
    entities = small_facts.ENTITIES + ':carl a schema:Person ; rdfs:label "Carl"@en .\n'
    facts = small_facts.write(tmp_path / "facts", **{"sources/almanac.trig": text, "entities/all.trig": entities})
    out = tmp_path / "out.nq"
    build([facts], out, ontology=ontology_dir)
    whoever = {who for (who,) in ask(out, "SELECT ?who { :river-song schema:author ?who }")}
    assert {":bert", ":carl"} & whoever == ({":bert", ":carl"} if holds else set())


def test_refuted_triple_is_in_its_graph_only(tmp_path: Path, ontology_dir: Path) -> None:
    """Two sources contradict it and agree with each other."""
    two = {
        f"sources/{name}.trig": small_facts.ALMANAC.replace("almanac", name).replace("1977-09", "1978-09")
        for name in ("one", "two")
    }
    almanac = small_facts.ALMANAC.split("c:date {")[0] + small_facts.CLAIM_ON_THE_AUTHOR
    facts = small_facts.write(tmp_path / "facts", **two, **{"sources/almanac.trig": almanac})
    out = tmp_path / "out.nq"
    build([facts], out, ontology=ontology_dir)
    assert ask(out, "SELECT ?v { <https://w3id.org/bowiegraph/claim/gazette/date> bg:verdict ?v }") == [("bg:refuted",)]
    assert ask(out, "SELECT ?date { :river-song schema:dateCreated ?date }") == [("1978-09-23",)]
    assert ask(out, "SELECT ?date { GRAPH ?g { :river-song schema:dateCreated ?date } }") == [
        ("1977",),
        ("1978-09-23",),
        ("1978-09-23",),
    ]


def test_what_is_worked_out(built: Path) -> None:
    """Each claim has its class, its source and one verdict, each sentence its address."""
    query = "SELECT ?c ?from ?verdict { ?c a bg:Claim ; prov:wasDerivedFrom ?from ; bg:verdict ?verdict }"
    assert ask(built, query) == [
        ("claim:almanac/date", "source:almanac", "bg:unchecked"),
        ("claim:editors/note", "source:editors", "bg:unchecked"),
        ("claim:gazette/date", "source:gazette", "bg:supported"),
        ("claim:gazette/written", "source:gazette", "bg:qualified"),
    ]
    assert ask(built, "SELECT ?sentence ?url { ?sentence a bg:Sentence ; schema:url ?url }")[0] == (
        "source:gazette#p0s1",
        "https://example.org/gazette#:~:text=A",
    )
    assert ask(built, "SELECT ?one ?other { ?one bg:supports ?other }") == [
        ("claim:almanac/date", "claim:gazette/date")
    ]
    assert ask(built, "SELECT ?one ?other { ?one bg:qualifies ?other }") == [
        ("claim:almanac/date", "claim:gazette/written")
    ]
    assert ask(built, "SELECT ?g { GRAPH ?g { } } ORDER BY ?g") == [
        ("claim:almanac/date",),
        ("claim:editors/note",),
        ("claim:gazette/date",),
        ("claim:gazette/written",),
    ]


def test_text_puts_the_quotes_in(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """With the text at hand each sentence has its words, and without it none has."""
    out = tmp_path / "out.nq"
    query = "SELECT ?s ?words { ?s oa:hasSelector/oa:exact ?words }"
    build([facts_dir], out, ontology=ontology_dir, texts={"gazette": small_facts.TEXT})
    assert ask(out, query) == [
        ("source:gazette#p0s1", "A river song"),
        ("source:gazette#p1s1", "Anna wrote it in 1977."),
        ("source:gazette#p1s2", "What a summer that was!"),
    ]
    build([facts_dir], out, ontology=ontology_dir)
    assert ask(out, query) == []


def test_progress_is_told(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """Whoever waits sees what for."""
    told: list[str] = []
    build([facts_dir], tmp_path / "out.nq", ontology=ontology_dir, progress=told.append)
    assert [what.split()[0] for what in told] == ["reading", "checking", "judging", "checking", "writing"]


def test_garbage_collector_is_left_as_it_was(facts_dir: Path, ontology_dir: Path) -> None:
    """It is paused while building, also if the build fails."""
    assert gc.isenabled()
    build_lines([facts_dir], ontology=ontology_dir, shapes=False)
    with pytest.raises(BowiegraphError):
        build_lines([facts_dir / "nowhere"], ontology=ontology_dir)
    assert gc.isenabled()


BAD: dict[str, tuple[dict[str, str], type[BowiegraphError]]] = {
    "syntax": ({"entities/all.trig": "nonsense"}, FactsSyntaxError),
    "a problem": ({"entities/more.trig": small_facts.PREFIXES + ":carl a schema:Person ."}, FactsError),
    "a shape": (
        {
            "sources/almanac.trig": small_facts.ALMANAC
            + 'c:x { :river-song schema:author :river-song . } c:x rdfs:label "x" ; bg:stance bg:asserted .'
        },
        FactsError,
    ),
}


@pytest.mark.parametrize(("changes", "error"), BAD.values(), ids=list(BAD))
def test_nothing_is_written_when_anything_is_wrong(
    built: Path, ontology_dir: Path, tmp_path: Path, changes: dict[str, str], error: type[BowiegraphError]
) -> None:
    """The earlier build stays as it was, and nothing lies about."""
    before = built.read_bytes()
    facts = small_facts.write(tmp_path / "bad", **changes)
    with pytest.raises(error):
        build([facts], built, ontology=ontology_dir)
    assert built.read_bytes() == before
    assert list(built.parent.glob(".*")) == []


@pytest.mark.parametrize(
    ("texts", "error"),
    [
        ({"gazette": small_facts.TEXT.replace("1977", "1978")}, SentenceMismatchError),
        ({"gazete": small_facts.TEXT}, UnknownNameError),
        ({"almanac": small_facts.TEXT}, UnknownNameError),
    ],
)
def test_wrong_text_is_refused(
    facts_dir: Path,
    ontology_dir: Path,
    tmp_path: Path,
    texts: dict[str, str],
    error: type[BowiegraphError],
) -> None:
    """A text that is not the one that was counted, or of no source with sentences."""
    with pytest.raises(error):
        build([facts_dir], tmp_path / "out.nq", ontology=ontology_dir, texts=texts)
    assert not (tmp_path / "out.nq").exists()


BUILD_AND = """
    import os, resource, signal, sys, time
    from pathlib import Path
    from bowiegraph.building.builder import build
    from bowiegraph.errors import OutputError
    facts, out, ontology = map(Path, sys.argv[1:])
"""


def run(script: str, *arguments: Path) -> subprocess.Popen[str]:
    """Build in a process of its own."""
    code = textwrap.dedent(BUILD_AND) + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_kill_in_mid_build_leaves_the_old_file(
    built: Path, facts_dir: Path, ontology_dir: Path, tmp_path: Path
) -> None:
    """Killed after the bytes are written and before the name is taken; the next build clears up."""
    before = built.read_bytes()
    small_facts.write(facts_dir, **THREE_SAY_SO)
    script = """
        def stall(handle):
            print("written", flush=True)
            time.sleep(60)
        os.fsync = stall
        build([facts], out, ontology=ontology, shapes=False)
    """
    process = run(script, facts_dir, built, ontology_dir)
    assert process.stdout
    assert process.stdout.readline() == "written\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert built.read_bytes() == before
    left = [path.name for path in tmp_path.iterdir() if "out.nq" in path.name and path != built]
    assert len(left) == 1
    assert left[0].startswith(".")
    build([facts_dir], built, ontology=ontology_dir)
    assert built.read_bytes() != before
    assert [path.name for path in tmp_path.iterdir() if "out.nq" in path.name] == ["out.nq"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_full_disk(built: Path, facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """A limit on the size of files makes the system refuse the bytes, as a full disk does."""
    before = built.read_bytes()
    script = """
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            build([facts], out, ontology=ontology, shapes=False)
        except OutputError as error:
            print(error.cause.strerror)
    """
    said, wrong = run(script, facts_dir, built, ontology_dir).communicate()
    assert (said, wrong) == ("File too large\n", "")
    assert built.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "out.nq" in path.name] == ["out.nq"]


def test_place_that_cannot_be_written(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """A file stands where the folder should be; root may write to any folder."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot write"):
        build([facts_dir], tmp_path / "file" / "out.nq", ontology=ontology_dir)


def test_many_build_at_once(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """Two processes that build the same file both succeed, and it is whole at any time."""
    out = tmp_path / "new" / "out.nq"
    script = """
        for _ in range(10):
            build([facts], out, ontology=ontology, shapes=False)
            assert out.read_bytes().endswith(b" .\\n")
    """
    processes = [run(script, facts_dir, out, ontology_dir) for _ in range(2)]
    assert [process.communicate() for process in processes] == [("", ""), ("", "")]
    assert [path.name for path in out.parent.iterdir()] == ["out.nq"]


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(sorted(small_facts.files())),
        st.sampled_from(["flip", "drop line", "double line", "cut", "insert"]),
        st.integers(0, 10_000),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=4,
)


def mutate(data: bytes, what: str, place: int, byte: int) -> bytes:
    """Break a file in one place."""
    lines = data.split(b"\n")
    at, line = place % (len(data) or 1), place % len(lines)
    changed = {
        "flip": data[:at] + bytes([byte]) + data[at + 1 :],
        "insert": data[:at] + bytes([byte]) + data[at:],
        "cut": data[:at],
        "drop line": b"\n".join(lines[:line] + lines[line + 1 :]),
        "double line": b"\n".join(lines[: line + 1] + lines[line:]),
    }
    return changed[what]


@given(MUTATIONS, st.booleans())
@settings(max_examples=300, deadline=None)
def test_broken_facts_raise_errors_of_ours(mutations: list[tuple[str, str, int, int]], text: bool) -> None:  # noqa: FBT001 — hypothesis draws it
    """Whatever is in the files, the build succeeds or says what is wrong; nothing else comes out of it."""
    with tempfile.TemporaryDirectory() as name:
        facts = small_facts.write(Path(name) / "facts")
        ontology = small_facts.write_ontology(Path(name) / "ontology")
        for file, what, place, byte in mutations:
            path = facts / file
            path.write_bytes(mutate(path.read_bytes(), what, place, byte))
        out = Path(name) / "out.nq"
        try:
            build(
                [facts],
                out,
                ontology=ontology,
                shapes=False,
                texts={"gazette": small_facts.TEXT} if text else {},
            )
        except BowiegraphError:
            assert not out.exists()
        else:
            assert out.read_bytes().endswith(b" .\n")


def test_what_is_exported_is_what_was_built(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """A store keeps numbers by value: the build writes them so, or its hash would not be that of the export."""
    path = facts_dir / "sources" / "gazette.trig"
    claim = """
    <https://w3id.org/bowiegraph/claim/gazette/odd> { :river-song schema:name "007"^^xsd:int, 1.50, "1"^^xsd:boolean, "0x" . }
    <https://w3id.org/bowiegraph/claim/gazette/odd> rdfs:label "odd"@en ; bg:stance bg:asserted ;
        prov:wasQuotedFrom <https://w3id.org/bowiegraph/source/gazette#p1s1> .
    """
    path.write_text(path.read_text(encoding="utf-8") + claim, encoding="utf-8")
    out = tmp_path / "out.nq"
    report = build([facts_dir], out, shapes=False, ontology=ontology_dir)
    assert b'"1.5"^^' in out.read_bytes()
    assert b"".join(export(open_store(out), "nquads")) == out.read_bytes()
    assert report.sha256 == sha256(out.read_bytes()).hexdigest()


def mine(folder: Path, name: str, claim: str, about: str = "") -> Path:
    """Write a folder with one source that makes one claim."""
    text = f"""{small_facts.PREFIXES}{about}
        claim:{name}\\/{claim} {{ :river-song schema:author :anna . }}
        claim:{name}\\/{claim} rdfs:label "Anna wrote it"@en ; bg:stance bg:asserted ."""
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / f"{name}.trig").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("claim", "about"), [("date", ""), ("new", 'source:almanac a bg:Source ; rdfs:label "The other"@en .')]
)
def test_a_source_stands_in_one_folder(
    claim: str, about: str, facts_dir: Path, ontology_dir: Path, tmp_path: Path
) -> None:
    """Of one name, they are told in one message, and not by all that would be twice."""
    other = mine(tmp_path / "mine", "almanac", claim, about)
    with pytest.raises(SourceTakenError) as caught:
        build_lines([facts_dir, other], ontology=ontology_dir)
    assert (caught.value.names, set(caught.value.folders)) == (("almanac",), {facts_dir, other})


def test_a_folder_may_add_to_a_source_of_another(facts_dir: Path, ontology_dir: Path, tmp_path: Path) -> None:
    """A claim of another name is one more claim."""
    other = mine(tmp_path / "mine", "almanac", "new")
    before = build_lines([facts_dir], ontology=ontology_dir).report
    report = build_lines([facts_dir, other], ontology=ontology_dir).report
    assert sum(report.claims.values()) == sum(before.claims.values()) + 1
