"""The picture without its page: all that is drawn is there, and what stands in the facts stays text."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from tests.views import invented

from bowiegraph.store import open_store
from bowiegraph.views import still, view

SVG: Final = "{http://www.w3.org/2000/svg}"
SIGNS: Final = {SVG + name for name in ("circle", "polygon")}


def drawn(*, query: str = invented.QUERY, story: str = invented.STORY) -> ET.Element:
    return ET.fromstring(view(invented.store(story), query=query).svg)  # noqa: S314 — our own


def test_every_thing_and_every_line_is_drawn() -> None:
    made = view(invented.store(), query=invented.QUERY)
    root = drawn()
    assert sum(element.tag in SIGNS for element in root.iter()) == len(made.picture.nodes) == 10
    assert len(root.findall(f"{SVG}path")) == len(made.picture.lines) == 9
    names = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Ada Ölund", "Bergen", "Night Ferry"} <= names <= {node.thing.label for node in made.picture.nodes}
    assert root.findtext(f"{SVG}title") == "View A query: 10 things, 9 statements"


def test_all_stands_within_the_frame() -> None:
    root = ET.fromstring(view(open_store(), "overview").svg)  # noqa: S314 — our own
    places = [(float(e.get("cx", "")), float(e.get("cy", ""))) for e in root.iter(f"{SVG}circle")]
    assert places
    assert all(0 < x < 1200 and 0 < y < 760 for x, y in places)


def test_names_do_not_run_into_one_another() -> None:
    root = ET.fromstring(view(open_store(), "overview").svg)  # noqa: S314 — our own
    boxes = [(float(t.get("x", "")), float(t.get("y", "")), len(t.text or "") * 6.4) for t in root.iter(f"{SVG}text")]
    assert len(boxes) > 40
    for (x1, y1, w1), (x2, y2, w2) in combinations(boxes, 2):
        assert abs(x1 - x2) >= (w1 + w2) / 2 - 0.2 or abs(y1 - y2) >= 11.9


@pytest.mark.parametrize(
    ("name", "dashes"), [("overview", {None, "12 4", "6 5", "2 4"}), ("disputes", {"6 5", None, "1 3"})]
)
def test_verdicts_are_told_apart_by_dashes(name: str, dashes: set[str | None]) -> None:
    """Claims against claims too, which no claim is behind: they look like what they do to a verdict."""
    root = ET.fromstring(view(open_store(), name).svg)  # noqa: S314 — our own
    assert {path.get("stroke-dasharray") for path in root.iter(f"{SVG}path")} == dashes


def test_strokes_are_those_of_the_page() -> None:
    """The page's script has them once more."""
    script = (Path(still.__file__).parent / "page" / "js" / "drawing.js").read_text(encoding="utf-8")
    block = script[script.index("const STROKES") : script.index("const LINKS")]
    form = r'^ {4}"?([\w ]+?)"?: \{\s*light: "(#\w+)".*?width: ([\d.]+),\s*dash: (null|\[.*?\])'
    found = re.findall(form, block, re.DOTALL | re.MULTILINE)
    page = {
        name: (colour, width, None if dash == "null" else dash[1:-1].replace(",", ""))
        for name, colour, width, dash in found
    }
    assert len(page) == 6
    assert page == {verdict or "no claim": look for verdict, look in still._STROKES.items()}


def test_time_has_its_years() -> None:
    root = ET.fromstring(view(open_store(), "timeline").svg)  # noqa: S314 — our own
    assert {"1977", "2026"} <= {text.text for text in root.iter(f"{SVG}text")}


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", '"/><image href="x:y"/>', "]]>", "&amp;"])
def test_hostile_names_are_text(label: str) -> None:
    turtle = label.replace("\\", "\\\\").replace('"', '\\"')
    root = drawn(story=invented.STORY.replace("Ada Ölund", turtle))
    assert {element.tag for element in root.iter()} <= SIGNS | {
        SVG + n for n in ("svg", "title", "rect", "path", "g", "text")
    }
    assert label[:33] in {(text.text or "").rstrip("…") for text in root.iter(f"{SVG}text")}


def test_control_characters_leave_it_readable() -> None:
    root = drawn(story=invented.STORY.replace("Ada Ölund", "Ada\\u0007 Ölund"))
    assert "Ada\N{REPLACEMENT CHARACTER} Ölund" in {text.text for text in root.iter(f"{SVG}text")}


def test_a_notebook_gets_picture_and_page() -> None:
    made = view(invented.store(), query=invented.QUERY)
    bundle = made._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
    assert bundle["image/svg+xml"] == made.svg


def test_what_is_too_large_says_so() -> None:
    rows = " ".join(f"(<urn:a{i}> <urn:b{i}>)" for i in range(501))
    root = drawn(query=f"CONSTRUCT {{ ?a <urn:to> ?b }} WHERE {{ VALUES (?a ?b) {{ {rows} }} }}")
    assert [text.text for text in root.iter(f"{SVG}text")] == [
        "1,002 things and 501 statements: more than a still picture shows"
    ]
