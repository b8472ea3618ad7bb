// The small note beside the pointer.
"use strict";

const Tip = (() => {
  const box = document.getElementById("tip");
  let at = { x: 0, y: 0 };
  document.getElementById("canvas").addEventListener("pointermove", (event) => {
    at = { x: event.offsetX, y: event.offsetY };
    if (!box.hidden) put();
  });

  function put() {
    const room = box.parentElement.clientWidth - box.offsetWidth - 8;
    box.style.left = `${Math.max(8, Math.min(at.x + 14, room))}px`;
    box.style.top = `${at.y + 16}px`;
  }

  function words({ node, edge }) {
    if (node !== undefined) {
      const { label, types, span } = Model.nodes[node];
      const years = span ? (span[0] === span[1] ? `${span[0]}` : `${span[0]}–${span[1]}`) : "";
      return [label, [types?.join(", "), years].filter(Boolean).join(" · ")];
    }
    const found = Model.edges[edge];
    return [Model.inWords(found), found.verdict ? `${found.verdict} · ${found.stance}` : "no claim"];
  }

  function show(what) {
    box.hidden = what === null;
    if (!what) return;
    const [first, second] = words(what);
    box.replaceChildren(Dom.make("strong", {}, first), second ? Dom.make("span", {}, second) : "");
    put();
  }

  return { show };
})();
