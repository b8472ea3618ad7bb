"""Measure the page of a view beside that of raw pyvis, in one browser, and print one table of ratios.

    python tests/benchmarks/views.py            # the shipped overview, and synthetic networks of 500 to 10,000 nodes
    python tests/benchmarks/views.py --large    # also until pyvis has laid out 1,000 nodes: minutes

Both are opened in turns in the same Chromium, without a network: what either asks of one is refused at once and counted.
The browser is the one that $CHROMIUM names, or ``chromium`` on the path.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks import pyvis_page
from tests.benchmarks.run import Row, compared, seconds, show

import bowiegraph
from bowiegraph import vocab

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page, Request

    from bowiegraph.views import View

#: pyvis is given up after so many seconds; its ratio is then a lower bound
PATIENCE_SECONDS: Final = 300
WIDTH: Final = 1280
HEIGHT: Final = 800
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
QUERY: Final = "SELECT ?s ?p ?o ?claim WHERE { GRAPH ?claim { ?s ?p ?o } }"
HIDDEN: Final = "person"
PAN_SECONDS: Final = 3
PANS: Final = 3
TIMES: Final = 9
#: until the animations that a call may have begun are over
CALM_MILLISECONDS: Final = 500
CHOOSE: Final = "(id) => State.choose(id)"
HIDE: Final = "(kind) => State.hide('kind', [kind])"
UNDO: Final = "() => { State.reset(); Camera.fit(false); }"

# ---- networks of any size


CLASSES: Final = ("Person", "Person", "Organization", "MusicAlbum", "MusicRecording", "Movie", "Place", "Event")
PROPERTIES: Final = ("knows", "byArtist", "inAlbum", "about", "location", "performer")
STANCES: Final = ("asserted",) * 8 + ("hedged", "opinion")
VERDICTS: Final = ("unchecked",) * 12 + ("supported",) * 5 + ("qualified", "disputed", "refuted")
SOURCES: Final = 10


def write_network(path: Path, *, nodes: int, seed: int = 7) -> None:
    """Write N-Quads of a network with a claim an edge: preferential attachment, 1.5 edges a node."""
    rng = random.Random(seed)  # noqa: S311 — data for measuring, no secret
    store = ox.Store()
    for word in {*STANCES, *VERDICTS}:
        _say(store, vocab.BG + word, vocab.LABEL, ox.Literal(word, language="en"))
    for word in PROPERTIES:
        _say(store, vocab.SCHEMA + word, vocab.LABEL, ox.Literal(word, language="en"))
    for number in range(SOURCES):
        _source(store, f"{vocab.SOURCE}synthetic-{number}", f"Source {number}", f"https://example.org/{number}")
    for number in range(nodes):
        iri = f"{vocab.ENTITY}thing-{number}"
        _say(store, iri, vocab.TYPE, ox.NamedNode(vocab.SCHEMA + CLASSES[number % len(CLASSES)]))
        _say(store, iri, vocab.LABEL, ox.Literal(f"{CLASSES[number % len(CLASSES)]} number {number}", language="en"))
    ends = [0, 1]
    for claim, (start, end) in enumerate(_attached(rng, nodes, ends)):
        _claim(
            store,
            f"{vocab.CLAIM}synthetic/c{claim}",
            ox.Triple(
                ox.NamedNode(f"{vocab.ENTITY}thing-{start}"),
                ox.NamedNode(vocab.SCHEMA + rng.choice(PROPERTIES)),
                ox.NamedNode(f"{vocab.ENTITY}thing-{end}"),
            ),
            text=f"Thing {start} has to do with thing {end}",
            source=f"{vocab.SOURCE}synthetic-{claim % SOURCES}",
            standing=(rng.choice(STANCES), rng.choice(VERDICTS)),
        )
    store.dump(str(path), format=ox.RdfFormat.N_QUADS)


def _attached(rng: random.Random, nodes: int, ends: list[int]) -> Iterator[tuple[int, int]]:
    yield 1, 0
    for node in range(2, nodes):
        for other in {rng.choice(ends) for _ in range(rng.randint(1, 2))}:
            yield node, other
            ends += (node, other)


def _say(store: ox.Store, subject: str, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> None:
    store.add(ox.Quad(ox.NamedNode(subject), predicate, value))


def _source(store: ox.Store, iri: str, label: str, url: str) -> None:
    _say(store, iri, vocab.TYPE, vocab.SOURCE_CLASS)
    _say(store, iri, vocab.LABEL, ox.Literal(label, language="en"))
    _say(store, iri, vocab.URL, ox.Literal(url))


def _claim(  # noqa: PLR0913 — what a claim has
    store: ox.Store, iri: str, triple: ox.Triple, *, text: str, source: str, standing: tuple[str, str]
) -> None:
    store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    store.add(ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(iri)))
    sentence = f"{source}#{iri.rpartition('/')[2]}"
    one = ox.Literal("1", datatype=ox.NamedNode(vocab.XSD + "integer"))
    stance, verdict = standing
    _say(store, iri, vocab.TYPE, vocab.CLAIM_CLASS)
    _say(store, iri, vocab.LABEL, ox.Literal(text, language="en"))
    _say(store, iri, vocab.STANCE, ox.NamedNode(vocab.BG + stance))
    _say(store, iri, vocab.VERDICT, ox.NamedNode(vocab.BG + verdict))
    _say(store, iri, vocab.DERIVED_FROM, ox.NamedNode(source))
    _say(store, iri, vocab.QUOTED_FROM, ox.NamedNode(sentence))
    _say(store, sentence, vocab.PARAGRAPH_NUMBER, one)
    _say(store, sentence, vocab.SENTENCE_NUMBER, one)
    _say(store, sentence, vocab.URL, ox.Literal(f"https://example.org/#:~:text={iri.rpartition('/')[2]}"))
    _say(store, sentence, vocab.HAS_SELECTOR, ox.NamedNode(sentence + "-words"))
    _say(store, sentence + "-words", vocab.EXACT, ox.Literal(text, language="en"))


# ---- pages in a browser


@dataclass
class Opened:
    """A page in the browser."""

    page: Page
    #: milliseconds from navigation to the first complete picture; infinite if it was given up
    ready: float = math.inf
    #: addresses that it asked for
    asked: list[str] = field(default_factory=list)

    @property
    def late(self) -> bool:
        """Whether it was given up."""
        return math.isinf(self.ready)

    @property
    def at_least(self) -> float:
        """Seconds to ready, or those for which it was waited."""
        return PATIENCE_SECONDS if self.late else self.ready / 1000


@contextmanager
def opened(browser: Browser, path: Path, *, pyvis: bool, bypass_csp: bool = False) -> Iterator[Opened]:
    """Open a page and wait until it is ready; what it asks the network for is refused at once."""
    with _empty(browser, bypass_csp=bypass_csp) as made:
        if pyvis:
            made.page.add_init_script(pyvis_page.WATCH)
        made.page.goto(path.as_uri(), wait_until="commit")
        try:
            made.ready = _ready_of_pyvis(made.page) if pyvis else _ready_of_ours(made.page)
        except Late:
            made.ready = math.inf
        yield made


@contextmanager
def at_rest(browser: Browser, path: Path) -> Iterator[Page]:
    """Open a page of pyvis with its simulation switched off."""
    still = path.with_suffix(".still.html")
    still.write_text(pyvis_page.still(path.read_text(encoding="utf-8")), encoding="utf-8")
    with _empty(browser) as made:
        made.page.goto(still.as_uri())
        made.page.evaluate("() => { document.getElementById('loadingBar')?.remove(); network.fit(); }")
        made.page.wait_for_timeout(1000)
        yield made.page


@contextmanager
def _empty(browser: Browser, *, bypass_csp: bool = False) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, bypass_csp=bypass_csp)
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    context.route(re.compile("^https?:"), lambda route: route.abort())
    made = Opened(context.new_page())

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            made.asked.append(request.url)

    made.page.on("request", note)
    try:
        yield made
    finally:
        context.close()


def _ready_of_ours(page: Page) -> float:
    page.wait_for_selector("html[data-ready=true]", state="attached")
    return float(page.evaluate("() => performance.getEntriesByName('ready')[0].startTime"))


def _ready_of_pyvis(page: Page) -> float:
    page.wait_for_function("() => window.__ready !== undefined", polling=50)
    return float(page.evaluate("() => window.__ready"))


#: a call, and three frames, in which what it changed is drawn
DRAWN: Final = """
async ([call, given]) => {
  call(given);
  for (let i = 0; i < 3; i++) await new Promise((resolve) => { requestAnimationFrame(resolve); });
}
"""
#: a point of the picture where nothing is drawn, in pixels of the page
NOWHERE: Final = """
(network) => {
  const { left, top, width, height } = network.canvas.frame.getBoundingClientRect();
  for (let y = height / 2; y < height - 20; y += 7) for (let x = width / 2; x < width - 20; x += 7) {
    if (network.getNodeAt({ x, y }) === undefined && network.getEdgeAt({ x, y }) === undefined) return { x: left + x, y: top + y };
  }
  return { x: left + width / 2, y: top + 5 };
}
"""
RECORD: Final = """
() => {
  window.__frames = [];
  const tick = (now) => { window.__frames.push(now); window.__recording = requestAnimationFrame(tick); };
  window.__recording = requestAnimationFrame(tick);
}
"""
RECORDED: Final = "() => { cancelAnimationFrame(window.__recording); return window.__frames; }"


def worked(page: Page, call: str, given: object) -> float:
    """Call a function of the page: seconds for which the browser worked until what it changed was drawn.

    Not the time that passed: frames come 60 times a second, and to wait for the next is no work.
    """
    page.bring_to_front()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def so_far() -> float:
        return float(
            {m["name"]: m["value"] for m in devtools.send("Performance.getMetrics")["metrics"]}["TaskDuration"]
        )

    before = so_far()
    page.evaluate(f"(given) => ({DRAWN})([{call}, given])", given)
    return so_far() - before


def panned(page: Page, network: str) -> float:
    """Drag the picture in circles: the time that 95 of 100 frames do not exceed, in seconds."""
    page.bring_to_front()
    at = page.evaluate(f"() => ({NOWHERE})({network})")
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.evaluate(RECORD)
    start = time.perf_counter()
    while (gone := time.perf_counter() - start) < PAN_SECONDS:
        turn = gone * 3
        page.mouse.move(at["x"] + 180 * math.sin(turn), at["y"] + 120 * (math.cos(turn) - 1))
    frames = page.evaluate(RECORDED)
    page.mouse.up()
    between = sorted(after - before for before, after in pairwise(frames))
    return float(between[int(0.95 * (len(between) - 1))]) / 1000


# ---- what is measured


@dataclass(frozen=True)
class Pair:
    """The two pages of one network."""

    name: str
    view: View
    ours: Path
    theirs: Path

    @classmethod
    def of(cls, name: str, view: View, folder: Path) -> Pair:
        """Write both."""
        ours, theirs = folder / f"{name}.html", folder / f"{name}-pyvis.html"
        view.save(ours)
        theirs.write_text(pyvis_page.html_of(pyvis_page.network_of(view.picture), view.title), encoding="utf-8")
        return cls(name, view, ours, theirs)


def unfolded(pair: Pair, folder: Path) -> Pair:
    """Put beside a view what somebody has who hands pyvis the network of the graph, of which nothing folds."""
    network = bowiegraph.open().network()
    for _, attributes in network.nodes(data=True):
        attributes["title"] = attributes.pop("types")
    for _, _, attributes in network.edges(data=True):
        attributes["said_by"] = attributes.pop("source")  # pyvis takes that name for itself, and raises
    theirs = folder / "whole-pyvis.html"
    theirs.write_text(pyvis_page.html_of(network, pair.view.title), encoding="utf-8")
    return replace(pair, name=f"{pair.name}, beside graph.network()", theirs=theirs)


def in_pairs(what: str, pairs: Sequence[tuple[float, float]], bound: str, *, late: bool = False) -> Row:
    """Make a row of pairs of seconds, ours and those of pyvis: the medians, and the median of the ratios."""
    ours, theirs = (statistics.median(values) for values in zip(*pairs, strict=True))
    row = compared(
        what, "pyvis ≥" if late else "pyvis", (ours, theirs, statistics.median(a / b for a, b in pairs)), bound
    )
    return replace(row, ratio=f"≥ {row.ratio}") if late else row


def ready(browser: Browser, pair: Pair, *, times: int, bound: str) -> Row:
    """Open both in turns, as often as said."""
    found: list[tuple[float, float]] = []
    late = False
    for _ in range(times):
        with opened(browser, pair.ours, pyvis=False) as ours:
            took = ours.at_least
        with opened(browser, pair.theirs, pyvis=True) as theirs:
            found.append((took, theirs.at_least))
            late |= theirs.late
    return in_pairs(f"ready: {pair.name}", found, bound, late=late)


def handling(browser: Browser, pair: Pair) -> Iterator[Row]:
    """Pan, choose and filter, in turns; pyvis lays nothing out meanwhile, which would take all the time there is."""
    with opened(browser, pair.ours, pyvis=False) as ours, at_rest(browser, pair.theirs) as theirs:
        yield in_pairs(
            f"pan {pair.name}, p95 of frames",
            [(panned(ours.page, "Canvas.network"), panned(theirs, "network")) for _ in range(PANS)],
            "≤ 34 ms",
        )
        turn = Turn(ours.page, theirs)
        nodes = pair.view.picture.nodes
        order = sorted(range(len(nodes)), key=lambda i: -nodes[i].size)
        focus = [
            turn.take(
                CHOOSE, pyvis_page.FOCUS, UNDO, pyvis_page.UNFOCUS, given=(i, [vocab.compact(nodes[i].thing.iri)])
            )
            for i in (order[round(k * (len(order) - 1) / TIMES)] for k in range(TIMES + 1))
        ]
        yield in_pairs(f"focus, {pair.name}, work", focus[1:], "≥ 3 × faster")
        kept = sorted({node.thing.kind.name for node in nodes} - {HIDDEN})
        hide = [
            turn.take(HIDE, pyvis_page.FILTER, UNDO, pyvis_page.UNFILTER, given=(HIDDEN, kept))
            for _ in range(TIMES + 1)
        ]
        yield in_pairs(f"hide a kind, {pair.name}, work", hide[1:], "≤ 1 ×")


@dataclass(frozen=True)
class Turn:
    """Both pages, each asked in its turn."""

    ours: Page
    theirs: Page

    def take(
        self, ours: str, theirs: str, back: str, back_there: str, *, given: tuple[object, object] = (0, 0)
    ) -> tuple[float, float]:
        """Ask each for the same, and then undo it: seconds of work until it was drawn."""
        took = []
        for page, call, with_, undo in zip(
            (self.ours, self.theirs), (ours, theirs), given, (back, back_there), strict=True
        ):
            took.append(worked(page, call, with_))
            page.evaluate(undo)
            page.wait_for_timeout(CALM_MILLISECONDS)
        return took[0], took[1]


def written(path: Path, name: str, *, times: int, bound: str, directed: bool = False) -> Row:
    """Write the page of a query from an open data set; pyvis is handed the network for nothing."""
    graph = bowiegraph.open(path)
    found = []
    for _ in range(times):
        start = time.perf_counter()
        view = graph.view(query=QUERY)
        size = len(view.html)
        ours = time.perf_counter() - start
        network = pyvis_page.network_of(view.picture)
        found.append((ours, seconds(partial(pyvis_page.html_of, network, directed=directed))))
    how = "pyvis directed" if directed else "pyvis as it comes"
    return replace(in_pairs(f"write {name}, {size / 1e6:.1f} MB", found, bound), other=how)


def overview(browser: Browser, pair: Pair) -> Iterator[Row]:
    """Compare what can be counted: bytes, requests, failures of accessibility, and labels."""
    sizes = [path.stat().st_size for path in (pair.ours, pair.theirs)]
    yield Row(
        f"file, {pair.name}",
        f"{sizes[0] / 1000:,.0f} kB",
        f"pyvis {sizes[1] / 1000:,.0f} kB",
        f"{sizes[0] / sizes[1]:.2f} ×",
        "≤ 0.7 ×",
    )
    with opened(browser, pair.ours, pyvis=False) as ours:
        labels = ours.page.evaluate("() => ({ boxes: [...Overlay.labels().placed.values()], of: Canvas.visible.size })")
        asked = len(ours.asked)  # axe asks for style sheets once more
        wrong = _violations(ours.page)
    with opened(browser, pair.theirs, pyvis=True) as theirs:
        asked_there = len(theirs.asked)
        wrong_there = _violations(theirs.page)
    yield Row(f"requests, {pair.name}", str(asked), f"pyvis {asked_there}", "", "0")
    yield Row(f"axe, {pair.name}", _listed(wrong), f"pyvis {_listed(wrong_there)}", "", "0")
    boxes = labels["boxes"]
    over = sum(_overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    yield Row(f"labels that overlap, {pair.name}", str(over), "", "", "0")
    yield Row(
        f"things labelled, {pair.name}",
        f"{len(boxes)} of {labels['of']}",
        "",
        f"{len(boxes) / labels['of']:.0%}",
        "≥ 60 %",
    )


def _violations(page: Page) -> list[str]:
    return [str(violation["id"]) for violation in Axe().run(page).response["violations"]]


def _listed(names: list[str]) -> str:
    return f"{len(names)}: {', '.join(names)}" if names else "0"


def _overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    return a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]


# ---- hostile texts

FIRE: Final = "window.__pwned=1"
HOSTILE: Final = {
    "img onerror": f'<img src=x: onerror="{FIRE}">',
    "script": f"<script>{FIRE}</script>",
    "end of script": f"</script><script>{FIRE}</script>",
    "svg onload": f'<svg onload="{FIRE}"></svg>',
    "javascript: link": f'<a href="javascript:{FIRE}">press</a>',
    "attribute": f"x\" href='javascript:{FIRE}' autofocus tabindex=0 onfocus={FIRE} onmouseover={FIRE} y=\"",
    "template": f"{{{{ constructor.constructor('{FIRE}')() }}}}${{{FIRE}}}{{% print({FIRE}) %}}",
    "out of JSON": f'"}}]\');{FIRE};//\\"}}]);{FIRE};//\u2028{FIRE}',
}
#: a function of the page that presses every link which does not lead to the web
PRESS: Final = """
() => {
  window.press = () => {
    for (const link of document.querySelectorAll("a[href]")) if (!/^https?:/.test(link.href)) { link.removeAttribute("target"); link.click(); }
  };
  press();
}
"""
#: what a reader does on our page
CLICKS: Final = (
    """() => {
      const look = () => { for (const found of document.querySelectorAll("details")) found.open = true; press(); };
      for (const { id } of Model.nodes) { State.choose(id); look(); State.change({ hops: 2 }); Tip.show({ node: id }); press(); }
      for (const { id } of Model.edges) { State.chooseEdge(id); look(); Tip.show({ edge: id }); press(); }
    }""",
    """() => {
      const input = document.getElementById("search-text");
      for (const text of ["x", "press", "script", "also"]) {
        input.value = text;
        input.dispatchEvent(new Event("input"));
        press();
      }
    }""",
    "() => { State.change({ table: true }); press(); State.change({ path: [0, 1] }); press(); }",
    "() => { document.getElementById('help').showModal(); press(); document.getElementById('help').close(); }",
    "() => { dispatchEvent(new Event('beforeprint')); press(); dispatchEvent(new Event('afterprint')); }",
)


def hostile_view(text: str, folder: Path) -> View:
    """Make a view of a small data set with a text in every place that has one."""
    store = ox.Store()
    words = ox.Literal(text)
    for word in ("asserted", "disputed"):
        _say(store, vocab.BG + word, vocab.LABEL, ox.Literal(word))
    things = [vocab.ENTITY + "one", f"javascript:{FIRE}", f"data:text/html,%3Cscript%3E{FIRE}%3C/script%3E"]
    for thing in things:
        for predicate in (vocab.LABEL, vocab.ALT_LABEL, vocab.COMMENT, vocab.SAME_AS):
            _say(store, thing, predicate, words)
        _say(store, thing, vocab.ALT_LABEL, ox.Literal(f"also {text}"))
        _say(store, thing, vocab.SAME_AS, ox.NamedNode(f"javascript:{FIRE}"))
        _say(store, thing, vocab.TYPE, ox.NamedNode(vocab.SCHEMA + "Person"))
    for named in (vocab.SCHEMA + "Person", vocab.SCHEMA + "knows", vocab.SCHEMA + "name"):
        _say(store, named, vocab.LABEL, words)
    _source(store, vocab.SOURCE + "s", text, text)
    _source(store, vocab.SOURCE + "t", text, f"javascript:{FIRE}")
    for number, (start, end) in enumerate(zip(things, things[1:] + things[:1], strict=True)):
        claim = f"{vocab.CLAIM}s/c{number}"
        knows = ox.Triple(ox.NamedNode(start), ox.NamedNode(vocab.SCHEMA + "knows"), ox.NamedNode(end))
        _claim(
            store, claim, knows, text=text, source=vocab.SOURCE + "st"[number % 2], standing=("asserted", "disputed")
        )
        sentence = f"{vocab.SOURCE}{'st'[number % 2]}#c{number}"
        for predicate in (vocab.COMMENT, vocab.RULE, vocab.ATTRIBUTED_TO):
            _say(store, claim, predicate, words if predicate == vocab.COMMENT else ox.NamedNode(vocab.SCHEMA + "name"))
        _say(store, sentence, vocab.URL, ox.Literal(f"javascript:{FIRE}"))
        store.add(ox.Quad(ox.NamedNode(start), ox.NamedNode(vocab.SCHEMA + "name"), words, ox.NamedNode(claim)))
        _say(store, claim, vocab.CONTRADICTS, ox.NamedNode(f"{vocab.CLAIM}s/c{(number + 1) % len(things)}"))
    path = folder / "hostile.nq"
    store.dump(str(path), format=ox.RdfFormat.N_QUADS)
    comment = " ".join(text.split())
    return bowiegraph.open(path).view(query=f"# {comment}\n{QUERY}", title=text)


def injection(browser: Browser, folder: Path) -> Row:
    """Put each hostile text wherever there is a text, click around, and see whether it ran."""
    fired: list[str] = []
    unguarded: list[str] = []
    theirs: list[str] = []
    for name, text in HOSTILE.items():
        page, other = folder / "hostile.html", folder / "hostile-pyvis.html"
        hostile_view(text, folder).save(page)
        for found, bypass in ((fired, False), (unguarded, True)):
            with opened(browser, page, pyvis=False, bypass_csp=bypass) as ours:
                found.extend([name] * _fires(ours.page, CLICKS))
        other.write_text(pyvis_page.html_of(pyvis_page.hostile_network(text), text), encoding="utf-8")
        with opened(browser, other, pyvis=True) as raw:
            theirs += [name] * _fires(raw.page, pyvis_page.CLICKS)
    without = f" (without its policy: {_listed(unguarded)})"
    return Row(
        f"hostile texts that run, of {len(HOSTILE)}", _listed(fired) + without, f"pyvis {_listed(theirs)}", "", "0"
    )


def _fires(page: Page, clicks: Sequence[str]) -> bool:
    for act in (PRESS, *clicks):
        page.evaluate(act)
        page.wait_for_timeout(50)
    for found in page.query_selector_all("[onmouseover], [onfocus]"):
        if found.is_visible():
            found.hover()
            found.focus()
    return bool(page.evaluate("() => Boolean(window.__pwned)"))


# ---- all of it


def rows(*, large: bool) -> Iterator[Row]:
    """Measure everything, in the order of the table; nothing without a browser."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        Console(stderr=True).print("views: skipped, for there is no chromium; name one in $CHROMIUM")
        return
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            yield from _rows(browser, folder, large=large)
        finally:
            browser.close()


