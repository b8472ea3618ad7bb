// An answer's table in a notebook: its headers become buttons that sort, and a field above it searches.
"use strict";

((id) => {
  const [NUMBER, DATE, TEXT, EMPTY] = [0, 1, 2, 3];
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const collator = new Intl.Collator(undefined, { numeric: true });

  function make(name, attributes) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Whole numbers of any length are told apart; the rest is as Python writes it.
  const number = (text) => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text.replace("inf", "Infinity")));

  // A time without a zone is taken for UTC, as JavaScript takes a date.
  function instant(text) {
    const zone = text.includes(" ") && !/[+-]\d\d:\d\d$/.test(text) ? "Z" : "";
    return Date.parse(text.replace(" ", "T") + zone);
  }

  // Years and months are text to the query's engine; among dates they are dates.
  const isDate = ({ kind }, text, dated) =>
    kind === "date" || (dated && /^\d{4}(-\d\d){0,2}$/.test(text) && !Number.isNaN(instant(text)));

  function key(cell, dated) {
    const text = cell.textContent;
    if (cell.dataset.kind === "number") return text === "nan" ? { rank: EMPTY } : { rank: NUMBER, value: number(text) };
    if (isDate(cell.dataset, text, dated)) return { rank: DATE, value: instant(text) };
    return text ? { rank: TEXT, value: text } : { rank: EMPTY };
  }

  function compare(a, b) {
    if (a.rank !== b.rank) return a.rank - b.rank;
    if (a.rank === TEXT) return collator.compare(a.value, b.value);
    return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  }

  // Empty cells come last in either direction, and equal ones stay as the query has them.
  function sorted(rows, column, direction) {
    const dated = rows.some((row) => row.cells[column].dataset.kind === "date");
    return rows
      .map((row) => ({ row, ...key(row.cells[column], dated) }))
      .sort((a, b) => (a.rank === EMPTY) - (b.rank === EMPTY) || direction * compare(a, b))
      .map(({ row }) => row);
  }

  function letSort(table, rows) {
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const button = make("button", { type: "button" });
      button.append(...header.childNodes);
      header.append(button);
      header.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const state = NEXT[header.getAttribute("aria-sort")];
        for (const each of headers) each.setAttribute("aria-sort", each === header ? state : "none");
        table.tBodies[0].append(...(state === "none" ? rows : sorted(rows, column, state === "ascending" ? 1 : -1)));
      });
    });
  }

  // As wide as with all rows, so that nothing jumps while somebody types.
  function keepWidths(table) {
    const widths = [...table.tHead.rows[0].cells].map((header) => [header, header.getBoundingClientRect().width]);
    for (const [header, width] of widths) header.style.minWidth = `${width}px`;
  }

  function letSearch(box, table, rows) {
    const field = make("input", { type: "search", placeholder: "Search", "aria-label": "Search these rows" });
    const status = make("span", { "aria-live": "polite" });
    const bar = make("div", { class: "bowiegraph-tools" });
    const all = `${Number(box.dataset.total) > rows.length ? "the first " : ""}${rows.length.toLocaleString("en")} rows`;
    let texts = null;

    function filter() {
      if (!texts) {
        keepWidths(table);
        texts = rows.map((row) => fold([...row.cells].map((cell) => cell.textContent).join("\n")));
      }
      const words = fold(field.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
      });
      const found = rows.filter((row) => !row.hidden).length;
      status.textContent = words.length ? `${found.toLocaleString("en")} of ${all}` : "";
    }

    field.addEventListener("input", filter);
    // Letters are commands to a notebook. What is pressed with Ctrl or ⌘ is still for it.
    field.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
      if (event.key !== "Escape" || !field.value) return;
      event.preventDefault();
      field.value = "";
      filter();
    });
    bar.append(field, status);
    box.prepend(bar);
  }

  // More than one, where a notebook shows one output in two places.
  for (const box of document.querySelectorAll(`[id="${id}"]`)) {
    const table = box.querySelector("table");
    const rows = [...table.tBodies[0].rows];
    if (box.dataset.ready || rows.length < 2 || !rows[0].cells.length) continue;
    box.dataset.ready = "true";
    letSort(table, rows);
    letSearch(box, table, rows);
  }
})("bowiegraph-answer");
