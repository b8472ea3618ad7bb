// Years: a histogram of what is dated, and two sliders that cut it.
"use strict";

const Years = (() => {
  const holder = document.getElementById("years");
  const dated = [...Model.nodes, ...Model.edges].filter((thing) => thing.span);
  const known = [...new Set(dated.flatMap((thing) => thing.span))].sort((a, b) => a - b);
  const [first, last] = [known[0], known[known.length - 1]];

  // One bar a year, or a decade, or more, so that there are at most 120 of them.
  const width = [1, 2, 5, 10, 25, 50, 100, 1000, 10000].find((years) => (last - first) / years <= 120) ?? 100000;

  function bars() {
    const count = Math.floor((last - first) / width) + 1;
    const heights = new Array(count).fill(0);
    for (const { span } of dated) for (const year of new Set(span)) heights[Math.floor((year - first) / width)]++;
    const highest = Math.max(...heights);
    const svg = Drawing.element("svg", {
      viewBox: `0 0 ${count} 28`,
      preserveAspectRatio: "none",
      class: "bars",
      role: "img",
      "aria-label": `What is dated, by year: ${summary()}`,
    });
    heights.forEach((height, i) => {
      const tall = height ? 3 + (25 * height) / highest : 0;
      const bar = Drawing.element("rect", {
        x: i + 0.12,
        y: 28 - tall,
        width: 0.76,
        height: tall,
        "data-year": first + i * width,
      });
      bar.append(Drawing.element("title", {}, `${first + i * width}: ${height}`));
      svg.append(bar);
    });
    return svg;
  }

  function summary() {
    const busiest = new Map();
    for (const { span } of dated) for (const year of new Set(span)) busiest.set(year, (busiest.get(year) ?? 0) + 1);
    return [...busiest]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 3)
      .map(([year, n]) => `${n} in ${year}`)
      .join(", ");
  }

  function slider(label, value) {
    return Dom.make("input", { type: "range", min: first, max: last, step: 1, value, "aria-label": label });
  }

  function build() {
    if (known.length < 2) return;
    holder.hidden = false;
    const from = slider("From year", first);
    const to = slider("To year", last);
    const words = Dom.make("output", {});
    const svg = bars();
    const note = Dom.make("small", {}, "what has no date stays");
    const clear = Dom.button("All years", () => State.change({ years: null }), { class: "clear" });
    holder.replaceChildren(
      Dom.make("div", { class: "ends" }, words, clear, note),
      Dom.make("div", { class: "cut" }, svg, from, to),
    );

    function cut(moved) {
      let [a, b] = [Number(from.value), Number(to.value)];
      if (a > b) moved === from ? (from.value = a = b) : (to.value = b = a);
      State.change({ years: a === first && b === last ? null : [a, b] });
    }
    from.addEventListener("input", () => cut(from));
    to.addEventListener("input", () => cut(to));

    State.listen(({ years }) => {
      const [a, b] = years ?? [first, last];
      [from.value, to.value] = [a, b];
      words.textContent = a === b ? `${a}` : `${a} – ${b}`;
      clear.hidden = note.hidden = !years;
      // Of two thumbs in one place, the one that has room to move is on top.
      from.style.zIndex = a > (first + last) / 2 ? 2 : 1;
      to.style.zIndex = a > (first + last) / 2 ? 1 : 2;
      for (const bar of svg.children) {
        const year = Number(bar.dataset.year);
        bar.classList.toggle("out", year + width - 1 < a || year > b);
      }
    });
  }

  return { build };
})();
