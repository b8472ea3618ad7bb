"""``%sparql`` and ``%%sparql``: questions in a cell, without the Python around them."""

from __future__ import annotations

import shlex
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments

from bowiegraph.errors import BowiegraphError
from bowiegraph.graph import Graph
from bowiegraph.graph import open as open_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from bowiegraph.result import Result

_FORMS: Final = ("table", "polars", "pandas", "network", "view")


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
    @argument("--as", dest="form", choices=_FORMS, default="table", help="what the answer is made into")
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
        given = dict(map(_pair, asked.param))
        if cell is None and asked.question is None:
            raise UsageError("name a question, as in %sparql covers; graph.queries() lists them")
        if cell is not None and asked.question is not None:
            raise UsageError(f"give a question ({asked.question}) or the SPARQL below it, not both")
        if asked.form in {"network", "view"}:
            return self._drawn(graph, asked, cell, given)
        result = graph.run(asked.question, **given) if cell is None else graph.query(cell, **given)
        forms: dict[str, Callable[[Result], Any]] = {"polars": lambda r: r.polars(), "pandas": lambda r: r.pandas()}
        return forms[asked.form](result) if asked.form in forms else result

    @staticmethod
    def _drawn(graph: Graph, asked: Any, cell: str | None, given: dict[str, str]) -> Any:  # noqa: ANN401 — as above
        if given:
            raise UsageError(f"--as {asked.form} takes no --param: write the values into the query")
        if asked.form == "network":
            return graph.network(cell or asked.question)
        return graph.view(asked.question, query=cell)

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


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"{text!r} is not NAME=VALUE")
    return name, value
