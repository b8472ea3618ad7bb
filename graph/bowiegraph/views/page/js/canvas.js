// The picture itself: vis-network holds and draws the network; labels, marks and the focus are drawn on top of it.
"use strict";

const Canvas = (() => {
  const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const SIZE = 12.5;
  const MOST_EDGE_LABELS = 14;
  const AROUND = 250; // things that a large graph shows at a time
  const holder = document.getElementById("canvas");
  const measure = document.createElement("canvas").getContext("2d");
  const weight = Model.around.map((edges) => edges.length);
  const heavy = [...weight].sort((a, b) => b - a)[Math.min(7, weight.length - 1)] ?? 0;

  let theme = "light";
  let network, nodes, edges;
  let visible = new Set(); // ids that the data sets show
  let visibleEdges = new Set();
  let focus = null; // { nodes, edges, centre }
  let hovered = null;
  let moving = false;
  let begun = false; // nothing is drawn on top before all is in its place
  let cache = null; // labels as placed for one scale, focus and set of things

  const colours = () => Drawing.THEMES[theme];
  const body = () => network.body;

  // ---- vis-network's own data

  // On a window higher than it is wide the picture stands upright.
  const upright = !Model.axis.length && !Model.large && holder.clientHeight > 1.2 * holder.clientWidth;
  const placed = ({ x, y }) => (upright ? { x: y, y: x } : { x, y });

  function asNode(node, at = placed(node)) {
    const kind = Model.kinds.get(node.kind);
    const fill = kind.hollow ? colours().ground : node.color;
    const colour = { background: fill, border: kind.hollow ? node.color : colours().ground };
    return {
      id: node.id, x: at.x, y: at.y, size: node.size, shape: node.shape, borderWidth: kind.hollow ? 2.5 : 1.2,
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
    return { enabled: true, type: turn > 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(0.16 * Math.abs(side) + 0.06, 0.9) };
  }

  function asEdge(edge) {
    const { width, dash, [theme]: colour } = Drawing.stroke(edge);
    return {
      id: edge.id, from: edge.from, to: edge.to, width, dashes: dash ?? false, smooth: bend(edge),
      color: { color: colour, highlight: colour, hover: colour, inherit: false },
    };
  }

  function start(name) {
    theme = name;
    const first = Model.large ? { nodes: [], edges: [] } : Model;
    nodes = new vis.DataSet(first.nodes.map((node) => asNode(node)));
    edges = new vis.DataSet(first.edges.map(asEdge));
    visible = new Set(first.nodes.map((node) => node.id));
    visibleEdges = new Set(first.edges.map((edge) => edge.id));
    network = new vis.Network(holder, { nodes, edges }, {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false },
      interaction: {
        hover: !Model.many, hoverConnectedEdges: false, selectConnectedEdges: false, hideEdgesOnDrag: Model.many,
        hideEdgesOnZoom: Model.many, zoomSpeed: 0.7, tooltipDelay: 1e9,
      },
      nodes: { chosen: false, shadow: false, font: { size: 0 } },
      edges: {
        chosen: false, selectionWidth: 0, hoverWidth: 0, arrows: { to: { enabled: true, scaleFactor: 0.42 } },
        arrowStrikethrough: false, font: { size: 0 }, selfReference: { size: 16 },
      },
    });
    if (Model.axis.length) network.on("beforeDrawing", drawAxis);
    holder.append(overlay);
    network.on("afterDrawing", draw);
    network.on("dragStart", () => { moving = true; });
    network.on("dragEnd", settle);
    network.on("resize", () => { cache = null; });
    network.on("click", clicked);
    network.on("hoverNode", ({ node }) => hover({ node }));
    network.on("hoverEdge", ({ edge }) => hover({ edge }));
    network.on("blurNode", () => hover(null));
    network.on("blurEdge", () => hover(null));
  }

  function settle() {
    moving = false;
    cache = null;
    network.redraw();
  }

  // ---- what the pointer does

  function clicked({ nodes: [node], edges: [edge] }) {
    hover(null);
    if (node !== undefined) State.choose(node);
    else if (edge !== undefined) State.chooseEdge(edge);
    else State.change({ node: null, edge: null, path: null });
    network.unselectAll();
  }

  let waiting = 0;
  function hover(what) {
    clearTimeout(waiting);
    const { node, edge, path } = State.now;
    const fixed = node !== null || edge !== null || path !== null;
    Tip.show(what, network);
    holder.classList.toggle("pointing", what !== null);
    if (fixed || moving) return;
    waiting = setTimeout(() => {
      hovered = what;
      look();
    }, what ? 90 : 160);
  }

  // ---- focus

  function spotlight({ node, edge, path, hops }) {
    if (path) {
      const steps = Paths.shortest(path[0], path[1], Filters.shown) ?? [];
      return { nodes: new Set([...path, ...steps.map((step) => step.to)]), edges: new Set(steps.map((step) => step.edge)) };
    }
    if (node !== null && node !== undefined) return { ...Paths.surroundings([node], hops ?? 1, Filters.shown), centre: node };
    if (edge !== null && edge !== undefined) {
      const { from, to } = Model.edges[edge];
      return { nodes: new Set([from, to]), edges: new Set([edge]) };
    }
    return null;
  }

  function look() {
    const { node, edge, path } = State.now;
    const chosen = node !== null || edge !== null || path !== null;
    focus = chosen ? spotlight(State.now) : hovered ? spotlight(hovered) : null;
    cache = null;
    holder.classList.toggle("dimmed", focus !== null);
    draw();
  }

  // ---- years across the picture

  function drawAxis(ctx) {
    const scale = network.getScale();
    const top = network.DOMtoCanvas({ x: 0, y: 0 }).y;
    const bottom = network.DOMtoCanvas({ x: 0, y: holder.clientHeight }).y;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colours().soft;
    ctx.font = `600 ${12.5 / scale}px ${FONT}`;
    ctx.textAlign = "center";
    let free = -Infinity;
    for (const [year, x] of Model.axis) {
      ctx.globalAlpha = 0.28;
      ctx.lineWidth = 1 / scale;
      ctx.beginPath();
      ctx.moveTo(x, top + 24 / scale);
      ctx.lineTo(x, bottom);
      ctx.stroke();
      ctx.globalAlpha = 1;
      if (x - 19 / scale < free) continue;
      free = x + 19 / scale;
      ctx.fillText(String(year), x, top + 17 / scale);
    }
    ctx.restore();
  }

  // ---- drawing on top: on a canvas of its own, so that to bring something out the picture is dimmed, not drawn again

  const overlay = Dom.make("canvas", { class: "overlay", "aria-hidden": "true" });

  function draw() {
    if (!begun) return;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.round(holder.clientWidth * ratio), Math.round(holder.clientHeight * ratio)];
    if (overlay.width !== width || overlay.height !== height) [overlay.width, overlay.height] = [width, height];
    const ctx = overlay.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const { scale, translation } = body().view;
    ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * translation.x, ratio * translation.y);
    if (focus) drawFocus(ctx);
    drawMarks(ctx, focus ? focus.edges : visibleEdges);
    if (moving && visible.size > 400) return;
    drawLabels(ctx, ratio);
  }

  function drawFocus(ctx) {
    for (const id of focus.edges) {
      const edge = body().edges[id];
      if (!edge || !visibleEdges.has(id)) continue;
      edge.draw(ctx);
      edge.drawArrows(ctx);
    }
    ctx.setLineDash([]);
    for (const id of focus.nodes) if (visible.has(id)) body().nodes[id]?.draw(ctx);
    if (focus.centre !== undefined && visible.has(focus.centre)) ring(ctx, focus.centre);
  }

  function ring(ctx, id) {
    const { x, y } = body().nodes[id];
    ctx.beginPath();
    ctx.arc(x, y, Model.nodes[id].size + 6, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5 / network.getScale();
    ctx.strokeStyle = colours().text;
    ctx.stroke();
  }

  function middle(id) {
    const edge = body().edges[id];
    return edge?.edgeType && edge.fromId !== edge.toId ? edge.edgeType.getPoint(0.5) : null;
  }

  // Disputed and refuted edges bear a sign in their middle, of the same size at every scale.
  function drawMarks(ctx, which) {
    const r = 6 / Math.max(network.getScale(), 0.45);
    for (const id of which) {
      const { mark, [theme]: colour } = Drawing.stroke(Model.edges[id]);
      const at = mark && visibleEdges.has(id) ? middle(id) : null;
      if (!at) continue;
      ctx.beginPath();
      ctx.arc(at.x, at.y, r, 0, 2 * Math.PI);
      ctx.fillStyle = colour;
      ctx.fill();
      ctx.lineWidth = r / 3;
      ctx.lineCap = "round";
      ctx.strokeStyle = colours().ground;
      ctx.stroke(new Path2D(Drawing.markPath(mark, at.x, at.y, r)));
    }
  }

  function markBoxes(which) {
    const found = [];
    for (const id of which) {
      const at = Drawing.stroke(Model.edges[id]).mark && visibleEdges.has(id) ? middle(id) : null;
      if (!at) continue;
      const { x, y } = network.canvasToDOM(at);
      found.push({ left: x - 7, right: x + 7, top: y - 7, bottom: y + 7, own: null });
    }
    return found;
  }

  function font(id) {
    const strong = weight[id] >= heavy && weight[id] > 2;
    return { size: strong ? SIZE + 1.5 : SIZE, face: `${strong ? 600 : 400} ${strong ? SIZE + 1.5 : SIZE}px ${FONT}` };
  }

  const shapes = new Map(); // id → lines and size of its label
  function labelOf(id) {
    if (!shapes.has(id)) {
      const node = Model.nodes[id];
      const long = node.label.length > 46;
      const lines = Labels.wrap(node.label, long ? 28 : 20, long ? 3 : 2);
      const { size, face } = font(id);
      measure.font = face;
      const width = Math.max(...lines.map((line) => measure.measureText(line).width)) + 4;
      shapes.set(id, { lines, width, height: lines.length * size * Labels.LINE + 2, size, face });
    }
    return shapes.get(id);
  }

  // Things in view, the most connected first, as boxes on the screen.
  function boxes(scale, room) {
    const wanted = focus ? focus.nodes : visible;
    const found = [];
    for (const id of visible) {
      const node = body().nodes[id];
      if (!node) continue;
      const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
      if (x < room.left || x > room.right || y < room.top || y > room.bottom) continue;
      const label = wanted.has(id) ? labelOf(id) : null;
      if (focus && !label) continue;
      found.push({ id, x, y, r: Model.nodes[id].size * scale, ...label });
    }
    const first = (id) => (focus?.centre === id ? Infinity : weight[id]);
    return found.sort((a, b) => first(b.id) - first(a.id) || a.id - b.id);
  }

  function placeLabels() {
    const scale = network.getScale();
    const view = network.getViewPosition();
    const key = [scale, view.x, view.y, holder.clientWidth, holder.clientHeight].join();
    if (cache?.key === key) return cache;
    const room = { left: 0, top: 0, right: holder.clientWidth, bottom: holder.clientHeight };
    const things = boxes(scale, room);
    const named = focus ? edgeLabels(things) : { drawn: [], taken: [] };
    const taken = [...named.taken, ...markBoxes(focus ? focus.edges : visibleEdges)];
    cache = { key, things, placed: Labels.place(things, taken, room), edges: named.drawn };
    return cache;
  }

  // The names of a few edges of the focus, where they do not hide a thing or each other.
  function edgeLabels(things) {
    const taken = Labels.grid();
    for (const { id, x, y, r } of things) taken.add({ left: x - r, right: x + r, top: y - r, bottom: y + r, own: id });
    const drawn = [];
    measure.font = `italic 400 11.5px ${FONT}`;
    for (const id of focus.edges) {
      if (drawn.length >= MOST_EDGE_LABELS || focus.edges.size > 40) break;
      const at = visibleEdges.has(id) ? middle(id) : null;
      if (!at) continue;
      const { x, y } = network.canvasToDOM(at);
      const text = Model.edges[id].label;
      const width = measure.measureText(text).width + 6;
      const shift = Drawing.stroke(Model.edges[id]).mark ? 13 : 0;
      const box = { left: x - width / 2, right: x + width / 2, top: y - 8 + shift, bottom: y + 8 + shift, own: null };
      if (!taken.free(box, undefined)) continue;
      taken.add(box);
      drawn.push({ text, box });
    }
    return { drawn, taken: drawn.map(({ box }) => box) };
  }

  function drawLabels(ctx, ratio) {
    const { things, placed, edges: named } = placeLabels();
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0); // pixels of the screen: the same size at every scale
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = colours().halo;
    for (const { id, lines, size, face } of things) {
      const box = placed.get(id);
      if (box) write(ctx, lines, box, size, face, colours().text);
    }
    for (const { text, box } of named) write(ctx, [text], box, 11.5, `italic 400 11.5px ${FONT}`, colours().soft);
    ctx.restore();
  }

  function write(ctx, lines, box, size, face, colour) {
    ctx.font = face;
    ctx.lineWidth = 3.4;
    ctx.fillStyle = colour;
    lines.forEach((line, i) => {
      const x = (box.left + box.right) / 2;
      const y = box.top + 1 + (i + 0.5) * size * Labels.LINE;
      ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
  }

  // Show the picture for the first time, and tell when it stands.
  function begin(ready) {
    if (!Model.large) fit(false);
    begun = true;
    network.once("afterDrawing", ready);
    network.redraw();
  }

  // ---- what is in the data sets

  function show(shown) {
    if (Model.large) return;
    const changed = (all, before, now) => all.filter(({ id }) => before.has(id) !== now.has(id)).map(({ id }) => ({ id, hidden: !now.has(id) }));
    const changedNodes = changed(Model.nodes, visible, shown.nodes);
    const changedEdges = changed(Model.edges, visibleEdges, shown.edges);
    visible = shown.nodes;
    visibleEdges = shown.edges;
    cache = null;
    if (changedNodes.length) nodes.update(changedNodes);
    if (changedEdges.length) edges.update(changedEdges); // either asks for the picture to be drawn again
  }

  // A large graph shows the surroundings of one thing: itself in the middle, what is near it in rings.
  function surround(centre) {
    const near = Paths.surroundings([centre], 2, Filters.shown, AROUND);
    const among = new Set();
    for (const id of near.nodes) for (const e of Model.around[id]) {
      if (Filters.shown.edges.has(e) && near.nodes.has(Model.other(Model.edges[e], id))) among.add(e);
    }
    const places = Rings.place(centre, near.nodes, among);
    visible = near.nodes;
    visibleEdges = among;
    cache = null;
    nodes.clear();
    edges.clear();
    nodes.add([...near.nodes].map((id) => asNode(Model.nodes[id], places.get(id))));
    edges.add([...among].map((id) => asEdge(Model.edges[id])));
    fit(false);
  }

  function paint(name) {
    theme = name;
    cache = null;
    nodes.update([...nodes.getIds()].map((id) => { const { x, y, ...look_ } = asNode(Model.nodes[id]); return look_; }));
    edges.update([...edges.getIds()].map((id) => asEdge(Model.edges[id])));
    network.redraw();
  }

  // ---- moving about

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const animation = () => (calm.matches ? false : { duration: 320, easingFunction: "easeInOutQuad" });

  function extent(ids) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const node = body().nodes[id];
      if (!node) continue;
      const r = Model.nodes[id].size;
      [left, right] = [Math.min(left, node.x - r), Math.max(right, node.x + r)];
      [top, bottom] = [Math.min(top, node.y - r), Math.max(bottom, node.y + r)];
    }
    return { left, top, right, bottom };
  }

  // Fit with a margin: labels need room that the network does not know of.
  function fit(animate = true, ids = visible) {
    if (!ids.size && !ids.length) return;
    const { left, top, right, bottom } = extent(ids);
    if (!Number.isFinite(left)) return;
    const room = { width: Math.max(holder.clientWidth - 130, 60), height: Math.max(holder.clientHeight - 64, 60) };
    const scale = Math.min(room.width / Math.max(right - left, 1), room.height / Math.max(bottom - top, 1), 1.5);
    move({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale }, animate);
  }

  function move(to, animate = true) {
    cache = null;
    network.moveTo({ ...to, animation: animate ? animation() : false });
  }

  function step(direction) {
    const { x, y } = network.getViewPosition();
    const far = 90 / network.getScale();
    const scale = network.getScale();
    const to = {
      in: { scale: scale * 1.35 }, out: { scale: scale / 1.35 },
      left: { position: { x: x - far, y } }, right: { position: { x: x + far, y } },
      up: { position: { x, y: y - far } }, down: { position: { x, y: y + far } },
    }[direction];
    to ? move({ position: { x, y }, scale, ...to }) : fit();
  }

  // Bring things into view if they are not, and clear of the panel.
  function reveal(ids, covered) {
    const known = [...ids].filter((id) => visible.has(id));
    if (!known.length) return;
    const room = { left: 40, top: 30, right: holder.clientWidth - 40 - covered.right, bottom: holder.clientHeight - 30 - covered.bottom };
    const inside = known.every((id) => {
      const { x, y } = network.canvasToDOM(body().nodes[id]);
      return x > room.left && x < room.right && y > room.top && y < room.bottom;
    });
    if (inside) return;
    const { left, top, right, bottom } = extent(known);
    const wanted = Math.min((room.right - room.left) / Math.max(right - left, 1), (room.bottom - room.top) / Math.max(bottom - top, 1));
    const scale = Math.max(Math.min(network.getScale(), wanted * 0.92), 0.05);
    move({ position: { x: (left + right) / 2 + covered.right / 2 / scale, y: (top + bottom) / 2 + covered.bottom / 2 / scale }, scale });
  }

  return {
    FONT, start, begin, show, surround, look, paint, fit, step, reveal, labelOf, settle,
    get network() { return network; },
    get theme() { return theme; },
    get visible() { return visible; },
    get visibleEdges() { return visibleEdges; },
    get focus() { return focus; },
    labels: placeLabels,
  };
})();
