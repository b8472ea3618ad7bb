"""The pages: for people in a real Chromium, for programs as RDF."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import html5lib
import httpx
import pyoxigraph as ox
import pytest
import rdflib
from axe_playwright_python.sync_playwright import Axe
from tests import small_data
from tests.serving.conftest import serving

from bowiegraph import vocab
from bowiegraph.export import export

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from tests.serving.conftest import Server

BOWIE: Final = "/entity/david-bowie"
PAGES: Final = (
    "/",
    f"{BOWIE}.html",
    "/source/miscelana-heroes.html",
    "/ontology.html",
    "/views",
    "/search?q=bowi",
    "/nothing",
)

# ---- things and documents


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/rdf+xml;q=0.5, application/n-triples", ".nt"),
        ("application/trig", ".trig"),
    ],
)
@pytest.mark.parametrize("thing", [BOWIE, "/source/upi", "/ontology"])
def test_a_thing_leads_to_a_document(shipped: Server, thing: str, accept: str, ending: str) -> None:
    answer = shipped.get(thing, headers={"accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, thing + ending)
    assert "Accept" in answer.headers["vary"]
    assert shipped.get(thing + ending).status_code == 200


@pytest.mark.parametrize(
    ("ending", "format_"),
    [(".ttl", "turtle"), (".nt", "nt"), (".rdf", "xml"), (".jsonld", "json-ld"), (".trig", "trig"), (".nq", "nquads")],
)
def test_a_document_says_what_holds(shipped: Server, ending: str, format_: str) -> None:
    answer = shipped.get(BOWIE + ending)
    data = rdflib.Dataset(default_union=True).parse(data=answer.content, format=format_)
    bowie = rdflib.URIRef(vocab.ENTITY + "david-bowie")
    said = rdflib.Dataset(default_union=True)
    said.parse(data=answer.content, format=format_)
    assert data is not None
    assert (bowie, rdflib.RDF.type, rdflib.URIRef("https://schema.org/Person")) in said
    assert f'<{bowie}>; rel="describes"' in answer.headers["link"]


def test_triples_do_not_say_what_a_claim_says(shipped: Server) -> None:
    """Only a format with named graphs can tell what is refuted from what holds."""
    wrong = b"1977-01-08"
    claims = shipped.ask(
        'SELECT ?claim { GRAPH ?claim { ?e schema:startDate "1977-01-08"^^xsd:date } }', "text/csv"
    ).text.split()[1:]
    assert claims
    for claim in claims:
        path = claim.removeprefix(vocab.BASE.rstrip("/"))
        assert wrong not in shipped.get(path + ".nt").content
        assert wrong in shipped.get(path + ".nq").content


def test_every_thing_has_its_page(shipped: Server) -> None:
    """Each entity, claim and source of the data set, asked for by the path of its IRI."""
    query = "SELECT DISTINCT ?s { ?s a ?c . FILTER(STRSTARTS(STR(?s), 'https://w3id.org/bowiegraph/')) FILTER(!CONTAINS(STR(?s), '#')) }"
    paths = [iri.removeprefix(vocab.BASE) for iri in shipped.ask(query, "text/csv").text.split()[1:]]
    assert len(paths) > 400
    with httpx.Client(trust_env=False, timeout=60, follow_redirects=True) as client:
        wrong = [path for path in paths if client.get(f"{shipped.url}/{path}").status_code != 200]
    assert wrong == []


def test_links_lead_somewhere(shipped: Server) -> None:
    """From a few pages, all that they link to on this server, and the very place that a fragment names."""
    found = {urljoin(page, link) for page in PAGES[:-1] for link in _links(shipped.get(page).text)}
    with httpx.Client(trust_env=False, timeout=60, follow_redirects=True) as client:
        pages = {link.partition("#")[0] for link in found if not urlsplit(link).netloc}
        texts = {page: client.get(shipped.url + page) for page in pages}
    assert len(pages) > 100
    assert [page for page, answer in texts.items() if answer.status_code != 200] == []
    places = [link for link in found if "#" in link and not urlsplit(link).netloc]
    missing = [link for link in places if f'id="{link.partition("#")[2]}"' not in texts[link.partition("#")[0]].text]
    assert missing == []


def _links(text: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="([^"]+)"', text)]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_html(shipped: Server, path: str) -> None:
    text = shipped.get(path).text
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse(text)
    space = "{http://www.w3.org/1999/xhtml}"
    assert document.get("lang") == "en"
    assert document.find(f".//{space}title").text
    assert len(document.findall(f".//{space}h1")) == 1
    assert "https://" not in "".join(re.findall(r'src="([^"]+)"', text))


def test_a_page_carries_its_data(shipped: Server) -> None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', shipped.get(f"{BOWIE}.html").text, re.DOTALL
    )
    assert found
    graph = rdflib.Graph().parse(data=json.dumps(json.loads(found[1])), format="json-ld")
    assert (
        rdflib.URIRef(vocab.ENTITY + "david-bowie"),
        rdflib.RDFS.label,
        rdflib.Literal("David Bowie", lang="en"),
    ) in graph


def test_an_error_of_a_page_helps(shipped: Server) -> None:
    missing = shipped.get("/entity/davd-bowi")
    assert missing.status_code == 404
    assert "David Bowie" in missing.text
    assert "/claim/miscelana-heroes/song-turns-49" in shipped.get("/claim/miscelana-heroes/song-turns-48").text
    assert shipped.get("/views/nothing").status_code == 404
    assert shipped.get("/views/around?around=Nobody+at+all").status_code == 404
    assert shipped.get("/views/query?query=SELEKT").status_code == 400
    assert shipped.get("/views/query?query=ASK+%7B%7D").status_code == 400
    assert shipped.get("/views/overview?hops=99").status_code == 400


def test_a_slash_too_many(shipped: Server) -> None:
    answer = shipped.get(f"{BOWIE}/")
    assert (answer.status_code, answer.headers["location"]) == (308, BOWIE)
    evil = shipped.get("//example.org//")
    assert evil.headers.get("location", "/").startswith("/")
    assert not evil.headers.get("location", "").startswith("//")


def test_a_refusal_is_a_page_for_people_and_text_for_programs(shipped: Server) -> None:
    for accept, kind in (("text/html", "text/html"), ("text/turtle", "text/plain")):
        answer = shipped.get("/views/query?query=SELEKT", headers={"accept": accept})
        assert answer.status_code == 400
        assert answer.headers["content-type"].startswith(kind)
        assert "SELEKT" in answer.text


def test_a_path_before_ours(tmp_path: Path) -> None:
    """Behind a proxy that gives the server a path of its own."""
    with serving(tmp_path, "--base-url", "https://example.org/heroes") as server:
        url = server.url.removesuffix("/heroes")
        home = httpx.get(f"{url}/heroes/", trust_env=False)
        assert home.status_code == 200
        assert {link for link in _links(home.text) if link.startswith("/")} == {
            link for link in _links(home.text) if link.startswith("/heroes/")
        }
        thing = httpx.get(f"{url}/heroes{BOWIE}", headers={"accept": "text/turtle"}, trust_env=False)
        assert thing.headers["location"] == f"/heroes{BOWIE}.ttl"
        service = httpx.get(f"{url}/heroes/sparql", headers={"accept": "text/turtle"}, trust_env=False)
        assert "<https://example.org/heroes/sparql>" in service.text


# ---- hostile facts

EVIL: Final = "\"><img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script></script>{{7*7}}"


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve facts whose every text is an attack."""
    folder = tmp_path_factory.mktemp("evil")
    store = small_data.store()
    for quad in list(store):
        if isinstance(quad.object, ox.Literal) and quad.predicate in {vocab.LABEL, vocab.COMMENT, vocab.ALT_LABEL}:
            store.remove(quad)
            literal = ox.Literal(quad.object.value + EVIL, language="en")
            store.add(ox.Quad(quad.subject, quad.predicate, literal, quad.graph_name))
    anna = ox.NamedNode(vocab.ENTITY + "anna")
    for bad in ("javascript:alert(1)", "data:text/html,<script>1</script>".replace("<", "%3C").replace(">", "%3E")):
        store.add(ox.Quad(anna, vocab.SAME_AS, ox.NamedNode(bad)))
    data = folder / "evil.nq"
    data.write_bytes(b"".join(export(store, "nquads")))
    with serving(folder, "--store", str(data)) as server:
        yield server


