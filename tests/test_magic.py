"""``%sparql`` and ``%%sparql`` in a real IPython: answers, mistakes, and what Tab offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import polars as pl
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from tests import small_data
from traitlets.config import Config

import bowiegraph
from bowiegraph.result import Result
from bowiegraph.views import View

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> InteractiveShell:
    """An IPython of its own, which keeps no history, and has loaded the extension twice."""
    config = Config()
    config.HistoryManager.enabled = False
    made = InteractiveShell(config=config, ipython_dir=str(tmp_path_factory.mktemp("ipython")))
    for _ in range(2):
        made.run_line_magic("load_ext", "bowiegraph")
        made.run_line_magic("reload_ext", "bowiegraph")
    return made


def ask(shell: InteractiveShell, cell: str) -> Any:  # noqa: ANN401 — whatever the cell gives
    done = shell.run_cell(cell)
    done.raise_error()
    return done.result


def complaint(shell: InteractiveShell, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    done = shell.run_cell(cell)
    assert done.error_in_exec is not None
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    return told.err


def offered(shell: InteractiveShell, text: str) -> list[str]:
    with provisionalcompleter():
        return [text[: found.start] + found.text for found in shell.Completer.completions(text, len(text))]


# ---- answers


def test_a_question_in_one_line(shell: InteractiveShell) -> None:
    answer = ask(shell, "%sparql covers")
    assert isinstance(answer, Result)
    assert {row.artist for row in answer} == {"Depeche Mode", "Motörhead", "Oasis", "Peter Gabriel", "U2"}


def test_names_in_quotes_are_looked_up(shell: InteractiveShell) -> None:
    ask(shell, 'way = %sparql path-between -p from="Antonia Maass" --param to="Stranger Things"')
    assert {row.hops for row in shell.user_ns["way"]} == {4}


def test_variables_of_the_notebook_are_filled_in(shell: InteractiveShell) -> None:
    shell.user_ns["who"] = "Tony Visconti"
    answer = ask(shell, "%sparql everything-about -p entity='{who}'")
    assert {row.entity for row in answer} == {"https://w3id.org/bowiegraph/entity/tony-visconti"}


def test_sparql_in_a_cell(shell: InteractiveShell) -> None:
    answer = ask(shell, "%%sparql --into kissing\nSELECT ?who { :kiss-by-the-wall bg:participant ?who }")
    assert len(answer) == 2
    assert shell.user_ns["kissing"] is answer


@pytest.mark.parametrize("value", [":david-bowie", "<https://w3id.org/bowiegraph/entity/david-bowie>"])
def test_terms_are_filled_in_as_on_the_command_line(shell: InteractiveShell, value: str) -> None:
    answer = ask(shell, f"%%sparql -p ?who='{value}'\nSELECT ?who ?born {{ ?who schema:birthDate ?born }}")
    assert [row.born.year for row in answer] == [1947]


def test_numbers_are_numbers(shell: InteractiveShell) -> None:
    answer = ask(shell, "%%sparql -p n=2\nSELECT ?s ?n { ?s bg:sentenceNumber ?n }")
    assert {row.n for row in answer} == {2}


@pytest.mark.parametrize(
    ("form", "kind"), [("table", Result), ("polars", pl.DataFrame), ("network", nx.MultiDiGraph), ("view", View)]
)
def test_forms_of_an_answer(shell: InteractiveShell, form: str, kind: type) -> None:
    cell = "SELECT ?s ?p ?o { ?s ?p ?o . FILTER(?s = :kiss-by-the-wall && isIRI(?o) && ?p != rdf:type) }"
    assert isinstance(ask(shell, f"%%sparql --as {form}\n{cell}"), kind)


def test_pandas(shell: InteractiveShell) -> None:
    assert ask(shell, "%sparql covers --as pandas").columns[0] == "artist"


def test_views_and_networks_of_what_does_not_hold(shell: InteractiveShell) -> None:
    """What does not hold is drawn as well, if it is asked for."""
    refuted = "SELECT ?s ?p ?o ?c { GRAPH ?c { ?s ?p ?o } ?c bg:verdict bg:refuted }"
    assert len(ask(shell, f"%%sparql --as view\n{refuted}").picture.nodes) > 2
    assert len(ask(shell, f"%%sparql --as network\n{refuted}")) > 2


def test_another_graph(shell: InteractiveShell) -> None:
    shell.user_ns["mine"] = bowiegraph.Graph(small_data.store(), "small")
    answer = ask(shell, "%%sparql --graph mine\nSELECT ?song { ?song schema:author ?who }")
    assert {row.song for row in answer} == {"https://w3id.org/bowiegraph/entity/heroes"}


def test_the_cell_is_not_filled_in(shell: InteractiveShell) -> None:
    """Braces are SPARQL's, and dollars too."""
    shell.user_ns["who"] = "nobody"
    assert ask(shell, "%%sparql\nASK { { ?a ?b $who } }").boolean


