"""In a worker: asking a query, and writing the answer in the form that the client likes best."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import QueryError, RefusedError
from bowiegraph.fromclauses import Graphs
from bowiegraph.query import run_query
from bowiegraph.result import GRAPHS
from bowiegraph.serving import media, rewriting
from bowiegraph.serving.jobs import Head

if TYPE_CHECKING:
    from bowiegraph.result import Result
    from bowiegraph.serving.jobs import Job, Question
    from bowiegraph.serving.replies import Reply
    from bowiegraph.serving.settings import Settings

#: bytes of an answer of which it need not be known beforehand how many rows it has
_SMALL: Final = 1024 * 1024
#: brackets within brackets: the engine runs out of stack at some thousands
_DEEPEST: Final = 256
_RDF: Final = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}


@dataclass(frozen=True)
class RefusedJobError(Exception):
    """An answer that says why there is none."""

    status: int
    reason: str


class _TooLargeError(Exception):
    """An answer is not small."""


class _Small(io.BytesIO):
    def write(self, data: bytes) -> int:  # type: ignore[override]  # Oxigraph's writers give bytes
        if self.tell() + len(data) > _SMALL:
            raise _TooLargeError
        return super().write(data)


@dataclass(frozen=True)
class Asker:
    """Asks the questions of clients."""

    store: ox.Store
    settings: Settings
    #: where SERVICE is led to; "" if nothing is allowed
    gateway: str
    #: of queries: the endpoint's own address (https://www.w3.org/TR/sparql11-protocol/#update-operation)
    base_iri: str

    def answer(self, question: Question, job: Job, reply: Reply) -> None:
        """Ask, and write the answer.

        Raises:
            RefusedJobError: there is none.
        """
        try:
            self._answer(question, job, reply)
        except (RuntimeError, OSError) as error:  # of the engine, while it evaluates: a server that SERVICE asks
            if reply.has_begun:
                raise
            raise RefusedJobError(502 if self.gateway else 500, str(error)) from error

    def _answer(self, question: Question, job: Job, reply: Reply) -> None:
        if rewriting.depth(question.sparql) > _DEEPEST:
            raise RefusedJobError(400, f"the query is nested more than {_DEEPEST} deep")
        result = self._ask(question, question.sparql)
        form = self._form(result, job)
        lasting = rewriting.is_lasting(question.sparql)
        small = _Small()
        try:
            _write(result, small, form)
        except _TooLargeError:
            cut = result.has_more_than(self.settings.rows)
            headers = {"x-sparql-maxrows": str(self.settings.rows)} if cut else {}
            reply.begin(Head(200, form.content_type, headers, lasting))
            if cut and result.variables:
                result = self._ask(question, rewriting.limited(question.sparql, self.settings.rows))
            _write(result, cast("IO[bytes]", reply), form, self.settings.rows if cut else None)
        else:
            reply.begin(Head(200, form.content_type, {}, lasting))
            reply.write(small.getvalue())
        reply.end()

    def _ask(self, question: Question, sparql: str) -> Result:
        graphs = Graphs(question.default_graphs, question.named_graphs)
        try:
            if self.gateway:
                sparql = rewriting.through_gateway(
                    sparql, gateway=self.gateway, allowed=self.settings.services, base_iri=self.base_iri
                )
            return run_query(self.store, sparql, base_iri=self.base_iri, graphs=graphs, services=bool(self.gateway))
        except RefusedError as error:
            raise RefusedJobError(403, str(error)) from error
        except QueryError as error:
            raise RefusedJobError(400, str(error)) from error

    def _form(self, result: Result, job: Job) -> media.Media:
        """Choose the form: by its name if the client gave one, else by what it accepts."""
        offers = _offers(tuple(result.formats))
        if job.format:
            chosen = next((offer for offer in offers if offer.format == job.format), None)
        else:
            chosen = media.choose(job.accept, offers)
        if chosen is None:
            forms = ", ".join(f"{offer.types[0]} (format={offer.format})" for offer in offers)
            raise RefusedJobError(
                406, f"this answer cannot be had as {job.format or job.accept}. It can be had as {forms}"
            )
        return chosen


@cache
def _offers(formats: tuple[str, ...]) -> tuple[media.Media, ...]:
    every = {*formats, *(_RDF if "turtle" in formats else ())}
    return tuple(form for form in media.EVERY if form.format in every)


def _write(result: Result, output: IO[bytes], form: media.Media, at_most: int | None = None) -> None:
    if form in media.GRAPHS:
        triples = islice(result.iter_triples(), at_most)
        ox.serialize(triples, output, format=(GRAPHS | _RDF)[form.format], prefixes=vocab.PREFIXES)
    else:
        result.write(output, form.format)
