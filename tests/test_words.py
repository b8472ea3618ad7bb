"""Mistyped commands and values are answered with what was meant."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from tests import small_data

from bowiegraph.cli import main

STORE = ("--store", str(small_data.FILE))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("chek",), "did you mean check?"),
        (("querys",), "did you mean query or queries?"),
        (("source", "ad"), "did you mean add?"),
        (("claims", "--verdict", "disputd"), "did you mean disputed?"),
        (("claims", "--format", "jsn"), "did you mean json?"),
        (("export", "--format", "tirg"), "did you mean trig?"),
    ],
)
def test_the_nearest_is_offered(words: tuple[str, ...], meant: str) -> None:
    answer = CliRunner().invoke(main, [*words])
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.strip().lower().endswith(meant)


@pytest.mark.parametrize("words", [("xyzzy",), ("claims", "-f", "xyzzy")])
def test_what_is_like_nothing_gets_no_offer(words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(main, [*words])
    assert answer.exit_code == 2
    assert "mean" not in answer.stderr


def test_capitals_do_not_matter() -> None:
    small = CliRunner().invoke(main, ["claims", "--verdict", "supported", "-f", "csv", *STORE])
    large = CliRunner().invoke(main, ["claims", "--verdict", "Supported", "-f", "CSV", *STORE])
    assert small.stdout == large.stdout != ""
