// The keyboard, and the help that lists it. Single keys work outside of fields, and can be turned off
// (WCAG 2.2, 2.1.4).
"use strict";

const Keys = (() => {
  const help = document.getElementById("help");
  const single = document.getElementById("single-keys");
  const press = (id) => document.getElementById(id).click();
  const KEYS = [
    ["/", "find a thing", () => document.getElementById("search-text").focus()],
    ["t", "table or picture", () => press("show-table")],
    ["p", "path between two", () => press("show-path")],
    ["f", "filters", () => press("show-legend")],
    ["1", "one hop around what is chosen", () => State.change({ hops: 1 })],
    ["2", "two hops", () => State.change({ hops: 2 })],
    ["0", "show all of the picture", () => Camera.fit()],
    ["+", "zoom in", () => Camera.step("in")],
    ["-", "zoom out", () => Camera.step("out")],
    ["d", "light or dark", () => press("theme")],
    ["r", "reset", () => press("reset")],
    ["?", "this help", () => toggleHelp()],
  ];
  const ALWAYS = [
    ["Esc", "close, or let go of what is chosen"],
    ["↑ ↓ Enter", "in a list of results: move, choose"],
    ["← → ↑ ↓", "on the picture: move it"],
  ];
  const MOVES = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

  function toggleHelp() {
    help.open ? help.close() : help.showModal();
  }

  function escape() {
    const menu = document.getElementById("exports");
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (document.body.classList.contains("with-legend")) press("show-legend");
    else State.change({ node: null, edge: null, path: null });
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") return escape();
    const { target } = event;
    if (target.id === "canvas" && MOVES[event.key]) {
      event.preventDefault();
      return Camera.step(MOVES[event.key]);
    }
    const typing = target.closest?.("input:not([type=checkbox]), select, textarea");
    const found =
      single.checked && !typing ? KEYS.find(([key]) => key === event.key || (key === "+" && event.key === "=")) : null;
    if (!found) return;
    event.preventDefault();
    found[2]();
  }

  function build() {
    document.addEventListener("keydown", pressed);
    document.getElementById("show-help").addEventListener("click", toggleHelp);
    help.querySelector(".close").addEventListener("click", () => help.close());
    help.addEventListener("click", (event) => {
      if (event.target === help) help.close();
    });
    const row = ([key, words]) =>
      Dom.make("tr", {}, Dom.make("th", { scope: "row" }, Dom.make("kbd", {}, key)), Dom.make("td", {}, words));
    document.getElementById("help-keys").append(...[...KEYS, ...ALWAYS].map(row));
    document
      .getElementById("help-lines")
      .append(
        ...Object.entries(Drawing.STROKES).map(([verdict, { says }]) =>
          Dom.make("li", {}, Drawing.verdictSign(verdict), Dom.make("b", {}, ` ${verdict}`), `: ${says}`),
        ),
      );
  }

  return { build };
})();
