"""Claims as people read them."""

from __future__ import annotations

import pytest
from tests import small_data

from bowiegraph import vocab
from bowiegraph.claims import Claim, claims
from bowiegraph.errors import UnknownNameError

STORE = small_data.store()


def names(found: list[Claim]) -> list[str]:
    return [claim.iri.removeprefix(vocab.CLAIM) for claim in found]


def test_order() -> None:
    """Those with sentences come first, in the sentences' order (p2 before p10), then the rest."""
    order = ["gazette/written", "gazette/sung", "gazette/date", "almanac/written", "almanac/date"]
    assert names(claims(STORE)) == order


@pytest.mark.parametrize(
    ("entity", "found"),
    [
        ("bert", {"gazette/sung"}),
        ("anna", {"gazette/written", "almanac/written", "almanac/date"}),
        ("heroes", {"gazette/written", "gazette/date", "almanac/written", "almanac/date"}),
        ("berta", set()),
    ],
)
def test_about(entity: str, found: set[str]) -> None:
    """A claim is about what stands in its triples as subject or object, and is listed once."""
    listed = names(claims(STORE, about=vocab.ENTITY + entity))
    assert set(listed) == found
    assert len(listed) == len(found)


def test_wrong_verdicts_are_refused() -> None:
    """An empty answer would say that nothing stands so."""
    with pytest.raises(TypeError, match=r"a list is wanted: \['refuted'\]"):
        claims(STORE, verdicts="refuted")
    with pytest.raises(UnknownNameError, match="refuted"):
        claims(STORE, verdicts=["refuetd"])


@pytest.mark.parametrize(
    ("verdicts", "count"),
    [((), 5), (["disputed"], 2), (["supported", "unchecked"], 3), (["refuted"], 0), (iter(["disputed"]), 2)],
)
def test_verdicts(verdicts: list[str], count: int) -> None:
    """Only those that stand so."""
    assert len(claims(STORE, verdicts=verdicts)) == count


def test_everything_about_a_claim() -> None:
    """Source, speaker, sentences in their order, and what speaks for and against it."""
    written, _, date, *_ = claims(STORE)
    assert (written.statement, written.stance, written.verdict) == ("Anna Weiß wrote the song", "asserted", "supported")
    assert (written.source.label, written.source.url) == ("The Gazette", "https://example.org/gazette")
    assert (written.speaker, written.comment) == ("Bert", "so he said")
    assert [s.locator for s in written.sentences] == ["p1s1", "p1s2"]
    assert written.sentences[0].quote == "Anna wrote it."
    assert written.sentences[0].url == "https://example.org/gazette#:~:text=Anna"
    assert (written.sentences[1].quote, written.sentences[1].url) == (None, None)
    assert [e.statement for e in written.supported_by] == ["Anna wrote it"]
    assert [e.statement for e in written.qualified_by] == ["Anna wrote it on 23 September 1977"]
    assert written.contradicted_by == ()
    assert (date.rule, date.premises, date.sought_in) == ("arithmetic", ("Anna Weiß wrote the song",), ("The Almanac",))
    assert [e.source.label for e in date.contradicted_by] == ["The Almanac"]


def test_two_speakers_and_two_sources() -> None:
    """A claim with two comments, speakers or addresses is still one claim."""
    more = """claim:gazette\\/written prov:wasAttributedTo :anna ; rdfs:comment "and again" .
    source:gazette schema:url <https://example.org/copy> ."""
    store = small_data.of(small_data.FILE.read_text(encoding="utf-8") + more)
    found = claims(store)
    assert len(found) == 5
    assert found == claims(store)


def test_no_claims() -> None:
    """A data set without claims has none."""
    assert claims(small_data.of("")) == []
