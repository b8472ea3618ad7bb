"""Views before there is a page: what is selected, how it folds and stands, where it is laid, and what goes wrong."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.views import invented

import bowiegraph
from bowiegraph import catalogue, views, vocab
from bowiegraph.cli import main
from bowiegraph.errors import OutputError, QuerySyntaxError, UnknownNameError, ViewError
from bowiegraph.network import statements
from bowiegraph.network.kinds import KINDS
from bowiegraph.views import layout, picture

if TYPE_CHECKING:
    from bowiegraph.views.picture import Line, Picture

STORE: Final = invented.store()
ALL: Final = invented.QUERY
PAGE: Final = Path(views.__file__).parent / "page"


def drawn(query: str = ALL, *, fold: bool = True, story: str | None = None) -> Picture:
    return picture.draw(STORE if story is None else invented.store(invented.STORY + story), query, fold=fold)


def words(made: Picture) -> list[str]:
    """Say each line in words."""
    names = [node.thing.label for node in made.nodes]
    return sorted(f"{names[line.start]} | {line.label} | {names[line.end]}" for line in made.lines)


def line(made: Picture, label: str, end: str) -> Line:
    return next(each for each in made.lines if each.label == label and made.nodes[each.end].thing.label == end)


# ---- what is selected


def test_the_story_in_lines() -> None:
    """Worked out by hand: the cover and the stay are folded into one line each."""
    assert words(drawn()) == [
        "Ben Straße | stayed in | Bergen",
        "Cy and the Sirens | covered | The Blue Hour (composition)",
        "Its keeper | location | A far island",
        "Night Ferry | music by | Ada Ölund",
        "Night Ferry | music by | Ben Straße",
        "The Blue Hour (album) | by artist | Ada Ölund",
        "The Blue Hour (composition) | author | Ada Ölund",
        "The Blue Hour (composition) | inspired by | Oslo",
        "The Blue Hour (composition) | location | Oslo",
    ]


@pytest.mark.parametrize(
    "query",
    [
        ALL,
        "SELECT ?claim ?o ?p ?s { GRAPH ?claim { ?s ?p ?o } FILTER(isIRI(?o) && ?p != rdf:type) }",
        "SELECT ?subject ?predicate ?object { GRAPH ?g { ?subject ?predicate ?object } FILTER(isIRI(?object) && ?predicate != rdf:type) }",
        "SELECT ?a ?b ?c ?d { GRAPH ?d { ?a ?b ?c } FILTER(isIRI(?c) && ?b != rdf:type) }",
        "SELECT ?a ?b ?c { GRAPH ?d { ?a ?b ?c } FILTER(isIRI(?c) && ?b != rdf:type) }",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?claim { ?s ?p ?o } FILTER(isIRI(?o) && ?p != rdf:type) }",
    ],
)
def test_every_way_to_ask_gives_the_same_view(query: str) -> None:
    """Columns by their names or their order; claims as selected, or those that hold the triple."""
    made = drawn(query)
    assert words(made) == words(drawn())
    author = line(made, "author", "Ada Ölund")
    assert set(author.edge.statements[0].claims) == {f"{vocab.CLAIM}daily/written", f"{vocab.CLAIM}weekly/written"}


def test_what_a_query_makes_up_has_no_claim() -> None:
    made = drawn(
        "CONSTRUCT { ?a bg:met ?b } WHERE { ?a a schema:Person . ?b a schema:Person FILTER(STR(?a) < STR(?b)) }"
    )
    assert len(made.lines) == 3
    assert {each.standing.verdict for each in made.lines} == {None}


def test_rows_with_holes_are_left_out() -> None:
    query = "SELECT ?s ?p ?o { { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?o)) } UNION { BIND(:ada AS ?s) } }"
    assert statements.select(STORE, query) == statements.select(
        STORE, "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?o)) }"
    )


# ---- how it stands


def test_a_statement_stands_as_its_strongest_claim() -> None:
    """Refuted by the one, supported by the other: it holds."""
    more = """
    GRAPH daily:author-again { :blue schema:author :ada }
    daily:author-again a bg:Claim ; rdfs:label "Again"@en ; bg:stance bg:opinion ; bg:verdict bg:refuted ; prov:wasDerivedFrom source:daily .
    """
    found = line(drawn(story=more), "author", "Ada Ölund").standing
    assert (found.verdict, found.stance) == ("supported", "asserted")


def test_a_folded_line_stands_as_its_weakest_statement() -> None:
    """That there is a cover is supported, that it is of this song is refuted: so is the line."""
    more = """
    :two rdfs:label "A second cover"@en .
    GRAPH weekly:two { :two a bg:Cover ; schema:byArtist :ben }
    weekly:two a bg:Claim ; rdfs:label "Ben covered something"@en ; bg:stance bg:asserted ; bg:verdict bg:supported ; prov:wasDerivedFrom source:weekly .
    GRAPH daily:two { :two schema:recordingOf :blue }
    daily:two a bg:Claim ; rdfs:label "It was the song"@en ; bg:stance bg:hedged ; bg:verdict bg:refuted ; prov:wasDerivedFrom source:daily .
    """
    made = drawn(story=more)
    ben = next(
        each for each in made.lines if each.label == "covered" and made.nodes[each.start].thing.label == "Ben Straße"
    )
    assert (ben.standing.verdict, ben.standing.stance) == ("refuted", "hedged")


# ---- folding


def test_without_folding_each_statement_is_a_line() -> None:
    made = drawn(fold=False)
    assert "The Blue Hour by Cy | by artist | Cy and the Sirens" in words(made)
    assert "Ben in Bergen | person | Ben Straße" in words(made)
    assert len(made.lines) == 11


def test_what_more_is_said_of_stays_a_thing() -> None:
    """A cover that is on an album would lose the album."""
    more = "GRAPH weekly:on { :cover schema:inAlbum :blue-album }\nweekly:on a bg:Claim ; rdfs:label 'x' ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:weekly ."
    assert "The Blue Hour by Cy | in album | The Blue Hour (album)" in words(drawn(story=more))


def test_what_is_pointed_at_stays_a_thing() -> None:
    more = "GRAPH weekly:by { :film bg:inspiredBy :stay }\nweekly:by a bg:Claim ; rdfs:label 'x' ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:weekly ."
    assert {"Night Ferry | inspired by | Ben in Bergen", "Ben in Bergen | person | Ben Straße"} <= set(
        words(drawn(story=more))
    )


def test_a_couple_is_one_line_and_a_role_names_another() -> None:
    more = """
    :producer a bg:Role ; rdfs:label "producer"@en .
    GRAPH weekly:more { :pair a bg:Relationship ; bg:partner :ada, :ben . :work a bg:Contribution ; bg:contributor :ben ; bg:contributionTo :blue-album ; bg:role :producer }
    weekly:more a bg:Claim ; rdfs:label "x" ; bg:stance bg:asserted ; bg:verdict bg:unchecked ; prov:wasDerivedFrom source:weekly .
    """
    found = words(drawn(story=more))
    assert [each for each in found if "couple" in each] == ["Ada Ölund | couple | Ben Straße"]
    assert "Ben Straße | producer | The Blue Hour (album)" in found


def test_a_line_keeps_to_the_claims_that_say_all_of_it() -> None:
    """Each source gives another distance from the Hansa studios to the Wall; none speaks for that of another."""
    made = bowiegraph.open().view("berlin").picture
    said = {claim.iri: claim.statement for claim in made.claims}
    lines = [each for each in made.lines if each.edge.relation == vocab.BG + "Distance"]
    assert len(lines) == 3
    for each in lines:
        behind = {said[iri] for statement in each.edge.statements for iri in statement.claims}
        assert behind
        yards = {
            "a few metres": "a few metres",
            "about 150 metres": "150 metres|500 feet",
            "about 450 metres": "500 yards",
        }
        assert all(re.search(yards[each.label], statement) for statement in behind), (each.label, behind)


# ---- years


def test_years_are_those_of_accepted_claims() -> None:
    """The refuted date of the release, 1977-01-08, is of the right year; a refuted year would not count."""
    more = """
    GRAPH weekly:wrong { :ada schema:deathDate "2999"^^xsd:gYear }
    weekly:wrong a bg:Claim ; rdfs:label "x" ; bg:stance bg:asserted ; bg:verdict bg:refuted ; prov:wasDerivedFrom source:weekly .
    """
    spans = {node.thing.iri: node.span for node in drawn(story=more).nodes}
    assert spans[vocab.ENTITY + "ada"] == (1950, 1950)
    assert spans[vocab.ENTITY + "oslo"] is None


def test_time_runs_from_left_to_right() -> None:
    made = picture.draw(STORE, ALL, layout="time")
    assert [year for year, _ in made.axis] == [1950, 1971, 1990]
    at = dict(made.axis)
    assert list(at.values()) == sorted(at.values())
    for node in made.nodes:
        if node.span:
            assert node.x == at[node.span[0]]


# ---- the layout

networks = st.integers(1, 30).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60))
)


@settings(max_examples=40, deadline=None)
@given(networks)
@example((7, [(0, 3), (0, 4), (1, 2), (1, 5), (2, 3), (4, 6)]))  # a chain, which is laid out as a line
def test_any_network_is_laid_out_and_the_same_each_time(network: tuple[int, list[tuple[int, int]]]) -> None:
    """Loops, parallel lines, parts and single things; no two in one place."""
    nodes, edges = network
    shapes = [layout.Shape(10.0, "a label")] * nodes
    places = layout.lay_out(shapes, edges)
    assert places == layout.lay_out(shapes, edges)
    assert len(places) == nodes
    assert all(abs(x) < 1e5 and abs(y) < 1e5 for x, y in places)
    assert all((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 > 15**2 for a, b in combinations(places, 2))


def test_igraph_is_asked_above_500_and_gives_the_same_each_time() -> None:
    edges = [(i, i // 2) for i in range(1, 700)]
    shapes = [layout.Shape(8.0)] * 700
    assert layout.lay_out(shapes, edges) == layout.lay_out(shapes, edges)


def test_the_same_graph_gives_the_same_bytes() -> None:
    """In another process too, where strings hash otherwise."""
    code = (
        "import hashlib, bowiegraph; print(hashlib.sha256(bowiegraph.open().view('berlin').html.encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


# ---- the page's files


def test_what_is_vendored_is_what_its_checksum_says() -> None:
    digest, name = (PAGE / "vendor" / "checksums.txt").read_text().split()
    assert hashlib.sha256((PAGE / "vendor" / name).read_bytes()).hexdigest() == digest
    about = (PAGE / "vendor" / "README.md").read_text()
    for package, version in re.findall(r'"(@?[\w/-]+)": "([\d.]+)"', (PAGE / "vendor" / "package.json").read_text()):
        assert f"{package} {version}" in about


def test_every_script_and_style_is_loaded() -> None:
    from bowiegraph.views import page  # noqa: PLC0415 — only here are its lists looked at

    there = {path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*") if path.suffix in {".js", ".css"}}
    assert there == set(page.SCRIPTS) | set(page.STYLES)


@pytest.mark.parametrize("path", sorted(PAGE.glob("*/*.[jc]s*")), ids=lambda path: path.name)
def test_scripts_stay_small_and_put_in_no_markup(path: Path) -> None:
    """Text is text: nothing parses a string as HTML or as a program. Nothing could end its own element."""
    text = path.read_text(encoding="utf-8")
    assert "</script" not in text
    assert "</style" not in text
    if path.parent.name != "vendor":
        assert len(text.splitlines()) <= 480
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttpRequest|@import|url\(",
            text,
        )


def test_kinds_are_told_apart_by_shape_or_colour() -> None:
    looks = [(kind.shape, kind.colour, kind.hollow) for kind in KINDS]
    together = looks[:7]
    assert len(set(together)) == len(together)
    assert len({kind.name for kind in KINDS}) == len(KINDS)


# ---- the named views


def test_the_named_views_are_queries_of_the_standard() -> None:
    """They run on an engine that knows none of our prefixes, and say what they show."""
    for named in catalogue.views():
        assert named.question.endswith("?")
        ox.Store().query(named.text)


def test_the_overview_shows_what_is_refuted() -> None:
    made = bowiegraph.open().view("overview").picture
    refuted = {each.label for each in made.lines if each.standing.verdict == "refuted"}
    assert refuted == {"heard in", "commemorates"}


def test_disputes_are_claims_against_claims() -> None:
    made = bowiegraph.open().view("disputes").picture
    assert {node.thing.kind.name for node in made.nodes} == {
        "refuted claim", "disputed claim", "qualified claim", "supported claim", "unchecked claim", "source",
    }  # fmt: skip


# ---- from Python and the command line


def test_around_takes_in_what_is_near() -> None:
    graph = bowiegraph.open()
    near, far = (graph.view(around="Antonia Maass", hops=hops).picture for hops in (1, 2))
    assert {node.thing.iri for node in near.nodes} < {node.thing.iri for node in far.nodes}
    assert graph.view(around="maaß").title == "Around Antonia Maass"
    assert graph.view("overview", around="Maass").title == "“Heroes”, the whole story, around Antonia Maass"


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"query": "SELECT ?s ?p ?o { ?s ?p ?o FILTER(false) }"}, ViewError, "selects nothing"),
        ({"query": "SELECT ?s ?p ?o { ?s rdfs:label ?o BIND(rdfs:label AS ?p) }"}, ViewError, "gives no edges"),
        ({"query": "SELECT ?s { ?s ?p ?o }"}, ViewError, "selects ?s: links are selected by CONSTRUCT"),
        ({"query": "ASK {}"}, ViewError, "links are selected by CONSTRUCT"),
        ({"query": "SELECT"}, QuerySyntaxError, "line 1"),
        ({"name": "overveiw"}, UnknownNameError, "overview"),
        ({"name": "zzz"}, UnknownNameError, "timeline"),
        ({"around": "Frank Zappa"}, UnknownNameError, "Frank Zappa"),
        ({"around": "Antonia Maass", "name": "covers"}, ViewError, "Antonia Maass is not among what is selected"),
        ({"around": "Antonia Maass", "hops": 0}, ViewError, "0 hops"),
        ({"name": "covers", "query": "SELECT ?s ?p ?o {}"}, ViewError, "give one of them"),
    ],
)
def test_what_cannot_be_drawn(asked: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=re.escape(says)):
        views.view(bowiegraph.open().store, **asked)  # type: ignore[arg-type]  # hops is a number


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["--query", "SELECT ?s ?p ?o { FILTER(false) }"],
        ["--query", "SELECT ?s ?p ?o { ?s ?p ?o FILTER(isLiteral(?o)) }"],
        ["--around", "Frank Zappa"],
        ["--query", "nosuch.rq"],
    ],
)
def test_bad_input_gives_one_message_and_leaves_the_file(tmp_path: Path, arguments: list[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text("before")
    done = CliRunner().invoke(main, ["view", *arguments, "-o", str(page)])
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert page.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_path_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        bowiegraph.open().view("covers").save(tmp_path / "file" / "page.html")


def test_a_page_does_not_replace_what_is_no_page(tmp_path: Path) -> None:
    """A slip of the hand would cost the facts."""
    facts = tmp_path / "mine.trig"
    facts.write_text("before")
    done = CliRunner().invoke(main, ["view", "covers", "-o", str(facts)])
    assert done.exit_code == 2
    assert ".html" in done.stderr
    assert facts.read_text() == "before"


def test_the_command_writes_what_the_library_makes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = CliRunner().invoke(main, ["view", "covers", "-o", str(page)])
    assert done.exit_code == 0
    assert re.fullmatch(r"wrote .*page\.html: \d+ things, \d+ statements\n", done.stderr)
    assert page.read_bytes() == bowiegraph.open().view("covers").html.encode()
    piped = CliRunner().invoke(main, ["view", "covers"])
    assert piped.stdout_bytes == page.read_bytes()


def test_help_lists_the_views() -> None:
    text = CliRunner().invoke(main, ["view", "--help"]).stdout
    assert set(catalogue.view_names()) <= set(text.split())


def test_the_title_is_as_given(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["view", "covers", "--title", "Mine & yours", "-o", str(tmp_path / "p.html")])
    assert done.exit_code == 0
    assert "<h1>Mine &amp; yours</h1>" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_no_page_holds_the_words_of_a_source_without_the_text() -> None:
    """Quotes are there only in builds made with the text."""
    assert '"quote"' not in bowiegraph.open().view("overview").html
