"""Every way in which facts can be wrong is told with file, line and mend; all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import small_facts
from tests.small_facts import ALMANAC, EDITORS, ENTITIES, GAZETTE

from bowiegraph.checks.every import check_facts
from bowiegraph.facts.reading import read_facts

if TYPE_CHECKING:
    from pathlib import Path

    from bowiegraph.errors import Problem

DATE = "c:date { :river-song schema:dateCreated"
CHECKED = 'c:more rdfs:label "More"@en ; bg:stance bg:asserted .'


def problems(tmp_path: Path, **changes: str) -> list[Problem]:
    """Check the small facts with changed files."""
    facts = read_facts(small_facts.write(tmp_path / "facts", **changes))
    return check_facts(facts, small_facts.ontology(tmp_path / "ontology"))


def gazette(old: str, new: str) -> dict[str, str]:
    """Change the claims of the source with sentences."""
    assert old in GAZETTE
    return {"sources/gazette.trig": GAZETTE.replace(old, new)}


def almanac(old: str, new: str) -> dict[str, str]:
    """Change the claims of the source without sentences."""
    assert old in ALMANAC
    return {"sources/almanac.trig": ALMANAC.replace(old, new)}


def more(text: str) -> dict[str, str]:
    """Add to the claims of the source without sentences."""
    return {"sources/almanac.trig": f"{ALMANAC}{text}\n"}


def entities(text: str) -> dict[str, str]:
    """Add to the entities."""
    return {"entities/all.trig": f"{ENTITIES}{text}\n"}


def editors(text: str) -> dict[str, str]:
    """Add an editors' claim with this in its graph."""
    return {
        "sources/editors.trig": f"""{EDITORS}@prefix a: <https://w3id.org/bowiegraph/claim/almanac/> .
@prefix g: <https://w3id.org/bowiegraph/claim/gazette/> .
c:more {{ {text} }}
{CHECKED}
"""
    }


def claim(text: str) -> dict[str, str]:
    """Add a claim with this in its graph."""
    return more(f"c:more {{ {text} }}\n{CHECKED}")


def test_good_facts_have_no_problems(tmp_path: Path) -> None:
    """What all cases below start from is without a mistake."""
    assert problems(tmp_path) == []


