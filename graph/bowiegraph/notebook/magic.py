"""``%sparql`` and ``%%sparql``: questions in a cell, without the Python around them."""

from __future__ import annotations

import shlex
from functools import cache
from pathlib import Path
from typing import Any, Final

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments

from bowiegraph import catalogue, parameters
from bowiegraph.catalogue import CatalogueQuery
from bowiegraph.errors import BowiegraphError
from bowiegraph.graph import Graph
from bowiegraph.graph import open as open_graph
from bowiegraph.query import run_query
from bowiegraph.result import Result

#: what an answer may be made into; and what is drawn of the statements that it selects
FORMS: Final = ("table", "polars", "pandas", "network", "view")
_DRAWN: Final = frozenset({"network", "view"})


@cache
def _shipped() -> Graph:
    return open_graph()


@magics_class
class SparqlMagics(Magics):
    """The magics that ``%load_ext bowiegraph`` registers."""

    @magic_arguments()
    @argument("question", nargs="?", help="a question of the catalogue, such as covers; in a cell, SPARQL stands below")
    @argument(
        "--param", "-p", action="append", default=[], metavar="NAME=VALUE", help="fill in a variable; may be repeated"
    )
    @argument(
        "--as",
        dest="form",
        choices=FORMS,
        default="table",
        help="what is made of the answer; network and view: of statements that a cell selects, accepted or not",
    )
    @argument("--into", metavar="NAME", help="a variable that keeps the answer")
    @argument("--graph", metavar="NAME", help="a variable with the graph that is asked; default: the one that ships")
    @line_cell_magic
    def sparql(self, line: str, cell: str | None = None) -> Any:  # noqa: ANN401 — whatever --as says
        """Ask in SPARQL, or a question of the catalogue.

        In one line, the name of a question: ``%sparql covers``, or ``answer = %sparql covers``. In a cell of its own,
        SPARQL: ``%%sparql --into answer`` and the query below it. The prefixes of the graph need not be declared.
        """
        try:
            asked = self.sparql.parser.parse_args(shlex.split(line))  # as a shell does: from="Antonia Maass"
            made = self._answer(asked, cell)
        except (BowiegraphError, ValueError) as error:
            raise UsageError(str(error)) from None  # which IPython shows without a traceback
        if asked.into:
            self._variables[asked.into] = made
        return made

    def _answer(self, asked: Any, cell: str | None) -> Any:  # noqa: ANN401 — what argparse gives, and the above
        graph = self._graph(asked.graph)
        if asked.into and not asked.into.isidentifier():
            raise UsageError(f"{asked.into!r} cannot be the name of a variable")
        given = parameters.pairs(asked.param)
        question = _question(asked.question, cell)
        if asked.form in _DRAWN:
            return _drawn(graph, asked.form, cell, given)
        bindings = parameters.bindings(graph.store, question, given)
        result = run_query(graph.store, question.text, bindings=bindings)
        return {"polars": Result.polars, "pandas": Result.pandas}.get(asked.form, _as_it_is)(result)

    @property
    def _variables(self) -> dict[str, Any]:
        return self.shell.user_ns if self.shell else {}

    def _graph(self, name: str | None) -> Graph:
        if name is None:
            return _shipped()
        found = self._variables.get(name)
        if isinstance(found, Graph):
            return found
        is_ = "there is no such variable" if found is None else f"it is a {type(found).__name__}"
        raise UsageError(f"{name} is no graph: {is_}. Make one: {name} = bowiegraph.open('FILE.nq')")


def _question(name: str | None, cell: str | None) -> CatalogueQuery:
    """Find the question by its name, or make one of the cell; each may say what is to be filled in."""
    if cell is None and name is None:
        raise UsageError("name a question, as in %sparql covers; graph.queries() lists them")
    if cell is not None and name is not None:
        raise UsageError(f"give a question ({name}) or the SPARQL below it, not both")
    return catalogue.get(name or "") if cell is None else CatalogueQuery("of this cell", "", cell, Path())


def _drawn(graph: Graph, form: str, cell: str | None, given: dict[str, str]) -> Any:  # noqa: ANN401 — a View or a network
    if cell is None:
        raise UsageError(f"--as {form} is for the SPARQL of a cell; a named view is graph.{form}('covers')")
    if given:
        raise UsageError(f"--as {form} takes no --param: write the values into the query")
    # All that was asked for, as a view has it, accepted or not.
    return graph.network(cell, accepted_only=False) if form == "network" else graph.view(query=cell)


def _as_it_is(result: Result) -> Result:
    return result