def _rows(browser: Browser, folder: Path, *, large: bool) -> Iterator[Row]:
    shipped = Pair.of("overview", bowiegraph.open().view("overview"), folder)
    yield ready(browser, unfolded(shipped, folder), times=3, bound="≥ 15 × faster")
    yield ready(browser, replace(shipped, name="overview, beside the same things"), times=3, bound="")
    stores = {}
    for nodes in (500, 1_000, 10_000):
        stores[nodes] = folder / f"{nodes}.nq"
        write_network(stores[nodes], nodes=nodes)
    half, whole = (
        Pair.of(f"{nodes:,} nodes", bowiegraph.open(stores[nodes]).view(query=QUERY), folder) for nodes in (500, 1_000)
    )
    yield ready(browser, half, times=1, bound="≥ 40 × faster")
    if large:
        yield ready(browser, whole, times=1, bound="≥ 100 × faster")
    else:
        with opened(browser, whole.ours, pyvis=False) as ours:
            yield Row(f"ready: {whole.name}", show(ours.at_least), "pyvis with --large only", "", "≥ 100 × faster")
    yield from handling(browser, whole)
    yield written(stores[10_000], "10,000 nodes", times=3, bound="≥ 30 × faster")
    yield written(stores[10_000], "10,000 nodes", times=3, bound="", directed=True)
    yield from overview(browser, shipped)
    yield injection(browser, folder)


def main() -> None:
    """Print the table, row by row as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="also until pyvis has laid out 1,000 nodes: minutes")
    table = Table("what", "Bowiegraph", "beside", "ratio", "bound")
    talk = Console(stderr=True)
    for row in rows(large=parser.parse_args().large):
        talk.print(f"measured: {row.what}: {row.ours} | {row.other} | {row.ratio}")
        table.add_row(row.what, row.ours, row.other, row.ratio, row.bound)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
