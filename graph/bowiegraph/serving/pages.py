"""In a worker: the pages for people, and the same things as RDF for programs.

A thing is not its description, so that its own address leads on to that of a document, by
https://www.w3.org/TR/cooluris/#r303gendocument.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from bowiegraph import catalogue, vocab
from bowiegraph.claims import Claim, claims
from bowiegraph.errors import BowiegraphError, UnknownNameError
from bowiegraph.serving import documents, media
from bowiegraph.serving.answers import RefusedJobError
from bowiegraph.serving.jobs import Head
from bowiegraph.serving.reading import Words
from bowiegraph.serving.statics import SITE
from bowiegraph.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

    from bowiegraph.serving.jobs import Job, Page
    from bowiegraph.serving.replies import Reply
    from bowiegraph.serving.settings import Settings

_SPACES: Final = {"entity": vocab.ENTITY, "claim": vocab.CLAIM, "source": vocab.SOURCE}
_ONTOLOGY: Final = vocab.BG.removesuffix("#")
_HTML_ENDING: Final = ".html"
#: of a view: its own policy stands in it, and knows its scripts by their digests
_VIEW_POLICY: Final = "frame-ancestors 'self'"
#: what stands in a path as it is
_PATH: Final = "/~:@!$&()*+,;="
_MOST_HOPS: Final = 3
#: characters of what may be looked for
_MOST_SOUGHT: Final = 200


@dataclass(frozen=True)
class _Document:
    """An answer: its bytes, what they are, and how they are to be taken."""

    data: bytes
    form: media.Media
    status: int = 200
    headers: dict[str, str] | None = None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — lazy: it costs 30 ms

    return Environment(
        loader=FileSystemLoader(SITE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


class Pages:
    """The pages of one data set."""

    def __init__(self, store: ox.Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    def answer(self, page: Page, job: Job, reply: Reply) -> None:
        """Answer a request for a page.

        Raises:
            RefusedJobError: what is asked for cannot be had.
        """
        try:
            document = self._document(page, job)
        except RefusedJobError as error:
            if media.choose(job.accept, (media.HTML, *media.GRAPHS)) is not media.HTML:
                raise
            document = self._refused(error)
        headers = document.headers or {}
        reply.begin(Head(document.status, document.form.content_type, headers))
        reply.write(document.data)
        reply.end()

    # ---- which page

    def _document(self, page: Page, job: Job) -> _Document:
        path = page.path.removeprefix(self._settings.root)
        if path.endswith("/") and path.strip("/"):
            where = self._settings.root + quote(f"/{path.strip('/')}", safe=_PATH)
            return _Document(b"", media.HTML, 308, {"location": where})
        kind, _, rest = path.strip("/").partition("/")
        if kind in _SPACES and rest:
            return self._thing(kind, rest, job)
        if kind in {"ontology", "ontology.html"} or kind.startswith("ontology."):
            return self._of(ox.NamedNode(_ONTOLOGY), "ontology", path.strip("/"), job)
        if path.strip("/") in {"void", ".well-known/void"}:
            return self._described(job)
        if kind == "views" and rest:
            return self._view(rest, page.parameters)
        plain = {"": self._home, "query": self._query, "views": self._views, "search": self._search}
        make = None if rest else plain.get(kind)
        return make(page.parameters) if make else self._nothing(path)

    def _thing(self, kind: str, rest: str, job: Job) -> _Document:
        slug = _stem(rest)
        try:
            node = ox.NamedNode(_SPACES[kind] + (rest if self._is(kind, rest) else slug))
        except ValueError:
            return self._nothing(f"/{kind}/{rest}")
        if not documents.is_known(self._store, node):
            return self._nothing(f"/{kind}/{rest}")
        return self._of(node, kind, f"{kind}/{rest}", job)

    def _is(self, kind: str, rest: str) -> bool:
        """Tell whether a thing bears that very name, which may look as if it had an ending."""
        return documents.is_known(self._store, ox.NamedNode(_SPACES[kind] + rest))

    def _of(self, node: ox.NamedNode, kind: str, path: str, job: Job) -> _Document:
        """Give a document on a thing; at the thing's own address, lead to it."""
        here = node.value.removeprefix(vocab.BASE)
        ending = path.removeprefix(here)
        if not ending:
            offers = (media.HTML, *media.GRAPHS)
            named = next((form for form in offers if form.format == job.format), None)
            chosen = named or media.choose(job.accept, offers) or media.HTML
            found = next((e for e, name in documents.ENDINGS.items() if name == chosen.format), _HTML_ENDING)
            where = f"{self._settings.root}/{quote(here, safe=_PATH)}{found}"
            return _Document(b"", chosen, 303, {"location": where})
        links = self._links(node, here)
        if ending == _HTML_ENDING:
            html = self._ontology() if kind == "ontology" else getattr(self, f"_{kind}")(node)
            return _Document(html, media.HTML, 200, {"link": links})
        quads = documents.ontology(self._store) if kind == "ontology" else documents.describe(self._store, node)
        form = documents.MEDIA[documents.ENDINGS[ending]]
        return _Document(documents.write(quads, form.format), form, 200, {"link": links})

    def _links(self, node: ox.NamedNode, here: str) -> str:
        path = f"{self._settings.root}/{quote(here, safe=_PATH)}"
        also = [
            f'<{path}{ending}>; rel="alternate"; type="{documents.MEDIA[name].types[0]}"'
            for ending, name in documents.ENDINGS.items()
        ]
        return ", ".join([f'<{node.value}>; rel="describes"', *also])

    # ---- the pages

    @cached_property
    def _words(self) -> Words:
        return Words(self._store, self._settings.root)

    def _render(self, template: str, **values: Any) -> bytes:  # noqa: ANN401 — what a template is told
        told = {"root": self._settings.root, "version": __version__, "words": self._words, "sought": ""}
        return _environment().get_template(template).render(told | values).encode()

    def _entity(self, node: ox.NamedNode) -> bytes:
        words = self._words
        quads = [q for q in documents.describe(self._store, node) if q.graph_name == ox.DefaultGraph()]
        data = json.loads(documents.write(quads, "jsonld"))
        return self._render(
            "entity.html",
            thing=words.link(node),
            node=node.value,
            types=sorted({link.text for link in self._types(node)}),
            comment=words.comments.get(node.value, ""),
            also=words.values(node, vocab.ALT_LABEL),
            elsewhere=words.values(node, vocab.SAME_AS),
            claims=claims(self._store, about=node.value),
            facts=words.facts(node),
            data=data,
            files=self._files(node),
            slug=node.value.removeprefix(vocab.ENTITY),
        )

    def _types(self, node: ox.NamedNode) -> list[Any]:
        return [self._words.link(quad.object) for quad in self._store.quads_for_pattern(node, vocab.TYPE, None)]

    def _claim(self, node: ox.NamedNode) -> bytes:
        claim = next((claim for claim in claims(self._store) if claim.iri == node.value), None)
        if claim is None:
            raise RefusedJobError(404, "there is no such claim")
        return self._render(
            "claim.html",
            claim=claim,
            facts=self._words.said(node),
            verdict=self._meaning(claim.verdict),
            stance=self._meaning(claim.stance),
            files=self._files(node),
        )

    def _meaning(self, name: str) -> str:
        return self._words.comments.get(vocab.BG + name, "")

    def _source(self, node: ox.NamedNode) -> bytes:
        words = self._words
        made = [claim for claim in claims(self._store) if claim.source.iri == node.value]
        return self._render(
            "source.html",
            thing=words.link(node),
            facts=words.values(node, vocab.URL),
            publisher=words.values(node, ox.NamedNode(vocab.SCHEMA + "publisher")),
            published=words.values(node, ox.NamedNode(vocab.SCHEMA + "datePublished")),
            claims=made,
            sentences=_by_sentence(made),
            silent=self._silent(node, made),
            files=self._files(node),
        )

    def _silent(self, node: ox.NamedNode, made: list[Claim]) -> list[str]:
        """List the sentences of a source that carry no claim."""
        spoken = {sentence.iri for claim in made for sentence in claim.sentences}
        quads = self._store.quads_for_pattern(None, vocab.TYPE, vocab.SENTENCE_CLASS, ox.DefaultGraph())
        every = {str(getattr(quad.subject, "value", "")) for quad in quads}
        return sorted(
            (iri.partition("#")[2] for iri in every if iri.startswith(f"{node.value}#") and iri not in spoken),
            key=_place,
        )

    def _ontology(self) -> bytes:
        node = ox.NamedNode(_ONTOLOGY)
        words = self._words
        return self._render(
            "ontology.html",
            thing=words.link(node),
            comment=words.comments.get(_ONTOLOGY, ""),
            terms=words.terms(),
            files=self._files(node),
        )

    def _home(self, _: dict[str, str]) -> _Document:
        every = claims(self._store)
        verdicts = [verdict.value.removeprefix(vocab.BG) for verdict in vocab.VERDICTS]
        counts = {verdict: sum(claim.verdict == verdict for claim in every) for verdict in verdicts}
        # What tells most about what this is: a claim that other sources contradict.
        example = max(
            every, key=lambda c: (c.verdict == "refuted", len(c.contradicted_by), bool(c.sentences)), default=None
        )
        html = self._render(
            "home.html",
            counts=counts,
            claims=len(every),
            sources=len({claim.source.iri for claim in every}),
            example=example,
            views=catalogue.views(),
            base=self._settings.base_url or f"http://{self._settings.host}:{self._settings.port}",
        )
        return _Document(html, media.HTML)

    def _views(self, _: dict[str, str]) -> _Document:
        return _Document(self._render("views.html", views=catalogue.views()), media.HTML)

    def _search(self, parameters: dict[str, str]) -> _Document:
        text = parameters.get("q", "").strip()[:_MOST_SOUGHT]
        hits, near = self._words.search(text) if text else ([], [])
        return _Document(self._render("search.html", sought=text, hits=hits, near=near), media.HTML)

    def _query(self, _: dict[str, str]) -> _Document:
        root = self._settings.root
        setup = {
            "endpoint": f"{root}/sparql",
            "view": f"{root}/views/query",
            "prefixes": vocab.PREFIXES,
            "terms": self._terms(),
            "catalogue": [
                {
                    "name": q.name,
                    "group": q.group,
                    "question": q.question,
                    "description": q.description,
                    "query": q.text,
                }
                for q in catalogue.catalogue()
            ],
        }
        return _Document(self._render("query.html", setup=setup), media.HTML)

    def _terms(self) -> list[dict[str, str]]:
        """List what a query may name: the terms of the ontology, and the entities."""
        words = self._words
        named = [(term, words.labels.get(term.value, "")) for term in documents.terms(self._store)]
        found = [
            {"iri": term.value, "label": label, "kind": kind, "comment": words.comments.get(term.value, "")}
            for term, label in named
            if (kind := self._kind(term))
        ]
        entities = ((iri, label) for iri, label in words.labels.items() if iri.startswith(vocab.ENTITY))
        return found + [
            {"iri": iri, "label": label, "kind": "entity", "comment": words.comments.get(iri, "")}
            for iri, label in sorted(entities)
        ]

    def _kind(self, term: ox.NamedNode) -> str:
        kinds = {str(getattr(q.object, "value", "")) for q in self._store.quads_for_pattern(term, vocab.TYPE, None)}
        return (
            "class" if vocab.OWL + "Class" in kinds else "property" if any("Property" in k for k in kinds) else "entity"
        )

    def _view(self, name: str, parameters: dict[str, str]) -> _Document:
        from bowiegraph.views import view  # noqa: PLC0415 — lazy: it draws with libraries that load for a second

        around = parameters.get("around")
        hops = parameters.get("hops", "1")
        if hops not in map(str, range(1, _MOST_HOPS + 1)):
            raise RefusedJobError(400, f"hops is a number from 1 to {_MOST_HOPS}")
        try:
            if name == "query":
                made = view(self._store, query=parameters.get("query", ""), around=around, hops=int(hops))
            elif name == "around":
                made = view(self._store, around=around or "", hops=int(hops))
            else:
                made = view(self._store, name, around=around, hops=int(hops))
        except UnknownNameError as error:
            raise RefusedJobError(404, str(error)) from error
        except BowiegraphError as error:
            raise RefusedJobError(400, str(error)) from error
        headers = {"content-security-policy": _VIEW_POLICY}
        return _Document(made.html.encode(), media.HTML, 200, headers)

    def _described(self, job: Job) -> _Document:
        named = next((form for form in media.GRAPHS if form.format == job.format), None)
        form = named or media.choose(job.accept, media.GRAPHS) or media.GRAPHS[0]
        return _Document(documents.write(documents.service(self._store, self._settings), form.format), form)

    def _nothing(self, path: str) -> _Document:
        kind, _, rest = path.strip("/").partition("/")
        near = self._words.near(_SPACES.get(kind, vocab.ENTITY), _stem(rest or kind)[:_MOST_SOUGHT])
        html = self._render("nothing.html", path=path, near=near)
        return _Document(html, media.HTML, 404)

    def _refused(self, error: RefusedJobError) -> _Document:
        html = self._render("refused.html", reason=error.reason)
        return _Document(html, media.HTML, error.status)

    def _files(self, node: ox.NamedNode) -> list[tuple[str, str]]:
        """List the forms in which a thing can be had, each with its address."""
        href = self._words.href(node.value)[0]
        names = {"turtle": "Turtle", "ntriples": "N-Triples", "rdfxml": "RDF/XML", "jsonld": "JSON-LD"}
        names |= {"trig": "TriG, with who says so", "nquads": "N-Quads"}
        return [(names[form], href + ending) for ending, form in documents.ENDINGS.items()]


def _stem(rest: str) -> str:
    """Take the ending of a document's name off."""
    for ending in (*documents.ENDINGS, _HTML_ENDING):
        if rest.endswith(ending):
            return rest.removesuffix(ending)
    return rest


def _by_sentence(made: list[Claim]) -> list[tuple[str, list[Claim]]]:
    """Sort the claims of a source under the sentences that make them; those of none come last."""
    found: dict[str, list[Claim]] = {}
    for claim in made:
        for locator in [sentence.locator for sentence in claim.sentences] or [""]:
            found.setdefault(locator, []).append(claim)
    return sorted(found.items(), key=lambda pair: _place(pair[0]))


def _place(locator: str) -> tuple[int, int]:
    """Order sentences as they stand: p4s2 comes before p10s1, and what has no place last."""
    if not locator:
        return (1 << 30, 0)
    paragraph, _, sentence = locator.removeprefix("p").partition("s")
    return int(paragraph), int(sentence or 0)
