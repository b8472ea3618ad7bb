"""How claims stand against each other: a table for each rule, and properties over all small worlds."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowiegraph import vocab
from bowiegraph.verdicts.cases import Case
from bowiegraph.verdicts.judging import judge
from bowiegraph.verdicts.values import coarser, compatible, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bowiegraph.facts.parsing import Triple

SONG, ANNA, BERT, CARL = (ox.NamedNode(vocab.ENTITY + name) for name in ("song", "anna", "bert", "carl"))
DATE, AUTHOR = (ox.NamedNode(vocab.SCHEMA + name) for name in ("dateCreated", "author"))
KIND = ox.NamedNode(vocab.BG + "Song")
READS_BACK, ONE_WAY = (ox.NamedNode(vocab.BG + name) for name in ("arithmetic", "partOfWhole"))
SINGLE = frozenset({DATE})


def literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(vocab.XSD + datatype))


def year(text: str) -> Triple:
    """The song's date, as exact as the text."""
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    return SONG, DATE, literal(text, kinds.get(len(text), "dateTime"))


def by(person: ox.NamedNode) -> Triple:
    return SONG, AUTHOR, person


def denial(triple: Triple, node: str = "denial") -> tuple[Triple, ...]:
    """An OWL negative property assertion of a triple."""
    name = ox.NamedNode(vocab.ENTITY + node)
    target = vocab.TARGET_VALUE if isinstance(triple[2], ox.Literal) else vocab.TARGET_INDIVIDUAL
    return (
        (name, vocab.TYPE, vocab.NEGATIVE_ASSERTION),
        (name, vocab.SOURCE_INDIVIDUAL, triple[0]),
        (name, vocab.ASSERTION_PROPERTY, triple[1]),
        (name, target, triple[2]),
    )


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(vocab.CLAIM + name)


def case(
    name: str,
    *triples: Triple,
    stance: str = "asserted",
    voice: str | None = None,
    premises: Iterable[str] = (),
    rule: ox.NamedNode | None = None,
) -> Case:
    """A claim; the voice is the source, which the name begins with, if no person is quoted."""
    return Case(
        iri(name),
        ox.NamedNode(vocab.ENTITY + voice if voice else vocab.SOURCE + name.partition("/")[0]),
        ox.NamedNode(vocab.BG + stance),
        triples,
        rule,
        tuple(map(iri, premises)),
        voice is not None,
        ox.NamedNode(vocab.SOURCE + name.partition("/")[0]),
    )


def link(name: str, subject: str, predicate: ox.NamedNode, target: str, *, stance: str = "asserted") -> Case:
    return case(f"editors/{name}", (iri(subject), predicate, iri(target)), stance=stance)


def verdicts(*cases: Case) -> dict[str, str]:
    """Judge, with short names."""
    found = judge(cases, single_valued=SINGLE, invertible={READS_BACK}).verdicts
    return {key.value.removeprefix(vocab.CLAIM): value.value.removeprefix(vocab.BG) for key, value in found.items()}


def evidence(*cases: Case) -> dict[str, set[tuple[str, str]]]:
    """Judge, and give pairs of evidence and claim."""
    found = judge(cases, single_valued=SINGLE, invertible={READS_BACK})
    sides = {"supports": found.supports, "contradicts": found.contradicts, "qualifies": found.qualifies}
    return {
        side: {
            (one.value.removeprefix(vocab.CLAIM), target.value.removeprefix(vocab.CLAIM))
            for target, ones in pairs.items()
            for one in ones
        }
        for side, pairs in sides.items()
    }


class World(NamedTuple):
    """Claims, and the verdict on the one called a/1."""

    verdict: str
    cases: tuple[Case, ...]


