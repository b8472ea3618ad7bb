// What is shown: things and statements that no filter hides. A thing all of whose statements are hidden is hidden too.
"use strict";

const Filters = (() => {
  const NONE = "no claim";
  const OF = {
    kind: (node) => node.kind,
    relation: (edge) => edge.relation,
    verdict: (edge) => edge.verdict ?? NONE,
    stance: (edge) => edge.stance ?? NONE,
  };
  let shown = { nodes: new Set(), edges: new Set() };

  const within = (thing, years) => !years || !thing.span || (thing.span[1] >= years[0] && thing.span[0] <= years[1]);

  function passesNode(node, state) {
    return !state.hidden.kind.has(node.kind) && within(node, state.years);
  }

  function passesEdge(edge, state) {
    const { hidden } = state;
    return (
      !hidden.relation.has(edge.relation) &&
      !hidden.verdict.has(OF.verdict(edge)) &&
      !hidden.stance.has(OF.stance(edge)) &&
      within(edge, state.years)
    );
  }

  function compute(state) {
    const possible = new Set(Model.nodes.filter((node) => passesNode(node, state)).map((node) => node.id));
    const edges = new Set();
    const nodes = new Set();
    for (const edge of Model.edges) {
      if (possible.has(edge.from) && possible.has(edge.to) && passesEdge(edge, state)) {
        edges.add(edge.id);
        nodes.add(edge.from).add(edge.to);
      }
    }
    shown = { nodes, edges };
    return shown;
  }

  // How many things or statements there are of each value; of all, or of what is shown.
  function counts(facet, among = null) {
    const found = new Map();
    const [items, here] = facet === "kind" ? [Model.nodes, among?.nodes] : [Model.edges, among?.edges];
    for (const item of items) {
      if (here && !here.has(item.id)) continue;
      const value = OF[facet](item);
      found.set(value, (found.get(value) ?? 0) + 1);
    }
    return found;
  }

  return {
    compute,
    counts,
    get shown() {
      return shown;
    },
  };
})();