# ---- mistakes


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("%sparql cover", "UsageError: unknown query 'cover': did you mean covers"),
        ("%sparql", "name a question, as in %sparql covers"),
        ("%%sparql\nSELEC ?x {}", "line 1, column 1 of the query"),
        ("%%sparql covers\nASK {}", "not both"),
        ("%%sparql\nCLEAR ALL", "which is not done here"),
        ("%sparql covers -p a", "parameter a: write NAME=VALUE"),
        ("%%sparql -p a=1 -p a=2\nSELECT ?a { ?a ?b ?c }", "it is given as '1' and as '2'"),
        ('%sparql covers --into "a b"', "'a b' cannot be the name of a variable"),
        ("%sparql covers -p a=b", "no such parameter"),
        ("%sparql path-between -p from='Nobody at all' -p to=U2", "unknown entity"),
        ('%sparql covers -p a="', "No closing quotation"),
        ("%sparql covers --as veiw", "invalid choice: 'veiw'"),
        ("%sparql covers --graph nothing", "nothing is no graph: there is no such variable"),
        ("%sparql covers --graph number", "number is no graph: it is a int"),
        ("%%sparql --as network\nSELECT ?s { ?s ?p ?o }", "the query selects ?s"),
        ("%sparql covers --as view", "a named view is graph.view('covers')"),
        ("%%sparql --as view -p a=b\nASK {}", "takes no --param"),
    ],
)
def test_mistakes_are_told_without_a_traceback(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str, said: str
) -> None:
    shell.user_ns["number"] = 3
    assert said in complaint(shell, cell, capsys)


# ---- completion


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("%sparql cov", ["%sparql covers"]),
        ("x = %sparql berlin-t", ["x = %sparql berlin-trilogy"]),
        ("%sparql path-between -p ", ["%sparql path-between -p from=", "%sparql path-between -p to="]),
        ("%sparql path-between -p f", ["%sparql path-between -p from="]),
        ("%sparql covers --as n", ["%sparql covers --as network"]),
        ("%%sparql --in", ["%%sparql --into"]),
        ("%%sparql\nSELECT ?who { ?wh", ["%%sparql\nSELECT ?who { ?who"]),
        ("%%sparql\nSELECT ?x { ?x schema:byA", ["%%sparql\nSELECT ?x { ?x schema:byArtist"]),
        ("%%sparql\nSELECT ?x { :david-bowi", ["%%sparql\nSELECT ?x { :david-bowie"]),
        ("%%sparql\n  sel", ["%%sparql\n  SELECT"]),
        ("%%sparql\nSELECT ?x { ?x sch", ["%%sparql\nSELECT ?x { ?x schema:"]),
    ],
)
def test_what_tab_offers(shell: InteractiveShell, text: str, wanted: list[str]) -> None:
    assert offered(shell, text) == wanted


def test_every_question_is_offered(shell: InteractiveShell) -> None:
    names = {f"%sparql {query.name}" for query in bowiegraph.open().queries()}
    assert names <= set(offered(shell, "%sparql "))


def test_python_is_completed_as_before(shell: InteractiveShell) -> None:
    assert "print" in offered(shell, "pri")
    assert all("schema:" not in found for found in offered(shell, "sch"))


def test_it_can_be_taken_away(tmp_path: Path) -> None:
    config = Config()
    config.HistoryManager.enabled = False
    made = InteractiveShell(config=config, ipython_dir=str(tmp_path))
    made.run_line_magic("load_ext", "bowiegraph")
    assert made.find_magic("sparql")
    made.run_line_magic("unload_ext", "bowiegraph")
    assert made.find_magic("sparql") is None
    assert offered(made, "%sparql cov") == []