@pytest.mark.parametrize(
    "path",
    [
        "/entity/anna.html",
        "/claim/gazette/written.html",
        "/source/gazette.html",
        "/ontology.html",
        f"/search?q={EVIL}",
        f"/{EVIL}",
        "/",
    ],
)
def test_facts_do_no_harm(evil: Server, browser: Browser, path: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(evil.url + path)
    assert "pwned" not in page.title().replace(EVIL, "").replace("document.title='pwned'", "")
    assert page.evaluate("document.title") != "pwned"
    assert page.locator("img").count() == 0
    assert page.locator('a[href^="javascript:"], a[href^="data:"]').count() == 0
    assert "49" not in page.locator("h1").inner_text()
    assert errors == []
    page.close()


# ---- looked at


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open windows; whatever goes wrong in one, or is asked of another server, fails the test."""
    wrong: list[str] = []
    contexts = []

    def start(server: Server, path: str, **options: Any) -> Page:  # noqa: ANN401 — passed on to Playwright
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
        page.on("request", lambda asked: wrong.append(asked.url) if _is_elsewhere(asked.url, server) else None)
        page.goto(server.url + path)
        return page

    yield start
    for context in contexts:
        context.close()
    assert wrong == []


def _is_elsewhere(url: str, server: Server) -> bool:
    return not url.startswith((server.url, "data:", "blob:", "about:"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_can_be_used_by_all(shipped: Server, visit: Callable[..., Page], scheme: str, width: int) -> None:
    """WCAG 2.2 AA as far as axe can tell, in light, dark and on a phone, where nothing goes over the side."""
    page = visit(shipped, "/views", color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in ("/", f"{BOWIE}.html", "/ontology.html", "/views", "/search?q=bowi"):
        page.goto(shipped.url + path)
        violations = Axe().run(page).response["violations"]
        assert [(path, found["id"], found["nodes"][0]["html"]) for found in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_story_is_followed(shipped: Server, visit: Callable[..., Page]) -> None:
    """From the search to a person, to what is said of him, to a claim, to who says so."""
    page = visit(shipped, "/")
    page.get_by_role("searchbox").fill("maass")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Antonia Maass", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Antonia Maass"
    page.get_by_role("link", name="Visconti and Maass were involved with each other then").first.click()
    assert "disputed" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_text("Maass says that they were not a couple when the song was written").count() == 1
    page.get_by_role("link", name="Miscelana on “Heroes” in Stranger Things").first.click()
    assert page.get_by_role("heading", name="Sentence p4s3").count() == 1


def test_what_is_near_is_drawn_in_the_page(shipped: Server, visit: Callable[..., Page]) -> None:
    page = visit(shipped, "/entity/antonia-maass.html")
    frame = page.locator("iframe")
    frame.scroll_into_view_if_needed()
    inside = page.frame_locator("iframe")
    inside.locator("html[data-ready=true]").wait_for()
    assert inside.get_by_role("button", name="Help").count() >= 0
    assert frame.get_attribute("title") == "What is said around Antonia Maass, as a network"


def test_all_by_keyboard(shipped: Server, visit: Callable[..., Page]) -> None:
    page = visit(shipped, "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
