"""What may come next in a line of ``%sparql`` or a cell of ``%%sparql``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult, context_matcher

from bowiegraph import catalogue, vocab
from bowiegraph.errors import BowiegraphError
from bowiegraph.notebook.magic import FORMS
from bowiegraph.query import run_query
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAGIC: Final = re.compile(r"^(?:.*=)?\s*%{1,2}sparql\s")
_OPTIONS: Final = ("--param", "--as", "--into", "--graph")
#: a word of SPARQL before the cursor: a variable, a prefixed name, a keyword
_WORD: Final = re.compile(r"[?$\w:][\w:.\\/-]*$|:$")
_VARIABLE: Final = re.compile(r"[?$][A-Za-z_]\w*")
_KEYWORDS: Final = (
    *("SELECT", "DISTINCT", "WHERE", "CONSTRUCT", "DESCRIBE", "ASK", "GRAPH", "OPTIONAL", "FILTER", "UNION", "MINUS"),
    *("BIND", "VALUES", "NOT EXISTS", "EXISTS", "GROUP BY", "HAVING", "ORDER BY", "DESC", "LIMIT", "OFFSET", "COUNT"),
)


@context_matcher(identifier="bowiegraph.sparql")  # type: ignore[untyped-decorator]  # IPython types it so
def matcher(context: CompletionContext) -> SimpleMatcherResult:
    """Complete questions, parameters and options in the magic's line, and terms in the cell below it."""
    lines = context.full_text.split("\n")
    before = lines[context.cursor_line][: context.cursor_position]
    if _MAGIC.match(before):
        fragment = re.split(r"\s", before)[-1]
        return _result(fragment, _in_line(before, fragment))
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("%%sparql"):
        found = _WORD.search(before)
        fragment = found[0] if found else ""
        return _result(fragment, _in_cell(context.full_text, fragment) if fragment else ())
    return SimpleMatcherResult(completions=[])


def _result(fragment: str, words: Iterable[str]) -> SimpleMatcherResult:
    fitting = [SimpleCompletion(word, type="sparql") for word in words if word != fragment]
    return SimpleMatcherResult(completions=fitting, matched_fragment=fragment, suppress=True)


def _in_line(before: str, fragment: str) -> list[str]:
    words = before.split("sparql", 1)[1].split()
    done = words if not fragment else words[:-1]
    if done and done[-1] == "--as":
        return _starting(FORMS, fragment)
    if done and done[-1] in {"-p", "--param"}:
        return _starting(_parameters(done), fragment)
    named = [word for word in done if word in _questions()]
    return _starting(_OPTIONS if named or fragment.startswith("-") else (*_questions(), *_OPTIONS), fragment)


def _questions() -> list[str]:
    return [query.name for query in catalogue.catalogue()]


def _parameters(words: list[str]) -> list[str]:
    """List the parameters of the question that is named."""
    for word in words:
        try:
            return [f"{parameter.name}=" for parameter in catalogue.get(word).parameters]
        except BowiegraphError:
            continue
    return []


def _in_cell(text: str, fragment: str) -> list[str]:
    if fragment[0] in "?$":
        return _starting(sorted(set(_VARIABLE.findall(text)) - {fragment}), fragment)
    if ":" in fragment:
        return _starting(_terms(), fragment)
    prefixes = [f"{prefix}:" for prefix in vocab.PREFIXES if prefix]
    keywords = [word for word in _KEYWORDS if word.lower().startswith(fragment.lower())]
    return [*keywords, *_starting(prefixes, fragment)]


def _starting(words: Iterable[str], fragment: str) -> list[str]:
    return [word for word in words if word.startswith(fragment)]


@cache
def _terms() -> list[str]:
    """List classes, properties and entities by their prefixed names."""
    rows = run_query(open_store(), "SELECT DISTINCT ?term { ?term rdfs:label ?label FILTER(isIRI(?term)) }").rows
    names = {vocab.prefixed(row.term) for row in rows}
    return sorted(name for name in names if "://" not in name)
