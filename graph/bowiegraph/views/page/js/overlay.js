// What is drawn on top of the network, on a canvas of its own: labels, the marks of verdicts, what is brought out. To bring
// something out, the network below is dimmed and not drawn again.
"use strict";

const Overlay = (() => {
  const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const SIZE = 12.5;
  const MOST_EDGE_LABELS = 14;
  const MOST_LABELS = 400;
  const measure = document.createElement("canvas").getContext("2d");
  const heavy = [...Canvas.weight].sort((a, b) => b - a)[Math.min(7, Canvas.weight.length - 1)] ?? 0;
  let begun = false; // nothing is drawn before all is in its place
  let cache = null; // labels as placed for one state of the picture

  function drawAxis(ctx) {
    const scale = Canvas.network.getScale();
    const top = Canvas.network.DOMtoCanvas({ x: 0, y: 0 }).y;
    const bottom = Canvas.network.DOMtoCanvas({ x: 0, y: Canvas.holder.clientHeight }).y;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = Canvas.colours().soft;
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

  const sheet = Dom.make("canvas", { class: "overlay", "aria-hidden": "true" });

  function draw() {
    if (!begun) return;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [
      Math.round(Canvas.holder.clientWidth * ratio),
      Math.round(Canvas.holder.clientHeight * ratio),
    ];
    if (sheet.width !== width || sheet.height !== height) [sheet.width, sheet.height] = [width, height];
    const ctx = sheet.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const { scale, translation } = Canvas.network.body.view;
    ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * translation.x, ratio * translation.y);
    if (Focus.now) drawFocus(ctx);
    drawMarks(ctx, Focus.now ? Focus.now.edges : Canvas.visibleEdges);
    if (Focus.moving && Canvas.visible.size > 400) return;
    drawLabels(ctx, ratio);
  }

  function drawFocus(ctx) {
    for (const id of Focus.now.edges) {
      const edge = Canvas.edge(id);
      if (!edge || !Canvas.visibleEdges.has(id)) continue;
      edge.draw(ctx);
      edge.drawArrows(ctx);
    }
    ctx.setLineDash([]);
    for (const id of Focus.now.nodes) if (Canvas.visible.has(id)) Canvas.point(id)?.draw(ctx);
    if (Focus.now.centre !== undefined && Canvas.visible.has(Focus.now.centre)) ring(ctx, Focus.now.centre);
  }

  function ring(ctx, id) {
    const { x, y } = Canvas.point(id);
    ctx.beginPath();
    ctx.arc(x, y, Model.nodes[id].size + 6, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5 / Canvas.network.getScale();
    ctx.strokeStyle = Canvas.colours().text;
    ctx.stroke();
  }

  // Disputed and refuted edges bear a sign in their middle, of the same size at every scale.
  function drawMarks(ctx, which) {
    const r = 6 / Math.max(Canvas.network.getScale(), 0.45);
    for (const id of which) {
      const { mark, [Canvas.theme]: colour } = Drawing.stroke(Model.edges[id]);
      const at = mark && Canvas.visibleEdges.has(id) ? Canvas.middle(id) : null;
      if (!at) continue;
      ctx.beginPath();
      ctx.arc(at.x, at.y, r, 0, 2 * Math.PI);
      ctx.fillStyle = colour;
      ctx.fill();
      ctx.lineWidth = r / 3;
      ctx.lineCap = "round";
      ctx.strokeStyle = Canvas.colours().ground;
      ctx.stroke(new Path2D(Drawing.markPath(mark, at.x, at.y, r)));
    }
  }

  function markBoxes(which) {
    const found = [];
    for (const id of which) {
      const at = Drawing.stroke(Model.edges[id]).mark && Canvas.visibleEdges.has(id) ? Canvas.middle(id) : null;
      if (!at) continue;
      const { x, y } = Canvas.network.canvasToDOM(at);
      found.push({ left: x - 7, right: x + 7, top: y - 7, bottom: y + 7, own: null });
    }
    return found;
  }

  function font(id) {
    const strong = Canvas.weight[id] >= heavy && Canvas.weight[id] > 2;
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

  // Things in view, the most connected first, as boxes on the screen. Only the first few hundred ask for a label: where
  // there are more, there is no room for them.
  function boxes(room) {
    const { scale, translation } = Canvas.network.body.view;
    const found = [];
    for (const id of Focus.now ? Focus.now.nodes : Canvas.visible) {
      const node = Canvas.visible.has(id) ? Canvas.point(id) : null;
      if (!node) continue;
      const [x, y] = [node.x * scale + translation.x, node.y * scale + translation.y];
      if (x < room.left || x > room.right || y < room.top || y > room.bottom) continue;
      found.push({ id, x, y, r: Model.nodes[id].size * scale, weight: Canvas.weight[id] });
    }
    const first = (id) => (Focus.now?.centre === id ? Infinity : Canvas.weight[id]);
    found.sort((a, b) => first(b.id) - first(a.id) || a.id - b.id);
    for (const thing of found.slice(0, MOST_LABELS)) Object.assign(thing, labelOf(thing.id));
    return found;
  }

  function placeLabels() {
    const scale = Canvas.network.getScale();
    const view = Canvas.network.getViewPosition();
    const key = [
      Canvas.version,
      Focus.version,
      scale,
      view.x,
      view.y,
      Canvas.holder.clientWidth,
      Canvas.holder.clientHeight,
    ].join();
    if (cache?.key === key) return cache;
    const room = { left: 0, top: 0, right: Canvas.holder.clientWidth, bottom: Canvas.holder.clientHeight };
    const things = boxes(room);
    const named = Focus.now ? edgeLabels(things) : { drawn: [], taken: [] };
    const taken = [...named.taken, ...markBoxes(Focus.now ? Focus.now.edges : Canvas.visibleEdges)];
    cache = { key, things, placed: Labels.place(things, taken, room), edges: named.drawn };
    return cache;
  }

  // The names of a few edges of the focus, where they do not hide a thing or each other.
  function edgeLabels(things) {
    const taken = Labels.grid();
    for (const { id, x, y, r } of things) taken.add({ left: x - r, right: x + r, top: y - r, bottom: y + r, own: id });
    const drawn = [];
    measure.font = `italic 400 11.5px ${FONT}`;
    for (const id of Focus.now.edges) {
      if (drawn.length >= MOST_EDGE_LABELS || Focus.now.edges.size > 40) break;
      const at = Canvas.visibleEdges.has(id) ? Canvas.middle(id) : null;
      if (!at) continue;
      const { x, y } = Canvas.network.canvasToDOM(at);
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
    ctx.strokeStyle = Canvas.colours().halo;
    for (const { id, lines, size, face } of things) {
      const box = placed.get(id);
      if (box) write(ctx, lines, box, size, face, Canvas.colours().text);
    }
    for (const { text, box } of named)
      write(ctx, [text], box, 11.5, `italic 400 11.5px ${FONT}`, Canvas.colours().soft);
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
    const { network, holder } = Canvas;
    begun = true;
    holder.append(sheet);
    if (Model.axis.length) network.on("beforeDrawing", drawAxis);
    network.on("afterDrawing", draw);
    network.once("afterDrawing", ready);
    Focus.listen(draw);
    network.redraw();
  }

  return { FONT, begin, labelOf, labels: placeLabels };
})();