A77 = case("a/1", year("1977"))
WORLDS = {
    # nobody else speaks of it
    "alone": World("unchecked", (A77,)),
    "about something else": World("unchecked", (A77, case("b/1", by(ANNA)))),
    "no triples": World("unchecked", (case("a/1"),)),
    # dates of several precisions
    "same year": World("supported", (A77, case("b/1", year("1977")))),
    "a month of it": World("supported", (A77, case("b/1", year("1977-09")))),
    "a day of it": World("supported", (A77, case("b/1", year("1977-09-23")))),
    "a time of it": World("supported", (A77, case("b/1", year("1977-09-23T10:00:00")))),
    "coarser is no support": World("unchecked", (case("a/1", year("1977-09-23")), case("b/1", year("1977")))),
    "agreeing on one point while contradicting another is no support": World(
        "disputed", (case("a/1", by(ANNA), year("1977")), case("b/1", by(ANNA), year("1978")))
    ),
    "another year": World("disputed", (A77, case("b/1", year("1978")))),
    "a day of another year": World("disputed", (A77, case("b/1", year("1978-09-23")))),
    "another day of the month": World("disputed", (case("a/1", year("1977-09-22")), case("b/1", year("1977-09-23")))),
    # not single-valued: several may be true
    "another author": World("unchecked", (case("a/1", by(ANNA)), case("b/1", by(BERT)))),
    # voices
    "own source": World("unchecked", (A77, case("a/2", year("1977")), case("a/3", year("1978")))),
    "a person in the same source": World("disputed", (A77, case("a/2", year("1978"), voice="anna"))),
    "a source does not confirm itself by whom it quotes": World(
        "unchecked", (A77, case("a/2", year("1977"), voice="anna"))
    ),
    "nor does it refute another so": World(
        "disputed", (A77, case("b/1", year("1978")), case("b/2", year("1978"), voice="anna"))
    ),
    "two people whom one source quotes": World(
        "supported", (case("a/1", year("1977"), voice="anna"), case("a/2", year("1977"), voice="bert"))
    ),
    "one person in two sources": World(
        "unchecked", (case("a/1", year("1977"), voice="anna"), case("b/1", year("1978"), voice="anna"))
    ),
    "two claims of one document are one voice": World(
        "disputed", (A77, case("b/1", year("1978")), case("b/2", year("1978-01")))
    ),
    "two persons of one document are two": World(
        "refuted", (A77, case("b/1", year("1978"), voice="anna"), case("b/2", year("1978"), voice="bert"))
    ),
    # stances
    "hedged is no evidence": World("unchecked", (A77, case("b/1", year("1978"), stance="hedged"))),
    "opinion is no evidence": World("unchecked", (A77, case("b/1", year("1977"), stance="opinion"))),
    "implied is evidence": World("disputed", (A77, case("b/1", year("1978"), stance="implied"))),
    "hedged is judged": World("supported", (case("a/1", year("1977"), stance="hedged"), case("b/1", year("1977")))),
    "hedged can be refuted": World(
        "refuted",
        (case("a/1", year("1977"), stance="hedged"), case("b/1", year("1978")), case("c/1", year("1978"))),
    ),
    "figurative is not judged": World(
        "unchecked", (case("a/1", year("1977"), stance="figurative"), case("b/1", year("1978")))
    ),
    # support is of the whole claim
    "half of it": World("unchecked", (case("a/1", year("1977"), by(ANNA)), case("b/1", by(ANNA)))),
    "two halves from two sources": World(
        "supported", (case("a/1", year("1977"), by(ANNA)), case("b/1", by(ANNA)), case("c/1", year("1977")))
    ),
    "all but the type": World("unchecked", (case("a/1", (SONG, vocab.TYPE, KIND), by(ANNA)), case("b/1", by(ANNA)))),
    # denials
    "denied": World("disputed", (case("a/1", by(ANNA)), case("b/1", *denial(by(ANNA))))),
    "the denial itself": World("disputed", (case("a/1", *denial(by(ANNA))), case("b/1", by(ANNA)))),
    "another one denied": World("unchecked", (case("a/1", by(ANNA)), case("b/1", *denial(by(BERT))))),
    "year denied, day said": World("disputed", (case("a/1", year("1977-09-23")), case("b/1", *denial(year("1977"))))),
    "day denied, year said": World("unchecked", (A77, case("b/1", *denial(year("1977-09-23"))))),
    "two denials refute": World(
        "refuted",
        (case("a/1", by(ANNA)), case("b/1", *denial(by(ANNA), "d1")), case("c/1", *denial(by(ANNA), "d2"))),
    ),
    # refuted needs two that agree, and nobody who supports
    "two against one": World("refuted", (A77, case("b/1", year("1978")), case("c/1", year("1978")))),
    "two who agree as to the year": World("refuted", (A77, case("b/1", year("1978")), case("c/1", year("1978-05")))),
    "two who disagree": World("disputed", (A77, case("b/1", year("1978")), case("c/1", year("1979")))),
    "three of whom two agree": World(
        "refuted", (A77, case("b/1", year("1978")), case("c/1", year("1979")), case("d/1", year("1979")))
    ),
    "two against two": World(
        "disputed", (A77, case("b/1", year("1978")), case("c/1", year("1978")), case("d/1", year("1977")))
    ),
    "testimony is not refuted": World(
        "disputed",
        (case("a/1", year("1977"), voice="anna"), case("b/1", year("1978")), case("c/1", year("1978"))),
    ),
    # what a refuted claim says does not count
    "against it is only what is refuted": World(
        "supported", (A77, case("b/1", year("1978")), case("c/1", year("1977")))
    ),
    "for it is only what is refuted": World(
        "unchecked",
        (
            case("a/1", by(ANNA)),
            case("b/1", by(ANNA), year("1978")),
            case("c/1", year("1977")),
            case("d/1", year("1977")),
        ),
    ),
    "a half from what is refuted": World(
        "unchecked",
        (
            case("a/1", by(ANNA), (SONG, vocab.TYPE, KIND)),
            case("b/1", by(ANNA), year("1978")),
            case("c/1", year("1977")),
            case("d/1", year("1977"), (SONG, vocab.TYPE, KIND)),
        ),
    ),
    # the editors' links
    "editors support": World("supported", (A77, case("b/1", by(ANNA)), link("x", "b/1", vocab.SUPPORTS, "a/1"))),
    "editors qualify": World("qualified", (A77, case("b/1", by(ANNA)), link("x", "b/1", vocab.QUALIFIES, "a/1"))),
    "editors contradict": World("disputed", (A77, case("b/1", by(ANNA)), link("x", "b/1", vocab.CONTRADICTS, "a/1"))),
    "editors contradict in one direction": World(
        "unchecked", (A77, case("b/1", by(ANNA)), link("x", "a/1", vocab.CONTRADICTS, "b/1"))
    ),
    "editors cannot refute": World(
        "disputed",
        (
            A77,
            case("b/1", by(ANNA)),
            case("c/1", by(BERT)),
            link("x", "b/1", vocab.CONTRADICTS, "a/1"),
            link("y", "c/1", vocab.CONTRADICTS, "a/1"),
        ),
    ),
    "editors keep from being refuted": World(
        "disputed",
        (
            A77,
            case("b/1", year("1978")),
            case("c/1", year("1978")),
            case("d/1", by(ANNA)),
            link("x", "d/1", vocab.SUPPORTS, "a/1"),
        ),
    ),
    "editors judge an opinion": World(
        "supported",
        (
            case("a/1", by(ANNA), stance="opinion"),
            case("b/1", by(BERT)),
            link("x", "b/1", vocab.SUPPORTS, "a/1"),
        ),
    ),
    "hedged links do not count": World(
        "unchecked", (A77, case("b/1", by(ANNA)), link("x", "b/1", vocab.SUPPORTS, "a/1", stance="hedged"))
    ),
    "links from opinions do not count": World(
        "unchecked",
        (A77, case("b/1", by(ANNA), stance="opinion"), link("x", "b/1", vocab.SUPPORTS, "a/1")),
    ),
    "links from the same voice do not count": World(
        "unchecked", (A77, case("a/2", by(ANNA)), link("x", "a/2", vocab.QUALIFIES, "a/1"))
    ),
    "sought and not found": World("unchecked", (A77, link("x", "a/1", vocab.SOUGHT_IN, "b/1"))),
    "disputed before qualified": World(
        "disputed",
        (A77, case("b/1", year("1978")), case("c/1", by(ANNA)), link("x", "c/1", vocab.QUALIFIES, "a/1")),
    ),
    "qualified before supported": World(
        "qualified",
        (A77, case("b/1", year("1977")), case("c/1", by(ANNA)), link("x", "c/1", vocab.QUALIFIES, "a/1")),
    ),
    # premises
    "against what it implies": World(
        "disputed",
        (
            case("a/1", by(ANNA)),
            case("a/2", year("1977"), stance="implied", rule=ONE_WAY, premises=["a/1"]),
            case("b/1", year("1978")),
        ),
    ),
    "two against what it implies": World(
        "refuted",
        (
            case("a/1", by(ANNA)),
            case("a/2", year("1977"), stance="implied", rule=ONE_WAY, premises=["a/1"]),
            case("b/1", year("1978")),
            case("c/1", year("1978")),
        ),
    ),
    "one of two premises may be right": World(
        "unchecked",
        (
            case("a/1", by(ANNA)),
            case("a/3", by(BERT)),
            case("a/2", year("1977"), stance="implied", rule=ONE_WAY, premises=["a/1", "a/3"]),
            case("b/1", year("1978")),
        ),
    ),
    "over two steps": World(
        "disputed",
        (
            case("a/1", by(ANNA)),
            case("a/2", by(BERT), stance="implied", rule=ONE_WAY, premises=["a/1"]),
            case("a/3", year("1977"), stance="implied", rule=ONE_WAY, premises=["a/2"]),
            case("b/1", year("1978")),
        ),
    ),
    "for what it implies": World(
        "supported",
        (
            case("a/1", by(ANNA)),
            case("a/2", year("1977"), stance="implied", rule=READS_BACK, premises=["a/1"]),
            case("b/1", year("1977")),
        ),
    ),
    "for what it implies, one way only": World(
        "unchecked",
        (
            case("a/1", by(ANNA)),
            case("a/2", year("1977"), stance="implied", rule=ONE_WAY, premises=["a/1"]),
            case("b/1", year("1977")),
        ),
    ),
    "unknown premise": World(
        "unchecked",
        (A77, case("a/2", by(ANNA), stance="implied", premises=["nobody/1"]), case("b/1", by(ANNA))),
    ),
}


