// Neighbours and shortest paths, over what is shown, in either direction.
"use strict";

const Paths = (() => {
  // Things within so many hops of some, and the statements among them.
  function surroundings(starts, hops, { edges }, most = Infinity) {
    const nodes = new Set(starts);
    let rim = [...starts];
    for (let hop = 0; hop < hops; hop++) {
      const next = [];
      for (const id of rim) {
        for (const e of Model.around[id]) {
          const end = Model.other(Model.edges[e], id);
          if (!edges.has(e) || nodes.has(end) || nodes.size >= most) continue;
          nodes.add(end);
          next.push(end);
        }
      }
      rim = next;
    }
    return { nodes, edges: among(nodes, edges, hops === 1 && starts.length === 1 ? starts[0] : null) };
  }

  // With one hop, only the statements about the thing itself; with more, all among what is near.
  function among(nodes, edges, only) {
    const found = new Set();
    for (const id of only === null ? nodes : [only]) {
      for (const e of Model.around[id]) {
        const edge = Model.edges[e];
        if (edges.has(e) && nodes.has(edge.from) && nodes.has(edge.to)) found.add(e);
      }
    }
    return found;
  }

  // The shortest path as steps { edge, to }; null if there is none.
  function shortest(from, to, { edges }) {
    const before = new Map([[from, null]]);
    let rim = [from];
    while (rim.length && !before.has(to)) {
      const next = [];
      for (const id of rim) {
        for (const e of Model.around[id]) {
          const end = Model.other(Model.edges[e], id);
          if (!edges.has(e) || before.has(end)) continue;
          before.set(end, { edge: e, from: id });
          next.push(end);
        }
      }
      rim = next;
    }
    if (!before.has(to)) return null;
    const steps = [];
    for (let at = to; before.get(at); at = before.get(at).from) steps.unshift({ edge: before.get(at).edge, to: at });
    return steps;
  }

  return { surroundings, shortest };
})();
