"""The page in a real browser, used as somebody would use it."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import html5lib
import pytest
import rdflib
from tests.views import invented

from bowiegraph import catalogue, vocab

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.views.conftest import Visit

THINGS = 10
LINES = 9


def shown(page: Page) -> tuple[int, int]:
    """Count the things and lines in the picture."""
    sizes: list[int] = page.evaluate("[Canvas.visible.size, Canvas.visibleEdges.size]")
    return sizes[0], sizes[1]


def until(page: Page, expression: str) -> None:
    """Wait for something to become true. Playwright's own way evaluates text in the page, which the page forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {expression}")


def find(page: Page, text: str) -> None:
    """Find something by its name, from the keyboard."""
    page.locator("#search-text").fill(text)
    page.keyboard.press("Enter")


def place(page: Page, expression: str) -> tuple[float, float]:
    """Find where on the screen something of the picture is."""
    box = page.locator("#canvas").bounding_box()
    assert box
    at = page.evaluate(f"Canvas.network.canvasToDOM({expression})")
    return box["x"] + at["x"], box["y"] + at["y"]


def click_thing(page: Page, label: str) -> None:
    page.mouse.click(*place(page, f"Canvas.network.body.nodes[Model.nodes.find(n => n.label === {label!r}).id]"))


def click_line(page: Page, claim: str) -> None:
    """Click on the middle of the line behind which a claim stands."""
    found = f"Model.edges.find(e => Model.claimsOf(e).some(i => Model.claims[i].statement === {claim!r})).id"
    page.mouse.click(*place(page, f"Canvas.network.body.edges[{found}].edgeType.getPoint(0.5)"))


def heading(page: Page) -> str:
    return page.locator("#evidence h2").inner_text()


def choose(page: Page, claim: str) -> None:
    page.evaluate(
        f"State.chooseEdge(Model.edges.find(e => Model.claimsOf(e).some(i => Model.claims[i].statement === {claim!r})).id)"
    )


def test_it_is_valid_html(story: Path) -> None:
    """As the standard has it: a strict parser finds nothing, and what every page should have is there."""
    text = story.read_text(encoding="utf-8")
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert text.startswith("<!doctype html>")
    assert parsed.get("lang") == "en"
    assert parsed.find("head/title").text == "The Blue Hour · Bowiegraph"
    assert parsed.find("head/meta[@name='viewport']") is not None
    assert parsed.find("head/meta[@charset]") is not None


def test_it_asks_for_nothing_from_anywhere(visit: Callable[..., Visit], story: Path) -> None:
    """Not even where every server hangs."""
    one = visit()
    one.page.route(re.compile("^https?:"), lambda _: None)
    one.open(story)
    assert one.outward == []
    assert shown(one.page) == (THINGS, LINES)


