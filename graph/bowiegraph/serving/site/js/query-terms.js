/* Names in queries: prefixes, and the terms and entities that the graph has. */

const PREFIX_LINE = /^\s*PREFIX\s+([^\s:]*)\s*:/i;
// What may stand behind the colon without being escaped.
const LOCAL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;
// What in a query is no name, though it may look like one: IRIs, strings, comments.
const OPAQUE = /<[^<>"{}|^`\\\s]*>|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#.*/g;
const USED = /(?<![\p{L}\p{N}_?$:@.-])(\p{L}[\p{L}\p{N}_.-]*)?:(?=[\p{L}\p{N}_])/gu;

/** Make what turns IRIs into prefixed names; the longest namespace wins, since one may begin with another. */
export function makeNames(prefixes) {
  const spaces = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
  const split = (iri) => spaces.find(([, space]) => iri.startsWith(space) && iri.length > space.length);
  return {
    prefixes,
    /** "bg:verdict" for reading: it need not be correct SPARQL. */
    short(iri) {
      const found = split(iri);
      return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
    },
    /** "bg:verdict" or "<https://…>", as it can stand in a query. */
    written(iri) {
      const found = split(iri);
      return found && LOCAL.test(iri.slice(found[1].length)) ? this.short(iri) : `<${iri}>`;
    },
    /** What stands behind the prefix. */
    local(iri) {
      const found = split(iri);
      return found ? iri.slice(found[1].length) : iri;
    },
  };
}

/** All prefixes, as a query declares them. */
export function declarations(prefixes) {
  return Object.entries(prefixes).map(([name, space]) => `PREFIX ${name}: <${space}>`);
}

/** The line before which a further PREFIX is put: behind the last one, or behind the comments at the top. */
export function placeForPrefix(lines) {
  const last = lines.findLastIndex((line) => PREFIX_LINE.test(line));
  if (last >= 0) return last + 1;
  const first = lines.findIndex((line) => !/^\s*(#|$)/.test(line));
  return Math.max(first, 0);
}

/** Declare what a query uses and does not declare: the endpoint knows our prefixes, the editor's grammar does not. */
export function withPrefixes(text, prefixes) {
  const lines = text.split("\n");
  const bare = text.replace(OPAQUE, (part) => " ".repeat(part.length));
  const declared = new Set(Array.from(bare.matchAll(/\bPREFIX\s+([^\s:]*)\s*:/gi), (found) => found[1]));
  const used = new Set(Array.from(bare.matchAll(USED), (found) => found[1] ?? ""));
  const missing = [...used].filter((name) => Object.hasOwn(prefixes, name) && !declared.has(name));
  if (!missing.length) return text;
  const added = missing.sort().map((name) => `PREFIX ${name}: <${prefixes[name]}>`);
  lines.splice(placeForPrefix(lines), 0, ...added);
  return lines.join("\n");
}

/** Find terms for what is typed, by prefixed name, local name or label; those of the kind that fits come first. */
export function findTerms(terms, names, typed, kind, most = 60) {
  const sought = typed.replace(/^</, "").toLowerCase();
  const scored = [];
  for (const term of terms) {
    const score = rank(term, names, sought, typed.startsWith("<"));
    if (score >= 0) scored.push([score + (kind && term.kind !== kind ? 10 : 0), term]);
  }
  // Of what fits equally well, the shorter is meant more often: a person, not what the person did.
  const order = ([a, x], [b, y]) => a - b || x.label.length - y.label.length || x.label.localeCompare(y.label);
  return scored
    .sort(order)
    .slice(0, most)
    .map(([, term]) => term);
}

/** How well a term fits: 0 is best, -1 not at all. */
function rank(term, names, sought, asIri) {
  if (asIri) return term.iri.toLowerCase().startsWith(sought) ? 0 : -1;
  const colon = sought.indexOf(":");
  const local = names.local(term.iri).toLowerCase();
  if (colon >= 0) {
    const short = names.short(term.iri).toLowerCase();
    if (!short.startsWith(sought.slice(0, colon + 1))) return -1;
    return short.startsWith(sought) ? 0 : local.includes(sought.slice(colon + 1)) ? 1 : -1;
  }
  const label = term.label.toLowerCase();
  if (label.startsWith(sought)) return 0;
  if (`${local} ${label}`.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought))) return 0;
  return local.startsWith(sought) ? 0 : local.includes(sought) || label.includes(sought) ? 1 : -1;
}