@pytest.mark.parametrize("world", WORLDS.values(), ids=list(WORLDS))
def test_verdict(world: World) -> None:
    """Each rule, by hand."""
    assert verdicts(*world.cases)["a/1"] == world.verdict


def test_contradiction_goes_both_ways() -> None:
    """Two values that cannot both be true stand against each other, and what is refuted stays listed."""
    cases = (A77, case("b/1", year("1978")), case("c/1", year("1978")))
    assert evidence(*cases)["contradicts"] == {("b/1", "a/1"), ("c/1", "a/1"), ("a/1", "b/1"), ("a/1", "c/1")}
    assert verdicts(*cases) == {"a/1": "refuted", "b/1": "supported", "c/1": "supported"}


def test_all_who_say_a_part_are_listed() -> None:
    """Support lists everyone who says a part of a claim, if together they say it all."""
    cases = (case("a/1", year("1977"), by(ANNA)), case("b/1", by(ANNA)), case("c/1", year("1977-01")))
    assert evidence(*cases)["supports"] == {("b/1", "a/1"), ("c/1", "a/1"), ("a/1", "b/1")}


def test_circular_premises_end() -> None:
    """Checks refuse them; judging must not hang all the same."""
    one = case("a/1", year("1977"), stance="implied", rule=READS_BACK, premises=["a/2"])
    other = case("a/2", by(ANNA), stance="implied", rule=READS_BACK, premises=["a/1"])
    assert verdicts(one, other, case("b/1", year("1978"))) == {
        "a/1": "disputed",
        "a/2": "disputed",
        "b/1": "disputed",
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (literal("24", "integer"), literal("24.0", "decimal"), True),
        (literal("24", "integer"), literal("+024", "integer"), True),
        (literal("1e2", "double"), literal("100", "int"), True),
        (literal("24", "integer"), literal("25", "integer"), False),
        (literal("NaN", "double"), literal("NaN", "double"), True),
        (literal("1977", "gYear"), literal("1977", "integer"), False),
        (literal("1977Z", "gYear"), literal("1977-09", "gYearMonth"), True),
        (literal("-0044", "gYear"), literal("-0044-03-15", "date"), True),
        (literal("1977-09-23", "date"), literal("1977-09-23T10:00:00Z", "dateTime"), True),
        (literal("1977-09-23T10:00:00.50", "dateTime"), literal("1977-09-23T10:00:00.5Z", "dateTime"), True),
        (literal("1977-09-23T10:00:00", "dateTime"), literal("1977-09-23T11:00:00", "dateTime"), False),
        (literal("not a date", "date"), literal("1977", "gYear"), False),
        (ox.Literal("a"), ox.Literal("a", language="en"), False),
        (ANNA, ANNA, True),
        (ANNA, ox.Literal(ANNA.value), False),
    ],
)
def test_compatible(one: ox.NamedNode | ox.Literal, other: ox.NamedNode | ox.Literal, *, same: bool) -> None:
    """Numbers compare by value, dates by the precision that both have, all else as it stands."""
    assert compatible(value_of(one), value_of(other)) is same
    assert compatible(value_of(other), value_of(one)) is same


