// Rings around one thing, for graphs too large to be laid out as a whole: neighbours, then theirs, each near its own.
"use strict";

const Rings = (() => {
  const GAP = 64;

  function place(centre, nodes, edges) {
    const distance = new Map([[centre, 0]]);
    const parent = new Map();
    let rim = [centre];
    while (rim.length) {
      const next = [];
      for (const id of rim) {
        for (const e of Model.around[id]) {
          const end = Model.other(Model.edges[e], id);
          if (!edges.has(e) || !nodes.has(end) || distance.has(end)) continue;
          distance.set(end, distance.get(id) + 1);
          parent.set(end, id);
          next.push(end);
        }
      }
      rim = next;
    }
    const places = new Map([[centre, { x: 0, y: 0 }]]);
    const angles = new Map([[centre, 0]]);
    for (let ring = 1, radius = 0; ; ring++) {
      const here = [...distance].filter(([, d]) => d === ring).map(([id]) => id);
      if (!here.length) return places;
      here.sort((a, b) => angles.get(parent.get(a)) - angles.get(parent.get(b)) || a - b);
      radius = Math.max(radius + 2.4 * GAP, (here.length * GAP) / (2 * Math.PI));
      here.forEach((id, i) => {
        const angle = (2 * Math.PI * i) / here.length;
        angles.set(id, angle);
        places.set(id, { x: radius * 1.25 * Math.cos(angle), y: radius * Math.sin(angle) });
      });
    }
  }

  return { place };
})();
