"""How an edge stands: as its weakest statement does, and a statement stands as its strongest claim.

An edge that was folded needs several statements; if one of them is refuted, so is the edge. A statement that one
claim makes beyond doubt holds, whatever becomes of the others that make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bowiegraph.claims import Claim
    from bowiegraph.network.statements import Statement

#: best first
VERDICTS: Final = ("supported", "qualified", "unchecked", "disputed", "refuted")
#: firmest first
STANCES: Final = ("asserted", "implied", "hedged", "figurative", "opinion")


@dataclass(frozen=True)
class Standing:
    """A verdict, and the stance of the claim that decides it; None where no claim is behind a statement."""

    verdict: str | None
    stance: str | None


def standing(statements: Iterable[Statement], claims: Mapping[str, Claim]) -> Standing:
    """Tell how a group of statements stands, of which each is needed."""
    deciding = [min(known, key=_rank) for s in statements if (known := [claims[c] for c in s.claims if c in claims])]
    if not deciding:
        return Standing(None, None)
    weakest = max(deciding, key=_rank)
    return Standing(weakest.verdict, weakest.stance)


def _rank(claim: Claim) -> tuple[int, int]:
    return _place(VERDICTS, claim.verdict), _place(STANCES, claim.stance)


def _place(order: tuple[str, ...], word: str) -> int:
    return order.index(word) if word in order else len(order)