TRIPLES = [year("1977"), year("1977-09"), year("1978"), year("1979-01-01"), by(ANNA), by(BERT)]


@st.composite
def worlds(draw: st.DrawFn) -> list[Case]:
    """Up to seven claims of four voices, with denials, premises and links."""
    names = [f"{source}/{number}" for source in "abc" for number in range(2)]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
    cases = [draw(one_case(name, chosen)) for name in chosen]
    for number in range(draw(st.integers(0, 2))):
        predicate = draw(st.sampled_from([vocab.SUPPORTS, vocab.CONTRADICTS, vocab.QUALIFIES]))
        ends = draw(st.sampled_from(chosen)), draw(st.sampled_from(chosen))
        cases.append(link(f"l{number}", ends[0], predicate, ends[1]))
    return cases


@st.composite
def one_case(draw: st.DrawFn, name: str, others: list[str]) -> Case:
    said = draw(st.lists(st.sampled_from(TRIPLES), min_size=1, max_size=2, unique=True))
    triples = denial(said[0], f"denial-{name[0]}") if draw(st.integers(0, 4)) == 0 else tuple(said)
    stance = draw(st.sampled_from(["asserted", "asserted", "hedged", "opinion", "implied"]))
    premises = draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if stance == "implied" else []
    rule = draw(st.sampled_from([READS_BACK, ONE_WAY])) if stance == "implied" else None
    voice = draw(st.sampled_from([None, None, None, "anna"]))
    return case(name, *triples, stance=stance, voice=voice, premises=premises, rule=rule)


