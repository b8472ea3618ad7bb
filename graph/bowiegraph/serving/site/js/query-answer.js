/* Answers: Yasr with links to our own pages, the picture of an answer, and the forms in which it can be had. */

const { Yasr } = window;
// Where everything that we describe has its IRI; the pages have the same paths.
const BASE = "https://w3id.org/bowiegraph/";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const TABLES = { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML" };
const TRUTHS = { json: "JSON", xml: "XML" };
const GRAPHS = { turtle: "Turtle", ntriples: "N-Triples", jsonld: "JSON-LD" };
// Names of columns by which the server knows a statement.
const COLUMNS = [
  ["s", "subject"],
  ["p", "predicate", "property"],
  ["o", "object"],
];
// Characters of a cell that are little, or not much.
const BRIEF = 34;
const SOME = 70;
// Characters of JSON that are still laid out over lines.
const NEAT = 2_000_000;

/** Make what shows answers; `query` is what they answer, and changes with each. */
export function makeAnswer(parent, setup, names, { onDrawn }) {
  const current = { query: "", kind: "" };
  const labels = new Map(setup.terms.map(({ iri, label }) => [iri, label]));
  const root = setup.endpoint.replace(/\/sparql$/, "");
  Yasr.registerPlugin("table", tables({ names, labels, root }));
  Yasr.registerPlugin("network", networks(setup.view, current));
  // All of it, in a box that scrolls: Yasr would veil all but the first lines.
  Yasr.plugins.response.defaults.maxLines = Infinity;
  const yasr = new Yasr(parent, {
    // Nothing is stored.
    persistenceId: null,
    prefixes: setup.prefixes,
  });
  // Its own bar is a line of buttons that lead elsewhere; ours stands on the page.
  yasr.headerEl.hidden = true;
  yasr.on("drawn", () => {
    mend(parent);
    onDrawn(yasr);
  });
  return {
    yasr,
    /** Show an answer; give its kind, and how many rows it has or whether it is true. */
    show(query, response) {
      current.query = query;
      const data = readable(response);
      current.kind = data.kind;
      yasr.setResponse({ data: data.text, contentType: response.type, status: 200 });
      return { kind: data.kind, rows: yasr.results.getBindings()?.length, truth: yasr.results.getBoolean() };
    },
    /** The ways to look at the answer, each with its name. */
    faces() {
      const first = current.kind === "truth" ? "Boolean" : "Table";
      const all = { table: first, response: "Raw", network: "Network" };
      if (!isDrawable(yasr.results, current.kind)) delete all.network;
      return all;
    },
    formats: () => ({ table: TABLES, truth: TRUTHS, graph: GRAPHS })[current.kind],
  };
}

/** Tell what kind of answer it is, and lay JSON out over lines, so that it can be read. */
function readable({ type, text }) {
  if (!type.includes("json")) return { kind: "graph", text };
  const json = JSON.parse(text);
  const kind = "boolean" in json ? "truth" : "table";
  return { kind, text: text.length < NEAT ? JSON.stringify(json, null, 2) : text };
}

/** Whether the server can draw it: statements, of which one at least leads from a thing to another. */
function isDrawable(results, kind) {
  const rows = results?.getBindings() ?? [];
  const variables = results?.getVariables() ?? [];
  const known = COLUMNS.map((all) => all.find((name) => variables.includes(name)));
  const isNamed = known.every(Boolean);
  if (!isNamed && ![3, 4].includes(variables.length)) return false;
  const columns = isNamed ? known : variables;
  const isSure = kind === "graph" || isNamed;
  return rows.some((row) => isNode(row[columns[2]])) && (isSure || rows.every((row) => isStatement(row, columns)));
}

function isNode(term) {
  return term?.type === "uri" || term?.type === "bnode";
}

function isStatement(row, [subject, predicate, object, claim]) {
  const isClaimed = !claim || !row[claim] || row[claim].type === "uri";
  return isNode(row[subject]) && row[predicate]?.type === "uri" && Boolean(row[object]) && isClaimed;
}

// ---- the table

/** The table of Yasr: links to our pages, plain literals, and none of what only a mouse can do. */
function tables({ names, labels, root }) {
  const Table = Yasr.plugins.table;
  Object.assign(Table.defaults.tableConfig, {
    autoWidth: false,
    language: {
      emptyTable: "Nothing answers this query.",
      zeroRecords: "No row has that in it.",
      info: "Rows _START_ to _END_ of _TOTAL_",
      infoEmpty: "",
      infoFiltered: "(of _MAX_ in all)",
      paginate: { first: "First", last: "Last", next: "Next", previous: "Previous" },
    },
  });
  const seen = (iri) => [iri, names.short(iri), labels.get(iri) ?? ""].join(" ");
  return class extends Table {
    constructor(yasr) {
      super(yasr);
      // Datatypes and languages are shown when they are asked for; "compact" is what Yasr calls it.
      this.persistentConfig.compact = true;
      this.handleSetCompactToggle = ({ target }) => this.draw({ ...this.persistentConfig, compact: !target.checked });
    }

    draw(config) {
      super.draw({ ...this.persistentConfig, ...config, isEllipsed: false });
      // Columns of fixed widths, to be drawn with a mouse: the text breaks in its cell instead.
      this.destroyResizer();
      forget(this.tableEl.id);
      this.tableEl.removeAttribute("style");
      this.tableEl.setAttribute("aria-label", "Answer");
    }

    drawControls() {
      const isHeld = this.tableCompactSwitch && document.activeElement === this.tableCompactSwitch;
      super.drawControls();
      this.tableEllipseSwitch.closest("div").remove();
      this.tableCompactSwitch.checked = !this.persistentConfig.compact;
      this.tableControls.querySelector(".switch .label").textContent = "Datatypes";
      if (isHeld) this.tableCompactSwitch.focus();
      this.tableSizeField.setAttribute("aria-label", "Rows on a page");
      this.tableSizeField.parentElement.hidden = this.getRows().length <= Table.defaults.tableConfig.pageLength;
      this.tableFilterField.type = "search";
      this.tableFilterField.placeholder = "Filter the rows";
      this.tableFilterField.setAttribute("aria-label", "Filter the rows");
      // It listens to keys only, and would miss the cross that empties the field.
      this.tableFilterField.addEventListener("search", (event) => this.handleTableSearch(event));
    }

    getColumns() {
      const [numbers, ...columns] = super.getColumns();
      return [{ ...numbers, title: "#" }, ...columns.map((column) => asText(column, seen))];
    }

    /** Short text stays on one line, so that the columns of long text get the room. */
    getCellContent(binding, prefixes) {
      const { length } = binding.type === "uri" ? names.short(binding.value) : binding.value;
      const size = length <= BRIEF ? "brief" : length <= SOME ? "some" : "long";
      return super.getCellContent(binding, prefixes).replace("<div>", `<div class="${size}">`);
    }

    getUriLinkFromBinding({ value }) {
      return link(value, names.short(value), labels.get(value), root).outerHTML;
    }

    formatLiteral(literal) {
      return literalOf(literal, names, root, this.persistentConfig.compact).innerHTML;
    }
  };
}

/** Have a column filtered by what is seen of it, and sorted, as text in HTML: none of it is read as elements. */
function asText(column, seen) {
  const text = (value) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const render = (data, type, ...rest) => {
    if (!data || type === "display") return column.render(data, type, ...rest);
    return text(type === "filter" && data.type === "uri" ? seen(data.value) : data.value);
  };
  return { ...column, render };
}

/** Nothing is stored, not even the widths that the columns had. */
function forget(id) {
  try {
    sessionStorage.removeItem(id);
  } catch {
    // A browser that stores nothing has nothing to forget.
  }
}

/** A link to what an IRI names: on this server if it is ours, else elsewhere; mere text if it names no page. */
function link(iri, text, label, root) {
  const isOurs = iri.startsWith(BASE);
  const element = document.createElement(isOurs || /^https?:\/\//i.test(iri) ? "a" : "span");
  element.className = "iri";
  element.textContent = text;
  if (label) element.title = label;
  if (element.tagName === "A") {
    element.href = isOurs ? `${root}/${iri.slice(BASE.length)}` : iri;
    if (!isOurs) element.rel = "noreferrer";
  }
  return element;
}

function literalOf({ value, datatype, "xml:lang": language }, names, root, plain) {
  const element = document.createElement("span");
  element.append(datatype === `${XSD}anyURI` ? link(value, value, "", root) : value);
  const isUsual = !datatype || datatype === `${XSD}string`;
  if (!plain && (language || !isUsual)) {
    const kind = document.createElement("small");
    kind.textContent = language ? `@${language}` : names.short(datatype);
    element.append(" ", kind);
  }
  return element;
}

// ---- the network

function networks(view, current) {
  return class {
    label = "Network";
    priority = 1;

    constructor(yasr) {
      this.yasr = yasr;
    }

    canHandleResults() {
      return isDrawable(this.yasr.results, current.kind);
    }

    draw() {
      const frame = document.createElement("iframe");
      frame.className = "network";
      frame.title = "The answer as a network";
      frame.src = `${view}?query=${encodeURIComponent(current.query)}`;
      this.yasr.resultsEl.append(frame);
    }
  };
}

/** Name what Yasr leaves without a name, and let the keyboard scroll what the wheel does. */
function mend(parent) {
  for (const text of parent.querySelectorAll(".CodeMirror-scroll")) text.tabIndex = 0;
  for (const field of parent.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", "Raw answer");
  for (const icon of parent.querySelectorAll(".booleanResult svg")) icon.setAttribute("aria-hidden", "true");
}
