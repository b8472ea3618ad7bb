// Everything together: who listens to whom, and what happens first.
"use strict";

const Main = (() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const themeButton = document.getElementById("theme");

  const remembered = () => {
    try {
      return localStorage.getItem("bowiegraph-theme");
    } catch {
      return null;
    }
  };
  const remember = (name) => {
    try {
      localStorage.setItem("bowiegraph-theme", name);
    } catch {
      /* a frame has no storage */
    }
  };

  function setTheme(name) {
    document.documentElement.dataset.theme = name;
    themeButton.textContent = name === "dark" ? "Light" : "Dark";
    if (Canvas.network) Canvas.paint(name);
  }

  function toggleTheme() {
    const name = Canvas.theme === "dark" ? "light" : "dark";
    remember(name);
    setTheme(name);
  }

  function toggleLegend(on = !document.body.classList.contains("with-legend")) {
    document.body.classList.toggle("with-legend", on);
    document.getElementById("show-legend").setAttribute("aria-expanded", String(on));
  }

  function apply(state, changed) {
    if (["hidden", "years", "centre"].some((part) => changed.has(part))) {
      Filters.compute(state);
      if (Model.large) {
        Canvas.surround(centreOf(state));
        Camera.fit(false);
      } else Canvas.show(Filters.shown);
    }
    if (Model.large && state.node !== null && changed.has("node") && !Canvas.visible.has(state.node)) {
      return State.change({ centre: state.node });
    }
    document.getElementById("empty").hidden = Filters.shown.edges.size > 0;
    Evidence.show(state);
    Table.show(state.table);
    Focus.look();
    if (["node", "edge", "path"].some((part) => changed.has(part))) reveal(state);
    announce(state, changed);
  }

  const most = Model.around.reduce((best, edges, id) => (edges.length > Model.around[best].length ? id : best), 0);
  const centreOf = ({ centre, node }) => centre ?? node ?? most;

  function reveal({ node, edge, path }) {
    if (node === null && edge === null && !path) return;
    Camera.reveal(node !== null ? [node] : (Focus.now?.nodes ?? []), Evidence.covers());
  }

  function announce({ node, edge, path }, changed) {
    if (changed.has("node") && node !== null) {
      const near = Model.around[node].filter((e) => Filters.shown.edges.has(e)).length;
      Dom.say(`${Model.nodes[node].label}: ${Dom.plural(near, "statement")} shown`);
    } else if (changed.has("edge") && edge !== null)
      Dom.say(`${Model.inWords(Model.edges[edge])}: ${Model.edges[edge].verdict ?? "no claim"}`);
    else if (!path && (changed.has("hidden") || changed.has("years")))
      Dom.say(
        `${Dom.plural(Filters.shown.nodes.size, "thing")} and ${Dom.plural(Filters.shown.edges.size, "statement")} are shown`,
      );
  }

  function wire() {
    Search.combobox(document.getElementById("search-text"), (id) => State.choose(id));
    document.getElementById("show-legend").addEventListener("click", () => toggleLegend());
    document.querySelector("#legend .close").addEventListener("click", () => toggleLegend(false));
    document.getElementById("show-table").addEventListener("click", () => State.change({ table: !State.now.table }));
    document.getElementById("reset").addEventListener("click", () => {
      document.getElementById("search-text").value = "";
      State.reset();
      Canvas.restore();
      Camera.fit();
      Dom.say("All is shown again");
    });
    themeButton.addEventListener("click", toggleTheme);
    dark.addEventListener("change", () => {
      if (!remembered()) setTheme(dark.matches ? "dark" : "light");
    });
    for (const pressed of document.querySelectorAll("[data-move]"))
      pressed.addEventListener("click", () => Camera.step(pressed.dataset.move));
    let waiting = null; // the first report is of the size that it has
    new ResizeObserver(() => {
      clearTimeout(waiting);
      waiting = waiting === null ? 0 : setTimeout(() => Focus.settle(), 80);
    }).observe(document.getElementById("canvas"));
  }

  function begin() {
    const theme = remembered() ?? (dark.matches ? "dark" : "light");
    setTheme(theme);
    Years.build(); // before the network, which keeps its scale to the size that it first has
    Canvas.start(theme);
    Focus.build();
    State.listen(apply); // first: the others tell what it has filtered
    Legend.build();
    Exports.build();
    Keys.build();
    wire();
    State.begin();
    if (!Model.large) Camera.fit(false);
    Overlay.begin(() => {
      document.documentElement.dataset.ready = "true";
      performance.mark("ready");
    });
    reveal(State.now);
  }

  begin();
})();
