// What is shown as a file: a picture, as drawn or as vectors, the table, the statements.
"use strict";

const Exports = (() => {
  const { element, round } = Drawing;

  // Spreadsheets take a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
  const guarded = (text) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
  const csvCell = (value) => `"${guarded(String(value)).replaceAll('"', '""')}"`;

  function csv() {
    const columns = Table.COLUMNS.statements;
    const lines = [columns, ...Table.statements().map((row) => columns.map((column) => row[column]))];
    return `\ufeff${lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
  }

  // ---- the picture as vectors, at its natural size, with title and legend

  function shapeOf(id) {
    const { x, y } = Canvas.point(id);
    const node = Model.nodes[id];
    const kind = Model.kinds.get(node.kind);
    const ground = Drawing.THEMES[Canvas.theme].ground;
    return element("path", {
      d: Drawing.path(node.shape, x, y, node.size),
      fill: kind.hollow ? ground : node.color,
      stroke: kind.hollow ? node.color : ground,
      "stroke-width": kind.hollow ? 2.5 : 1.2,
    });
  }

  function lineOf(id) {
    const edge = Model.edges[id];
    const { fromId, toId, edgeType } = Canvas.edge(id);
    const [a, b] = [Canvas.network.body.nodes[fromId], Canvas.network.body.nodes[toId]];
    if (a === b) return [];
    const { width, dash, mark, [Canvas.theme]: colour } = Drawing.stroke(edge);
    const via = edgeType.getViaNode?.();
    const bend = via && Number.isFinite(via.x) ? via : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    // The line ends at the rim of the thing that it leads to, where its arrow is.
    const length = Math.hypot(b.x - bend.x, b.y - bend.y) || 1;
    const rim = Model.nodes[toId].size + 3;
    const [ux, uy] = [(b.x - bend.x) / length, (b.y - bend.y) / length];
    const end = { x: b.x - ux * rim, y: b.y - uy * rim };
    const parts = [
      element("path", {
        d: `M${round(a.x)},${round(a.y)}Q${round(bend.x)},${round(bend.y)} ${round(end.x)},${round(end.y)}`,
        fill: "none",
        stroke: colour,
        "stroke-width": width,
        "stroke-dasharray": dash?.join(" ") ?? null,
      }),
      element("path", {
        d: `M${round(end.x)},${round(end.y)}L${round(end.x - 7 * ux + 3 * uy)},${round(end.y - 7 * uy - 3 * ux)}L${round(end.x - 7 * ux - 3 * uy)},${round(end.y - 7 * uy + 3 * ux)}Z`,
        fill: colour,
      }),
    ];
    if (mark) {
      const at = edgeType.getPoint(0.5);
      parts.push(
        element("circle", { cx: round(at.x), cy: round(at.y), r: 6, fill: colour }),
        element("path", {
          d: Drawing.markPath(mark, at.x, at.y, 6),
          stroke: Drawing.THEMES[Canvas.theme].ground,
          "stroke-width": 2,
          fill: "none",
          "stroke-linecap": "round",
        }),
      );
    }
    return parts;
  }

  function labels(ids) {
    const weight = (id) => Model.around[id].length;
    const things = ids
      .map((id) => ({ id, ...point(id), r: Model.nodes[id].size, weight: weight(id), ...Overlay.labelOf(id) }))
      .sort((a, b) => weight(b.id) - weight(a.id));
    const placed = Labels.place(things);
    const { text, halo } = Drawing.THEMES[Canvas.theme];
    return things
      .filter(({ id }) => placed.has(id))
      .map(({ id, lines, size, face }) => {
        const box = placed.get(id);
        const x = round((box.left + box.right) / 2);
        const spans = lines.map((line, i) =>
          element("tspan", { x, y: round(box.top + 1 + (i + 0.8) * size * Labels.LINE) }, line),
        );
        return element(
          "text",
          {
            "text-anchor": "middle",
            "font-size": size,
            "font-weight": face.startsWith("600") ? 600 : 400,
            fill: text,
            stroke: halo,
            "stroke-width": 3.4,
            "stroke-linejoin": "round",
            "paint-order": "stroke",
          },
          ...spans,
        );
      });
  }

  const point = (id) => {
    const { x, y } = Canvas.point(id);
    return { x, y };
  };

  function axis(top, bottom) {
    const { soft } = Drawing.THEMES[Canvas.theme];
    return Model.axis.flatMap(([year, x]) => [
      element("path", { d: `M${x},${round(top + 8)}V${round(bottom)}`, stroke: soft, "stroke-opacity": 0.28 }),
      element(
        "text",
        { x, y: round(top), "text-anchor": "middle", "font-size": 12.5, "font-weight": 600, fill: soft },
        String(year),
      ),
    ]);
  }

  function legend(left, top, width) {
    const { text } = Drawing.THEMES[Canvas.theme];
    const verdicts = new Set([...Canvas.visibleEdges].map((id) => Model.edges[id].verdict ?? "no claim"));
    const parts = [];
    let [x, y] = [left, top];
    const put = (sign, name, room) => {
      if (x + room > left + width) [x, y] = [left, y + 22];
      parts.push(...sign(x, y), element("text", { x: x + 40, y: y + 4, "font-size": 12, fill: text }, name));
      x += room;
    };
    for (const [name, kind] of Model.kinds) {
      put(
        (x_, y_) => [
          element("path", {
            d: Drawing.path(kind.shape, x_ + 26, y_, 6.5),
            fill: kind.hollow ? "none" : kind.colour,
            stroke: kind.colour,
            "stroke-width": kind.hollow ? 2 : 0,
          }),
        ],
        name,
        66 + name.length * 6.6,
      );
    }
    [x, y] = [left, y + 22];
    for (const verdict of Object.keys(Drawing.STROKES).filter((v) => verdicts.has(v))) {
      const { width: w, dash, [Canvas.theme]: colour } = Drawing.STROKES[verdict];
      put(
        (x_, y_) => [
          element("path", {
            d: `M${x_},${y_}H${x_ + 32}`,
            stroke: colour,
            "stroke-width": w,
            "stroke-dasharray": dash?.join(" ") ?? null,
          }),
        ],
        verdict,
        66 + verdict.length * 6.6,
      );
    }
    return parts;
  }

  function svg() {
    const ids = [...Canvas.visible].filter((id) => Canvas.point(id));
    const xs = ids.map((id) => point(id).x);
    const ys = ids.map((id) => point(id).y);
    const min = (list) => list.reduce((a, b) => Math.min(a, b), Infinity);
    const max = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity);
    const [left, top] = [min(xs) - 110, min(ys) - 110];
    const [width, height] = [Math.max(max(xs) - left + 110, 560), max(ys) - top + 110];
    const { ground, text, soft } = Drawing.THEMES[Canvas.theme];
    const made = element("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `${round(left)} ${round(top)} ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      "font-family": Overlay.FONT,
      role: "img",
    });
    const question = document.querySelector(".headline p")?.textContent ?? "";
    made.append(
      element("title", {}, Model.title),
      element("rect", { x: left, y: top, width, height, fill: ground }),
      ...axis(top + 74, max(ys) + 40),
      ...[...Canvas.visibleEdges].flatMap(lineOf),
      ...ids.map(shapeOf),
      ...labels(ids),
      element("text", { x: left + 24, y: top + 36, "font-size": 22, "font-weight": 600, fill: text }, Model.title),
      element("text", { x: left + 24, y: top + 57, "font-size": 13, fill: soft }, question),
      ...legend(left + 24, max(ys) + 72, width - 48),
    );
    return made;
  }

  const svgText = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg())}\n`;

  // ---- the picture as drawn

  async function png() {
    const drawn = svg();
    const [width, height] = [drawn.width.baseVal.value, drawn.height.baseVal.value];
    const scale = Math.min(2, 8000 / Math.max(width, height));
    const address = URL.createObjectURL(new Blob([svgText()], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => canvas.toBlob(done, "image/png"));
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  const FORMATS = {
    png,
    svg: () => new Blob([svgText()], { type: "image/svg+xml" }),
    csv: () => new Blob([csv()], { type: "text/csv;charset=utf-8" }),
    ttl: () =>
      new Blob([Turtle.write({ nodes: Filters.shown.nodes, edges: Filters.shown.edges })], {
        type: "text/turtle;charset=utf-8",
      }),
  };

  const fileName = (format) =>
    `${
      Model.fold(Model.title)
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .slice(0, 60) || "view"
    }.${format}`;

  async function save(format) {
    const address = URL.createObjectURL(await FORMATS[format]());
    Dom.make("a", { href: address, download: fileName(format) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    Dom.say(`Saved ${fileName(format)}`);
  }

  function build() {
    const menu = document.getElementById("exports");
    for (const pressed of menu.querySelectorAll("[data-format]")) {
      pressed.addEventListener("click", () => {
        menu.open = false;
        save(pressed.dataset.format);
      });
    }
    document.getElementById("print").addEventListener("click", () => {
      menu.open = false;
      print();
    });
    addEventListener("beforeprint", () => {
      const theme = Canvas.theme;
      if (theme !== "light") Canvas.paint("light");
      document.getElementById("print-picture").replaceChildren(svg());
      if (theme !== "light") Canvas.paint(theme);
    });
    addEventListener("afterprint", () => document.getElementById("print-picture").replaceChildren());
  }

  return { build, csv, svgText };
})();
