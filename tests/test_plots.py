"""Plots: what is drawn is what the tables say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest

import bowiegraph
from bowiegraph import analysis, plots
from bowiegraph.errors import MissingPackageError, ViewError

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAPH = bowiegraph.open()


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Draw without a screen, and leave no figure open."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 — after the choice of its backend

    yield
    plt.close("all")


def test_what_happened_when() -> None:
    """A row each, the earliest above, at its years."""
    frame = analysis.timeline(GRAPH.network())
    axes = plots.timeline(frame)
    labels = [text.get_text() for text in axes.get_yticklabels()]
    assert labels[0] == "David Bowie"
    assert len(labels) == len(axes.lines) == len(frame)
    assert [line.get_xdata()[0] for line in axes.lines] == frame["begin"].to_list()  # type: ignore[index]  # of numbers
    assert axes.yaxis_inverted()
    assert len(axes.patches) == sum(end > begin for begin, end in frame.select("begin", "end").rows())


def test_how_the_claims_of_each_source_stand() -> None:
    claims = GRAPH.claims()
    axes = plots.verdicts(claims)
    labels = [text.get_text() for text in axes.get_yticklabels()]
    assert labels[0] == "Miscelana on “Heroes” in Stranger Things"
    assert len(labels) == len({claim.source.iri for claim in claims})
    assert sum(patch.get_width() for patch in axes.patches) == len(claims)  # type: ignore[attr-defined]  # rectangles
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        "supported",
        "qualified",
        "unchecked",
        "disputed",
        "refuted",
    ]


def test_axes_of_ones_own() -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415 — after the choice of its backend

    _, mine = plt.subplots()
    assert plots.verdicts(GRAPH.claims(verdicts=["refuted"]), axes=mine) is mine
    assert len(mine.get_yticklabels()) == 1


def test_nothing_is_an_empty_plot() -> None:
    assert plots.verdicts([]).get_yticklabels() == []
    assert (
        plots.timeline(analysis.timeline(GRAPH.network("disputes", accepted_only=False)).head(0)).get_yticklabels()
        == []
    )


def test_a_table_of_something_else() -> None:
    with pytest.raises(ViewError, match="the table has no begin and no end and no what"):
        plots.timeline(GRAPH.claims().polars())


def test_dollars_are_no_mathematics() -> None:
    frame = analysis.timeline(GRAPH.network()).head(1).with_columns(what=__import__("polars").lit("$\\frac{1}$ of all"))
    axes = plots.timeline(frame)
    axes.figure.canvas.draw()
    assert axes.get_yticklabels()[0].get_text() == "\\$\\frac{1}\\$ of all"


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPackageError, match=r"matplotlib.*pip install 'bowiegraph\[notebook\]'"):
        plots.verdicts([])
