"""How an answer's table shows in a notebook: as HTML alone, and in a real browser with its script."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import example, given
from hypothesis import strategies as st

from bowiegraph import vocab
from bowiegraph.inline import html_table
from bowiegraph.inline.table import SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from playwright.sync_api import Browser, Page

    Row = Sequence[object]

#: as JupyterLab inserts a trusted output
INSERT: Final = """output => {
    const host = document.createElement("div");
    document.querySelector("main").append(host);
    host.innerHTML = output;
    for (const script of host.querySelectorAll("script")) {
        const made = document.createElement("script");
        made.textContent = script.textContent;
        script.replaceWith(made);
    }
}"""
#: as VS Code does: the script runs at the end of the output, and is taken away
EVALUATE: Final = INSERT.replace("script.replaceWith(made)", "host.appendChild(made).remove()")


def document(*outputs: str) -> str:
    body = f"<main><h1>Notebook</h1>{''.join(outputs)}</main>"
    return f'<!doctype html><html lang="en"><head><title>Notebook</title></head><body>{body}</body></html>'


def parse(output: str, *, strict: bool = False) -> Element:
    parsed: Element = html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False).parse(document(output))
    return parsed


def found(parsed: Element, path: str) -> Element:
    element = parsed.find(path)
    assert element is not None, path
    return element


def texts(parsed: Element) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in parsed.iterfind(".//tbody/tr")]


def one(value: object) -> Element:
    """Give the cell of a table that has but one."""
    return found(parse(html_table(["v"], [(value,)], 1)), ".//td")


def expected(value: object) -> str:
    text = "" if value is None else vocab.prefixed(value) if isinstance(value, str) else str(value)
    return text.replace("\0", "�")


# As HTML alone


def test_it_is_valid_html() -> None:
    """A strict parser finds nothing wrong, and it is a table with all that belongs to one."""
    parsed = parse(html_table(["name", "year"], [("Low", 1977), (None, None)], 2), strict=True)
    assert found(parsed, ".//table/caption").text == "2 rows"
    assert [(th.get("scope"), th.text) for th in parsed.iterfind(".//thead/tr/th")] == [
        ("col", "name"),
        ("col", "year"),
    ]
    assert texts(parsed) == [["Low", "1977"], ["", ""]]


@pytest.mark.parametrize(
    ("count", "total", "caption"),
    [
        (0, 0, "0 rows"),
        (1, 1, "1 row"),
        (7, 7, "7 rows"),
        (1000, 1000, "1,000 rows"),
        (1001, 1001, "the first 1,000 of 1,001 rows; .polars() has all of them"),
        (15_000, 15_000, "the first 1,000 of 15,000 rows; .polars() has all of them"),
        (10, 20, "the first 10 of 20 rows; .polars() has all of them"),
    ],
)
def test_it_says_how_many_there_are_and_shows_not_more_than_it_may(count: int, total: int, caption: str) -> None:
    parsed = parse(html_table(["n"], [(i,) for i in range(count)], total))
    assert found(parsed, ".//caption").text == caption
    assert texts(parsed) == [[str(i)] for i in range(min(count, SHOWN))]


def test_a_table_without_rows_and_one_without_columns() -> None:
    assert texts(parse(html_table(["a", "b"], [], 0), strict=True)) == []
    assert texts(parse(html_table([], [()], 1), strict=True)) == [[]]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (7, "number"),
        (7.5, "number"),
        (Decimal("7.50"), "number"),
        (date(1977, 9, 23), "date"),
        (datetime(1977, 9, 23, tzinfo=UTC), "date"),
        (True, None),
        ("7", None),
        (None, None),
    ],
)
def test_numbers_and_dates_are_told_from_text(value: object, kind: str | None) -> None:
    """In the cells, and in the header where there is nothing else below it."""
    assert one(value).get("data-kind") == kind
    alone = parse(html_table(["v"], [(value,), (None,)], 2))
    mixed = parse(html_table(["v"], [(value,), ("text",)], 2))
    assert found(alone, ".//th").get("data-kind") == kind
    assert found(mixed, ".//th").get("data-kind") is None


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c&d=e#f", "http://www.wikidata.org/entity/Q1", "HTTPS://X/"]
)
def test_addresses_of_the_web_are_links(address: str) -> None:
    link = found(one(address), "a")
    assert (link.text, link.get("href")) == (address, address)
    assert (link.get("rel"), link.get("target")) == ("noopener noreferrer", "_blank")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (vocab.ENTITY + "low", ":low"),
        (vocab.SCHEMA + "name", "schema:name"),
        (vocab.CLAIM + "a/b", "claim:a\\/b"),
        (vocab.ENTITY + "not a name", vocab.ENTITY + "not a name"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("JavaScript://example.org/%0aalert(1)", "JavaScript://example.org/%0aalert(1)"),
        (" https://example.org/", " https://example.org/"),
        ("https://example.org/ and more", "https://example.org/ and more"),
        ("https://example.org/\njavascript:alert(1)", "https://example.org/\njavascript:alert(1)"),
        ("https://", "https://"),
        ("data:text/html,<script>alert(1)</script>", "data:text/html,<script>alert(1)</script>"),
        ("ftp://example.org/", "ftp://example.org/"),
        ("//example.org/", "//example.org/"),
    ],
)
def test_nothing_else_is_a_link(value: str, shown: str) -> None:
    cell = one(value)
    assert (cell.text, len(cell)) == (shown, 0)


HOSTILE: Final = (
    "</script><script>window.pwned = 1</script>",
    "</style><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "</td></tr></table><svg onload=window.pwned=1>",
    "\"'><b onmouseover=window.pwned=1>",
    'https://example.org/"onmouseover="window.pwned=1',
    "https://example.org/'onmouseover='window.pwned=1",
    "javascript:window.pwned=1",
    "<!--<script>",
    "bowiegraph-answer",
    "&lt;b&gt;&#x41;&amp",
)


def test_hostile_text_is_text() -> None:
    """In cells and in the names of columns: no element and no attribute comes of it."""
    parsed = parse(html_table(HOSTILE, [HOSTILE, HOSTILE], 2))
    assert texts(parsed) == [list(HOSTILE)] * 2
    assert [th.text for th in parsed.iterfind(".//th")] == list(HOSTILE)
    elements = list(found(parsed, ".//main").iter())
    assert {element.tag for element in elements} <= {
        *("main", "h1", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "style", "script")
    }
    assert sum(element.tag in {"script", "style"} for element in elements) == 2
    names = {name for element in elements for name in element.attrib}
    assert not {name for name in names if name.startswith("on")}
    assert all(re.match("https?:", link.attrib["href"]) for link in parsed.iterfind(".//a"))


CELLS: Final = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from([*HOSTILE, vocab.ENTITY, vocab.BG + "Claim", "https://example.org/é"]),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
)
ROWS: Final = st.integers(0, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=5))


@given(ROWS)
@example([("\0\r\r\n\n \t\x0c\x85",)])
def test_what_a_cell_holds_comes_back(rows: list[Row]) -> None:
    columns = [f"c{i}" for i in range(len(rows[0]) if rows else 1)]
    assert texts(parse(html_table(columns, rows, len(rows)))) == [[expected(cell) for cell in row] for row in rows]


def test_each_output_has_an_id_of_its_own() -> None:
    """Its script names it, and no other."""
    outputs = [html_table(["a"], [("x",)], 1) for _ in range(2)]
    names = [found(parse(output), ".//main/div").attrib["id"] for output in outputs]
    assert names[0] != names[1]
    for output, name, other in zip(outputs, names, reversed(names), strict=True):
        script = found(parse(output), ".//script").text or ""
        assert script.count(f'"{name}"') == 1
        assert other not in output


def test_text_may_go_either_way() -> None:
    assert one("שלום").get("dir") == "auto"


# In a browser


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Show outputs in a page that is offline; it fails the test if anything goes wrong or out."""
    contexts, wrong = [], []

    def start(*outputs: str, **options: Any) -> Page:  # noqa: ANN401 — passed on to Playwright
        context = browser.new_context(offline=True, locale="en-GB", timezone_id="Pacific/Auckland", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text))
        page.on("request", lambda request: wrong.append(request.url))
        page.set_content(document(*outputs))
        return page

    yield start
    for context in contexts:
        context.close()
    assert not wrong


