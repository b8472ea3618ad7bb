// The legend, which filters: kinds of things, verdicts, stances and relations, each with its sign and count.
"use strict";

const Legend = (() => {
  const holder = document.getElementById("filters");
  const HEADINGS = { kind: "Things", verdict: "Verdicts", stance: "How it is said", relation: "Relations" };
  const ORDER = {
    verdict: Object.keys(Drawing.STROKES),
    stance: ["asserted", "implied", "hedged", "figurative", "opinion", "no claim"],
  };
  const boxes = [];

  function sign(facet, value) {
    if (facet === "kind") return Drawing.kindSign(Model.kinds.get(value));
    if (facet === "verdict") return Drawing.verdictSign(value);
    const look = facet === "relation" ? Drawing.linkLook(value) : null;
    return look ? Drawing.verdictSign(look) : "";
  }

  function sorted(facet, counts) {
    const place = (value) => (ORDER[facet]?.includes(value) ? ORDER[facet].indexOf(value) : Infinity);
    return [...counts].sort(([a, m], [b, n]) => place(a) - place(b) || n - m || (a < b ? -1 : 1));
  }

  function item(facet, value, count) {
    const box = Dom.make("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => {
      const hidden = new Set(State.now.hidden[facet]);
      box.checked ? hidden.delete(value) : hidden.add(value);
      State.hide(facet, hidden);
    });
    const number = Dom.make("span", { class: "count" }, count.toLocaleString("en"));
    boxes.push({ facet, value, box, number, count });
    const name = facet === "relation" ? Model.relation(value) : value;
    return Dom.make(
      "li",
      {},
      Dom.make("label", {}, box, sign(facet, value), Dom.make("span", { class: "name" }, name), number),
    );
  }

  function group(facet) {
    const counts = Filters.counts(facet);
    const values = sorted(facet, counts);
    const list = Dom.make(
      "ul",
      { class: "plain" },
      values.map(([value, count]) => item(facet, value, count)),
    );
    const switches = Dom.make(
      "span",
      { class: "switches" },
      Dom.button("all", () => State.hide(facet, []), { "aria-label": `${HEADINGS[facet]}: show all` }),
      Dom.button("none", () => State.hide(facet, counts.keys()), { "aria-label": `${HEADINGS[facet]}: hide all` }),
    );
    if (facet !== "relation") {
      return Dom.make("fieldset", { class: facet }, Dom.make("legend", {}, HEADINGS[facet], switches), list);
    }
    return Dom.make(
      "details",
      { class: facet },
      Dom.make("summary", {}, `${HEADINGS[facet]} (${values.length})`),
      Dom.make("fieldset", {}, Dom.make("legend", { class: "unseen" }, HEADINGS[facet]), switches, list),
    );
  }

  function build() {
    holder.replaceChildren(...["kind", "verdict", "stance", "relation"].map(group));
    State.listen(({ hidden }) => {
      const shown = Object.fromEntries(State.FACETS.map((facet) => [facet, Filters.counts(facet, Filters.shown)]));
      for (const { facet, value, box, number, count } of boxes) {
        box.checked = !hidden[facet].has(value);
        const here = shown[facet].get(value) ?? 0;
        number.textContent =
          here === count ? count.toLocaleString("en") : `${here.toLocaleString("en")} of ${count.toLocaleString("en")}`;
      }
      tell();
    });
  }

  function tell() {
    const { nodes, edges } = Filters.shown;
    const of = (some, all, one) =>
      some === all ? Dom.plural(all, one) : `${some.toLocaleString("en")} of ${Dom.plural(all, one)}`;
    document.getElementById("counts").textContent =
      `${of(nodes.size, Model.nodes.length, "thing")}, ${of(edges.size, Model.edges.length, "statement")}`;
  }

  return { build };
})();
