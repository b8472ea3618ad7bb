"""A view: a picture with its page, to save, to open, or to see in a notebook."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Final

from bowiegraph import catalogue
from bowiegraph.atomic import write_atomically
from bowiegraph.entities import resolve
from bowiegraph.errors import ViewError
from bowiegraph.views.page import render
from bowiegraph.views.picture import Picture, draw
from bowiegraph.views.still import svg

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

#: what is drawn if nothing else is said; and around a thing
_FIRST: Final = "overview"
_AROUND: Final = "everything"
#: a page in a notebook may run its scripts, save files and open links, and nothing else: it has no origin
_SANDBOX: Final = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
_NOTEBOOK_HEIGHT: Final = 640


@dataclass(frozen=True)
class View:
    """A network of things and what is said of them, as one page that needs no network."""

    title: str
    question: str
    query: str
    picture: Picture

    @cached_property
    def html(self) -> str:
        """The whole page."""
        return render(self.picture, title=self.title, question=self.question, query=self.query)

    def save(self, path: Path | str) -> Path:
        """Write the page to a file, as UTF-8; an earlier file is replaced in one step, or stays.

        Raises:
            OutputError: it cannot be written there.
        """
        from pathlib import Path  # noqa: PLC0415 — for its type above only

        target = Path(path)
        write_atomically(target, [self.html.encode()])
        return target

    def __repr__(self) -> str:
        """Say what it shows."""
        return f"<View {self.title}: {len(self.picture.nodes):,} things, {len(self.picture.lines):,} statements>"

    @cached_property
    def svg(self) -> str:
        """The picture alone, as it stands: for where no script runs, and for print."""
        return svg(self.picture, title=repr(self)[1:-1])

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own that cannot reach the notebook.

        Behind the frame lies the picture: it is what is seen where frames are taken out, as on GitHub or in a notebook
        that is not trusted.
        """
        still = b64encode(self.svg.encode()).decode()
        over = "position:absolute;inset:0;width:100%;height:100%;border:0"
        return (
            f'<div style="position:relative;height:{_NOTEBOOK_HEIGHT}px;border:1px solid #8888">'
            f'<img alt="{escape(repr(self)[1:-1])}" src="data:image/svg+xml;base64,{still}" '
            'style="width:100%;height:100%;object-fit:contain">'
            f'<iframe title="{escape(self.title)}" sandbox="{_SANDBOX}" style="{over}" '
            f'srcdoc="{escape(self.html)}"></iframe></div>'
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Give a notebook the page, and the picture for programs that show no HTML."""
        del include, exclude  # IPython leaves out what is not wanted by itself
        return {"text/plain": repr(self), "text/html": self._repr_html_(), "image/svg+xml": self.svg}


def view(  # noqa: PLR0913 — what a view may be told
    store: ox.Store,
    name: str | None = None,
    *,
    query: str | None = None,
    around: str | None = None,
    hops: int = 1,
    fold: bool | None = None,
    title: str | None = None,
) -> View:
    """Make a view.

    Args:
        store: the data set.
        name: one of ``catalogue.views()``; "overview" if nothing else is given.
        query: SPARQL in its place: CONSTRUCT, or SELECT of subject, predicate, object and perhaps a claim.
        around: a thing, by any of its names: only what is near it is shown, of the view, of the query, or of
            everything.
        hops: how near.
        fold: whether what takes several statements to say is one edge; as the named view has it, else yes.
        title: of the page.

    Raises:
        UnknownNameError, AmbiguousNameError: no view or thing is called so, or several are.
        ViewError: there is nothing to draw, or too much.
        QueryError: the query is no SPARQL, or is refused.
        MissingPackageError: there are more than 500 nodes, and igraph is not installed.
    """
    if name is not None and query is not None:
        raise ViewError("both a view and a query are given", "give one of them")
    if hops < 1:
        raise ViewError(f"{hops} hops lead nowhere", "give 1 or more")
    centre = None if around is None else resolve(store, around)
    if query is None:
        named = catalogue.view(name or (_FIRST if around is None else _AROUND))
        text, question = named.text, named.question
        heading, folded, layout = named.title, named.folds if fold is None else fold, named.layout
    else:
        text, question, heading, folded, layout = query, "", "A query", fold is not False, "force"
    picture = draw(store, text, fold=folded, layout=layout, around=centre, hops=hops)
    if centre is not None:
        here = next(node.thing.label for node in picture.nodes if node.thing.iri == centre)
        heading = f"Around {here}" if name is None and query is None else f"{heading}, around {here}"
        question = question if name is not None else f"What is said of {here}, and by whom?"
    return View(title or heading, question, text, picture)
