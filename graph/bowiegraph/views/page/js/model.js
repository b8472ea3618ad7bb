// What the page knows: things, statements between them, claims and sources. Nothing here changes once it is read.
"use strict";

const Model = (() => {
  const read = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
  const nodes = read("nodes");
  const edges = read("edges");
  const { details, terms, ...rest } = read("rest");

  // The data shortens IRIs by our prefixes, as Turtle does.
  function expand(name) {
    if (name.startsWith("<")) return name.slice(1, -1);
    const colon = name.indexOf(":");
    const space = Object.hasOwn(rest.prefixes, name.slice(0, colon)) ? rest.prefixes[name.slice(0, colon)] : undefined;
    return space === undefined ? name : space + name.slice(colon + 1);
  }
  const iris = terms.map(expand);
  for (const node of nodes) node.iri = expand(node.key);
  for (const { via } of edges) if (via) via.iri = expand(via.key);
  for (const claim of rest.claims) claim.iri = expand(claim.key);
  for (const sentence of rest.sentences) {
    if (sentence.source !== undefined) sentence.url = rest.sources[sentence.source].url + sentence.url;
  }
  const relations = new Map(Object.entries(rest.relations).map(([name, label]) => [expand(name), label]));
  for (const edge of edges) edge.relation = expand(edge.relation);

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

  const localName = (iri) =>
    iri
      .replace(/[/#]+$/, "")
      .split(/[/#]/)
      .pop();
  const relation = (iri) => relations.get(iri) ?? localName(iri);
  const name = (iri) =>
    byIri.has(iri) ? nodes[byIri.get(iri)].label : (relations.get(iri) ?? localName(iri).replaceAll("-", " "));

  function term(object) {
    if (!Array.isArray(object)) return { iri: iris[object] };
    const [value, kind = ""] = object;
    return kind.startsWith("@") ? { value, language: kind.slice(1) } : { value, datatype: kind && expand(kind) };
  }
  // A statement as it stands in the data: subject, property, object, numbers of claims.
  const statement = ([subject, property, object, claims]) => ({
    subject: iris[subject],
    property: iris[property],
    object: term(object),
    claims,
  });
  const says = (of) => (of.says ?? []).map(statement);
  const claimsOf = (edge) => [...new Set(edge.says.flatMap(([, , , claims]) => claims))];
  const inWords = (edge) => `${nodes[edge.from].label} — ${edge.label} → ${nodes[edge.to].label}`;

  return {
    nodes,
    edges,
    around,
    kinds,
    byKey,
    byIri,
    edgeByKey,
    claimByIri,
    other,
    fold,
    relation,
    name,
    says,
    claimsOf,
    inWords,
    details: (id) => details[id],
    classes: (of) => (of.classes ?? []).map((i) => iris[i]),
    claims: rest.claims,
    sources: rest.sources,
    prefixes: rest.prefixes,
    sentences: (claim) => (claim.sentences ?? []).map((i) => rest.sentences[i]),
    large: rest.large,
    many: rest.many,
    axis: rest.axis,
    title: document.querySelector("h1").textContent,
  };
})();
