"""The catalogue: its files keep their form, and parameters are looked up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests import small_data

from bowiegraph import catalogue, vocab
from bowiegraph.catalogue import CatalogueQuery, Parameter
from bowiegraph.errors import CatalogueError, ParameterError, UnknownNameError
from bowiegraph.locations import shipped
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from pathlib import Path

STORE = small_data.store()
EVERY = catalogue.catalogue()
each_query = pytest.mark.parametrize("query", EVERY, ids=lambda query: query.name)


def write(folder: Path, text: str) -> Path:
    (folder / "group").mkdir(exist_ok=True)
    (folder / "group" / "mine.rq").write_text(text, encoding="utf-8")
    return folder


def test_there_are_many() -> None:
    """At least thirty, of names that no two groups share."""
    files = Counter(path.stem for path in shipped("queries").rglob("*.rq") if path.parent.name != "views")
    assert len(EVERY) >= 30
    assert set(files.values()) == {1}
    assert sorted(files) == catalogue.names() == sorted(query.name for query in EVERY)


@each_query
def test_each_asks_a_question(query: CatalogueQuery) -> None:
    """Its summary is a question, and each parameter says what it is."""
    assert query.question.endswith("?")
    assert all(parameter.description for parameter in query.parameters)
    kinds = {"entity", "source", "claim", "integer", "year", "string"}
    assert {parameter.kind for parameter in query.parameters} <= kinds


@each_query
def test_each_stands_alone(query: CatalogueQuery) -> None:
    """It declares its prefixes, so that any SPARQL engine takes it; and its parameters are selected."""
    answer = ox.Store().query(query.text)
    assert isinstance(answer, ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples)
    if isinstance(answer, ox.QuerySolutions):
        selected = {variable.value for variable in answer.variables}
        assert {parameter.name for parameter in query.parameters} <= selected
    bindings = {parameter.name: ox.NamedNode("a:b") for parameter in query.parameters}
    run_query(ox.Store(), query.text, bindings=bindings, prefixes={})


@pytest.mark.parametrize(("name", "near"), [("cover", "covers"), ("time-line", "timeline"), ("disputs", "disputes")])
def test_unknown_question(name: str, near: str) -> None:
    """The nearest names are at hand."""
    with pytest.raises(UnknownNameError) as caught:
        catalogue.get(name)
    assert near in caught.value.suggestions


@pytest.mark.parametrize("name", ["../queries/covers", "researchers/covers", "covers.rq", "", "\0"])
def test_a_name_is_no_path(name: str) -> None:
    """Nothing but the names that are listed leads to a file."""
    with pytest.raises(UnknownNameError):
        catalogue.get(name)


HEADER = """#+ summary: Who?
#+ parameters:
#+   - {name: who, type: entity, description: a person}
#+   - {name: n, type: integer, description: a number, default: 3}
SELECT ?who ?n { ?who ?p ?n }
"""


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"who": "Bert", "whom": "x"}, "whom"),
        ({}, "who"),
        ({"who": "Bert", "n": "many"}, "n"),
        ({"who": "Bert", "n": "1.5"}, "n"),
    ],
)
def test_wrong_parameters(given: dict[str, object], wrong: str, tmp_path: Path) -> None:
    """A parameter that is unknown, missing or of the wrong kind is named."""
    with pytest.raises(ParameterError) as caught:
        catalogue.get("mine", write(tmp_path, HEADER)).bindings(STORE, given)
    assert caught.value.name == wrong


def test_defaults_and_names(tmp_path: Path) -> None:
    """What is not given has its default; names are looked up."""
    bound = catalogue.get("mine", write(tmp_path, HEADER)).bindings(STORE, {"who": "motorhead"})
    assert bound == {"who": ox.NamedNode(vocab.ENTITY + "motorhead"), "n": 3}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {}",
        "#+ summary: [",
        "#+ summary: ",
        "#+ just text",
        "#+ - a list",
        "#+ description: no question\nSELECT * {}",
        "#+ summary: Who?\n#+ parameters: 3",
        "#+ summary: Who?\n#+ parameters: [3]",
        "#+ summary: Who?\n#+ parameters: [{name: x}]",
        "#+ summary: Who?\n#+ parameters: [{name: x, type: nonsense, description: y}]",
    ],
)
def test_malformed_headers(text: str, tmp_path: Path) -> None:
    """The message names the file."""
    question = catalogue.get("mine", write(tmp_path, text))
    with pytest.raises(CatalogueError, match=r"mine\.rq"):
        _ = question.question


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    """Nor is it a traceback when a file is not text."""
    folder = write(tmp_path, HEADER)
    (folder / "group" / "mine.rq").write_bytes(b"#+ summary: \xff?")
    with pytest.raises(CatalogueError, match=r"mine\.rq"):
        catalogue.get("mine", folder)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("entity", "Bert", ox.NamedNode(vocab.ENTITY + "bert")),
        ("entity", ox.NamedNode("a:b"), ox.NamedNode("a:b")),
        ("source", "gazette", ox.NamedNode(vocab.SOURCE + "gazette")),
        ("source", "source:gazette", ox.NamedNode(vocab.SOURCE + "gazette")),
        ("source", vocab.SOURCE + "gazette", ox.NamedNode(vocab.SOURCE + "gazette")),
        ("claim", "gazette/written", ox.NamedNode(vocab.CLAIM + "gazette/written")),
        ("integer", "-7", -7),
        ("integer", 7, 7),
        ("year", "1977", ox.Literal("1977", datatype=ox.NamedNode(vocab.XSD + "gYear"))),
        ("string", '" . }', '" . }'),
    ],
)
def test_kinds(kind: catalogue.Kind, value: object, term: object) -> None:
    """Each kind has its terms."""
    assert Parameter("x", kind, "", None).term(STORE, value) == term


@pytest.mark.parametrize(
    ("kind", "value"),
    [("year", "77"), ("year", "soon"), ("integer", "--3"), ("integer", "²"), ("integer", ""), ("year", "1977-09")],
)
def test_not_of_a_kind(kind: catalogue.Kind, value: str) -> None:
    """What is no number, or no year, is named."""
    with pytest.raises(ParameterError, match="x"):
        Parameter("x", kind, "", None).term(STORE, value)


@pytest.mark.parametrize(
    ("kind", "value", "near"), [("source", "gazete", "gazette"), ("claim", "gazette/writen", "gazette/written")]
)
def test_unknown_sources_and_claims(kind: catalogue.Kind, value: str, near: str) -> None:
    """They come with the nearest."""
    with pytest.raises(UnknownNameError) as caught:
        Parameter("x", kind, "", None).term(STORE, value)
    assert near in caught.value.suggestions
