"""The facts that ship are tested like code: verdicts against what is known, identifiers, arithmetic, no copied words."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

import bowiegraph
from bowiegraph import vocab
from bowiegraph.locations import shipped

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("BOWIEGRAPH_SHARED", ROOT.parent / "shared"))
ARTICLE = vocab.CLAIM + "miscelana-heroes/"
GRAPH = bowiegraph.open()

#: claims of the article → how they stand against other-sources, worked out by hand from what those say
VERDICTS = {
    "released-on-8-january-1977": "refuted",
    "song-turns-49": "refuted",
    "london-2012-closing-ceremony": "refuted",
    "hansa-a-few-metres-from-the-wall": "disputed",
    "visconti-and-maass-a-couple": "disputed",
    "oasis-references": "disputed",
    "trilogy-made-in-west-berlin": "qualified",
    "u2-cover": "qualified",
    "u2-arena-anthem": "qualified",
    "use-in-moulin-rouge": "qualified",
    "died-on-10-january-2016": "supported",
    "ten-years-since-bowie-died": "supported",
    "modest-in-the-uk": "supported",
    "unnoticed-in-the-us": "supported",
    "no-immediate-success": "supported",
    "maass-backing-vocals": "supported",
    "microphones-at-distances": "supported",
    "opened-by-loudness": "supported",
    "visconti-attached": "supported",
    "berlin-trilogy": "supported",
    "peter-gabriel-cover": "supported",
    "motorhead-cover": "supported",
    "depeche-mode-cover": "supported",
    "use-in-christiane-f": "supported",
    "christiane-f-1981": "supported",
    "use-in-perks": "supported",
    "heroes-in-stranger-things": "supported",
    "heroes-by-david-bowie": "supported",
    "original-over-the-end-credits": "supported",
    "suggested-by-joe-keery": "supported",
    "heroes-at-london-2012": "supported",
    "use-in-requiem-for-a-dream": "unchecked",
}


def facts(*folders: str) -> list[Quad]:
    """Read the facts' files of some folders."""
    paths = [path for folder in folders for path in sorted((shipped("facts") / folder).iterdir())]
    assert paths
    return [quad for path in paths for quad in parse(path=path, format=RdfFormat.TRIG)]


def need(path: Path) -> Path:
    """Skip where the project's shared material is absent; in CI that is a failure."""
    if not path.exists():
        reason = f"{path.name} of the project's shared material is not on this machine"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def test_verdicts_on_the_article() -> None:
    """What the table names stands as it says, and nothing else of the article is anything but unchecked."""
    found = {c.iri.removeprefix(ARTICLE): c.verdict for c in GRAPH.claims() if c.iri.startswith(ARTICLE)}
    assert {name: found.get(name) for name in VERDICTS} == VERDICTS
    assert {name for name, verdict in found.items() if verdict != "unchecked"} <= set(VERDICTS)


def test_sources_that_disagree_with_each_other_show_as_such() -> None:
    """The distances of the second microphone are disputed on both sides, those of the third agree."""
    found = {c.iri.removeprefix(vocab.CLAIM): c.verdict for c in GRAPH.claims()}
    assert found["musicradar/second-microphone-at-20-feet"] == "disputed"
    assert found["kpcc/second-microphone-at-15-feet"] == "disputed"
    assert found["kpcc/third-microphone-at-50-feet"] == "supported"
    assert found["irishexaminer/maass-on-the-couple"] == "disputed"


def test_what_is_refuted_or_disputed_does_not_hold() -> None:
    """The default graph has the true ceremony and date, and neither the wrong ones nor any distance."""
    hold = "ASK { %s }"
    assert GRAPH.query(hold % ":heroes-at-london-2012 bg:usedIn :london-2012-opening-ceremony").boolean
    assert not GRAPH.query(hold % ":heroes-at-london-2012 bg:usedIn :london-2012-closing-ceremony").boolean
    assert GRAPH.query(hold % ':release-of-heroes schema:startDate "1977-09-23"^^xsd:date').boolean
    assert not GRAPH.query(hold % ':release-of-heroes schema:startDate "1977-01-08"^^xsd:date').boolean
    assert not GRAPH.query(hold % ":distance-from-hansa-to-the-wall bg:extent ?any").boolean
    assert GRAPH.query("ASK { GRAPH ?claim { :distance-from-hansa-to-the-wall bg:extent ?any } }").boolean


