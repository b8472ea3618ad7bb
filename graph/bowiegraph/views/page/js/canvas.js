// The network, as vis-network holds and draws it: what is in its data sets, in which colours, and what of it is hidden.
"use strict";

const Canvas = (() => {
  const AROUND = 250; // things that a large graph shows at a time
  const holder = document.getElementById("canvas");
  const weight = Model.around.map((edges) => edges.length);

  let theme = "light";
  let network, nodes, edges;
  let visible = new Set(); // numbers of things that are shown
  let visibleEdges = new Set();
  let version = 0; // counts what changes the picture

  const colours = () => Drawing.THEMES[theme];

  // On a window higher than it is wide the picture stands upright.
  const upright = !Model.axis.length && !Model.large && holder.clientHeight > 1.2 * holder.clientWidth;
  const placed = ({ x, y }) => (upright ? { x: y, y: x } : { x, y });

  function asNode(node, at = placed(node)) {
    const kind = Model.kinds.get(node.kind);
    const fill = kind.hollow ? colours().ground : node.color;
    const colour = { background: fill, border: kind.hollow ? node.color : colours().ground };
    return {
      id: node.id,
      x: at.x,
      y: at.y,
      size: node.size,
      shape: node.shape,
      borderWidth: kind.hollow ? 2.5 : 1.2,
      color: { ...colour, hover: colour, highlight: colour },
    };
  }

  const siblings = (() => {
    const groups = new Map();
    for (const edge of Model.edges) {
      const key = [edge.from, edge.to].sort((a, b) => a - b).join();
      groups.has(key) ? groups.get(key).push(edge.id) : groups.set(key, [edge.id]);
    }
    return groups;
  })();

  // Edges between the same two things lie apart: straight in the middle, curved to either side.
  function bend(edge) {
    const group = siblings.get([edge.from, edge.to].sort((a, b) => a - b).join());
    if (group.length === 1 || edge.from === edge.to) return false;
    const side = group.indexOf(edge.id) - (group.length - 1) / 2;
    if (side === 0) return false;
    const turn = edge.from < edge.to ? side : -side;
    const step = Math.min(0.16, 1.4 / group.length);
    return {
      enabled: true,
      type: turn > 0 ? "curvedCW" : "curvedCCW",
      roundness: step * Math.abs(side) + Math.min(0.06, step / 3),
    };
  }

  function asEdge(edge) {
    const { width, dash, [theme]: colour } = Drawing.stroke(edge);
    return {
      id: edge.id,
      from: edge.from,
      to: edge.to,
      width,
      dashes: dash ?? false,
      smooth: bend(edge),
      color: { color: colour, highlight: colour, hover: colour, inherit: false },
    };
  }

  function start(name) {
    theme = name;
    nodes = new vis.DataSet();
    edges = new vis.DataSet();
    network = new vis.Network(
      holder,
      { nodes, edges },
      {
        autoResize: true,
        physics: false,
        layout: { improvedLayout: false },
        interaction: {
          hover: !Model.many,
          hoverConnectedEdges: false,
          selectConnectedEdges: false,
          hideEdgesOnDrag: Model.many,
          hideEdgesOnZoom: Model.many,
          zoomSpeed: 0.7,
          tooltipDelay: 1e9,
        },
        nodes: { chosen: false, shadow: false, font: { size: 0 } },
        edges: {
          chosen: false,
          selectionWidth: 0,
          hoverWidth: 0,
          arrows: { to: { enabled: true, scaleFactor: 0.42 } },
          arrowStrikethrough: false,
          font: { size: 0 },
          selfReference: { size: 16 },
        },
      },
    );
    if (!Model.large) fill(Model);
  }

  function fill({ nodes: things, edges: lines }) {
    nodes.add(things.map((node) => asNode(node)));
    edges.add(lines.map(asEdge));
    visible = new Set(things.map((node) => node.id));
    visibleEdges = new Set(lines.map((edge) => edge.id));
  }

  // Show and hide. Set on vis-network's own things rather than through its data sets, which would read every option of
  // each anew: a third of the time at a thousand things.
  function show(shown) {
    if (Model.large) return;
    const changed =
      toggle(visible, shown.nodes, network.body.nodes) + toggle(visibleEdges, shown.edges, network.body.edges);
    visible = shown.nodes;
    visibleEdges = shown.edges;
    version++;
    if (changed) network.body.emitter.emit("_dataChanged");
  }

  function toggle(before, now, items) {
    let changed = 0;
    for (const id of new Set([...before, ...now])) {
      if (before.has(id) === now.has(id)) continue;
      items[id].options.hidden = !now.has(id);
      changed++;
    }
    return changed;
  }

  // A large graph shows the surroundings of one thing: itself in the middle, what is near it in rings.
  function surround(centre) {
    const near = Paths.surroundings([centre], 2, Filters.shown, AROUND);
    const among = new Set();
    for (const id of near.nodes)
      for (const e of Model.around[id]) {
        if (Filters.shown.edges.has(e) && near.nodes.has(Model.other(Model.edges[e], id))) among.add(e);
      }
    const places = Rings.place(centre, near.nodes, among);
    visible = near.nodes;
    visibleEdges = among;
    version++;
    nodes.clear();
    edges.clear();
    nodes.add([...near.nodes].map((id) => asNode(Model.nodes[id], places.get(id))));
    edges.add([...among].map((id) => asEdge(Model.edges[id])));
  }

  function paint(name) {
    theme = name;
    version++;
    nodes.update(
      [...nodes.getIds()].map((id) => {
        const { id: same, size, shape, borderWidth, color } = asNode(Model.nodes[id]);
        return { id: same, size, shape, borderWidth, color };
      }),
    );
    edges.update([...edges.getIds()].map((id) => asEdge(Model.edges[id])));
    network.redraw();
  }

  // Put things that were dragged back where they were.
  function restore() {
    if (Model.large) return;
    for (const node of Model.nodes) Object.assign(network.body.nodes[node.id], placed(node));
    version++;
    network.redraw();
  }

  const point = (id) => network.body.nodes[id];

  // The middle of an edge; null for one that leads back to where it begins.
  function middle(id) {
    const edge = network.body.edges[id];
    return edge?.edgeType && edge.fromId !== edge.toId ? edge.edgeType.getPoint(0.5) : null;
  }

  return {
    holder,
    weight,
    colours,
    start,
    show,
    surround,
    restore,
    paint,
    point,
    middle,
    edge: (id) => network.body.edges[id],
    get network() {
      return network;
    },
    get theme() {
      return theme;
    },
    get version() {
      return version;
    },
    get visible() {
      return visible;
    },
    get visibleEdges() {
      return visibleEdges;
    },
  };
})();