@given(worlds(), st.randoms())
@settings(max_examples=150, deadline=None)
def test_order_is_no_matter(cases: list[Case], random: object) -> None:
    """The same claims in another order have the same verdicts and the same evidence."""
    shuffled = list(cases)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert verdicts(*cases) == verdicts(*shuffled)
    assert evidence(*cases) == evidence(*shuffled)


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_another_world_changes_nothing(cases: list[Case]) -> None:
    """Claims about other things, by the same sources, can come and go."""
    moved = ox.NamedNode(vocab.ENTITY + "another-song")
    others = [
        case(f"a/x{number}", (moved, DATE, literal("1977", "gYear")), (moved, AUTHOR, CARL)) for number in range(2)
    ]
    before, after = verdicts(*cases), verdicts(*cases, *others)
    assert before == {name: verdict for name, verdict in after.items() if name in before}


# --- An oracle: the rules written down once more, pair by pair, without an index


def oracle(cases: list[Case]) -> dict[str, str]:
    """Judge by looking at all pairs of claims."""
    by_name = {one.iri: one for one in cases}
    said_against = {(d.iri, c.iri) for d in cases for c in cases if counts(d, c) and c.can_be_judged and clash(d, c)}
    said_against = handed_down(said_against, by_name, back=False)
    against = said_against | handed_down(drawn(cases, by_name, vocab.CONTRADICTS), by_name, back=False)
    supporting = support(cases, by_name, set(), against)
    refuted = {
        c.iri
        for c in cases
        if not c.is_testimony
        and not any(target == c.iri for _, target in supporting)
        and any(
            apart(by_name[one], by_name[other]) and not {(one, other), (other, one)} & against
            for one, other in combinations([d for d, target in said_against if target == c.iri], 2)
        )
    }
    standing = support(cases, by_name, refuted, against)
    sides = {"disputed": against, "qualified": drawn(cases, by_name, vocab.QUALIFIES), "supported": standing}
    return {name.value.removeprefix(vocab.CLAIM): settle(name, refuted, sides) for name in by_name}