def column(page: Page, place: int = 1, box: int = 0) -> list[str]:
    """Read what is shown of a column, from above to below."""
    rows = page.locator(".bowiegraph-answer").nth(box).locator("tbody tr:visible")
    return rows.locator(f"td:nth-child({place})").all_text_contents()


def sort(page: Page, name: str, box: int = 0) -> str | None:
    """Click on a header; tell how the column is sorted then."""
    answer = page.locator(".bowiegraph-answer").nth(box)
    answer.get_by_role("button", name=name, exact=True).click()
    return answer.get_by_role("columnheader", name=name, exact=True).get_attribute("aria-sort")


def status(page: Page, box: int = 0) -> str:
    return page.locator(".bowiegraph-answer").nth(box).locator("[aria-live=polite]").inner_text()


def table_of(*values: object) -> str:
    return html_table(["v"], [(value,) for value in values], len(values))


EAST: Final = timezone(timedelta(hours=14))
#: what is sorted → in which order it comes, empty cells left out
ORDERS: Final[dict[str, list[object]]] = {
    "numbers": [
        *(float("-inf"), -(10**30), -7, Decimal("-0.5"), 0, 1e-7, 2, 9, Decimal("10.50"), 100),
        *(10**30, 10**30 + 1, Decimal("1E+31"), float("inf")),
    ],
    "dates": [date(877, 1, 1), date(1976, 12, 31), date(1977, 1, 14), date(1977, 10, 14), date(2016, 1, 8)],
    "times": [
        *(datetime(1977, 9, 23, 12, tzinfo=EAST), date(1977, 9, 23), datetime(1977, 9, 23, 11)),  # noqa: DTZ001 — meant
        *(datetime(1977, 9, 23, 12, tzinfo=UTC), datetime(1977, 9, 23, 12, 0, 0, 5000, tzinfo=UTC)),
    ],
    "dates of any precision": [
        "1976",
        date(1976, 5, 1),
        "1977-01",
        date(1977, 1, 14),
        date(1977, 10, 14),
        "1978",
        "1977-13",
        "soon",
    ],
    "years": ["1977", "1977-01", "1977-01-14", "1977-10", "1978"],
    "text": ["eins", "Élan", "Emil", "Track 9", "track 10", "Zoo"],
    "all kinds": [1, 2, date(1977, 1, 14), False, "text", True],
}


