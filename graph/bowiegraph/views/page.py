"""The page of a picture: rendered by pyvis from a template of our own, one file that asks for nothing else.

Raw pyvis loads Bootstrap from a server, lets what stands in the facts run as script, and lays out in the browser
(pyvis 0.3.2). So only its container and its ``generate_html`` are used: the template escapes, the data stands in
blocks that no browser runs, and a content security policy lets no script run but ours, each by its digest
(https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bowiegraph.views.payload import Payload

if TYPE_CHECKING:
    from jinja2 import Environment

    from bowiegraph.views.picture import Picture

_FOLDER: Final = Path(__file__).parent / "page"
#: in the order in which they are loaded: each may use those before it
SCRIPTS: Final = (
    "vendor/vis-network.js",
    "js/dom.js",
    "js/model.js",
    "js/state.js",
    "js/filters.js",
    "js/paths.js",
    "js/rings.js",
    "js/labels.js",
    "js/drawing.js",
    "js/tip.js",
    "js/canvas.js",
    "js/camera.js",
    "js/focus.js",
    "js/overlay.js",
    "js/search.js",
    "js/legend.js",
    "js/years.js",
    "js/routes.js",
    "js/evidence.js",
    "js/table.js",
    "js/turtle.js",
    "js/exports.js",
    "js/keys.js",
    "js/main.js",
)
STYLES: Final = ("css/page.css", "css/panels.css", "css/table.css", "css/phone.css", "css/print.css")


@dataclass(frozen=True)
class Part:
    """A script or a style sheet, as it stands in the page."""

    text: str
    #: for the content security policy
    digest: str

    @classmethod
    def read(cls, name: str) -> Part:
        """Read one; the digest is over the very text between the tags."""
        text = "\n" + (_FOLDER / name).read_text(encoding="utf-8")
        return cls(text, f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — lazy: it costs 30 ms

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # As short as JSON can be; Jinja's filter then escapes <, >, & and ' within it.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": False}
    scripts, styles = [[Part.read(name) for name in names] for names in (SCRIPTS, STYLES)]
    environment.globals.update(scripts=scripts, styles=styles)
    return environment


def render(picture: Picture, *, title: str, question: str, query: str) -> str:
    """Write the page.

    Args:
        picture: what it shows.
        title: its name.
        question: what it answers; may be empty.
        query: the SPARQL that selected it, for those who want to know.
    """
    from pyvis.network import Network  # noqa: PLC0415 — lazy: it costs more than a second

    network = Network(directed=True)
    data = Payload(picture)
    network.nodes = data.nodes
    network.edges = data.edges
    network.node_ids = [node["id"] for node in network.nodes]
    network.templateEnv = _environment().overlay()
    network.templateEnv.globals = _environment().globals | {
        "title": title,
        "question": question,
        "query": query,
        "rest": data.rest,
    }
    network.path = "page.html"
    return str(network.generate_html())
