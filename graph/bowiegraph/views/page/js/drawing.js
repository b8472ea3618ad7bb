// Signs and colours: shapes of things, strokes of verdicts, for the canvas, the legend and the saved picture alike.
"use strict";

const Drawing = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const THEMES = {
    light: { ground: "#ffffff", text: "#1b2130", soft: "#5b6475", halo: "#ffffff" },
    dark: { ground: "#12151c", text: "#eceff6", soft: "#a3adbf", halo: "#12151c" },
  };
  // Dashes and marks as well as colours: nobody has to tell red from green.
  const STROKES = {
    supported: { light: "#33425e", dark: "#cdd6e6", width: 2, dash: null, says: "other sources say so as well" },
    qualified: { light: "#0b6e66", dark: "#5fd4c8", width: 1.8, dash: [12, 4], says: "another source limits it" },
    unchecked: {
      light: "#7b8496",
      dark: "#7f8aa0",
      width: 1.1,
      dash: null,
      says: "no other source says all of it, or speaks against it",
    },
    disputed: {
      light: "#a84a00",
      dark: "#ffb454",
      width: 1.8,
      dash: [6, 5],
      mark: "!",
      says: "another source contradicts it",
    },
    refuted: {
      light: "#c0182b",
      dark: "#ff7b86",
      width: 1.8,
      dash: [2, 4],
      mark: "×",
      says: "two or more others agree against it",
    },
    "no claim": {
      light: "#7b8496",
      dark: "#7f8aa0",
      width: 1.1,
      dash: [1, 3],
      says: "the query made it, no source says it",
    },
  };

  // Links between claims, which no claim is behind, look like what they do to a verdict.
  const LINKS = { contradicts: "disputed", qualifies: "qualified", supports: "supported" };
  const linkLook = (relation) =>
    LINKS[relation.startsWith(Model.prefixes.bg) ? relation.slice(Model.prefixes.bg.length) : ""];

  const stroke = (edge) => STROKES[edge.verdict ?? linkLook(edge.relation) ?? "no claim"] ?? STROKES["no claim"];

  const polygon = (n, r, turn = -Math.PI / 2, radius = () => r) =>
    Array.from({ length: n }, (_, i) => {
      const angle = turn + (i * 2 * Math.PI) / n;
      return [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)];
    });

  // The corners of a shape around (0, 0), as vis-network draws it; null for a circle.
  function corners(shape, r) {
    switch (shape) {
      case "square":
        return [
          [-r, -r],
          [r, -r],
          [r, r],
          [-r, r],
        ];
      case "diamond":
        return [
          [0, r],
          [r, 0],
          [0, -r],
          [-r, 0],
        ];
      case "triangle":
      case "triangleDown": {
        const s = r * 1.15 * 2;
        const up = shape === "triangle" ? 1 : -1;
        const inner = (Math.sqrt(3) / 6) * s;
        const height = Math.sqrt(s * s - (s / 2) * (s / 2));
        const shift = 0.275 * r * 1.15 * up;
        return [
          [0, -up * (height - inner) + shift],
          [s / 2, up * inner + shift],
          [-s / 2, up * inner + shift],
        ];
      }
      case "hexagon":
        return polygon(6, r, 0);
      case "star":
        return polygon(10, r, -Math.PI / 2, (i) => (i % 2 ? r * 0.41 : r * 1.066)).map(([x, y]) => [x, y + r * 0.082]);
      default:
        return null;
    }
  }

  function path(shape, x, y, r) {
    const points = corners(shape, r);
    if (!points) return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
    return `M${points.map(([dx, dy]) => `${round(x + dx)},${round(y + dy)}`).join("L")}Z`;
  }

  const round = (value) => Math.round(value * 10) / 10;

  function element(name, attributes = {}, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // A thing of a kind, 18 pixels wide, for the legend and lists.
  function kindSign(kind) {
    const attributes = kind.hollow ? { fill: "none", stroke: kind.colour, "stroke-width": 2 } : { fill: kind.colour };
    return element(
      "svg",
      { viewBox: "-9 -9 18 18", width: 18, height: 18, "aria-hidden": "true", class: "sign" },
      element("path", { d: path(kind.shape, 0, 0, 6.5), ...attributes }),
    );
  }

  // A line of a verdict, with its mark.
  function verdictSign(verdict) {
    const { width, dash, mark } = STROKES[verdict] ?? STROKES["no claim"];
    const made = element(
      "svg",
      {
        viewBox: "0 0 34 14",
        width: 34,
        height: 14,
        "aria-hidden": "true",
        class: `sign verdict-${verdict.replace(" ", "-")}`,
      },
      element("path", {
        d: "M1,7H33",
        stroke: "currentColor",
        "stroke-width": width + 0.4,
        "stroke-dasharray": dash?.join(" ") ?? null,
      }),
    );
    if (mark) made.append(...markParts(mark, 17, 7, 6, "currentColor"));
    return made;
  }

  function markParts(mark, x, y, r, colour) {
    return [
      element("circle", { cx: x, cy: y, r, fill: colour }),
      element("path", {
        d: markPath(mark, x, y, r),
        stroke: "var(--ground, #fff)",
        "stroke-width": r / 3.2,
        fill: "none",
        "stroke-linecap": "round",
      }),
    ];
  }

  function markPath(mark, x, y, r) {
    const d = r * 0.42;
    if (mark === "×") return `M${x - d},${y - d}L${x + d},${y + d}M${x + d},${y - d}L${x - d},${y + d}`;
    return `M${x},${y - r * 0.6}V${y + r * 0.12}M${x},${y + r * 0.56}V${y + r * 0.58}`;
  }

  return { THEMES, STROKES, stroke, linkLook, path, element, kindSign, verdictSign, markPath, round };
})();