@pytest.mark.parametrize("what", ORDERS)
def test_it_sorts(show: Callable[..., Page], what: str) -> None:
    """Up, down with empty cells still last, and back to the query's order."""
    wanted = [str(value) for value in ORDERS[what]]
    mixed = [None, *ORDERS[what][1::2], None, *reversed(ORDERS[what][::2])]
    page = show(table_of(*mixed))
    before = column(page)
    assert sort(page, "v") == "ascending"
    assert column(page) == [*wanted, "", ""]
    assert sort(page, "v") == "descending"
    assert column(page) == [*wanted[::-1], "", ""]
    assert sort(page, "v") == "none"
    assert column(page) == before == ["" if value is None else str(value) for value in mixed]


def test_what_is_no_number_comes_last(show: Callable[..., Page]) -> None:
    page = show(table_of(float("nan"), 2, None, 1))
    sort(page, "v")
    assert column(page) == ["1", "2", "nan", ""]


def test_equal_cells_stay_in_their_order(show: Callable[..., Page]) -> None:
    """In both directions; and one column is sorted at a time."""
    page = show(html_table(["a", "b"], [("x", 1), ("y", 2), ("x", 3), ("y", 4)], 4))
    sort(page, "a")
    assert column(page, 2) == ["1", "3", "2", "4"]
    sort(page, "a")
    assert column(page, 2) == ["2", "4", "1", "3"]
    assert sort(page, "b") == "ascending"
    states = page.locator("th").evaluate_all("all => all.map(th => th.getAttribute('aria-sort'))")
    assert states == ["none", "ascending"]


COVERS: Final = html_table(
    ["artist", "album", "year"],
    [("Motörhead", "Under Cöver", 2017), ("Peter Gabriel", "Scratch My Back", 2010), ("Ｏａｓｉｓ", None, 1997)],
    3,
)


