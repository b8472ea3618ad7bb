// What the page knows: things, statements between them, claims and sources. Nothing here changes once it is read.
"use strict";

const Model = (() => {
  const read = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
  const nodes = read("nodes");
  const edges = read("edges");
  const { details, ...rest } = read("rest");

  const around = nodes.map(() => []);
  for (const edge of edges) {
    around[edge.from].push(edge.id);
    if (edge.to !== edge.from) around[edge.to].push(edge.id);
  }

  const byKey = new Map(nodes.map((node) => [node.key, node.id]));
  const byIri = new Map(nodes.map((node) => [node.iri, node.id]));
  const edgeByKey = new Map(edges.map((edge) => [edge.key, edge.id]));
  const claimByIri = new Map(rest.claims.map((claim, i) => [claim.iri, i]));
  const kinds = new Map(rest.kinds.map((kind) => [kind.name, kind]));

  const other = (edge, id) => (edge.from === id ? edge.to : edge.from);

  // What people may be trusted to type: no case, accents, punctuation or double blanks.
  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/ß/g, "ss")
      .replace(/\p{M}/gu, "")
      .replace(/[\p{P}\p{S}]/gu, "")
      .replace(/\s+/g, " ")
      .trim();

  const localName = (iri) => iri.replace(/[/#]+$/, "").split(/[/#]/).pop();
  const relation = (iri) => rest.relations[iri] ?? localName(iri);
  const name = (iri) => (byIri.has(iri) ? nodes[byIri.get(iri)].label : (rest.relations[iri] ?? localName(iri).replaceAll("-", " ")));

  // A statement as it stands in the data: subject, property, object, numbers of claims.
  const statement = ([subject, property, object, claims]) => ({ subject, property, object, claims });
  const says = (of) => (of.says ?? []).map(statement);
  const claimsOf = (edge) => [...new Set(edge.says.flatMap(([, , , claims]) => claims))];
  const inWords = (edge) => `${nodes[edge.from].label} — ${edge.label} → ${nodes[edge.to].label}`;

  return {
    nodes, edges, around, kinds, byKey, byIri, edgeByKey, claimByIri, other, fold, relation, name, says, claimsOf,
    inWords, details: (id) => details[id], claims: rest.claims, sources: rest.sources, prefixes: rest.prefixes,
    large: rest.large, many: rest.many, axis: rest.axis, title: document.querySelector("h1").textContent,
  };
})();
