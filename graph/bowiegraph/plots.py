"""Plots, by matplotlib: what happened when, and how the claims of each source stand.

Like those of pandas and seaborn, each draws on axes that are given, or on new ones, and gives them back.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bowiegraph.errors import MissingPackageError, ViewError
from bowiegraph.network.standing import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl
    from matplotlib.axes import Axes

    from bowiegraph.claims import Claim

#: verdict → colour and hatching, for nobody has to tell red from green; darker than the page's, to lie side by side
_LOOKS: Final = {
    "supported": ("#33425e", ""),
    "qualified": ("#4fa39b", "//"),
    "unchecked": ("#c9ced8", ""),
    "disputed": ("#e08a3c", ".."),
    "refuted": ("#c0182b", "xx"),
}
_TIMES: Final = ("begin", "end", "what")
#: inches of a row, and of all that is no row
_ROW: Final = 0.26
_FRAME: Final = 1.0
_WIDTH: Final = 9.0
#: letters of a name beside a row
_LONGEST: Final = 60


def timeline(frame: pl.DataFrame, *, axes: Axes | None = None) -> Axes:
    """Draw what happened when: a row each, the earliest above; what took years is a bar.

    Args:
        frame: what ``analysis.timeline`` gives: ``begin`` and ``end`` (years), ``what``.
        axes: where to draw; new ones if None.

    Raises:
        ViewError: the table lacks one of these columns.
        MissingPackageError: matplotlib is not installed.
    """
    if missing := [name for name in _TIMES if name not in frame.columns]:
        raise ViewError(f"the table has no {' and no '.join(missing)}", "give it what analysis.timeline gives")
    rows = list(zip(*(frame[name].to_list() for name in _TIMES), strict=True))
    axes = axes or _axes(len(rows))
    colour = _LOOKS["supported"][0]
    for place, (begin, end, _) in enumerate(rows):
        if end > begin:
            axes.barh(place, end - begin, left=begin, height=0.5, color=colour, alpha=0.35)
        axes.plot([begin, end], [place, place], "o", color=colour, markersize=5)
    _name(axes, [what for _, _, what in rows])
    axes.set_xlabel("year")
    axes.grid(visible=True, axis="x", alpha=0.3)
    return axes


def verdicts(claims: Iterable[Claim], *, axes: Axes | None = None) -> Axes:
    """Draw how the claims of each source stand: a bar each, the source with most claims above.

    Args:
        claims: what ``graph.claims()`` gives, all or some.
        axes: where to draw; new ones if None.

    Raises:
        MissingPackageError: matplotlib is not installed.
    """
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        counts.setdefault(claim.source.label, Counter())[claim.verdict] += 1
    sources = sorted(counts, key=lambda source: (-counts[source].total(), source))
    axes = axes or _axes(len(sources))
    done = [0] * len(sources)
    for verdict in VERDICTS:
        widths = [counts[source][verdict] for source in sources]
        colour, hatch = _LOOKS[verdict]
        axes.barh(
            range(len(sources)),
            widths,
            left=done,
            height=0.7,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=verdict,
        )
        done = [before + width for before, width in zip(done, widths, strict=True)]
    _name(axes, sources)
    axes.set_xlabel("claims")
    axes.legend(ncols=len(VERDICTS), loc="lower right", bbox_to_anchor=(1, 1), frameon=False)
    return axes


def _axes(rows: int) -> Axes:
    try:
        from matplotlib import pyplot as plt  # noqa: PLC0415 — lazy: it costs half a second, and is optional
    except ImportError as error:
        raise MissingPackageError("matplotlib", "notebook") from error
    _, axes = plt.subplots(figsize=(_WIDTH, rows * _ROW + _FRAME), layout="constrained")
    return axes


def _name(axes: Axes, names: list[str]) -> None:
    """Name the rows, and turn them so that the first is above."""
    short = [name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…" for name in names]
    # matplotlib would take what stands between dollars for mathematics
    axes.set_yticks(range(len(names)), [name.replace("$", r"\$") for name in short])
    axes.invert_yaxis()
    axes.margins(x=0.02, y=0.02)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
