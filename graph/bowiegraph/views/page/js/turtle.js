// What is shown as RDF 1.1 Turtle (https://www.w3.org/TR/turtle/).
"use strict";

const Turtle = (() => {
  const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
  const hex = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`;

  function iri(text, used) {
    if (text.startsWith("_:")) return `_:b${[...text.slice(2)].map((c) => (/[0-9A-Za-z]/.test(c) ? c : "-")).join("")}`;
    for (const [prefix, space] of Object.entries(Model.prefixes).sort((a, b) => b[1].length - a[1].length)) {
      const local = text.startsWith(space) ? text.slice(space.length) : null;
      if (local !== null && /^[A-Za-z_](?:[\w-]*\w)?$/.test(local)) {
        used.add(prefix);
        return `${prefix}:${local}`;
      }
    }
    return `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, hex)}>`;
  }

  function literal({ value, language, datatype }, used) {
    const escaped = value.replace(
      /["\\\u0000-\u001f\u007f]/g,
      (c) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" })[c] ?? hex(c),
    );
    return `"${escaped}"${language ? `@${language}` : datatype ? `^^${iri(datatype, used)}` : ""}`;
  }

  function write({ nodes, edges }) {
    const used = new Set();
    const about = new Map();
    const add = (subject, property, object) => {
      if (!about.has(subject)) about.set(subject, new Map());
      const said = about.get(subject);
      const word = property === TYPE ? "a" : iri(property, used);
      if (!said.has(word)) said.set(word, new Set());
      said.get(word).add(object.iri === undefined ? literal(object, used) : iri(object.iri, used));
    };
    const describe = (subject, label, classes) => {
      for (const each of classes) add(subject, TYPE, { iri: each });
      add(subject, LABEL, { value: label });
    };
    for (const id of nodes) describe(Model.nodes[id].iri, Model.nodes[id].label, Model.classes(Model.details(id)));
    for (const id of edges) {
      const { via } = Model.edges[id];
      if (via) describe(via.iri, via.label, Model.classes(via));
      for (const { subject, property, object } of Model.says(Model.edges[id])) add(subject, property, object);
    }
    const blocks = [...about].map(
      ([subject, said]) =>
        `${iri(subject, used)} ${[...said].map(([word, objects]) => `${word} ${[...objects].join(", ")}`).join(" ;\n    ")} .`,
    );
    const prefixes = [...used].sort().map((prefix) => `@prefix ${prefix}: <${Model.prefixes[prefix]}> .`);
    const title = Model.title.replace(/[\r\n]+/g, " ");
    return `# ${title}: what was shown. Who says so is in the data set, in a named graph for each claim.\n${prefixes.join("\n")}\n\n${blocks.join("\n")}\n`;
  }

  return { write };
})();
