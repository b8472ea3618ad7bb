// What is chosen, filtered and shown: one object, whoever changes it, and the address that says the same.
"use strict";

const State = (() => {
  const CHOICES = ["node", "edge", "path", "centre"];
  const FACETS = ["kind", "relation", "verdict", "stance"];
  const start = () => ({
    node: null,
    edge: null,
    path: null,
    hops: 1,
    years: null,
    table: false,
    centre: null,
    hidden: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  });
  let state = start();
  const listeners = [];

  const number = (text, most) => {
    const found = /^\d{1,6}$/.test(text ?? "") ? Number(text) : null;
    return found !== null && found <= most ? found : null;
  };

  function fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const found = start();
    found.node = Model.byKey.get(asked.get("node")) ?? null;
    found.edge = Model.edgeByKey.get(asked.get("edge")) ?? null;
    const ends = asked.getAll("path").map((key) => Model.byKey.get(key));
    if (ends.length === 2 && ends.every((end) => end !== undefined)) found.path = ends;
    found.centre = Model.byKey.get(asked.get("centre")) ?? null;
    found.hops = number(asked.get("hops"), 2) || 1;
    found.table = asked.get("table") === "1";
    const years = /^(-?\d{1,6})\.\.(-?\d{1,6})$/.exec(asked.get("years") ?? "");
    if (years && Number(years[1]) <= Number(years[2])) found.years = [Number(years[1]), Number(years[2])];
    for (const facet of FACETS) for (const value of asked.getAll(`no-${facet}`)) found.hidden[facet].add(value);
    return found;
  }

  function toAddress() {
    const told = new URLSearchParams();
    if (state.node !== null) told.set("node", Model.nodes[state.node].key);
    if (state.edge !== null) told.set("edge", Model.edges[state.edge].key);
    for (const end of state.path ?? []) told.append("path", Model.nodes[end].key);
    if (state.centre !== null) told.set("centre", Model.nodes[state.centre].key);
    if (state.hops !== 1) told.set("hops", state.hops);
    if (state.table) told.set("table", "1");
    if (state.years) told.set("years", state.years.join(".."));
    for (const facet of FACETS) for (const value of state.hidden[facet]) told.append(`no-${facet}`, value);
    return told.toString();
  }

  // What is chosen can be gone back from; a slider that moves should not fill the history.
  function writeAddress(back) {
    if (location.hash.slice(1) === toAddress()) return;
    try {
      history[back ? "pushState" : "replaceState"](null, "", `#${toAddress()}`);
    } catch {
      // A frame in a notebook has no address of its own.
    }
  }

  function tell(changed) {
    for (const listener of listeners) listener(state, changed);
  }

  function change(patch) {
    const changed = new Set(Object.keys(patch));
    state = { ...state, ...patch };
    writeAddress(CHOICES.some((part) => changed.has(part)));
    tell(changed);
  }

  function hide(facet, values) {
    change({ hidden: { ...state.hidden, [facet]: new Set(values) } });
  }

  const all = () => new Set([...Object.keys(start())]);
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === toAddress()) return;
    state = fromAddress();
    tell(all());
  });

  return {
    FACETS,
    change,
    hide,
    get now() {
      return state;
    },
    listen: (listener) => listeners.push(listener),
    begin: () => {
      state = fromAddress();
      tell(all());
    },
    reset: () => {
      state = start();
      writeAddress(true);
      tell(all());
    },
    link: () => `${location.href.split("#")[0]}#${toAddress()}`,
    choose: (node) => change({ node, edge: null, path: null }),
    chooseEdge: (edge) => change({ edge, node: null, path: null }),
  };
})();
