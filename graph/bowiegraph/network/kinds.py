"""Kinds of things, told apart by shape and colour.

The colours keep a contrast of 3:1 on white and on the dark ground, and stay apart for the colour-blind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bowiegraph.vocab import BG, OWL, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Kind:
    """How things of some classes look."""

    name: str
    #: a shape of vis-network (https://visjs.github.io/vis-network/docs/network/nodes.html)
    shape: str
    colour: str
    #: classes, with all below them
    classes: tuple[str, ...]
    #: only its outline is drawn
    hollow: bool = False


#: first come, first served: a cover is a song, though it is an event's subject as well
KINDS: Final = (
    Kind("person", "dot", "#6060C0", (SCHEMA + "Person", BG + "Character")),
    Kind("band", "hexagon", "#E04000", (SCHEMA + "Organization",)),
    Kind("album", "square", "#40A040", (SCHEMA + "MusicAlbum", SCHEMA + "CreativeWorkSeries", SCHEMA + "Collection")),
    Kind(
        "song",
        "star",
        "#C02080",
        (
            SCHEMA + "MusicComposition",
            SCHEMA + "MusicRecording",
            SCHEMA + "MusicRelease",
            BG + "Cover",
            BG + "LyricLine",
        ),
    ),
    Kind(
        "film or series",
        "diamond",
        "#8040E0",
        (SCHEMA + "Movie", SCHEMA + "TVSeries", SCHEMA + "TVSeason", SCHEMA + "TVEpisode"),
    ),
    Kind("place", "triangle", "#806040", (SCHEMA + "Place",)),
    Kind("idea", "dot", "#A080C0", (SKOS + "Concept",), hollow=True),
    # Claims look as they stand: their verdict is given in the place of a class.
    Kind("refuted claim", "triangleDown", "#C02080", (BG + "refuted",)),
    Kind("disputed claim", "diamond", "#E04000", (BG + "disputed",)),
    Kind("qualified claim", "hexagon", "#40A040", (BG + "qualified",)),
    Kind("supported claim", "square", "#6060C0", (BG + "supported",)),
    Kind("unchecked claim", "dot", "#A080C0", (BG + "unchecked",), hollow=True),
    Kind("source", "star", "#806040", (BG + "Source",)),
    Kind("class", "dot", "#6060C0", (OWL + "Class",)),
    Kind("property", "diamond", "#C02080", (OWL + "ObjectProperty", OWL + "DatatypeProperty")),
    Kind("sentence", "triangle", "#A080C0", (BG + "Sentence", PROV + "Entity")),
    Kind(
        "event",
        "triangleDown",
        "#C08080",
        (
            SCHEMA + "Event",
            *(BG + name for name in ("LifeEpisode", "Contribution", "Relationship", "Distance", "ChartEntry")),
            *(BG + name for name in ("StreamCount", "Portrayal", "Echo", "Reception", "Reference", "Interpretation")),
            *(BG + name for name in ("Anniversary",)),
        ),
    ),
)
OTHER: Final = Kind("other", "square", "#808080", (), hollow=True)


def kind(classes: Iterable[str], above: Mapping[str, frozenset[str]]) -> Kind:
    """Choose the look of a thing.

    Args:
        classes: those that it is said to belong to; of a claim, its verdict.
        above: class → itself and all classes above it.
    """
    all_of_them = {upper for class_ in classes for upper in above.get(class_, frozenset((class_,)))}
    return next((k for k in KINDS if all_of_them & set(k.classes)), OTHER)
