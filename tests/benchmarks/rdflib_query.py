"""Ask one query with rdflib alone, and print the seconds; a process of its own, so that it can be given up.

Standard input: JSON with the N-Quads file, the query, and the terms to bind in N-Triples syntax.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, cast

import rdflib
from rdflib.util import from_n3

if TYPE_CHECKING:
    from rdflib.term import Identifier


def main() -> None:
    """Load, ask twice, and print the time of the second: the first warms the parser up."""
    job = json.load(sys.stdin)
    data = rdflib.Dataset()
    data.parse(job["path"], format="nquads")
    terms = {name: cast("Identifier", from_n3(term)) for name, term in job["terms"].items()}
    took = 0.0
    for _ in range(2):
        start = time.perf_counter()
        list(data.query(job["text"], initBindings=terms))
        took = time.perf_counter() - start
        if took > 5:
            break
    print(took)


if __name__ == "__main__":
    main()