@pytest.mark.parametrize(
    ("typed", "artists", "told"),
    [
        ("MOTORHEAD", ["Motörhead"], "1 of 3 rows"),
        ("  motörhead ", ["Motörhead"], "1 of 3 rows"),
        ("2017 under", ["Motörhead"], "1 of 3 rows"),
        ("oasis", ["Ｏａｓｉｓ"], "1 of 3 rows"),
        ("er", ["Motörhead", "Peter Gabriel"], "2 of 3 rows"),
        ("under peter", [], "0 of 3 rows"),
        (".*", [], "0 of 3 rows"),
        ("", ["Motörhead", "Peter Gabriel", "Ｏａｓｉｓ"], ""),
        ("  ", ["Motörhead", "Peter Gabriel", "Ｏａｓｉｓ"], ""),
    ],
)
def test_it_searches(show: Callable[..., Page], typed: str, artists: list[str], told: str) -> None:
    """All words, anywhere in a row, with or without accents and capitals."""
    page = show(COVERS)
    page.get_by_role("searchbox", name="Search these rows").fill(typed)
    assert column(page) == artists
    assert status(page) == told


def test_what_is_found_stays_found_when_it_is_sorted(show: Callable[..., Page]) -> None:
    page = show(COVERS)
    page.get_by_role("searchbox").fill("er")
    sort(page, "year")
    assert column(page) == ["Peter Gabriel", "Motörhead"]
    page.get_by_role("searchbox").fill("")
    assert column(page, 3) == ["1997", "2010", "2017"]


def test_nothing_jumps_while_somebody_types(show: Callable[..., Page]) -> None:
    page = show(COVERS)
    widths = "() => [...document.querySelectorAll('th')].map(th => Math.round(th.getBoundingClientRect().width))"
    before = page.evaluate(widths)
    page.get_by_role("searchbox").fill("oasis")
    assert page.evaluate(widths) == before


def test_a_part_is_searched_as_a_part(show: Callable[..., Page]) -> None:
    """Of 15,000 rows, the page has the first 1,000, and says so."""
    page = show(html_table(["n"], [(i,) for i in range(15_000)], 15_000))
    page.get_by_role("searchbox").fill("99")
    assert status(page) == "19 of the first 1,000 rows"
    sort(page, "n")
    sort(page, "n")
    assert column(page)[0] == "999"
    assert page.locator("caption").inner_text().startswith("the first 1,000 of 15,000 rows")


def test_it_is_used_from_the_keyboard(show: Callable[..., Page]) -> None:
    """Tab leads to the field, the box and the headers; Enter and space sort; Escape empties the field."""
    page = show(COVERS)
    page.keyboard.press("Tab")
    page.keyboard.type("er")
    assert column(page) == ["Motörhead", "Peter Gabriel"]
    page.keyboard.press("Escape")
    assert page.get_by_role("searchbox").input_value() == ""
    assert len(column(page)) == 3
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "year"
    page.keyboard.press("Enter")
    assert column(page, 3) == ["1997", "2010", "2017"]
    page.keyboard.press("Space")
    assert column(page, 3) == ["2017", "2010", "1997"]
    assert page.evaluate("document.activeElement.textContent") == "year"


def test_letters_are_no_commands(show: Callable[..., Page]) -> None:
    """What is typed does not reach the notebook, but Ctrl+S does; JupyterLab, which listens first, finds its attribute."""
    page = show(COVERS)
    page.evaluate("window.keys = []; document.addEventListener('keydown', ({ key }) => keys.push(key))")
    page.get_by_role("searchbox").focus()
    for key in ("d", "d", "Enter", "Escape", "ArrowDown", "Control+k"):
        page.keyboard.press(key)
    assert page.evaluate("keys") == ["Control", "k"]
    assert page.evaluate("!!document.activeElement.closest('[data-lm-suppress-shortcuts=true]')")


def test_two_outputs_do_not_mix(show: Callable[..., Page]) -> None:
    page = show(COVERS, table_of(2, 1))
    sort(page, "v", box=1)
    page.get_by_role("searchbox").nth(1).fill("1")
    assert (column(page, 3, box=0), column(page, box=1)) == (["2017", "2010", "1997"], ["1"])
    assert (status(page, 0), status(page, 1)) == ("", "1 of 2 rows")