#: what is changed · how the message begins, or a part of it · a part of the mend · the line's text
CASES = {
    "blank node": (claim(":anna schema:sameAs [ schema:name 'x' ] ."), "a blank node", "give the thing an IRI", "["),
    "named blank node": (claim("_:x schema:author :anna ."), "a blank node", "give the thing an IRI", "_:x"),
    "triple as a term": (
        claim("<< :river-song schema:author :anna >> schema:name 'x' ."),
        "a blank node, or a triple used as a term",
        "give the thing an IRI",
        None,
    ),
    "no description": (more("c:more { :river-song schema:author :anna . }"), "has no description", "add: claim:", "c:more"),
    "no graph": (more(CHECKED), "has no triples", "add the graph", "c:more"),
    "empty graph": (more(f"c:more {{ }}\n{CHECKED}"), "has no triples", "add the graph", "c:more"),
    "no stance": (gazette("bg:stance bg:asserted ; prov:wasQuotedFrom s:p0s1", "prov:wasQuotedFrom s:p0s1"), "has no stance", "bg:hedged", "c:written {"),
    "two stances": (almanac("bg:stance bg:asserted", "bg:stance bg:asserted, bg:hedged"), "several stances", "keep one", "bg:stance"),
    "unknown stance": (almanac("bg:stance bg:asserted", "bg:stance bg:assertted"), "bg:assertted is not a stance", "bg:asserted, bg:hedged", "bg:assertted"),
    "no label": (almanac('rdfs:label "It was written on 23 September 1977"@en ; ', ""), "has no label", "in your own words", "c:date {"),
    "two labels": (almanac("on 23 September 1977", 'then"@en, "Again'), "is described twice", "a name of its own", '"Again"' ),
    "graph in two pieces": (
        more(f"c:more {{ :river-song schema:author :anna . }}\n{CHECKED}\nc:more {{ :river-song schema:author :bert . }}"),
        "claim:almanac/more is written twice",
        "a name of its own",
        "c:more {",
    ),
    "no evidence": (gazette(" ; prov:wasQuotedFrom s:p1s1 .", " ."), "claim:gazette/date has no evidence", "prov:wasQuotedFrom", "c:date {"),
    "unknown sentence": (gazette("prov:wasQuotedFrom s:p0s1, s:p1s1", "prov:wasQuotedFrom s:p1s9"), "unknown source or sentence source:gazette#p1s9", "source:gazette#p1s", "s:p1s9"),
    "unknown silent sentence": (gazette("s:p1s2 bg:carries", "s:p1s8 bg:carries"), "unknown sentence source:gazette#p1s8", "source:gazette#p1s", "s:p1s8"),
    "sentence of another source": (more(f"c:more {{ :river-song schema:author :anna . }}\n{CHECKED[:-1]} ; prov:wasQuotedFrom source:gazette\\#p0s1 ."), "is not a sentence of almanac", "its own source", "#p0s1"),
    "unknown entity": (claim(":river-sung schema:author :anna ."), "unknown entity :river-sung", "nearest that is declared is :river-song", ":river-sung"),
    "unknown entity as object": (claim(":river-song schema:author :ana ."), "unknown entity :ana", "nearest that is declared is :anna", ":ana"),
    "unknown person": (almanac("bg:stance bg:asserted", "bg:stance bg:asserted ; prov:wasAttributedTo :berta"), "unknown entity :berta", ":bert", ":berta"),
    "unknown property": (claim(":river-song schema:auther :anna ."), "unknown property schema:auther", "schema:author", "schema:auther"),
    "unknown property of rdfs": (claim(":river-song rdfs:seeAlso :anna ."), "unknown property rdfs:seeAlso", "", "rdfs:seeAlso"),
    "unknown class": (claim(":river-song a bg:Sonk ."), "unknown class bg:Sonk", "bg:Song", "bg:Sonk"),
    "unknown term": (claim(":river-song schema:author bg:rhetorik ."), "unknown term bg:rhetorik", "bg:rhetoric", "bg:rhetorik"),
    "unknown rule": (almanac("bg:stance bg:asserted", "bg:stance bg:implied ; bg:rule bg:aritmetic"), "unknown term bg:aritmetic", "bg:arithmetic", "bg:aritmetic"),
    "unknown thing": (claim("<https://example.org/x> schema:author :anna ."), "unknown thing <https://example.org/x>", "claims speak of entities", "<https://example.org/x>"),
    "unknown place of ours": (claim("<https://w3id.org/bowiegraph/entty/x> schema:author :anna ."), "unknown thing", "claims speak of entities", "entty"),
    "not its own name": (more("<https://w3id.org/bowiegraph/claim/almanak/x> { :river-song schema:author :anna . }\n<https://w3id.org/bowiegraph/claim/almanak/x> rdfs:label 'x' ; bg:stance bg:asserted ."), "is not the name of a claim of this source", "claim/almanac/>", "almanak"),
    "graph of no claim": (more(":anna { :river-song schema:author :anna . }"), ":anna is not the name of a claim", "begin with", ":anna {"),
    "claim among the entities": (entities("<https://w3id.org/bowiegraph/claim/gazette/x> { :river-song schema:author :anna . }"), "does not belong in this file", "sources/gazette.trig", "claim/gazette/x"),
    "said of another source's claim": (more('<https://w3id.org/bowiegraph/claim/gazette/date> rdfs:comment "x" .'), "claim:gazette/date does not belong in this file", "sources/gazette.trig", "claim/gazette/date"),
    "verdict typed in": (almanac("bg:stance bg:asserted", "bg:stance bg:asserted ; bg:verdict bg:asserted"), "worked out by the build", "take it out", "bg:verdict"),
    "link outside a graph": (almanac("bg:stance bg:asserted", "bg:stance bg:asserted ; bg:supports <https://w3id.org/bowiegraph/claim/gazette/date>"), "stands outside a graph", "editors.trig", "bg:supports"),
    "gYear of a day": (almanac('"1977-09-23"^^xsd:date', '"1977-09-23"^^xsd:gYear'), "is not a xsd:gYear", 'write "1977-09-23"^^xsd:date', DATE),
    "30 February": (almanac("1977-09-23", "1977-02-30"), "is not a xsd:date", "mend the value", DATE),
    "white space around a year": (almanac('"1977-09-23"^^xsd:date', '" 1977"^^xsd:gYear'), "is not a xsd:gYear", "mend the value", DATE),
    "number with a point": (almanac('"1977-09-23"^^xsd:date', '"1.5"^^xsd:integer'), "is not a xsd:integer", "xsd:decimal", DATE),
    "byte out of range": (almanac('"1977-09-23"^^xsd:date', '"300"^^xsd:byte'), "is not a xsd:byte", "xsd:integer", DATE),
    "unknown datatype": (almanac("xsd:date ", "xsd:dato "), "unknown datatype xsd:dato", "xsd:date", DATE),
    "NUL": (claim(':anna schema:name "a\\u0000b" .'), "holds U+0000", "take the character out", "c:more {"),
    "escape": (claim(':anna schema:name "a\\u001Bb" .'), "holds U+001B", "take the character out", "c:more {"),
    "carriage return": (claim(':anna schema:name "a\\rb" .'), "holds U+000D", "take the character out", "c:more {"),
    "C1": (claim(':anna schema:name "a\\u0085b" .'), "holds U+0085", "take the character out", "c:more {"),
    "noncharacter": (claim(':anna schema:name "a\\uFFFEb" .'), "holds U+FFFE", "take the character out", "c:more {"),
    "bidi override": (claim(':anna schema:name "a\u202eb" .'), "holds U+202E (right-to-left override)", "take the character out", "\u202e"),
    "base direction": (claim(':anna schema:name "a"@en--rtl .'), "has a base direction", "leave it out", '"a"'),
    "entity without label": (entities(":carl a schema:Person ."), ":carl has no label", "rdfs:label", ":carl"),
    "blank label": (entities(':carl a schema:Person ; rdfs:label "\u200b "@en .'), "the label of :carl is blank", "write its name", "\u200b"),
    "label and type of another": (entities(':anne a schema:Person ; rdfs:label "ANNA" .'), ":anne has the label and the type of :anna", "tell them apart", ":anne"),
    "label and type by a claim": ({**entities(':b rdfs:label "river  song" .'), **claim(":b a bg:Song .")}, "has the label and the type of :b", "tell them apart", ":river-song"),
    "triple twice in a claim": (claim(":river-song schema:author :anna, :anna ."), ":river-song schema:author :anna is written twice", "take one out", ":river-song"),
    "twice among entities": (entities(':anna rdfs:label "Anna"@en .'), "is written twice", "take one out", '"Anna"@en'),
    "twice in two files": ({"entities/more.trig": f"{ENTITIES.split(':anna')[0]}:anna a schema:Person ."}, "is written twice", "take one out", None),
    "two dates in one claim": (claim(':river-song schema:dateCreated "1977"^^xsd:gYear, "1978"^^xsd:gYear .'), "two values of schema:dateCreated", "two claims", '"1978"'),
    "silent sentence with a claim": (gazette("s:p0s1, s:p1s1", "s:p0s1, s:p1s2"), "which is marked as carrying no claim", "bg:carriesNoClaim", "s:p1s2"),
    "implied without a rule": (almanac("bg:asserted", "bg:implied"), "is implied without a rule", "bg:rule", "c:date {"),
    "rule of what is not implied": (almanac("bg:asserted", "bg:asserted ; bg:rule bg:arithmetic"), "has bg:rule, and is not implied", "bg:implied", "bg:rule"),
    "premise of what is not implied": (almanac("bg:asserted", "bg:asserted ; bg:premise <https://w3id.org/bowiegraph/claim/gazette/date>"), "has bg:premise", "bg:implied", "bg:premise"),
    "premise is no claim": (almanac("bg:asserted", "bg:implied ; bg:rule bg:arithmetic ; bg:premise :anna"), "the premise :anna is not a claim", "name the claim", ":anna"),
    "unknown premise": (almanac("bg:asserted", "bg:implied ; bg:rule bg:arithmetic ; bg:premise c:dato"), "unknown claim claim:almanac/dato", "claim:almanac/date", "c:dato"),
    "premise of itself": (almanac("bg:asserted", "bg:implied ; bg:rule bg:arithmetic ; bg:premise c:date"), "follows from itself", "take out one bg:premise", "bg:premise"),
    "denial without a target": (claim(":denial a owl:NegativePropertyAssertion ; owl:sourceIndividual :river-song ; owl:assertionProperty schema:author ."), "the denial :denial is not complete", "owl:targetIndividual", ":denial"),
    "denial without its class": (claim(":denial owl:sourceIndividual :river-song ; owl:assertionProperty schema:author ; owl:targetIndividual :anna ."), "the denial :denial is not complete", "owl:NegativePropertyAssertion", ":denial"),
    "denial with two targets": (claim(':denial a owl:NegativePropertyAssertion ; owl:sourceIndividual :river-song ; owl:assertionProperty schema:author ; owl:targetIndividual :anna ; owl:targetValue "x" .'), "is not complete", "or owl:targetValue", ":denial"),
    "link to no claim": (editors("a:date bg:supports g:dat ."), "unknown claim claim:gazette/dat", "claim:gazette/date", "g:dat"),
    "link to an entity": (editors("a:date bg:supports :anna ."), ":anna is not a claim", "from claim to claim", ":anna"),
    "link to itself": (editors("a:date bg:supports a:date ."), "claim:almanac/date is linked to itself", "mend one of the ends", "a:date"),
    "link to a link": (editors("a:date bg:supports c:note ."), "claim:editors/note, which is a link", "the claims of sources", "c:note"),
    "link within a voice": (editors("g:written bg:supports g:date ."), "are of one voice", "different voices", "g:written"),
    "sought in no source": (editors("a:date bg:soughtIn :anna ."), ":anna is not a source", "in which source", ":anna"),
    "editors claim something": (editors(":river-song schema:author :anna ."), "is not a link between claims", "as a claim of that source", "schema:author"),
    "source draws a link": (claim("<https://w3id.org/bowiegraph/claim/gazette/date> bg:supports c:date ."), "stands in a claim of almanac", "editors.trig", "bg:supports"),
    "source not described": (almanac("a bg:Source ;", ""), "the source almanac is not described", "a bg:Source", None),
}  # fmt: skip


