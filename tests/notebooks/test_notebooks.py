"""The notebooks: clean as they are kept, and what they show when they are run is what they say."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import nbformat
import pytest
from nbclient import NotebookClient
from tests.notebooks.conftest import FOLDER, NOTEBOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

each: Final = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
#: the longest that any output may be, but for a page, which carries its drawing library
LONGEST: Final = 400_000


def read(path: Path) -> Any:  # noqa: ANN401 — nbformat's own
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def prose(path: Path) -> str:
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


# ---- as they are kept


def test_there_are_five() -> None:
    names = ["01-tour", "02-sparql", "03-network", "04-who-says-so", "05-your-own-data"]
    assert [path.stem for path in NOTEBOOKS] == names


@each
def test_it_is_clean(path: Path) -> None:
    """No outputs, no counts, no traces of whoever ran it: a diff shows what was changed."""
    notebook = read(path)
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}
    for cell in notebook.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
    ids = [cell.id for cell in notebook.cells]
    assert ids == [f"{path.stem[3:]}-{number:02}" for number in range(1, len(ids) + 1)]


@each
def test_it_teaches(path: Path) -> None:
    """It begins with a title, is short, and no code stands without a word on it."""
    cells = read(path).cells
    assert cells[0].source.startswith("# ")
    assert len(cells) <= 30
    kinds = "".join(cell.cell_type[0] for cell in cells)
    assert "ccc" not in kinds
    assert all(len(cell.source.splitlines()) <= 40 for cell in cells)


@each
def test_links_lead_to_notebooks_that_are_there(path: Path) -> None:
    links = re.findall(r"\]\(([\w-]+\.ipynb)\)", prose(path))
    assert all((FOLDER / link).is_file() for link in links)


def test_each_is_found_from_the_tour_and_the_readme() -> None:
    tour, readme = prose(NOTEBOOKS[0]), (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(path.name in tour for path in NOTEBOOKS[1:])
    assert all(path.name in readme for path in NOTEBOOKS)


# ---- as they are run


@pytest.fixture(scope="session")
def run(bare: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 — a function
    """Run a notebook once in a kernel of its own, in an empty home and folder."""

    @cache
    def once(path: Path) -> Any:  # noqa: ANN401 — nbformat's own
        notebook = read(path)
        folder = tmp_path_factory.mktemp(path.stem)
        client = NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        )
        client.execute(env=dict(bare))
        return notebook

    return once


def outputs(notebook: Any) -> list[dict[str, Any]]:  # noqa: ANN401 — nbformat's own
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def of_cell(notebook: Any, beginning: str) -> str:  # noqa: ANN401 — nbformat's own
    """Give all that a cell shows: what it prints, and HTML where there is some."""
    (cell,) = [cell for cell in notebook.cells if cell.cell_type == "code" and beginning in cell.source]
    shown = [output.get("text") or output.data.get("text/html") or output.data["text/plain"] for output in cell.outputs]
    return "\n".join(shown)


@each
def test_it_runs(path: Path, run: Any) -> None:  # noqa: ANN401 — a function
    found = outputs(run(path))
    assert found
    assert not [output for output in found if output["output_type"] == "error" or output.get("name") == "stderr"]


@each
def test_nothing_is_dumped(path: Path, run: Any) -> None:  # noqa: ANN401 — a function
    for output in outputs(run(path)):
        page = "<iframe" in output.get("data", {}).get("text/html", "")
        for kind, data in output.get("data", {"text": output.get("text", "")}).items():
            assert len(data) < (2_000_000 if page and kind == "text/html" else LONGEST), kind


@each
def test_pictures_have_a_still_one_for_where_no_page_is_shown(path: Path, run: Any) -> None:  # noqa: ANN401 — a function
    bundles = [output["data"] for output in outputs(run(path)) if "data" in output]
    pages = [bundle for bundle in bundles if "<iframe" in bundle.get("text/html", "")]
    assert all("image/svg+xml" in bundle for bundle in pages)
    assert len(pages) == {"03-network": 0}.get(path.stem, 1)


def test_the_tour(run: Any) -> None:  # noqa: ANN401 — a function
    """When the song came out, and who says so: as the README has it."""
    notebook = run(NOTEBOOKS[0])
    claims = of_cell(notebook, 'graph.claims("Release of Heroes")')
    assert (
        re.findall(r'<td dir="auto">(refuted|supported|disputed|unchecked|qualified)</td>', claims)
        == ["refuted"] * 2 + ["supported"] * 3
    )
    assert "Motörhead" in of_cell(notebook, "graph.entity")
    assert "Wikipedia: “Heroes” (David Bowie song)" in of_cell(notebook, "refuted[0]")


def test_asking(run: Any) -> None:  # noqa: ANN401 — a function
    notebook = run(NOTEBOOKS[1])
    assert (
        of_cell(notebook, "for row in releases").splitlines()[0]
        == "1977 refuted — Miscelana on “Heroes” in Stranger Things"
    )
    assert (
        re.findall(r"source:miscelana-heroes\\#(p\d+s\d+)", of_cell(notebook, "prov:wasQuotedFrom ?sentence"))[0]
        == "p4s2"
    )
    assert of_cell(notebook, "graph.dataset()") == "True"


def test_the_network(run: Any) -> None:  # noqa: ANN401 — a function
    notebook = run(NOTEBOOKS[2])
    connectors = re.findall(r"<td>&quot;(.*?)&quot;</td>", of_cell(notebook, "analysis.connectors"))
    assert connectors[0] == "“Heroes”"
    assert "David Bowie" in connectors
    assert "Kiss by the Wall — participant → Antonia Maass" in of_cell(notebook, "analysis.path")
    assert "heroes.gexf" in of_cell(notebook, "save(network")
    assert sum("image/png" in output.get("data", {}) for output in outputs(notebook)) == 1


def test_who_says_so(run: Any) -> None:  # noqa: ANN401 — a function
    """The article's three errors, as the prose has them."""
    notebook = run(NOTEBOOKS[3])
    told = of_cell(notebook, "claim.contradicted_by").splitlines()
    assert [line for line in told if not line.startswith(" ")] == [
        "At London 2012 “Heroes” opened the closing ceremony",
        "So “Heroes” came out on 8 January 1977",
        "“Heroes” turns 49 on 8 January 2026",
    ]
    assert "Closing ceremony of London 2012" in of_cell(notebook, "without_disputed")


def test_your_own_data(run: Any) -> None:  # noqa: ANN401 — a function
    """A cover that nobody else speaks of, and a date that others know better."""
    notebook = run(NOTEBOOKS[4])
    mine = of_cell(notebook, 'claim.source.label == "My notes"')
    assert "The Wallflowers covered “Heroes” in 1998</strong><br>unchecked · asserted" in mine
    assert "24 September 1977</strong><br>refuted · asserted" in mine
    others = of_cell(notebook, 'mine.claims("Release of Heroes")')
    assert (
        re.findall(r'<td dir="auto">(refuted|supported|disputed|unchecked|qualified)</td>', others).count("supported")
        == 3
    )
