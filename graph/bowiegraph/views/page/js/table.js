// The table: the statements that are shown, or the things, in rows that sort. It holds all that the picture does.
"use strict";

const Table = (() => {
  const holder = document.getElementById("table");
  const STEP = 200;
  const { make, button } = Dom;
  let sort = { statements: ["From", 1], things: ["Name", 1] };
  let which = "statements";
  let rows = STEP;

  const years = ({ span }) => (span ? (span[0] === span[1] ? `${span[0]}` : `${span[0]}–${span[1]}`) : "");
  const places = (claim) =>
    Model.sentences(claim)
      .map(({ paragraph, number }) => `p${paragraph}s${number}`)
      .join(" ");

  // One row for each claim behind a shown statement; one without claim where there is none.
  function statements({ edges }) {
    const found = [];
    for (const id of edges) {
      const edge = Model.edges[id];
      const common = { From: Model.nodes[edge.from].label, Relation: edge.label, To: Model.nodes[edge.to].label };
      const numbers = Model.claimsOf(edge);
      for (const number of numbers.length ? numbers : [null]) {
        const claim = number === null ? null : Model.claims[number];
        found.push({
          id,
          ...common,
          Claim: claim?.statement ?? "",
          Verdict: claim?.verdict ?? "no claim",
          Stance: claim?.stance ?? "",
          Source: claim ? Model.sources[claim.source].label : "",
          Sentence: claim ? places(claim) : "",
          Year: years(edge),
        });
      }
    }
    return found;
  }

  function things({ nodes }) {
    return [...nodes].map((id) => {
      const node = Model.nodes[id];
      return {
        id,
        Name: node.label,
        Type: node.types?.join(", ") ?? "",
        Year: years(node),
        Statements: Model.around[id].length,
        Also: node.also?.join(", ") ?? "",
      };
    });
  }

  const collator = new Intl.Collator("en", { numeric: true, ignorePunctuation: true });
  function sorted(found, [column, direction]) {
    return found.sort((a, b) => direction * collator.compare(a[column], b[column]) || a.id - b.id);
  }

  const COLUMNS = {
    statements: ["From", "Relation", "To", "Claim", "Verdict", "Stance", "Source", "Sentence", "Year"],
    things: ["Name", "Type", "Year", "Statements", "Also"],
  };
  const data = (shown, name = which) => sorted((name === "statements" ? statements : things)(shown), sort[name]);

  function header(column) {
    const [by, direction] = sort[which];
    const state = by !== column ? "none" : direction === 1 ? "ascending" : "descending";
    const mark = { none: "", ascending: " ▲", descending: " ▼" }[state];
    const pressed = button(
      column,
      () => {
        sort = { ...sort, [which]: [column, by === column ? -direction : 1] };
        draw();
        holder.querySelector(`th button[data-column="${column}"]`).focus();
        Dom.say(`Sorted by ${column}, ${sort[which][1] === 1 ? "ascending" : "descending"}`);
      },
      { "data-column": column },
    );
    pressed.append(make("span", { "aria-hidden": "true" }, mark));
    return make("th", { scope: "col", "aria-sort": state }, pressed);
  }

  function cell(column, row) {
    const text = String(row[column]);
    if (column === "Verdict")
      return make(
        "td",
        { class: `verdict-${text.replace(" ", "-")}` },
        make("span", { class: "chip" }, Drawing.verdictSign(text), text),
      );
    if (column === "Claim" && text)
      return make(
        "td",
        {},
        button(text, () => State.chooseEdge(row.id), { class: "line" }),
      );
    if (column === "From" && !row.Claim)
      return make(
        "td",
        {},
        button(text, () => State.chooseEdge(row.id), { class: "line" }),
      );
    if (column === "Name")
      return make(
        "td",
        {},
        button(text, () => State.choose(row.id), { class: "line" }),
      );
    return make("td", {}, text);
  }

  function tab(name, words) {
    return button(
      words,
      () => {
        which = name;
        rows = STEP;
        draw();
        holder.querySelector(".tabs [aria-pressed=true]").focus();
      },
      { "aria-pressed": String(which === name) },
    );
  }

  function draw() {
    const found = data(Filters.shown);
    const shown = found.slice(0, rows);
    const caption =
      which === "statements"
        ? `${Dom.plural(found.length, "claim")} behind ${Dom.plural(Filters.shown.edges.size, "statement")}`
        : Dom.plural(found.length, "thing");
    holder.replaceChildren(
      make(
        "div",
        { class: "tabs", role: "group", "aria-label": "Table of" },
        tab("statements", "Statements"),
        tab("things", "Things"),
      ),
      make(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of what is shown" },
        make(
          "table",
          {},
          make("caption", {}, caption),
          make("thead", {}, make("tr", {}, COLUMNS[which].map(header))),
          make(
            "tbody",
            {},
            shown.map((row) =>
              make(
                "tr",
                {},
                COLUMNS[which].map((column) => cell(column, row)),
              ),
            ),
          ),
        ),
        found.length > rows
          ? button(
              `Show ${Math.min(STEP, found.length - rows)} more of ${found.length.toLocaleString("en")}`,
              () => {
                rows += STEP;
                draw();
              },
              { class: "more" },
            )
          : "",
      ),
    );
  }

  function show(on) {
    holder.hidden = !on;
    document.body.classList.toggle("with-table", on);
    const pressed = document.getElementById("show-table");
    pressed.setAttribute("aria-pressed", String(on));
    if (on) draw();
  }

  return { show, statements: () => data(Filters.shown, "statements"), COLUMNS };
})();