def test_a_link_from_what_is_said_with_reserve(tmp_path: Path) -> None:
    """The verdicts would pass over it, and the data set would show it."""
    changes = almanac("bg:asserted", "bg:hedged") | editors("a:date bg:contradicts g:date .")
    told = [problem.message for problem in problems(tmp_path, **changes)]
    assert "claim:almanac/date is bg:hedged, and bg:contradicts leads from it" in told


@pytest.mark.parametrize(("changes", "message", "mend", "text"), CASES.values(), ids=list(CASES))
def test_problem(tmp_path: Path, changes: dict[str, str], message: str, mend: str, text: str | None) -> None:
    """Each mistake is told, with what to do, and on the line where it stands."""
    found = [
        problem for problem in problems(tmp_path, **changes) if message in problem.message and mend in problem.mend
    ]
    assert found, problems(tmp_path, **changes)
    assert found[0].file.exists()
    if text is not None:
        lines = found[0].file.read_text(encoding="utf-8").split("\n")
        assert found[0].line is not None
        assert text in lines[found[0].line - 1]


ONE_MISTAKE = sorted(
    set(CASES)
    - {
        "blank node",  # stands in for a triple that its claim lacks
        "named blank node",
        "triple as a term",
        "unknown silent sentence",
        "graph of no claim",  # has no description either
        "claim among the entities",
        "unknown sentence",
        "graph in two pieces",
        "denial with two targets",
        "link to an entity",
        "source draws a link",
        "editors claim something",
        "verdict typed in",
        "no evidence",
    }
)


