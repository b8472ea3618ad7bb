// The form that asks for the shortest path between two things.
"use strict";

const Routes = (() => {
  const form = document.getElementById("path");
  const opener = document.getElementById("show-path");
  const inputs = ["from", "to"].map((end) => document.getElementById(`path-${end}`));
  const ends = [null, null];

  const fields = inputs.map((input, i) =>
    Search.combobox(input, (node) => {
      ends[i] = node;
      go();
    }),
  );

  function go() {
    if (ends[0] === null || ends[1] === null) return;
    if (ends[0] === ends[1]) return Dom.say("Choose two different things");
    State.change({ path: [...ends], node: null, edge: null });
    const steps = Paths.shortest(...ends, Filters.shown);
    Dom.say(
      steps
        ? `The shortest path has ${Dom.plural(steps.length, "step")}`
        : "Nothing that is shown leads from one to the other",
    );
  }

  function open(yes) {
    form.hidden = !yes;
    opener.setAttribute("aria-expanded", String(yes));
  }

  function set(i, node) {
    ends[i] = node;
    fields[i].set(node);
  }

  function from(node) {
    set(0, node);
    set(1, null);
    open(true);
    inputs[1].focus();
  }

  function toggle() {
    open(form.hidden);
    if (!form.hidden) inputs[ends[0] === null ? 0 : 1].focus();
  }

  opener.addEventListener("click", toggle);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("path-clear").addEventListener("click", () => {
    State.change({ path: null });
    set(0, null);
    set(1, null);
    inputs[0].focus();
  });

  State.listen(({ path }, changed) => {
    if (!changed.has("path")) return;
    if (changed.has("hidden") && !path) {
      open(false); // all was reset
      set(0, null);
      set(1, null);
    }
    if (path) {
      open(true);
      path.forEach((node, i) => set(i, node));
    }
  });

  return { from, toggle };
})();
