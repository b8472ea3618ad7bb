"""Facts that somebody else wrote: names, addresses, quotes and titles that try to run, in the file and in a notebook."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
import rdflib
from tests.views import invented
from tests.views.conftest import READY

from bowiegraph import vocab
from bowiegraph.views import View, view

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.views.conftest import Visit

VECTORS: Final = {
    "image": '<img src=x onerror="window.__pwned=1">',
    "script": "<script>window.__pwned=1</script>",
    "end of script": "</script><script>window.__pwned=1</script>",
    "end of comment": "--><!--<script>window.__pwned=1</script>",
    "svg": '"><svg onload="window.__pwned=1">',
    "attribute": '" onmouseover="window.__pwned=1" autofocus onfocus="window.__pwned=1" x=\'',
    "template": "{{ 7*7 }}{% raw %}${window.__pwned=1}`",
    "href": '<a href="javascript:window.__pwned=1">href</a>',
}


def hostile(text: str) -> View:
    """Make a view in which a string is everything that it can be."""
    label = ox.Literal(text)
    things = [ox.NamedNode(f"{vocab.ENTITY}{name}") for name in ("a", "b")]
    claim, source = ox.NamedNode(vocab.CLAIM + "s/c"), ox.NamedNode(vocab.SOURCE + "s")
    sentence, quote = ox.NamedNode(vocab.SOURCE + "s#p1s1"), ox.NamedNode(vocab.SOURCE + "s#p1s1-quote")
    relation, stance = ox.NamedNode(vocab.BG + "linked"), ox.NamedNode(vocab.BG + "st")
    store = ox.Store()
    told: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        *((thing, vocab.LABEL, label) for thing in things),
        *((thing, vocab.ALT_LABEL, label) for thing in things),
        *((thing, vocab.COMMENT, label) for thing in things),
        (things[0], vocab.SAME_AS, ox.NamedNode("javascript:window.__pwned=1")),
        (relation, vocab.LABEL, label),
        (stance, vocab.LABEL, label),
        (claim, vocab.TYPE, vocab.CLAIM_CLASS),
        (claim, vocab.LABEL, label),
        (claim, vocab.COMMENT, label),
        (claim, vocab.STANCE, stance),
        (claim, vocab.VERDICT, stance),
        (claim, vocab.DERIVED_FROM, source),
        (claim, vocab.QUOTED_FROM, sentence),
        (source, vocab.TYPE, vocab.SOURCE_CLASS),
        (source, vocab.LABEL, label),
        (source, vocab.URL, ox.NamedNode("javascript:window.__pwned=1")),
        (sentence, vocab.PARAGRAPH_NUMBER, ox.Literal(1)),
        (sentence, vocab.SENTENCE_NUMBER, ox.Literal(1)),
        (
            sentence,
            vocab.URL,
            ox.NamedNode("data:text/html,<script>window.__pwned=1</script>".replace("<", "%3C").replace(">", "%3E")),
        ),
        (sentence, vocab.HAS_SELECTOR, quote),
        (quote, vocab.EXACT, label),
    ]
    for triple in told:
        store.add(ox.Quad(*triple))
    store.add(ox.Quad(things[0], relation, things[1], claim))
    store.add(ox.Quad(things[0], ox.NamedNode(vocab.BG + "note"), label, claim))
    one_line = " ".join(text.split())
    query = f"SELECT ?s ?p ?o ?claim {{ GRAPH ?claim {{ ?s ?p ?o }} FILTER(isIRI(?o)) }} # {one_line}"
    made = view(store, query=query, title=text)
    return View(made.title, text, made.query, made.picture)


def use(page: Page) -> None:
    """Go everywhere: each panel, the table, the search, the legend, the help."""
    page.evaluate("State.choose(0)")
    page.locator("#evidence .details summary").first.click()
    page.evaluate("State.chooseEdge(0)")
    page.locator("#search-text").fill("a")
    page.evaluate("State.change({ table: true, path: [0, 1], node: null, edge: null })")
    page.evaluate("document.querySelector('#legend details').open = true")
    page.locator("#show-help").click()
    page.keyboard.press("Escape")
    page.mouse.move(500, 400)
    page.evaluate(
        "document.querySelectorAll('a').forEach(a => a.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })))"
    )
    page.wait_for_timeout(100)


@pytest.mark.parametrize("name", VECTORS)
def test_a_file_of_hostile_facts_is_inert(visit: Callable[..., Visit], tmp_path: Path, name: str) -> None:
    page = visit().open(hostile(VECTORS[name]).save(tmp_path / "hostile.html"))
    use(page)
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("Model.nodes[0].label").startswith(VECTORS[name])
    assert VECTORS[name] in page.title()
    assert page.locator("script:not([type])").count() == page.evaluate("document.scripts.length") - 3
    addresses: list[str] = page.evaluate("[...document.querySelectorAll('a')].map(a => a.protocol)")
    assert set(addresses) <= {"http:", "https:"}


@pytest.mark.parametrize("name", VECTORS)
def test_a_notebook_of_hostile_facts_is_inert(visit: Callable[..., Visit], name: str) -> None:
    """The frame works, without an origin, and reaches neither the notebook nor its own parent."""
    one = visit()
    one.page.set_content(f"<!doctype html><title>notebook</title>{hostile(VECTORS[name])._repr_html_()}")
    frame = one.page.frames[1]
    frame.wait_for_selector(READY)
    frame.evaluate("State.choose(0)")
    assert frame.evaluate("[window.__pwned, origin]") == [None, "null"]
    assert one.page.evaluate("window.__pwned") is None
    assert one.page.evaluate("document.querySelectorAll('script, svg').length") == 0
    pictures: list[str] = one.page.evaluate("[...document.images].map((image) => image.src.split(',')[0])")
    assert pictures == ["data:image/svg+xml;base64"]  # in which no browser runs a script


def test_a_notebook_shows_a_page_that_works(visit: Callable[..., Visit]) -> None:
    """Where addresses, storage and the clipboard are out of reach."""
    one = visit()
    made = view(invented.store(), query=invented.QUERY, title="The Blue Hour")
    one.page.set_content(f"<!doctype html><title>notebook</title>{made._repr_html_()}")
    frame = one.page.frames[1]
    frame.wait_for_selector(READY)
    frame.locator("#search-text").fill("olund")
    frame.locator("#search-text").press("Enter")
    assert frame.locator("#evidence h2").inner_text() == "Ada Ölund"
    frame.get_by_role("button", name="Dark", exact=True).click()
    frame.get_by_role("button", name="Copy link").click()
    frame.locator("#exports summary").click()
    with one.page.expect_download() as waiting:
        frame.get_by_role("button", name="Table (CSV)").click()
    assert waiting.value.suggested_filename == "the-blue-hour.csv"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(visit: Callable[..., Visit], tmp_path: Path, text: str) -> None:
    """Spreadsheets take what begins so for one."""
    page = visit().open(hostile(text).save(tmp_path / "hostile.html"))
    cells = [
        cell for row in csv.reader(io.StringIO(page.evaluate("Exports.csv()").removeprefix("\ufeff"))) for cell in row
    ]
    assert any(text.strip() in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    "text", ['"', "\\", "\n\r\t", "\u0000\u0001", "'''", '"""', "a\u2028b", "💃", "\\u0041", "@en", "^^"]
)
def test_turtle_holds_any_text(visit: Callable[..., Visit], tmp_path: Path, text: str) -> None:
    """And gives it back: RDF, as read by rdflib, is not broken by a label."""
    page = visit().open(hostile(f"x{text}y").save(tmp_path / "hostile.html"))
    saved = page.evaluate("Turtle.write({ nodes: Filters.shown.nodes, edges: Filters.shown.edges })")
    labels = {str(o) for o in rdflib.Graph().parse(data=saved, format="turtle").objects(None, rdflib.RDFS.label)}
    assert any(label.startswith(f"x{text}y") for label in labels)


def test_a_file_name_is_text(tmp_path: Path) -> None:
    """Where a page is written has no part in it."""
    folder = tmp_path / "<img src=x onerror=alert(1)> & 'quotes'"
    folder.mkdir()
    saved = hostile("plain").save(folder / '"><script>.html')
    assert "onerror=alert" not in saved.read_text(encoding="utf-8")