@pytest.mark.parametrize("case", ONE_MISTAKE)
def test_one_mistake_is_one_problem(tmp_path: Path, case: str) -> None:
    """A mistake draws no tail of messages that only follow from it."""
    changes, *_ = CASES[case]
    found = problems(tmp_path, **changes)
    assert len(found) == 1, found


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Sorted by file and line, each once."""
    changes = {
        **almanac("bg:asserted", "bg:implied"),
        **gazette("s:p0s1, s:p1s1", "s:p1s2"),
        **entities(":carl a schema:Person ."),
    }
    found = problems(tmp_path, **changes)
    assert [problem.file.name for problem in found] == ["all.trig", "almanac.trig", "gazette.trig"]
    assert found == sorted(found, key=lambda problem: (problem.file, problem.line or 0))


def test_many_unknown_names_are_all_told(tmp_path: Path) -> None:
    """Only the first get the nearest name, since finding it takes a look at all names."""
    text = "".join(f":nobody-{number} schema:author :anna .\n" for number in range(80))
    found = problems(tmp_path, **claim(text))
    assert len(found) == 80
    assert all(problem.line for problem in found)


def test_long_circle_and_what_hangs_on_it(tmp_path: Path) -> None:
    """Only the claims of the circle are named, not those before and behind it; depth is no matter."""
    count = 3000
    premises = {number: number + 1 for number in range(count)} | {count: count - 2}
    behind = {count: ", c:date"}
    text = "".join(
        f'c:n{number} {{ :river-song schema:author :anna . }} c:n{number} rdfs:label "n"@en ; bg:stance bg:implied ;'
        f" bg:rule bg:arithmetic ; bg:premise c:{f'n{premise}'}{behind.get(number, '')} .\n"
        for number, premise in premises.items()
    )
    found = problems(tmp_path, **more(text))
    assert [problem.message.split()[2] for problem in found] == [
        f"claim:almanac/n{number}" for number in (count - 2, count - 1, count)
    ]


def test_problem_reads_like_a_compilers(tmp_path: Path) -> None:
    """Editors jump to ``file:line:``."""
    (problem,) = problems(tmp_path, **almanac('"1977-09-23"^^xsd:date', '"1977-09-23"^^xsd:gYear'))
    where, _, rest = str(problem).partition(": ")
    assert where == f"{problem.file}:{problem.line}"
    assert rest == '"1977-09-23"^^xsd:gYear is not a xsd:gYear\n    write "1977-09-23"^^xsd:date, or mend the value'


def in_line(problem: Problem) -> str:
    """Give the text of the line that a problem names."""
    assert problem.line is not None
    return problem.file.read_text(encoding="utf-8").split("\n")[problem.line - 1].strip()


@pytest.mark.parametrize(
    ("changes", "file", "line"),
    [
        (entities(":anna\n  schema:author\n  :bert ."), "all.trig", "schema:author"),
        (
            more(':anna schema:dateCreated "1950"^^xsd:gYear .'),
            "almanac.trig",
            ':anna schema:dateCreated "1950"^^xsd:gYear .',
        ),
        (claim(":river-song schema:author :bert ."), "", ""),
        (
            # The line is not that of the claim above, which says the same.
            more(f"c:more {{ :anna schema:author :bert . }}\n{CHECKED}\n:anna schema:author\n  :bert ."),
            "almanac.trig",
            ":anna schema:author",
        ),
    ],
)
def test_what_is_stated_stands_in_a_claim(tmp_path: Path, changes: dict[str, str], file: str, line: str) -> None:
    """Outside of claims things are described; whatever else is said there has nobody who says it."""
    found = problems(tmp_path, **changes)
    assert [(p.file.name, in_line(p)) for p in found] == ([(file, line)] if file else [])
    assert all("stands in no claim" in p.message and "say it in a claim" in p.mend for p in found)


def test_entities_are_described_among_entities(tmp_path: Path) -> None:
    """A file of a source describes its claims, the source and its sentences."""
    (problem,) = problems(tmp_path, **more(':carl a schema:Person ; rdfs:label "Carl"@en .'))
    assert problem.message == ":carl is described in the file of a source"
    assert in_line(problem).startswith(":carl a schema:Person")


def test_the_file_is_the_one_that_says_so(tmp_path: Path) -> None:
    """Several files may describe a thing: the one that has the mistake is named."""
    wrong = f'{small_facts.PREFIXES}:anna rdfs:comment "x"^^xsd:date ; schema:sameAs :nobody .\n'
    right = f'{small_facts.PREFIXES}:anna rdfs:comment "y"@en .\n'
    found = problems(tmp_path, **{"entities/more.trig": wrong, "entities/zero.trig": right})
    assert {p.file.name for p in found} == {"more.trig"}
    assert all(p.line is not None for p in found)
