"""The W3C's SPARQL 1.1 suite, without updates, through this package's own query path: one test for each."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from .compare import (
    Mismatch,
    compare_answers,
    compare_csv,
    compare_graphs,
    order_of,
    read_result_set,
    read_table,
)
from .expected_failures import EXPECTED_FAILURES
from .manifest import EVERYTHING, IN_SCOPE, OUT_OF_SCOPE, W3CTest, find_suite, read_tests
from .path import EVALUATION_ERRORS, REFUSALS, SYNTAX_ERRORS, evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bowiegraph.result import Result

    from .compare import Results

#: how many tests the suite's manifests of queries and results list, and how many it lists in all
IN_SCOPE_COUNT, ALL_COUNT = 338, 625

_FORMATS = {
    ".srx": ("xml", ox.QueryResultsFormat.XML),
    ".srj": ("json", ox.QueryResultsFormat.JSON),
    ".tsv": ("tsv", ox.QueryResultsFormat.TSV),
}


def _in_scope() -> tuple[W3CTest, ...]:
    suite = find_suite()
    return tuple(test for name in IN_SCOPE for test in read_tests(suite / name)) if suite else ()


def _parameters(tests: Iterable[W3CTest]) -> list[object]:
    return [pytest.param(test, id=test.name, marks=_marks(test.name)) for test in tests]


def _marks(name: str) -> list[pytest.MarkDecorator]:
    reason = EXPECTED_FAILURES.get(name)
    return [pytest.mark.xfail(reason=reason, raises=Mismatch, strict=True)] if reason else []


TESTS = _in_scope()


@pytest.fixture(scope="module")
def suite() -> Path:
    found = find_suite()
    if found is None:
        reason = "the W3C suite is not at hand: neither in $BOWIEGRAPH_SHARED nor in ../shared beside the checkout"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


def test_the_whole_suite_is_at_hand(suite: Path) -> None:
    """Nothing of the suite gets lost on the way into this module."""
    assert len(TESTS) == len({test.name for test in TESTS}) == IN_SCOPE_COUNT
    assert len(read_tests(suite / EVERYTHING)) == ALL_COUNT


def test_each_test_is_run_or_out_of_scope_with_a_reason(suite: Path) -> None:
    """Every test of every manifest has its place, and just one."""
    run = {test.name for test in TESTS}
    left_out = {test.name for test in read_tests(suite / EVERYTHING) if test.suite in OUT_OF_SCOPE}
    assert not run & left_out
    assert run | left_out == {test.name for test in read_tests(suite / EVERYTHING)}
    assert {name.partition("/")[0] for name in left_out} == set(OUT_OF_SCOPE)
    assert all(OUT_OF_SCOPE.values())


@pytest.mark.usefixtures("suite")
def test_each_class_of_test_has_its_runner() -> None:
    """A class that this module does not know would be an error, not a silent pass."""
    assert {test.kind for test in TESTS} == set(_RUNNERS)


@pytest.mark.usefixtures("suite")
def test_expected_failures_name_tests_that_exist() -> None:
    """A name that is misspelt would excuse nothing, and stay for ever."""
    assert set(EXPECTED_FAILURES) <= {test.name for test in TESTS}
    assert all(EXPECTED_FAILURES.values())


@pytest.mark.parametrize("test", _parameters(TESTS))
def test_w3c(test: W3CTest) -> None:
    _RUNNERS[test.kind](test)


def _accepts(test: W3CTest) -> None:
    """Only the syntax is tested: that a function is not known to the engine comes after it."""
    with suppress(*EVALUATION_ERRORS):
        _answer(test, ox.Store())


def _refuses(test: W3CTest) -> None:
    try:
        evaluate(ox.Store(), *_query(test))
    except SYNTAX_ERRORS:
        return
    raise Mismatch(f"taken for SPARQL 1.1, which it is not:\n{_query(test)[0]}")


def _evaluates(test: W3CTest) -> None:
    assert test.result
    answer = _answer(test, _store(test))
    expected = _expected(test.result)
    if isinstance(expected, list):
        compare_graphs(expected, answer.triples)
    else:
        compare_answers(expected, _read(answer, test.result), ordered_by=order_of(_query(test)[0]))


def _writes_csv(test: W3CTest) -> None:
    assert test.result
    written = _answer(test, _store(test)).serialize("csv")
    compare_csv(test.result.read_bytes(), written, ordered_by=order_of(_query(test)[0]))


_RUNNERS: dict[str, Callable[[W3CTest], None]] = {
    "PositiveSyntaxTest11": _accepts,
    "NegativeSyntaxTest11": _refuses,
    "QueryEvaluationTest": _evaluates,
    "CSVResultFormatTest": _writes_csv,
}


def _query(test: W3CTest) -> tuple[str, str]:
    """Give the text of the query and its base."""
    assert test.query
    return test.query.read_text(encoding="utf-8"), test.query.as_uri()


def _answer(test: W3CTest, store: ox.Store) -> Result:
    try:
        return evaluate(store, *_query(test))
    except REFUSALS as error:
        raise Mismatch(f"refused, though it is SPARQL 1.1: {error}") from error


def _store(test: W3CTest) -> ox.Store:
    store = ox.Store()
    for path in test.data:
        store.load(path=path, base_iri=path.as_uri(), to_graph=ox.DefaultGraph())
    for path in test.graph_data:
        store.load(path=path, base_iri=path.as_uri(), to_graph=ox.NamedNode(path.as_uri()))
    return store


def _expected(path: Path) -> Results | list[ox.Triple]:
    if path.suffix in _FORMATS:
        return read_table(path.read_bytes(), _FORMATS[path.suffix][1])
    table = read_result_set(path)
    quads = ox.parse(path=path, base_iri=path.as_uri())
    return table or [quad.triple for quad in quads]


def _read(answer: Result, result: Path) -> Results:
    """Read back what the query path writes in the format of the expected result; XML where that is in RDF."""
    name, form = _FORMATS.get(result.suffix, _FORMATS[".srx"])
    return read_table(answer.serialize(name), form)