Pairs = set[tuple[ox.NamedNode, ox.NamedNode]]


def settle(name: ox.NamedNode, refuted: set[ox.NamedNode], sides: dict[str, Pairs]) -> str:
    if name in refuted:
        return "refuted"
    for verdict, pairs in sides.items():
        if any(target == name and one not in refuted for one, target in pairs):
            return verdict
    return "unchecked"


def counts(one: Case, other: Case) -> bool:
    return one.is_evidence and one.voice != other.voice


def apart(one: Case, other: Case) -> bool:
    """Whether they are two voices: in one document, two people's whom it quotes."""
    document, another = (c.iri.value.partition("/")[0] + c.iri.value.rpartition("/")[0] for c in (one, other))
    both_quoted = one.is_testimony and other.is_testimony
    return one.voice != other.voice and (document != another or both_quoted)


def says(one: Case, triple: Triple) -> bool:
    """Whether a claim says this, or this more exactly."""
    return any(
        s == triple[0] and p == triple[1] and value_of(triple[2]) in coarser(value_of(o)) for s, p, o in one.triples
    )


def clash(one: Case, other: Case) -> bool:
    functional = any(
        (s, p) == (s2, p2) and p in SINGLE and not compatible(value_of(o), value_of(o2))
        for s, p, o in one.triples
        for s2, p2, o2 in other.triples
    )
    denied = [
        (x, y)
        for x, y in ((one, other), (other, one))
        for t in TRIPLES
        if denial(t, f"denial-{name_of(x)}") == x.triples and says(y, t)
    ]
    return functional or bool(denied)


def name_of(one: Case) -> str:
    return one.iri.value.removeprefix(vocab.CLAIM)[0]


def support(cases: list[Case], by_name: dict[ox.NamedNode, Case], without: set[ox.NamedNode], against: Pairs) -> Pairs:
    found: Pairs = set()
    for c in filter(lambda one: one.can_be_judged, cases):
        others = [d for d in cases if counts(d, c) and apart(d, c) and d.can_be_judged and d.iri not in without]
        agreeing = [d for d in others if (d.iri, c.iri) not in against]
        if all(any(says(d, triple) for d in agreeing) for triple in c.triples):
            found |= {(d.iri, c.iri) for d in agreeing if any(says(d, triple) for triple in c.triples)}
    editors = handed_down(drawn(cases, by_name, vocab.SUPPORTS), by_name, back=True)
    return handed_down(found, by_name, back=True) | editors


def drawn(cases: list[Case], by_name: dict[ox.NamedNode, Case], predicate: ox.NamedNode) -> Pairs:
    triples = [t for c in cases if c.iri.value.startswith(vocab.CLAIM + "editors/") for t in c.triples]
    pairs = {(s, o) for s, p, o in triples if p == predicate and isinstance(o, ox.NamedNode)}
    return {(s, o) for s, o in pairs if s in by_name and o in by_name and counts(by_name[s], by_name[o])}


def handed_down(pairs: Pairs, by_name: dict[ox.NamedNode, Case], *, back: bool) -> Pairs:
    found = set(pairs)
    while True:
        further = {
            (one, by_name[target].premises[0])
            for one, target in found
            if len(by_name[target].premises) == 1
            and (not back or by_name[target].rule == READS_BACK)
            and by_name[by_name[target].premises[0]].can_be_judged
            and counts(by_name[one], by_name[by_name[target].premises[0]])
        }
        if further <= found:
            return found
        found |= further


@given(worlds())
@settings(max_examples=600, deadline=None)
def test_agrees_with_looking_at_all_pairs(cases: list[Case]) -> None:
    """The index finds what a look at all pairs finds."""
    assert verdicts(*cases) == oracle(cases)


def test_who_contradicts_a_claim_is_not_listed_for_it() -> None:
    """A source that shares all but the disputed value stands against, not on both sides."""
    one, other = case("a/1", by(ANNA), year("1977")), case("b/1", by(ANNA), year("1978"))
    found = evidence(one, other, case("c/1", by(ANNA), year("1977")))
    assert ("b/1", "a/1") in found["contradicts"]
    assert ("b/1", "a/1") not in found["supports"]
    assert ("c/1", "a/1") in found["supports"]