def test_no_script_but_its_own_runs(visit: Callable[..., Visit], story: Path) -> None:
    """The content security policy holds: neither a script that is added nor a handler in an attribute."""
    one = visit()
    one.open(story).evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.__pwned = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.__pwned = 2'>");
    }""")
    one.page.wait_for_timeout(200)
    assert one.page.evaluate("window.__pwned") is None
    assert len(one.errors) >= 2  # the browser tells what it has blocked
    one.errors.clear()


def test_every_shipped_view_opens(visit: Callable[..., Visit], pages: Callable[[str], Path]) -> None:
    one = visit()
    names = catalogue.view_names()
    assert {"overview", "covers", "screen", "berlin", "people", "disputes", "timeline", "ontology"} <= set(names)
    for name in names:
        page = one.open(pages(name))
        things, lines = shown(page)
        assert things > 10
        assert lines > 10


def test_search_finds_without_accents_and_by_other_names(page: Page) -> None:
    find(page, "olund")
    assert heading(page) == "Ada Ölund"
    find(page, "night owl")
    assert heading(page) == "Ada Ölund"
    find(page, "strasse")
    assert heading(page) == "Ben Straße"


def test_search_is_moved_through_with_the_arrows(page: Page) -> None:
    """And a screen reader hears how many there are, and which is meant."""
    page.keyboard.press("/")
    page.keyboard.type("blue hour")
    options = page.get_by_role("option")
    assert options.count() == 2
    until(page, "document.getElementById('status').textContent === '2 results'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator("#search-text").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    chosen = page.locator(f"#{active} > span").inner_text()
    page.keyboard.press("Enter")
    assert heading(page) == chosen
    assert page.locator("#search-text").get_attribute("aria-expanded") == "false"


def test_what_nobody_is_called(page: Page) -> None:
    page.locator("#search-text").fill("Zappa")
    until(page, "document.getElementById('status').textContent === 'Nothing is called Zappa'")
    page.keyboard.press("Enter")
    assert page.locator("#evidence").is_hidden()


def test_same_names_are_told_apart(page: Page) -> None:
    names: list[str] = page.evaluate("Model.nodes.map(n => n.label).filter(l => l.startsWith('The Blue Hour'))")
    assert sorted(names) == ["The Blue Hour (album)", "The Blue Hour (composition)"]


@pytest.mark.parametrize(
    ("facet", "values", "left"),
    [
        # persons gone: written, album, scored twice, stay and keeper go; cover and the two of Oslo stay
        ("kind", ["person"], (3, 3)),
        # the two lines to Oslo are opinion
        ("stance", ["opinion"], (9, 7)),
        # Ada scored the film
        ("verdict", ["refuted"], (10, 8)),
        ("verdict", ["refuted", "disputed", "qualified", "supported", "unchecked"], (0, 0)),
        ("relation", [vocab.SCHEMA + "author"], (10, 8)),
    ],
)
def test_the_legend_filters(page: Page, facet: str, values: list[str], left: tuple[int, int]) -> None:
    """What is left was counted by hand. What was linked only to hidden things goes with them."""
    page.locator("#legend details summary").click()
    for value in values:
        name = page.evaluate("v => Model.relation(v)", value) if facet == "relation" else value
        page.locator(f"#legend .{facet} li", has=page.get_by_text(name, exact=True)).get_by_role("checkbox").uncheck()
    assert shown(page) == left


def test_the_legend_counts(page: Page) -> None:
    rows = page.locator("#legend .kind li").all_inner_texts()
    assert {tuple(row.split("\n")) for row in rows} == {
        ("person", "3"),
        ("place", "3"),
        ("band", "1"),
        ("song", "1"),
        ("album", "1"),
        ("film or series", "1"),
    }
    assert page.locator("#counts").inner_text() == f"{THINGS} things, {LINES} statements"


def test_all_and_none(page: Page) -> None:
    page.get_by_role("button", name="Things: hide all").click()
    assert shown(page) == (0, 0)
    assert page.locator("#counts").inner_text() == f"0 of {THINGS} things, 0 of {LINES} statements"
    page.get_by_role("button", name="Things: show all").click()
    assert shown(page) == (THINGS, LINES)


def test_a_click_on_a_line_says_who_says_so(page: Page) -> None:
    """Statement, source, paragraph and sentence, stance, verdict, who else says so, quote, and the link to the sentence."""
    click_line(page, "Ada wrote the song")
    panel = page.locator("#evidence")
    assert heading(page) == "The Blue Hour (composition) author → Ada Ölund"
    first = panel.locator(".claim", has_text="Ada wrote the song").first
    assert first.locator(".chip").inner_text() == "supported"
    assert first.locator(".stance").inner_text() == "asserted"
    link = first.get_by_role("link", name="paragraph 2, sentence 1")
    assert link.get_attribute("href") == invented.SENTENCE_URL
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert first.locator("blockquote").inner_text() == invented.QUOTE
    assert first.locator(".for li").inner_text().startswith("The Weekly: The song is by Ada")
    assert panel.locator(".claim").count() == 2


def test_a_refuted_line_shows_who_is_against_it(page: Page) -> None:
    choose(page, "Ada scored the film")
    claim = page.locator("#evidence .claim")
    assert claim.locator(".chip").inner_text() == "refuted"
    assert "The Weekly: Ben scored the film" in claim.locator(".against").inner_text()
    claim.get_by_role("button", name="Show: Ben scored the film").click()
    assert heading(page) == "Night Ferry music by → Ben Straße"


def test_a_folded_line_tells_what_it_was(page: Page) -> None:
    choose(page, "Cy covered the song")
    assert heading(page) == "Cy and the Sirens covered → The Blue Hour (composition)"
    assert "drawn as one line: The Blue Hour by Cy" in page.locator("#evidence .below").inner_text()
    assert "2001" in page.locator("#evidence .details").inner_text()


def test_a_click_on_a_thing_tells_of_it(page: Page) -> None:
    click_thing(page, "Ada Ölund")
    panel = page.locator("#evidence")
    assert heading(page) == "Ada Ölund"
    assert panel.locator(".below").inner_text() == "person · 1950"
    assert "Also The Night Owl" in panel.inner_text()
    assert panel.get_by_role("link", name="Wikidata: Q1").get_attribute("href") == "http://www.wikidata.org/entity/Q1"
    detail = panel.locator(".details li", has_text="date of birth")
    detail.locator("summary").click()
    assert "Ada was born in 1950" in detail.inner_text()
    assert panel.locator(".lines li").count() == 3


def test_a_click_beside_everything_lets_go(page: Page) -> None:
    find(page, "Ada")
    page.locator("#canvas").click(position={"x": 4, "y": 4})
    assert page.locator("#evidence").is_hidden()


def test_hovering_brings_out_what_is_near(page: Page) -> None:
    page.mouse.move(*place(page, "Canvas.network.body.nodes[Model.nodes.find(n => n.label === 'Oslo').id]"))
    until(page, "Focus.now && Focus.now.nodes.size === 2")
    assert "Oslo" in page.locator("#tip").inner_text()


def test_one_hop_and_two(page: Page) -> None:
    find(page, "Oslo")
    assert page.evaluate("Focus.now.nodes.size") == 2
    page.get_by_role("button", name="2 hops").click()
    assert page.evaluate("Focus.now.nodes.size") == 4  # the song, and from there Ada and Cy


def test_the_shortest_path(page: Page) -> None:
    """From Oslo to Bergen: the song, Ada, the film, Ben."""
    page.get_by_role("button", name="Path", exact=True).click()
    page.get_by_label("From", exact=True).fill("oslo")
    page.keyboard.press("Enter")
    page.get_by_label("to", exact=True).fill("bergen")
    page.keyboard.press("Enter")
    assert heading(page) == "From Oslo to Bergen"
    steps = page.locator("#evidence ol li").all_inner_texts()
    assert [re.findall("Blue Hour|Ada|Night Ferry|Ben|Bergen|Oslo", step) for step in steps] == [
        ["Blue Hour", "Oslo"],
        ["Blue Hour", "Ada"],
        ["Night Ferry", "Ada"],
        ["Night Ferry", "Ben"],
        ["Ben", "Bergen"],
    ]
    assert page.evaluate("Focus.now.nodes.size") == 6


def test_no_path(page: Page) -> None:
    page.goto(page.url.split("#")[0] + "#path=%3Aoslo&path=%3Aisland")
    until(page, "document.querySelector('#evidence h2')?.textContent === 'No path from Oslo to A far island'")


def test_years_cut_what_is_dated(page: Page) -> None:
    """From 1971 on Ada, of whom only the birth in 1950 is dated, is gone, and with her what hangs on her alone."""
    assert page.locator("#years output").inner_text() == "1950 – 2001"
    first = page.get_by_label("From year")
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.locator("#years output").inner_text() == "1953 – 2001"
    assert shown(page) == (8, 6)
    assert page.locator("#years rect.out").count() == 3
    last = page.get_by_label("To year")
    last.focus()
    last.fill("1980")
    assert shown(page) == (6, 4)  # the film of 1990 and the cover of 2001 are gone too
    page.get_by_role("button", name="All years").click()
    assert shown(page) == (THINGS, LINES)


def test_links_lead_to_what_was_seen(visit: Callable[..., Visit], story: Path) -> None:
    """A thing, a line and the state of the filters are in the address, and the address brings them back."""
    one = visit().open(story)
    find(one, "Ben")
    one.get_by_role("button", name="2 hops").click()
    one.locator("#legend .stance li", has_text="opinion").get_by_role("checkbox").uncheck()
    one.get_by_label("From year").fill("1960")
    address = one.evaluate("State.link()")
    before = shown(one)
    other = visit().open(story, "#" + address.split("#")[1])
    assert heading(other) == "Ben Straße"
    assert shown(other) == before
    assert other.evaluate("[State.now.hops, State.now.years[0]]") == [2, 1960]
    choose(one, "Cy covered the song")
    third = visit().open(story, "#" + one.evaluate("State.link()").split("#")[1])
    assert heading(third).startswith("Cy and the Sirens covered")


def test_back_leads_to_what_was_chosen_before(page: Page) -> None:
    find(page, "Ada")
    find(page, "Ben")
    page.go_back()
    until(page, "document.querySelector('#evidence h2')?.textContent === 'Ada Ölund'")
    page.go_back()
    until(page, "document.getElementById('evidence').hidden")
    page.go_forward()
    until(page, "document.querySelector('#evidence h2')?.textContent === 'Ada Ölund'")


def test_what_is_hidden_while_it_is_chosen_dims_nothing(page: Page) -> None:
    find(page, "Ada")
    page.locator("#legend .kind li", has_text="person").get_by_role("checkbox").uncheck()
    assert page.evaluate("Focus.now") is None
    assert "are hidden by the filters" in page.locator("#evidence").inner_text()


def test_when_nothing_passes_the_filters_it_says_so(page: Page) -> None:
    page.get_by_role("button", name="Verdicts: hide all").click()
    assert page.get_by_text("Nothing passes the filters").is_visible()
    page.get_by_role("button", name="Reset").click()
    assert page.get_by_text("Nothing passes the filters").is_hidden()


def test_the_legend_counts_what_is_shown(page: Page) -> None:
    page.locator("#legend .stance li", has_text="opinion").get_by_role("checkbox").uncheck()
    assert page.locator("#legend .kind li", has_text="place").locator(".count").inner_text() == "2 of 3"


def test_two_thumbs_in_one_place_can_be_drawn_apart(page: Page) -> None:
    """By mouse: the one that has room to move is on top."""
    page.get_by_label("From year").fill("2001")
    box = page.locator("#years .cut").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 12, steps=5)
    page.mouse.up()
    assert 1970 < page.evaluate("State.now.years[0]") < 1980


def test_a_path_to_itself_is_none_and_reset_forgets_paths(page: Page) -> None:
    page.get_by_role("button", name="Path", exact=True).click()
    for label in ("From", "to"):
        page.get_by_label(label, exact=True).fill("oslo")
        page.keyboard.press("Enter")
    until(page, "document.getElementById('status').textContent === 'Choose two different things'")
    page.get_by_role("button", name="Reset").click()
    assert page.locator("#path").is_hidden()
    assert page.locator("#path-from").input_value() == ""


def test_reset_puts_back_what_was_dragged(page: Page) -> None:
    where = "(({ x, y }) => [x, y])(Canvas.point(Model.nodes.find(n => n.label === 'Oslo').id))"
    before = page.evaluate(where)
    page.mouse.move(*place(page, "Canvas.point(Model.nodes.find(n => n.label === 'Oslo').id)"))
    page.mouse.down()
    page.mouse.move(600, 300, steps=6)
    page.mouse.up()
    assert page.evaluate(where) != before
    page.get_by_role("button", name="Reset").click()
    assert page.evaluate(where) == pytest.approx(before, abs=1)


@pytest.mark.parametrize(
    "address", ["#node=nobody", "#edge=000", "#path=a", "#years=9..1", "#hops=99&no-kind=x", "#%ff", "#=&&="]
)
def test_a_broken_link_shows_everything(visit: Callable[..., Visit], story: Path, address: str) -> None:
    page = visit().open(story, address)
    assert shown(page) == (THINGS, LINES)
    assert page.locator("#evidence").is_hidden()


def test_the_table_holds_what_is_shown_and_sorts(page: Page) -> None:
    page.get_by_role("button", name="Table", exact=True).click()
    rows = page.locator("#table tbody tr")
    assert rows.count() == 10  # nine lines, of which one is said by two
    by_verdict = page.get_by_role("button", name="Verdict", exact=True)
    by_verdict.click()
    assert page.locator("th", has_text="Verdict").get_attribute("aria-sort") == "ascending"
    assert rows.first.locator("td").nth(4).inner_text() == "disputed"
    page.get_by_role("button", name="Verdict", exact=True).click()
    assert rows.first.locator("td").nth(4).inner_text() == "unchecked"
    page.locator("#legend .verdict li", has_text="unchecked").get_by_role("checkbox").uncheck()
    assert rows.count() == 5
    rows.filter(has_text="Ada scored the film").get_by_role("button").click()
    assert heading(page) == "Night Ferry music by → Ada Ölund"
    page.get_by_role("button", name="Things", exact=True).click()
    assert page.locator("#table tbody tr").count() == page.evaluate("Filters.shown.nodes.size")


def download(page: Page, name: str) -> bytes:
    page.locator("#exports summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    path = waiting.value.path()
    assert waiting.value.suggested_filename.startswith("the-blue-hour.")
    return path.read_bytes()


def test_the_table_is_saved_as_csv(page: Page) -> None:
    rows = list(csv.DictReader(io.StringIO(download(page, "Table (CSV)").decode("utf-8-sig"))))
    assert len(rows) == 10
    assert {row["Claim"]: row["Verdict"] for row in rows}["Ada scored the film"] == "refuted"
    assert {row["Source"] for row in rows} == {"The Daily", "The Weekly"}


def test_what_is_shown_is_saved_as_turtle(page: Page) -> None:
    """Read by rdflib, it holds just the statements that are shown, those that were folded included."""
    page.locator("#legend .verdict li", has_text="refuted").get_by_role("checkbox").uncheck()
    saved = rdflib.Graph().parse(data=download(page, "Statements (Turtle)"), format="turtle")
    entity = rdflib.Namespace(vocab.ENTITY)
    schema = rdflib.Namespace(vocab.SCHEMA)
    links = {(s, p, o) for s, p, o in saved if isinstance(o, rdflib.URIRef) and p != rdflib.RDF.type}
    assert (entity.cover, schema.byArtist, entity.cy) in links
    assert (entity.film, schema.musicBy, entity.ben) in links
    assert (entity.film, schema.musicBy, entity.ada) not in links
    assert len(links) == 10  # eight lines, two of which are two statements each
    assert str(saved.value(entity.ada, rdflib.RDFS.label)) == "Ada Ölund"
    assert (entity.cover, rdflib.RDF.type, rdflib.URIRef(vocab.BG + "Cover")) in saved


def test_the_picture_is_saved_as_svg(page: Page) -> None:
    svg = ET.fromstring(download(page, "Picture (SVG)"))  # noqa: S314 — our own
    space = "{http://www.w3.org/2000/svg}"
    texts = ["".join(text.itertext()) for text in svg.iter(f"{space}text")]
    assert {"Oslo", "Bergen", "Ada Ölund"} <= set(texts)
    assert not list(svg.iter(f"{space}script"))
    width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
    assert width > 300
    assert height > 200


def test_the_picture_is_saved_as_png(page: Page) -> None:
    png = download(page, "Picture (PNG)")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) > 600
    assert len(png) > 10_000


def test_light_and_dark(page: Page) -> None:
    """By a key or a button; the picture goes along."""
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.keyboard.press("d")
    assert page.evaluate(ground) == "rgb(18, 21, 28)"
    assert page.evaluate("Canvas.theme") == "dark"
    page.get_by_role("button", name="Light", exact=True).click()
    assert page.evaluate("Canvas.theme") == "light"


def test_dark_where_the_system_is(visit: Callable[..., Visit], story: Path) -> None:
    assert visit(color_scheme="dark").open(story).evaluate("Canvas.theme") == "dark"


def test_reset_brings_everything_back(page: Page) -> None:
    find(page, "Ada")
    page.get_by_role("button", name="Verdicts: hide all").click()
    page.get_by_role("button", name="Reset").click()
    assert shown(page) == (THINGS, LINES)
    assert page.locator("#evidence").is_hidden()
    assert page.locator("#legend input:not(:checked)").count() == 0


def test_the_keys(page: Page) -> None:
    """Help lists them; single keys can be turned off, and do nothing while somebody types."""
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog")
    assert help_.is_visible()
    assert "find a thing" in help_.inner_text()
    assert invented.QUERY in (help_.locator("pre").text_content() or "")
    page.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.locator("#table").is_hidden()
    page.keyboard.press("Shift+Tab")
    page.locator("#show-help").click()
    page.get_by_label("Single keys work").check()
    page.keyboard.press("Escape")
    page.locator("#search-text").focus()
    page.keyboard.type("t")
    assert page.locator("#table").is_hidden()
    page.locator("#canvas").focus()
    page.keyboard.press("t")
    assert page.locator("#table").is_visible()


def test_the_picture_moves_by_keys_and_buttons(page: Page) -> None:
    position = "Canvas.network.getViewPosition()"
    page.locator("#canvas").focus()
    before = page.evaluate(position)
    page.keyboard.press("ArrowRight")
    until(page, f"{position}.x > {before['x']} + 50")
    scale = page.evaluate("Canvas.network.getScale()")
    page.get_by_role("button", name="Zoom in").click()
    until(page, f"Canvas.network.getScale() > {scale} * 1.3")
    page.get_by_role("button", name="Show all", exact=True).click()
    until(page, f"Math.abs(Canvas.network.getScale() - {scale}) < 0.01")


def test_every_part_is_reached_by_tab(page: Page) -> None:
    """From the beginning of the page, without a mouse."""
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.type"
            )
        )
    assert {
        "search-text",
        "show-table",
        "show-path",
        "theme",
        "reset",
        "show-help",
        "canvas",
        "checkbox",
        "From year",
        "Zoom in",
    } <= reached


def test_it_prints_the_picture_and_what_is_chosen(page: Page) -> None:
    find(page, "Ada")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#print-picture svg").is_visible()
    assert page.locator("#evidence").is_visible()
    assert page.locator("#bar").is_hidden()
    assert page.pdf()[:5] == b"%PDF-"


def test_on_a_phone(visit: Callable[..., Visit], story: Path) -> None:
    """Filters are in a drawer, the evidence comes from below, and nothing is wider than the screen."""
    page = visit(width=390, height=844, has_touch=True).open(story)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#legend").is_hidden()
    page.get_by_role("button", name="Filters").click()
    page.locator("#legend .stance li", has_text="opinion").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Close the legend").click()
    assert shown(page) == (9, 7)
    find(page, "Ada")
    sheet = page.locator("#evidence").bounding_box()
    assert sheet
    assert sheet["width"] == 390
    page.wait_for_timeout(500)  # the picture moves clear of the sheet
    _, y = place(page, "Canvas.network.body.nodes[State.now.node]")
    assert y < sheet["y"]


@pytest.mark.parametrize(
    "name", ["overview", "covers", "screen", "berlin", "people", "disputes", "timeline", "ontology", "meanings"]
)
def test_no_label_lies_over_another(visit: Callable[..., Visit], pages: Callable[[str], Path], name: str) -> None:
    """And at least six of ten things have theirs, at 12.5 pixels."""
    page = visit().open(pages(name))
    boxes = page.evaluate("[...Overlay.labels().placed.values()]")
    assert len(boxes) >= 0.6 * shown(page)[0]
    assert page.evaluate("Math.min(...Model.nodes.map(n => Overlay.labelOf(n.id).size))") >= 11
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = (
                a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
            )
            assert apart, (a, b)


def test_parallel_lines_lie_apart(page: Page) -> None:
    """The song has two lines to Oslo."""
    middles = page.evaluate("""Model.edges.filter(e => Model.nodes[e.to].label === 'Oslo')
        .map(e => Canvas.network.body.edges[e.id].edgeType.getPoint(0.5))""")
    assert len(middles) == 2
    (a, b) = middles
    assert ((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5 > 8


def test_disputed_and_refuted_are_told_without_colour(page: Page) -> None:
    """By dashes and a mark."""
    looks = page.evaluate(
        """Object.fromEntries(Model.edges.map(e => [e.verdict, [Canvas.network.body.edges[e.id].options.dashes, Drawing.stroke(e).mark]]))"""
    )
    assert looks["supported"] == [False, None]
    assert looks["refuted"][1] == "×"
    assert looks["disputed"][1] == "!"
    assert looks["refuted"][0] != looks["disputed"][0] != looks["qualified"][0]
