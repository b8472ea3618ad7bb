"""Synthetic data of any size: the same seed gives the same bytes.

The facts are valid under the shipped ontology and its shapes, or any that declares the few terms used here.
All sources draw on the same songs, so that they support each other, and one date in fifty is off by a year.
"""

from __future__ import annotations

import random
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Final

from bowiegraph import vocab
from bowiegraph.sources.sentencefile import Description, sentences_turtle
from bowiegraph.sources.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SOURCES: Final = 10
#: claims that are quoted from one sentence
_CLAIMS_A_SENTENCE: Final = 4
_PREFIXES: Final = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in vocab.PREFIXES.items())
_STANCES: Final = ("asserted",) * 8 + ("hedged", "opinion")


def write_facts(directory: Path, *, claims: int = 100_000, seed: int = 7) -> None:
    """Write a facts directory: entities, and ten sources with their claims and sentences.

    Args:
        directory: made if it is missing; files of the same names are written over.
        claims: how many, over all sources; each has one to three triples, and three of description.
        seed: of the random numbers.
    """
    rng = random.Random(seed)  # noqa: S311 — data for measuring, no secret
    songs = max(claims // 2, 1)
    artists = max(claims // 100, 1)
    _write(directory / "entities" / "synthetic.trig", chain([_PREFIXES], _entities(songs, artists)))
    each = -(-claims // SOURCES)
    for number in range(SOURCES):
        count = min(each, claims - number * each)
        if count > 0:
            _write_source(directory / "sources", f"synthetic-{number}", _claims(rng, number, count, songs, artists))


def _write(path: Path, pieces: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def _entities(songs: int, artists: int) -> Iterator[str]:
    for number in range(artists):
        yield f':artist-{number} a schema:MusicGroup ; rdfs:label "Artist {number}"@en .\n'
    for number in range(songs):
        yield f':song-{number} a schema:MusicComposition ; rdfs:label "Song {number}"@en .\n'
        yield f':recording-{number} a schema:MusicRecording ; rdfs:label "Recording {number}"@en ;\n'
        yield f"    schema:recordingOf :song-{number} ; schema:byArtist :artist-{number % artists} .\n"


def _claims(rng: random.Random, source: int, count: int, songs: int, artists: int) -> Iterator[str]:
    """Write claims with their graphs; what a song's date is, all sources work out alike, but for a few."""
    for number in range(count):
        song = rng.randrange(songs)
        year = 1950 + song % 70 + (rng.random() < 1 / 50)
        recording = f":recording-{song} schema:byArtist :artist-{song % artists} ."
        triples = [
            f':song-{song} schema:dateCreated "{year}"^^xsd:gYear .',
            f":recording-{song} schema:recordingOf :song-{song} .",
            recording,
        ][: rng.randint(1, 3)]
        stance, sentence = rng.choice(_STANCES), number // _CLAIMS_A_SENTENCE + 1
        name = f"claim:synthetic-{source}\\/c{number}"
        yield f"{name} {{ {' '.join(triples)} }}\n"
        yield f'{name} rdfs:label "Claim {number} of source {source}"@en ; bg:stance bg:{stance} ;\n'
        yield f"    prov:wasQuotedFrom source:synthetic-{source}\\#p1s{sentence} .\n"


def _write_source(directory: Path, name: str, claims: Iterator[str]) -> None:
    pieces = list(claims)
    _write(directory / f"{name}.trig", chain([_PREFIXES], pieces))
    count = -(-len(pieces) // 3 // _CLAIMS_A_SENTENCE)
    digest = sha256(b"synthetic").hexdigest()
    sentences = (
        Sentence(1, number, number * 10, number * 10 + 9, digest, f":~:text=sentence%20{number}")
        for number in range(1, count + 1)
    )
    about = Description(name=name, url=f"https://example.org/{name}", title=f"Source {name}")
    _write(directory / f"{name}.sentences.ttl", [sentences_turtle(about, sentences)])


def write_dataset(path: Path, *, quads: int = 1_000_000, seed: int = 7) -> None:
    """Write N-Quads as a build would: for each claim its triple, twice, and five of description.

    Args:
        path: the file to write.
        quads: how many, to within seven.
        seed: of the random numbers.
    """
    rng = random.Random(seed)  # noqa: S311 — data for measuring, no secret
    _write(path, chain.from_iterable(_dataset_claim(rng, number) for number in range(quads // 7)))


def _dataset_claim(rng: random.Random, number: int) -> Iterator[str]:
    source = f"{vocab.SOURCE}synthetic-{number % SOURCES}"
    claim = f"<{vocab.CLAIM}synthetic-{number % SOURCES}/c{number}>"
    triple = (
        f"<{vocab.ENTITY}recording-{number}> <{vocab.SCHEMA}byArtist> "
        f"<{vocab.ENTITY}artist-{rng.randrange(1 + number // 10)}>"
    )
    yield f"{triple} {claim} .\n{triple} .\n"
    yield f"{claim} <{vocab.TYPE.value}> <{vocab.CLAIM_CLASS.value}> .\n"
    yield f'{claim} <{vocab.LABEL.value}> "Claim {number}"@en .\n'
    yield f"{claim} <{vocab.STANCE.value}> <{vocab.BG}asserted> .\n"
    yield f"{claim} <{vocab.VERDICT.value}> <{vocab.BG}unchecked> .\n"
    yield f"{claim} <{vocab.QUOTED_FROM.value}> <{source}#p1s{number // SOURCES // 4 + 1}> .\n"
