// Finding a thing by any of its names, from the keyboard: a combobox as the ARIA practices have it
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
"use strict";

const Search = (() => {
  const MOST = 12;
  const names = Model.nodes.map((node) =>
    [node.label, ...(node.also ?? [])].map((name) => ({ name, folded: Model.fold(name) })),
  );

  // The beginning of a name counts most, then of a word, then any part; then what is most connected.
  function rank(folded, wanted) {
    if (folded === wanted) return 0;
    if (folded.startsWith(wanted)) return 1;
    if (folded.includes(` ${wanted}`)) return 2;
    return folded.includes(wanted) ? 3 : Infinity;
  }

  function find(text) {
    const wanted = Model.fold(text);
    if (!wanted) return [];
    const found = [];
    names.forEach((known, id) => {
      let best = Infinity;
      let by = null;
      known.forEach(({ name, folded }, i) => {
        const here = rank(folded, wanted) + (i ? 0.5 : 0);
        if (here < best) [best, by] = [here, i ? name : null];
      });
      if (best < Infinity) found.push({ id, best, by });
    });
    return found.sort(
      (a, b) => a.best - b.best || Model.around[b.id].length - Model.around[a.id].length || a.id - b.id,
    );
  }

  let made = 0;
  function combobox(input, choose) {
    const id = `results-${++made}`;
    const list = Dom.make("ul", { id, role: "listbox", class: "results", "aria-label": "Found", hidden: true });
    for (const [key, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-autocomplete": "list",
    })) {
      input.setAttribute(key, value);
    }
    input.after(list);
    let found = [];
    let active = -1;

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function option({ id: node, by }, i) {
      const { label, types, kind } = Model.nodes[node];
      const aside = [by && `also ${by}`, types?.join(", ")].filter(Boolean).join(" · ");
      const made_ = Dom.make(
        "li",
        { role: "option", id: `${id}-${i}`, "aria-selected": "false" },
        Drawing.kindSign(Model.kinds.get(kind)),
        Dom.make("span", {}, label),
        Dom.make("small", {}, aside),
      );
      made_.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        pick(i);
      });
      return made_;
    }

    function show() {
      const everything = find(input.value);
      found = everything.slice(0, MOST);
      list.replaceChildren(...found.map(option));
      list.hidden = !found.length;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", String(found.length > 0));
      if (!input.value.trim()) return;
      const more = everything.length > MOST ? `, the first ${MOST} are shown` : "";
      Dom.say(found.length ? `${Dom.plural(everything.length, "result")}${more}` : `Nothing is called ${input.value}`);
      input.classList.toggle("none", !found.length);
    }

    function go(to) {
      if (!found.length) return;
      active = (to + found.length) % found.length;
      [...list.children].forEach((child, i) => child.setAttribute("aria-selected", String(i === active)));
      list.children[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", list.children[active].id);
    }

    function pick(i) {
      const { id: node } = found[i];
      input.value = Model.nodes[node].label;
      close();
      choose(node);
    }

    input.addEventListener("input", () => {
      input.classList.remove("none");
      show();
    });
    input.addEventListener("focus", () => {
      if (input.value) input.select();
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const keys = {
        ArrowDown: () => (list.hidden ? show() : go(active + 1)),
        ArrowUp: () => go(active - 1),
        Enter: () => {
          if (found.length && !list.hidden) pick(Math.max(active, 0));
        },
        Escape: () => {
          if (list.hidden) {
            input.value = "";
          } else close();
          event.stopPropagation();
        },
      };
      if (!keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    return {
      set: (node) => {
        input.value = node === null ? "" : Model.nodes[node].label;
      },
    };
  }

  return { find, combobox };
})();
