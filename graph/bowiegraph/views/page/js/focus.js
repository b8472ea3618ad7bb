// What is brought out: the surroundings of what is chosen, a path, or what is under the pointer.
"use strict";

const Focus = (() => {
  let focus = null; // { nodes, edges, centre }, or null for all
  let hovered = null;
  let moving = false;
  let version = 0;
  const listeners = [];

  function spotlight({ node, edge, path, hops }) {
    if (path) {
      const steps = Paths.shortest(path[0], path[1], Filters.shown) ?? [];
      return {
        nodes: new Set([...path, ...steps.map((step) => step.to)]),
        edges: new Set(steps.map((step) => step.edge)),
      };
    }
    if (node !== null && node !== undefined && Canvas.visible.has(node))
      return { ...Paths.surroundings([node], hops ?? 1, Filters.shown), centre: node };
    if (edge !== null && edge !== undefined && Canvas.visibleEdges.has(edge)) {
      const { from, to } = Model.edges[edge];
      return { nodes: new Set([from, to]), edges: new Set([edge]) };
    }
    return null;
  }

  function look() {
    const { node, edge, path } = State.now;
    const chosen = node !== null || edge !== null || path !== null;
    focus = chosen ? spotlight(State.now) : hovered ? spotlight(hovered) : null;
    version++;
    Canvas.holder.classList.toggle("dimmed", focus !== null);
    for (const listener of listeners) listener();
  }

  let waiting = 0;
  function hover(what) {
    clearTimeout(waiting);
    const { node, edge, path } = State.now;
    const fixed = node !== null || edge !== null || path !== null;
    Tip.show(what);
    Canvas.holder.classList.toggle("pointing", what !== null);
    if (fixed || moving) return;
    waiting = setTimeout(
      () => {
        hovered = what;
        look();
      },
      what ? 90 : 160,
    );
  }

  function clicked({ nodes: [node], edges: [edge] }) {
    hover(null);
    if (node !== undefined) State.choose(node);
    else if (edge !== undefined) State.chooseEdge(edge);
    else State.change({ node: null, edge: null, path: null });
    Canvas.network.unselectAll();
  }

  function settle() {
    moving = false;
    version++;
    Canvas.network.redraw();
  }

  function build() {
    const { network } = Canvas;
    network.on("dragStart", () => {
      moving = true;
    });
    network.on("dragging", ({ nodes }) => {
      if (nodes.length) version++;
    }); // its label goes along
    network.on("dragEnd", settle);
    network.on("click", clicked);
    network.on("hoverNode", ({ node }) => hover({ node }));
    network.on("hoverEdge", ({ edge }) => hover({ edge }));
    network.on("blurNode", () => hover(null));
    network.on("blurEdge", () => hover(null));
  }

  return {
    build,
    look,
    settle,
    listen: (listener) => listeners.push(listener),
    get now() {
      return focus;
    },
    get version() {
      return version;
    },
    get moving() {
      return moving;
    },
  };
})();
