"""Literals are what their datatype says, and hold nothing that no reader would see.

The parser takes any text for any datatype, and NUL as well, so both are looked at here, each term once.
Lexical forms are those of XML Schema 1.1 (https://www.w3.org/TR/xmlschema11-2/).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.checks.lines import Finding, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from bowiegraph.facts.parsing import Term
    from bowiegraph.facts.reading import Facts

# C0 but tab and line feed, DEL, C1; noncharacters, which XML 1.1 has not; marks that turn the reading
# direction of what follows around, so that people see another text than programs (CVE-2021-42574).
_CONTROLS: Final = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_NONCHARACTERS: Final = "\ufdd0-\ufdef\ufffe\uffff"
_TURNING: Final = "\u202a-\u202e\u2066-\u2069"
_UNSEEN: Final = re.compile(f"[{_CONTROLS}{_NONCHARACTERS}{_TURNING}]")
#: tried in this order for what a text would be instead
_LIKELY: Final = (
    "gYear",
    "gYearMonth",
    "date",
    "dateTime",
    "integer",
    "decimal",
    "double",
    "boolean",
    "duration",
)
#: types of text, in which white space is part of the value
_TEXTS: Final = frozenset({"string", "normalizedString", "token", "anyURI"})
_XSD: Final = f"{{{vocab.XSD.removesuffix('#')}}}"


def wrong_literals(facts: Facts) -> Iterator[Finding]:
    """Find terms that are not what they say, or hold what cannot be seen."""
    triples = chain.from_iterable(chain(claim.triples, claim.description) for claim in facts.claims.values())
    others = chain.from_iterable(found.triples for found in facts.descriptions())
    terms: set[Term] = {term for triple in chain(triples, others) for term in triple}
    wrong = {term: reasons for term in terms if (reasons := _reasons(term))}
    if wrong:
        yield from _report(facts, wrong)


def _report(facts: Facts, wrong: Mapping[Term, tuple[str, str]]) -> Iterator[Finding]:
    for claim in facts.claims.values():
        found = {term for triple in chain(claim.triples, claim.description) for term in triple}
        for term in sorted(found & wrong.keys(), key=str):
            yield Finding(claim.file, *wrong[term], term, claim.iri)
    for described in facts.descriptions():
        for _, _, term in described.triples:
            if term in wrong:
                file = facts.file_of(described.iri, term, described.files)
                yield Finding(file, *wrong[term], term, described.iri)


def _reasons(term: Term) -> tuple[str, str] | None:
    """Say what is wrong with a term and how to mend it, if anything is."""
    unseen = _UNSEEN.search(term.value)
    if unseen:
        name = unicodedata.name(unseen[0], "a control character, or none")
        return f"{show(term)} holds U+{ord(unseen[0]):04X} ({name.lower()})", "take the character out"
    if not isinstance(term, ox.Literal):
        return None
    if term.direction is not None:
        return f"{show(term)} has a base direction", "leave it out: the data set's canonical form has none"
    datatype = term.datatype.value
    return _wrong_form(term, datatype.removeprefix(vocab.XSD)) if datatype.startswith(vocab.XSD) else None


def _wrong_form(term: ox.Literal, datatype: str) -> tuple[str, str] | None:
    if datatype == "string" or _is_a(term.value, datatype):
        return None
    if _datatype(datatype) is None:
        return f"unknown datatype xsd:{datatype}", _nearest_datatype(datatype)
    fitting = next((name for name in _LIKELY if _is_a(term.value, name)), None)
    mend = f'write "{term.value}"^^xsd:{fitting}, or mend the value' if fitting else "mend the value"
    return f"{show(term)} is not a xsd:{datatype}", mend


def _is_a(text: str, datatype: str) -> bool:
    """Tell whether a text is a lexical form of a datatype, and one that has a value: 30 February has none."""
    kind = _datatype(datatype)
    if kind is None or (datatype not in _TEXTS and text != text.strip()):
        return False
    try:
        kind.validate(text)
        kind.make(text)
    except (ValueError, ArithmeticError, TypeError):
        return False
    return True


def _datatype(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 — a class of a package loaded late
    return _datatypes().builtin_atomic_types.get(_XSD + name)


def _datatypes() -> ModuleType:
    from elementpath import datatypes  # noqa: PLC0415 — lazy: costs 280 ms

    return datatypes


def _nearest_datatype(name: str) -> str:
    from rapidfuzz import process  # noqa: PLC0415 — lazy: only needed when a name is wrong

    known = [key.removeprefix(_XSD) for key in _datatypes().builtin_atomic_types if key.startswith(_XSD)]
    found = process.extractOne(name, known, score_cutoff=60)
    return f"the nearest is xsd:{found[0]}" if found else "see https://www.w3.org/TR/xmlschema11-2/"