def test_anniversary_arithmetic() -> None:
    """Each date that follows by this rule is the anniversary's, so many years before."""
    rows = GRAPH.query(
        """SELECT ?on ?years ?date WHERE {
             ?claim bg:rule bg:anniversaryArithmetic ; bg:premise ?premise .
             GRAPH ?premise { ?node schema:startDate ?on ; bg:ordinal ?years }
             GRAPH ?claim { ?event schema:startDate|schema:deathDate ?date } }"""
    ).rows
    assert len(rows) == 2
    for on, years, day in rows:
        assert isinstance(on, date)
        assert isinstance(day, date)
        assert on.replace(year=on.year - int(str(years))) == day


def test_every_sentence_is_accounted_for() -> None:
    """Each of the 64 has a claim or a reason for having none, never both."""
    count = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a bg:Sentence . %s }"
    quoted = "?claim prov:wasQuotedFrom ?s"
    silent = "?s bg:carriesNoClaim ?why"
    (total,), (with_claim,), (marked,), (both,) = (
        GRAPH.query(count % part).rows[0] for part in ("", quoted, silent, f"{quoted} . {silent}")
    )
    assert (total, with_claim, marked, both) == (64, 53, 11, 0)


def test_external_identifiers_are_those_that_were_seen() -> None:
    """No identifier is invented: each stands in the list of those seen in public files."""
    path = need(SHARED / "reference" / "identifiers.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()
    seen = {cell for row in csv.reader(lines[2:], delimiter="\t") for cell in row[1:4] if cell}
    used = {
        q.object.value for q in facts("entities") if q.predicate == vocab.SAME_AS and isinstance(q.object, NamedNode)
    }
    assert len(used) == 24
    assert {iri.rstrip("/").rsplit("/", 1)[1] for iri in used} <= seen


def test_claims_stand_in_the_order_of_their_sentences() -> None:
    """The article's claims follow the article, so that a reader finds a sentence's claims where they are looked for."""
    path = shipped("facts") / "sources" / "miscelana-heroes.trig"
    first = [q for q in parse(path=path, format=RdfFormat.TRIG) if q.predicate == vocab.QUOTED_FROM]
    places: dict[object, tuple[int, int]] = {}
    for quad in first:
        match = re.search(r"#p(\d+)s(\d+)>$", str(quad.object))
        assert match
        places.setdefault(quad.subject, (int(match[1]), int(match[2])))
    paragraphs = [paragraph for paragraph, _ in places.values()]
    assert len(paragraphs) == 109
    assert [p for p in paragraphs if p] == sorted(p for p in paragraphs if p)


def test_each_claim_is_of_its_own_files_source() -> None:
    """A file of one source holds no claim of another."""
    for path in sorted((shipped("facts") / "sources").glob("*.trig")):
        graphs = {
            q.graph_name.value for q in parse(path=path, format=RdfFormat.TRIG) if isinstance(q.graph_name, NamedNode)
        }
        assert graphs
        assert {iri.removeprefix(vocab.CLAIM).split("/")[0] for iri in graphs} == {path.stem}


def test_no_sentence_of_the_article_is_repeated() -> None:
    """No tracked file holds nine words in a row of the article."""
    article = need(SHARED / "article" / "heroes-stranger-things.txt").read_text(encoding="utf-8")
    runs = shingles(article.split("Descubra mais")[0])
    assert len(runs) > 1000
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    texts = {
        name: (ROOT / name).read_text(encoding="utf-8", errors="ignore") for name in names if (ROOT / name).is_file()
    }
    assert {name for name, text in texts.items() if runs & shingles(text)} == set()


def shingles(text: str) -> set[tuple[str, ...]]:
    """Cut a text into all its runs of nine words."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}