@pytest.mark.parametrize("insert", [INSERT, EVALUATE], ids=["JupyterLab", "VS Code"])
def test_one_output_may_be_shown_twice(show: Callable[..., Page], insert: str) -> None:
    """Inserted as notebooks do it, the second time beside the first: each sorts by itself, and has one field."""
    page = show()
    for box in range(2):
        page.evaluate(insert, COVERS)
        sort(page, "year", box)
    sort(page, "year", 0)
    assert [column(page, 3, box) for box in range(2)] == [["2017", "2010", "1997"], ["1997", "2010", "2017"]]
    assert page.get_by_role("searchbox").count() == 2


def test_it_leaves_no_names(show: Callable[..., Page]) -> None:
    page = show()
    before = page.evaluate("Object.getOwnPropertyNames(window)")
    page.evaluate(INSERT, COVERS)
    assert page.get_by_role("searchbox").count() == 1
    assert [name for name in page.evaluate("Object.getOwnPropertyNames(window)") if name not in before] == []


@pytest.mark.parametrize("output", [table_of(), table_of("x"), html_table([], [(), ()], 2)])
def test_what_is_neither_sorted_nor_searched(show: Callable[..., Page], output: str) -> None:
    """A row, or none, or rows of nothing."""
    page = show(output)
    assert page.locator("button, input").count() == 0
    assert page.locator("caption").is_visible()


def test_without_scripts_it_is_a_table(show: Callable[..., Page]) -> None:
    page = show(COVERS, java_script_enabled=False)
    assert page.get_by_role("cell").all_text_contents()[:3] == ["Motörhead", "Under Cöver", "2017"]
    assert page.locator("button, input").count() == 0


def test_hostile_text_does_nothing(show: Callable[..., Page]) -> None:
    """Neither when it is shown, nor when it is searched or sorted."""
    page = show(html_table(HOSTILE, [HOSTILE, HOSTILE[::-1]], 2))
    page.get_by_role("searchbox").fill(HOSTILE[0])
    for button in page.locator("th button").all():
        button.click()
    assert page.evaluate("window.pwned") is None
    assert page.locator("th").all_text_contents() == list(HOSTILE)


def test_it_scrolls_in_its_box(show: Callable[..., Page]) -> None:
    """However long or wide; the names of the columns stay in sight."""
    page = show(
        html_table(["a", "b"], [("x" * 5000, "many words " * 500)] * 50, 50), viewport={"width": 600, "height": 700}
    )
    box, header = page.locator(".bowiegraph-rows"), page.locator("th").first
    top = header.bounding_box()
    page.locator("td").last.scroll_into_view_if_needed()
    now, outside = header.bounding_box(), box.bounding_box()
    assert top
    assert now
    assert outside
    assert outside["y"] <= now["y"] <= top["y"]
    assert outside["height"] < 450
    assert outside["width"] <= 600
    assert page.evaluate("document.documentElement.scrollWidth") <= 600
    assert (
        page.locator("td").first.evaluate("cell => cell.offsetWidth / parseFloat(getComputedStyle(cell).fontSize)")
        <= 41
    )


def test_long_text_is_readable_in_a_narrow_page(show: Callable[..., Page]) -> None:
    """It is not squeezed into a column of single words."""
    columns = [f"column {i}" for i in range(10)]
    row = ["many words " * 20] * 9 + ["few words"]
    page = show(html_table(columns, [row, row], 2), viewport={"width": 400, "height": 700})
    widths = page.locator("tbody tr").first.locator("td").evaluate_all("cells => cells.map(cell => cell.offsetWidth)")
    assert min(widths[:9]) >= 16 * 16


#: as the themes of JupyterLab set them
DARK: Final = (
    "--jp-layout-color0:#111;--jp-content-font-color1:#fff;--jp-content-link-color:#64b5f6;background:#111;color:#fff"
)


@pytest.mark.parametrize("theme", ["", DARK], ids=["light", "dark"])
def test_axe_finds_nothing(show: Callable[..., Page], theme: str) -> None:
    """Axe-core, in WCAG 2.2 AA and best practices: before and after it is used."""
    page = show(
        COVERS, html_table(["when", "where"], [(date(1977, 9, 23), "https://example.org/")] * 40, 40), table_of()
    )
    page.evaluate("theme => (document.body.style = theme)", theme)
    for _ in range(2):
        violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [f"{v['id']}: {json.dumps([n['html'][:120] for n in v['nodes'][:3]])}" for v in violations] == []
        page.get_by_role("searchbox").first.fill("er")
        sort(page, "when", box=1)
