"""Names that people type, and what is known of what they name."""

from __future__ import annotations

import pytest
from tests import small_data

from bowiegraph import vocab
from bowiegraph.entities import entities, entity, fold, resolve
from bowiegraph.errors import AmbiguousNameError, UnknownNameError

STORE = small_data.store()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Motörhead", "motorhead"),
        ("Motorhead", "motorhead"),
        ("MOTÖRHEAD", "motorhead"),
        ("Moto\u0308rhead", "motorhead"),
        ("“Heroes”", "heroes"),
        ('"Heroes"', "heroes"),
        ("Heroes", "heroes"),
        ('"heroes"', "heroes"),
        ("‘heroes’", "heroes"),
        ("heroes", "heroes"),
        (":heroes", "heroes"),
        (vocab.ENTITY + "heroes", "heroes"),
        (f"<{vocab.ENTITY}heroes>", "heroes"),
        ("song of  the wall", "heroes"),
        ("  Bert ", "bert"),
        ("Berta", "berta"),
        ("B.", "berta"),
        ("the voice", "berta"),
        ("anna weiss", "anna"),
        ("ANNA WEISS", "anna"),
        ("evening hymn", "heroes-hymn"),
        ("john-one", "john-one"),
    ],
)
def test_names_resolve(name: str, found: str) -> None:
    """Labels, other names, ends of IRIs and IRIs count, whatever their case, accents and quotation marks."""
    assert resolve(STORE, name) == vocab.ENTITY + found


@pytest.mark.parametrize("name", ["John Smith", "john smith"])
def test_two_of_a_name(name: str) -> None:
    """Both are listed, each by a name that leads to it alone."""
    with pytest.raises(AmbiguousNameError) as caught:
        resolve(STORE, name)
    slugs = [line.partition(":")[0] for line in caught.value.candidates]
    assert [resolve(STORE, slug) for slug in slugs] == [vocab.ENTITY + slug for slug in ("john-one", "john-two")]


@pytest.mark.parametrize(
    ("name", "suggestion"), [("Motohead", "Motörhead"), ("Bertha", "Berta"), ("the voise", "The Voice")]
)
def test_what_comes_near_is_suggested(name: str, suggestion: str) -> None:
    """A misspelt name comes with the nearest ones."""
    with pytest.raises(UnknownNameError) as caught:
        resolve(STORE, name)
    assert suggestion in caught.value.suggestions


@pytest.mark.parametrize(
    "name", ["", " ", "“”", "xyzzyqwv", ":", "http://example.org/x", "bg:Song", "<", "a b>", "%", ":x y", "\ud800"]
)
def test_what_is_nothing(name: str) -> None:
    """Empty text, and what is no entity, are unknown."""
    with pytest.raises(UnknownNameError):
        resolve(STORE, name)


@pytest.mark.parametrize(
    ("name", "folded"), [("Motörhead", "motorhead"), ("“Heroes”", "heroes"), ("A  B", "a b"), ("!!", "!!"), ("", "")]
)
def test_folding(name: str, folded: str) -> None:
    """What is left is what people may be trusted to type."""
    assert fold(name) == folded


def test_what_is_known() -> None:
    """Types, other names, records elsewhere and what holds, in words."""
    berta, heroes, anna = entity(STORE, "Berta"), entity(STORE, "heroes"), entity(STORE, "anna")
    assert (berta.label, berta.types, berta.also) == ("Berta", ("person",), ("B.", "The Voice"))
    assert anna.same_as == ("https://example.org/anna",)
    assert ("“Heroes”", "author", "Anna Weiß") in anna.statements
    assert set(heroes.statements) == {("“Heroes”", "author", "Anna Weiß"), ("“Heroes”", "date created", "1977-09-23")}
    assert entity(STORE, "Bert").comment == "who sings"


def test_listing() -> None:
    """All entities, by name, with the number of claims that they stand in."""
    found = {e.label: e.claims for e in entities(STORE)}
    assert len(entities(STORE)) == 8
    assert (found["“Heroes”"], found["Bert"], found["Berta"]) == (4, 1, 0)


@pytest.mark.parametrize(
    ("kind", "count"), [("person", 5), ("Person", 5), ("song", 2), ("hymn", 1), ("music group", 1)]
)
def test_listing_a_class(kind: str, count: int) -> None:
    """A class holds what the classes below it hold."""
    assert len(entities(STORE, type=kind)) == count


def test_unknown_class() -> None:
    """A class that is not there comes with the nearest one."""
    with pytest.raises(UnknownNameError, match="person"):
        entities(STORE, type="persn")


@pytest.mark.parametrize(
    "name",
    ["person", "Person", "schema:Person", vocab.SCHEMA + "Person", f"<{vocab.SCHEMA}Person>", "PERSON"],
)
def test_a_type_by_name_and_iri(name: str) -> None:
    """A class is called by its label, the end of its IRI, or its IRI, with or without a prefix."""
    found = entities(STORE, type=name)
    assert found == entities(STORE, type="person")
    assert {"Anna Weiß", "Bert"} <= {summary.label for summary in found}


def test_a_mistyped_class_gets_its_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        entities(STORE, type="schema:Persn")
    assert caught.value.suggestions[0] == "schema:Person"


def test_types_that_only_a_claim_gives() -> None:
    """What nobody may rely on is shown all the same: the thing would be of no type at all."""
    data = small_data.of("""
        schema:Person a owl:Class ; rdfs:label "person"@en .
        :carl rdfs:label "Carl"@en .
        claim:opinion { :carl a schema:Person . }
    """)
    assert [(e.label, e.types) for e in entities(data)] == [("Carl", ("person",))]
    assert [e.label for e in entities(data, type="person")] == ["Carl"]
    assert entity(data, "Carl").types == ("person",)
