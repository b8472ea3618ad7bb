"""What axe-core finds on the page, in each of its states: nothing (WCAG 2.2 AA and its best practices)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.views.conftest import Visit

#: state → what is done to get there
STATES: Final[dict[str, Callable[[Page], object]]] = {
    "picture": lambda _: None,
    "thing": lambda page: page.evaluate("State.choose(Model.nodes.find(n => n.label === 'Tony Visconti').id)"),
    "line": lambda page: page.evaluate("State.chooseEdge(Model.edges.find(e => e.verdict === 'refuted').id)"),
    "table": lambda page: page.locator("#show-table").click(),
    "search": lambda page: page.locator("#search-text").fill("heroes"),
    "path": lambda page: page.locator("#show-path").click(),
    "menu": lambda page: page.locator("#exports summary").click(),
    "help": lambda page: page.locator("#show-help").click(),
    "relations": lambda page: page.evaluate("document.querySelector('#legend details').open = true"),
}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['help']}: {json.dumps([n['html'][:120] for n in v['nodes'][:3]])}" for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(visit: Callable[..., Visit], pages: Callable[[str], Path], state: str, scheme: str) -> None:
    page = visit(color_scheme=scheme).open(pages("overview"))
    STATES[state](page)
    assert violations(page) == []


@pytest.mark.parametrize("state", ["picture", "thing", "table"])
def test_axe_finds_nothing_on_a_phone(visit: Callable[..., Visit], pages: Callable[[str], Path], state: str) -> None:
    page = visit(width=390, height=844, has_touch=True).open(pages("overview"))
    STATES[state](page)
    if state == "picture":
        page.locator("#show-legend").click()
    assert violations(page) == []


def test_targets_are_large_enough(visit: Callable[..., Visit], pages: Callable[[str], Path]) -> None:
    """24 by 24 pixels, or apart from others by as much (WCAG 2.2, 2.5.8)."""
    page = visit().open(pages("overview"))
    small = page.evaluate("""[...document.querySelectorAll('button, summary, input[type=search]')]
        .filter(e => e.offsetParent).map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([, b]) => b.width < 24 || b.height < 24).map(([text]) => text)""")
    assert small == []


def test_nothing_moves_for_those_who_want_calm(visit: Callable[..., Visit], pages: Callable[[str], Path]) -> None:
    """With reduced motion the picture jumps."""
    page = visit(reduced_motion="reduce").open(pages("overview"))
    scale = page.evaluate("Canvas.network.getScale()")
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate("Canvas.network.getScale()") == pytest.approx(scale * 1.35)


def test_focus_is_seen(visit: Callable[..., Visit], pages: Callable[[str], Path]) -> None:
    """Whatever Tab reaches has an outline."""
    page = visit().open(pages("overview"))
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement);
            return document.activeElement === document.body ? 'body' : `${style.outlineStyle} ${style.outlineWidth}`;
        }""")
        assert outline == "body" or (outline.startswith(("solid", "auto")) and outline.split()[1] != "0px"), outline
