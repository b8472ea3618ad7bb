"""The query page, used in a real Chromium as a researcher would."""

from __future__ import annotations

import json
import subprocess
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pytest
import rdflib
from axe_playwright_python.sync_playwright import Axe

from bowiegraph.serving.statics import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Error, Page
    from tests.serving.conftest import Server

WHO: Final = "SELECT ?who { :kiss-by-the-wall bg:participant ?who } ORDER BY ?who"
_SECONDS: Final = 20


class Desk:
    """The page, and what went wrong or out while somebody used it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.wrong: list[str] = []
        page.set_default_timeout(45_000)
        page.on("pageerror", self._note_error)
        page.on("request", lambda asked: self._note(asked.url))

    def _note_error(self, error: Error) -> None:
        # CodeMirror 5 measures text in an element that a keystroke may have taken away by then, on a machine that is
        # very busy; it measures again.
        if not ("removeChild" in error.message and "/vendor/yasqe" in (error.stack or "")):
            self.wrong.append(str(error))

    def _note(self, url: str) -> None:
        if not url.startswith((self.server.url, "data:", "blob:", "about:")):
            self.wrong.append(url)

    def open(self, query: str = "") -> Page:
        self.page.goto(f"{self.server.url}/query" + (f"?query={quote(query)}" if query else ""))
        self.page.locator(".CodeMirror").wait_for()
        return self.page

    def write(self, query: str) -> None:
        """Replace what stands in the editor, by typing."""
        self.page.locator(".CodeMirror").first.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(query)
        end = time.monotonic() + _SECONDS
        while (
            not self.value().endswith(query) and time.monotonic() < end
        ):  # the editor takes in what is typed now and then
            self.page.wait_for_timeout(20)
        assert self.value().endswith(query)  # perhaps behind a prefix that the editor has declared for it

    def value(self) -> str:
        """Give what stands in the editor."""
        return str(self.page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))

    def run(self, query: str) -> None:
        self.write(query)
        self.page.keyboard.press("Control+Enter")


@pytest.fixture
def desk(shipped: Server, browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    made = Desk(context.new_page(), shipped)
    yield made
    context.close()
    assert made.wrong == []


def cells(page: Page) -> list[str]:
    page.locator("#result table tbody tr").first.wait_for()
    return [text.strip() for text in page.locator("#result table tbody td").all_inner_texts() if text.strip()]


def test_a_query_is_typed_and_run(desk: Desk) -> None:
    page = desk.open()
    desk.run(WHO)
    assert cells(page) == [":antonia-maass", ":tony-visconti"]
    assert "2 rows" in page.locator("#state").inner_text()
    link = page.get_by_role("link", name=":antonia-maass")
    assert link.get_attribute("href", timeout=5000).endswith("/entity/antonia-maass")  # type: ignore[union-attr]  # it is there


def test_a_link_fills_and_runs(desk: Desk) -> None:
    page = desk.open(WHO)
    assert cells(page) == [":antonia-maass", ":tony-visconti"]
    page.get_by_role("button", name="Copy link").click()
    page.locator("#said").get_by_text("copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    page.goto(copied)
    assert cells(page) == [":antonia-maass", ":tony-visconti"]


def test_the_catalogue_is_at_hand(desk: Desk) -> None:
    page = desk.open()
    page.get_by_role("searchbox", name="Filter the questions").fill("make up the Berlin trilogy")
    questions = page.locator("#groups a:visible")
    assert questions.count() == 1
    questions.click()
    assert "Lodger" in " ".join(cells(page))
    assert "#+ summary" in desk.value()


def test_our_terms_are_completed(desk: Desk) -> None:
    page = desk.open()
    desk.write("SELECT * { ?kiss bg:partic")
    page.keyboard.press("Control+Space")
    page.keyboard.press("Enter") if page.locator(".CodeMirror-hints").count() else None
    page.locator(".CodeMirror-line").get_by_text("bg:participant").wait_for()


def test_triples_are_drawn(desk: Desk) -> None:
    page = desk.open()
    desk.run("CONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b . ?a a bg:Encounter . ?b a schema:Person }")
    page.get_by_role("button", name="Network").click()
    frame = page.frame_locator("#result iframe")
    frame.locator("html[data-ready=true]").wait_for()
    assert page.locator("#result iframe").get_attribute("title")


@pytest.mark.parametrize(("name", "format_"), [("Turtle", "turtle"), ("JSON-LD", "json-ld")])
def test_triples_are_taken_along(desk: Desk, tmp_path: Path, name: str, format_: str) -> None:
    page = desk.open()
    desk.run("CONSTRUCT WHERE { :david-bowie ?p ?o }")
    with page.expect_download() as download:
        page.locator("#downloads").get_by_role("link", name=name).click()
    target = tmp_path / "taken"
    download.value.save_as(target)
    assert len(rdflib.Graph().parse(target, format=format_)) > 3


def test_rows_are_taken_along(desk: Desk, tmp_path: Path) -> None:
    page = desk.open(WHO)
    cells(page)
    with page.expect_download() as download:
        page.locator("#downloads").get_by_role("link", name="CSV").click()
    target = tmp_path / "rows.csv"
    download.value.save_as(target)
    assert target.read_text(encoding="utf-8").splitlines()[1:] == [
        "https://w3id.org/bowiegraph/entity/antonia-maass",
        "https://w3id.org/bowiegraph/entity/tony-visconti",
    ]


def test_yes(desk: Desk) -> None:
    page = desk.open()
    desk.run("ASK { :kiss-by-the-wall bg:participant :tony-visconti }")
    page.locator("#result").get_by_text("True", exact=True).first.wait_for()


def test_a_mistake_is_told(desk: Desk) -> None:
    page = desk.open()
    desk.run("SELECT ?who WHERE { ?who a bg:Encounter ; }} ")
    alert = page.get_by_role("alert")
    alert.get_by_text("line 1, column 44").wait_for()


def test_a_query_is_stopped(desk: Desk) -> None:
    page = desk.open()
    desk.run("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Stop").wait_for(state="hidden")
    desk.run(WHO)
    assert cells(page) == [":antonia-maass", ":tony-visconti"]


def test_foreign_text_in_an_answer_is_inert(desk: Desk) -> None:
    page = desk.open()
    desk.run(
        """SELECT ("<img src=x onerror='document.title=1'><script>document.title=2</script>" AS ?x) (<javascript:alert(1)> AS ?y) {}"""
    )
    cells(page)
    assert page.title() == "Query · Bowiegraph"
    assert page.locator("#result img, #result script").count() == 0
    assert page.locator('#result a[href^="javascript:"]').count() == 0


def test_the_keyboard_finds_its_way_out(desk: Desk) -> None:
    page = desk.open()
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror') === null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_can_be_used_by_all(shipped: Server, browser: Browser, scheme: Any, width: int) -> None:  # noqa: ANN401 — one of Playwright's words
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 850})
    desk = Desk(context.new_page(), shipped)
    page = desk.open(WHO)
    cells(page)
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
    assert desk.wrong == []


def test_what_is_vendored_is_what_was_checked() -> None:
    """Each file has the digest that its list gives, and the lock file names the version and where it is from."""
    folder = SITE / "vendor"
    lines = (line.split() for line in (folder / "checksums.txt").read_text(encoding="utf-8").splitlines())
    listed = {name: digest for digest, name in lines}
    vendored = [path for path in folder.iterdir() if path.suffix in {".js", ".css"}]
    assert {path.name for path in vendored} == {name.removeprefix("*") for name in listed}
    for path in vendored:
        assert sha256(path.read_bytes()).hexdigest() == listed[path.name]
        assert b"sourceMappingURL=" not in path.read_bytes()
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    for name in ("@zazuko/yasqe", "@zazuko/yasr"):
        assert lock["packages"][f"node_modules/{name}"]["integrity"]
    assert "MIT" in (folder / "LICENSES.txt").read_text(encoding="utf-8")
    assert subprocess.run(["sh", "-n", str(folder / "rebuild.sh")], check=False).returncode == 0
