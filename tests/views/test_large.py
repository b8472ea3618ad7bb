"""Graphs of thousands of things: the same page, and above 5,000 the surroundings of one, with search and table over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.views import invented

from bowiegraph.errors import MissingPackageError, ViewError
from bowiegraph.views import picture, view

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.views.conftest import Visit

ALL = "SELECT ?s ?p ?o ?claim { GRAPH ?claim { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six thousand in a row, of which the first has 400 leaves."""
    store = invented.chain(6_000, leaves=400)
    return view(store, query=ALL, title="Large").save(tmp_path_factory.mktemp("large") / "large.html")


def test_two_thousand_are_all_there(visit: Callable[..., Visit], tmp_path: Path) -> None:
    made = view(invented.chain(1_500, leaves=100), query=ALL)
    page = visit().open(made.save(tmp_path / "many.html"))
    assert page.evaluate("[Canvas.visible.size, Model.large, Model.many]") == [1_600, False, True]


def test_it_opens_on_the_surroundings_of_one(visit: Callable[..., Visit], large: Path) -> None:
    """Of the most connected: no more than a picture can hold, and the legend tells of all."""
    page = visit().open(large)
    assert page.evaluate("Model.large")
    assert 100 < page.evaluate("Canvas.visible.size") <= 400
    assert page.evaluate("Canvas.visible.has(Model.nodes.find(n => n.label === 'Thing 0').id)")
    assert page.locator("#counts").inner_text() == "6,400 things, 6,399 statements"


def test_search_and_table_are_over_everything(visit: Callable[..., Visit], large: Path) -> None:
    """What is found is gone to, and stands among its neighbours."""
    page = visit().open(large)
    page.locator("#search-text").fill("Thing 5000")
    page.keyboard.press("Enter")
    assert page.locator("#evidence h2").inner_text() == "Thing 5000"
    names = page.evaluate("[...Canvas.visible].map(id => Model.nodes[id].label).sort()")
    assert names == [f"Thing {i}" for i in (4998, 4999, 5000, 5001, 5002)]
    page.get_by_role("button", name="Table", exact=True).click()
    assert page.locator("#table caption").inner_text() == "6,399 claims behind 6,399 statements"
    assert page.locator("#table tbody tr").count() == 200
    page.get_by_role("button", name="Show 200 more").click()
    assert page.locator("#table tbody tr").count() == 400


def test_a_link_leads_to_the_same_surroundings(visit: Callable[..., Visit], large: Path) -> None:
    page = visit().open(large, "#centre=%3An3000")
    assert page.evaluate("Canvas.visible.size") == 5


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With how many there are, and what to do."""
    monkeypatch.setattr(picture, "MOST", 100)
    with pytest.raises(
        ViewError, match=r"the query selects 150 things, and a page can hold 100: narrow it, with LIMIT or --around"
    ):
        view(invented.chain(150), query=ALL)


def test_without_igraph_more_than_500_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, with the command that installs it."""
    monkeypatch.setitem(__import__("sys").modules, "igraph", None)
    assert len(view(invented.chain(20), query=ALL).picture.nodes) == 20
    with pytest.raises(MissingPackageError, match=r"igraph.*pip install 'bowiegraph\[large\]'"):
        view(invented.chain(520), query=ALL)
